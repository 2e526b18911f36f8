"""Beginning a registration, sending it, correcting it, renewing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.audit.actions import deny
from models.database import Session
from models.hours.rules.local_time import day_of
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import community_above
from models.places.rules import covers
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin
from models.records.rules import Refusal
from models.registrations.notices import Reminder
from models.registrations.records import REGISTRATIONS, Change, next_number, told_desk
from models.registrations.rules import (
    BEGUN_KEPT,
    NAME,
    WAITING,
    Follows,
    KindState,
    Move,
    RegistrationOutcome,
    RegistrationPolicy,
    State,
    wrong_day,
)
from models.registrations.tables import RegistrationKindRow, RegistrationRow
from models.sheets import actions as sheets
from models.sheets.queries import sheet_view
from models.sheets.rules.answers import WrongAnswer, read_answers
from models.sheets.tables import SheetRow


@dataclass(frozen=True)
class RegistrationBegun:
    """What became of beginning one; the sheet is to be filled in about `registration_id`."""

    outcome: RegistrationOutcome | Refusal | None
    """None: begun."""
    registration_id: int | None = None
    code: str = ""
    """Of the sheet."""


async def begin_registration(
    session: Session, actor: Person, kind_id: int, whom: int | None = None, *, now: datetime
) -> RegistrationBegun:
    """Begin to register something of one's own, or of somebody without a phone.

    Whoever speaks for them may, and the desk of their place (HAS_PHONE where they have one: they
    register for themselves), but for what everybody registers alone (THEMSELVES). NO_HOME where
    they live nowhere here. One that was begun before and not sent is the same one.
    """
    kind = await session.get(RegistrationKindRow, kind_id)
    person_id = actor.id if whom is None else whom
    holder = await session.get(PersonRow, person_id)
    if kind is None or holder is None or holder.left_at is not None:
        return RegistrationBegun(Refusal.MISSING)
    home = await session.get(PlaceRow, holder.place_id or 0)
    if home is None:
        return RegistrationBegun(RegistrationOutcome.NO_HOME)
    if why := await _why_not_for(session, actor, holder, home.path, now):
        return RegistrationBegun(why)
    if kind.follows == Follows.RESIDENCE and holder.id != actor.id:
        return RegistrationBegun(RegistrationOutcome.THEMSELVES)
    if kind.state != KindState.OPEN or not await used_at(session, kind, home.path):
        return RegistrationBegun(Refusal.BAD_CHOICE)
    found = await session.scalar(
        select(RegistrationRow.id).where(
            RegistrationRow.kind_id == kind_id,
            RegistrationRow.person_id == person_id,
            RegistrationRow.by_id == actor.id,
            RegistrationRow.state == State.BEGUN,
        )
    )
    if found is None:
        found = await _begin(session, actor, kind_id, holder.id, home.id, now)
    return RegistrationBegun(None, found, kind.code)


async def _begin(
    session: Session, actor: Person, kind_id: int, person_id: int, home_id: int, now: datetime
) -> int:
    community = await community_above(session, home_id)
    row = RegistrationRow(
        state=State.BEGUN,
        kind_id=kind_id,
        place_id=home_id,
        community_id=home_id if community is None else community.id,
        person_id=person_id,
        by_id=actor.id,
        begun_at=now,
    )
    session.add(row)
    await session.flush()
    change = RecordChange(session, REGISTRATIONS, row, actor.id, now)
    await change.remind(Reminder.BEGUN, now + BEGUN_KEPT)
    return row.id


async def _why_not_for(
    session: Session, actor: Person, holder: PersonRow, path: str, now: datetime
) -> RegistrationOutcome | Refusal | None:
    if actor.id in {holder.id, holder.proxy_id}:
        return None
    if not actor.may(Right.WORK_DESK, path):
        await deny(
            session,
            actor.id,
            NAME,
            now=now,
            concerning_id=holder.id,
            detail={"tried": "register for somebody"},
        )
        return Refusal.NOT_ALLOWED
    return None if holder.telegram_id is None else RegistrationOutcome.HAS_PHONE


async def used_at(session: Session, kind: RegistrationKindRow, path: str) -> bool:
    """Return whether something of a kind can be registered by who lives at a place (path)."""
    if kind.place_id is None:
        return True
    return covers((await session.get_one(PlaceRow, kind.place_id)).path, path)


async def may_fill(
    session: Session, actor: Person, registration_id: int, *, now: datetime
) -> str | Refusal:
    """Return the code of the sheet with which somebody may correct or renew a registration."""
    row = await session.get(RegistrationRow, registration_id)
    move = Move.FILE if row is None or row.state not in _RENEWED else Move.FILE_ANEW
    change = await begin(session, REGISTRATIONS, registration_id, move, actor, now)
    if isinstance(change, Refusal):
        return change
    return (await session.get_one(RegistrationKindRow, change.row.kind_id)).code


_RENEWED = frozenset({State.STANDING, State.EXPIRING, State.RENEWING})


async def file_for(
    session: Session,
    actor: Person,
    registration_id: int,
    sheet_id: int,
    answers: Mapping[str, object],
    token: str,
    *,
    now: datetime,
    asks_desk: bool = True,
) -> RegistrationOutcome | WrongAnswer | Refusal:
    """Send what was filled in: for the first time, corrected (FILED), or to renew (RENEWING).

    It gets its number with the first sending. The same form sends once: ALREADY after that. A day
    that does not serve is named. What was sent before and not accepted is erased. The desk is asked
    to accept it, and once more later, unless it is one of many that are sent at once; what waits
    already changes on its card.
    """
    row = await session.get(RegistrationRow, registration_id)
    move = Move.FILE if row is None or row.state not in _RENEWED else Move.FILE_ANEW
    change = await begin(session, REGISTRATIONS, registration_id, move, actor, now)
    if isinstance(change, Refusal):
        return change
    row = change.row
    zone = policy_of(session, RegistrationPolicy).zone
    if wrong := await _wrong_with(change, sheet_id, answers, zone):
        return wrong
    filed = await sheets.file(
        session,
        sheet_id,
        subject_id=row.id,
        about_id=row.person_id,
        by_id=actor.id,
        answers=answers,
        token=token,
        now=now,
    )
    if isinstance(filed, WrongAnswer | Refusal) or filed.again:
        return filed if isinstance(filed, WrongAnswer | Refusal) else Refusal.ALREADY
    waited = row.state in WAITING
    await _take(change, move, filed.filing_id)
    if not waited:
        await _ask_later(change, asks_desk=asks_desk)
    await change.finish()
    if asks_desk and not waited:
        await told_desk(change)
    return RegistrationOutcome.FILED if move is Move.FILE else RegistrationOutcome.RENEWING


async def _ask_later(change: Change, *, asks_desk: bool) -> None:
    """Ask the desk once more in some days what it says to what was just sent."""
    await change.cancel([Reminder.BEGUN, Reminder.WAITS], "sent")
    if asks_desk:
        within = policy_of(change.session, RegistrationPolicy).registration_answer_within
        await change.remind(Reminder.WAITS, change.now + within)


async def _wrong_with(
    change: Change, sheet_id: int, answers: Mapping[str, object], zone: str
) -> WrongAnswer | Refusal | None:
    kind = await change.session.get_one(RegistrationKindRow, change.row.kind_id)
    sheet = await change.session.get(SheetRow, sheet_id)
    if sheet is None or sheet.code != kind.code:
        return Refusal.BAD_CHOICE
    read = read_answers(sheet_view(sheet).fields, answers)
    if isinstance(read, WrongAnswer):
        return read
    return wrong_day(kind.until_key, read, day_of(change.now, zone))


async def _take(change: Change, move: Move, filing_id: int) -> None:
    """Put a filing where it belongs, and erase the one in whose place it comes."""
    row, session, now = change.row, change.session, change.now
    place = "filing_id" if move is Move.FILE else "next_filing_id"
    before = getattr(row, place)
    if before is not None:
        await sheets.erase(session, [before], now=now)
    setattr(row, place, filing_id)
    if row.number is None:
        row.number = await next_number(session, row.kind_id, row.community_id)
    row.filed_at, row.why_returned = now, None
    change.make(move)


async def register(
    session: Session,
    actor: Person,
    kind_id: int,
    whom: int | None,
    answers: Mapping[str, object],
    token: str,
    *,
    now: datetime,
    asks_desk: bool = True,
) -> RegistrationBegun | WrongAnswer:
    """Begin and send in one, such as a row of a list; one token sends once.

    FILED with its number where it was sent; else why not.
    """
    begun = await begin_registration(session, actor, kind_id, whom, now=now)
    if begun.registration_id is None:
        return begun
    found = select(SheetRow.id).where(SheetRow.code == begun.code, SheetRow.retired_at.is_(None))
    sheet_id = await session.scalar(found.order_by(SheetRow.version.desc()).limit(1))
    filed = await file_for(
        session,
        actor,
        begun.registration_id,
        sheet_id or 0,
        answers,
        token,
        now=now,
        asks_desk=asks_desk,
    )
    if isinstance(filed, WrongAnswer):
        return filed
    return RegistrationBegun(filed, begun.registration_id, begun.code)
