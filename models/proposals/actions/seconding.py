"""Seconding 附议: given, taken back, counted."""

from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.outbox.counting import count_soon, show_count
from models.people.views import Person
from models.proposals.actions.notify import refresh_cards, stop, tell, tell_backers
from models.proposals.actions.rows import add_line, locked, make, refusal
from models.proposals.queries.detail import second_of, secretaries, supporters
from models.proposals.rules.notices import COUNTED_CARDS, Notice, ProposalEvent, Reminder
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.reception import in_time, is_reached
from models.proposals.rules.states import Move, Relation, State, allowed
from models.proposals.tables import ProposalRow, SecondRow
from models.reminders.views import Due

SECONDED = (Reminder.SECONDING, Reminder.COUNT)


async def second(
    session: Session,
    actor: Person,
    proposal_id: int,
    version: int | None = None,
    *,
    now: datetime,
) -> ProposalOutcome:
    """Back a proposal as it now reads (DONE), or say that one still does after a change.

    `version` is the text that they had before them: nobody backs what they have not read, so one
    that was changed meanwhile is OTHER_TEXT. None for whoever has read it as it stands.
    Once a person: ALREADY. It counts before `second_by`, not at it; whoever comes after the sweep
    has closed it is TOO_LATE as well. The one that makes enough moves it on at once.
    """
    proposal = await locked(session, proposal_id)
    if proposal is None:
        return ProposalOutcome.MISSING
    if why := await refusal(session, actor, proposal, Move.SECOND, now):
        lapsed = why is ProposalOutcome.WRONG_TIME and proposal.state == State.LAPSED
        return ProposalOutcome.TOO_LATE if lapsed else why
    if not in_time(now, proposal.second_by):
        return ProposalOutcome.TOO_LATE
    row = await second_of(session, actor.id, proposal.id)
    if row is not None and row.version == proposal.version:
        return ProposalOutcome.ALREADY
    if version not in {None, proposal.version}:
        return ProposalOutcome.OTHER_TEXT
    if row is None:
        session.add(_row(proposal, actor.id, now))
    else:
        row.version, row.at = proposal.version, now
    proposal.seconds += 1
    if not await go_on(session, proposal, now, actor_id=actor.id):
        await count_seconds(session, proposal, now)
    return ProposalOutcome.DONE


async def unsecond(
    session: Session, actor: Person, proposal_id: int, *, now: datetime
) -> ProposalOutcome:
    """Take a second back (DONE), of whatever text; ALREADY where it was taken back before."""
    proposal = await locked(session, proposal_id)
    if proposal is None:
        return ProposalOutcome.MISSING
    row = await second_of(session, actor.id, proposal.id)
    if row is None:
        return await _nothing_to_take(session, actor, proposal, now)
    if not allowed(State(proposal.state), Move.UNSECOND, [Relation.SUPPORTER]):
        return ProposalOutcome.WRONG_TIME
    row.withdrawn_at = now
    if row.version == proposal.version:
        proposal.seconds -= 1
    await count_seconds(session, proposal, now)
    return ProposalOutcome.DONE


async def go_on(
    session: Session, proposal: ProposalRow, now: datetime, *, actor_id: int | None = None
) -> bool:
    """Move a locked proposal on to its deliberation where enough second it; tell whether they do.

    Author, backers and the secretaries are told; whoever's tap it was sees it.
    """
    if proposal.state != State.SECONDING or not is_reached(proposal.seconds, proposal.needed):
        return False
    make(proposal, Move.REACH, now)
    await session.flush()
    await stop(session, proposal, SECONDED, "enough have seconded it", now)
    detail = {"count": proposal.seconds}
    await add_line(session, proposal, ProposalEvent.REACHED, now=now, actor_id=None, detail=detail)
    await tell_backers(session, proposal, Notice.REACHED, now=now, actor_id=actor_id)
    await tell_secretaries(session, proposal, now, actor_id=actor_id)
    await refresh_cards(session, proposal, now)
    return True


async def tell_secretaries(
    session: Session, proposal: ProposalRow, now: datetime, *, actor_id: int | None
) -> None:
    """Tell those who answer for its place that it is theirs now, but for its backers."""
    backers = set(await supporters(session, proposal, any_text=True))
    people = [one for one in await secretaries(session, proposal) if one not in backers]
    await tell(session, proposal, Notice.REACHED, people, now=now, actor_id=actor_id)


async def lapse(session: Session, fired: Due, now: datetime) -> None:
    """Close a proposal that too few have seconded by its date; its author and backers are thanked.

    What was changed meanwhile, or reached, is passed over.
    """
    proposal = await locked(session, fired.subject_id)
    if proposal is None or proposal.state != State.SECONDING:
        return
    if in_time(now, proposal.second_by) or await go_on(session, proposal, now):
        return
    make(proposal, Move.LAPSE, now)
    await stop(session, proposal, SECONDED, "too few have seconded it", now)
    detail = {"count": proposal.seconds, "needed": proposal.needed}
    await add_line(session, proposal, ProposalEvent.LAPSED, now=now, actor_id=None, detail=detail)
    await tell_backers(session, proposal, Notice.LAPSED, now=now, detail={"late": fired.late})
    await refresh_cards(session, proposal, now)


async def _nothing_to_take(
    session: Session, actor: Person, proposal: ProposalRow, now: datetime
) -> ProposalOutcome:
    earlier = await session.scalar(
        select(SecondRow.id)
        .where(SecondRow.proposal_id == proposal.id, SecondRow.person_id == actor.id)
        .limit(1)
    )
    if earlier is None:
        why = await refusal(session, actor, proposal, Move.UNSECOND, now)
        return why or ProposalOutcome.NOT_ALLOWED
    open_ = proposal.state == State.SECONDING
    return ProposalOutcome.ALREADY if open_ else ProposalOutcome.WRONG_TIME


def _row(proposal: ProposalRow, person_id: int, now: datetime) -> SecondRow:
    return SecondRow(proposal_id=proposal.id, person_id=person_id, version=proposal.version, at=now)


async def count_seconds(session: Session, proposal: ProposalRow, now: datetime) -> None:
    """Have the open cards of a locked proposal show before long how many second it now."""
    await session.flush()
    await count_soon(
        session,
        kind=Reminder.COUNT,
        subject_id=proposal.id,
        count_after=proposal.count_after,
        now=now,
    )


async def show_seconds(session: Session, fired: Due, now: datetime) -> None:
    """Show the count on open cards; once the proposal has moved on, that has changed them all."""
    proposal = await locked(session, fired.subject_id)
    if proposal is not None and proposal.state == State.SECONDING:
        proposal.count_after = await show_count(
            session, kinds=COUNTED_CARDS, subject_id=proposal.id, now=now
        )
