"""What reminders of help do for many at once is what they do one by one, row for row."""

import random
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, update

from models.audit.tables import AuditRow
from models.base import Base
from models.database import Session, Sessions, transaction
from models.help.actions import claims, contact
from models.help.actions.closing import resident_verdict
from models.help.actions.visits import on_my_way, report_done
from models.help.rules.notices import CLAIM_REMINDERS, Reminder
from models.help.rules.outcomes import HandBackReason
from models.help.rules.policy import Urgency
from models.help.tables import ClaimRow, LineRow, RequestRow
from models.outbox.rules import State
from models.outbox.tables import OutboxRow
from models.people.tables import PersonRow
from models.reminders.tables import ReminderRow
from models.reminders.views import Due
from scheduler.effects import EFFECTS
from scheduler.sweep import InSets
from tests.help.street import Street, build
from tests.kept import once
from tests.orders.acts import act, help_act, orders

IN_SETS = sorted(kind for kind in Reminder if isinstance(EFFECTS[kind], InSets))
WRITTEN = (RequestRow, ClaimRow, LineRow, OutboxRow, ReminderRow, AuditRow)
TIMES = tuple(timedelta(hours=hours) for hours in (1, 25, 73, 97, 24 * 8))


class UndoneError(Exception):
    """Rolls back what an effect has written."""


@pytest.fixture
async def town(sessions: Sessions, now: datetime) -> Street:
    """Requests at every point of their lives, of people with and without Telegram, or gone."""
    return await once(_settled, sessions, now)


async def _settled(sessions: Sessions, now: datetime) -> Street:
    street = await build(sessions, now)
    await street.add("old", telegram=False, proxy="wang")
    await street.add("lost", telegram=False)
    for name in ("li", "chen", "leaver"):
        await street.volunteer(name)
    start = {"start_at": street.now + timedelta(hours=1)}
    lives = (("r0", {}), ("r1", start), ("r2", {"urgency": Urgency.EMERGENCY}), ("leaver", start))
    for name, fields in lives:
        if name not in street.people:
            await street.add(name)
        for steps in range(5):
            await _live(street, name, steps, **fields)
    put_right = await _live(street, "wang", 3)
    await help_act(street, resident_verdict, "wang", put_right, solved=False)
    await act(street, "report", "zhao", (await orders(street, put_right))[0].id, "…")
    async with transaction(street.sessions) as session:
        chance = random.Random(1)
        requests = (await session.scalars(select(RequestRow))).all()
        for request in chance.sample(requests, 8):  # told through a proxy, or whoever filed
            request.beneficiary_id = street.people[chance.choice(["old", "lost"])]
        await session.execute(  # all that was told so far has arrived
            update(OutboxRow).values(state=State.SENT, message_id=OutboxRow.id)
        )
        requests[3].owner_id = street.people["wang"]  # who works nowhere
        requests[8].owner_id = None
        (await session.get_one(PersonRow, street.people["leaver"])).left_at = street.now
    return street


async def _live(street: Street, name: str, steps: int, **fields: object) -> int:
    """File a request and take it so many steps on its way."""
    request_id = await street.file(name, **fields)
    await street.claim("li", request_id)
    await street.claim("chen", request_id)
    async with transaction(street.sessions) as session:
        li = await street.actor(session, "li")
        await contact.show_contact(session, li, request_id, now=street.now)
    if steps == 1:
        await help_act(street, on_my_way, "li", request_id)
    if steps == 2:
        async with transaction(street.sessions) as session:
            li = await street.actor(session, "li")
            await claims.hand_back(session, li, request_id, HandBackReason.ILL, now=street.now)
    if steps >= 3:
        await help_act(street, report_done, "li", request_id)
    if steps == 4:
        await help_act(street, resident_verdict, name, request_id, solved=True)
    return request_id


async def _fired(session: Session, kind: Reminder, now: datetime) -> list[Due]:
    """Make reminders of a kind about all there is, some twice, and about what is not there."""
    table = ClaimRow if kind in CLAIM_REMINDERS else RequestRow
    subjects = [*(await session.scalars(select(table.id).order_by(table.id))).all(), 10**6]
    chance = random.Random(kind)
    chance.shuffle(subjects)
    again = chance.sample(subjects, 5)
    return [
        Due(number, kind, subject, now - timedelta(seconds=9), late=chance.random() < 0.5)
        for number, subject in enumerate([*subjects, *again], 10**6)
    ]


async def _rows(session: Session) -> list[list[str]]:
    """Read everything that effects write, but for the numbers of rows and their order."""
    await session.flush()
    return [sorted([str(row) for row in await _of(session, table)]) for table in WRITTEN]


async def _of(session: Session, table: type[Base]) -> Sequence[Any]:
    numbered = table in (RequestRow, ClaimRow)
    columns = [each for each in table.__table__.c if numbered or each.name != "id"]
    return (await session.execute(select(*columns))).all()


async def _left_behind(
    street: Street, kind: Reminder, now: datetime, *, at_once: bool
) -> tuple[list[list[str]], list[list[str]], int]:
    """Give all rows before and after reminders of a kind fire, which is undone, and the statements
    that it took."""
    effect = EFFECTS[kind]
    assert isinstance(effect, InSets)
    statements = list[str]()

    def note(*told: Any) -> None:
        statements.append(told[2])

    before, after = list[list[str]](), list[list[str]]()
    with suppress(UndoneError):
        async with transaction(street.sessions) as session:
            fired = await _fired(session, kind, now)
            before = await _rows(session)
            engine = session.get_bind().engine
            event.listen(engine, "before_cursor_execute", note)
            for some in [fired] if at_once else [[due] for due in fired]:
                await effect.all(session, some, now)
            await session.flush()
            event.remove(engine, "before_cursor_execute", note)
            after = await _rows(session)
            raise UndoneError
    return before, after, len(statements)


@pytest.mark.parametrize("kind", IN_SETS)
async def test_in_a_set_each_does_what_it_does_alone(town: Street, kind: Reminder) -> None:
    does_something = False
    for later in TIMES:
        now = town.now + later
        before, together, few = await _left_behind(town, kind, now, at_once=True)
        begun, one_by_one, many = await _left_behind(town, kind, now, at_once=False)
        assert before == begun
        assert together == one_by_one
        assert few < many / 2
        does_something |= together != before
    assert does_something
