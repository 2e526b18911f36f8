"""Fixtures of the tests of gatherings."""

from datetime import datetime

import pytest

from models.database import Sessions
from tests.gatherings.village import Village
from tests.help.street import build


@pytest.fixture
async def village(sessions: Sessions, now: datetime) -> Village:
    """A street with a resident (wang), staff (zhao) and a secretary (zhou)."""
    return Village(await build(sessions, now))
