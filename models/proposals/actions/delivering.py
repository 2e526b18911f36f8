"""Delivering what was adopted: who, until when, and what is late."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from models.categories import Body
from models.database import Session
from models.help.actions.filing import file_request
from models.help.actions.rows import choose_owner
from models.help.rules.outcomes import FileOutcome
from models.help.views import Draft, Filed
from models.hours.queries import hours_at
from models.hours.rules.clocks import Clock
from models.media import Media
from models.orders.rules import last_closing
from models.people.desk import works_at
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.policy.current import desk_clock_at, policy_of
from models.proposals.actions.notify import refresh_cards, set_reminder, stop, tell, tell_others
from models.proposals.actions.rows import add_line, last_line, locked, make, refusal
from models.proposals.queries.detail import path_of, secretaries, supporters
from models.proposals.rules.delivery import News, assign_by, is_good_date, is_underway, street_at
from models.proposals.rules.limits import WORDS_LENGTH
from models.proposals.rules.notices import Notice, ProposalEvent, Reminder
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.reception import ProposalPolicy
from models.proposals.rules.states import Move, State
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
    last = await last_line(session, proposal, ProposalEvent.PROGRESS)
    if last is not None and (last.detail or {}).get("form") == token:
        return ProposalOutcome.ALREADY
    said = clean_text(words, WORDS_LENGTH)
    if not said:
        return ProposalOutcome.EMPTY
    line = await add_line(
        session,
        proposal,
        ProposalEvent.PROGRESS,
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
        await add_line(
            session, proposal, ProposalEvent.HELP, now=now, actor_id=actor.id, detail=detail
        )
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
        ProposalEvent.DELIVERED,
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
        await add_line(
            session, proposal, ProposalEvent.ASSIGNED, now=now, actor_id=actor.id, detail=detail
        )
        yours = {"new": begins or len(owners) > 1}
        people = [proposal.person_id] if begins else owners
        await tell(
            session, proposal, Notice.YOURS, people, now=now, actor_id=actor.id, detail=yours
        )
        if begins or dated:
            await schedule_delivery(session, proposal, now)
            await tell_others(
                session, proposal, News.UNDERWAY if begins else News.DATE, now=now, actor=actor
            )
    await refresh_cards(session, proposal, now)
    return ProposalOutcome.DONE


DATES = (Reminder.DUE, Reminder.STREET)


TO_ASSIGN = {"assign": True}
"""Detail of the reminders that ask who delivers it at all."""


async def office_clock(session: Session, proposal: ProposalRow) -> Clock:
    """Return the clock that the dates of a proposal go by: the working time of its place."""
    return await desk_clock_at(session, await path_of(session, proposal))


async def closing_of(session: Session, proposal: ProposalRow, day: date) -> datetime:
    """Return when the desk of its place closes on a day: until then a date that is named runs."""
    policy = policy_of(session)
    hours = await hours_at(session, await path_of(session, proposal), policy.zone)
    return last_closing(hours or policy.desk, day)


async def schedule_assigning(session: Session, proposal: ProposalRow, now: datetime) -> None:
    """See to it that somebody is named who delivers what has just been adopted."""
    clock = await office_clock(session, proposal)
    by = assign_by(now, clock)
    await set_reminder(session, Reminder.DUE, proposal, by, TO_ASSIGN)
    await set_reminder(session, Reminder.STREET, proposal, street_at(by, clock), TO_ASSIGN)


async def schedule_delivery(session: Session, proposal: ProposalRow, now: datetime) -> None:
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
    """Return who answers for the delivery of a locked proposal, naming another where need be.

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
    await add_line(session, proposal, ProposalEvent.ASSIGNED, now=now, actor_id=None, detail=detail)
    return chosen


def assigned(proposal: ProposalRow) -> dict[str, str | int | None]:
    """Return the detail of a line about who delivers it, until when."""
    due_at = proposal.due_at
    return {
        "body": proposal.body,
        "person": proposal.person_id,
        "due": due_at.isoformat() if due_at else None,
    }
