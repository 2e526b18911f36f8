"""Merging a proposal into another: its supporters move along, and each counts once."""

from datetime import datetime

from models.database import Session
from models.people.queries import person_by_id
from models.people.views import Person
from models.proposals.actions.counting import count_seconds
from models.proposals.actions.rows import add_line, locked, make, refusal
from models.proposals.actions.seconding import SECONDED, go_on
from models.proposals.actions.tell import refresh_cards, stop, tell
from models.proposals.queries.parts import lives_in
from models.proposals.queries.reception import standing
from models.proposals.rules.kinds import Line, Notice, Reminder
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.reception import why_not_into
from models.proposals.rules.seconding import NO_TEXT, come_along, in_time
from models.proposals.rules.states import Move, State
from models.proposals.tables import ProposalRow, SecondRow
from models.proposals.views import Moved


async def merge(
    session: Session, actor: Person, proposal_id: int, into_id: int, *, now: datetime
) -> Moved:
    """Merge a proposal into another of its community (DONE, with how many seconds moved).

    Its supporters move along, its author becomes one; they are told, and can take it back. Of acts
    at once on either the first holds: ALREADY where it went into the same one, WRONG_TIME where
    it has ended otherwise, BAD_TARGET where the other has.
    """
    found = await _both(session, proposal_id, into_id)
    if found is None:
        return Moved(ProposalOutcome.MISSING)
    proposal, into = found
    if why := await refusal(session, actor, proposal, Move.MERGE, now):
        again = why is ProposalOutcome.WRONG_TIME and proposal.merged_into == into.id
        return Moved(ProposalOutcome.ALREADY if again else why)
    if why := _why_not(proposal, into, now):
        return Moved(why)
    return await _merge(session, actor, proposal, into, now)


async def _both(
    session: Session, proposal_id: int, into_id: int
) -> tuple[ProposalRow, ProposalRow] | None:
    """Lock two proposals, the smaller id first: of two who want both, one waits for the other."""
    rows = {one: await locked(session, one) for one in sorted({proposal_id, into_id})}
    proposal, into = rows[proposal_id], rows[into_id]
    return (proposal, into) if proposal is not None and into is not None else None


def _why_not(proposal: ProposalRow, into: ProposalRow, now: datetime) -> ProposalOutcome | None:
    same = proposal.community_id == into.community_id
    if why := why_not_into(proposal.id, into.id, same_community=same, into=State(into.state)):
        return why
    late = into.state == State.SECONDING and not in_time(now, into.second_by)
    return ProposalOutcome.TOO_LATE if late else None


async def _merge(
    session: Session, actor: Person, proposal: ProposalRow, into: ProposalRow, now: datetime
) -> Moved:
    backers = [row.person_id for row in await standing(session, proposal.id)]
    moved = await _move_seconds(session, proposal, into, now)
    make(proposal, Move.MERGE, now)
    proposal.merged_into, proposal.seconds = into.id, 0
    await stop(session, proposal, [Reminder.RECEPTION, *SECONDED], "merged", now)
    await _write_down(session, actor, proposal, into, moved, now)
    people = [proposal.author_id, *backers]
    detail = {"into": into.id}
    await tell(session, proposal, Notice.MERGED, people, now=now, actor_id=actor.id, detail=detail)
    await refresh_cards(session, proposal, now)
    if not await go_on(session, into, now, actor_id=actor.id) and into.state == State.SECONDING:
        await count_seconds(session, into, now)
    return Moved(ProposalOutcome.DONE, moved, into.id)


async def _move_seconds(
    session: Session, proposal: ProposalRow, into: ProposalRow, now: datetime
) -> int:
    """Let who backs one back the other from now on; give how many seconds that adds."""
    rows = await standing(session, proposal.id)
    backing = {row.person_id: row.version == proposal.version for row in rows}
    author = await person_by_id(session, proposal.author_id)
    if author is not None and await lives_in(session, author, into):
        backing[author.id] = True
    for row in rows:
        row.withdrawn_at = now
    others = [row.person_id for row in await standing(session, into.id)]
    coming = come_along(backing, others, into.author_id)
    for person_id, counts in coming.items():
        session.add(
            SecondRow(
                proposal_id=into.id,
                person_id=person_id,
                version=into.version if counts else NO_TEXT,
                at=now,
                came_from=proposal.id,
            )
        )
    into.seconds += sum(coming.values())
    await session.flush()
    return sum(coming.values())


async def _write_down(
    session: Session,
    actor: Person,
    proposal: ProposalRow,
    into: ProposalRow,
    moved: int,
    now: datetime,
) -> None:
    await add_line(
        session,
        proposal,
        Line.MERGED,
        now=now,
        actor_id=actor.id,
        detail={"into": into.id},
    )
    await add_line(
        session,
        into,
        Line.TOOK_IN,
        now=now,
        actor_id=actor.id,
        detail={"number": proposal.number, "moved": moved},
    )
