"""Fixtures of the tests of posts."""

from datetime import datetime

import pytest

from models.database import Sessions
from tests.help.street import build
from tests.posts.quarter import Quarter


@pytest.fixture
async def quarter(sessions: Sessions, now: datetime) -> Quarter:
    """A street with a resident (wang), staff (zhao) and a secretary (zhou)."""
    return Quarter(await build(sessions, now))
