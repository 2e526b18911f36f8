"""Every screen of care can be drawn, wherever its record stands, for whoever reads it."""

import pytest

from handlers.care.screens.homes import home_screen
from models.care.actions import homes
from tests.care.lane import Lane


@pytest.mark.parametrize("act", [homes.decline, homes.pause, homes.end])
async def test_a_home_without_a_call_on_ahead_is_shown(lane: Lane, act) -> None:
    home_id = await lane.proposed()
    if act is not homes.decline:
        await lane.does(homes.agree, "wang", home_id)
    await lane.does(act, "wang", home_id)
    for name in ("wang", "zhao"):
        shown = home_screen(await lane.view(name, home_id), lane.street.now)
        assert shown.text
