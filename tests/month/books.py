"""The ledger of care counted again from the tables, in plain Python, row by row and sum by sum."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook
from sqlalchemy import select

from handlers.care.ledger import ROLES, ledger_tables
from handlers.care.screens.words import CALL_STATES, HOME_STATES, REASONS, RHYTHMS
from handlers.i18n import CHINESE, speaking
from handlers.i18n import gettext as _
from handlers.sheet import sheet_file
from models.audit.tables import AuditRow
from models.base import Base
from models.care.ledger import CareLedger
from models.care.tables import CareHomeRow, CareNeedRow, CarePairRow
from models.database import Session
from models.people.actions.personal import looks_at_me
from models.people.queries import person_by_id
from models.people.tables import PersonRow
from models.places.tables import PlaceRow
from models.records.sealed import opened
from models.routines.tables import OccasionRow
from tests.month.clock import local

Row = list[str]
COUNTED = ("done", "covered", "missed", "excused")
MASK = "●●●"


@dataclass(frozen=True)
class Tables:
    """What a ledger is made of, as it is kept at this moment."""

    homes: Sequence[Any]
    calls: Sequence[Any]
    pairs: Sequence[Any]
    needs: Sequence[Any]
    people: dict[int, Any]
    places: dict[int, Any]


async def wrong_ledger(session: Session, found: CareLedger, path: str) -> list[str]:
    """List where the file of a ledger says something else than the tables do."""
    kept = await _tables(session)
    homes = [one for one in kept.homes if _counts(one, kept, path, found.year)]
    masked = found.approved_by is None
    with speaking(CHINESE):
        sheets = read(sheet_file(ledger_tables(found)))
        calls = list(_calls(homes, kept, found.year))
        lines = [
            _home(number, one, kept, found.year, None if masked else _sealed(session, one, kept))
            for number, one in enumerate(homes, 1)
        ]
    wrong = [*_differs("call-on", sheets[1], calls), *_differs("home", sheets[2], lines)]
    facts = [row[1] for row in sheets[0]]
    if [str(len(calls)), str(len(lines))] != facts[3:5]:
        wrong.append(f"the ledger says it has {facts[3:5]} rows, not {len(calls)}, {len(lines)}")
    summed = sum(int(cell) for row in sheets[2] for cell in row[5:10])
    if summed != len(calls):
        wrong.append(f"the homes of the ledger sum up to {summed} call-ons of {len(calls)}")
    return wrong


def read(file: bytes) -> list[list[Row]]:
    """Read the sheets of a file, their heads left out."""
    book = CalamineWorkbook.from_filelike(BytesIO(file))
    return [
        [[_cell(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()[1:]]
        for name in book.sheet_names
    ]


async def opened_wrongly(
    session: Session, found: CareLedger, reader_id: int, now: datetime
) -> list[str]:
    """List which homes of an opened ledger do not read of one look at each column, and of no more.

    Each column that says anything is one look.
    """
    wrong, kept = [], await _tables(session)
    looks = await session.scalars(
        select(AuditRow).where(
            AuditRow.act == "looked", AuditRow.actor_id == reader_id, AuditRow.at == now
        )
    )
    fields = [(row.concerning_id, name) for row in looks for name in (row.detail or {})["fields"]]
    homes = {one.id: one for one in kept.homes}
    for line in found.homes:
        home = homes[line.id]
        columns = ("name", "reasons", "wishes", "needs")
        says = {
            name for name, cell in zip(columns, _sealed(session, home, kept), strict=True) if cell
        }
        seen = Counter(name for whose, name in fields if whose == home.person_id)
        if home.person_id != reader_id and seen != Counter(says):
            wrong.append(f"home {home.id} shows {sorted(says)}, and reads of {dict(seen)}")
        wrong += await _unread(session, home.person_id, kept, now)
    return wrong


async def _unread(session: Session, person_id: int, kept: Tables, now: datetime) -> list[str]:
    """Tell whether the person, or who speaks for them, does not see the look."""
    person = kept.people[person_id]
    reader = await person_by_id(session, person.proxy_id or person_id)
    if reader is None or person.left_at is not None:
        return []
    if any(look.at == now for look in await looks_at_me(session, reader)):
        return []
    return [f"{person_id} does not read that their home was looked at"]


async def _tables(session: Session) -> Tables:
    async def table(kind: type[Base]) -> Sequence[Any]:
        return sorted((await session.scalars(select(kind))).all(), key=lambda row: row.id)

    return Tables(
        await table(CareHomeRow),
        [one for one in await table(OccasionRow) if one.subject == "care"],
        await table(CarePairRow),
        await table(CareNeedRow),
        {one.id: one for one in await table(PersonRow)},
        {one.id: one for one in await table(PlaceRow)},
    )


def _counts(home: Any, kept: Tables, path: str, year: int) -> bool:
    """Tell whether a home below a place had agreed by the end of a year, and not ended before."""
    if not kept.places[home.place_id].path.startswith(path) or home.agreed_at is None:
        return False
    ended = home.ended_at is not None and local(home.ended_at).year < year
    return local(home.agreed_at).year <= year and not ended


def _calls(homes: list[Any], kept: Tables, year: int) -> Iterator[Row]:
    numbers = {home.id: number for number, home in enumerate(homes, 1)}
    where = {home.id: _where(home, kept) for home in homes}
    theirs = [one for one in kept.calls if _ends_in(one, year) and one.subject_id in numbers]
    for one in sorted(theirs, key=lambda call: (call.ends_at, call.id)):
        yield [
            str(numbers[one.subject_id]),
            where[one.subject_id],
            one.opens_on.isoformat(),
            local(one.ends_at).date().isoformat(),
            _word(CALL_STATES, one.state),
            _role(one, kept),
        ]


def _ends_in(call: Any, year: int) -> bool:
    return local(call.ends_at).year == year


def _role(call: Any, kept: Tables) -> str:
    if call.done_by is None:
        return ""
    parts = {
        pair.part
        for pair in kept.pairs
        if (pair.home_id, pair.person_id) == (call.subject_id, call.done_by)
        and pair.by_visitor_at is not None
    }
    return _word(ROLES, next((one for one in ("main", "instead") if one in parts), "other"))


def _home(number: int, home: Any, kept: Tables, year: int, shown: Row | None) -> Row:
    states = Counter(
        one.state for one in kept.calls if one.subject_id == home.id and _ends_in(one, year)
    )
    counted = [states[state] for state in COUNTED]
    return [
        str(number),
        _where(home, kept),
        _word(RHYTHMS, home.rhythm),
        _word(HOME_STATES, home.state),
        local(home.agreed_at).date().isoformat(),
        *map(str, counted),
        str(sum(states.values()) - sum(counted)),
        *(shown or [MASK] * 4),
    ]


def _sealed(session: Session, home: Any, kept: Tables) -> Row:
    """Read what of a home is sealed: who it is, why, what they wish, what they need."""
    reasons = opened(session, home, "reasons").split()
    needs = [opened(session, one, "words") for one in kept.needs if one.home_id == home.id]
    with speaking(CHINESE):
        why = _(", ").join(_word(REASONS, one) for one in reasons)
    words = "\n".join(filter(None, needs))
    return [kept.people[home.person_id].name or "", why, opened(session, home, "wishes"), words]


def _word(words: Any, key: str) -> str:
    return _(next(text for one, text in words.items() if str(one) == key))


def _where(home: Any, kept: Tables) -> str:
    place = kept.places[home.place_id]
    above = [one for one in kept.places.values() if place.path.startswith(one.path)]
    community = next((one.name for one in above if one.kind == "community"), "")
    return " ".join([community] if place.kind == "community" else [community, place.name])


def _cell(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) else str(cell)


def _differs(what: str, shown: list[Row], counted: list[Row]) -> Iterator[str]:
    if len(shown) != len(counted):
        yield f"the ledger has {len(shown)} rows of {what}s, counted again {len(counted)}"
    for line, (one, other) in enumerate(zip(shown, counted, strict=False), 1):
        if one != other:
            yield f"{what} {line} of the ledger: {one}, counted again {other}"
