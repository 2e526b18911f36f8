"""Setting, cancelling, and what a late reminder does."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.database import Session, Sessions, transaction
from models.help.rules.notices import Reminder as Help
from models.reminders.actions import cancel, hold_due, remind, remind_all, settle
from models.reminders.rules import (
    LET_GO,
    ON_TIME,
    Lateness,
    is_late,
    lapses,
    late_by,
    name_of,
    why_let_go,
)

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
SPANS = st.timedeltas(-timedelta(days=400), timedelta(days=400))
ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Asia/Shanghai")]
    + [ZoneInfo(name) for name in ("Australia/Lord_Howe", "Africa/Casablanca", "UTC")]
)
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis takes bounds without a zone


@given(st.sampled_from(list(Lateness)), SPANS)
def test_only_a_late_one_that_may_lapse_lapses(policy: Lateness, late: timedelta) -> None:
    found = lapses(policy, NOW, NOW + late)
    assert found == (policy is Lateness.LAPSE and late > ON_TIME)
    assert is_late(NOW, NOW + late) == (late > ON_TIME)


@given(INSTANTS, st.timedeltas(-timedelta(hours=3), timedelta(hours=3)), ZONES, ZONES)
def test_lateness_is_time_that_passes_whatever_clocks_show(
    due_at: datetime, span: timedelta, one: ZoneInfo, other: ZoneInfo
) -> None:
    now = due_at + span
    assert late_by(due_at.astimezone(one), now.astimezone(one)) == span
    assert late_by(due_at.astimezone(one), now.astimezone(other)) == span
    assert is_late(due_at.astimezone(one), now.astimezone(one)) == (span > ON_TIME)
    assert name_of("k", 1, due_at.astimezone(one)) == name_of("k", 1, due_at.astimezone(other))


@given(INSTANTS, INSTANTS)
def test_two_instants_never_have_one_name(one: datetime, other: datetime) -> None:
    assert (name_of("k", 1, one) == name_of("k", 1, other)) == (one == other)


def test_an_hour_that_clocks_show_twice_is_two_hours() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2026, 10, 25, 2, 30, tzinfo=berlin)
    assert late_by(first, first.replace(fold=1)) == timedelta(hours=1)
    assert name_of("k", 1, first) != name_of("k", 1, first.replace(fold=1))


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        is_late(NOW.replace(tzinfo=None), NOW)


def test_the_reason_says_how_late_it_was() -> None:
    assert why_let_go(NOW, NOW + timedelta(minutes=11)) == f"{LET_GO}0:11:00"


async def put(session: Session, due_at: datetime, policy: Lateness = Lateness.SEND_LATE) -> bool:
    return await remind(session, kind="k", subject_id=1, due_at=due_at, lateness=policy)


async def fired(session: Session, now: datetime) -> list[bool]:
    """Settle what is due; tell of each whether it fires."""
    return [await settle(session, due, now) for due in await hold_due(session, now, 10, {"k"})]


async def test_the_same_reminder_is_set_once(sessions: Sessions, now: datetime) -> None:
    async with transaction(sessions) as session:
        assert await put(session, now)
        assert not await put(session, now)
        assert not await put(session, now.astimezone(ZoneInfo("Asia/Shanghai")))
        assert await fired(session, now) == [True]
        assert not await put(session, now)


async def test_a_cancelled_one_can_come_back(sessions: Sessions, now: datetime) -> None:
    """A task is handed back and claimed by another: the next volunteer is reminded too."""
    async with transaction(sessions) as session:
        await put(session, now)
        await cancel(session, subject_id=1, kinds=["k"], reason="handed back", now=now)
        assert await fired(session, now) == []
        assert await put(session, now)
        assert await fired(session, now) == [True]


async def test_many_are_set_as_one_is(sessions: Sessions, now: datetime) -> None:
    """Anew where it was cancelled, once where it is set, never where it has fired."""
    kind, later = str(Help.NO_ANSWER), now + timedelta(hours=1)
    async with transaction(sessions) as session:
        for subject in (1, 2, 3):
            await remind(session, kind=kind, subject_id=subject, due_at=now, detail={"x": subject})
        await cancel(session, subject_id=1, kinds=[kind], reason="handed back", now=now)
        held = await hold_due(session, now, 1, {kind})
        assert [await settle(session, due, now) for due in held] == [True]
        wanted = [(1, now), (2, now), (3, now), (4, now), (4, now), (4, later)]
        await remind_all(session, kind=kind, wanted=wanted)
        await remind_all(session, kind=kind, wanted=[])
        due = await hold_due(session, later, 10, {kind})
        assert [(one.subject_id, one.detail) for one in due] == [
            (1, {}), (3, {"x": 3}), (4, {}), (4, {}),
        ]  # fmt: skip


async def test_a_fired_one_is_not_cancelled(sessions: Sessions, now: datetime) -> None:
    async with transaction(sessions) as session:
        await put(session, now)
        assert await fired(session, now) == [True]
        await cancel(session, subject_id=1, kinds=["k"], reason="late", now=now)
        assert not await put(session, now)


async def test_one_that_is_cancelled_while_it_is_held_does_not_fire(
    sessions: Sessions, now: datetime
) -> None:
    """The effect of one reminder may cancel another that the same sweep holds."""
    async with transaction(sessions) as session:
        await put(session, now)
        held = await hold_due(session, now, 10, {"k"})
        await cancel(session, subject_id=1, kinds=["k"], reason="no use", now=now)
        assert [await settle(session, due, now) for due in held] == [False]
        assert await fired(session, now) == []


async def test_one_of_a_kind_that_only_a_newer_version_knows_waits_for_it(
    sessions: Sessions, now: datetime
) -> None:
    async with transaction(sessions) as session:
        await put(session, now)
        assert await hold_due(session, now, 10, {"another"}) == []
        assert await fired(session, now) == [True]
