"""Short ways to announce gatherings and to come to them."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from models.database import transaction
from models.gatherings.actions import coming, due, planning
from models.gatherings.queries import gathering, ledger, roster_of
from models.gatherings.rules import GatheringKind, Plan, Reminder
from models.gatherings.tables import GatheringRow
from models.gatherings.views import GatheringView
from models.reminders.actions import settle
from models.reminders.rules import State as Stands
from models.reminders.tables import ReminderRow
from models.reminders.views import Due
from models.seats.rules import Party, SeatState
from tests.help.street import Street

PLAN = Plan(
    token="t",
    kind=GatheringKind.CLASS,
    title="太极拳练习",
    words="穿宽松的衣服",
    where="花园",
    day=date(2026, 12, 1),
    at=time(9, 30),
    ends=time(10, 30),
    seats=2,
)
"""Some days after the tests' now."""

EFFECTS = {
    Reminder.SOON: due.soon,
    Reminder.ASK: due.ask,
    Reminder.FILL: due.fill,
    Reminder.OVER: due.over,
    Reminder.FEEDBACK: due.feedback,
    Reminder.ERASE: due.erase,
}


@dataclass
class Village:
    """A street, and whoever comes together there."""

    street: Street

    async def does(self, act: Any, name: str, *given: Any, **named: Any) -> Any:
        """Act as somebody, in a transaction of its own."""
        async with transaction(self.street.sessions) as session:
            actor = await self.street.actor(session, name)
            return await act(session, actor, *given, now=self.street.now, **named)

    async def announces(self, name: str = "zhao", place: str = "gui", **fields: Any) -> Any:
        plan = replace(PLAN, **({"token": f"{name}:{fields}"} | fields))
        return await self.does(planning.announce, name, self.street.places[place].id, plan)

    async def one(self, **fields: Any) -> int:
        """Announce one as the office, and return its number."""
        made = await self.announces(**fields)
        assert made.gathering_id is not None, made
        return made.gathering_id

    async def signs_up(self, name: str, one: int = 1, size: int = 1, **named: Any) -> Any:
        whom = named.pop("whom", None)
        party = Party(size, **named)
        return await self.does(
            coming.sign_up, name, one, party, whom=whom and self.street.people[whom]
        )

    async def says(self, name: str, *, comes: bool, one: int = 1, **named: Any) -> Any:
        return await self.does(coming.say_coming, name, one, comes=comes, **named)

    async def view(self, name: str, one: int = 1) -> GatheringView:
        seen = await self.does(gathering, name, one)
        assert isinstance(seen, GatheringView), seen
        return seen

    async def stands(self, name: str, one: int = 1) -> SeatState | None:
        mine = (await self.view(name, one)).mine
        return mine.state if mine else None

    async def roster(self, one: int = 1) -> dict[str, SeatState]:
        found = await self.does(roster_of, "zhao", one)
        return {guest.who.name: guest.seat.state for guest in found.guests}

    async def ledger(self) -> Any:
        return await self.does(ledger, "zhao")

    async def row(self, one: int = 1) -> GatheringRow:
        async with transaction(self.street.sessions) as session:
            return await session.get_one(GatheringRow, one)

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
            return await session.scalar(
                select(ReminderRow)
                .where(
                    ReminderRow.kind.in_([str(kind) for kind in EFFECTS]),
                    ReminderRow.state == Stands.PENDING,
                    ReminderRow.due_at <= at,
                )
                .order_by(ReminderRow.due_at, ReminderRow.id)
                .limit(1)
            )

    async def _fire(self, row: ReminderRow) -> None:
        late = self.street.now - row.due_at > timedelta(minutes=5)
        one = Due(row.id, row.kind, row.subject_id, row.due_at, late, row.detail or {})
        async with transaction(self.street.sessions) as session:
            if await settle(session, one, self.street.now):
                await EFFECTS[Reminder(row.kind)](session, one, self.street.now)
