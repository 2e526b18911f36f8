"""Fixtures of the tests of rounds and walks."""

from datetime import datetime

import pytest

from models.database import Sessions
from tests.help.street import build
from tests.inspections.beat import Beat


@pytest.fixture
async def beat(sessions: Sessions, now: datetime) -> Beat:
    """A street with a resident (wang), staff (zhao, qian) and a secretary (zhou)."""
    beat = Beat(await build(sessions, now))
    await beat.staff("qian")
    return beat
