"""The house on its street, with the operator's port open beside it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.operate import operating
from tests.bot.conftest import limits, soon_again, street, url, world
from tests.bot.street import Street
from tests.town import town

__all__ = ["limits", "soon_again", "street", "town", "url", "world"]

Labelled = tuple[str, frozenset[tuple[str, str]]]


@dataclass
class Watcher:
    """Whoever asks the port."""

    street: Street
    client: httpx.AsyncClient
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def asks(self, path: str) -> tuple[int, dict[str, str]]:
        """Ask how the process is; the status, and what is said of each part."""
        answer = await self.client.get(path)
        told = answer.json()
        assert told["ok"] is (answer.status_code == 200)
        parts: dict[str, str] = told["parts"]
        return answer.status_code, parts

    async def scrapes(self) -> dict[Labelled, float]:
        """Scrape as Prometheus does: by name and labels."""
        return parsed((await self.client.get("/metrics")).text)

    async def reads(self, name: str, **labels: str) -> float:
        return (await self.scrapes())[name, frozenset(labels.items())]


def parsed(text: str) -> dict[Labelled, float]:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@asynccontextmanager
async def watching(street: Street) -> AsyncIterator[Watcher]:
    """Open the port of a house and ask through it."""
    stopping = asyncio.Event()
    async with (
        operating(street.house, 0, stopping) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client,
    ):
        yield Watcher(street, client, stopping)


@pytest.fixture
async def watcher(street: Street) -> AsyncIterator[Watcher]:
    async with watching(street) as watcher:
        yield watcher


class Seconds:
    """A clock that only the test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds(street: Street) -> Callable[[float], None]:
    """Let seconds pass for the figures of the house alone."""
    clock = Seconds()
    figures: Any = street.house.figures
    figures._clock = clock
    figures._began = dict.fromkeys(figures._began, 0.0)

    def passes(much: float) -> None:
        clock.now += much

    return passes
