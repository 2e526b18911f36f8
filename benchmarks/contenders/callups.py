"""A call-up of thousands: asked, answered, read on the board; and the board by loading all rows.

Prints what was measured as JSON.
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from datetime import time as hour
from typing import Any

import uvloop
from sqlalchemy import insert, select

from benchmarks.contenders import town
from bot.logs import set_up
from bot.settings import LogFormat
from models.callups.actions.calling import approve, draw_up
from models.callups.actions.coming import come
from models.callups.boards import board
from models.callups.queries import PARTS_NAME
from models.callups.rules import CallupOutcome, Order
from models.callups.tables import CallupArrivalRow, CallupPartRow
from models.callups.views import BoardView
from models.database import Session, Sessions, open_engine, open_sessions, transaction
from models.people.queries import person_by_id
from models.people.rules import Role
from models.people.tables import GrantRow, PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.seats.rules import COUNTED, SeatState
from models.seats.tables import SeatListRow, SeatRow
from models.teams.rules import Membership
from models.teams.rules import State as TeamState
from models.teams.tables import MemberRow, TeamRow
from models.vault import Vault

TEAMS, SITES, DAYS, A_DAY = 4, ("东堤", "西堤"), 4, 200
"""32 parts of 25."""
READS = 50
AUTHOR, SECOND = 1, 2


async def build(sessions: Sessions, people: int, now: datetime) -> None:
    """Write a community, its staff, and teams of everybody who lives there."""
    home = {"kind": "community", "name": "1", "code": "c", "sought": "1", "path": "/1/"}
    everybody = [
        {"id": number, "telegram_id": number, "name": f"邻居{number}", "language": "zh_Hans",
         "place_id": 1, "created_at": now, "consent_version": "1"}
        for number in range(1, people + 3)
    ]  # fmt: skip
    roles = [(AUTHOR, Role.STAFF), (SECOND, Role.SECRETARY)]
    async with transaction(sessions) as session:
        await session.execute(insert(PlaceRow), [{"id": 1, **home}])
        await session.execute(insert(PersonRow), everybody)
        await session.execute(
            insert(GrantRow),
            [
                {"person_id": who, "role": role, "place_id": 1, "granted_at": now}
                for who, role in roles
            ],
        )
        await session.execute(
            insert(TeamRow),
            [
                {"id": team, "state": TeamState.ACTIVE, "place_id": 1, "token": str(team),
                 "created_by": AUTHOR, "created_at": now, "name": f"{team}队", "aim": "防汛"}
                for team in range(1, TEAMS + 1)
            ],
        )  # fmt: skip
        await session.execute(
            insert(MemberRow),
            [
                {"team_id": 1 + number % TEAMS, "person_id": number, "state": Membership.IN,
                 "lead": False, "asked_at": now, "changed_at": now}
                for number in range(3, people + 3)
            ],
        )  # fmt: skip


async def by_board(session: Session, reader: Person, now: datetime) -> dict[int, tuple[int, int]]:
    """Read the board as Linli does."""
    view = await board(session, reader, 1, now=now)
    assert isinstance(view, BoardView)
    return {one.filled.part_id: (one.filled.taken, one.filled.waiting) for one in view.parts}


async def by_rows(session: Session, _reader: Person, _now: datetime) -> dict[int, tuple[int, int]]:
    """Load every part, seat and arrival, and count."""
    parts = (await session.scalars(select(CallupPartRow))).all()
    await session.scalars(select(SeatListRow).where(SeatListRow.subject == PARTS_NAME))
    seats = await session.scalars(select(SeatRow).where(SeatRow.subject == PARTS_NAME))
    (await session.scalars(select(CallupArrivalRow))).all()
    states = defaultdict[int, Counter[str]](Counter)
    for seat in seats:
        states[seat.subject_id][seat.state] += 1
    return {
        part.id: (
            sum(states[part.id][state] for state in COUNTED),
            states[part.id][SeatState.WAITING],
        )
        for part in parts
    }


WAYS: dict[str, Callable[..., Awaitable[dict[int, tuple[int, int]]]]] = {
    "board": by_board,
    "rows": by_rows,
}


async def run(options: argparse.Namespace) -> dict[str, Any]:
    """Call everybody, let all answer one after another, read the board in both ways."""
    await town.found(options.database)
    engine = open_engine(options.database)
    sessions = open_sessions(engine, Vault.from_text(Vault.new_key()))
    now = datetime.now(UTC)
    await build(sessions, options.people, now)
    day = now.date() + timedelta(days=3)
    order = Order("t", "装沙袋", SITES, day, DAYS, hour(7), hour(15), (1, 2, 3, 4), A_DAY)
    async with transaction(sessions) as session:
        made = await draw_up(session, await _person(session, AUTHOR), 1, order, now=now)
        assert made.callup_id == 1, made
    began = time.perf_counter()
    async with transaction(sessions) as session:
        said = await approve(session, await _person(session, SECOND), 1, now=now)
        assert said is CallupOutcome.CALLED, said
    found: dict[str, Any] = {"ring": time.perf_counter() - began, "answers": [], "outcomes": {}}
    outcomes: Counter[str] = Counter()
    for number in range(3, options.people + 3):
        began = time.perf_counter()
        async with transaction(sessions) as session:
            actor = await _person(session, number)
            on = day + timedelta(days=number // TEAMS % DAYS)
            outcomes[await come(session, actor, 1, on, now=now, grown_up=True)] += 1
        found["answers"].append(time.perf_counter() - began)
    found["outcomes"] = dict(outcomes)
    seen = {}
    for way, read in WAYS.items():
        seconds = []
        for _read in range(READS):
            async with transaction(sessions) as session:
                reader = await _person(session, SECOND)
                began = time.perf_counter()
                seen[way] = await read(session, reader, now)
                seconds.append(time.perf_counter() - began)
        found[way] = seconds
    found["right"] = seen["board"] == seen["rows"]
    await engine.dispose()
    return found


async def _person(session: Session, number: int) -> Person:
    person = await person_by_id(session, number)
    assert person is not None
    return person


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", help="not used")
    parser.add_argument("--database", required=True)
    parser.add_argument("--people", type=int, required=True)
    set_up(LogFormat.TEXT, "WARNING")
    print(json.dumps(uvloop.run(run(parser.parse_args()))))


if __name__ == "__main__":
    main()
