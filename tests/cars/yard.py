"""Short ways to ask for a car to be moved, and to answer."""

from dataclasses import dataclass
from itertools import count
from typing import Any, ClassVar

from sqlalchemy import select

from models.cars import actions, queries
from models.cars.rules import CallState, CarReminder
from models.cars.tables import CarCallRow
from models.cars.views import CarAsked
from models.database import transaction
from tests.registrations.register import EFFECTS, Register

_tokens = count()

PLATE, NOBODYS = "苏A12345", "苏B54321"
CAR_EFFECTS = {CarReminder.SILENT: actions.silent, CarReminder.FORGET: actions.forget}


@dataclass
class Yard(Register):
    """A street with registered cars, some of which stand in the way."""

    effects: ClassVar = {str(kind): does for kind, does in {**EFFECTS, **CAR_EFFECTS}.items()}

    async def asks_for(
        self, who: str, plate: str = PLATE, spot: str = "5号楼门口", token: str = ""
    ) -> CarAsked:
        made: CarAsked = await self.does(
            actions.ask, who, plate, spot, token=token or f"c{next(_tokens)}"
        )
        return made

    async def calls(self, who: str, plate: str = PLATE) -> int:
        """Ask, and return the number of the call."""
        made = await self.asks_for(who, plate)
        assert made.outcome == "asked", made
        return made.call_id or 0

    async def call(self, call_id: int) -> CarCallRow:
        async with transaction(self.street.sessions) as session:
            return await session.get_one(CarCallRow, call_id)

    async def stands_so(self, call_id: int) -> CallState:
        return CallState((await self.call(call_id)).state)

    async def sees(self, who: str, call_id: int) -> Any:
        return await self.does(queries.car_call, who, call_id)

    async def all_calls(self) -> list[CarCallRow]:
        async with transaction(self.street.sessions) as session:
            return [*await session.scalars(select(CarCallRow).order_by(CarCallRow.id))]
