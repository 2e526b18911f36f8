"""Making broken things to look at and to mend."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from models.database import Session
from models.help.actions.filing import file_request
from models.help.rules.notices import Reminder
from models.help.views import Draft
from models.outbox.actions import compose, notify
from models.outbox.rules import Lane
from models.outbox.rules import State as OutboxState
from models.outbox.tables import OutboxRow
from models.people.views import Person
from models.reminders.actions import remind
from models.reminders.rules import Lateness
from models.reminders.rules import State as ReminderState
from models.reminders.tables import ReminderRow
from models.updates.actions import keep_failed
from tests.bot.street import message
from tests.help.street import draft

HOUR = timedelta(hours=1)
SECRET = "my door is 1234"
REPORT = """  File "/srv/linli/bot/turn.py", line 120, in _take
    await self._work(session, update, now)
  File "/srv/linli/handlers/desk/cases.py", line 40, in open_case
    return cases[number]
KeyError"""


async def failed_update(session: Session, account: int, now: datetime, report: str = REPORT) -> int:
    """Keep an update of an account."""
    raw = message(7, SECRET, person_id=account)
    return await keep_failed(session, raw, 7, report, now)


async def uncertain_notice(session: Session, reader: Person, now: datetime) -> int:
    """Let a push to somebody be uncertain."""
    await notify(session, recipient_id=reader.id, kind="help.note", subject_id=1, now=now)
    return await _uncertain(session, await _last(session, OutboxRow))


async def uncertain_answer(
    session: Session, account: int, now: datetime, method: str = "sendMessage", **payload: object
) -> int:
    """Let an answer to an account be uncertain."""
    row_id = await compose(
        session,
        method=method,
        payload={"chat_id": account, "text": SECRET, **payload},
        chat_id=account,
        now=now,
    )
    return await _uncertain(session, row_id)


async def refused_answer(
    session: Session, account: int, now: datetime, reason: str = "Bad Request: message is too long"
) -> int:
    """Let an answer to an account be refused by Telegram."""
    row_id = await uncertain_answer(session, account, now)
    values = {"state": OutboxState.FAILED, "reason": reason}
    await session.execute(update(OutboxRow).where(OutboxRow.id == row_id).values(values))
    return row_id


async def let_go(
    session: Session, subject_id: int, due_at: datetime, settled_at: datetime, reason: str
) -> int:
    """Set a reminder that was let go."""
    found = await reminder(session, subject_id, due_at)
    values = {"state": ReminderState.LAPSED, "reason": reason, "settled_at": settled_at}
    await session.execute(update(ReminderRow).where(ReminderRow.id == found).values(values))
    return found


async def _uncertain(session: Session, row_id: int) -> int:
    values = {"state": OutboxState.UNCERTAIN}
    await session.execute(update(OutboxRow).where(OutboxRow.id == row_id).values(values))
    return row_id


async def request_of(session: Session, resident: Person, now: datetime) -> int:
    """File a request; give its id."""
    given: Draft = draft()
    filed = await file_request(session, resident, given, now=now)
    assert filed.receipt is not None
    return filed.receipt.request_id


async def reminder(
    session: Session,
    request_id: int,
    due_at: datetime,
    *,
    failed: bool = True,
    kind: str = Reminder.EXPIRE,
    lateness: Lateness = Lateness.SEND_LATE,
) -> int:
    """Set a reminder, failed or pending."""
    await remind(
        session,
        kind=kind,
        subject_id=request_id,
        due_at=due_at,
        lateness=lateness,
        dedupe=f"{kind}:{due_at}:{failed}",
    )
    found = await _last(session, ReminderRow)
    state = ReminderState.FAILED if failed else ReminderState.PENDING
    values = {"state": state, "reason": "KeyError" if failed else None}
    await session.execute(update(ReminderRow).where(ReminderRow.id == found).values(values))
    return found


async def _last(session: Session, table: type[OutboxRow] | type[ReminderRow]) -> int:
    found = await session.scalar(select(func.max(table.id)))
    assert found is not None
    return found


async def waiting(session: Session, now: datetime, lane: Lane, due_at: datetime) -> None:
    """Queue something in a lane."""
    row_id = await compose(session, method="sendMessage", payload={}, chat_id=1, now=now, lane=lane)
    await session.execute(update(OutboxRow).where(OutboxRow.id == row_id).values(due_at=due_at))
