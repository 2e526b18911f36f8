"""What a push about volunteers says at the moment when it is sent."""

from datetime import datetime

import pytest

from handlers.screen import Pointless
from handlers.volunteers.notices import applied
from models.database import Sessions, transaction
from models.outbox.views import Notice
from models.people.queries import standing_grants
from models.people.rules import Granting, Role
from models.roles.actions.granting import revoke
from models.volunteers.actions import sign_up
from models.volunteers.rules import ALL_HOURS, Offered
from models.volunteers.rules import Notice as Kind
from tests.help.street import Street, build


@pytest.fixture
async def street(sessions: Sessions, now: datetime) -> Street:
    """A street with a resident (wang), staff (zhao) and a secretary (zhou)."""
    return await build(sessions, now)


async def test_only_whoever_may_still_decide_reads_an_application(street: Street) -> None:
    await street.add("elsewhere", "l1")
    await street.grant("elsewhere", Role.STAFF, "lan")
    offered = Offered(frozenset(), frozenset({street.places["gui"].id}), ALL_HOURS, 8)
    async with transaction(street.sessions) as session:
        await sign_up(session, await street.actor(session, "wang"), offered, now=street.now)
    notices = {
        name: Notice(Kind.APPLIED, street.people["wang"], street.people[name], street.now)
        for name in ("zhao", "zhou", "elsewhere")
    }
    async with transaction(street.sessions) as session:
        assert isinstance(await applied(session, notices["elsewhere"]), Pointless)
        assert not isinstance(await applied(session, notices["zhao"]), Pointless)
        zhou = await street.actor(session, "zhou")
        (grant,) = await standing_grants(session, street.people["zhao"])
        assert await revoke(session, zhou, grant.id, now=street.now) is Granting.REVOKED
    async with transaction(street.sessions) as session:
        assert isinstance(await applied(session, notices["zhao"]), Pointless)
        assert not isinstance(await applied(session, notices["zhou"]), Pointless)
