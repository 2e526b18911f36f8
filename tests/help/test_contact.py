"""The card with door and phone: rendered anew each time, by the rights of that moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from handlers.i18n import ENGLISH, speaking
from handlers.notices import render
from handlers.rooms import routers
from handlers.screen import Screen
from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.database import transaction
from models.help.actions import claims, closing, contact, desk, filing, visits
from models.help.rules.notices import Notice, Reminder
from models.help.rules.outcomes import ContactOutcome, DeskOutcome, HandBackReason, Refusal
from models.help.tables import LineRow
from models.leaving.actions import leave
from models.outbox.rules import Lane, State
from models.outbox.tables import OutboxRow
from models.outbox.views import Notice as Push
from models.people.actions.personal import set_personal
from models.people.rules import Field
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.help.street import Street

DOOR, PHONE = "2-301", "13800138000"
HIDDEN = "hidden again"


@pytest.fixture
async def taken(street: Street) -> int:
    """A request of wang's, whose door and phone are known; li holds it, chen waits."""
    routers()
    for name in ("li", "chen"):
        await street.volunteer(name)
    await tell(street, "wang", Field.DOOR, DOOR)
    await tell(street, "wang", Field.PHONE, PHONE)
    request_id = await street.file()
    for name in ("li", "chen"):
        await street.claim(name, request_id)
    return request_id


async def tell(street: Street, name: str, field: Field, text: str) -> None:
    async with transaction(street.sessions) as session:
        who = await street.actor(session, name)
        await set_personal(session, who, who.id, field, text, now=street.now)


async def look(
    street: Street, name: str, request_id: int, at: datetime | None = None
) -> ContactOutcome | Refusal:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        return await contact.show_contact(session, actor, request_id, now=at or street.now)


async def rows(street: Street) -> Sequence[OutboxRow]:
    """List the cards and their changes, in order."""
    async with transaction(street.sessions) as session:
        found = await session.scalars(
            select(OutboxRow).where(OutboxRow.kind == Notice.CONTACT).order_by(OutboxRow.id)
        )
        return found.all()


async def sent(street: Street) -> None:
    """Let everything that waits be sent."""
    async with transaction(street.sessions) as session:
        await session.execute(
            update(OutboxRow)
            .where(OutboxRow.state == State.QUEUED)
            .values(state=State.SENT, message_id=OutboxRow.id, finished_at=street.now)
        )


async def rendered(street: Street, row: OutboxRow, at: datetime | None = None) -> str:
    """Render a row as the sender does."""
    assert row.kind
    assert row.subject_id
    assert row.recipient_id
    push = Push(
        row.kind, row.subject_id, row.recipient_id, at or street.now, detail=row.detail or {}
    )
    async with transaction(street.sessions) as session:
        with speaking(ENGLISH):
            screen = await render(session, push)
    assert isinstance(screen, Screen)
    return screen.full_text()


async def looks(street: Street) -> tuple[int, int]:
    """Count the looks in the audit book and in the timelines."""
    async with transaction(street.sessions) as session:
        book = await session.scalars(select(AuditRow).where(AuditRow.act == AuditAct.LOOKED))
        lines = await session.scalars(select(LineRow).where(LineRow.what == "looked"))
        return len(book.all()), len(lines.all())


async def test_every_tap_is_a_look_with_one_card_that_holds_nothing(
    street: Street, taken: int
) -> None:
    for _ in range(2):
        assert await look(street, "li", taken) is ContactOutcome.SHOWN
    cards = await rows(street)
    assert len({card.dedupe for card in cards}) == len(cards) == 2
    for card in cards:
        assert (card.lane, card.payload, card.recipient_id) == (
            Lane.ANSWER,
            None,
            street.people["li"],
        )
        assert not [said for said in (DOOR, PHONE) if said in str(card.detail)]
    assert await looks(street) == (2, 2)
    text = await rendered(street, cards[0])
    assert DOOR in text
    assert PHONE in text
    assert await looks(street) == (2, 2)


async def test_only_the_holder_gets_a_card(street: Street, taken: int) -> None:
    for name in ("chen", "wang", "zhao"):
        assert await look(street, name, taken) is Refusal.NOT_ALLOWED
    assert await look(street, "li", 999_999) is Refusal.MISSING
    assert await rows(street) == []
    assert await looks(street) == (0, 0)


async def test_handing_back_hides_it_at_once_and_for_good(street: Street, taken: int) -> None:
    await look(street, "li", taken)
    await sent(street)
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, "li")
        await claims.hand_back(session, actor, taken, HandBackReason.ILL, now=street.now)
    card, edit = await rows(street)
    assert (edit.target_id, edit.state) == (card.id, State.QUEUED)
    assert HIDDEN in await rendered(street, edit)
    assert (await street.claim("li", taken)).position == 1
    async with transaction(street.sessions) as session:
        chen = await street.actor(session, "chen")
        await claims.hand_back(session, chen, taken, HandBackReason.ILL, now=street.now)
    assert (await street.claims(taken))["li"] == "held"
    assert HIDDEN in await rendered(street, card)
    assert await look(street, "li", taken) is ContactOutcome.SHOWN
    assert DOOR in await rendered(street, (await rows(street))[-1])


async def test_calling_off_hides_it_at_once(street: Street, taken: int) -> None:
    await look(street, "li", taken)
    await sent(street)
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, "wang")
        await filing.cancel_request(session, actor, taken, now=street.now)
    card, edit = await rows(street)
    assert edit.target_id == card.id
    assert HIDDEN in await rendered(street, edit)
    assert await street.pending(Reminder.CONTACT_ENDS) == []


async def close(street: Street, request_id: int) -> None:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, "wang")
        await closing.resident_verdict(session, actor, request_id, solved=True, now=street.now)


async def test_a_set_time_after_closing_a_reminder_hides_it(street: Street, taken: int) -> None:
    await look(street, "li", taken)
    await sent(street)
    await close(street, taken)
    ends = street.now + timedelta(hours=48)
    assert await street.pending(Reminder.CONTACT_ENDS) == [ends]
    assert DOOR in await rendered(street, (await rows(street))[-1], ends - timedelta(minutes=1))
    await sent(street)
    before = len(await rows(street))
    await sweep(street.sessions, EFFECTS, ends)
    after = await rows(street)
    assert len(after) == before + 1
    assert HIDDEN in await rendered(street, after[-1], ends)


async def test_a_look_after_closing_is_hidden_by_the_same_reminder(
    street: Street, taken: int
) -> None:
    await close(street, taken)
    assert await look(street, "li", taken, street.now + timedelta(hours=47)) == "shown"
    await sent(street)
    ends = street.now + timedelta(hours=48)
    assert await look(street, "li", taken, ends) is Refusal.EXPIRED
    await sweep(street.sessions, EFFECTS, ends)
    _, edit = await rows(street)
    assert HIDDEN in await rendered(street, edit, ends)


async def test_hidden_by_hand_it_stays_hidden_whatever_happens(street: Street, taken: int) -> None:
    for _ in range(2):
        await look(street, "li", taken)
    await sent(street)
    first, second = await rows(street)
    async with transaction(street.sessions) as session:
        li, chen = await street.actor(session, "li"), await street.actor(session, "chen")
        look_id = (first.detail or {})["look"]
        hidden = await contact.hide_contact(session, chen, taken, look_id)
        assert hidden is Refusal.MISSING
        assert await contact.hide_contact(session, li, taken, 999_999) is Refusal.MISSING
        assert await contact.hide_contact(session, li, taken, look_id) is ContactOutcome.HIDDEN
        await visits.on_my_way(session, li, taken, now=street.now)
    edits = {row.target_id: row for row in (await rows(street))[2:]}
    assert HIDDEN in await rendered(street, edits[first.id])
    assert DOOR in await rendered(street, edits[second.id])


async def test_a_change_that_waits_is_hidden_with_its_card(street: Street, taken: int) -> None:
    await look(street, "li", taken)
    await sent(street)
    async with transaction(street.sessions) as session:
        li = await street.actor(session, "li")
        await visits.on_my_way(session, li, taken, now=street.now)
    card, edit = await rows(street)
    async with transaction(street.sessions) as session:
        li = await street.actor(session, "li")
        await contact.hide_contact(session, li, taken, (card.detail or {})["look"])
    for row in await rows(street):
        assert HIDDEN in await rendered(street, row)
    assert edit.id == (await rows(street))[1].id


async def test_what_is_given_later_is_not_shown_without_a_look(street: Street, taken: int) -> None:
    async with transaction(street.sessions) as session:
        wang = await street.actor(session, "wang")
        await set_personal(session, wang, wang.id, Field.PHONE, "", now=street.now)
    await look(street, "li", taken)
    await tell(street, "wang", Field.PHONE, PHONE)
    await tell(street, "wang", Field.DOOR, "9-999")
    (card,) = await rows(street)
    text = await rendered(street, card)
    assert PHONE not in text
    assert "9-999" in text


async def test_a_proxys_phone_is_shown_again_too(street: Street, taken: int) -> None:
    await street.add("granny", "b1", telegram=False, proxy="wang")
    request_id = await street.file("wang", beneficiary_id=street.people["granny"])
    await street.claim("li", request_id)
    await look(street, "li", request_id)
    (card,) = await rows(street)
    text = await rendered(street, card)
    assert PHONE in text
    assert "wang" in text


async def test_whoever_leaves_for_good_takes_door_and_phone_along(
    street: Street, taken: int
) -> None:
    await look(street, "li", taken)
    await sent(street)
    await close(street, taken)
    await sent(street)
    before = len(await rows(street))
    async with transaction(street.sessions) as session:
        assert await leave(session, await street.actor(session, "wang"), now=street.now) == "left"
    after = await rows(street)
    assert len(after) == before + 1
    assert HIDDEN in await rendered(street, after[-1])


async def test_not_solved_hides_it(street: Street, taken: int) -> None:
    await look(street, "li", taken)
    await sent(street)
    async with transaction(street.sessions) as session:
        wang, li = await street.actor(session, "wang"), await street.actor(session, "li")
        await visits.report_done(session, li, taken, now=street.now)
        await closing.resident_verdict(session, wang, taken, solved=False, now=street.now)
    assert HIDDEN in await rendered(street, (await rows(street))[-1])
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        outcome = await desk.ask_again(session, zhao, taken, now=street.now)
        assert outcome is DeskOutcome.ASKED_AGAIN
    assert HIDDEN in await rendered(street, (await rows(street))[-1])
