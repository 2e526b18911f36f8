"""Rings and alarms, by the real sweep: who is asked, who never is, and who hears of it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from models.categories import Skill
from models.database import transaction
from models.help.actions import claims, desk, visits
from models.help.actions.rings import ask_ring
from models.help.queries.candidates import best
from models.help.queries.fitting import Whom
from models.help.queries.volunteer import offer_card
from models.help.rules.matching import Reason
from models.help.rules.notices import Notice, Reminder
from models.help.rules.outcomes import HandBackReason
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import ClaimState, OfferState
from models.help.tables import ClaimRow, OfferRow, RequestRow
from models.hours.rules.quiet import in_quiet_hours
from models.outbox.rules import Lane
from models.outbox.tables import OutboxRow
from models.people.rules import Role
from models.people.tables import GrantRow
from models.reminders.actions import remind
from models.volunteers import actions as volunteers
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.help.street import Street, check_counts

POLICY = HelpPolicy()

NIGHT = timedelta(hours=11)
"""From noon in Shanghai to eleven at night."""


async def sweep_at(street: Street, instant: datetime) -> None:
    await sweep(street.sessions, EFFECTS, instant)
    async with transaction(street.sessions) as session:
        await check_counts(session)


async def crowd(street: Street, count: int) -> None:
    for number in range(count):
        await street.volunteer(f"v{number}")


async def asked(street: Street) -> list[str]:
    return await street.told(Notice.OFFER)


async def test_an_urgent_request_asks_five_then_fifteen_and_nobody_twice(street: Street) -> None:
    await crowd(street, 22)
    await street.file(urgency=Urgency.URGENT)
    assert len(await asked(street)) == 5
    await sweep_at(street, street.now + timedelta(minutes=14))
    assert len(await asked(street)) == 5
    await sweep_at(street, street.now + timedelta(minutes=15))
    assert len(await asked(street)) == 20
    await sweep_at(street, street.now + timedelta(minutes=30))
    told = await asked(street)
    assert len(told) == len(set(told)) == 22
    assert await street.told(Notice.UNCLAIMED) == []


async def test_after_the_last_ring_owner_secretary_and_street_are_told_one_by_one(
    street: Street,
) -> None:
    await street.add("wu", "l1")
    await street.grant("wu", Role.SECRETARY, "street")
    await crowd(street, 2)
    request_id = await street.file(urgency=Urgency.URGENT)
    for minutes, told in ((15, ["zhao"]), (30, ["zhao", "zhou"]), (45, ["zhao", "zhou", "wu"])):
        await sweep_at(street, street.now + timedelta(minutes=minutes))
        assert await street.told(Notice.UNCLAIMED) == told
        assert await street.told(Notice.NOBODY_YET) == ["wang"]
    assert await street.pending(Reminder.UNCLAIMED) == []
    assert (await street.lines(request_id)).count("unclaimed") == 3


async def test_an_emergency_asks_everybody_within_six_minutes_and_in_the_urgent_lane(
    street: Street,
) -> None:
    await crowd(street, 25)
    await street.file(urgency=Urgency.EMERGENCY)
    counts = []
    for minutes in (0, 3, 6, 9, 12):
        await sweep_at(street, street.now + timedelta(minutes=minutes))
        counts.append(len(await asked(street)))
    assert counts == [5, 20, 25, 25, 25]
    assert await street.told(Notice.UNCLAIMED) == ["zhao", "zhou"]
    async with transaction(street.sessions) as session:
        lanes = set(
            await session.scalars(select(OutboxRow.lane).where(OutboxRow.kind == Notice.OFFER))
        )
    assert lanes == {Lane.URGENT}


async def test_an_ordinary_ring_waits_two_working_hours(street: Street) -> None:
    await crowd(street, 12)
    await street.file()
    lunch_over = street.now + timedelta(hours=3, minutes=30)
    await sweep_at(street, lunch_over - timedelta(minutes=1))
    assert len(await asked(street)) == 5
    await sweep_at(street, lunch_over)
    assert len(await asked(street)) == 12


@pytest.mark.parametrize("urgency", [Urgency.URGENT, Urgency.ORDINARY])
async def test_at_night_nobody_is_asked_until_morning(street: Street, urgency: Urgency) -> None:
    await crowd(street, 3)
    street.now += NIGHT
    request_id = await street.file(urgency=urgency)
    assert await asked(street) == []
    assert (await street.request(request_id)).ring == 0
    morning = street.now + timedelta(hours=8, minutes=30)
    assert await street.pending(Reminder.UNCLAIMED) == [morning]
    await sweep_at(street, morning)
    assert len(await asked(street)) == 3


async def test_a_ring_that_falls_due_at_night_is_put_off_unchanged(street: Street) -> None:
    await crowd(street, 8)
    request_id = await street.file(urgency=Urgency.URGENT)
    await sweep_at(street, street.now + NIGHT)
    assert len(await asked(street)) == 5
    assert (await street.request(request_id)).ring == 1
    await sweep_at(street, street.now + timedelta(hours=19, minutes=30))
    assert len(await asked(street)) == 8


async def test_an_emergency_at_night_is_asked_and_the_card_says_so(street: Street) -> None:
    await crowd(street, 1)
    by_day = await street.file(urgency=Urgency.EMERGENCY)
    street.now += NIGHT
    by_night = await street.file(urgency=Urgency.EMERGENCY)
    async with transaction(street.sessions) as session:
        cards = [await offer_card(session, street.people["v0"], one) for one in (by_day, by_night)]
    assert [card.asked_at_night for card in cards if card] == [False, True]


async def test_who_is_over_the_cap_paused_or_busy_is_never_asked(street: Street) -> None:
    start = street.now + timedelta(hours=5)
    await street.volunteer("full", cap=1)
    await street.volunteer("busy")
    for name in ("full", "busy"):
        held = await street.file(start_at=start + timedelta(hours=1 if name == "busy" else 9))
        await street.claim(name, held)
    await street.volunteer("paused")
    await street.volunteer("free")
    async with transaction(street.sessions) as session:
        await volunteers.pause(session, await street.actor(session, "paused"), now=street.now)
        await session.execute(delete(OutboxRow))
    for urgency in Urgency:
        await street.file(urgency=urgency, start_at=start)
        assert await asked(street) == ["free"]
        async with transaction(street.sessions) as session:
            await session.execute(delete(OutboxRow))


@pytest.mark.parametrize(("hours", "is_asked"), [(-2, True), (-1, False), (1, False), (2, True)])
async def test_a_task_within_two_hours_clashes(
    street: Street, hours: int, *, is_asked: bool
) -> None:
    await street.volunteer("li")
    start = street.now + timedelta(hours=8)
    held = await street.file(start_at=start + timedelta(hours=hours))
    await street.claim("li", held)
    await street.file(start_at=start)
    assert (await asked(street)).count("li") == 1 + is_asked


async def test_whoever_is_on_the_way_elsewhere_is_not_asked_for_now_but_for_later(
    street: Street,
) -> None:
    await street.volunteer("li")
    held = await street.file()
    await street.claim("li", held)
    async with transaction(street.sessions) as session:
        await visits.on_my_way(session, await street.actor(session, "li"), held, now=street.now)
    await street.file(urgency=Urgency.EMERGENCY)
    assert (await asked(street)).count("li") == 1
    await street.file(start_at=street.now + timedelta(hours=6))
    assert (await asked(street)).count("li") == 2


async def test_whoever_declined_is_not_asked_again_not_even_anew(street: Street) -> None:
    for name in ("li", "chen"):
        await street.volunteer(name)
    request_id = await street.file()
    async with transaction(street.sessions) as session:
        await claims.decline(session, await street.actor(session, "li"), request_id, now=street.now)
        await session.execute(update(RequestRow).values(state="expired"))
        zhao = await street.actor(session, "zhao")
        await desk.ask_again(session, zhao, request_id, now=street.now)
    told = await asked(street)
    assert (told.count("li"), told.count("chen")) == (1, 2)


async def test_a_lost_hand_asks_one_ring_more_before_anybody_is_alarmed(street: Street) -> None:
    await crowd(street, 3)
    request_id = await street.file(urgency=Urgency.URGENT)
    await sweep_at(street, street.now + timedelta(minutes=15))
    assert await street.told(Notice.UNCLAIMED) == ["zhao"]
    await street.claim("v0", request_id)
    street.now += timedelta(minutes=20)
    async with transaction(street.sessions) as session:
        v0 = await street.actor(session, "v0")
        await claims.hand_back(session, v0, request_id, HandBackReason.ILL, now=street.now)
    told = await asked(street)
    assert [told.count(name) for name in ("v0", "v1", "v2")] == [1, 2, 2]
    assert await street.told(Notice.UNCLAIMED) == ["zhao"]
    await sweep_at(street, street.now + timedelta(minutes=15))
    assert await street.told(Notice.UNCLAIMED) == ["zhao", "zhao"]


async def test_what_only_the_desk_can_do_rings_nobody(street: Street) -> None:
    await crowd(street, 1)
    await street.file(category="public.light")
    assert await asked(street) == []
    assert await street.pending(Reminder.UNCLAIMED) == []


async def test_an_owner_whose_role_was_revoked_is_replaced(street: Street) -> None:
    request_id = await street.file(urgency=Urgency.URGENT)
    async with transaction(street.sessions) as session:
        await session.execute(
            update(GrantRow)
            .where(GrantRow.person_id == street.people["zhao"], GrantRow.role == Role.STAFF)
            .values(revoked_at=street.now)
        )
    await sweep_at(street, street.now + timedelta(minutes=15))
    assert await street.told(Notice.UNCLAIMED) == ["zhou"]
    assert (await street.request(request_id)).owner_id == street.people["zhou"]


async def test_firing_twice_says_nothing_twice(street: Street) -> None:
    await street.file(urgency=Urgency.URGENT)
    due = street.now + timedelta(minutes=15)
    await sweep_at(street, due)
    await sweep_at(street, due)
    assert await street.told(Notice.UNCLAIMED) == ["zhao"]
    assert await street.told(Notice.NOBODY_YET) == ["wang"]


async def test_who_kept_their_word_is_asked_first_and_told_so(street: Street) -> None:
    for name in ("broke", "new", "kept"):
        await street.volunteer(name, "b2", Skill.ERRANDS)
    request_id = await street.file()
    async with transaction(street.sessions) as session:
        for line, (name, state) in enumerate(
            [("kept", ClaimState.DONE)] * 3 + [("broke", ClaimState.NO_SHOW)]
        ):
            session.add(past(street, request_id, name, state, line + 10))
        await session.execute(delete(OfferRow))
        request = await session.get_one(RequestRow, request_id)
        ranked = await best(session, request, street.now, POLICY, limit=3, whom=Whom.NEW)
    names = {person_id: name for name, person_id in street.people.items()}
    order = [names[one.candidate.person_id] for one in ranked]
    assert order == ["kept", "new", "broke"]
    assert [Reason.ALWAYS_CAME in one.score.reasons for one in ranked] == [True, False, False]


def past(street: Street, request_id: int, name: str, state: ClaimState, line: int) -> ClaimRow:
    ago = street.now - timedelta(days=100)
    return ClaimRow(
        request_id=request_id,
        person_id=street.people[name],
        state=state,
        line=line,
        created_at=ago,
        held_at=ago,
        done_at=ago if state is ClaimState.DONE else None,
        ended_at=ago,
    )


async def test_what_was_asked_is_written_with_its_reasons(street: Street) -> None:
    await street.volunteer("li", "b1", Skill.ERRANDS)
    request_id = await street.file()
    async with transaction(street.sessions) as session:
        offer = (await session.scalars(select(OfferRow))).one()
        request = await session.get_one(RequestRow, request_id)
        assert await ask_ring(session, request, street.now, POLICY) == 0
    assert offer.state == OfferState.ASKED
    assert {Reason.SKILL, Reason.SAME_BUILDING} <= set(offer.reasons)
    assert not in_quiet_hours(offer.asked_at, POLICY.quiet)


async def test_a_reminder_from_before_asks_no_volunteer_about_what_is_the_desks_alone(
    street: Street,
) -> None:
    await crowd(street, 2)
    request_id = await street.file(category="public.lift")
    async with transaction(street.sessions) as session:
        await remind(session, kind=Reminder.UNCLAIMED, subject_id=request_id, due_at=street.now)
    await sweep_at(street, street.now)
    assert await asked(street) == await street.told(Notice.UNCLAIMED) == []
    assert await street.pending(Reminder.UNCLAIMED) == []
