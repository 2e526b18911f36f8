"""What was missed of a home where nobody looks in any more, or for now, is over with it."""

import pytest

from handlers.care.screens.calls import call_screen
from handlers.i18n import speaking
from models.care.actions import calls, ending, homes
from models.care.queries.calls import call_view, calls_of
from models.care.rules.notices import Notice
from models.care.rules.outcomes import CareOutcome
from models.care.rules.states import CareFound
from models.leaving.actions import leave
from models.people.rules import Leaving
from models.records.rules import Refusal
from models.routines.rules import Move, OccasionState
from tests.care.lane import Lane


async def _missed(lane: Lane) -> int:
    """Let a window go by, with both neighbours asked; the next is days away."""
    await lane.agreed()
    await lane.instead("chen")
    occasion_id = await lane.opened()
    while await lane.stands(occasion_id) is not OccasionState.MISSED:
        await lane.passes(hours=6)
    await lane.passes(hours=14)
    return occasion_id


async def _stops(lane: Lane, how: str) -> None:
    if how == "pause":
        assert await lane.does(homes.pause, "wang", 1) is CareOutcome.PAUSED
    elif how == "end":
        assert await lane.does(ending.end, "wang", 1) is CareOutcome.ENDED
    else:
        assert await lane.does(leave, "wang") is Leaving.LEFT


@pytest.mark.parametrize("how", ["pause", "end", "leave"])
@pytest.mark.parametrize("taken", [False, True])
async def test_nobody_comes_or_is_asked(lane: Lane, how: str, *, taken: bool) -> None:
    occasion_id = await _missed(lane)
    if taken:
        assert await lane.does(calls.coming, "li", occasion_id) is CareOutcome.COMING
    before = [await lane.street.told(kind) for kind in (Notice.CALL, Notice.COMING)]
    await _stops(lane, how)
    over = {Refusal.WRONG_TIME, Refusal.NOT_ALLOWED}
    for name in ("li", "chen"):
        assert await lane.does(calls.coming, name, occasion_id) in over
        seen = await lane.does(call_view, name, occasion_id)
        assert await lane.does(calls_of, name) == []
        if seen is Refusal.NOT_ALLOWED:
            continue
        assert (seen.door, seen.wishes, seen.needs) == ("", "", ())
        assert seen.moves == {Move.LOOK}
        with speaking("en"):
            assert "still good to go" not in call_screen(seen, lane.street.now).full_text()
    done = await lane.does(calls.report, "li", occasion_id, CareFound.WELL)
    assert done in over
    assert await lane.does(calls.cover, "zhao", occasion_id) is Refusal.WRONG_TIME
    await lane.passes(days=9)
    assert [await lane.street.told(kind) for kind in (Notice.CALL, Notice.COMING)] == before


async def test_a_substitute_is_not_asked_after_a_pause(lane: Lane) -> None:
    occasion_id = await _missed(lane)
    assert await lane.does(calls.cover, "zhao", occasion_id) is CareOutcome.COVERING
    before = await lane.street.told(Notice.CALL)
    await _stops(lane, "pause")
    await lane.passes(days=2)
    assert await lane.street.told(Notice.CALL) == before


async def test_it_can_be_made_up_for_again_once_they_are_looked_in_on_again(lane: Lane) -> None:
    occasion_id = await _missed(lane)
    await _stops(lane, "pause")
    assert await lane.does(homes.resume, "wang", 1) is CareOutcome.RESUMED
    assert await lane.made("li", occasion_id, CareFound.WELL) is CareOutcome.REPORTED
    assert await lane.stands(occasion_id) is OccasionState.COVERED
