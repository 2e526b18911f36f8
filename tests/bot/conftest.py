"""Fixtures: a sandbox over HTTP, and a house that talks to it, on both databases."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.pacer import Limits
from models.database import Sessions
from sandbox.server import serve
from sandbox.world import World
from tests.bot.street import A, B, Street, open_to, opened
from tests.conftest import MORNING


@pytest.fixture
async def world() -> World:
    """A world in which two people have said hello already."""
    world = World(starts=MORNING)
    for person_id in (A, B):
        world.person(person_id).chat.started = True
    return world


@pytest.fixture
async def url(world: World) -> AsyncIterator[str]:
    """The sandbox's address."""
    async with serve(world) as address:
        yield address


@pytest.fixture
def soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever failed is tried again soon: how long it waits, tests/outbox/test_rules.py says."""
    monkeypatch.setattr("models.outbox.rules.FIRST_WAIT", timedelta(milliseconds=50))
    monkeypatch.setattr("bot.sender.IDLE_SECONDS", 0.05)
    monkeypatch.setattr("bot.receive.FIRST_WAIT", 0.05)


@pytest.fixture
def limits() -> Limits:
    """The pace: none; tests of the pace say another."""
    return Limits(per_second=None)


@pytest.fixture
async def street(
    world: World, url: str, database_url: str, sessions: Sessions, limits: Limits
) -> AsyncIterator[Street]:
    """The house with its door open; nothing runs yet."""
    settings = open_to({"telegram_api_url": url, "database_url": database_url})
    async with opened(world, settings, sessions, limits) as street:
        yield street
