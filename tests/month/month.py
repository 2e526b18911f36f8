"""One town's stretch of days, from its first minute to its last."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

import pytest

from models.people.rules import Role
from sandbox.updates import UpdateQueue
from sandbox.world import World
from tests.month.canaries import Canaries
from tests.month.clock import Agenda, TownClock
from tests.month.house import House, running
from tests.month.life import Life
from tests.month.office import Office
from tests.month.people import Crowd
from tests.month.town import Size, Town, build, invent, phones
from tests.month.troubles import JUMP

BEGINS = datetime(2026, 9, 6, 16, 0, tzinfo=UTC)
"""Monday, 7 September 2026, midnight in Shanghai: National Day falls into the month."""

FEAST = datetime(2026, 9, 23, 16, 0, tzinfo=UTC)
"""Thursday, 24 September 2026: a working day, Mid-Autumn, a weekend, and a Monday with digests."""


@dataclass
class Month:
    """What was lived, and where to look for what came of it."""

    seed: int
    clock: TownClock
    world: World
    house: House
    town: Town
    crowd: Crowd
    life: Life
    canaries: Canaries

    @property
    def office(self) -> Office:
        """Give what the offices did, and what they found wrong."""
        return self.life.office

    def pressed(self, name: str, about: int, by: int | None = None) -> bool:
        """Tell whether somebody (by row id), or anybody, pressed a button about a record."""
        return any(
            (what, of) == (name, about) and by in {None, self.town.people[account].id}
            for what, of, account in self.crowd.words
        )

    def was_out(self, begins: datetime, ends: datetime) -> bool:
        """Tell whether the house was down, or did not know the time, between two instants."""
        stretches = self.life.troubles.stretches
        return any(one.touches(begins - JUMP, ends + JUMP) for one in stretches)

    def secretaries_of(self, path: str) -> set[int]:
        """Give who answers for the community a place lies in."""
        return {
            one.id
            for one in self.town.having(Role.SECRETARY)
            if one.at != "street" and path.startswith(self.town.places[one.at].path)
        }


@asynccontextmanager
async def opened(
    url: str,
    seed: int,
    patch: pytest.MonkeyPatch,
    size: Size,
    begins: datetime,
    kind: type[House] = House,
) -> AsyncIterator[Month]:
    """Build a town on a fresh database, at midnight before its first day; the house runs."""
    rng, clock, agenda = Random(seed), TownClock(begins), Agenda()
    people = invent(size, rng)
    world = World(phones(people), started=True)
    world.clock = clock
    world.bot.queue = UpdateQueue(clock, world.bot.next_number)
    async with running(kind(url, world, clock, patch)) as house:
        assert house.real is not None
        town = await build(house.real.sessions, people, size, clock, rng)
        canaries = Canaries()
        crowd = Crowd(town, world, clock, agenda, canaries, rng)
        life = Life(town, house, crowd, agenda, clock, Office(town, canaries, rng), rng)
        with canaries.listening():
            yield Month(seed, clock, world, house, town, crowd, life, canaries)
