"""Reading posts and shifts."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, time

from sqlalchemy import or_, select

from models.database import Session
from models.names.queries import names_for, places_by_id
from models.names.views import Where
from models.people.desks import places_of_desk
from models.people.queries import person_by_id, spoken_for
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import at_or_below, community_above
from models.places.tables import PlaceRow
from models.posts.records import (
    NAME,
    POSTS,
    SHIFTS,
    SHIFTS_NAME,
    clashing,
    minutes_by_person,
    relations,
    shift_relations,
    sought,
)
from models.posts.rules import (
    LIFECYCLE,
    SHIFT_LIFECYCLE,
    Move,
    PostKind,
    Relation,
    ShiftMove,
    ShiftState,
    State,
    WeeklyPlan,
    may_step_in,
    missing,
    rank,
    surname,
    weekdays_of,
)
from models.posts.tables import PostRow, ShiftRow
from models.posts.views import (
    Helper,
    PostLine,
    PostRoster,
    PostView,
    ShiftDue,
    ShiftLine,
    ShiftRoster,
    ShiftView,
    Stand,
)
from models.records.reading import seen, seen_by_id
from models.records.rules import PageOf, Refusal, page_bounds
from models.seats.queries import counts, holders, open_of, roster, seat_of
from models.seats.rules import OPEN, SeatState
from models.seats.views import RosterLine, SeatCounts
from models.teams.queries import team_names, teams_for, teams_of
from models.volunteers.tables import SkillRow

A_PAGE = 6
READ_AT_MOST = 500
"""Open posts of one community are a few dozen."""
SHIFTS_SHOWN = 12
PLACES_OFFERED = 40
NOBODY = SeatCounts(seats=0, taken=0, free=0, waiting=0, came=0, walked_in=0)
"""On the list of a post with shifts: it has none itself."""


async def open_posts(
    session: Session, reader: Person, page: int = 0, *, now: datetime
) -> PageOf[PostLine]:
    """Return a page of what is open where somebody lives or works, or of a team of theirs: their
    teams' first, then by own skills, then what is near."""
    own_teams = await teams_of(session, reader.id)
    theirs = or_(at_or_below(await _around(session, reader)), PostRow.team_id.in_(own_teams))
    found = await session.execute(
        select(PostRow, PlaceRow.path)
        .join(PlaceRow, PlaceRow.id == PostRow.place_id)
        .where(theirs, PostRow.state == State.OPEN)
        .order_by(PostRow.id.desc())
        .limit(READ_AT_MOST)
    )
    skills = set(
        await session.scalars(select(SkillRow.skill).where(SkillRow.person_id == reader.id))
    )
    home = reader.place_path or ""
    rows = sorted(
        found.all(),
        key=lambda one: rank(
            one.PostRow.skills, one.path, skills, home, own_team=one.PostRow.team_id in own_teams
        ),
    )
    page, pages = page_bounds(len(rows), page, A_PAGE)
    shown = [one.PostRow for one in rows[page * A_PAGE :][:A_PAGE]]
    return PageOf(tuple(await _lines(session, reader, shown, skills, now)), page, pages, len(rows))


async def post(
    session: Session, reader: Person, post_id: int, *, now: datetime
) -> PostView | Refusal:
    """Return one post as its reader sees it."""
    row = await seen(session, POSTS, post_id, Move.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _view(session, reader, row, now)


async def post_told(
    session: Session, reader_id: int, post_id: int, now: datetime
) -> PostView | None:
    """Return a post to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, POSTS, post_id, Move.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _view(session, reader, row, now) if row and reader else None


async def shift(
    session: Session, reader: Person, shift_id: int, *, now: datetime
) -> ShiftView | Refusal:
    """Return one shift as its reader sees it."""
    row = await seen(session, SHIFTS, shift_id, ShiftMove.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _shift_view(session, reader, row)


async def shift_told(
    session: Session, reader_id: int, shift_id: int, _now: datetime
) -> ShiftView | None:
    """Return a shift to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, SHIFTS, shift_id, ShiftMove.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _shift_view(session, reader, row) if row and reader else None


async def post_roster(
    session: Session, actor: Person, post_id: int, *, now: datetime
) -> PostRoster | Refusal:
    """Return who holds a post, to its lead and the desk."""
    row = await seen(session, POSTS, post_id, Move.ROSTER, actor, now)
    if isinstance(row, Refusal):
        return row
    helpers = await _named(session, await roster(session, NAME, row.id), ())
    return PostRoster(await _view(session, actor, row, now), helpers)


async def shift_roster(
    session: Session, actor: Person, shift_id: int, *, now: datetime
) -> ShiftRoster | Refusal:
    """Return who is on the list of a shift, to its lead and the desk."""
    row = await seen(session, SHIFTS, shift_id, ShiftMove.ROSTER, actor, now)
    if isinstance(row, Refusal):
        return row
    confirmed = await minutes_by_person(session, row.id)
    helpers = await _named(session, await roster(session, SHIFTS_NAME, row.id), confirmed)
    return ShiftRoster(await _shift_view(session, actor, row), helpers)


async def my_shifts(session: Session, reader: Person, *, now: datetime) -> list[ShiftLine]:
    """List the shifts to come in which somebody has a place, is asked or waits, the next first."""
    states = dict(await open_of(session, reader.id, SHIFTS_NAME))
    found = await session.execute(
        select(ShiftRow, PostRow)
        .join(PostRow, PostRow.id == ShiftRow.post_id)
        .where(ShiftRow.id.in_(states), ShiftRow.state == ShiftState.OPEN, ShiftRow.ends_at > now)
        .order_by(ShiftRow.starts_at, ShiftRow.id)
    )
    rows = [(one.ShiftRow, one.PostRow) for one in found.all()]
    full = await counts(session, SHIFTS_NAME, [row.id for row, _post in rows])
    return [_shift_line(row, of, full[row.id], states.get(row.id)) for row, of in rows]


async def due_of(session: Session, person_id: int, now: datetime) -> list[ShiftDue]:
    """List the shifts that somebody has promised to come to, the next first."""
    states = dict(await open_of(session, person_id, SHIFTS_NAME))
    held = [one for one, state in states.items() if state in {SeatState.HELD, SeatState.CAME}]
    found = await session.execute(
        select(ShiftRow, PostRow)
        .join(PostRow, PostRow.id == ShiftRow.post_id)
        .where(ShiftRow.id.in_(held), ShiftRow.state == ShiftState.OPEN, ShiftRow.ends_at > now)
        .order_by(ShiftRow.starts_at, ShiftRow.id)
    )
    return [_due(one.ShiftRow, one.PostRow) for one in found.all()]


def _due(row: ShiftRow, of: PostRow) -> ShiftDue:
    return ShiftDue(of.title, of.where, row.starts_at, row.ends_at, row.id)


async def places_of(session: Session, actor: Person) -> list[Where]:
    """List where somebody may announce a post, the widest first; empty without a desk."""
    ids = (await places_of_desk(session, actor))[:PLACES_OFFERED]
    named = await places_by_id(session, set(ids))
    return [named[one] for one in ids]


async def any_team(session: Session, actor: Person) -> bool:
    """Return whether a post that somebody announces could be a team's."""
    for place_id in await places_of_desk(session, actor):
        if await teams_for(session, place_id):
            return True
    return False


async def _around(session: Session, reader: Person) -> list[str]:
    home = None if reader.place_id is None else await community_above(session, reader.place_id)
    return [*reader.paths_with(Right.WORK_DESK), *([home.path] if home else [])]


async def _lines(
    session: Session,
    reader: Person,
    rows: Sequence[PostRow],
    skills: Collection[str],
    now: datetime,
) -> list[PostLine]:
    shifts = await _coming(session, reader, rows, now)
    full = await counts(session, NAME, [row.id for row in rows])
    taken = {SeatState.HELD, SeatState.CAME}
    mine = {one for one, state in await open_of(session, reader.id, NAME) if state in taken}
    teams = await team_names(session, [row.team_id for row in rows])
    lines = []
    for row in rows:
        ahead = [one for one in shifts[row.id] if now < one.starts_at]
        free = [one for one in ahead if one.counts.free]
        own = full[row.id].free or 0 if row.id in full else 0
        lines.append(
            PostLine(
                id=row.id,
                kind=PostKind(row.kind),
                title=row.title,
                where=row.where,
                light=row.light,
                wanted=own + sum(one.counts.free or 0 for one in free),
                fits=bool({*row.skills} & {*skills}),
                next_at=free[0].starts_at if free else None,
                mine=row.id in mine or any(one.mine in taken for one in shifts[row.id]),
                idle=row.kind == PostKind.SHIFT and not ahead,
                team=teams.get(row.team_id or 0, ""),
            )
        )
    return lines


async def _coming(
    session: Session, reader: Person, rows: Sequence[PostRow], now: datetime
) -> dict[int, list[ShiftLine]]:
    """List the shifts to come, or on, of some posts, the next first."""
    found = await session.scalars(
        select(ShiftRow)
        .where(
            ShiftRow.post_id.in_([row.id for row in rows]),
            ShiftRow.state == ShiftState.OPEN,
            ShiftRow.ends_at > now,
        )
        .order_by(ShiftRow.starts_at, ShiftRow.id)
    )
    shifts, posts = found.all(), {row.id: row for row in rows}
    full = await counts(session, SHIFTS_NAME, [row.id for row in shifts])
    mine = dict(await open_of(session, reader.id, SHIFTS_NAME))
    lines = defaultdict[int, list[ShiftLine]](list)
    for row in shifts:
        line = _shift_line(row, posts[row.post_id], full[row.id], mine.get(row.id))
        lines[row.post_id].append(line)
    return lines


def _shift_line(row: ShiftRow, of: PostRow, full: SeatCounts, mine: SeatState | None) -> ShiftLine:
    return ShiftLine(
        id=row.id,
        title=of.title,
        where=of.where,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        state=ShiftState(row.state),
        counts=full,
        mine=mine,
    )


def weekly_of(row: PostRow) -> WeeklyPlan | None:
    """Return the weekly plan of a post; None where it has none."""
    if not row.weekdays:
        return None
    at, ends = divmod(row.weekly_from, 60), divmod(row.weekly_until, 60)
    return WeeklyPlan(weekdays_of(row.weekdays), time(*at), time(*ends))


async def _view(session: Session, reader: Person, row: PostRow, now: datetime) -> PostView:
    moves = LIFECYCLE.open_to(row.state, await relations(session, reader, row))
    looks_after = Move.ROSTER in moves
    names = await names_for(session, [row.lead_id if looks_after else None], {row.place_id})
    return PostView(
        id=row.id,
        kind=PostKind(row.kind),
        title=row.title,
        words=row.words,
        where=row.where,
        place=names.places[row.place_id],
        skills=tuple(row.skills),
        light=row.light,
        seats=row.seats,
        weekly=weekly_of(row),
        state=State(row.state),
        why_ended=row.why_ended or "",
        counts=(await counts(session, NAME, [row.id])).get(row.id, NOBODY),
        mine=await seat_of(session, NAME, row.id, reader.id),
        others=await _others(session, reader, NAME, row.id),
        shifts=tuple((await _coming(session, reader, [row], now))[row.id][:SHIFTS_SHOWN]),
        lead=names.person(row.lead_id),
        leads_it=row.lead_id == reader.id,
        team=(await team_names(session, [row.team_id])).get(row.team_id or 0, ""),
        moves=moves,
    )


async def _shift_view(session: Session, reader: Person, row: ShiftRow) -> ShiftView:
    of = await session.get_one(PostRow, row.post_id)
    hats = await shift_relations(session, reader, row)
    moves = SHIFT_LIFECYCLE.open_to(row.state, hats)
    came = await holders(session, SHIFTS_NAME, row.id, [SeatState.CAME])
    held = await holders(session, SHIFTS_NAME, row.id, [SeatState.HELD])
    confirmed = await minutes_by_person(session, row.id)
    full = (await counts(session, SHIFTS_NAME, [row.id]))[row.id]
    mine = await seat_of(session, SHIFTS_NAME, row.id, reader.id)
    ours = hats & {Relation.HELPER, Relation.LEAD, Relation.DESK}
    return ShiftView(
        id=row.id,
        post_id=of.id,
        title=of.title,
        words=of.words,
        where=of.where,
        place=(await places_by_id(session, {of.place_id}))[of.place_id],
        light=of.light,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        state=ShiftState(row.state),
        why_off=row.why_off or "",
        counts=full,
        missing=missing(full.seats, len(held) + len(came)),
        unconfirmed=len({*came} - {*confirmed}) if ShiftMove.ROSTER in moves else 0,
        mine=mine,
        others=await _others(session, reader, SHIFTS_NAME, row.id),
        clash=await _clash(session, reader, row),
        my_minutes=confirmed.get(reader.id, 0),
        stands=await _stands(session, reader, row, mine.state if mine else None, full)
        if ours
        else (),
        moves=moves,
    )


async def _others(
    session: Session, reader: Person, subject: str, subject_id: int
) -> tuple[Helper, ...]:
    """List those whom the reader speaks for and who stand on a list."""
    people = [card.id for card in await spoken_for(session, reader.id)]
    listed = await roster(session, subject, subject_id, only=people) if people else []
    return await _named(session, [line for line in listed if line.state in OPEN], ())


async def _clash(session: Session, reader: Person, row: ShiftRow) -> tuple[ShiftDue, ...]:
    """List what else the reader has at the time of a shift that is to come."""
    if row.state != ShiftState.OPEN:
        return ()
    rows = await clashing(session, reader.id, row)
    posts = await session.scalars(
        select(PostRow).where(PostRow.id.in_([one.post_id for one in rows]))
    )
    of = {one.id: one for one in posts}
    return tuple(_due(one, of[one.post_id]) for one in rows)


async def _stands(
    session: Session,
    reader: Person,
    row: ShiftRow,
    mine: SeatState | None,
    full: SeatCounts,
) -> tuple[Stand, ...]:
    if row.state != ShiftState.OPEN:
        return ()
    asked = await sought(session, row.id)
    names = await names_for(session, asked)
    in_line = mine is SeatState.WAITING
    free = mine not in {SeatState.HELD, SeatState.CAME}
    return tuple(
        Stand(
            person_id=person_id,
            surname=surname(names.known(person_id).name),
            mine=person_id == reader.id,
            open_to_me=free and may_step_in(in_line=in_line, line=full.waiting, wide=one.wide),
        )
        for person_id, one in asked.items()
    )


async def _named(
    session: Session, lines: Sequence[RosterLine], confirmed: Collection[int]
) -> tuple[Helper, ...]:
    people = [line.person_id for line in lines]
    names = await names_for(session, [*people, *(line.signed_by for line in lines)])
    return tuple(
        Helper(
            names.known(line.person_id),
            line,
            line.person_id in confirmed,
            names.person(line.signed_by) if line.signed_by != line.person_id else None,
        )
        for line in lines
    )
