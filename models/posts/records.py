"""Posts and shifts as records: who is what to them, who is told for them, what is sought."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from models.database import Session
from models.help.queries.desk import desk_ids
from models.people.queries import spoken_for
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import community_above
from models.places.rules import covers
from models.places.tables import PlaceRow
from models.posts.notices import Notice, ShiftNotice
from models.posts.rules import (
    HELPED_WITHIN,
    LIFECYCLE,
    MISSED_OFTEN,
    MISSED_WITHIN,
    SHIFT_LIFECYCLE,
    Relation,
    ShiftState,
)
from models.posts.tables import PostRow, ShiftConfirmationRow, ShiftRow, ShiftSwapRow
from models.records.changing import RecordChange, RecordKind
from models.seats.rules import SeatState
from models.seats.tables import SeatRow
from models.teams.queries import leads, leads_of, teams_of

NAME, SHIFTS_NAME = "posts", "shifts"
DESK_TOLD = 3
"""Of a desk so many are told, staff first."""


async def relations(session: Session, who: Person, row: PostRow) -> frozenset[Relation]:
    """Return what somebody is to a post."""
    path = (await session.get_one(PlaceRow, row.place_id)).path
    community = await community_above(session, row.place_id)
    around = community.path if community else path
    shifts = select(ShiftRow.id).where(ShiftRow.post_id == row.id)
    theirs = [who.id, *(card.id for card in await spoken_for(session, who.id))]
    listed = await session.scalar(
        select(SeatRow.id)
        .where(
            SeatRow.person_id.in_(theirs),
            or_(
                and_(SeatRow.subject == SHIFTS_NAME, SeatRow.subject_id.in_(shifts)),
                and_(SeatRow.subject == NAME, SeatRow.subject_id == row.id),
            ),
        )
        .limit(1)
    )
    team = row.team_id
    at_home = who.place_path is not None and covers(around, who.place_path)
    member = team is not None and team in await teams_of(session, who.id)
    leads_team = team is not None and member and await leads(session, who.id, team)
    holds = {
        Relation.DESK: who.may(Right.WORK_DESK, path),
        Relation.LEAD: row.lead_id == who.id or leads_team,
        Relation.NEIGHBOUR: at_home or member,
        Relation.HELPER: listed is not None,
    }
    return frozenset(relation for relation, held in holds.items() if held)


async def shift_relations(session: Session, who: Person, row: ShiftRow) -> frozenset[Relation]:
    """Return what somebody is to a shift: the same as to its post."""
    return await relations(session, who, await session.get_one(PostRow, row.post_id))


POSTS = RecordKind(
    NAME,
    PostRow,
    LIFECYCLE,
    relations,
    cards=tuple(kind for kind in Notice if kind.declared.changes),
)
SHIFTS = RecordKind(
    SHIFTS_NAME,
    ShiftRow,
    SHIFT_LIFECYCLE,
    shift_relations,
    cards=tuple(kind for kind in ShiftNotice if kind.declared.changes),
)

PostChange = RecordChange[PostRow]
ShiftChange = RecordChange[ShiftRow]


async def post_of(change: ShiftChange) -> PostRow:
    """Return the post of a shift."""
    return await change.session.get_one(PostRow, change.row.post_id)


async def who_leads(session: Session, post: PostRow) -> list[int]:
    """List who is told for a post: its lead and those of its team, else the desk."""
    own = [] if post.lead_id is None else [post.lead_id]
    team = [] if post.team_id is None else await leads_of(session, post.team_id)
    return list(dict.fromkeys([*own, *team])) or await desk_of(session, post)


async def desk_of(session: Session, post: PostRow) -> list[int]:
    """List who is told for the desk of a post, staff first."""
    path = (await session.get_one(PlaceRow, post.place_id)).path
    return (await desk_ids(session, path))[:DESK_TOLD]


async def who_confirms(session: Session, post: PostRow, left: Collection[int]) -> list[int]:
    """List who can confirm any of those who are not confirmed; the desk where no lead can.

    Nobody confirms themselves, or somebody they speak for.
    """
    able = [one for one in await who_leads(session, post) if await _can_confirm(session, one, left)]
    return able or await desk_of(session, post)


async def _can_confirm(session: Session, person_id: int, left: Collection[int]) -> bool:
    own = {person_id, *(card.id for card in await spoken_for(session, person_id))}
    return not own.issuperset(left)


async def is_of_place(session: Session, post: PostRow, person_id: int) -> bool:
    """Return whether somebody lives in the community of a post, or is in its team."""
    home = await session.scalar(
        select(PlaceRow.path)
        .join(PersonRow, PersonRow.place_id == PlaceRow.id)
        .where(PersonRow.id == person_id, PersonRow.left_at.is_(None))
    )
    community = await community_above(session, post.place_id)
    path = community.path if community else (await session.get_one(PlaceRow, post.place_id)).path
    if home is not None and covers(path, home):
        return True
    return post.team_id is not None and post.team_id in await teams_of(session, person_id)


async def clashing(session: Session, person_id: int, shift: ShiftRow) -> list[ShiftRow]:
    """List the other shifts in which somebody has a place while this one goes on, by number."""
    found = await session.scalars(
        select(ShiftRow)
        .join(SeatRow, SeatRow.subject_id == ShiftRow.id)
        .where(
            SeatRow.subject == SHIFTS_NAME,
            SeatRow.person_id == person_id,
            SeatRow.state.in_([SeatState.HELD, SeatState.CAME]),
            ShiftRow.id != shift.id,
            ShiftRow.state == ShiftState.OPEN,
            ShiftRow.starts_at < shift.ends_at,
            ShiftRow.ends_at > shift.starts_at,
        )
        .order_by(ShiftRow.id)
    )
    return list(found)


async def missed_often(session: Session, people: Collection[int], now: datetime) -> list[int]:
    """List which of some people missed MISSED_OFTEN shifts lately without a word; whoever asked
    for a stand-in gave one."""
    asked = select(ShiftSwapRow.id).where(
        ShiftSwapRow.shift_id == ShiftRow.id, ShiftSwapRow.person_id == SeatRow.person_id
    )
    found = await session.scalars(
        select(SeatRow.person_id)
        .join(ShiftRow, ShiftRow.id == SeatRow.subject_id)
        .where(
            SeatRow.subject == SHIFTS_NAME,
            SeatRow.person_id.in_(people),
            SeatRow.state == SeatState.ABSENT,
            ShiftRow.ends_at > now - MISSED_WITHIN,
            ~asked.exists(),
        )
        .group_by(SeatRow.person_id)
        .having(func.count() >= MISSED_OFTEN)
        .order_by(SeatRow.person_id)
    )
    return list(found)


async def sought(session: Session, shift_id: int) -> dict[int, ShiftSwapRow]:
    """Return for whom a stand-in is sought, as it is now, by person, the first first."""
    found = await session.scalars(
        select(ShiftSwapRow)
        .where(ShiftSwapRow.shift_id == shift_id, ShiftSwapRow.ended_at.is_(None))
        .order_by(ShiftSwapRow.id)
        .execution_options(populate_existing=True)
    )
    return {row.person_id: row for row in found}


async def who_knows(session: Session, shift: ShiftRow, now: datetime) -> list[int]:
    """List who can be asked to stand in: whoever has a place in a shift of the post, or had one
    lately, but in this one not."""
    here = select(SeatRow.person_id).where(
        SeatRow.subject == SHIFTS_NAME,
        SeatRow.subject_id == shift.id,
        SeatRow.state.in_([SeatState.HELD, SeatState.CAME]),
    )
    found = await session.scalars(
        select(SeatRow.person_id)
        .join(ShiftRow, ShiftRow.id == SeatRow.subject_id)
        .where(
            SeatRow.subject == SHIFTS_NAME,
            ShiftRow.post_id == shift.post_id,
            ShiftRow.starts_at > now - HELPED_WITHIN,
            SeatRow.state.in_([SeatState.HELD, SeatState.CAME]),
            SeatRow.person_id.not_in(here),
        )
        .distinct()
        .order_by(SeatRow.person_id)
    )
    return list(found)


async def minutes_by_person(session: Session, shift_id: int) -> dict[int, int]:
    """Return the minutes of a shift that are confirmed, by person."""
    found = await session.execute(
        select(ShiftConfirmationRow.person_id, ShiftConfirmationRow.minutes).where(
            ShiftConfirmationRow.shift_id == shift_id
        )
    )
    return {row.person_id: row.minutes for row in found.all()}


async def end_stands(change: ShiftChange, people: Iterable[int]) -> None:
    """Note that no stand-in is sought any more for these."""
    gone = {*people}
    for person_id, row in (await sought(change.session, change.row.id)).items():
        if person_id in gone:
            row.ended_at = change.now
    await change.session.flush()
