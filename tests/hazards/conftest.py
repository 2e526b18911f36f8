"""Fixtures of the tests of hazards."""

from datetime import datetime

import pytest

from models.database import Sessions
from models.people.rules import Role
from tests.help.street import Street, build


@pytest.fixture
async def street(sessions: Sessions, now: datetime) -> Street:
    """A street: wang lives there, zhao and sun are staff, zhou is secretary, ma of the street."""
    street = await build(sessions, now)
    await street.add("sun")
    await street.grant("sun", Role.STAFF, "gui")
    await street.add("ma", None)
    await street.grant("ma", Role.ADMIN, "street")
    return street
