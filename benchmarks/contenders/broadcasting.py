"""The whole bot with a broadcast: begins one if told to, serves, tells when all is settled.

The first line printed is the seconds that the beginning took, the last one what came of the copies.
"""

import argparse
import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import uvloop
from sqlalchemy import func, select

from benchmarks.contenders import FIRST_READER, town
from benchmarks.server.crowd import FIRST_PERSON
from bot.app import House, open_house, working
from bot.logs import set_up
from bot.pacer import Limits
from bot.serve import stop_on_signals, stopped_by
from bot.settings import LogFormat
from models.database import Sessions, transaction
from models.outbox.crowd import notify_crowd
from models.outbox.rules import OPEN_STATES, Lane
from models.outbox.tables import OutboxRow
from models.people.tables import PersonRow

POLL_SECONDS = 10
LOOK_SECONDS = 0.2
COPY = town.PUSH
WRITERS = 200
"""People who are registered and may write to the bot meanwhile."""


async def begin(sessions: Sessions, people: int, now: datetime) -> float:
    """Let people move in and begin a broadcast to them; give the seconds the beginning took."""
    async with transaction(sessions) as session:
        await town.settle(session, FIRST_PERSON, WRITERS)
        await town.settle(session, FIRST_READER, people)
    started = time.perf_counter()
    async with transaction(sessions) as session:
        readers = select(PersonRow.id).where(PersonRow.telegram_id >= FIRST_READER)
        await notify_crowd(session, readers, kind=COPY, subject_id=1, now=now, lane=Lane.BULK)
    return time.perf_counter() - started


async def became(sessions: Sessions) -> dict[str, int]:
    """Count the copies by state."""
    async with transaction(sessions) as session:
        rows = await session.execute(
            select(OutboxRow.state, func.count())
            .where(OutboxRow.kind == COPY)
            .group_by(OutboxRow.state)
        )
        return dict(rows.tuples().all())


async def settled(sessions: Sessions) -> bool:
    """Tell whether no copy waits or is on its way."""
    async with transaction(sessions) as session:
        waits = select(OutboxRow.id).where(
            OutboxRow.kind == COPY, OutboxRow.state.in_(list(OPEN_STATES))
        )
        return await session.scalar(waits.limit(1)) is None


async def tell(sessions: Sessions) -> None:
    """Print what came of the copies once all are settled."""
    while not await settled(sessions):  # noqa: ASYNC110 - the database tells nobody
        await asyncio.sleep(LOOK_SECONDS)
    print(json.dumps(await became(sessions)), flush=True)


@asynccontextmanager
async def telling(sessions: Sessions) -> AsyncIterator[None]:
    """Tell beside what is done inside."""
    task = asyncio.create_task(tell(sessions))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def run(options: argparse.Namespace) -> None:
    """Serve until told to stop."""
    stopping = stop_on_signals()
    if not options.again:
        await town.found(options.database)
    settings = town.settings(options.api, options.database)
    limits = Limits() if options.paced else Limits(per_second=None)
    ahead = timedelta(seconds=options.ahead)

    def clock() -> datetime:
        return datetime.now(UTC) + ahead

    async with open_house(settings, clock, limits) as house:
        if options.again:
            print(0.0, flush=True)
        else:
            print(await begin(house.sessions, options.people, clock()), flush=True)
        async with working(house), telling(house.sessions):
            await _poll(house, stopping)


async def _poll(house: House, stopping: asyncio.Event) -> None:
    poller = house.poller(POLL_SECONDS)
    async with stopped_by(stopping, poller):
        await poller.run()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--people", type=int, default=0, help="to whom it goes")
    parser.add_argument("--ahead", type=float, default=0.0, help="its clock's seconds of lead")
    parser.add_argument("--again", action="store_true", help="go on with what was begun")
    parser.add_argument("--paced", action="store_true", help="keep Telegram's limits")
    options = parser.parse_args()
    set_up(LogFormat.TEXT, "WARNING")
    uvloop.run(run(options))


if __name__ == "__main__":
    main()
