"""Fixtures of the tests of early items."""

from datetime import datetime

import pytest

from models.database import Sessions
from tests.help.street import Street, build


@pytest.fixture
async def street(sessions: Sessions, now: datetime) -> Street:
    """A street with a resident (wang), staff (zhao) and a secretary (zhou)."""
    return await build(sessions, now)
