"""Fixtures of the tests of teams."""

from datetime import datetime

import pytest

from models.database import Sessions
from tests.help.street import build
from tests.teams.crew import Crew


@pytest.fixture
async def crew(sessions: Sessions, now: datetime) -> Crew:
    """A street with a resident (wang), staff (zhao) and a secretary (zhou), and one team."""
    found = Crew(await build(sessions, now))
    await found.founds()
    return found
