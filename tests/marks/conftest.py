"""Fixtures of the tests of marks."""

from datetime import datetime

import pytest

from models.database import Sessions
from tests.records.hall import Hall, build


@pytest.fixture
async def hall(sessions: Sessions, now: datetime) -> Hall:
    """A hall with nobody in it."""
    return await build(sessions, now)
