"""The house's own policy reaches every act, whoever calls it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from models.database import Engine, open_sessions, transaction
from models.help.actions import rings
from models.help.queries.desk import volunteer_choices
from models.help.rules.matching import Reason
from models.help.rules.notices import Reminder as Kind
from models.help.rules.policy import HelpPolicy
from models.help.tables import OfferRow
from models.policy.current import DEFAULT, policy_of
from models.policy.rules import Policies
from models.reminders.views import Due
from models.vault import Vault
from models.volunteers.rules import DayPart, slot
from tests.help.street import build

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
"""11:00 in Berlin, 18:00 in Shanghai."""


@pytest.mark.parametrize(("zone", "free"), [("Europe/Berlin", "early"), ("Asia/Shanghai", "late")])
async def test_weekly_hours_are_on_the_clock_of_the_house(
    engine: Engine, vault: Vault, now: datetime, zone: str, free: str
) -> None:
    street = await build(open_sessions(engine, vault, policy=Policies({"zone": zone})), now)
    request_id = await street.file(start_at=TUESDAY)
    await street.volunteer("early", "b1", hours=slot(1, DayPart.MORNING))
    await street.volunteer("late", "b1", hours=slot(1, DayPart.EVENING))
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        choices = await volunteer_choices(session, zhao, request_id, now=now)
        assert [c.who.name for c in choices if Reason.FREE_THEN in c.reasons] == [free]
        await rings.ring_due(session, Due(1, Kind.UNCLAIMED, request_id, now, late=False), now)
    async with transaction(street.sessions) as session:
        offers = await session.scalars(select(OfferRow))
        found = {row.person_id for row in offers if Reason.FREE_THEN in row.reasons}
        assert found == {street.people[free]}


async def test_without_one_the_defaults_hold(engine: Engine, vault: Vault) -> None:
    async with transaction(open_sessions(engine, vault)) as session:
        assert policy_of(session, HelpPolicy) is DEFAULT.of(HelpPolicy)
