"""Fixtures of the tests of call-ups."""

from datetime import datetime

import pytest

from models.database import Sessions
from tests.callups.muster import Muster
from tests.help.street import build


@pytest.fixture
async def muster(sessions: Sessions, now: datetime) -> Muster:
    """A street with staff (zhao) and a secretary (zhou), and a team led by li, with chen in it."""
    found = Muster(await build(sessions, now))
    await found.team("桂花队", "li", "chen")
    return found
