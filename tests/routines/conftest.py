"""Fixtures of the tests of routines."""

from datetime import datetime

import pytest

from models.database import Sessions
from tests.records.hall import Hall, build
from tests.routines.walk import Walk, walk_of


@pytest.fixture
async def hall(sessions: Sessions, now: datetime) -> Hall:
    """A hall with nobody in it."""
    return await build(sessions, now)


@pytest.fixture
async def walk(hall: Hall) -> Walk:
    """Every week from Monday to Sunday: Li's, then Chen's, then Sun's; the first opens tomorrow."""
    await hall.add("li", "chen", "sun", "qian")
    return await walk_of(hall, "li", "chen", "sun")
