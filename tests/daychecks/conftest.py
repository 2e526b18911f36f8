"""Fixtures of the tests of day checks."""

from datetime import datetime

import pytest

from models.database import Sessions
from tests.circle.family import Family
from tests.daychecks.watch import Watch
from tests.help.street import build


@pytest.fixture
async def watch(sessions: Sessions, now: datetime) -> Watch:
    """Mrs Wang, with her son and her niece in her circle, staff (zhao) and a secretary (zhou)."""
    family = Family(await build(sessions, now))
    for name in ("son", "niece"):
        await family.street.add(name, "l1")
    return Watch(family)
