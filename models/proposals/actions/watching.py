"""The dates of a delivery: the clock they go by, their reminders, and who answers for it now."""

from datetime import date, datetime

from models.database import Session
from models.help.actions.owner import choose_owner
from models.help.queries.desk import works_at
from models.hours.queries import hours_at
from models.hours.rules.clocks import Clock
from models.orders.rules import last_closing
from models.policy.current import desk_clock_at, policy_of
from models.proposals.actions.rows import add_line
from models.proposals.actions.tell import set_reminder, stop
from models.proposals.queries.parts import path_of, secretaries
from models.proposals.rules.delivery import assign_by, street_at
from models.proposals.rules.kinds import Line, Reminder
from models.proposals.tables import ProposalRow

DATES = (Reminder.DUE, Reminder.STREET)
TO_ASSIGN = {"assign": True}
"""Detail of the reminders that ask who delivers it at all."""


async def office_clock(session: Session, proposal: ProposalRow) -> Clock:
    """Give the clock that the dates of a proposal go by: the working time of its place."""
    return await desk_clock_at(session, await path_of(session, proposal))


async def closing_of(session: Session, proposal: ProposalRow, day: date) -> datetime:
    """Give when the desk of its place closes on a day: until then a date that is named runs."""
    policy = policy_of(session)
    hours = await hours_at(session, await path_of(session, proposal), policy.zone)
    return last_closing(hours or policy.desk, day)


async def watch_assigning(session: Session, proposal: ProposalRow, now: datetime) -> None:
    """See to it that somebody is named who delivers what has just been adopted."""
    clock = await office_clock(session, proposal)
    by = assign_by(now, clock)
    await set_reminder(session, Reminder.DUE, proposal, by, TO_ASSIGN)
    await set_reminder(session, Reminder.STREET, proposal, street_at(by, clock), TO_ASSIGN)


async def watch_delivery(session: Session, proposal: ProposalRow, now: datetime) -> None:
    """Look at a delivery when its date has come, and a working week later; earlier dates go."""
    await stop_dates(session, proposal, "another date", now)
    if proposal.due_at is None:
        return
    clock = await office_clock(session, proposal)
    await set_reminder(session, Reminder.DUE, proposal, proposal.due_at)
    await set_reminder(session, Reminder.STREET, proposal, street_at(proposal.due_at, clock))


async def stop_dates(session: Session, proposal: ProposalRow, reason: str, now: datetime) -> None:
    """Cancel what was to be asked about the date of a locked proposal."""
    await stop(session, proposal, DATES, reason, now)


async def owner_now(session: Session, proposal: ProposalRow, now: datetime) -> int | None:
    """Give who answers for the delivery of a locked proposal, naming another where need be.

    Where the last no longer works at its place it falls to whoever answers for the place, else to
    anybody at its desk; where there is nobody at all, it stays with the last.
    """
    path = await path_of(session, proposal)
    before = proposal.person_id
    if before is not None and await works_at(session, before, path):
        return before
    author = {proposal.author_id}
    leads = next(iter(await secretaries(session, proposal)), None)
    chosen = leads or await choose_owner(session, path, rather_not=author, now=now)
    if chosen is None or chosen == before:
        return before
    proposal.person_id = chosen
    detail = assigned(proposal)
    await add_line(session, proposal, Line.ASSIGNED, now=now, actor_id=None, detail=detail)
    return chosen


def assigned(proposal: ProposalRow) -> dict[str, str | int | None]:
    """Give the detail of a line about who delivers it, until when."""
    due_at = proposal.due_at
    return {
        "body": proposal.body,
        "person": proposal.person_id,
        "due": due_at.isoformat() if due_at else None,
    }
