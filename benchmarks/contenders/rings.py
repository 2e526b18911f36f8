"""Choosing a ring out of a city of volunteers: by `best()`, and by loading everybody and sorting.

Prints what was measured as JSON.
"""

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import uvloop
from sqlalchemy import insert, select, text

from benchmarks.contenders import town
from bot.logs import set_up
from bot.settings import LogFormat
from models.base import Base
from models.categories import Skill
from models.database import Engine, Session, open_engine, open_sessions, transaction
from models.help.queries.candidates import best, weigh
from models.help.queries.fitting import Whom
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import LOADING, ClaimState
from models.help.rules.states import State as RequestState
from models.help.tables import ClaimRow, RequestRow
from models.people.tables import PersonRow
from models.places.rules import ancestors
from models.places.tables import PlaceRow
from models.policy.current import DEFAULT
from models.vault import Vault
from models.volunteers.rules import ALL_HOURS, State, VolunteerPolicy
from models.volunteers.tables import ServedPlaceRow, SkillRow, VolunteerRow
from models.volunteers.views import Candidate

POLICY = DEFAULT.of(HelpPolicy)

COMMUNITIES, GRIDS, BUILDINGS = 20, 10, 10
"""In the one street, in each community, in each grid."""
EACH_CLAIMED = 3
"""One volunteer in so many has taken a task lately."""
AT_ONCE = 10_000
ROUNDS = 6
"""Requests that people are chosen for; the first makes ready, and is left out."""
CATEGORY = "errands.parcel"

Choose = Callable[[Session, RequestRow, datetime, int], Awaitable[Sequence[float]]]


class City:
    """Rows of a street: its places, its people, all of them volunteers, and what they did."""

    def __init__(self, volunteers: int, *, everywhere: bool) -> None:
        self.chance = random.Random(1)
        self.now = datetime.now(UTC)
        self.volunteers = range(1, volunteers + 1)
        self.everywhere = everywhere
        self.places: list[dict[str, Any]] = []
        self._add("street", None, "/")
        self.buildings: list[tuple[int, int]] = []
        """Each with its community."""
        for _ in range(COMMUNITIES):
            community = self._add("community", 1, "/1/")
            for _ in range(GRIDS):
                grid = self._add("grid", community, f"/1/{community}/")
                for _ in range(BUILDINGS):
                    building = self._add("building", grid, f"/1/{community}/{grid}/")
                    self.buildings.append((building, community))

    def _add(self, kind: str, parent: int | None, above: str) -> int:
        number = len(self.places) + 1
        self.places.append(
            {"id": number, "kind": kind, "parent_id": parent, "path": f"{above}{number}/",
             "name": str(number), "code": str(number), "sought": str(number)}
        )  # fmt: skip
        return number

    def rows(self) -> Iterator[tuple[type[Base], dict[str, Any]]]:
        """Give all rows, in an order that keys allow."""
        yield from ((PlaceRow, place) for place in self.places)
        for number in self.volunteers:
            yield from self._volunteer(number)
        yield from ((RequestRow, self.request(number)) for number in range(1, ROUNDS + 2))
        for number in self.volunteers[::EACH_CLAIMED]:
            yield ClaimRow, self._claim(number)

    def _volunteer(self, number: int) -> Iterator[tuple[type[Base], dict[str, Any]]]:
        home, community = self.chance.choice(self.buildings)
        yield PersonRow, {
            "id": number, "telegram_id": number, "name": "居民", "language": "zh_Hans",
            "place_id": home, "created_at": self.now,
        }  # fmt: skip
        yield VolunteerRow, {
            "person_id": number, "state": State.ACTIVE, "load_cap": self.chance.randint(1, 10),
            "hours": self.chance.randint(1, ALL_HOURS), "applied_at": self.now,
            "changed_at": self.now,
        }  # fmt: skip
        for skill in self.chance.sample(list(Skill), self.chance.randint(1, 4)):
            yield SkillRow, {"person_id": number, "skill": skill}
        yield ServedPlaceRow, {"person_id": number, "place_id": 1 if self.everywhere else community}

    def request(self, number: int) -> dict[str, Any]:
        """Give a request at some building; nobody has taken it."""
        building, community = self.chance.choice(self.buildings)
        return {
            "id": number, "community_id": community, "number": number, "token": str(number),
            "requester_id": 1, "beneficiary_id": 1, "place_id": building, "channel": "self",
            "category": CATEGORY, "text": "…", "urgency": "ordinary", "hands": 1, "held": 0,
            "line": 0, "ring": 0, "state": RequestState.OPEN, "answer_by": self.now,
            "promised_by": self.now, "created_at": self.now, "changed_at": self.now,
            "unconfirmed": False, "calls": 0,
        }  # fmt: skip

    def _claim(self, person: int) -> dict[str, Any]:
        at = self.now - timedelta(days=self.chance.randint(1, 60))
        return {
            "request_id": ROUNDS + 1, "person_id": person, "state": ClaimState.DONE,
            "line": person, "created_at": at, "held_at": at, "done_at": at,
        }  # fmt: skip


ORDER: tuple[type[Base], ...] = (
    PlaceRow,
    PersonRow,
    VolunteerRow,
    SkillRow,
    ServedPlaceRow,
    RequestRow,
    ClaimRow,
)
"""Each after what it names."""


async def build(engine: Engine, city: City) -> None:
    """Write all rows."""
    rows: dict[type[Base], list[dict[str, Any]]] = defaultdict(list)
    for table, values in city.rows():
        rows[table].append(values)
    async with engine.begin() as connection:
        for table in ORDER:
            for first in range(0, len(rows[table]), AT_ONCE):
                await connection.execute(insert(table), rows[table][first : first + AT_ONCE])
        if engine.dialect.name == "postgresql":
            await connection.execute(text("ANALYZE"))


async def by_best(
    session: Session, request: RequestRow, now: datetime, limit: int
) -> Sequence[float]:
    """Choose as Linli does."""
    found = await best(session, request, now, POLICY, limit=limit, whom=Whom.NEW)
    return [one.score.points for one in found]


async def by_sorting(
    session: Session, request: RequestRow, now: datetime, limit: int
) -> Sequence[float]:
    """Load everybody, weigh everybody, sort. Nobody has an open claim or was offered anything."""
    paths = dict((await session.execute(select(PlaceRow.id, PlaceRow.path))).all())
    path = paths[request.place_id]
    skills, loads, kept = defaultdict[int, set[Skill]](set), Counter[int](), Counter[int]()
    for person, skill in await session.execute(select(SkillRow.person_id, SkillRow.skill)):
        skills[person].add(Skill(skill))
    claims = select(ClaimRow.person_id, ClaimRow.state, ClaimRow.held_at, ClaimRow.done_at)
    for person, state, held_at, done_at in await session.execute(claims):
        loads[person] += (
            state in LOADING and held_at > now - DEFAULT.of(VolunteerPolicy).load_window
        )
        kept[person] += state == ClaimState.DONE and done_at > now - POLICY.reliable_over
    served = select(ServedPlaceRow.person_id, ServedPlaceRow.place_id)
    above = set(ancestors(path))
    serving = {person for person, place in await session.execute(served) if place in above}
    people = await session.execute(
        select(VolunteerRow.person_id, VolunteerRow.hours, VolunteerRow.load_cap)
        .add_columns(PersonRow.place_id, PersonRow.telegram_id)
        .join(PersonRow, PersonRow.id == VolunteerRow.person_id)
        .where(VolunteerRow.state == State.ACTIVE)
    )
    points = [
        weigh(
            Candidate(
                person, frozenset(skills[person]), hours, loads[person], cap, paths.get(home),
                kept[person],
            ),
            request, path, now, POLICY, 0,
        ).points
        for person, hours, cap, home, account in people
        if person in serving
        and account
        and loads[person] < cap
        and person not in {request.requester_id, request.beneficiary_id}
    ]  # fmt: skip
    return sorted(points, reverse=True)[:limit]


WAYS: dict[str, Choose] = {"best": by_best, "sorting": by_sorting}


async def run(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Build once; choose in each way for the same requests, each in a transaction of its own."""
    await town.found(options.database)
    engine = open_engine(options.database)
    sessions = open_sessions(engine, Vault.from_text(Vault.new_key()))
    city = City(options.volunteers, everywhere=options.everywhere)
    await build(engine, city)
    found = []
    for limit in options.limits:
        chosen: dict[str, list[Sequence[float]]] = defaultdict(list)
        for way, choose in WAYS.items():
            seconds = []
            for number in range(1, ROUNDS + 1):
                async with transaction(sessions) as session:
                    request = await session.get_one(RequestRow, number)
                    began = time.perf_counter()
                    chosen[way].append(await choose(session, request, city.now, limit))
                    seconds.append(time.perf_counter() - began)
            found.append({"way": way, "limit": limit, "seconds": seconds[1:]})
        lost = _lost(chosen["best"], chosen["sorting"])
        found[-2]["lost"] = lost
    await engine.dispose()
    return found


def _lost(ours: Sequence[Sequence[float]], whole: Sequence[Sequence[float]]) -> float:
    """Give by how many points, of 100, a person chosen falls short of the best, on average."""
    pairs = [(sum(mine), sum(all_), len(all_)) for mine, all_ in zip(ours, whole, strict=True)]
    return sum(all_ - mine for mine, all_, _ in pairs) / sum(count for *_, count in pairs)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", help="not used")
    parser.add_argument("--database", required=True)
    parser.add_argument("--volunteers", type=int, required=True)
    parser.add_argument("--limits", type=int, nargs="+", required=True)
    parser.add_argument("--everywhere", action="store_true", help="everybody serves every place")
    set_up(LogFormat.TEXT, "WARNING")
    print(json.dumps(uvloop.run(run(parser.parse_args()))))


if __name__ == "__main__":
    main()
