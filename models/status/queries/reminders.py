"""Reminders that failed, or that should have come by now."""

from datetime import datetime

from sqlalchemy import Select, and_, case, or_, select

from models.database import Session
from models.help.rules import Reminder
from models.help.tables import ClaimRow, RequestRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.reminders.rules import ON_TIME, State
from models.reminders.tables import ReminderRow
from models.status.queries.reach import paths_of, within
from models.status.rules import LISTED_AT_MOST
from models.status.views import BrokenReminder

ABOUT_REQUESTS = frozenset(Reminder) - {Reminder.BEFORE_START}
ABOUT_CLAIMS = frozenset({Reminder.BEFORE_START})


async def broken_reminders(session: Session, actor: Person, now: datetime) -> list[BrokenReminder]:
    """List the reminders that failed or are overdue, oldest first."""
    overdue = and_(ReminderRow.state == State.PENDING, ReminderRow.due_at < now - ON_TIME)
    rows = await session.execute(
        _reminders()
        .where(or_(overdue, ReminderRow.state == State.FAILED), within(paths_of(actor)))
        .order_by(ReminderRow.due_at, ReminderRow.id)
        .limit(LISTED_AT_MOST)
    )
    return [_view(row, number) for row, number, _ in rows.all()]


async def broken_reminder(
    session: Session, actor: Person, reminder_id: int, now: datetime
) -> BrokenReminder | None:
    """Give one of them; None where it is mended, unknown, or of other places."""
    found = await broken_reminders(session, actor, now)
    return next((one for one in found if one.id == reminder_id), None)


async def place_of_reminder(session: Session, reminder_id: int) -> str | None:
    """Give the path of the place that a reminder is about; None where it is about none."""
    rows = await session.execute(_reminders().where(ReminderRow.id == reminder_id))
    return next((path for _, _, path in rows.all()), None)


def _reminders() -> Select[ReminderRow, int | None, str | None]:
    """Select reminders with number and place of the request they are about, if any."""
    claimed = and_(ReminderRow.kind.in_(ABOUT_CLAIMS), ClaimRow.id == ReminderRow.subject_id)
    request_id = case(
        (ReminderRow.kind.in_(ABOUT_CLAIMS), ClaimRow.request_id),
        (ReminderRow.kind.in_(ABOUT_REQUESTS), ReminderRow.subject_id),
    )
    return (
        select(ReminderRow, RequestRow.number, PlaceRow.path)
        .outerjoin(ClaimRow, claimed)
        .outerjoin(RequestRow, RequestRow.id == request_id)
        .outerjoin(PlaceRow, PlaceRow.id == RequestRow.place_id)
        .execution_options(populate_existing=True)
    )


def _view(row: ReminderRow, number: int | None) -> BrokenReminder:
    return BrokenReminder(
        id=row.id,
        kind=row.kind,
        number=number,
        due_at=row.due_at,
        failed=row.state == State.FAILED,
        error=row.reason or "",
    )
