"""Fixtures of the tests of cars in the way."""

from datetime import datetime

import pytest

from models.database import Sessions
from tests.cars.yard import Yard
from tests.help.street import build


@pytest.fixture
async def yard(sessions: Sessions, now: datetime) -> Yard:
    """A street in which li has registered 苏A12345, and nobody 苏B54321."""
    found = Yard(await build(sessions, now))
    await found.begins()
    await found.street.add("li", "b1")
    await found.street.add("chen", "b2")
    await found.stands("li")
    return found
