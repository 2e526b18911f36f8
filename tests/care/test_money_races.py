"""Two who judge what was done about money at once: one does, and she is asked once."""

import asyncio

from models.care.actions import follow_ups, reporting
from models.care.rules.notices import Notice, Reminder
from models.care.rules.outcomes import CareOutcome
from models.care.rules.states import ConcernState as S
from models.people.rules import Role
from models.records.rules import Refusal
from tests.care.lane import Lane
from tests.care.money import asked, pending, reported, signed, state, told


async def test_two_sign_at_once_and_one_does(lane: Lane) -> None:
    await lane.street.add("ban", "b2")
    await lane.street.grant("ban", Role.SECRETARY, "street")
    concern_id = await reported(lane)
    said = await asyncio.gather(
        *(lane.does(reporting.sign, who, concern_id) for who in ("shi", "ban"))
    )
    assert sorted(said) == sorted([Refusal.ALREADY, CareOutcome.CONCERN_SIGNED])
    assert len(await asked(lane)) == 2, "she is asked once each time"


async def test_signed_against_sent_back(lane: Lane) -> None:
    await lane.street.add("ban", "b2")
    await lane.street.grant("ban", Role.SECRETARY, "street")
    concern_id = await reported(lane)
    signs, sends = await asyncio.gather(
        lane.does(reporting.sign, "shi", concern_id),
        lane.does(reporting.send_back, "ban", concern_id, "不够"),
    )
    (concern,) = await lane.concerns()
    if signs is CareOutcome.CONCERN_SIGNED:
        assert (sends, concern.state) == (Refusal.WRONG_TIME, S.SETTLED)
        assert len(await asked(lane)) == 2
    else:
        assert (signs, sends) == (Refusal.WRONG_TIME, CareOutcome.CONCERN_SENT_BACK)
        assert (concern.state, await asked(lane)) == (S.OPEN, [])


async def test_it_is_told_above_while_it_is_reported(lane: Lane) -> None:
    concern_id = await told(lane)
    (concern,) = await lane.concerns()
    lane.street.now = concern.due_at
    said, _nothing = await asyncio.gather(
        lane.does(reporting.report, "zhou", concern_id, "打过电话"), lane.until(concern.due_at)
    )
    assert said is CareOutcome.CONCERN_REPORTED
    assert await state(lane) == S.REPORTED
    assert await pending(lane) == {Reminder.CONCERN_WAITS}


async def test_she_says_well_and_again_with_two_taps(lane: Lane) -> None:
    await signed(lane)
    await lane.passes(days=8)
    (first, _second) = await asked(lane)
    well, again = await asyncio.gather(
        lane.does(follow_ups.was_well, "wang", first.id),
        lane.does(follow_ups.not_well, "wang", first.id),
    )
    assert again is CareOutcome.NOT_WELL, "the graver word stands"
    assert well in {CareOutcome.WAS_WELL, Refusal.WRONG_TIME}
    assert await state(lane) == S.OPEN
    assert await lane.street.told(Notice.CONCERN) == ["zhou", "zhou"]
