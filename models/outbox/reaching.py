"""Who is out of reach, and who is back; what becomes of pushes to them."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, update

from models.base import table_of
from models.database import Session, changed
from models.outbox.actions import notify
from models.outbox.queries import NOT_IN_QUEUE
from models.outbox.rules import UNSENT_STATES, Lane, State
from models.outbox.tables import OutboxRow
from models.people.actions.registering import note_dated
from models.people.queries import account_of
from models.people.reach import LOST
from models.people.tables import PersonRow
from models.people.views import Person
from models.reminders.actions import remind

AWAY = "the person cannot be reached"
MISSED = "missed"
"""Where a notice's detail says that its reader was away when it first came."""

TOLD_WITHIN = timedelta(days=30)
"""What is older than this nobody is told on their return: it is on their lists."""

BULK = "broadcasts."
"""Copies of broadcasts have a ledger of their own, and stand in the inbox."""
WHILE_AWAY, SINCE = "broadcasts.while_away", "since"
"""Says on return how many there were, in one line; its detail holds since when."""


_REACHABLE = (
    update(table_of(PersonRow))
    .where(table_of(PersonRow).c.telegram_id == bindparam("number"))
    .values(unreachable_at=None)
)


async def recognise(session: Session, telegram_id: int, now: datetime) -> Person | None:
    """Return the person of a Telegram account, with place, grants and volunteer flag.

    They wrote at `now`, so whatever made them unreachable until then is over. None for an account
    never seen, or forgotten.
    """
    person, away_since = await account_of(session, telegram_id)
    if person is not None and away_since is not None and away_since <= now:
        await changed(session, _REACHABLE, {"number": telegram_id})
        await bring_back(session, person.id, away_since, now)
    return person


async def set_reachable(
    session: Session, telegram_id: int, *, reachable: bool, dated: datetime, now: datetime
) -> None:
    """Keep that somebody blocked the bot or let it in again; unknown accounts are passed over.

    `dated` is Telegram's own date: what comes late does not win over what happened after it.
    Whoever is away gets nothing more for now, and whoever counts on them hears of it.
    """
    await note_dated(session, telegram_id, dated, away=not reachable)
    row = await session.scalar(
        select(PersonRow)
        .where(PersonRow.telegram_id == telegram_id)
        .execution_options(populate_existing=True)
    )
    if row is not None and row.unreachable_at is not None:
        await hold_back(session, row.id, telegram_id, now)


async def hold_back(session: Session, person_id: int, chat_id: int, now: datetime) -> None:
    """Send nothing more of its own accord to somebody, and have whoever counts on them told."""
    await session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.chat_id == chat_id,
            OutboxRow.state.in_(UNSENT_STATES),
            OutboxRow.lane != Lane.ANSWER,
        )
        .values(state=State.BLOCKED, reason=AWAY, finished_at=now)
    )
    await remind(session, kind=LOST, subject_id=person_id, due_at=now)


async def bring_back(session: Session, person_id: int, since: datetime, now: datetime) -> None:
    """Queue again what somebody missed while they were out of reach, of each subject the newest.

    It is rendered from the state of now: what is no longer so is dropped with the reason.
    """
    missed = (
        OutboxRow.recipient_id == person_id,
        NOT_IN_QUEUE,
        OutboxRow.state == State.BLOCKED,
        OutboxRow.kind.is_not(None),
        OutboxRow.kind.not_like(f"{BULK}%"),
        OutboxRow.target_id.is_(None),
        OutboxRow.lane != Lane.BULK,
        OutboxRow.finished_at >= max(since, now - TOLD_WITHIN),
    )
    newest = (
        select(func.max(OutboxRow.id)).where(*missed).group_by(OutboxRow.kind, OutboxRow.subject_id)
    )
    rows = await session.scalars(select(OutboxRow).where(OutboxRow.id.in_(newest)))
    for row in rows.all():
        row.state, row.due_at, row.finished_at, row.reason = State.QUEUED, now, None, None
        row.detail = {**(row.detail or {}), MISSED: True}
    await session.flush()
    await notify(
        session,
        recipient_id=person_id,
        kind=WHILE_AWAY,
        subject_id=person_id,
        detail={SINCE: since.isoformat()},
        now=now,
    )
