"""Accepting a registration, sending it back, ending it, opening what is sealed, builders."""

from datetime import date, datetime

from sqlalchemy import select

from models.database import Session, insert_once
from models.hours.rules.local_time import day_of, first_showing
from models.outbox.crowd import notify_crowd
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import at_or_below
from models.places.rules import PlaceKind
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import begin
from models.records.rules import Refusal
from models.registrations.notices import Notice, Reminder
from models.registrations.records import REGISTRATIONS, Change
from models.registrations.rules import (
    REASON_LENGTH,
    TOLD_AT,
    Follows,
    Move,
    RegistrationOutcome,
    RegistrationPolicy,
    State,
    WhyEnded,
    endorsed_from,
    good_until,
    looks_at,
)
from models.registrations.tables import BuilderMuteRow, RegistrationKindRow, RegistrationRow
from models.sheets import actions as sheets
from models.sheets.queries import filing_view
from models.sheets.views import FilingView
from models.text import clean_text

TOLD_TO_NEIGHBOURS = ("from", "until", "floor")
"""Answers about builders that the building is told."""


async def accept(
    session: Session,
    actor: Person,
    registration_id: int,
    *,
    now: datetime,
    filing_id: int | None = None,
) -> RegistrationOutcome | Refusal:
    """Let a registration stand (ACCEPTED), until its last day; OWN for what one had a hand in.

    `filing_id` is what was looked at: CHANGED_SINCE, and nothing is accepted, where it was
    corrected meanwhile.
    """
    change = await begin(session, REGISTRATIONS, registration_id, Move.ACCEPT, actor, now)
    if isinstance(change, Refusal):
        return change
    row = change.row
    if filing_id not in {None, row.next_filing_id or row.filing_id}:
        return RegistrationOutcome.CHANGED_SINCE
    before = None if row.filing_id is None else await filing_view(session, row.filing_id)
    if row.next_filing_id is not None:
        if row.filing_id is not None:
            await sheets.erase(session, [row.filing_id], now=now)
        row.filing_id, row.next_filing_id = row.next_filing_id, None
    filing = None if row.filing_id is None else await filing_view(session, row.filing_id)
    if filing is None:
        return Refusal.MISSING
    kind = await session.get_one(RegistrationKindRow, row.kind_id)
    zone = policy_of(session, RegistrationPolicy).zone
    row.valid_until = good_until(kind.months, kind.until_key, _days(filing), day_of(now, zone))
    row.decided_by, row.decided_at, row.why_returned = actor.id, now, None
    change.make(Move.ACCEPT)
    await change.cancel([Reminder.WAITS, Reminder.EXPIRY], "accepted")
    await _look_later(change, zone)
    await change.finish()
    await change.tell(Notice.ACCEPTED, [row.person_id])
    if kind.follows == Follows.STAIRWELL:
        await _tell_building(change, before, filing)
    elif kind.follows == Follows.RESIDENCE:
        await _remind_of_permit(change, filing, zone)
    return RegistrationOutcome.ACCEPTED


def _days(filing: FilingView) -> dict[str, date]:
    return {one.field.key: one.value for one in filing.answers if isinstance(one.value, date)}


async def _look_later(change: Change, zone: str) -> None:
    until = change.row.valid_until
    for at in [] if until is None else looks_at(until, zone, change.now):
        await change.remind(Reminder.EXPIRY, at)


async def _tell_building(change: Change, before: FilingView | None, filing: FilingView) -> None:
    """Tell the building of builders, and once more where what it was told is not so any more.

    Where a home is known by its grid or community alone, nobody knows whose neighbours they are.
    """
    row, session = change.row, change.session
    home = await session.get_one(PlaceRow, row.place_id)
    told = row.told_building_at is not None
    same = before is not None and all(
        before.value(key) == filing.value(key) for key in TOLD_TO_NEIGHBOURS
    )
    if home.kind != PlaceKind.BUILDING or (told and same):
        return
    row.told_building_at = change.now
    await session.flush()
    muted = select(BuilderMuteRow.person_id)
    neighbours = (
        select(PersonRow.id)
        .join(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(
            at_or_below([home.path]),
            PersonRow.left_at.is_(None),
            PersonRow.id != row.person_id,
            PersonRow.id.not_in(muted),
        )
    )
    await notify_crowd(
        session,
        neighbours,
        kind=Notice.BUILDING,
        subject_id=row.id,
        now=change.now,
        detail={"changed": True} if told else None,
        name=f"{filing.id}",
    )


async def _remind_of_permit(change: Change, filing: FilingView, zone: str) -> None:
    """Remind a newcomer of the permit, while it is ahead, and of each year of it."""
    arrived, policy = filing.value("arrived"), policy_of(change.session, RegistrationPolicy)
    if not isinstance(arrived, date):
        return
    permit = arrived + policy.permit_after
    at = first_showing(permit, TOLD_AT, zone)
    await change.cancel([Reminder.PERMIT, Reminder.ENDORSE], "set anew")
    if at > change.now:
        await change.remind(Reminder.PERMIT, at)
    await remind_to_endorse(change, permit, day_of(change.now, zone))


async def remind_to_endorse(change: Change, since: date, today: date) -> None:
    """Have whoever stays for a while reminded when a permit of `since` is next endorsed."""
    policy = policy_of(change.session, RegistrationPolicy)
    day = endorsed_from(since, policy.permit_endorsed_every, today)
    if day is not None:
        at = first_showing(day, TOLD_AT, policy.zone)
        await change.remind(Reminder.ENDORSE, at, since=since.isoformat())


async def send_back(
    session: Session, actor: Person, registration_id: int, words: str, *, now: datetime
) -> RegistrationOutcome | Refusal:
    """Send a registration back to be put right, with the reason (RETURNED).

    Of one that is to be renewed, what stands goes on standing.
    """
    row = await session.get(RegistrationRow, registration_id)
    renewing = row is not None and row.state == State.RENEWING
    move = Move.KEEP_OLD if renewing else Move.RETURN
    change = await begin(session, REGISTRATIONS, registration_id, move, actor, now)
    if isinstance(change, Refusal):
        return change
    reason = clean_text(words, REASON_LENGTH)
    if not reason:
        return Refusal.EMPTY
    row = change.row
    row.decided_by, row.decided_at, row.why_returned = actor.id, now, reason
    change.make(move)
    await change.cancel([Reminder.WAITS], "sent back")
    if move is Move.KEEP_OLD:
        await change.cancel([Reminder.EXPIRY], "set anew")
        await _look_later(change, policy_of(session, RegistrationPolicy).zone)
    await change.finish()
    await change.tell(Notice.RETURNED, [row.person_id])
    return RegistrationOutcome.RETURNED


async def end(
    session: Session, actor: Person, registration_id: int, *, now: datetime
) -> RegistrationOutcome | Refusal:
    """End one's own registration at any time, such as of a car that was sold (ENDED).

    Its answers are erased at once.
    """
    change = await begin(session, REGISTRATIONS, registration_id, Move.END, actor, now)
    if isinstance(change, Refusal):
        return change
    await close(change, WhyEnded.HOLDER)
    return RegistrationOutcome.ENDED


async def close(change: Change, why: WhyEnded) -> None:
    """End a registration: its answers are erased, nothing is asked of it any more."""
    row, session = change.row, change.session
    ids = [one for one in (row.filing_id, row.next_filing_id) if one is not None]
    await sheets.erase(session, ids, now=change.now)
    row.state, row.ended_at, row.why_ended, row.why_returned = State.ENDED, change.now, why, None
    every = [one for one in Reminder if one is not Reminder.ERASE]
    await change.cancel(every, "ended")
    kept = policy_of(session, RegistrationPolicy).keep_registrations
    await change.remind(Reminder.ERASE, change.now + kept)
    await change.finish()


async def open_sealed(
    session: Session, actor: Person, registration_id: int, *, now: datetime
) -> tuple[FilingView, ...] | Refusal:
    """Open what is sealed of a registration, what stands first; the look is on record, and its
    holder reads it."""
    change = await begin(session, REGISTRATIONS, registration_id, Move.OPEN, actor, now)
    if isinstance(change, Refusal):
        return change
    ids = [one for one in (change.row.filing_id, change.row.next_filing_id) if one is not None]
    found = [await sheets.look(session, one, reader_id=actor.id, now=now) for one in ids]
    return tuple(one for one in found if one is not None)


async def hear_of_builders(
    session: Session, actor: Person, *, hears: bool, now: datetime
) -> RegistrationOutcome:
    """Tell somebody of builders in their building, or do not (STOPPED_TELLING, TELLING_AGAIN)."""
    if not hears:
        values = {"person_id": actor.id, "muted_at": now}
        await insert_once(session, BuilderMuteRow, values)
        return RegistrationOutcome.STOPPED_TELLING
    row = await session.get(BuilderMuteRow, actor.id)
    if row is not None:
        await session.delete(row)
        await session.flush()
    return RegistrationOutcome.TELLING_AGAIN
