"""Fixtures of the tests of registrations."""

from datetime import datetime

import pytest

from models.database import Sessions
from tests.help.street import build
from tests.registrations.register import Register


@pytest.fixture
async def register(sessions: Sessions, now: datetime) -> Register:
    """A street with a resident (wang), staff (zhao) and a secretary (zhou)."""
    found = Register(await build(sessions, now))
    await found.begins()
    return found
