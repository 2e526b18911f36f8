"""Short ways to set up rounds and to walk them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar
from zlib import crc32

from sqlalchemy import select

from models.categories import Body
from models.database import transaction
from models.hazards.rules import HazardKind, HazardLevel
from models.hazards.tables import HazardRow
from models.inspections.actions import due, rounds, walks
from models.inspections.notices import InspectionReminder, WalkReminder
from models.inspections.queries import round_, rounds_page, walk
from models.inspections.rules import BadFinding, InspectionOutcome, RoundPlan, RoundRhythm, WalkMark
from models.inspections.tables import InspectionPointRow, InspectionRow
from models.inspections.views import InspectionRoundView, RoundsPage, WalkView
from models.people.rules import Role
from models.routines.tables import OccasionRow
from tests.help.street import Street
from tests.passing import TimePasses

PLAN = RoundPlan(
    token="t",
    title="一号楼消防",
    checklist="e_bike_shed",
    rhythm=RoundRhythm.DAILY,
    starts_on=date(2026, 11, 24),
    body=Body.PROPERTY,
    walkers=(),
)
"""From the tests' today on; five points."""
ON_SPOT = BadFinding(HazardKind.WIRING, HazardLevel.ON_SPOT)
BY_DATE = BadFinding(HazardKind.FIRE_EXIT, HazardLevel.BY_DATE, date(2026, 12, 1))


@dataclass
class Beat(TimePasses):
    """A street, and what is walked there."""

    effects: ClassVar = {
        str(InspectionReminder.DUE): due.due_round,
        str(InspectionReminder.MISSED): due.missed_round,
        str(InspectionReminder.UNSEEN): due.unseen_round,
        str(WalkReminder.HALF): due.half_walk,
        str(WalkReminder.ERASE): due.erase_walk,
    }

    street: Street

    async def does(self, act: Any, who: str, /, *given: Any, **named: Any) -> Any:
        """Act as somebody, in a transaction of its own."""
        async with transaction(self.street.sessions) as session:
            actor = await self.street.actor(session, who)
            return await act(session, actor, *given, now=self.street.now, **named)

    async def staff(self, name: str, at: str = "gui") -> None:
        await self.street.add(name)
        await self.street.grant(name, Role.STAFF, at)

    async def sets_up(
        self, name: str = "zhou", place: str = "b1", walkers: tuple[str, ...] = ("zhao",), **of: Any
    ) -> Any:
        people = tuple(self.street.people[one] for one in walkers)
        token = f"{crc32(f'{name}:{place}:{of}'.encode())}"
        plan = replace(PLAN, **({"token": token, "walkers": people} | of))
        return await self.does(rounds.set_up, name, self.street.places[place].id, plan)

    async def one(self, name: str = "zhou", **of: Any) -> int:
        """Set up a round, and return its number."""
        made = await self.sets_up(name, **of)
        assert made.round_id is not None, made
        return int(made.round_id)

    async def opens(self) -> None:
        """Let the clock go on until the first time of the round has opened."""
        await self.until((await self.occasions())[0].opens_at)

    async def begins(self, name: str = "zhao", one: int = 1) -> Any:
        return await self.does(walks.begin_walk, name, one)

    async def marks(
        self, name: str, at: int, mark: WalkMark = WalkMark.GOOD, *, one: int = 1
    ) -> Any:
        return await self.does(walks.mark_point, name, one, at, mark)

    async def finds(self, name: str, at: int, found: BadFinding = ON_SPOT, *, one: int = 1) -> Any:
        return await self.does(walks.mark_bad, name, one, at, found)

    async def back(self, name: str, at: int, one: int = 1) -> Any:
        return await self.does(walks.step_back, name, one, at)

    async def finishes(self, name: str = "zhao", one: int = 1) -> Any:
        return await self.does(walks.finish_walk, name, one)

    async def walks_all(self, name: str = "zhao", round_id: int = 1) -> int:
        """Walk a round from the first point to the last, and return the number of the walk."""
        made = await self.begins(name, round_id)
        for at in range(5):
            await self.marks(name, at, one=made.walk_id)
        assert await self.finishes(name, made.walk_id) is InspectionOutcome.FINISHED
        return int(made.walk_id)

    async def round(self, name: str = "zhou", one: int = 1) -> InspectionRoundView:
        seen = await self.does(round_, name, one)
        assert isinstance(seen, InspectionRoundView), seen
        return seen

    async def walk(self, name: str = "zhao", one: int = 1) -> WalkView:
        seen = await self.does(walk, name, one)
        assert isinstance(seen, WalkView), seen
        return seen

    async def page(self, name: str) -> RoundsPage:
        found: RoundsPage = await self.does(rounds_page, name)
        return found

    async def rows(self, table: Any) -> list[Any]:
        async with transaction(self.street.sessions) as session:
            return [*await session.scalars(select(table).order_by(table.id))]

    async def occasions(self) -> list[OccasionRow]:
        return await self.rows(OccasionRow)

    async def points(self) -> list[InspectionPointRow]:
        return await self.rows(InspectionPointRow)

    async def walked(self) -> list[InspectionRow]:
        return await self.rows(InspectionRow)

    async def hazards(self) -> list[HazardRow]:
        return await self.rows(HazardRow)
