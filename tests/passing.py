"""Time that passes for a subject: from reminder to reminder, each doing what it does."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import select

from models.database import Session, transaction
from models.reminders.actions import settle
from models.reminders.rules import State, is_late
from models.reminders.tables import ReminderRow
from models.reminders.views import Due

Effect = Callable[[Session, Due, datetime], Awaitable[None]]


class TimePasses:
    """Whoever stands in a street, with the clock of it; `effects` are of their subject alone."""

    street: Any
    effects: ClassVar[Mapping[str, Effect]]

    async def until(self, at: datetime) -> None:
        """Let the clock go on, and every reminder on the way do what it does, at its hour."""
        while found := await self._next(at):
            self.street.now = max(self.street.now, found.due_at)
            await self._fire(found)
        self.street.now = at

    async def passes(self, **span: float) -> None:
        await self.until(self.street.now + timedelta(**span))

    async def returns_at(self, at: datetime) -> None:
        """Let the bot have been down until an instant; then everything due comes, late."""
        self.street.now = at
        while found := await self._next(at):
            await self._fire(found)

    async def _next(self, at: datetime) -> ReminderRow | None:
        async with transaction(self.street.sessions) as session:
            found: ReminderRow | None = await session.scalar(
                select(ReminderRow)
                .where(
                    ReminderRow.kind.in_([str(kind) for kind in self.effects]),
                    ReminderRow.state == State.PENDING,
                    ReminderRow.due_at <= at,
                )
                .order_by(ReminderRow.due_at, ReminderRow.id)
                .limit(1)
            )
            return found

    async def _fire(self, row: ReminderRow) -> None:
        late = is_late(row.due_at, self.street.now)
        one = Due(row.id, row.kind, row.subject_id, row.due_at, late, row.detail or {})
        async with transaction(self.street.sessions) as session:
            if await settle(session, one, self.street.now):
                await self.effects[row.kind](session, one, self.street.now)
