"""People who write before, during and after a fault, and all that shows of it."""

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import structlog
from sqlalchemy import select

from bot.doctor import Finding, examine
from bot.settings import Settings
from models.database import Sessions, transaction
from models.outbox.tables import OutboxRow
from models.updates.rules import UNSETTLED
from models.updates.tables import FailedRow
from sandbox.world import World
from tests.bot.conftest import url, world
from tests.bot.street import A, Street, living, open_to, opened
from tests.operate.conftest import Watcher, watching
from tests.waiting import until

__all__ = ["url", "world"]


@dataclass(frozen=True)
class Tally:
    """What became of what people wrote: acts in the database, answers in their chats."""

    written: int
    lost: int = 0
    """Written, and not acted on, or not answered."""
    doubled: int = 0
    """Acted on, or answered, more than once."""
    kept: int = 0
    """Kept for replay, and apologised for."""


@dataclass
class Trial:
    """A bot that runs, people who write to it, and what is said of it."""

    street: Street
    settings: Settings
    watcher: Watcher
    lines: list[Any]
    written: list[str] = field(default_factory=list)
    since: float = 0.0
    """When the fault was over, by the loop's clock."""

    def write(self, *words: str, who: int = A) -> None:
        """Let somebody write."""
        for word in words:
            self.street.world.person(who).send_text(word)
            self.written.append(word)

    def heard(self) -> list[str]:
        """List the words that were answered."""
        people = self.street.world.phones
        told = [text for who in people for text in self.street.told(who)]
        return [text.removeprefix("heard ") for text in told if text.startswith("heard ")]

    async def answered(self, *words: str) -> None:
        """Wait until words, or else all that were written, are answered, and nothing waits."""
        wanted = set(words or self.written)
        await until(lambda: wanted <= set(self.heard()))
        await until(lambda: len(self.street.world.bot.queue) == 0)
        await self.street.all_sent()

    def over(self) -> None:
        """Note that the fault is over from now on."""
        self.since = asyncio.get_running_loop().time()

    async def recovers(self) -> None:
        """Wait until all is answered; `pytest -rP` shows how long after the fault that was."""
        await self.answered()
        seconds = asyncio.get_running_loop().time() - self.since
        sys.stdout.write(f"recovered {seconds:.1f} s after\n")

    def logged(self, event: str) -> list[Any]:
        """List the lines that begin with some words."""
        return [line for line in self.lines if line["event"].startswith(event)]

    async def ready(self) -> dict[str, str]:
        """Ask `/readyz`."""
        return (await self.watcher.asks("/readyz"))[1]

    async def doctor(self, api_url: str | None = None) -> dict[str, Finding]:
        """Ask the doctor, by the name of what was found."""
        settings = self.settings
        if api_url is not None:
            settings = settings.model_copy(update={"telegram_api_url": api_url})
        return {found.name: found async for found in examine(settings)}

    async def tally(self) -> Tally:
        """Count."""
        acts, answers = Counter(await self.street.facts()), Counter(self.heard())
        written = set(self.written)
        async with transaction(self.street.sessions) as session:
            unsettled = FailedRow.state.in_(UNSETTLED)
            kept = [row.raw for row in await session.scalars(select(FailedRow).where(unsettled))]
            stuck = await session.scalars(
                select(OutboxRow.state).where(OutboxRow.state.in_(("uncertain", "failed")))
            )
            assert stuck.all() == []
        done = {word for word in written if acts[word] and answers[word]}
        return Tally(
            written=len(self.written),
            lost=len(written - done - {_text_of(raw) for raw in kept}),
            doubled=sum(acts[word] > 1 or answers[word] > 1 for word in written),
            kept=len(kept),
        )


def _text_of(raw: dict[str, Any]) -> str | None:
    message = raw.get("message")
    return message.get("text") if isinstance(message, dict) else None


Trying = Callable[..., Any]


@pytest.fixture
def trial(world: World, url: str) -> Trying:
    """Open a bot on a database and let it run; `sessions` look at it past any fault."""

    @asynccontextmanager
    async def trying(
        database_url: str,
        sessions: Sessions,
        api_url: str = url,
        *,
        polls: bool = True,
        changes: dict[str, Any] | None = None,
        **house: Any,
    ) -> AsyncIterator[Trial]:
        town = {"telegram_api_url": api_url, "database_url": database_url}
        settings = open_to(town, **(changes or {}))
        with structlog.testing.capture_logs() as lines:
            async with (
                opened(world, settings, sessions, **house) as street,
                watching(street) as watcher,
                living(street, polls=polls),
            ):
                yield Trial(street, settings, watcher, lines)

    return trying
