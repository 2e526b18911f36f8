"""Reading registrations and their kinds."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, or_, select

from models.audit.actions import record
from models.audit.rules import AuditAct
from models.database import Session
from models.names.queries import names_for, places_by_id
from models.names.views import Who
from models.people.queries import person_by_id, spoken_for
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import at_or_below
from models.places.rules import ancestors
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.reading import page_of, seen, seen_by_id
from models.records.rules import PageOf, Refusal
from models.registrations.house import PLATE, RENOVATION, VEHICLE
from models.registrations.records import KINDS, REGISTRATIONS, kind_relations, relations
from models.registrations.rules import (
    KIND_LIFECYCLE,
    LIFECYCLE,
    NAME,
    VALID,
    WAITING,
    Accepts,
    Follows,
    KindMove,
    KindState,
    Move,
    RegistrationPolicy,
    State,
    WhyEnded,
    says_number,
)
from models.registrations.tables import BuilderMuteRow, RegistrationKindRow, RegistrationRow
from models.registrations.views import (
    BuildingNews,
    KindLine,
    KindView,
    RegisteredCount,
    RegisterHome,
    RegistrationLine,
    RegistrationView,
)
from models.sheets.queries import by_digest, current_sheet, filing_view, filings_about
from models.sheets.rules.fields import SheetWords, WrongSheet, read_fields, written_fields
from models.sheets.views import FilingView

A_PAGE = 8
OWN_SHOWN = 20
EXPORTED_AT_MOST = 2000


def _title(row: RegistrationKindRow) -> SheetWords:
    return SheetWords(row.title_zh, row.title_en)


def _at_desk(reader: Person) -> ColumnElement[bool]:
    return RegistrationRow.place_id.in_(
        select(PlaceRow.id).where(at_or_below(reader.paths_with(Right.WORK_DESK)))
    )


async def register_home(session: Session, reader: Person) -> RegisterHome:
    """Return what somebody has registered, what they can register, and what waits at their desk."""
    theirs = [reader.id, *(card.id for card in await spoken_for(session, reader.id))]
    found = await session.scalars(
        select(RegistrationRow)
        .where(
            RegistrationRow.person_id.in_(theirs),
            RegistrationRow.state.not_in([State.ENDED, State.BEGUN]),
        )
        .order_by(RegistrationRow.id.desc())
        .limit(OWN_SHOWN)
    )
    waiting = await session.scalar(
        select(func.count()).where(_at_desk(reader), RegistrationRow.state.in_(WAITING))
    )
    muted = await session.get(BuilderMuteRow, reader.id)
    return RegisterHome(
        own=tuple(await _lines(session, [*found], named=False)),
        kinds=tuple(await kinds_at(session, reader.place_path)),
        has_home=reader.place_id is not None,
        at_desk=reader.may_anywhere(Right.WORK_DESK),
        waiting=waiting or 0,
        keeps=reader.may_anywhere(Right.SUPERVISE),
        hears=muted is None,
    )


async def kinds_at(session: Session, path: str | None) -> list[KindLine]:
    """List the kinds that can be registered at a place, those of the house first."""
    above = ancestors(path) if path else []
    found = await session.scalars(
        select(RegistrationKindRow)
        .where(
            RegistrationKindRow.state == KindState.OPEN,
            or_(RegistrationKindRow.place_id.is_(None), RegistrationKindRow.place_id.in_(above)),
        )
        .order_by(RegistrationKindRow.place_id.is_not(None), RegistrationKindRow.id)
    )
    return [
        KindLine(row.id, _title(row), KindState(row.state), row.follows == Follows.RESIDENCE)
        for row in found
    ]


async def kinds_kept(session: Session, reader: Person) -> list[KindLine]:
    """List the kinds of places for which somebody answers, the newest first."""
    theirs = select(PlaceRow.id).where(at_or_below(reader.paths_with(Right.SUPERVISE)))
    found = await session.scalars(
        select(RegistrationKindRow)
        .where(RegistrationKindRow.place_id.in_(theirs))
        .order_by(RegistrationKindRow.id.desc())
        .limit(OWN_SHOWN)
    )
    return [KindLine(row.id, _title(row), KindState(row.state)) for row in found]


async def kind_view(
    session: Session, reader: Person, kind_id: int, *, now: datetime
) -> KindView | Refusal:
    """Return a kind to whoever keeps it."""
    row = await seen(session, KINDS, kind_id, KindMove.LOOK, reader, now)
    if isinstance(row, Refusal):
        return row
    places = await places_by_id(session, set() if row.place_id is None else {row.place_id})
    fields = read_fields(row.draft)
    sheet = await current_sheet(session, row.code)
    kept = () if sheet is None else written_fields(sheet.fields)
    return KindView(
        id=row.id,
        title=_title(row),
        place=places.get(row.place_id or 0),
        state=KindState(row.state),
        months=row.months,
        until_key=row.until_key,
        accepts=Accepts(row.accepts),
        fields=() if isinstance(fields, WrongSheet) else fields,
        version=0 if sheet is None else sheet.version,
        changed=[*kept] != row.draft,
        moves=KIND_LIFECYCLE.open_to(row.state, await kind_relations(session, reader, row)),
    )


async def registration(
    session: Session, reader: Person, registration_id: int, *, now: datetime
) -> RegistrationView | Refusal:
    """Return one registration; what is sealed lies open for its holder alone."""
    row = await seen(session, REGISTRATIONS, registration_id, Move.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _view(session, reader, row)


async def registration_told(
    session: Session, reader_id: int, registration_id: int, _now: datetime
) -> RegistrationView | None:
    """Return a registration to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, REGISTRATIONS, registration_id, Move.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _view(session, reader, row) if row and reader else None


async def _view(session: Session, reader: Person, row: RegistrationRow) -> RegistrationView:
    kind = await session.get_one(RegistrationKindRow, row.kind_id)
    names = await names_for(session, [row.person_id], [row.place_id])
    holder = None if row.person_id is None else await session.get(PersonRow, row.person_id)
    own = holder is not None and reader.id in {holder.id, holder.proxy_id}
    filing = await _filing(session, row.filing_id, holder if own else None)
    coming = await _filing(session, row.next_filing_id, holder if own else None)
    shown = [one for view in (filing, coming) if view is not None for one in view.answers]
    return RegistrationView(
        id=row.id,
        kind_id=row.kind_id,
        title=_title(kind),
        number=says_number(kind.prefix, row.number),
        state=State(row.state),
        place=names.places[row.place_id],
        holder=Who(0, "") if row.person_id is None else names.known(row.person_id),
        own=own,
        filing=filing,
        coming=coming,
        filed_at=row.filed_at,
        why_returned=row.why_returned or "",
        valid_until=row.valid_until,
        why_ended=None if row.why_ended is None else WhyEnded(row.why_ended),
        follows=Follows(kind.follows),
        declare_days=policy_of(session, RegistrationPolicy).declare_within.days,
        sealed=any(one.value is None for one in shown),
        moves=LIFECYCLE.open_to(row.state, await relations(session, reader, row)),
    )


async def _filing(
    session: Session, filing_id: int | None, holder: PersonRow | None
) -> FilingView | None:
    """Return a filing; opened where its holder reads it, or who speaks for them."""
    if filing_id is None:
        return None
    if holder is not None:
        about = await filings_about(session, holder.id)
        opened = next((one for one in about if one.id == filing_id), None)
        if opened is not None:
            return opened
    return await filing_view(session, filing_id)


async def _lines(
    session: Session, rows: Sequence[RegistrationRow], *, named: bool
) -> list[RegistrationLine]:
    kinds = {
        one.id: one
        for one in await session.scalars(
            select(RegistrationKindRow).where(
                RegistrationKindRow.id.in_({row.kind_id for row in rows})
            )
        )
    }
    names = await names_for(
        session, [row.person_id for row in rows], {row.place_id for row in rows}
    )
    return [
        RegistrationLine(
            id=row.id,
            title=_title(kinds[row.kind_id]),
            number=says_number(kinds[row.kind_id].prefix, row.number),
            state=State(row.state),
            valid_until=row.valid_until,
            holder=names.known(row.person_id).name if named and row.person_id else "",
            place=names.places[row.place_id],
        )
        for row in rows
    ]


async def waiting_page(session: Session, reader: Person, page: int) -> PageOf[RegistrationLine]:
    """Return a page of what waits at somebody's desk, the longest first."""
    found = (
        select(RegistrationRow)
        .where(_at_desk(reader), RegistrationRow.state.in_(WAITING))
        .order_by(RegistrationRow.filed_at, RegistrationRow.id)
    )
    rows = await page_of(session, found, page, A_PAGE)
    return rows.of(await _lines(session, rows.lines, named=True))


async def kind_page(
    session: Session, reader: Person, kind_id: int, page: int
) -> PageOf[RegistrationLine]:
    """Return a page of what stands or waits of a kind at somebody's desk, by number."""
    found = (
        select(RegistrationRow)
        .where(
            _at_desk(reader),
            RegistrationRow.kind_id == kind_id,
            RegistrationRow.state.in_(VALID | WAITING),
        )
        .order_by(RegistrationRow.community_id, RegistrationRow.number)
    )
    rows = await page_of(session, found, page, A_PAGE)
    return rows.of(await _lines(session, rows.lines, named=True))


async def counts_by_kind(session: Session, reader: Person) -> list[RegisteredCount]:
    """Count what stands and waits at somebody's desk, by kind; kinds of which there is any."""
    stands = func.sum(case((RegistrationRow.state.in_(VALID), 1), else_=0))
    waits = func.sum(case((RegistrationRow.state.in_(WAITING), 1), else_=0))
    found = await session.execute(
        select(RegistrationRow.kind_id, stands.label("stands"), waits.label("waits"))
        .where(_at_desk(reader), RegistrationRow.state.in_(VALID | WAITING))
        .group_by(RegistrationRow.kind_id)
        .order_by(RegistrationRow.kind_id)
    )
    kinds = {row.id: row for row in await session.scalars(select(RegistrationKindRow))}
    return [
        RegisteredCount(row.kind_id, _title(kinds[row.kind_id]), int(row.stands), int(row.waits))
        for row in found.all()
    ]


async def kind_title(session: Session, kind_id: int) -> SheetWords | None:
    """Return what a kind is called; None where there is none."""
    row = await session.get(RegistrationKindRow, kind_id)
    return None if row is None else _title(row)


async def is_searched(session: Session, kind_id: int) -> bool:
    """Return whether registrations of a kind are found by an answer."""
    row = await session.get(RegistrationKindRow, kind_id)
    sheet = None if row is None else await current_sheet(session, row.code)
    return sheet is not None and any(field.indexed for field in sheet.fields)


async def search(
    session: Session, reader: Person, kind_id: int, typed: str
) -> list[RegistrationLine]:
    """List what is found by an answer, such as a plate however it is written, at one's desk.

    What stands or waits; of other places nothing, and nothing says that there is any.
    """
    kind = await session.get(RegistrationKindRow, kind_id)
    sheet = None if kind is None else await current_sheet(session, kind.code)
    if sheet is None:
        return []
    ids = [
        one
        for field in sheet.fields
        if field.indexed
        for one in await by_digest(session, sheet.code, field.key, typed)
    ]
    found = await session.scalars(
        select(RegistrationRow)
        .where(
            or_(RegistrationRow.filing_id.in_(ids), RegistrationRow.next_filing_id.in_(ids)),
            _at_desk(reader),
            RegistrationRow.state != State.ENDED,
        )
        .order_by(RegistrationRow.id)
        .limit(A_PAGE)
    )
    return await _lines(session, [*found], named=True)


async def holders_of_plate(session: Session, community_id: int, typed: str) -> list[int]:
    """List whose vehicle has a plate, in one community, however it is written; those that stand."""
    ids = await by_digest(session, VEHICLE.sheet.code, PLATE, typed)
    found = await session.scalars(
        select(RegistrationRow.person_id)
        .where(
            RegistrationRow.filing_id.in_(ids),
            RegistrationRow.community_id == community_id,
            RegistrationRow.state.in_(VALID),
            RegistrationRow.person_id.is_not(None),
        )
        .distinct()
        .order_by(RegistrationRow.person_id)
    )
    return [one for one in found if one is not None]


async def export(
    session: Session, reader: Person, kind_id: int, *, now: datetime
) -> list[tuple[RegistrationLine, FilingView]] | Refusal:
    """Return what stands of a kind at somebody's desk, for a table; that it was made is on record.

    What is sealed stays so: it is opened one by one, each look on record.
    """
    if not reader.may_anywhere(Right.WORK_DESK):
        return Refusal.NOT_ALLOWED
    found = await session.scalars(
        select(RegistrationRow)
        .where(
            _at_desk(reader),
            RegistrationRow.kind_id == kind_id,
            RegistrationRow.state.in_(VALID),
        )
        .order_by(RegistrationRow.community_id, RegistrationRow.number)
        .limit(EXPORTED_AT_MOST)
    )
    rows = [*found]
    if not rows:
        return Refusal.MISSING
    lines = await _lines(session, rows, named=True)
    views = [None if row.filing_id is None else await filing_view(session, row.filing_id)
             for row in rows]  # fmt: skip
    await record(
        session,
        AuditAct.SHEET_MADE,
        now=now,
        actor_id=reader.id,
        subject=NAME,
        subject_id=kind_id,
    )
    return [(line, view) for line, view in zip(lines, views, strict=True) if view is not None]


async def building_news(
    session: Session, reader_id: int, registration_id: int
) -> BuildingNews | None:
    """Return what a neighbour hears of builders; None where nothing is to be said any more.

    Their building, the days and the floor, and never who has it done.
    """
    row = await session.get(RegistrationRow, registration_id, populate_existing=True)
    reader = await person_by_id(session, reader_id)
    muted = await session.get(BuilderMuteRow, reader_id)
    if row is None or reader is None or muted is not None or row.state not in VALID:
        return None
    kind = await session.get_one(RegistrationKindRow, row.kind_id)
    filing = None if row.filing_id is None else await filing_view(session, row.filing_id)
    if filing is None or kind.code != RENOVATION.sheet.code:
        return None
    begins, ends, floor = (filing.value(key) for key in ("from", "until", "floor"))
    if not isinstance(begins, date) or not isinstance(ends, date):
        return None
    places = await places_by_id(session, {row.place_id})
    return BuildingNews(places[row.place_id], begins, ends, floor if isinstance(floor, str) else "")
