"""Fixtures of the tests of savings."""

from datetime import datetime

import pytest

from models.database import Sessions
from tests.help.street import build
from tests.savings.bank import Bank


@pytest.fixture
async def bank(sessions: Sessions, now: datetime) -> Bank:
    """A street with a resident (wang), staff (zhao), a secretary (zhou) and a volunteer (li)."""
    bank = Bank(await build(sessions, now))
    await bank.street.volunteer("li", "b2")
    return bank
