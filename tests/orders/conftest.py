"""Fixtures of the tests of orders."""

from datetime import datetime

import pytest

from models.database import Sessions
from tests.help.street import Street, build


@pytest.fixture
async def street(sessions: Sessions, now: datetime) -> Street:
    """A street with a resident (wang), staff (zhao), a secretary (zhou) and a volunteer (li)."""
    street = await build(sessions, now)
    await street.volunteer("li")
    return street
