"""Who was asked about a request is forgotten some time after it has ended."""

from datetime import datetime

import pytest
from sqlalchemy import select

from models.database import transaction
from models.help.actions import closing, visits
from models.help.actions.keeping import forget_old
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import ClaimState
from models.help.tables import OfferRow
from tests.help.street import Street

KEPT = HelpPolicy().offers_kept


async def asked_once_it_is(street: Street, now: datetime) -> list[int]:
    """Let old offers be forgotten; return about which requests some are left."""
    async with transaction(street.sessions) as session:
        await forget_old(session, now)
        return list(await session.scalars(select(OfferRow.request_id)))


@pytest.fixture
async def filed(street: Street) -> int:
    """A request about which one volunteer was asked."""
    await street.volunteer("li")
    return await street.file()


async def test_an_ended_request_forgets_who_was_asked_and_keeps_who_came(
    street: Street, filed: int
) -> None:
    await street.claim("li", filed)
    async with transaction(street.sessions) as session:
        await visits.report_done(session, await street.actor(session, "li"), filed, now=street.now)
    async with transaction(street.sessions) as session:
        wang = await street.actor(session, "wang")
        await closing.resident_verdict(session, wang, filed, solved=True, now=street.now)
    assert await asked_once_it_is(street, street.now + KEPT) == [filed]
    assert await asked_once_it_is(street, street.now + 2 * KEPT) == []
    assert await street.claims(filed) == {"li": ClaimState.DONE}


async def test_while_a_request_has_not_ended_nobody_is_asked_twice(
    street: Street, filed: int
) -> None:
    assert await asked_once_it_is(street, street.now + 2 * KEPT) == [filed]
