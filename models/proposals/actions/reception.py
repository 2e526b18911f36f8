"""The reception: accepting a proposal, returning it with a reason, and what its clock does."""

from datetime import datetime

from models.database import Session
from models.people.views import Person
from models.proposals.actions.rows import add_line, locked, make, refusal
from models.proposals.actions.seconding import go_on
from models.proposals.actions.tell import refresh_cards, set_reminder, stop, tell
from models.proposals.queries.parts import path_of, secretaries
from models.proposals.queries.reasons import reason_for
from models.proposals.queries.terms import terms_at
from models.proposals.rules.kinds import Line, Notice, Readers, Reminder, Topic
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import Move, State
from models.proposals.rules.words import WORDS_LENGTH
from models.proposals.tables import ProposalRow
from models.reminders.views import Due
from models.text import clean_text


async def accept(
    session: Session, actor: Person, proposal_id: int, *, now: datetime
) -> ProposalOutcome:
    """Accept a proposal (DONE): from now on everybody may read it, and neighbours second it.

    What its place asks for holds from here on. Where it asks for no seconds, the proposal goes
    straight on to its deliberation.
    """
    proposal = await locked(session, proposal_id)
    if proposal is None:
        return ProposalOutcome.MISSING
    if why := await refusal(session, actor, proposal, Move.ACCEPT, now):
        return why
    terms = await terms_at(session, await path_of(session, proposal), Topic(proposal.topic))
    make(proposal, Move.ACCEPT, now)
    proposal.received_at, proposal.seconds, proposal.needed = now, 0, terms.needed
    proposal.second_by = now + terms.time if terms.needed else None
    await stop(session, proposal, [Reminder.RECEPTION], "accepted", now)
    until = proposal.second_by.isoformat() if proposal.second_by else None
    detail = {"needed": terms.needed, "until": until}
    await add_line(session, proposal, Line.ACCEPTED, now=now, actor_id=actor.id, detail=detail)
    await tell(session, proposal, Notice.ACCEPTED, [proposal.author_id], now=now, actor_id=actor.id)
    if not await go_on(session, proposal, now, actor_id=actor.id):
        assert proposal.second_by is not None  # noqa: S101 - some are needed, so there is a date
        await set_reminder(session, Reminder.SECONDING, proposal, proposal.second_by)
        await refresh_cards(session, proposal, now)
    return ProposalOutcome.DONE


async def return_for(
    session: Session, actor: Person, proposal_id: int, words: str, *, now: datetime
) -> ProposalOutcome:
    """Return a proposal for a reason (DONE): its author can mend it and submit it again."""
    proposal = await locked(session, proposal_id)
    if proposal is None:
        return ProposalOutcome.MISSING
    if why := await refusal(session, actor, proposal, Move.RETURN, now):
        return why
    said = clean_text(words, WORDS_LENGTH)
    if not said:
        return ProposalOutcome.EMPTY
    make(proposal, Move.RETURN, now)
    await stop(session, proposal, [Reminder.RECEPTION], "returned", now)
    await add_line(
        session,
        proposal,
        Line.RETURNED,
        now=now,
        actor_id=actor.id,
        words=said,
        readers=Readers.AUTHOR,
    )
    await tell(session, proposal, Notice.RETURNED, [proposal.author_id], now=now, actor_id=actor.id)
    await refresh_cards(session, proposal, now)
    return ProposalOutcome.DONE


async def return_for_ready(
    session: Session, actor: Person, proposal_id: int, reason_id: int, *, now: datetime
) -> ProposalOutcome:
    """Return a proposal for a reason that its place has ready; EMPTY where it has it no more."""
    proposal = await locked(session, proposal_id)
    if proposal is None:
        return ProposalOutcome.MISSING
    words = await reason_for(session, await path_of(session, proposal), reason_id)
    return await return_for(session, actor, proposal_id, words or "", now=now)


async def watch(session: Session, fired: Due, now: datetime) -> None:
    """Nudge whoever receives a proposal; at its date tell the secretaries and the author.

    A date that has moved since, by submitting it again, has a clock of its own.
    """
    proposal = await locked(session, fired.subject_id)
    if proposal is None or proposal.state != State.SUBMITTED or _has_moved(proposal, fired):
        return
    if now >= proposal.receive_by:
        await _breach(session, proposal, fired, now)
        return
    people = [proposal.desk_id] if proposal.desk_id else await secretaries(session, proposal)
    detail = {"breach": False, "late": fired.late}
    await tell(session, proposal, Notice.WAITS, people, now=now, detail=detail)
    await set_reminder(
        session, Reminder.RECEPTION, proposal, proposal.receive_by, dict(fired.detail)
    )


def _has_moved(proposal: ProposalRow, fired: Due) -> bool:
    by = fired.detail.get("by")
    return by is not None and datetime.fromisoformat(by) != proposal.receive_by


async def _breach(session: Session, proposal: ProposalRow, fired: Due, now: datetime) -> None:
    await add_line(session, proposal, Line.RECEPTION_LATE, now=now, actor_id=None)
    people = [proposal.desk_id, *await secretaries(session, proposal)]
    detail = {"breach": True, "late": fired.late}
    await tell(session, proposal, Notice.WAITS, people, now=now, detail=detail)
    await tell(session, proposal, Notice.LATE_TOLD, [proposal.author_id], now=now)
    await refresh_cards(session, proposal, now)
