"""Quiet hours: what waits for their end, on both databases and by the clocks of several zones."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from models.database import Sessions, transaction
from models.hours.rules.quiet import QUIET, QuietHours, in_quiet_hours
from models.outbox import actions, queries, refreshing
from models.outbox.rules import Lane, is_hushed, lane_of_change, last_lane
from models.outbox.tables import OutboxRow
from models.people.tables import PersonRow

SECOND = timedelta(seconds=1)
LANES = st.sampled_from(list(Lane))
BERLIN, NEW_YORK = (replace(QUIET, zone=zone) for zone in ("Europe/Berlin", "America/New_York"))
EVENING, MORNING = time(21, 30), time(7, 30)


@given(LANES, st.booleans(), st.booleans())
def test_quiet_hours_hold_back_what_rings_and_nothing_else(
    lane: Lane, pushes: bool, quiet: bool
) -> None:
    leaves = lane <= last_lane(pushes=pushes, quiet=quiet)
    assert leaves or lane is not Lane.ANSWER
    assert leaves == (lane is Lane.ANSWER or (pushes and not (quiet and lane >= Lane.NOTICE)))
    assert is_hushed(lane, quiet=quiet) == (quiet and lane is Lane.LIVE)
    assert lane_of_change(lane) <= last_lane(pushes=True, quiet=True)


async def queue_all(sessions: Sessions, at: datetime) -> None:
    """Queue a push a lane, each to another chat."""
    async with transaction(sessions) as session:
        for lane in Lane:
            reader = PersonRow(telegram_id=100 + lane, name="", language="en", created_at=at)
            session.add(reader)
            await session.flush()
            await actions.notify(
                session, recipient_id=reader.id, kind="k", subject_id=1, now=at, lane=lane
            )


async def leaving(sessions: Sessions, at: datetime, quiet: QuietHours) -> list[Lane]:
    async with transaction(sessions) as session:
        rows = await queries.waiting(
            session, at, passed_over=(), no_push_to=(), pushes=True,
            quiet=in_quiet_hours(at, quiet), limit=10,
        )  # fmt: skip
        return [Lane(row.lane) for row in rows]


def on(day: date, at: time, quiet: QuietHours, *, fold: int = 0) -> datetime:
    zone = ZoneInfo(quiet.zone)
    return datetime.combine(day, at, zone).replace(fold=fold).astimezone(UTC)


@pytest.mark.parametrize("quiet", [QUIET, BERLIN, NEW_YORK], ids=lambda quiet: quiet.zone)
@pytest.mark.parametrize(
    "day", [date(2026, 11, 23), date(2026, 10, 24), date(2026, 3, 28)], ids=str
)
async def test_both_ends_of_the_night(sessions: Sessions, quiet: QuietHours, day: date) -> None:
    """The nights of 24 October and 28 March are those of Berlin's clock changes."""
    begins, ends = on(day, EVENING, quiet), on(day + timedelta(days=1), MORNING, quiet)
    await queue_all(sessions, begins - timedelta(hours=1))
    awake, asleep = list(Lane), [Lane.ANSWER, Lane.URGENT, Lane.LIVE]
    for instant, found in [
        (begins - SECOND, awake),
        (begins, asleep),
        (begins + (ends - begins) / 2, asleep),
        (ends - SECOND, asleep),
        (ends, awake),
    ]:
        assert await leaving(sessions, instant, quiet) == found, instant


async def test_an_end_that_comes_twice_is_its_first(sessions: Sessions) -> None:
    """Quiet hours that end at 02:30 end when clocks show that for the first time."""
    quiet = QuietHours(time(22), time(2, 30), "Europe/Berlin")
    first, second = (on(date(2026, 10, 25), time(2, 30), quiet, fold=fold) for fold in (0, 1))
    assert second - first == timedelta(hours=1)
    await queue_all(sessions, first - timedelta(hours=3))
    assert Lane.NOTICE not in await leaving(sessions, first - SECOND, quiet)
    assert Lane.NOTICE in await leaving(sessions, first, quiet)
    assert Lane.NOTICE in await leaving(sessions, second, quiet)


async def test_an_end_that_clocks_skip_is_the_jump(sessions: Sessions) -> None:
    quiet = QuietHours(time(22), time(2, 30), "Europe/Berlin")
    jump = datetime(2026, 3, 29, 1, tzinfo=UTC)
    await queue_all(sessions, jump - timedelta(hours=3))
    assert Lane.NOTICE not in await leaving(sessions, jump - SECOND, quiet)
    assert Lane.NOTICE in await leaving(sessions, jump, quiet)


async def test_a_change_in_place_never_waits_for_the_day(sessions: Sessions, now: datetime) -> None:
    async with transaction(sessions) as session:
        first = await actions.compose(
            session, method=actions.SEND, payload={}, chat_id=1, now=now, lane=Lane.BULK
        )
        changes = [
            await actions.compose(
                session, method=refreshing.EDIT, payload={}, chat_id=1, now=now, lane=lane,
                target_id=first,
            )
            for lane in Lane
        ]  # fmt: skip
        rows = {row.id: row for row in await session.scalars(select(OutboxRow))}
    assert rows[first].lane == Lane.BULK
    assert [rows[change].lane for change in changes] == [0, 1, 2, 2, 2]
