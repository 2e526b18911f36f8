"""Digests come when they should, once, to whoever has something to read."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from models.database import Engine, Sessions, open_sessions, transaction
from models.digests.actions import sending
from models.digests.actions.sending import arrange
from models.digests.rules.times import (
    DigestPolicy,
    Notice,
    Reminder,
    coming,
    is_timely,
    passed,
    span_of,
)
from models.help.actions import closing, visits
from models.help.rules.states import ClaimState
from models.help.tables import ClaimRow
from models.outbox.tables import OutboxRow
from models.people.rules import CONSENT_VERSION
from models.people.tables import PersonRow
from models.policy.current import DEFAULT
from models.policy.rules import Policies
from models.reminders.tables import ReminderRow
from models.vault import Vault
from models.volunteers.tables import VolunteerRow
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.help.street import Street

POLICY = DigestPolicy()

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

instants = st.integers(0, 3 * 365 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
zones = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Apia"])
kinds = st.sampled_from(list(Reminder))


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)


@given(kinds, instants, zones, st.times())
def test_the_next_one_lies_ahead_and_the_last_behind(
    kind: Reminder, now: datetime, zone: str, at: time
) -> None:
    policy = replace(POLICY, zone=zone, digest_at=at, thanks_at=at, rates_at=at)
    ahead, behind = coming(kind, now, policy), passed(kind, now, policy)
    assert ahead is not None
    assert ahead[1] > now
    if behind is not None:
        assert behind[1] <= now
        assert behind[0] < ahead[0]
        assert is_timely(kind, behind[0], now, policy)


@given(kinds, instants, zones)
def test_hour_after_hour_no_date_is_left_out_or_at_two_instants(
    kind: Reminder, now: datetime, zone: str
) -> None:
    policy = replace(POLICY, zone=zone)
    found: dict[date, datetime] = {}
    for hour in range(24 * 9):
        at = now + hour * HOUR
        for one in (coming(kind, at, policy), passed(kind, at, policy)):
            if one is not None:
                assert found.setdefault(one[0], one[1]) == one[1]
    first = now.astimezone(ZoneInfo(zone)).date()
    weekdays = {Reminder.STAFF: range(5), Reminder.VOLUNTEERS: (6,), Reminder.SECRETARIES: (0,)}
    expected = {first + n * DAY for n in range(9)}
    assert all(day.weekday() in weekdays[kind] for day in found)
    assert {day for day in expected if day.weekday() in weekdays[kind]} <= set(found)


@given(kinds, instants, zones)
def test_one_digest_begins_where_the_last_ended(kind: Reminder, now: datetime, zone: str) -> None:
    policy = replace(POLICY, zone=zone)
    first = coming(kind, now, policy)
    assert first is not None
    span = span_of(kind, first[0], policy)
    assert span is not None
    assert span.end == first[1]
    second = coming(kind, first[1], policy)
    assert second is not None
    following = span_of(kind, second[0], policy)
    assert following is not None
    assert following.start == span.end


@given(instants)
def test_what_is_turned_off_is_never_set(now: datetime) -> None:
    off = replace(POLICY, digest_at=None, thanks_at=None, rates_at=None)
    for kind in Reminder:
        assert coming(kind, now, off) is None
        assert passed(kind, now, off) is None
        assert span_of(kind, now.date(), off) is None


def test_the_staff_s_is_of_its_day_and_the_secretaries_of_its_week() -> None:
    monday, wednesday = date(2026, 11, 23), local(2026, 11, 25, 12)
    assert is_timely(Reminder.SECRETARIES, monday, wednesday, POLICY)
    assert not is_timely(Reminder.SECRETARIES, monday, wednesday + 5 * DAY, POLICY)
    assert not is_timely(Reminder.STAFF, monday, wednesday, POLICY)


async def goes_on(street: Street, until: datetime, step: timedelta = HOUR) -> None:
    """Let the ticker's work be done hour after hour."""
    while street.now < until:
        street.now = min(street.now + step, until)
        await sweep(street.sessions, EFFECTS, street.now)
        async with transaction(street.sessions) as session:
            await arrange(session, street.now)


async def begin(street: Street, at: datetime) -> None:
    street.now = at
    async with transaction(street.sessions) as session:
        await arrange(session, at)


async def queued(street: Street, kind: Notice) -> list[tuple[str, str]]:
    """List (name, date) of the digests that were queued."""
    names = {person_id: name for name, person_id in street.people.items()}
    async with transaction(street.sessions) as session:
        rows = await session.scalars(
            select(OutboxRow).where(OutboxRow.kind == kind).order_by(OutboxRow.id)
        )
        return [(names[row.recipient_id or 0], (row.detail or {})["day"]) for row in rows]


async def states(street: Street, kind: Reminder) -> dict[str, str]:
    async with transaction(street.sessions) as session:
        rows = await session.scalars(select(ReminderRow).where(ReminderRow.kind == kind))
        return {(row.detail or {})["day"]: row.state for row in rows}


async def test_staff_are_told_each_working_day_and_once(street: Street) -> None:
    await street.file()
    await begin(street, local(2026, 11, 26, 7))
    await goes_on(street, local(2026, 12, 1, 12), timedelta(minutes=30))
    told = await queued(street, Notice.STAFF)
    assert told == [("zhao", f"2026-{day}") for day in ("11-26", "11-27", "11-30", "12-01")]


async def test_whoever_answers_for_nothing_is_not_told(street: Street) -> None:
    await begin(street, local(2026, 11, 26, 7))
    await goes_on(street, local(2026, 11, 27, 12))
    assert await queued(street, Notice.STAFF) == []


async def test_secretaries_are_told_on_monday_in_words_and_as_a_picture(street: Street) -> None:
    await begin(street, local(2026, 11, 21, 7))
    await goes_on(street, local(2026, 12, 1, 12))
    for kind in (Notice.RATES, Notice.CHART):
        assert await queued(street, kind) == [("zhou", "2026-11-23"), ("zhou", "2026-11-30")]


async def test_nobody_is_told_of_a_time_before_the_first_start(street: Street) -> None:
    await street.file()
    await begin(street, local(2026, 11, 26, 12))
    await goes_on(street, local(2026, 11, 26, 20))
    assert await queued(street, Notice.STAFF) == []
    assert set(await states(street, Reminder.STAFF)) == {"2026-11-27"}


async def test_after_an_outage_of_a_week_the_day_s_comes_late_and_the_chain_goes_on(
    street: Street,
) -> None:
    await street.file()
    await begin(street, local(2026, 11, 19, 12))
    await begin(street, local(2026, 11, 27, 11))  # nothing ran from the 19th to the 27th
    await sweep(street.sessions, EFFECTS, street.now)
    await goes_on(street, local(2026, 11, 30, 9), HOUR / 2)
    told = await queued(street, Notice.STAFF)
    assert told == [("zhao", "2026-11-27"), ("zhao", "2026-11-30")]
    seen = await states(street, Reminder.STAFF)
    assert seen["2026-11-20"] == "lapsed"
    async with transaction(street.sessions) as session:
        rows = await session.scalars(
            select(OutboxRow).where(OutboxRow.kind == Notice.STAFF).order_by(OutboxRow.id)
        )
        assert [bool((row.detail or {}).get("late")) for row in rows] == [True, False]
    assert await queued(street, Notice.RATES) == [("zhou", "2026-11-23"), ("zhou", "2026-11-30")]


@pytest.mark.parametrize("jump", [-DAY, DAY, -HOUR, HOUR])
async def test_a_clock_that_jumps_doubles_nothing_and_ends_nothing(
    street: Street, jump: timedelta
) -> None:
    await street.file()
    await begin(street, local(2026, 11, 24, 7))
    await goes_on(street, local(2026, 11, 24, 9))
    street.now += jump
    await goes_on(street, local(2026, 11, 27, 9))
    told = Counter(await queued(street, Notice.STAFF))
    assert set(told.values()) == {1}
    assert ("zhao", "2026-11-27") in told
    pending = [day for day, state in (await states(street, Reminder.STAFF)).items()]
    assert "2026-11-30" in pending


async def test_a_broken_digest_does_not_end_the_chain(street: Street) -> None:
    await begin(street, local(2026, 11, 24, 7))
    async with transaction(street.sessions) as session:
        await session.execute(update(ReminderRow).values(detail={}))  # its effect will raise
    await goes_on(street, local(2026, 11, 25, 9))
    async with transaction(street.sessions) as session:
        rows = (await session.scalars(select(ReminderRow.state))).all()
    assert "pending" in rows


async def test_who_left_or_blocked_the_bot_is_not_told(street: Street) -> None:
    await street.file()
    async with transaction(street.sessions) as session:
        await session.execute(update(PersonRow).values(unreachable_at=street.now))
    await begin(street, local(2026, 11, 27, 7))
    await goes_on(street, local(2026, 11, 30, 12))
    assert await queued(street, Notice.STAFF) == []
    assert await queued(street, Notice.RATES) == []


async def test_turned_off_it_is_let_go(
    street: Street, engine: Engine, vault: Vault, now: datetime
) -> None:
    await street.file()
    await begin(street, local(2026, 11, 24, 7))
    quiet = Policies({**DEFAULT.values, "digest_at": None})
    street.sessions = open_sessions(engine, vault, policy=quiet)
    await goes_on(street, local(2026, 11, 26, 9))
    assert await queued(street, Notice.STAFF) == []
    assert await states(street, Reminder.STAFF) == {"2026-11-24": "lapsed"}


async def does_one(street: Street, name: str) -> int:
    """Let somebody take a task, do it, and be thanked with five stars."""
    request_id = await street.file()
    await street.claim(name, request_id)
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        await visits.report_done(session, actor, request_id, now=street.now)
        wang = await street.actor(session, "wang")
        await closing.resident_verdict(session, wang, request_id, solved=True, now=street.now)
        await closing.rate(session, wang, request_id, stars=5, now=street.now)
    return request_id


async def test_volunteers_read_on_sunday_what_they_gave(street: Street) -> None:
    await street.volunteer("li")
    await street.volunteer("chen")
    await begin(street, local(2026, 11, 24, 12))
    await does_one(street, "li")
    await goes_on(street, local(2026, 12, 6, 20), 3 * HOUR)
    assert await queued(street, Notice.VOLUNTEER) == [("li", "2026-11-29")]


async def test_thousands_of_volunteers_are_queued_in_parts_each_once(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "BATCH", 40)
    await begin(street, local(2026, 11, 24, 12))
    await helpers(street, 130, done_at=street.now)
    await goes_on(street, local(2026, 11, 29, 12), DAY)
    async with transaction(street.sessions) as session:
        found = await session.scalars(
            select(OutboxRow.recipient_id).where(OutboxRow.kind == Notice.VOLUNTEER)
        )
        assert Counter(Counter(found.all()).values()) == {1: 130}


async def helpers(street: Street, count: int, *, done_at: datetime) -> None:
    """Write volunteers who did something straight into the tables."""
    request_id = await street.file(hands=1)
    async with transaction(street.sessions) as session:
        for number in range(count):
            person = PersonRow(
                telegram_id=900_000 + number,
                name=f"h{number}",
                language="zh_Hans",
                consent_version=CONSENT_VERSION,
                created_at=done_at,
            )
            session.add(person)
            await session.flush()
            await session.execute(
                insert(VolunteerRow).values(
                    person_id=person.id,
                    state="active",
                    hours=1,
                    load_cap=9,
                    applied_at=done_at,
                    changed_at=done_at,
                )
            )
            session.add(
                ClaimRow(
                    request_id=request_id,
                    person_id=person.id,
                    state=ClaimState.DONE,
                    line=number + 1,
                    created_at=done_at,
                    done_at=done_at,
                    minutes=30,
                )
            )


async def test_arranging_again_and_again_sets_each_once(sessions: Sessions, now: datetime) -> None:
    for _ in range(3):
        async with transaction(sessions) as session:
            await arrange(session, now)
    async with transaction(sessions) as session:
        found = Counter((await session.scalars(select(ReminderRow.kind))).all())
    assert found == dict.fromkeys(Reminder, 1)
