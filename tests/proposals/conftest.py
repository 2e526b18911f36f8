"""Fixtures of the tests of proposals, meetings and votes."""

from datetime import datetime

import pytest

from models.database import Sessions
from tests.proposals.square import Square, gather


@pytest.fixture
async def square(sessions: Sessions, now: datetime) -> Square:
    """A community with an author (wang), neighbours, staff (zhao) and a secretary (zhou)."""
    return await gather(sessions, now)
