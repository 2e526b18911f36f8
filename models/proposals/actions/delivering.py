"""How a delivery goes: notes, help from volunteers, and that it is there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from models.database import Session
from models.help.actions.filing import file_request
from models.help.rules.outcomes import FileOutcome
from models.help.views import Draft, Filed
from models.media import Media
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.proposals.actions.news import tell_others
from models.proposals.actions.rows import add_line, last_line, locked, make, refusal
from models.proposals.actions.tell import refresh_cards, set_reminder, tell
from models.proposals.actions.watching import stop_dates
from models.proposals.queries.parts import supporters
from models.proposals.rules.delivery import News
from models.proposals.rules.kinds import Line, Notice, Reminder
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.policy import ProposalPolicy
from models.proposals.rules.states import Move, State
from models.proposals.rules.words import WORDS_LENGTH
from models.proposals.tables import ProposalRow
from models.text import clean_text


async def report(
    session: Session,
    actor: Person,
    proposal_id: int,
    words: str,
    *,
    now: datetime,
    token: str,
    media: Sequence[Media] = (),
) -> ProposalOutcome:
    """Write how it goes (DONE), with what shows it; author and backers read it at once.

    The same `token` as of the last note, which names the form, gives ALREADY.
    """
    proposal = await _movable(session, actor, proposal_id, Move.REPORT, now)
    if isinstance(proposal, ProposalOutcome):
        return proposal
    last = await last_line(session, proposal, Line.PROGRESS)
    if last is not None and (last.detail or {}).get("form") == token:
        return ProposalOutcome.ALREADY
    said = clean_text(words, WORDS_LENGTH)
    if not said:
        return ProposalOutcome.EMPTY
    line = await add_line(
        session,
        proposal,
        Line.PROGRESS,
        now=now,
        actor_id=actor.id,
        detail={"media": len(media), "form": token},
        words=said,
        media=media,
    )
    await tell_others(session, proposal, News.NOTE, now=now, actor=actor, line=line)
    await refresh_cards(session, proposal, now)
    return ProposalOutcome.DONE


async def get_help(
    session: Session, actor: Person, proposal_id: int, draft: Draft, *, now: datetime
) -> Filed | ProposalOutcome:
    """Ask volunteers for a part of it: a request for help of whoever answers for the delivery.

    Where the actor may not ask in their name, the request is the actor's own.
    """
    proposal = await _movable(session, actor, proposal_id, Move.GET_HELP, now)
    if isinstance(proposal, ProposalOutcome):
        return proposal
    draft = replace(
        draft,
        beneficiary_id=await _who_asks(session, actor, proposal),
        place_id=proposal.place_id,
    )
    filed = await file_request(session, actor, draft, now=now)
    if filed.outcome is FileOutcome.FILED and filed.receipt is not None:
        detail = {"request": filed.receipt.request_id, "number": filed.receipt.number}
        await add_line(session, proposal, Line.HELP, now=now, actor_id=actor.id, detail=detail)
        await refresh_cards(session, proposal, now)
    return filed


async def deliver(
    session: Session,
    actor: Person,
    proposal_id: int,
    words: str,
    *,
    now: datetime,
    media: Sequence[Media] = (),
) -> ProposalOutcome:
    """Say that it is delivered (DONE), with what shows it; author and backers are asked to rate it.

    Of two who say so at once the first does; the other is told ALREADY.
    """
    proposal = await _movable(session, actor, proposal_id, Move.DELIVER, now)
    if isinstance(proposal, ProposalOutcome):
        return proposal
    said = clean_text(words, WORDS_LENGTH)
    if not said:
        return ProposalOutcome.EMPTY
    make(proposal, Move.DELIVER, now)
    proposal.delivered_at, proposal.rate_by = now, now + policy_of(session, ProposalPolicy).rate_for
    await stop_dates(session, proposal, "delivered", now)
    await set_reminder(session, Reminder.RATING, proposal, proposal.rate_by)
    await add_line(
        session,
        proposal,
        Line.DELIVERED,
        now=now,
        actor_id=actor.id,
        detail={"media": len(media)},
        words=said,
        media=media,
    )
    await _tell_delivered(session, actor, proposal, now)
    await refresh_cards(session, proposal, now)
    return ProposalOutcome.DONE


async def _tell_delivered(
    session: Session, actor: Person, proposal: ProposalRow, now: datetime
) -> None:
    people = {proposal.author_id, *await supporters(session, proposal, any_text=True)}
    people |= {proposal.person_id} if proposal.person_id is not None else set()
    await tell(session, proposal, Notice.DELIVERED, people, now=now, actor_id=actor.id)


async def _movable(
    session: Session, actor: Person, proposal_id: int, move: Move, now: datetime
) -> ProposalRow | ProposalOutcome:
    proposal = await locked(session, proposal_id)
    if proposal is None:
        return ProposalOutcome.MISSING
    why = await refusal(session, actor, proposal, move, now)
    there = move is Move.DELIVER and proposal.state == State.DELIVERED
    if why is ProposalOutcome.WRONG_TIME and there:
        return ProposalOutcome.ALREADY
    return why or proposal


async def _who_asks(session: Session, actor: Person, proposal: ProposalRow) -> int:
    """Give in whose name volunteers are asked: the owner's, where the actor works at their home."""
    owner_id = proposal.person_id
    if owner_id is None or owner_id == actor.id:
        return actor.id
    owner = await session.get_one(PersonRow, owner_id)
    home = await session.get(PlaceRow, owner.place_id) if owner.place_id else None
    if owner.left_at is not None or (home and not actor.may(Right.WORK_DESK, home.path)):
        return actor.id
    return owner_id
