"""The operator's port: whether the process lives, whether it takes updates, and its figures.

`/livez` needs nothing but the loop: it says whether the parts still make their rounds, and stays
well while the database or Telegram is away, for a new start would mend neither. `/readyz` says
whether updates are taken and can be kept. Nothing here names anybody.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.app import House
from bot.figures import Figures
from bot.listening import Refusals, serving
from bot.metrics import registry_of
from bot.receive import LONGEST_WAIT, POLL_SECONDS
from models.database import is_unavailable, transaction
from models.migrate import is_usable
from models.status.queries.backlog import backlog
from models.status.views import Backlog

log = structlog.get_logger(__name__)

ROUND_SECONDS = 120.0
"""A part that has begun no round for so long hangs. The longest rounds wait for a database that is
away: up to 60 s for the one connection to SQLite, 15 s and an answer from PostgreSQL."""

POLLED_SECONDS = POLL_SECONDS + 10.0 + LONGEST_WAIT
"""A poll was answered lately if it was within the longest one, its grace, and one wait after it."""

POSTPONED_SECONDS = 2 * LONGEST_WAIT
"""A turn that was postponed is tried again within the longest wait: after two it came elsewhere."""

READ_SECONDS = 3.0
"""So long may the database take for one look: Prometheus waits 10 s for all of it."""

WELL = "ok"


@dataclass(frozen=True)
class Look:
    """What one look at the database found."""

    answered: bool
    backlog: Backlog | None = None
    """None where the database did not answer, or has no schema of ours that can be used."""


class Operator:
    """Answers whoever operates the bot.

    However many ask, one look at the database is under way: those who ask meanwhile share it.
    """

    def __init__(self, house: House, stopping: asyncio.Event) -> None:
        self._house = house
        self._stopping = stopping
        self._looking: asyncio.Task[Look] | None = None

    @property
    def figures(self) -> Figures:
        """Return what the process counts of itself."""
        return self._house.figures

    async def livez(self, _request: Request) -> Response:
        """Answer 200 while every part of the process makes its rounds, else 503."""
        silent = self.figures.silent_for()
        parts = {
            part.value: WELL if seconds < ROUND_SECONDS else f"no round for {seconds:.0f} s"
            for part, seconds in silent.items()
        }
        return _told(parts)

    async def readyz(self, _request: Request) -> Response:
        """Answer 200 while updates are taken and can be kept, else 503."""
        parts = {"database": self._database(await self.look()), "updates": self._updates()}
        if self._stopping.is_set():
            parts["process"] = "stopping"
        return _told(parts)

    async def metrics(self, _request: Request) -> Response:
        """Give all figures in Prometheus's text format."""
        found = await self.look()
        text = generate_latest(registry_of(self.figures, found.backlog))
        return Response(text, media_type=CONTENT_TYPE_PLAIN_0_0_4)

    async def look(self) -> Look:
        """Look at the database, or share the look that is under way."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        return await asyncio.shield(self._looking)

    async def close(self) -> None:
        """Wait for the look under way."""
        if self._looking is not None:
            await asyncio.wait({self._looking})

    async def _look(self) -> Look:
        found = Look(answered=False)
        try:
            async with asyncio.timeout(READ_SECONDS):
                found = await self._read()
        except Exception as error:
            if not (isinstance(error, TimeoutError | OSError) or is_unavailable(error)):
                raise
            log.warning("the database does not answer the operator", error=type(error).__name__)
        self.figures.database_answers(answers=found.answered)
        return found

    async def _read(self) -> Look:
        house = self._house
        if not await is_usable(house.engine):
            return Look(answered=True)
        async with transaction(house.sessions) as session:
            return Look(answered=True, backlog=await backlog(session, house.clock()))

    def _database(self, found: Look) -> str:
        """Say how the database is: one may be read from, and take nothing."""
        if found.backlog is None:
            return "not at the present schema" if found.answered else "does not answer"
        why = self.figures.postponed_for(POSTPONED_SECONDS)
        return WELL if why is None else f"takes nothing ({why})"

    def _updates(self) -> str:
        ago = self.figures.polled_ago()
        if self.figures.webhook_set or (ago is not None and ago < POLLED_SECONDS):
            return WELL
        if self._house.settings.webhook_url:
            return "the webhook is not set yet"
        return "no poll answered yet" if ago is None else f"no poll answered for {ago:.0f} s"


def _told(parts: dict[str, str]) -> Response:
    well = all(told == WELL for told in parts.values())
    return JSONResponse({"ok": well, "parts": parts}, status_code=200 if well else 503)


def operator_app(operator: Operator) -> Starlette:
    """Make the web application of the operator's port."""
    paths = {"/livez": operator.livez, "/readyz": operator.readyz, "/metrics": operator.metrics}
    return Starlette(routes=[Route(path, answer) for path, answer in paths.items()])


@asynccontextmanager
async def operating(house: House, port: int, stopping: asyncio.Event) -> AsyncIterator[int]:
    """Serve the operator's port inside; yields the port that was opened."""
    operator = Operator(house, stopping)
    app, host = operator_app(operator), house.settings.operate_host
    try:
        async with serving(app, host, port, Refusals("operator's"), "OPERATE") as opened:
            log.info("the operator's port is open", host=host, port=opened)
            yield opened
    finally:
        await operator.close()
