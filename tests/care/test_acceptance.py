"""What the mission asks of looking in on somebody, by its numbers (5 to 10)."""

import asyncio
from datetime import date, timedelta

from sqlalchemy import select

from models.care.actions import calls, confiding, homes, needs, proposing
from models.care.actions.proposing import CareWish
from models.care.queries.desk import calls_at_desk
from models.care.rules.notices import Notice
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import CareRhythm
from models.care.rules.states import CareFound, Concern, HomeSaid, HomeState
from models.care.tables import CareNeedRow
from models.database import transaction
from models.leaving.actions import leave
from models.people.rules import Leaving
from models.records.rules import Refusal
from models.reminders.rules import State as Stands
from models.reminders.tables import ReminderRow
from models.routines.rules import OccasionState
from tests.care.lane import Lane

DUE, TAKEN, DONE = OccasionState.DUE, OccasionState.TAKEN, OccasionState.DONE
MISSED, COVERED, EXCUSED = OccasionState.MISSED, OccasionState.COVERED, OccasionState.EXCUSED


async def test_5_of_two_who_take_it_at_once_one_has_it(lane: Lane) -> None:
    await lane.agreed()
    for name in ("chen", "qian"):
        await lane.instead(name)
    one = await lane.opened()
    assert await lane.does(calls.cannot, "li", one) is CareOutcome.CANNOT
    assert await lane.street.told(Notice.CALL) == ["li", "chen"]
    await lane.passes(hours=4)
    assert await lane.street.told(Notice.CALL) == ["li", "chen", "qian"]
    said = await asyncio.gather(*(lane.does(calls.coming, who, one) for who in ("chen", "qian")))
    assert sorted(said) == [CareOutcome.COMING, CareOutcome.TAKEN]
    assert await lane.stands(one) is TAKEN


async def test_6_a_missed_call_on_is_seen_before_the_next_which_stands_where_it_stood(
    lane: Lane,
) -> None:
    await lane.agreed()
    one = await lane.opened()
    first, following = await lane.occasions()
    assert following.opens_at - first.opens_at == timedelta(days=7)
    await lane.until(first.ends_at)
    assert await lane.stands(one) is MISSED
    assert await lane.street.told(Notice.MISSED) == ["zhao"]
    listed = await lane.does(calls_at_desk, "zhao")
    assert [(line.id, line.state) for line in listed.lines] == [(one, MISSED)]
    assert (await lane.occasions())[1].opens_at == following.opens_at
    assert lane.street.now < following.opens_at


async def test_7_where_both_say_otherwise_both_are_rung_and_neither_is_accused(
    lane: Lane,
) -> None:
    await lane.agreed()
    one = await lane.opened()
    await lane.made("li", one, CareFound.WELL)
    assert await lane.does(calls.say, "wang", one, HomeSaid.DID_NOT) is CareOutcome.CHECKED
    [concern] = await lane.concerns()
    assert concern.kind == Concern.MISMATCH
    assert sorted(await lane.street.told(Notice.CONCERN)) == ["zhao", "zhou"]
    assert (await lane.call("li", one)).said is HomeSaid.DID_NOT


async def test_8_when_she_pauses_all_pushes_about_her_stop_in_that_turn(
    lane: Lane,
) -> None:
    home_id = await lane.agreed()
    one = await lane.opened()
    assert await lane.does(homes.pause, "wang", home_id) is CareOutcome.PAUSED
    assert await lane.stands(one) is EXCUSED
    async with transaction(lane.street.sessions) as session:
        pending = await session.scalars(
            select(ReminderRow.kind).where(
                ReminderRow.kind.startswith("care."), ReminderRow.state == Stands.PENDING
            )
        )
        assert list(pending) == ["care.review"]
    told = await lane.street.told(Notice.CALL)
    await lane.passes(days=30)
    assert await lane.street.told(Notice.CALL) == told
    assert await lane.does(homes.resume, "wang", home_id) is CareOutcome.RESUMED
    await lane.opened()
    assert len(await lane.street.told(Notice.CALL)) == len(told) + 1


async def test_9_what_cannot_be_is_refused_and_nothing_changes(lane: Lane) -> None:
    home_id = await lane.agreed()
    one = await lane.opened()
    opens, ends = (await lane.occasions())[0].opens_on, (await lane.occasions())[0].ends_at.date()
    for day in (date.min, opens - timedelta(days=1), ends + timedelta(days=1), date.max):
        assert await lane.does(calls.coming, "li", one, day=day) is Refusal.BAD_DATE
    assert await lane.stands(one) is DUE
    for weekday in (-1, 7):
        changed = homes.set_rhythm, "zhao", home_id, CareRhythm.WEEKLY, weekday
        assert await lane.does(*changed) is Refusal.BAD_CHOICE
    whom = lane.street.people["chen"]
    made = await lane.does(proposing.propose, "zhao", whom, CareWish(CareRhythm.WEEKLY, 9))
    assert (made.outcome, made.home_id) == (Refusal.BAD_CHOICE, None)
    for words in ("", "   ", "\u200b"):
        assert await lane.does(needs.note_need, "wang", home_id, words) is Refusal.EMPTY
    assert await lane.does(confiding.confide, "wang", home_id, Concern.MISMATCH) is (
        Refusal.BAD_CHOICE
    )
    for missing in (0, 999, 2**53 - 1):
        assert await lane.does(calls.coming, "li", missing) is Refusal.MISSING
        assert await lane.does(homes.pause, "wang", missing) is Refusal.MISSING


async def test_9_it_is_too_early_to_report_before_the_day(lane: Lane) -> None:
    await lane.agreed()
    [ahead] = await lane.occasions()
    assert await lane.does(calls.report, "li", ahead.id, CareFound.WELL) in {
        Refusal.TOO_EARLY,
        Refusal.NOT_ALLOWED,
    }
    assert await lane.stands(ahead.id) is DUE


async def test_9_a_voice_message_is_never_well(lane: Lane) -> None:
    """What is spoken at a door is kept, and says nothing of how she was until somebody does."""
    home_id = await lane.agreed()
    one = await lane.opened()
    await lane.does(calls.coming, "li", one)
    said = await lane.does(calls.write_down, "li", one, "", voice="spoken")
    assert said is Refusal.NOT_ALLOWED, "how she was found is said first, by a tap"
    await lane.does(needs.note_need, "wang", home_id, "", voice="spoken")
    assert await lane.stands(one) is TAKEN
    await lane.until((await lane.occasions())[0].ends_at)
    assert await lane.stands(one) is MISSED


async def test_10_when_she_leaves_what_is_sealed_is_erased_and_counts_stay(
    lane: Lane,
) -> None:
    home_id = await lane.agreed()
    one = await lane.opened()
    await lane.made("li", one, CareFound.NEEDS)
    await lane.does(calls.write_down, "li", one, "说腿疼")
    await lane.does(needs.note_need, "li", home_id, "纱窗坏了")
    assert await lane.does(leave, "wang") is Leaving.LEFT
    row = await lane.home()
    assert (row.state, row.reasons, row.wishes) == (HomeState.ENDED, None, None)
    assert await lane.stands(one) is DONE
    async with transaction(lane.street.sessions) as session:
        [need] = await session.scalars(select(CareNeedRow))
        assert need.words is None
