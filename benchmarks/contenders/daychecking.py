"""The whole bot on a morning on which many day checks fall due at the same hour.

Prints "ready" once it serves, some seconds before the hour; then when asking began and ended, as
JSON, by the clock that all processes of a machine share.
"""

import bot.lean  # noqa: F401 - before anything imports aiogram

# isort: split

import argparse
import asyncio
import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import uvloop
from sqlalchemy import insert

from benchmarks.contenders import FIRST_READER, town
from benchmarks.server.crowd import FIRST_PERSON
from bot.app import House, open_house, working
from bot.logs import set_up
from bot.serve import stop_on_signals, stopped_by
from bot.settings import LogFormat
from models.database import Session, open_engine, open_sessions, transaction
from models.daychecks.rules.ladder import Rung
from models.daychecks.rules.notices import Reminder
from models.daychecks.rules.states import CheckState, DayState
from models.daychecks.tables import DayCheckRow, DayRow
from models.places.rules import PlaceKind
from models.places.tables import PlaceRow
from models.reminders.actions import remind_all
from models.reminders.views import Due
from models.vault import Vault
from scheduler import sweep
from scheduler.effects import EFFECTS

POLL_SECONDS = 10
WRITERS = 200
"""People who are registered and may write to the bot meanwhile."""
HOUR = 8
THE_HOUR = datetime(2026, 11, 24, tzinfo=UTC)
"""A Tuesday, eight in the morning in Shanghai."""
WHOLE = 1_000_000
RUNGS = {"ask": THE_HOUR, "again": THE_HOUR + timedelta(hours=1)}
RUNGS["desk"] = THE_HOUR + timedelta(hours=2)
"""What falls due: the question, the question once more, and who is on duty being told."""


class Watching:
    """Tells when the first of so many day checks was seen to, and when the last."""

    def __init__(self, effect: sweep.InSets, people: int) -> None:
        self._effect, self._left, self._began = effect, people, 0.0

    async def one(self, session: Session, due: Due, now: datetime) -> None:
        """See to one."""
        self._began = self._began or time.perf_counter()
        await self._effect.one(session, due, now)
        self._count(1)

    async def all(self, session: Session, fired: Sequence[Due], now: datetime) -> None:
        """See to several."""
        self._began = self._began or time.perf_counter()
        await self._effect.all(session, fired, now)
        self._count(len(fired))

    def _count(self, done: int) -> None:
        self._left -= done
        if not self._left:
            print(json.dumps([self._began, time.perf_counter()]), flush=True)


async def move_in(options: argparse.Namespace) -> None:
    """Let people move in, each with a day check; what is to be done falls due at one instant."""
    await town.found(options.database)
    engine = open_engine(options.database)
    sessions = open_sessions(engine, Vault.from_text(Vault.new_key()))
    at = RUNGS[options.rung]
    async with transaction(sessions) as session:
        await town.settle(session, FIRST_PERSON, WRITERS)
        place = PlaceRow(
            kind=PlaceKind.COMMUNITY, name="桂花社区", code="gui", path="/1/", sought="桂花社区"
        )
        session.add(place)
        await session.flush()
        people = await town.settle(session, FIRST_READER, options.people, place.id)
        checks = [_check(person_id) for person_id in people]
        kept = await session.scalars(insert(DayCheckRow).returning(DayCheckRow.id), checks)
        kind, subjects = Reminder.ASK, list(kept)
        if options.rung != "ask":
            rung = Rung.ASKED if options.rung == "again" else Rung.AGAIN
            days = [_day(person_id, rung, at) for person_id in people]
            begun = await session.scalars(insert(DayRow).returning(DayRow.id), days)
            kind, subjects = Reminder.CLIMB, list(begun)
        await remind_all(session, kind=kind, wanted=[(one, at) for one in subjects])
    await engine.dispose()


def _check(person_id: int) -> dict[str, object]:
    at = THE_HOUR - timedelta(days=1)
    return {
        "person_id": person_id, "state": CheckState.ON, "hour": HOUR, "agreed_at": at,
        "created_at": at, "changed_at": at, "may_send_neighbours": False, "leader_too": False,
    }  # fmt: skip


def _day(person_id: int, rung: Rung, climb_at: datetime) -> dict[str, object]:
    return {
        "person_id": person_id, "state": DayState.WAITING, "day": THE_HOUR.date(), "part": 0,
        "rung": int(rung), "asked": 0, "asked_at": THE_HOUR, "climb_at": climb_at,
        "created_at": THE_HOUR, "changed_at": THE_HOUR, "to_listen": False,
    }  # fmt: skip


def arrange(options: argparse.Namespace) -> None:
    """Have it done in one of the ways: in sets, one by one, or all in one transaction."""
    kind = Reminder.ASK if options.rung == "ask" else Reminder.CLIMB
    effect = EFFECTS[kind]
    assert isinstance(effect, sweep.InSets)
    watching = Watching(effect, options.people)
    whole = options.way == "whole"
    first = WHOLE if whole else effect.first
    in_sets = sweep.InSets(watching.one, watching.all, first)
    EFFECTS[kind] = watching.one if options.way == "single" else in_sets
    if whole:
        sweep.SET, sweep.HOLD_SECONDS = WHOLE, float("inf")


async def run(options: argparse.Namespace) -> None:
    """Serve until told to stop."""
    stopping = stop_on_signals()
    await move_in(options)
    arrange(options)
    settings = town.settings(options.api, options.database)
    lead = RUNGS[options.rung] - timedelta(seconds=options.before) - datetime.now(UTC)
    async with open_house(settings, lambda: datetime.now(UTC) + lead) as house, working(house):
        print("ready", flush=True)
        await _poll(house, stopping)


async def _poll(house: House, stopping: asyncio.Event) -> None:
    poller = house.poller(POLL_SECONDS)
    async with stopped_by(stopping, poller):
        await poller.run()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--people", type=int, required=True, help="who have a day check")
    parser.add_argument("--before", type=float, required=True, help="seconds until the hour")
    parser.add_argument("--way", choices=("sets", "single", "whole"), default="sets")
    parser.add_argument("--rung", choices=tuple(RUNGS), default="ask")
    options = parser.parse_args()
    set_up(LogFormat.TEXT, "WARNING")
    uvloop.run(run(options))


if __name__ == "__main__":
    main()
