"""Money was asked for: reported in words, signed off by somebody else, asked about afterwards."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.care.actions import confiding, due, ending, follow_ups, pairs, reporting
from models.care.concerns import judges
from models.care.queries.concerns import concern_view, concerns_for, follow_up_view
from models.care.rules.follow_ups import (
    FOLLOW_UPS,
    FollowUpMove,
    FollowUpRelation,
    FollowUpState,
    asked_at,
)
from models.care.rules.notices import Notice, Reminder
from models.care.rules.outcomes import CareOutcome
from models.care.rules.states import (
    CONCERNS,
    Concern,
    ConcernMove,
    ConcernRelation,
    ConcernState,
    PairState,
)
from models.care.tables import CareConcernRow, CareReportRow
from models.database import transaction
from models.hours.rules.quiet import QUIET, in_quiet_hours
from models.people.rules import Role
from models.people.tables import PersonRow
from models.records.rules import Refusal
from tests.care.lane import Lane
from tests.care.money import asked, pending, reported, seen, signed, state, told

R, S, M = ConcernRelation, ConcernState, ConcernMove
CANARY = "金丝雀"


# Rules


def test_the_state_table_of_money() -> None:
    """OPEN -> REPORTED -> SETTLED, back by a word of why, open again by her alone."""
    leads = {(row.move, frm, row.to) for row in CONCERNS.rows if row.to for frm in row.frm}
    assert leads == {
        (M.SETTLE, S.OPEN, S.SETTLED),
        (M.REPORT, S.OPEN, S.REPORTED),
        (M.SEND_BACK, S.REPORTED, S.OPEN),
        (M.SIGN, S.REPORTED, S.SETTLED),
        (M.REOPEN, S.SETTLED, S.OPEN),
    }


@given(st.sampled_from([*S]), st.frozensets(st.sampled_from([*R])))
def test_nobody_signs_but_who_judges_and_nobody_opens_again_but_she(
    stands: ConcernState, mine: frozenset[ConcernRelation]
) -> None:
    for move in (M.SIGN, M.SEND_BACK):
        may = CONCERNS.why_not(stands, move, mine) is None
        assert may == (R.JUDGES in mine and stands is S.REPORTED)
    assert (CONCERNS.why_not(stands, M.REOPEN, mine) is None) == (
        R.TOLD in mine and stands is S.SETTLED
    )
    if R.JUDGES not in mine and R.REPORTED in mine:
        assert CONCERNS.why_not(stands, M.SIGN, mine) is Refusal.OWN


@given(st.sampled_from([*FollowUpState]), st.frozensets(st.sampled_from([*FollowUpRelation])))
def test_only_a_word_of_hers_makes_it_well(
    stands: FollowUpState, mine: frozenset[FollowUpRelation]
) -> None:
    led = {row.move for row in FOLLOW_UPS.rows if row.to is FollowUpState.WELL}
    assert led == {FollowUpMove.WELL}
    may = FOLLOW_UPS.why_not(stands, FollowUpMove.WELL, mine) is None
    waits = stands in {FollowUpState.ASKED, FollowUpState.SILENT}
    assert may == (
        (FollowUpRelation.ASKED in mine and waits)
        or (FollowUpRelation.RINGS in mine and stands is FollowUpState.SILENT)
    )


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)), st.integers(1, 60))  # noqa: DTZ001
def test_she_is_asked_so_many_days_later_and_never_in_quiet_hours(
    naive: datetime, days: int
) -> None:
    at = naive.replace(tzinfo=UTC)
    when = asked_at(at, days, QUIET)
    assert timedelta(days=days) <= when - at < timedelta(days=days + 1)
    assert not in_quiet_hours(when, QUIET)


# Acts


async def test_a_report_is_not_the_end_of_it_and_who_reported_does_not_sign(lane: Lane) -> None:
    concern_id = await reported(lane)
    assert await state(lane) == S.REPORTED
    assert await lane.street.told(Notice.CONCERN_REPORTED) == ["shi"]
    assert await lane.does(reporting.sign, "zhou", concern_id) is Refusal.OWN
    assert await lane.does(reporting.report, "zhou", concern_id, "再说") is Refusal.WRONG_TIME
    pair = await lane.pair("li")
    back = await lane.does(pairs.come_back, "li", pair.id)
    assert back is CareOutcome.ARRANGED_OTHERWISE, "reported is not settled"
    view = await seen(lane, "shi", concern_id)
    assert (view.words, view.report and view.report.words) == ("他要借五百块", "打过电话，钱还了")
    assert await lane.does(reporting.sign, "shi", concern_id) is CareOutcome.CONCERN_SIGNED
    assert await lane.street.told(Notice.CONCERN_SIGNED) == ["zhou"]
    assert await lane.does(pairs.come_back, "li", pair.id) is CareOutcome.RETURNED


async def test_a_look_of_whoever_signs_is_read_by_her(lane: Lane) -> None:
    concern_id = await reported(lane)
    await seen(lane, "shi", concern_id)
    async with transaction(lane.street.sessions) as session:
        looks = (
            await session.scalars(
                select(AuditRow).where(
                    AuditRow.act == AuditAct.LOOKED,
                    AuditRow.actor_id == lane.street.people["shi"],
                    AuditRow.subject == "care.concerns",
                )
            )
        ).all()
    assert {look.concerning_id for look in looks} == {lane.street.people["wang"]}
    fields = [name for look in looks for name in (look.detail or {}).get("fields", [])]
    assert {"words", "report"} <= {*fields}


async def test_sent_back_it_is_open_with_a_fresh_time_and_the_word_of_why(lane: Lane) -> None:
    concern_id = await reported(lane)
    assert await lane.does(reporting.send_back, "shi", concern_id, " ") is Refusal.EMPTY
    sent = await lane.does(reporting.send_back, "shi", concern_id, "钱还没还")
    assert sent is CareOutcome.CONCERN_SENT_BACK
    (concern,) = await lane.concerns()
    assert (concern.state, concern.due_at) == (S.OPEN, lane.street.now + timedelta(days=1))
    assert await pending(lane) == {Reminder.CONCERN}
    view = await seen(lane, "zhou", concern_id)
    assert view.report is not None
    assert view.report.sent_back == "钱还没还"
    await lane.does(reporting.report, "zhou", concern_id, "", voice="file")
    assert await lane.does(reporting.sign, "shi", concern_id) is CareOutcome.CONCERN_SIGNED


async def test_where_nobody_else_is_there_the_report_settles_it_and_says_so(lane: Lane) -> None:
    concern_id = await told(lane, street=False)
    said = await lane.does(reporting.report, "zhou", concern_id, "打过电话")
    assert said is CareOutcome.REPORTED_ALONE
    view = await seen(lane, "zhou", concern_id)
    assert (view.state, view.alone) == (S.SETTLED, True)
    assert [one.days for one in await asked(lane)] == [7, 30]


async def test_a_secretary_beside_signs_before_the_street_is_told(lane: Lane) -> None:
    await lane.street.grant("qian", Role.SECRETARY, "gui")
    concern_id = await reported(lane)
    assert await lane.street.told(Notice.CONCERN_REPORTED) == ["qian"]
    assert await lane.does(concern_view, "shi", concern_id) is Refusal.NOT_ALLOWED
    assert await lane.does(reporting.sign, "qian", concern_id) is CareOutcome.CONCERN_SIGNED


async def test_told_above_the_street_may_report_and_the_secretary_signs(lane: Lane) -> None:
    concern_id = await told(lane)
    assert await lane.does(concern_view, "shi", concern_id) is Refusal.NOT_ALLOWED
    await lane.passes(days=2)
    assert await lane.does(reporting.report, "shi", concern_id, "去过了") is (
        CareOutcome.CONCERN_REPORTED
    )
    assert await lane.does(reporting.sign, "shi", concern_id) is Refusal.OWN
    assert await lane.does(reporting.sign, "zhou", concern_id) is CareOutcome.CONCERN_SIGNED


async def test_who_may_not_judge(lane: Lane) -> None:
    """Neither whom it is about, nor her proxy, nor whoever told it, even with a role."""
    street = lane.street
    concern_id = await reported(lane)
    for name in ("li", "chen", "qian"):
        await street.grant(name, Role.SECRETARY, "street")
    async with transaction(street.sessions) as session:
        (await session.get_one(PersonRow, street.people["wang"])).proxy_id = street.people["chen"]
        row = await session.get_one(CareConcernRow, concern_id)
        row.told_by = street.people["qian"]
        await session.flush()
        assert await judges(session, row) == [street.people["shi"]]
    for name in ("li", "chen", "qian"):
        assert await lane.does(reporting.sign, name, concern_id) is Refusal.NOT_ALLOWED
        assert await lane.does(concern_view, name, concern_id) is Refusal.NOT_ALLOWED


@pytest.mark.parametrize("name", ["li", "chen", "zhao", "wang"])
async def test_nobody_else_sees_any_of_it(lane: Lane, name: str) -> None:
    """The visitor, a neighbour, the keeper, and the reports of staff not even she."""
    concern_id = await signed(lane)
    await lane.passes(days=8)
    assert await lane.does(concern_view, name, concern_id) is Refusal.NOT_ALLOWED
    assert await lane.does(concerns_for, name) == []
    for act in (reporting.sign, confiding.settle):
        assert await lane.does(act, name, concern_id) is Refusal.NOT_ALLOWED
    for says in (reporting.report, reporting.send_back):
        assert await lane.does(says, name, concern_id, "x") is Refusal.NOT_ALLOWED
    (first, _second) = await asked(lane)
    view = await lane.does(follow_up_view, name, first.id)
    assert (view is Refusal.NOT_ALLOWED) == (name != "wang")


async def test_whom_it_is_about_sees_nothing_even_as_the_secretary(lane: Lane) -> None:
    await lane.street.add("shi", "b2")
    await lane.street.grant("shi", Role.SECRETARY, "street")
    await lane.street.add("ban", "b2")
    await lane.street.grant("ban", Role.SECRETARY, "street")
    home_id = await lane.agreed(visitor="zhou")
    await lane.does(confiding.confide, "wang", home_id, Concern.MONEY)
    (concern,) = await lane.concerns()
    assert await lane.does(concern_view, "zhou", concern.id) is Refusal.NOT_ALLOWED
    await lane.does(reporting.report, "shi", concern.id, "问过了")
    assert await lane.street.told(Notice.CONCERN_REPORTED) == ["ban"]
    assert await lane.does(reporting.sign, "zhou", concern.id) is Refusal.NOT_ALLOWED
    assert await lane.does(reporting.sign, "ban", concern.id) is CareOutcome.CONCERN_SIGNED


async def test_a_report_that_waits_a_working_day_is_reminded_once(lane: Lane) -> None:
    await reported(lane)
    await lane.passes(days=5)
    assert await lane.street.told(Notice.CONCERN_REPORTED) == ["shi", "shi"]
    assert await lane.street.told(Notice.CONCERN) == ["zhou"], "not told above: it is reported"


async def test_where_whoever_could_sign_is_lost_the_report_settles_it(lane: Lane) -> None:
    concern_id = await reported(lane)
    await lane.street.lose("shi")
    await lane.passes(days=5)
    assert (await seen(lane, "zhou", concern_id)).alone


# Afterwards


async def test_well_is_noted_again_opens_it_and_he_goes_again(lane: Lane) -> None:
    concern_id = await signed(lane)
    pair = await lane.pair("li")
    await lane.does(pairs.come_back, "li", pair.id)
    await lane.passes(days=8)
    assert await lane.street.told(Notice.CONCERN_ASKED) == ["wang"]
    (first, second) = await asked(lane)
    assert await lane.does(follow_ups.was_well, "li", first.id) is Refusal.NOT_ALLOWED
    assert await lane.does(follow_ups.was_well, "wang", first.id) is CareOutcome.WAS_WELL
    assert await state(lane) == S.SETTLED
    assert await lane.does(follow_ups.not_well, "wang", first.id) is CareOutcome.NOT_WELL
    assert (await lane.pair("li")).state == PairState.RESTING
    assert await lane.street.told(Notice.CONCERN) == ["zhou", "zhou"]
    assert await pending(lane) == {Reminder.CONCERN}, "the other question is not asked"
    said = await lane.does(follow_ups.say_more, "wang", first.id, f"{CANARY}又来借", voice="")
    assert said is CareOutcome.SAID_MORE
    assert (await seen(lane, "zhou", concern_id)).follow_ups[0].words == f"{CANARY}又来借"
    assert (await asked(lane))[1].state == FollowUpState.DROPPED
    assert second.id != first.id


async def test_silence_is_never_well_and_who_signed_rings(lane: Lane) -> None:
    concern_id = await signed(lane)
    await lane.passes(days=12)
    (first, _second) = await asked(lane)
    assert first.state == FollowUpState.SILENT
    assert await lane.street.told(Notice.CONCERN_SILENT) == ["shi"]
    (listed,) = await lane.does(concerns_for, "shi")
    assert listed.to_ring == first.id
    assert await lane.does(follow_ups.was_well, "zhou", first.id) is Refusal.NOT_ALLOWED, (
        "who reported does not say for her that it was well"
    )
    assert await lane.does(follow_ups.was_well, "shi", first.id) is CareOutcome.WAS_WELL
    line = (await seen(lane, "zhou", concern_id)).follow_ups[0]
    assert line.by is not None
    assert line.by.id == lane.street.people["shi"], "it stands whose word it was"
    await lane.passes(days=30)
    assert [one.state for one in await asked(lane)] == [FollowUpState.WELL, FollowUpState.SILENT]


async def test_nothing_is_asked_once_she_has_ended_care(lane: Lane) -> None:
    await signed(lane)
    await lane.does(ending.end, "wang", 1)
    await lane.passes(days=40)
    assert await lane.street.told(Notice.CONCERN_ASKED) == []
    assert {one.state for one in await asked(lane)} == {FollowUpState.DROPPED}


async def test_nobody_rings_her_who_ended_care_after_the_question(lane: Lane) -> None:
    await signed(lane)
    await lane.passes(days=8)
    await lane.does(ending.end, "wang", 1)
    await lane.passes(days=40)
    assert await lane.street.told(Notice.CONCERN_SILENT) == []


async def test_after_an_outage_she_is_asked_once_and_not_at_night(lane: Lane) -> None:
    await signed(lane)
    at = lane.street.now + timedelta(days=40)
    night = at.replace(hour=16, minute=0)
    await lane.returns_at(night)
    assert await lane.street.told(Notice.CONCERN_ASKED) == []
    await lane.passes(hours=10)
    assert await lane.street.told(Notice.CONCERN_ASKED) == ["wang"]
    assert [one.state for one in await asked(lane)] == [
        FollowUpState.DROPPED,
        FollowUpState.ASKED,
    ]


async def test_a_report_that_waited_through_an_outage_is_reminded_late(lane: Lane) -> None:
    await reported(lane)
    await lane.returns_at(lane.street.now + timedelta(days=9))
    assert await lane.street.told(Notice.CONCERN_REPORTED) == ["shi", "shi"]


async def test_she_is_not_asked_through_the_one_it_is_about(lane: Lane) -> None:
    await signed(lane)
    async with transaction(lane.street.sessions) as session:
        wang = await session.get_one(PersonRow, lane.street.people["wang"])
        wang.telegram_id, wang.proxy_id = None, lane.street.people["li"]
    await lane.passes(days=8)
    assert await lane.street.told(Notice.CONCERN_ASKED) == []
    assert await lane.street.told(Notice.CONCERN_SILENT) == ["shi"]
    (first, _second) = await asked(lane)
    assert await lane.does(follow_ups.was_well, "li", first.id) is Refusal.NOT_ALLOWED


async def test_when_she_leaves_reports_and_words_are_erased(lane: Lane) -> None:
    concern_id = await reported(lane)
    await lane.does(reporting.send_back, "shi", concern_id, "不够")
    async with transaction(lane.street.sessions) as session:
        await due.leave(session, lane.street.people["wang"], lane.street.now)
    async with transaction(lane.street.sessions) as session:
        (row,) = await session.scalars(select(CareReportRow))
    assert (row.report, row.voice, row.sent_back) == (None, None, None)
    assert row.sent_back_at is not None, "that it was stays"
    assert (await lane.concerns())[0].words is None
