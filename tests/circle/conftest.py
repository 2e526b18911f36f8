"""Fixtures of the tests of circles."""

from datetime import datetime

import pytest

from models.database import Sessions
from tests.circle.family import Family
from tests.help.street import build


@pytest.fixture
async def family(sessions: Sessions, now: datetime) -> Family:
    """A street with Mrs Wang (wang), two of her family (son, niece), staff (zhao), and Li."""
    family = Family(await build(sessions, now))
    for name in ("son", "niece", "li"):
        await family.street.add(name, "l1")
    await family.street.add("granny", "b1", telegram=False, proxy="li")
    return family
