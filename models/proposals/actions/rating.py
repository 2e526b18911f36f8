"""Rating a delivery, and what follows where people are not content."""

from datetime import date, datetime

from sqlalchemy import delete, select

from models.database import Session
from models.outbox.refreshing import refresh
from models.people.views import Person
from models.proposals.actions.delivering import assigned, closing_of, owner_now, schedule_delivery
from models.proposals.actions.notify import refresh_cards, tell, tell_others
from models.proposals.actions.rows import add_line, locked, make, refusal
from models.proposals.queries.detail import supporters
from models.proposals.rules.delivery import News, StarsTally, is_good_date, may_still_rate
from models.proposals.rules.limits import WORDS_LENGTH
from models.proposals.rules.notices import Notice, ProposalEvent
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import Move, State
from models.proposals.tables import ProposalRow, RatingRow
from models.text import clean_text

OVER = frozenset({State.RATED, State.CLOSED})


async def rate(
    session: Session, actor: Person, proposal_id: int, stars: int, *, now: datetime
) -> ProposalOutcome:
    """Return a delivery 1 to 5 stars (DONE), or other stars than before; the words stay.

    Until `rate_by`; from that instant on TOO_LATE, whether the clock has looked yet or not.
    """
    proposal = await _ratable(session, actor, proposal_id, now)
    if isinstance(proposal, ProposalOutcome):
        return proposal
    given = await session.get(RatingRow, (proposal.id, actor.id))
    if given is None:
        session.add(RatingRow(proposal_id=proposal.id, person_id=actor.id, stars=stars, at=now))
    elif given.stars == stars:
        return ProposalOutcome.ALREADY
    else:
        given.stars, given.at = stars, now
    await _refresh_own(session, proposal, actor, now)
    return ProposalOutcome.DONE


async def say_why(
    session: Session, actor: Person, proposal_id: int, words: str, *, now: datetime
) -> ProposalOutcome:
    """Add a word to one's stars (DONE), or put another in its place."""
    proposal = await _ratable(session, actor, proposal_id, now)
    if isinstance(proposal, ProposalOutcome):
        return proposal
    said = clean_text(words, WORDS_LENGTH)
    given = await session.get(RatingRow, (proposal.id, actor.id))
    if not said:
        return ProposalOutcome.EMPTY
    if given is None:
        return ProposalOutcome.WRONG_TIME
    given.words, given.at = said, now
    await _refresh_own(session, proposal, actor, now)
    return ProposalOutcome.DONE


async def redo(
    session: Session, actor: Person, proposal_id: int, words: str, day: date, *, now: datetime
) -> ProposalOutcome:
    """Take up again what people were not content with (DONE), until another date.

    The next delivery is rated anew: the line of the timeline keeps what the last was given.
    """
    proposal = await _judged(session, actor, proposal_id, Move.REDO, now)
    if isinstance(proposal, ProposalOutcome):
        return proposal
    said, due_at = clean_text(words, WORDS_LENGTH), await closing_of(session, proposal, day)
    if not said:
        return ProposalOutcome.EMPTY
    if not is_good_date(due_at, now):
        return ProposalOutcome.BAD_DATE
    make(proposal, Move.REDO, now)
    proposal.due_at, proposal.delivered_at, proposal.rate_by = due_at, None, None
    await session.execute(delete(RatingRow).where(RatingRow.proposal_id == proposal.id))
    owner_id = await owner_now(session, proposal, now)
    await schedule_delivery(session, proposal, now)
    detail = assigned(proposal)
    line = await add_line(
        session, proposal, ProposalEvent.REDO, now=now, actor_id=actor.id, detail=detail, words=said
    )
    mine = {"new": True}
    await tell(session, proposal, Notice.YOURS, [owner_id], now=now, actor_id=actor.id, detail=mine)
    await tell_others(session, proposal, News.REDO, now=now, actor=actor, line=line)
    await refresh_cards(session, proposal, now)
    return ProposalOutcome.DONE


async def close(
    session: Session, actor: Person, proposal_id: int, words: str, *, now: datetime
) -> ProposalOutcome:
    """Close what people were not content with (DONE), in words that author and backers read."""
    proposal = await _judged(session, actor, proposal_id, Move.CLOSE, now)
    if isinstance(proposal, ProposalOutcome):
        return proposal
    said = clean_text(words, WORDS_LENGTH)
    if not said:
        return ProposalOutcome.EMPTY
    make(proposal, Move.CLOSE, now)
    await add_line(session, proposal, ProposalEvent.CLOSED, now=now, actor_id=actor.id, words=said)
    await tell_closed(session, proposal, now, actor_id=actor.id)
    return ProposalOutcome.DONE


async def tell_closed(
    session: Session, proposal: ProposalRow, now: datetime, *, actor_id: int | None = None
) -> None:
    """Tell author, backers and whoever delivered it that a proposal has come to its end."""
    people = {proposal.author_id, *await supporters(session, proposal, any_text=True)}
    people |= {proposal.person_id} if proposal.person_id is not None else set()
    await tell(session, proposal, Notice.CLOSED, people, now=now, actor_id=actor_id)
    await refresh_cards(session, proposal, now)


async def tally_of(session: Session, proposal: ProposalRow) -> StarsTally:
    """Count the ratings of a locked proposal."""
    rows = await session.scalars(
        select(RatingRow.stars).where(RatingRow.proposal_id == proposal.id)
    )
    return StarsTally.of(rows)


async def _ratable(
    session: Session, actor: Person, proposal_id: int, now: datetime
) -> ProposalRow | ProposalOutcome:
    proposal = await locked(session, proposal_id)
    if proposal is None:
        return ProposalOutcome.MISSING
    why = await refusal(session, actor, proposal, Move.RATE, now)
    if why is ProposalOutcome.WRONG_TIME and proposal.state in OVER:
        return ProposalOutcome.TOO_LATE
    if why is None and not may_still_rate(proposal.rate_by, now):
        return ProposalOutcome.TOO_LATE
    return why or proposal


async def _judged(
    session: Session, actor: Person, proposal_id: int, move: Move, now: datetime
) -> ProposalRow | ProposalOutcome:
    proposal = await locked(session, proposal_id)
    if proposal is None:
        return ProposalOutcome.MISSING
    return await refusal(session, actor, proposal, move, now) or proposal


async def _refresh_own(
    session: Session, proposal: ProposalRow, actor: Person, now: datetime
) -> None:
    """Change the rater's own cards alone: a change on everybody's for each tap would be a flood."""
    await session.flush()
    await refresh(
        session,
        kinds=[Notice.DELIVERED, Notice.CARD],
        subject_ids=[proposal.id],
        now=now,
        recipient_id=actor.id,
    )
