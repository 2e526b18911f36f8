"""A small neighbourhood for the tests of people."""

from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from models.database import Session, Sessions, transaction
from models.outbox.reaching import recognise
from models.people.actions.registering import register
from models.people.rules import Role
from models.people.views import Person
from models.places.actions.growing import plant
from models.places.rules import PlaceKind
from models.places.views import Place
from models.roles.actions.granting import appoint
from tests.kept import once


@dataclass
class Town:
    """Two communities of one street, and whoever moves in."""

    sessions: Sessions
    now: datetime
    places: dict[str, Place]

    def moved_to(self, sessions: Sessions) -> "Town":
        """Return the same town in another database."""
        return replace(self, sessions=sessions, places=dict(self.places))

    async def settle(
        self, telegram_id: int, home: str = "b3", *roles: tuple[Role, str], language: str = "en"
    ) -> Person:
        """Register somebody, with roles at places."""
        async with transaction(self.sessions) as session:
            home_id = self.places[home].id
            name = f"Person {telegram_id}"
            person = await register(session, telegram_id, name, language, home_id, self.now)
            for role, at in roles:
                await appoint(session, person.id, role, self.places[at].id, now=self.now)
            return await self.again(session, telegram_id)

    async def again(self, session: Session, telegram_id: int) -> Person:
        """Load somebody as a turn does."""
        person = await recognise(session, telegram_id, self.now)
        assert person is not None
        return person


@pytest.fixture
async def town(sessions: Sessions, now: datetime) -> Town:
    return await once(_build, sessions, now)


async def _build(sessions: Sessions, now: datetime) -> Town:
    async with transaction(sessions) as session:
        places = {"street": await _at(session, None, PlaceKind.STREET, "桂花街道", "street")}
        for code, name in (("gui", "桂花社区"), ("lan", "兰花社区")):
            community = await _at(session, places["street"], PlaceKind.COMMUNITY, name, code)
            places[code] = community
            places[f"{code}-g1"] = await _at(
                session, community, PlaceKind.GRID, "第一网格", f"{code}-g1"
            )
        for number in (1, 2, 3, 10, 13):
            places[f"b{number}"] = await _at(
                session, places["gui-g1"], PlaceKind.BUILDING, f"{number}号楼", f"b{number}"
            )
        places["l3"] = await _at(session, places["lan-g1"], PlaceKind.BUILDING, "3号楼", "l3")
    return Town(sessions, now, places)


async def _at(session: Session, parent: Place | None, kind: PlaceKind, name: str, code: str):
    english = {"b": "Building", "l": "Building"}.get(code[0])
    name_en = f"{english} {code[1:]}" if code[1:].isdigit() and english else None
    return await plant(session, parent=parent, kind=kind, name=name, name_en=name_en, code=code)
