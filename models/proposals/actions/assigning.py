"""Naming what is promised, the body and the person who answer for it, and the date."""

from datetime import date, datetime

from models.categories import Body
from models.database import Session
from models.help.queries.desk import works_at
from models.people.views import Person
from models.proposals.actions.news import tell_others
from models.proposals.actions.rows import add_line, locked, make, refusal
from models.proposals.actions.tell import refresh_cards, tell
from models.proposals.actions.watching import assigned, closing_of, watch_delivery
from models.proposals.queries.parts import path_of
from models.proposals.rules.delivery import News, is_good_date, is_underway
from models.proposals.rules.kinds import Line, Notice
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import Move, State
from models.proposals.rules.words import WORDS_LENGTH
from models.proposals.tables import ProposalRow
from models.text import clean_text


async def set_promise(
    session: Session, actor: Person, proposal_id: int, words: str, *, now: datetime
) -> ProposalOutcome:
    """Say what is promised (DONE): what a vote adopted has no promise yet."""
    found = await _assignable(session, actor, proposal_id, now)
    if isinstance(found, ProposalOutcome):
        return found
    said = clean_text(words, WORDS_LENGTH)
    if not said:
        return ProposalOutcome.EMPTY
    if said == found.promise:
        return ProposalOutcome.ALREADY
    found.promise = said
    return await _was_set(session, actor, found, [found.person_id], now)


async def set_body(
    session: Session, actor: Person, proposal_id: int, body: Body, *, now: datetime
) -> ProposalOutcome:
    """Name the body that answers for the delivery (DONE)."""
    found = await _assignable(session, actor, proposal_id, now)
    if isinstance(found, ProposalOutcome):
        return found
    if found.body == body:
        return ProposalOutcome.ALREADY
    found.body = body
    return await _was_set(session, actor, found, [found.person_id], now)


async def set_person(
    session: Session, actor: Person, proposal_id: int, to_id: int, *, now: datetime
) -> ProposalOutcome:
    """Let somebody of the staff of its place answer for the delivery (DONE).

    They are told, and whoever answered for it before.
    """
    found = await _assignable(session, actor, proposal_id, now)
    if isinstance(found, ProposalOutcome):
        return found
    if found.person_id == to_id:
        return ProposalOutcome.ALREADY
    if not await works_at(session, to_id, await path_of(session, found)):
        return ProposalOutcome.NOT_STAFF
    before, found.person_id = found.person_id, to_id
    return await _was_set(session, actor, found, [before, to_id], now)


async def set_due(
    session: Session, actor: Person, proposal_id: int, day: date, *, now: datetime
) -> ProposalOutcome:
    """Name the day (DONE): it is due when the desk of its place closes; within two years."""
    found = await _assignable(session, actor, proposal_id, now)
    if isinstance(found, ProposalOutcome):
        return found
    due_at = await closing_of(session, found, day)
    if not is_good_date(due_at, now):
        return ProposalOutcome.BAD_DATE
    if found.due_at == due_at:
        return ProposalOutcome.ALREADY
    found.due_at = due_at
    return await _was_set(session, actor, found, [found.person_id], now, dated=True)


async def _assignable(
    session: Session, actor: Person, proposal_id: int, now: datetime
) -> ProposalRow | ProposalOutcome:
    proposal = await locked(session, proposal_id)
    if proposal is None:
        return ProposalOutcome.MISSING
    return await refusal(session, actor, proposal, Move.ASSIGN, now) or proposal


async def _was_set(
    session: Session,
    actor: Person,
    proposal: ProposalRow,
    owners: list[int | None],
    now: datetime,
    *,
    dated: bool = False,
) -> ProposalOutcome:
    """Tell of what was named, once it is underway: before, it is the secretary's own draft."""
    if is_underway(proposal.person_id, proposal.due_at):
        begins = proposal.state == State.ADOPTED
        make(proposal, Move.ASSIGN, now)
        detail = assigned(proposal)
        await add_line(session, proposal, Line.ASSIGNED, now=now, actor_id=actor.id, detail=detail)
        yours = {"new": begins or len(owners) > 1}
        people = [proposal.person_id] if begins else owners
        await tell(
            session, proposal, Notice.YOURS, people, now=now, actor_id=actor.id, detail=yours
        )
        if begins or dated:
            await watch_delivery(session, proposal, now)
            await tell_others(
                session, proposal, News.UNDERWAY if begins else News.DATE, now=now, actor=actor
            )
    await refresh_cards(session, proposal, now)
    return ProposalOutcome.DONE
