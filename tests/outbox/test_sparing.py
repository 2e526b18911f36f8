"""What is queued for somebody who paused waits, whichever way it is queued; nothing else does."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from handlers.notices import RENDERERS
from handlers.rooms import routers
from models.database import Session, Sessions, transaction
from models.kinds import NOTICES
from models.outbox.actions import notify, notify_all
from models.outbox.crowd import Push, notify_crowd, notify_each, notify_people
from models.outbox.kinds import Waits, that_wait
from models.outbox.peace import pause, set_quiet, spared
from models.outbox.readers import Reader
from models.outbox.rules import Lane
from models.outbox.sparing import may_wait
from models.outbox.tables import OutboxRow
from models.people.rules import Sparing
from models.people.tables import PersonRow
from tests.town import Town

ASK_BY_A_DATE = {code for code, kind in NOTICES.items() if kind.declared.waits is Waits.AT_NIGHT}

COPY = "broadcasts.copy"
DAYS = 7


async def queue(session: Session, way: str, kind: str, lane: Lane, now: datetime) -> None:
    """Queue one kind of push for everybody, in one of the ways there are."""
    people = (await session.scalars(select(PersonRow.id))).all()
    accounts = (await session.execute(select(PersonRow.id, PersonRow.telegram_id))).all()
    common = {"kind": kind, "subject_id": 1, "now": now}
    match way:
        case "one":
            for one in people:
                await notify(session, recipient_id=one, lane=lane, **common)
        case "all":
            readers = [Reader(one, account) for one, account in accounts]
            await notify_all(session, readers, lane=lane, detail={}, name="n", **common)
        case "crowd":
            await notify_crowd(session, select(PersonRow.id), lane=lane, **common)
        case "people":
            await notify_people(session, people, **common)
        case _:
            pushes = [Push(one, 1, lane=lane) for one in people]
            await notify_each(session, pushes, kind=kind, now=now)


async def waits(town: Town, way: str, kind: str = COPY, lane: Lane = Lane.NOTICE) -> list[bool]:
    """Queue it for two people of whom the first paused: who has to wait for it?"""
    first = await town.settle(1)
    await town.settle(2)
    async with transaction(town.sessions) as session:
        assert await pause(session, first, DAYS, now=town.now) is Sparing.PAUSED
        await queue(session, way, kind, lane, town.now)
        due = await session.scalars(select(OutboxRow.due_at).order_by(OutboxRow.recipient_id))
        return [at > town.now + timedelta(days=DAYS - 1) for at in due]


@pytest.mark.parametrize("way", ["one", "all", "crowd", "people", "each"])
async def test_what_may_wait_waits_for_whoever_paused(town: Town, way: str) -> None:
    assert await waits(town, way) == [True, False]


@pytest.mark.parametrize("way", ["one", "all", "crowd", "each"])
async def test_an_emergency_waits_for_nobody(town: Town, way: str) -> None:
    assert await waits(town, way, lane=Lane.URGENT) == [False, False]


@pytest.mark.parametrize("way", ["one", "all", "crowd", "people", "each"])
async def test_what_was_promised_waits_for_nobody(town: Town, way: str) -> None:
    assert await waits(town, way, "help.before_start") == [False, False]


@pytest.mark.parametrize("way", ["one", "all", "crowd", "people", "each"])
@pytest.mark.parametrize("kind", sorted(ASK_BY_A_DATE))
async def test_what_asks_by_a_date_waits_for_no_pause(town: Town, way: str, kind: str) -> None:
    assert await waits(town, way, kind) == [False, False]


async def test_what_asks_by_a_date_waits_for_ones_own_night_and_a_pause_later_leaves_it(
    town: Town,
) -> None:
    person = await town.settle(1)
    midday = town.now.replace(hour=5, minute=10)  # 13:10 in Shanghai
    async with transaction(town.sessions) as session:
        assert await set_quiet(session, person, 13, 15, now=midday) is Sparing.QUIET
        about = {"recipient_id": person.id, "kind": "votes.remind", "subject_id": 1}
        await notify(session, **about, now=midday)
        assert await session.scalar(select(OutboxRow.due_at)) == midday.replace(hour=7, minute=0)
        await pause(session, person, DAYS, now=midday)
        assert await session.scalar(select(OutboxRow.due_at)) == midday.replace(hour=7, minute=0)


async def test_a_drill_of_a_roll_call_waits_for_nobody(town: Town) -> None:
    first = await town.settle(1)
    async with transaction(town.sessions) as session:
        await pause(session, first, DAYS, now=town.now)
        people = select(PersonRow.id)
        about = {"kind": COPY, "subject_id": 1, "lane": Lane.BULK}
        await notify_crowd(session, people, **about, now=town.now, waits=False)
        assert await session.scalar(select(OutboxRow.due_at)) == town.now


def test_what_is_about_ones_own_request_or_a_roll_call_never_waits() -> None:
    routers()
    never = {kind for kind in RENDERERS if kind.startswith(("rollcalls.", "orders.", "people."))}
    never |= {kind for kind in RENDERERS if kind.startswith("help.")}
    never -= {"help.offer", "help.thanks"}
    assert not never & (that_wait(Waits.ALWAYS) | ASK_BY_A_DATE)
    assert not any(may_wait(kind, Lane.URGENT) or may_wait(kind, Lane.LIVE) for kind in RENDERERS)


async def test_resuming_lets_go_what_waits_and_nothing_that_is_tried_again(town: Town) -> None:
    person = await town.settle(1)
    later = town.now + timedelta(hours=1)
    async with transaction(town.sessions) as session:
        await pause(session, person, DAYS, now=town.now)
        for subject in (1, 2):
            await notify(
                session, recipient_id=person.id, kind=COPY, subject_id=subject, now=town.now
            )
        tried = OutboxRow.subject_id == 2
        await session.execute(update(OutboxRow).where(tried).values(attempts=1))
        assert await pause(session, person, 0, now=later) is Sparing.RESUMED
        rows = await session.execute(select(OutboxRow.due_at).order_by(OutboxRow.subject_id))
        let_go, tried_again = rows.scalars().all()
    assert let_go == later
    assert tried_again > later


async def test_pausing_holds_what_already_waits_for_the_morning(
    town: Town, sessions: Sessions
) -> None:
    person = await town.settle(1)
    async with transaction(sessions) as session:
        await notify(session, recipient_id=person.id, kind=COPY, subject_id=1, now=town.now)
        await pause(session, person, 1, now=town.now)
        assert await session.scalar(select(OutboxRow.due_at)) > town.now


async def test_only_what_is_offered_can_be_chosen(town: Town) -> None:
    person = await town.settle(1)
    async with transaction(town.sessions) as session:
        assert await pause(session, person, 400, now=town.now) is Sparing.NO_SUCH_CHOICE
        assert await session.scalar(select(PersonRow.paused_until)) is None


async def test_quiet_hours_of_ones_own_are_kept_beside_a_pause(town: Town) -> None:
    person = await town.settle(1)

    async def kept(session: Session) -> tuple[bool, int | None, int | None]:
        found = await spared(session, person.id)
        return found.paused_until is not None, found.quiet_from, found.quiet_until

    async with transaction(town.sessions) as session:
        await pause(session, person, DAYS, now=town.now)
        assert await set_quiet(session, person, 20, 8, now=town.now) is Sparing.QUIET
        assert await kept(session) == (True, 20, 8)
        assert await set_quiet(session, person, 8, 7, now=town.now) is Sparing.NO_SUCH_CHOICE
        assert await kept(session) == (True, 20, 8)
        assert await set_quiet(session, person, 9, 9, now=town.now) is Sparing.AS_ALL
        assert await kept(session) == (True, None, None)
