"""The reception: accepting, returning, merging, turning into a request, and its deadline."""

from datetime import datetime

from models.categories import CATALOGUE, EMERGENCY
from models.database import Session
from models.help.actions.filing import file_request
from models.help.rules.limits import TEXT_LENGTH
from models.help.rules.outcomes import FileOutcome
from models.help.rules.policy import Urgency
from models.help.views import Draft
from models.hours.rules.clocks import Clock
from models.people.queries import person_by_id
from models.people.views import Person
from models.policy.current import desk_clock_at, policy_of
from models.proposals.actions.notify import refresh_cards, set_reminder, stop, tell
from models.proposals.actions.rows import add_line, locked, make, refusal
from models.proposals.actions.seconding import SECONDED, count_seconds, go_on
from models.proposals.queries.detail import lives_in, media_of, path_of, secretaries
from models.proposals.queries.reception import reason_for, standing, terms_at
from models.proposals.rules.limits import WORDS_LENGTH
from models.proposals.rules.notices import Notice, ProposalEvent, ProposalTopic, Readers, Reminder
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.reception import (
    NO_TEXT,
    REQUEST_KIND,
    ProposalPolicy,
    as_request,
    come_along,
    in_time,
    why_not_into,
)
from models.proposals.rules.states import Move, State
from models.proposals.tables import ProposalMediaRow, ProposalRow, SecondRow
from models.proposals.views import PassedOn
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
    terms = await terms_at(session, await path_of(session, proposal), ProposalTopic(proposal.topic))
    make(proposal, Move.ACCEPT, now)
    proposal.received_at, proposal.seconds, proposal.needed = now, 0, terms.needed
    proposal.second_by = now + terms.time if terms.needed else None
    await stop(session, proposal, [Reminder.RECEPTION], "accepted", now)
    until = proposal.second_by.isoformat() if proposal.second_by else None
    detail = {"needed": terms.needed, "until": until}
    await add_line(
        session, proposal, ProposalEvent.ACCEPTED, now=now, actor_id=actor.id, detail=detail
    )
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
        ProposalEvent.RETURNED,
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
    await add_line(session, proposal, ProposalEvent.RECEPTION_LATE, now=now, actor_id=None)
    people = [proposal.desk_id, *await secretaries(session, proposal)]
    detail = {"breach": True, "late": fired.late}
    await tell(session, proposal, Notice.WAITS, people, now=now, detail=detail)
    await tell(session, proposal, Notice.LATE_TOLD, [proposal.author_id], now=now)
    await refresh_cards(session, proposal, now)


async def receive_by(session: Session, path: str, now: datetime) -> datetime:
    """Return by when the desk of a place answers what is submitted now, in its working time."""
    clock = await _clock(session, path)
    return clock.after(now, policy_of(session, ProposalPolicy).reception.by(clock))


async def schedule_reception(session: Session, proposal: ProposalRow, now: datetime) -> None:
    """Set the clock of a proposal submitted now: the nudge, which in its turn sets the breach.

    `proposal.receive_by` is for the caller to set; a clock that was set before is stopped.
    """
    await stop(session, proposal, [Reminder.RECEPTION], "submitted again", now)
    clock = await _clock(session, await path_of(session, proposal))
    policy = policy_of(session, ProposalPolicy)
    nudge = clock.after(now, policy.reception.by(clock) * policy.nudge_percent / 100)
    by = {"by": proposal.receive_by.isoformat()}
    await set_reminder(session, Reminder.RECEPTION, proposal, nudge, by)


async def _clock(session: Session, path: str) -> Clock:
    return await desk_clock_at(session, path)


FILED = (FileOutcome.FILED, FileOutcome.ALREADY)


async def turn(
    session: Session,
    actor: Person,
    proposal_id: int,
    category: str | None = None,
    *,
    now: datetime,
) -> PassedOn | FileOutcome:
    """File what a proposal asks for as its author's request (DONE, with the request's id).

    Whoever comes to help reads for whom, and so does the desk: what was proposed without a name
    the desk asks for in its own.

    `category` None takes the usual kind for its topic. An emergency is not turned: whoever has
    one rings. The author is told the number. A request that cannot be filed says why, and the
    proposal stays where it is.
    """
    proposal = await locked(session, proposal_id)
    if proposal is None:
        return PassedOn(ProposalOutcome.MISSING)
    if why := await refusal(session, actor, proposal, Move.TURN, now):
        return PassedOn(why)
    kind = category or REQUEST_KIND[ProposalTopic(proposal.topic)]
    if kind not in CATALOGUE or kind == EMERGENCY:
        return FileOutcome.BAD_CHOICE
    filed = await file_request(
        session, actor, await _draft(session, actor, proposal, kind), now=now
    )
    if filed.outcome not in FILED or filed.receipt is None:
        return filed.outcome
    make(proposal, Move.TURN, now)
    proposal.request_id = filed.receipt.request_id
    await stop(session, proposal, [Reminder.RECEPTION], "turned into a request", now)
    detail = {"request": filed.receipt.number}
    await add_line(
        session, proposal, ProposalEvent.TURNED, now=now, actor_id=actor.id, detail=detail
    )
    await tell(session, proposal, Notice.TURNED, [proposal.author_id], now=now, actor_id=actor.id)
    await refresh_cards(session, proposal, now)
    return PassedOn(ProposalOutcome.DONE, other_id=filed.receipt.request_id)


async def _draft(session: Session, actor: Person, proposal: ProposalRow, kind: str) -> Draft:
    words = as_request(proposal.title, proposal.problem, proposal.wish)
    return Draft(
        token=f"proposal:{proposal.id}",
        category=kind,
        urgency=Urgency.ORDINARY,
        text=clean_text(words, TEXT_LENGTH),
        beneficiary_id=actor.id if proposal.anonymous else proposal.author_id,
        place_id=proposal.place_id,
        media=await media_of(session, proposal.id, ProposalMediaRow.line_id.is_(None)),
    )


async def merge(
    session: Session, actor: Person, proposal_id: int, into_id: int, *, now: datetime
) -> PassedOn:
    """Merge a proposal into another of its community (DONE, with how many seconds moved).

    Its supporters move along, its author becomes one; they are told, and can take it back. Of acts
    at once on either the first holds: ALREADY where it went into the same one, WRONG_TIME where
    it has ended otherwise, BAD_TARGET where the other has.
    """
    found = await _both(session, proposal_id, into_id)
    if found is None:
        return PassedOn(ProposalOutcome.MISSING)
    proposal, into = found
    if why := await refusal(session, actor, proposal, Move.MERGE, now):
        again = why is ProposalOutcome.WRONG_TIME and proposal.merged_into == into.id
        return PassedOn(ProposalOutcome.ALREADY if again else why)
    if why := _why_not(proposal, into, now):
        return PassedOn(why)
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
) -> PassedOn:
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
    return PassedOn(ProposalOutcome.DONE, moved, into.id)


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
        ProposalEvent.MERGED,
        now=now,
        actor_id=actor.id,
        detail={"into": into.id},
    )
    await add_line(
        session,
        into,
        ProposalEvent.TOOK_IN,
        now=now,
        actor_id=actor.id,
        detail={"number": proposal.number, "moved": moved},
    )


async def why_not_ask(
    session: Session, actor: Person, proposal_id: int, move: Move, *, now: datetime
) -> ProposalOutcome | None:
    """Return why somebody may not make a move; None where they may. A vain try is noted.

    Nothing is held: the act itself looks again.
    """
    proposal = await session.get(ProposalRow, proposal_id)
    if proposal is None:
        return ProposalOutcome.MISSING
    return await refusal(session, actor, proposal, move, now)
