"""Reminders, fired by the real sweep with the real effects."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from models.database import transaction
from models.help.actions import claims, desk, visits
from models.help.rules.notices import Notice, Reminder
from models.help.rules.outcomes import HandBackReason
from models.help.rules.states import State
from models.outbox.tables import OutboxRow
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.help.street import Street, check_counts


async def sweep_at(street: Street, instant: datetime) -> None:
    await sweep(street.sessions, EFFECTS, instant)
    async with transaction(street.sessions) as session:
        await check_counts(session)


def test_every_kind_of_reminder_has_an_effect() -> None:
    assert set(EFFECTS) >= set(Reminder)


async def test_nothing_is_said_once_the_hands_are_found(street: Street) -> None:
    await street.volunteer("li")
    request_id = await street.file()
    await street.claim("li", request_id)
    await sweep_at(street, street.now + timedelta(days=1))
    assert await street.told(Notice.UNCLAIMED) == []


@pytest.mark.parametrize("late", [timedelta(0), timedelta(hours=1)])
async def test_a_holder_is_asked_before_the_start(street: Street, late: timedelta) -> None:
    await street.volunteer("li")
    request_id = await street.file(start_at=street.now + timedelta(hours=10))
    await street.claim("li", request_id)
    await sweep_at(street, street.now + timedelta(hours=8) + late)
    assert await street.told(Notice.BEFORE_START) == ["li"]
    async with transaction(street.sessions) as session:
        notice = await session.scalar(
            select(OutboxRow).where(OutboxRow.kind == Notice.BEFORE_START)
        )
    assert notice is not None
    assert notice.detail == {"late": bool(late)}
    assert notice.subject_id == request_id


async def test_whoever_handed_back_is_not_asked(street: Street) -> None:
    await street.volunteer("li")
    request_id = await street.file()
    await street.claim("li", request_id)
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, "li")
        await claims.hand_back(session, actor, request_id, HandBackReason.ILL, now=street.now)
    await sweep_at(street, street.now + timedelta(days=4))
    assert await street.told(Notice.BEFORE_START) == []


async def test_a_confirmed_holder_without_a_start_is_asked_again_later(street: Street) -> None:
    await street.volunteer("li")
    request_id = await street.file()
    await street.claim("li", request_id)
    asked = street.now + timedelta(hours=48)
    await sweep_at(street, asked)
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, "li")
        await visits.confirm_coming(session, actor, request_id, coming=True, now=asked)
    await sweep_at(street, asked + timedelta(hours=48))
    assert await street.told(Notice.BEFORE_START) == ["li", "li"]


async def test_silence_after_done_is_followed_up_and_ends_on_the_desk(street: Street) -> None:
    await street.volunteer("li")
    request_id = await street.file()
    await street.claim("li", request_id)
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, "li")
        await visits.report_done(session, actor, request_id, now=street.now)
    for hours in (24, 72, 96):
        await sweep_at(street, street.now + timedelta(hours=hours))
    assert await street.told(Notice.AFTER_DONE) == ["wang", "wang"]
    assert await street.told(Notice.UNCONFIRMED) == ["zhao"]
    request = await street.request(request_id)
    assert (request.state, request.unconfirmed) == (State.DONE, True)


async def test_after_a_long_outage_the_resident_is_asked_once(street: Street) -> None:
    await street.volunteer("li")
    request_id = await street.file()
    await street.claim("li", request_id)
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, "li")
        await visits.report_done(session, actor, request_id, now=street.now)
    await sweep_at(street, street.now + timedelta(days=7))
    assert await street.told(Notice.AFTER_DONE) == ["wang"]
    assert await street.told(Notice.UNCONFIRMED) == ["zhao"]


async def test_what_is_the_desks_own_never_expires(street: Street) -> None:
    request_id = await street.file(category="public.lift")
    await sweep_at(street, street.now + timedelta(days=61))
    assert (await street.request(request_id)).state == State.OPEN
    assert await street.told(Notice.EXPIRED) == []
    assert await street.pending(Reminder.EXPIRE) == [street.now + timedelta(days=91)]


async def test_what_nobody_took_expires_and_the_resident_knows(street: Street) -> None:
    await street.volunteer("li")
    untaken, taken = await street.file(), await street.file()
    await street.claim("li", taken)
    await sweep_at(street, street.now + timedelta(days=30))
    assert (await street.request(untaken)).state == State.EXPIRED
    assert (await street.request(taken)).state == State.CLAIMED
    assert sorted(await street.told(Notice.EXPIRED)) == ["wang", "zhao"]
    assert await street.pending(Reminder.EXPIRE) == [street.now + timedelta(days=60)]
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        again = await desk.ask_again(session, zhao, untaken, now=street.now)
    assert again == "asked_again"
