"""Reading rounds, walks and checklists."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from models.categories import Body
from models.database import Session
from models.inspections.checklists import BUILT_IN, place_of
from models.inspections.records import (
    ROUNDS,
    WALKS,
    half_done,
    marks_of,
    points_of,
    round_relations,
    sheet_by_id,
    walk_relations,
)
from models.inspections.rules import (
    NAME,
    ROUND_LIFECYCLE,
    WALK_LIFECYCLE,
    InspectionRoundMove,
    InspectionRoundState,
    RoundRhythm,
    WalkMark,
    WalkMove,
    WalkState,
    point_at,
    rhythm_of,
    tally,
)
from models.inspections.tables import (
    InspectionMissRow,
    InspectionPointRow,
    InspectionRoundRow,
    InspectionRow,
)
from models.inspections.views import (
    ChecklistLine,
    HistoryLine,
    InspectionRoundView,
    PointView,
    RoundHistory,
    RoundLine,
    RoundsPage,
    WalkLine,
    WalkView,
)
from models.names.queries import names_for, places_by_id
from models.names.views import Where, Who
from models.people.desk import at_desk
from models.people.desks import places_of_desk
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import at_or_below, community_above, find_standing
from models.places.tables import PlaceRow
from models.records.reading import page_of, seen, seen_by_id
from models.records.rules import Refusal
from models.routines.queries import (
    due_between,
    last_done,
    open_occasions,
    people_of,
    routines_of,
)
from models.routines.rules import OccasionState
from models.routines.tables import OccasionRow
from models.routines.views import OccasionView
from models.sheets.queries import current_sheet, sheets_of
from models.sheets.rules.fields import SheetWords

A_PAGE = 6
HALVES_SHOWN, WALKS_SHOWN = 6, 5
PLACES_OFFERED, WALKERS_OFFERED = 40, 40
HISTORY_AT_MOST = 1000
MISSED_WITHIN = timedelta(days=90)


async def community_of(session: Session, place_id: int) -> int:
    """Return the community of a place (id), of which its checklists are; else the place itself."""
    community = await community_above(session, place_id)
    return place_id if community is None else community.id


async def checklists_at(session: Session, actor: Person, place_id: int) -> list[ChecklistLine]:
    """List the checklists that can be walked at a place: its community's own, then the house's."""
    community_id = await community_of(session, place_id)
    community = await find_standing(session, community_id)
    may = community is not None and actor.may(Right.SUPERVISE, community.path)
    own = [one for one in await sheets_of(session, NAME) if place_of(one.code) == community_id]
    return [
        ChecklistLine(
            one.code,
            one.title,
            tuple(field.words for field in one.fields),
            changes=may and place_of(one.code) is not None,
        )
        for one in (*own, *BUILT_IN)
    ]


async def places_to_walk(session: Session, actor: Person) -> list[Where]:
    """List where somebody may walk, the widest first; empty without a desk."""
    ids = (await places_of_desk(session, actor))[:PLACES_OFFERED]
    named = await places_by_id(session, set(ids))
    return [named[one] for one in ids]


async def walkers_at(session: Session, place_id: int) -> list[Who]:
    """List who can walk at a place: whoever works at its desk, by number."""
    path = (await session.get_one(PlaceRow, place_id)).path
    people = select(PersonRow.id, PersonRow.name).distinct()
    found = await session.execute(
        at_desk(people, path)
        .where(PersonRow.telegram_id.is_not(None))
        .order_by(PersonRow.id)
        .limit(WALKERS_OFFERED)
    )
    return [Who(row.id, row.name) for row in found.all()]


async def rounds_page(
    session: Session, reader: Person, page: int = 0, *, now: datetime
) -> RoundsPage:
    """Return what is half-done, and a page of the rounds that go on at somebody's desk."""
    below = select(PlaceRow.id).where(at_or_below(reader.paths_with(Right.WORK_DESK)))
    found = (
        select(InspectionRoundRow)
        .where(
            InspectionRoundRow.place_id.in_(below),
            InspectionRoundRow.state == InspectionRoundState.ON,
        )
        .order_by(InspectionRoundRow.place_id, InspectionRoundRow.id)
    )
    rounds = await page_of(session, found, page, A_PAGE)
    halves = await session.scalars(
        select(InspectionRow)
        .where(InspectionRow.place_id.in_(below), InspectionRow.state == WalkState.OPEN)
        .order_by(InspectionRow.by_id != reader.id, InspectionRow.id.desc())
        .limit(HALVES_SHOWN)
    )
    lines = await _round_lines(session, rounds.lines, now)
    return RoundsPage(tuple(await _walk_lines(session, [*halves])), rounds.of(lines))


async def round_(
    session: Session, reader: Person, round_id: int, *, now: datetime
) -> InspectionRoundView | Refusal:
    """Return one round as its reader sees it."""
    row = await seen(session, ROUNDS, round_id, InspectionRoundMove.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _round_view(session, reader, row, now)


async def round_told(
    session: Session, reader_id: int, round_id: int, now: datetime
) -> InspectionRoundView | None:
    """Return a round to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, ROUNDS, round_id, InspectionRoundMove.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _round_view(session, reader, row, now) if row and reader else None


async def walk(
    session: Session, reader: Person, walk_id: int, *, now: datetime
) -> WalkView | Refusal:
    """Return one walk as its reader sees it."""
    row = await seen(session, WALKS, walk_id, WalkMove.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _walk_view(session, reader, row)


async def walk_told(
    session: Session, reader_id: int, walk_id: int, _now: datetime
) -> WalkView | None:
    """Return a walk to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, WALKS, walk_id, WalkMove.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _walk_view(session, reader, row) if row and reader else None


async def history(
    session: Session, actor: Person, round_id: int, *, now: datetime
) -> RoundHistory | Refusal:
    """Return what became of a round, time by time, the latest first."""
    row = await seen(session, ROUNDS, round_id, InspectionRoundMove.EXPORT, actor, now)
    if isinstance(row, Refusal):
        return row
    found = await session.execute(
        select(OccasionRow, InspectionRow.id.label("walk_id"), InspectionMissRow.seen_at)
        .outerjoin(InspectionRow, InspectionRow.occasion_id == OccasionRow.id)
        .outerjoin(InspectionMissRow, InspectionMissRow.occasion_id == OccasionRow.id)
        .where(
            OccasionRow.subject == NAME,
            OccasionRow.subject_id == round_id,
            OccasionRow.opens_at <= now,
        )
        .order_by(OccasionRow.opens_at.desc())
        .limit(HISTORY_AT_MOST)
    )
    rows = found.all()
    marks = await _marks(session, [one.walk_id for one in rows if one.walk_id is not None])
    lines = tuple(
        HistoryLine(
            one.OccasionRow.opens_at,
            one.OccasionRow.ends_at,
            one.OccasionRow.state,
            one.OccasionRow.settled_at,
            one.seen_at,
            tally(marks[one.walk_id or 0]),
        )
        for one in rows
    )
    return RoundHistory(await _round_view(session, actor, row, now), lines)


async def _marks(session: Session, walk_ids: Iterable[int]) -> dict[int, dict[str, WalkMark]]:
    found = await session.scalars(
        select(InspectionPointRow).where(InspectionPointRow.inspection_id.in_([*walk_ids]))
    )
    marks = defaultdict[int, dict[str, WalkMark]](dict)
    for row in found:
        marks[row.inspection_id][row.key] = WalkMark(row.mark)
    return marks


async def _round_lines(
    session: Session, rows: Sequence[InspectionRoundRow], now: datetime
) -> list[RoundLine]:
    ids = [row.id for row in rows]
    places = await places_by_id(session, {row.place_id for row in rows})
    done = await last_done(session, NAME, ids)
    due: dict[int, OccasionView] = {}
    for one in await open_occasions(session, NAME, now, subject_ids=ids):
        due.setdefault(one.subject_id, one)
    plans = {one.subject_id: one.plan for one in await routines_of(session, NAME, ids)}
    coming = await session.execute(
        select(OccasionRow.subject_id, func.min(OccasionRow.opens_at))
        .where(
            OccasionRow.subject == NAME,
            OccasionRow.subject_id.in_(ids),
            OccasionRow.opens_at > now,
            OccasionRow.state == OccasionState.DUE,
        )
        .group_by(OccasionRow.subject_id)
    )
    next_at = {one[0]: one[1] for one in coming.all()}
    unseen = await _unseen(session, ids)
    return [
        RoundLine(
            id=row.id,
            title=row.title,
            place=places[row.place_id],
            rhythm=rhythm_of(plans[row.id]) if row.id in plans else RoundRhythm.DAILY,
            state=InspectionRoundState(row.state),
            open=due.get(row.id) if row.state == InspectionRoundState.ON else None,
            unseen=unseen.get(row.id, 0),
            next_at=next_at.get(row.id),
            last_done=done.get(row.id),
        )
        for row in rows
    ]


async def _unseen(session: Session, round_ids: Sequence[int]) -> dict[int, int]:
    """Count, by round, the missed times of which nobody has said that they know."""
    found = await session.execute(
        select(InspectionMissRow.round_id, func.count())
        .where(InspectionMissRow.round_id.in_(round_ids), InspectionMissRow.seen_at.is_(None))
        .group_by(InspectionMissRow.round_id)
    )
    return {one[0]: one[1] for one in found.all()}


async def _round_view(
    session: Session, reader: Person, row: InspectionRoundRow, now: datetime
) -> InspectionRoundView:
    [line] = await _round_lines(session, [row], now)
    order = [] if row.routine_id is None else await people_of(session, row.routine_id)
    turn_id = line.open.person_id if line.open else None
    names = await names_for(session, [*order, turn_id])
    half = await half_done(session, row.id)
    last = await session.scalars(
        select(InspectionRow)
        .where(InspectionRow.round_id == row.id, InspectionRow.state == WalkState.DONE)
        .order_by(InspectionRow.begun_at.desc())
        .limit(WALKS_SHOWN)
    )
    lately = await due_between(session, NAME, now - MISSED_WITHIN, now, subject_ids=[row.id])
    sheet = await current_sheet(session, row.checklist)
    return InspectionRoundView(
        line=line,
        body=Body(row.body),
        checklist=sheet.title if sheet else SheetWords(row.checklist, row.checklist),
        walkers=tuple(names.known(one) for one in order),
        turn=names.person(turn_id),
        half=next(iter(await _walk_lines(session, [half] if half else [])), None),
        walks=tuple(await _walk_lines(session, [*last])),
        missed=sum(one.state is OccasionState.MISSED for one in lately),
        moves=ROUND_LIFECYCLE.open_to(row.state, await round_relations(session, reader, row)),
    )


async def _walk_lines(session: Session, rows: Sequence[InspectionRow]) -> list[WalkLine]:
    places = await places_by_id(session, {row.place_id for row in rows})
    marks = await _marks(session, [row.id for row in rows])
    lines = []
    for row in rows:
        sheet = await sheet_by_id(session, row.sheet_id)
        said = marks[row.id]
        lines.append(
            WalkLine(
                id=row.id,
                title=await _title(session, row, sheet.title),
                place=places[row.place_id],
                state=WalkState(row.state),
                begun_at=row.begun_at,
                finished_at=row.finished_at,
                marked=len(said),
                points=len(sheet.fields),
                bad=tally(said)[WalkMark.BAD],
            )
        )
    return lines


async def _title(session: Session, row: InspectionRow, checklist: SheetWords) -> SheetWords:
    if row.round_id is None:
        return checklist
    title = (await session.get_one(InspectionRoundRow, row.round_id)).title
    return SheetWords(title, title)


async def _walk_view(session: Session, reader: Person, row: InspectionRow) -> WalkView:
    sheet = await sheet_by_id(session, row.sheet_id)
    points = await points_of(session, row.id)
    marks = marks_of(points)
    names = await names_for(session, [row.by_id], {row.place_id})
    keys = [field.key for field in sheet.fields]
    return WalkView(
        id=row.id,
        round_id=row.round_id,
        title=await _title(session, row, sheet.title),
        place=names.places[row.place_id],
        body=Body(row.body),
        version=sheet.version,
        changed=not sheet.current,
        state=WalkState(row.state),
        by=names.person(row.by_id),
        begun_at=row.begun_at,
        finished_at=row.finished_at,
        points=tuple(
            PointView(
                field,
                marks.get(field.key),
                points[field.key].hazard_id if field.key in points else None,
            )
            for field in sheet.fields
        ),
        at=point_at(keys, marks),
        moves=WALK_LIFECYCLE.open_to(row.state, await walk_relations(session, reader, row)),
    )
