"""Short ways to call people up, and to come."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any, ClassVar

from sqlalchemy import select

from models.callups.actions import calling, coming, due
from models.callups.boards import board, roster
from models.callups.queries import callup
from models.callups.rules import CallupOutcome, Notice, Order, Reminder
from models.callups.tables import CallupPartRow
from models.callups.views import BoardView, CallupView, PartRoster
from models.database import transaction
from models.outbox.tables import OutboxRow
from models.seats.rules import SeatState
from models.teams import actions as teams
from tests.help.street import Street
from tests.passing import TimePasses

DAY = date(2026, 12, 1)
"""Some days after the tests' now."""
ORDER = Order(
    token="t",
    words="装沙袋，加高河堤",
    sites=("东堤", "西堤"),
    day=DAY,
    days=2,
    at=time(7),
    ends=time(15),
    teams=(1,),
    number=2,
)


@dataclass
class Muster(TimePasses):
    """A street, and whoever is called up there."""

    effects: ClassVar = {
        str(Reminder.RING): due.rings,
        str(Reminder.UNDECIDED): due.undecided,
        str(Reminder.CONFIRM): due.confirm_again,
        str(Reminder.STAND_IN): due.stand_in,
        str(Reminder.SHORT): due.short,
        str(Reminder.SOON): due.soon,
        str(Reminder.OVER): due.over,
        str(Reminder.ERASE): due.erase,
    }

    street: Street

    async def does(self, act: Any, who: str, /, *given: Any, **named: Any) -> Any:
        """Act as somebody, in a transaction of its own."""
        async with transaction(self.street.sessions) as session:
            actor = await self.street.actor(session, who)
            return await act(session, actor, *given, now=self.street.now, **named)

    async def team(self, name: str, lead: str, *members: str) -> int:
        """Found a team whose lead and members live there; return its number."""
        gui = self.street.places["gui"].id
        made = await self.does(teams.found, "zhao", gui, token=name, name=name, aim="防汛")
        for one in (lead, *members):
            if one not in self.street.people:
                await self.street.add(one, "b1")
            person = self.street.people[one]
            await self.does(teams.join, one, made.team_id)
            await self.does(teams.admit, "zhao", made.team_id, person, take_in=True)
        who = self.street.people[lead]
        await self.does(teams.name_lead, "zhao", made.team_id, who, lead=True)
        number: int = made.team_id
        return number

    async def draws_up(self, who: str = "zhao", **fields: Any) -> Any:
        order = replace(ORDER, **({"token": f"{who}:{fields}"} | fields))
        return await self.does(calling.draw_up, who, self.street.places["gui"].id, order)

    async def called(self, **fields: Any) -> int:
        """Have staff draw one up, and the secretary call it; return its number."""
        made = await self.draws_up(**fields)
        assert made.callup_id is not None, made
        said = await self.does(calling.approve, "zhou", made.callup_id)
        assert said is CallupOutcome.CALLED, said
        number: int = made.callup_id
        return number

    async def comes(self, who: str, one: int = 1, on: int = 0, *, grown_up: bool = True) -> Any:
        day = DAY + timedelta(days=on)
        return await self.does(coming.come, who, one, day, grown_up=grown_up)

    async def away(self, who: str, one: int = 1, on: int = 0) -> Any:
        return await self.does(coming.stay_away, who, one, DAY + timedelta(days=on))

    async def view(self, who: str, one: int = 1) -> CallupView:
        seen = await self.does(callup, who, one)
        assert isinstance(seen, CallupView), seen
        return seen

    async def board(self, one: int = 1) -> BoardView:
        seen = await self.does(board, "zhao", one)
        assert isinstance(seen, BoardView), seen
        return seen

    async def stands(self, who: str, one: int = 1, on: int = 0) -> SeatState | None:
        return (await self.view(who, one)).days[on].state

    async def part_of(self, who: str, one: int = 1, on: int = 0) -> int:
        """Return the part to which somebody comes on a day."""
        part = (await self.view(who, one)).days[on].part_id
        assert part is not None
        return part

    async def list_of(self, part: int, who: str = "zhao") -> PartRoster:
        seen = await self.does(roster, who, part)
        assert isinstance(seen, PartRoster), seen
        return seen

    async def parts(self) -> list[tuple[int | None, str, date, int]]:
        async with transaction(self.street.sessions) as session:
            rows = await session.scalars(select(CallupPartRow).order_by(CallupPartRow.id))
            return [(row.team_id, row.site, row.day, row.quota) for row in rows]

    async def told(self, kind: Notice) -> list[str]:
        """List who was told something, by name, in order."""
        names = {number: name for name, number in self.street.people.items()}
        async with transaction(self.street.sessions) as session:
            found = await session.scalars(
                select(OutboxRow.recipient_id)
                .where(OutboxRow.kind == kind, OutboxRow.target_id.is_(None))
                .order_by(OutboxRow.id)
            )
            return [names[one] for one in found if one is not None]

    async def lanes(self, kind: Notice) -> list[int]:
        """List the lanes in which a notice left, changes in place aside."""
        async with transaction(self.street.sessions) as session:
            found = await session.scalars(
                select(OutboxRow.lane)
                .where(OutboxRow.kind == kind, OutboxRow.target_id.is_(None))
                .order_by(OutboxRow.id)
            )
            return list(found)

    async def details(self, kind: Notice) -> list[dict[str, Any]]:
        async with transaction(self.street.sessions) as session:
            found = await session.scalars(
                select(OutboxRow.detail)
                .where(OutboxRow.kind == kind, OutboxRow.target_id.is_(None))
                .order_by(OutboxRow.id)
            )
            return [one or {} for one in found]

    async def goes_to(self, on: int = 0, hour: int = 7, minute: int = 0) -> None:
        """Let time pass to an hour of a day of the call-up, by the clocks of the place."""
        start = await self._first_start()
        await self.until(start + timedelta(days=on, hours=hour - 7, minutes=minute))

    async def _first_start(self) -> Any:
        async with transaction(self.street.sessions) as session:
            return await session.scalar(
                select(CallupPartRow.starts_at).order_by(CallupPartRow.starts_at).limit(1)
            )
