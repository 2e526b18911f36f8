"""Every screen of care can be drawn, wherever its record stands, for whoever reads it."""

import pytest

from handlers.care.callbacks import NeedAct, OnNeed
from handlers.care.screens.calls import call_screen
from handlers.care.screens.homes import home_screen
from handlers.i18n import ENGLISH, speaking
from models.care.actions import calls, ending, homes, needs, pairs
from models.care.rules.outcomes import CareOutcome
from models.care.rules.states import PairPart
from tests.care.lane import Lane


@pytest.mark.parametrize("act", [homes.decline, homes.pause, ending.end])
async def test_a_home_without_a_call_on_ahead_is_shown(lane: Lane, act) -> None:
    home_id = await lane.proposed()
    if act is not homes.decline:
        await lane.does(homes.agree, "wang", home_id)
    await lane.does(act, "wang", home_id)
    for name in ("wang", "zhao"):
        shown = home_screen(await lane.view(name, home_id), lane.street.now)
        assert shown.text


async def test_whoever_comes_can_ask_for_help_with_a_need_and_say_that_it_is_met(
    lane: Lane,
) -> None:
    home_id = await lane.agreed()
    await lane.does(needs.note_need, "wang", home_id, "纱窗坏了")
    one = await lane.opened()
    await lane.does(calls.coming, "li", one)
    shown = call_screen(await lane.call("li", one), lane.street.now)
    acts = {
        button.callback_data
        for row in shown.keyboard.inline_keyboard
        for button in row
        if button.callback_data.startswith(OnNeed.__prefix__)
    }
    need = (await lane.call("li", one)).needs[0]
    assert acts == {
        OnNeed(act=act, id=need.id, home=home_id).pack() for act in (NeedAct.ASK_HELP, NeedAct.MEET)
    }
    assert await lane.does(needs.meet, "li", need.id) is CareOutcome.MET
    assert (await lane.call("li", one)).needs == ()


async def test_she_reads_that_she_is_asked_herself_about_a_neighbour(lane: Lane) -> None:
    home_id = await lane.agreed()
    chen = lane.street.people["chen"]
    await lane.does(pairs.name_neighbour, "zhao", home_id, chen, PairPart.INSTEAD)
    with speaking(ENGLISH):
        own = home_screen(await lane.view("wang", home_id), lane.street.now).text
        kept = home_screen(await lane.view("zhao", home_id), lane.street.now).text
    assert "we ask you" in own
    assert "the home is asked" in kept
    assert "the home is asked" not in own
