"""The ledger of care: without sealed words at once; with them by a reason and a second person."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select, update

from models.audit.actions import deny, record
from models.audit.rules import AuditAct
from models.care.ledger import (
    FIRST_YEAR,
    LEDGER,
    CareLedger,
    SealedLines,
    ledger_of,
    with_sealed,
)
from models.care.ledger_rules import LedgerMove, LedgerState, is_stale
from models.care.records import NAME
from models.care.rules.notices import Notice
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import WORDS_LENGTH
from models.care.rules.states import HomeState, read_reasons
from models.care.tables import CareHomeRow, CareLedgerRow, CareNeedRow
from models.database import Session
from models.hours.rules.local_time import day_of
from models.names.queries import names_for
from models.people.desk import at_desk
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin
from models.records.rules import Refusal
from models.records.sealed import look_at, opened, sealed
from models.text import clean_text


async def take_masked(
    session: Session, actor: Person, place_id: int, year: int, *, now: datetime
) -> CareLedger | Refusal:
    """Return the ledger of a year at a place of somebody's desk, sealed columns masked.

    That it was made is on record.
    """
    place = await _theirs(session, actor, place_id, year, now)
    if isinstance(place, Refusal):
        return place
    found = await ledger_of(session, place_id, place.path, year, now)
    await _made(session, actor, found, place_id, now)
    return found


async def ask(
    session: Session, actor: Person, place_id: int, year: int, reason: str, *, now: datetime
) -> CareOutcome | Refusal:
    """Ask for a ledger with its sealed columns, saying what for (SHEET_ASKED).

    Everybody else with a desk there is asked; NO_SECOND where there is nobody else.
    """
    place = await _theirs(session, actor, place_id, year, now)
    if isinstance(place, Refusal):
        return place
    words = clean_text(reason, WORDS_LENGTH)
    if not words:
        return Refusal.EMPTY
    seconds = await _seconds(session, actor.id, place.path)
    if not seconds:
        return CareOutcome.NO_SECOND
    row = CareLedgerRow(
        place_id=place_id, year=year, asked_by=actor.id, asked_at=now, state=LedgerState.ASKED
    )
    session.add(row)
    await session.flush()
    row.reason = sealed(session, row, "reason", words)
    await RecordChange(session, LEDGER, row, actor.id, now).tell(Notice.LEDGER_ASKED, seconds)
    return CareOutcome.SHEET_ASKED


@dataclass(frozen=True)
class Decided:
    """What became of a decision; the ledger with its sealed columns for who asked, if approved."""

    outcome: CareOutcome | Refusal
    ledger: CareLedger | None = None
    asker: Person | None = None


async def approve(session: Session, actor: Person, ledger_id: int, *, now: datetime) -> Decided:
    """Approve as a second person (SHEET_APPROVED): the ledger goes to whoever asked, once.

    Everybody in it reads in their settings that it was looked at, and that it was made is on
    record. TOO_LATE a week after it was asked for; NOT_ALLOWED where who asked works there no more.
    """
    change = await begin(session, LEDGER, ledger_id, LedgerMove.APPROVE, actor, now)
    if isinstance(change, Refusal):
        return Decided(change)
    row = change.row
    asker = await person_by_id(session, row.asked_by)
    place = await session.get_one(PlaceRow, row.place_id)
    if is_stale(row.asked_at, now):
        return Decided(Refusal.TOO_LATE)
    if asker is None or asker.telegram_id is None or not asker.may(Right.WORK_DESK, place.path):
        return Decided(Refusal.WRONG_TIME)
    await _decide(change, LedgerMove.APPROVE, actor)
    masked = await ledger_of(session, row.place_id, place.path, row.year, now)
    found = {home.id: await _open(session, asker, home.id, now) for home in masked.homes}
    names = await names_for(session, [actor.id])
    ledger = replace(
        with_sealed(masked, found),
        approved_by=names.known(actor.id),
        reason=opened(session, row, "reason"),
    )
    await _made(session, asker, ledger, row.place_id, now, approved_by=actor.id)
    return Decided(CareOutcome.SHEET_APPROVED, ledger, asker)


async def refuse(
    session: Session, actor: Person, ledger_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Refuse as a second person (SHEET_REFUSED); who asked is told."""
    change = await begin(session, LEDGER, ledger_id, LedgerMove.REFUSE, actor, now)
    if isinstance(change, Refusal):
        return change
    await _decide(change, LedgerMove.REFUSE, actor)
    return CareOutcome.SHEET_REFUSED


async def let_rest(session: Session, person_id: int) -> None:
    """Let what somebody asked for be approved no more, who leaves for good; their words go."""
    theirs = CareLedgerRow.asked_by == person_id
    await session.execute(update(CareLedgerRow).where(theirs).values(reason=None))
    await session.execute(
        update(CareLedgerRow)
        .where(theirs, CareLedgerRow.state == LedgerState.ASKED)
        .values(state=LedgerState.REFUSED)
    )


async def _decide(change: RecordChange[CareLedgerRow], move: LedgerMove, actor: Person) -> None:
    change.make(move)
    change.row.decided_by, change.row.decided_at = actor.id, change.now
    await change.finish()
    await change.tell(Notice.LEDGER_ANSWERED, [change.row.asked_by])


async def _theirs(
    session: Session, actor: Person, place_id: int, year: int, now: datetime
) -> PlaceRow | Refusal:
    place = await session.get(PlaceRow, place_id)
    if place is None:
        return Refusal.MISSING
    if not actor.may(Right.WORK_DESK, place.path):
        await deny(session, actor.id, NAME, now=now, detail={"tried": "ledger"})
        return Refusal.NOT_ALLOWED
    last: date = day_of(now, policy_of(session).zone)
    return place if FIRST_YEAR <= year <= last.year else Refusal.BAD_DATE


async def _seconds(session: Session, asker_id: int, path: str) -> list[int]:
    found = await session.scalars(
        at_desk(select(PersonRow.id), path)
        .where(PersonRow.id != asker_id, PersonRow.unreachable_at.is_(None))
        .distinct()
    )
    return list(found)


async def _open(session: Session, reader: Person, home_id: int, now: datetime) -> SealedLines:
    """Open what is sealed of a home for a reader; it is in the book, for whoever lives there."""
    home = await session.get_one(CareHomeRow, home_id)
    whose = home.person_id
    shown, words = await _shown(session, reader, home, now)
    name = (await names_for(session, [whose])).known(whose).name
    also = [*(["name"] if name else []), *(["needs"] if words else [])]
    if also and whose != reader.id:  # the name stands in the file though nothing was sealed
        await record(
            session,
            AuditAct.LOOKED,
            now=now,
            actor_id=reader.id,
            subject=f"{NAME}.ledgers",
            subject_id=home.id,
            concerning_id=whose,
            detail={"fields": also},
        )
    return SealedLines(
        name=name,
        reasons=read_reasons(shown.get("reasons", "")),
        wishes=shown.get("wishes", ""),
        spoken="wishes_voice" in shown,
        needs=tuple(words),
    )


async def _shown(
    session: Session, reader: Person, home: CareHomeRow, now: datetime
) -> tuple[dict[str, str], list[str]]:
    """Open reasons, wishes and needs of a home; of one that has ended there is nothing to open."""
    if home.state == HomeState.ENDING:
        return {}, []
    shown = await look_at(
        session,
        reader.id,
        NAME,
        home,
        ["reasons", "wishes", "wishes_voice"],
        concerning_id=home.person_id,
        now=now,
    )
    needs = await session.scalars(
        select(CareNeedRow).where(CareNeedRow.home_id == home.id).order_by(CareNeedRow.id)
    )
    return shown, [words for need in needs.all() if (words := opened(session, need, "words"))]


async def _made(
    session: Session,
    actor: Person,
    ledger: CareLedger,
    place_id: int,
    now: datetime,
    approved_by: int | None = None,
) -> None:
    """Write into the book that a ledger was made, how long it is, and who approved it."""
    detail = {"sheet": "care", "year": ledger.year, "rows": len(ledger.calls)}
    if approved_by is not None:
        detail |= {"homes": len(ledger.homes), "approved_by": approved_by}
    await record(
        session,
        AuditAct.SHEET_MADE,
        now=now,
        actor_id=actor.id,
        subject=NAME,
        subject_id=place_id,
        detail=detail,
    )
