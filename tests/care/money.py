"""Short ways to tell that money was asked for, to report it, and to sign it off."""

from sqlalchemy import select

from models.care.actions import confiding, reporting
from models.care.queries.concerns import concern_view
from models.care.rules.outcomes import CareOutcome
from models.care.rules.states import Concern
from models.care.tables import CareFollowUpRow
from models.care.views import ConcernView
from models.database import transaction
from models.people.rules import Role
from models.reminders.rules import State as Stands
from models.reminders.tables import ReminderRow
from tests.care.lane import Lane


async def told(lane: Lane, *, street: bool = True, words: str = "他要借五百块") -> int:
    """Let wang say that li asked for money; with somebody at the street, give the concern."""
    if street:
        await lane.street.add("shi", "b2")
        await lane.street.grant("shi", Role.SECRETARY, "street")
    home_id = await lane.agreed()
    await lane.does(confiding.confide, "wang", home_id, Concern.MONEY, words=words)
    (concern,) = await lane.concerns()
    return concern.id


async def reported(lane: Lane) -> int:
    """Let zhou report what was done about it."""
    concern_id = await told(lane)
    said = await lane.does(reporting.report, "zhou", concern_id, "打过电话，钱还了")
    assert said is CareOutcome.CONCERN_REPORTED
    return concern_id


async def signed(lane: Lane) -> int:
    """Let the street sign it off."""
    concern_id = await reported(lane)
    assert await lane.does(reporting.sign, "shi", concern_id) is CareOutcome.CONCERN_SIGNED
    return concern_id


async def state(lane: Lane) -> str:
    (concern,) = await lane.concerns()
    return concern.state


async def asked(lane: Lane) -> list[CareFollowUpRow]:
    async with transaction(lane.street.sessions) as session:
        return list(await session.scalars(select(CareFollowUpRow).order_by(CareFollowUpRow.id)))


async def seen(lane: Lane, name: str, concern_id: int) -> ConcernView:
    view = await lane.does(concern_view, name, concern_id)
    assert isinstance(view, ConcernView), view
    return view


async def pending(lane: Lane) -> set[str]:
    async with transaction(lane.street.sessions) as session:
        found = await session.scalars(
            select(ReminderRow.kind).where(
                ReminderRow.kind.startswith("care.concern"), ReminderRow.state == Stands.PENDING
            )
        )
        return {*found}
