"""Searching outwards from a place chooses exactly whom a look at everybody chooses."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from models.base import Base
from models.database import Session, Sessions, transaction
from models.people.tables import PersonRow
from models.places.rules import child_path
from models.places.tables import PlaceRow
from models.volunteers import candidates as searching
from models.volunteers.candidates import Wanted, Whom, candidates
from models.volunteers.rules import ALL_HOURS, Skill, State
from models.volunteers.tables import ServedPlaceRow, SkillRow, VolunteerRow
from models.volunteers.views import Candidate

KINDS = ("district", "street", "community", "grid", "building")
PEOPLE = 250
TRIES = 60


class Town:
    """A random tree of places, not all branches of one depth, and its volunteers."""

    def __init__(self, chance: random.Random, now: datetime) -> None:
        self.chance, self.now = chance, now
        self.places: list[dict[str, Any]] = []
        self._grow(None, "/", 0)
        self.paths = [place["path"] for place in self.places]

    def _grow(self, parent_id: int | None, above: str, depth: int) -> None:
        number = len(self.places) + 1
        path = child_path(above, number)
        self.places.append(
            {"id": number, "parent_id": parent_id, "kind": KINDS[depth], "name": "…",
             "code": f"p{number}", "path": path, "sought": ""}
        )  # fmt: skip
        if depth + 1 < len(KINDS) and (depth < 2 or self.chance.random() < 0.8):
            for _ in range(self.chance.randint(1, 3)):
                self._grow(number, path, depth + 1)

    async def build(self, session: Session) -> None:
        """Write all rows."""
        await self._write(session, PlaceRow, self.places)
        people = [self._person(number) for number in range(1, PEOPLE + 1)]
        await self._write(session, PersonRow, people)
        volunteers = [self._volunteer(number) for number in range(1, PEOPLE + 1)]
        await self._write(session, VolunteerRow, volunteers)
        skills, served = [], []
        for number in range(1, PEOPLE + 1):
            few = self.chance.sample(list(Skill), self.chance.randint(0, 5))
            skills += [{"person_id": number, "skill": skill} for skill in few]
            places = self.chance.sample(range(1, len(self.places) + 1), self.chance.randint(0, 3))
            places += [1] if self.chance.random() < 0.5 and 1 not in places else []
            served += [{"person_id": number, "place_id": place} for place in places]
        await self._write(session, SkillRow, skills)
        await self._write(session, ServedPlaceRow, served)

    async def _write(self, session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
        await session.execute(insert(table), rows)

    def _person(self, number: int) -> dict[str, Any]:
        rare = self.chance.random
        return {
            "id": number, "name": "…", "language": "en", "created_at": self.now,
            "telegram_id": None if rare() < 0.1 else number,
            "place_id": None if rare() < 0.1 else self.chance.randint(1, len(self.places)),
            "left_at": self.now if rare() < 0.05 else None,
            "unreachable_at": self.now if rare() < 0.05 else None,
        }  # fmt: skip

    def _volunteer(self, number: int) -> dict[str, Any]:
        return {
            "person_id": number, "load_cap": 3, "hours": self.chance.randint(1, ALL_HOURS),
            "state": self.chance.choice([State.ACTIVE] * 5 + [State.PAUSED]),
            "applied_at": self.now, "changed_at": self.now,
        }  # fmt: skip

    def wanted(self) -> Wanted:
        """Look for somebody somewhere, for some skills or none."""
        skills = self.chance.sample(list(Skill), self.chance.choice([0, 1, 2, 6, 14]))
        day = timedelta(days=1)
        return Wanted(
            request_id=1, path=self.chance.choice(self.paths), needed=frozenset(skills),
            slot=1 << self.chance.randint(0, 27), loaded_since=self.now - 30 * day,
            kept_since=self.now - 180 * day, busy_from=self.now, busy_until=self.now + day,
            about_now=True, excluded=frozenset(self.chance.sample(range(1, PEOPLE + 1), 2)),
            whom=self.chance.choice([Whom.NEW, Whom.ANYBODY]),
            limit=self.chance.choice([1, 2, 5, 20, 100, 500]),
        )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
async def test_the_search_outwards_finds_the_same(
    sessions: Sessions, now: datetime, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = Town(random.Random(seed), now)
    stopped = 0
    async with transaction(sessions) as session:
        await town.build(session)
        for _ in range(TRIES):
            wanted = town.wanted()
            found = await candidates(session, wanted)
            everybody = await _looking_at_everybody(session, wanted)
            assert found == everybody
            stopped += len(found) == wanted.limit
        monkeypatch.setattr(searching, "MOST_NEAR", 3)
        for _ in range(TRIES // 3):
            wanted = replace(town.wanted(), limit=2)
            assert await candidates(session, wanted) == await _looking_at_everybody(session, wanted)
    assert TRIES / 10 < stopped < TRIES


async def _looking_at_everybody(session: Session, wanted: Wanted) -> Sequence[Candidate]:
    return await searching._first(session, wanted, None)  # the statement that stands at the end
