"""Short ways to announce gatherings and to come to them."""

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, ClassVar

from models.database import transaction
from models.gatherings.actions import coming, due, planning
from models.gatherings.queries import gathering, ledger, roster_of
from models.gatherings.rules import GatheringKind, Plan, Reminder
from models.gatherings.tables import GatheringRow
from models.gatherings.views import GatheringView
from models.seats.rules import Party, SeatState
from tests.help.street import Street
from tests.passing import TimePasses

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
    Reminder.DOOR: due.door,
    Reminder.ASK: due.ask,
    Reminder.FILL: due.fill,
    Reminder.OVER: due.over,
    Reminder.FEEDBACK: due.feedback,
    Reminder.ERASE: due.erase,
}


@dataclass
class Village(TimePasses):
    """A street, and whoever comes together there."""

    effects: ClassVar = {str(kind): effect for kind, effect in EFFECTS.items()}

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
