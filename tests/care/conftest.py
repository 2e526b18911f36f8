"""Fixtures of the tests of care."""

from datetime import datetime

import pytest

from models.database import Sessions
from tests.care.lane import Lane
from tests.help.street import build


@pytest.fixture
async def lane(sessions: Sessions, now: datetime) -> Lane:
    """A street with a resident (wang), staff (zhao), a secretary (zhou), and three neighbours."""
    street = await build(sessions, now)
    for name in ("li", "chen", "qian"):
        await street.add(name, "b1")
    return Lane(street)
