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

from benchmarks.contenders import AUTHOR, FIRST_READER, PUSH_TEXT, town
from benchmarks.server.crowd import FIRST_PERSON
from bot.app import House, open_house, working
from bot.logs import set_up
from bot.pacer import Limits
from bot.serve import stop_on_signals, stopped_by
from bot.settings import LogFormat
from models.broadcasts.actions import beginning
from models.broadcasts.rules.audience import Audience, Group
from models.broadcasts.rules.content import Content, CopyButton
from models.broadcasts.rules.notices import Does, Medium, Notice, Style, Topic
from models.broadcasts.rules.states import State
from models.broadcasts.tables import BroadcastRow
from models.database import Sessions, transaction
from models.outbox.rules import OPEN_STATES
from models.outbox.tables import OutboxRow
from models.places.rules import PlaceKind
from models.places.tables import PlaceRow

POLL_SECONDS = 10
LOOK_SECONDS = 0.2
COPY = Notice.COPY
WRITERS = 200
"""People who are registered and may write to the bot meanwhile."""


async def begin(sessions: Sessions, people: int, now: datetime) -> float:
    """Let people move in and begin a broadcast to them; give the seconds the beginning took."""
    async with transaction(sessions) as session:
        await town.settle(session, FIRST_PERSON, WRITERS)
        place = PlaceRow(
            kind=PlaceKind.COMMUNITY, name="桂花社区", code="gui", path="/1/", sought="桂花社区"
        )
        session.add(place)
        await session.flush()
        await town.settle(session, FIRST_READER, people, place.id)
        [author] = await town.settle(session, AUTHOR, 1)
        session.add(_scheduled(author, place.id, now))
    started = time.perf_counter()
    async with transaction(sessions) as session:
        await beginning.begin(session, await session.get_one(BroadcastRow, 1), now)
    return time.perf_counter() - started


def _scheduled(author_id: int, place_id: int, now: datetime) -> BroadcastRow:
    return BroadcastRow(
        token="benchmark",
        author_id=author_id,
        place_id=place_id,
        style=Style.NOTICE,
        topic=Topic.UTILITIES,
        state=State.SCHEDULED,
        language="zh_Hans",
        content=Content(Medium.TEXT, PUSH_TEXT).kept(),
        buttons=[CopyButton(Does.RECEIVED).kept()],
        audience=Audience((Group(place_id),)).kept(),
        created_at=now,
        changed_at=now,
    )


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
