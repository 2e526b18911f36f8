"""The ledger of care: the call-ons and homes of a year at one place, sealed words masked.

They are opened by `models.care.actions.ledger` alone, for what a second person has approved.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import Select, or_, select

from models.care.ledger_rules import LEDGERS, LedgerMove, LedgerRelation, LedgerRole, LedgerState
from models.care.records import NAME
from models.care.rules.notices import Notice
from models.care.rules.plans import CareRhythm
from models.care.rules.states import CareReason, HomeState, PairPart, stands_for_others
from models.care.tables import CareHomeRow, CareLedgerRow, CarePairRow
from models.database import Session
from models.hours.rules.local_time import day_of, first_showing
from models.names.queries import Names, names_for
from models.names.views import Where, Who
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import RecordKind
from models.records.reading import seen, seen_by_id
from models.records.rules import Refusal
from models.records.sealed import opened
from models.routines.rules import OccasionState
from models.routines.tables import OccasionRow

FIRST_YEAR = 2020


@dataclass(frozen=True)
class LedgerCall:
    """One call-on of a ledger."""

    number: int
    """Of its home in this ledger, and in no other."""
    place: Where
    opens_on: date
    ends_on: date
    state: OccasionState
    role: LedgerRole | None
    """As what somebody looked in; None where nobody did."""


@dataclass(frozen=True)
class SealedLines:
    """What of a home is sealed."""

    name: str
    reasons: tuple[CareReason, ...]
    wishes: str
    spoken: bool
    """They spoke their wishes: a voice does not go into a file."""
    needs: tuple[str, ...]


@dataclass(frozen=True)
class LedgerHome:
    """One home of a ledger."""

    id: int
    number: int
    place: Where
    rhythm: CareRhythm
    state: HomeState
    agreed_on: date
    counts: dict[OccasionState, int]
    sealed: SealedLines | None = None
    """None: masked."""


@dataclass(frozen=True)
class CareLedger:
    """A year of care at one place, and below it."""

    place: Where
    year: int
    begins: date
    ends: date
    """The last day that counts."""
    homes: tuple[LedgerHome, ...]
    calls: tuple[LedgerCall, ...]
    approved_by: Who | None = None
    reason: str = ""
    made_on: date | None = None


@dataclass(frozen=True)
class LedgerView:
    """A ledger that was asked for, as its reader sees it."""

    id: int
    place: Where
    year: int
    asker: Who
    reason: str
    state: LedgerState
    decided_by: Who | None
    mine: bool
    moves: frozenset[LedgerMove]


async def ledger_relations(
    session: Session, who: Person, row: CareLedgerRow
) -> frozenset[LedgerRelation]:
    """Return what somebody is to a ledger."""
    path = (await session.get_one(PlaceRow, row.place_id)).path
    if who.id == row.asked_by:
        return frozenset({LedgerRelation.ASKER})
    works = who.may(Right.WORK_DESK, path)
    return frozenset({LedgerRelation.SECOND} if works else ())


LEDGER = RecordKind(
    NAME, CareLedgerRow, LEDGERS, ledger_relations, cards=(str(Notice.LEDGER_ASKED),)
)


async def ledger_view(
    session: Session, reader: Person, ledger_id: int, *, now: datetime
) -> LedgerView | Refusal:
    """Return what somebody asked for, to them and to whoever may approve it."""
    row = await seen(session, LEDGER, ledger_id, LedgerMove.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _view(session, reader, row)


async def ledger_told(
    session: Session, reader_id: int, ledger_id: int, _now: datetime
) -> LedgerView | None:
    """Return it to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, LEDGER, ledger_id, LedgerMove.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _view(session, reader, row) if row and reader else None


async def desk_places(session: Session, reader: Person) -> list[Where]:
    """List the places of somebody's desk."""
    paths = set(reader.paths_with(Right.WORK_DESK))
    found = await session.scalars(
        select(PlaceRow.id).where(PlaceRow.path.in_(paths)).order_by(PlaceRow.path)
    )
    ids = list(found)
    names = await names_for(session, (), ids)
    return [names.places[one] for one in ids]


async def ledger_of(
    session: Session, place_id: int, path: str, year: int, now: datetime
) -> CareLedger:
    """Return the ledger of a year with its sealed columns masked; the caller checks the right.

    The call-ons whose window ends in the year by the clocks of the place, and the homes that had
    agreed in it.
    """
    zone = policy_of(session).zone
    begins = first_showing(date(year, 1, 1), time(0), zone)
    ends = first_showing(date(year + 1, 1, 1), time(0), zone)
    homes = await _homes(session, path, begins, ends)
    numbers = {home.id: number for number, home in enumerate(homes, 1)}
    occasions = await session.scalars(
        select(OccasionRow)
        .where(
            OccasionRow.subject == NAME,
            OccasionRow.subject_id.in_(_ids(path)),
            OccasionRow.ends_at >= begins,
            OccasionRow.ends_at < ends,
        )
        .order_by(OccasionRow.ends_at, OccasionRow.id)
    )
    rows = [row for row in occasions.all() if row.subject_id in numbers]
    names = await names_for(session, (), {place_id, *(home.place_id for home in homes)})
    places = {home.id: names.places[home.place_id] for home in homes}
    parts = await _parts(session, numbers)
    calls = tuple(
        LedgerCall(
            number=numbers[row.subject_id],
            place=places[row.subject_id],
            opens_on=row.opens_on,
            ends_on=day_of(row.ends_at, zone),
            state=OccasionState(row.state),
            role=None
            if row.done_by is None
            else parts.get((row.subject_id, row.done_by), LedgerRole.OTHER),
        )
        for row in rows
    )
    return CareLedger(
        place=names.places[place_id],
        year=year,
        begins=date(year, 1, 1),
        ends=date(year, 12, 31),
        homes=_lines(homes, numbers, rows, names, zone),
        calls=calls,
        made_on=day_of(now, zone),
    )


def with_sealed(ledger: CareLedger, found: dict[int, SealedLines]) -> CareLedger:
    """Return a ledger with what was opened, by home."""
    homes = tuple(replace(home, sealed=found.get(home.id)) for home in ledger.homes)
    return replace(ledger, homes=homes)


async def _homes(
    session: Session, path: str, begins: datetime, ends: datetime
) -> list[CareHomeRow]:
    found = await session.scalars(
        select(CareHomeRow)
        .where(
            CareHomeRow.id.in_(_ids(path)),
            CareHomeRow.agreed_at < ends,
            or_(CareHomeRow.ended_at.is_(None), CareHomeRow.ended_at >= begins),
        )
        .order_by(CareHomeRow.id)
    )
    return list(found)


def _ids(path: str) -> Select[int]:
    below = PlaceRow.path.startswith(path, autoescape=True)
    return select(CareHomeRow.id).join(PlaceRow, PlaceRow.id == CareHomeRow.place_id).where(below)


async def _parts(session: Session, home_ids: Iterable[int]) -> dict[tuple[int, int], LedgerRole]:
    """Return as what neighbours look in, by home and person; who is both looks in as the main."""
    rows = await session.execute(
        select(CarePairRow.home_id, CarePairRow.person_id, CarePairRow.part).where(
            CarePairRow.home_id.in_([*home_ids]), CarePairRow.by_visitor_at.is_not(None)
        )
    )
    found: dict[tuple[int, int], LedgerRole] = {}
    for home_id, person_id, part in rows.all():
        if part == PairPart.MAIN:
            found[home_id, person_id] = LedgerRole.MAIN
        elif part == PairPart.INSTEAD:
            found.setdefault((home_id, person_id), LedgerRole.INSTEAD)
    return found


def _lines(
    homes: Iterable[CareHomeRow],
    numbers: dict[int, int],
    rows: Iterable[OccasionRow],
    names: Names,
    zone: str,
) -> tuple[LedgerHome, ...]:
    counts = {home_id: Counter[OccasionState]() for home_id in numbers}
    for row in rows:
        counts[row.subject_id][OccasionState(row.state)] += 1
    return tuple(
        LedgerHome(
            id=home.id,
            number=numbers[home.id],
            place=names.places[home.place_id],
            rhythm=CareRhythm(home.rhythm),
            state=stands_for_others(HomeState(home.state)),
            agreed_on=day_of(home.agreed_at or home.proposed_at, zone),
            counts=dict(counts[home.id]),
        )
        for home in homes
    )


async def _view(session: Session, reader: Person, row: CareLedgerRow) -> LedgerView:
    theirs = await ledger_relations(session, reader, row)
    names = await names_for(session, [row.asked_by, row.decided_by], [row.place_id])
    return LedgerView(
        id=row.id,
        place=names.places[row.place_id],
        year=row.year,
        asker=names.known(row.asked_by),
        reason=opened(session, row, "reason"),
        state=LedgerState(row.state),
        decided_by=names.person(row.decided_by),
        mine=LedgerRelation.ASKER in theirs,
        moves=LEDGERS.open_to(row.state, theirs),
    )
