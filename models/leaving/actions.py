"""Being forgotten: what is personal goes, what others rest on stays under a number."""

from datetime import datetime

from sqlalchemy import event, update

from models.audit.actions import record
from models.audit.rules import AuditAct
from models.broadcasts.actions import leaving as broadcasts
from models.callups.actions import due as callups
from models.care.actions import due as care
from models.cars import actions as cars
from models.circle import actions as circle
from models.database import Session
from models.daychecks.actions import keeping as daychecks
from models.duty import actions as duty
from models.early import actions as early
from models.gatherings.actions import due as gatherings
from models.hazards.actions import due as hazards
from models.help.actions import leaving as help_
from models.inspections.actions import due as inspections
from models.meetings.actions import leaving as meetings
from models.orders.actions import orders
from models.outbox.actions import forget_chat, withdraw_from
from models.people.actions.personal import erase
from models.people.queries import standing_grants
from models.people.rules import Leaving, Role
from models.people.tables import PersonRow
from models.people.ties import LeaveHooks
from models.people.views import Person
from models.posts.actions import due as posts
from models.proposals.actions import leaving as proposals
from models.registrations.actions import due as registrations
from models.roles.actions.granting import is_last_admin, strike
from models.savings.actions import leaving as savings
from models.teams import actions as teams
from models.updates.actions import forget_failed
from models.volunteers import actions as volunteers

ON_LEFT = "on_left"
"""What a house carries in its sessions to hear, once it is committed, that somebody has left."""

LEAVE_HOOKS: dict[str, LeaveHooks] = {
    "care": care.LEAVE_HOOKS,
    "help": help_.LEAVE_HOOKS,
    "orders": orders.LEAVE_HOOKS,
    "hazards": hazards.LEAVE_HOOKS,
    "early": early.LEAVE_HOOKS,
    "proposals": proposals.LEAVE_HOOKS,
    "meetings": meetings.LEAVE_HOOKS,
    "gatherings": gatherings.LEAVE_HOOKS,
    "callups": callups.LEAVE_HOOKS,
    "teams": teams.LEAVE_HOOKS,
    "posts": posts.LEAVE_HOOKS,
    "registrations": registrations.LEAVE_HOOKS,
    "cars": cars.LEAVE_HOOKS,
    "inspections": inspections.LEAVE_HOOKS,
    "savings": savings.LEAVE_HOOKS,
    "broadcasts": broadcasts.LEAVE_HOOKS,
    "daychecks": daychecks.LEAVE_HOOKS,
    "circle": circle.LEAVE_HOOKS,
    "duty": duty.LEAVE_HOOKS,
    "volunteers": volunteers.LEAVE_HOOKS,
}
"""Whom a leaving person is bound up with, by subject, in the order in which they let go."""


async def leave(session: Session, person: Person, *, now: datetime) -> Leaving:
    """Forget somebody: name, account, personal fields and roles go; the audit line stays.

    Refused while they owe something to others, or are the last admin of a place. Whom they spoke
    for stays entered, without a proxy.
    """
    for ties in LEAVE_HOOKS.values():
        if ties.duties and await ties.duties(session, person.id):
            return Leaving.OPEN_DUTIES
    grants = await standing_grants(session, person.id)
    for grant in grants:
        if grant.role is Role.ADMIN and await is_last_admin(session, grant, without_person=True):
            return Leaving.LAST_ADMIN
    await leave_anyway(session, person, now=now)
    return Leaving.LEFT


async def leave_anyway(session: Session, person: Person, *, now: datetime) -> None:
    """Forget somebody who may not be asked to stay: they had left, and a backup brought them back.

    What they owed at its instant is let go like everything else; a place may be without an admin.
    """
    for ties in LEAVE_HOOKS.values():
        await ties.let_go(session, person.id, now)
    for grant in await standing_grants(session, person.id):
        await strike(session, grant, by=person, now=now)
    if person.telegram_id is not None:
        await forget_chat(session, person.telegram_id)
        await forget_failed(session, person.telegram_id)
    await _forget(session, person.id, now)


async def _forget(session: Session, person_id: int, now: datetime) -> None:
    if (tell := session.info.get(ON_LEFT)) is not None:
        event.listen(session.sync_session, "after_commit", lambda _session: tell())
    await erase(session, person_id)
    await withdraw_from(session, person_id, reason="the reader has left")
    await session.execute(
        update(PersonRow).where(PersonRow.proxy_id == person_id).values(proxy_id=None)
    )
    await session.execute(
        update(PersonRow)
        .where(PersonRow.id == person_id)
        .values(
            name="",
            telegram_id=None,
            place_id=None,
            consent_version=None,
            left_at=now,
            paused_until=None,
            quiet_from=None,
            quiet_until=None,
            sign_from=None,
        )
    )
    await record(
        session, AuditAct.LEFT, now=now, actor_id=person_id, subject="person", subject_id=person_id
    )
