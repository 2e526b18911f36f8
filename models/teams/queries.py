"""Reading teams."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, case, func, or_, select

from models.database import Session
from models.names.queries import names_for, places_by_id
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import at_or_below, community_above
from models.places.rules import ancestors, covers
from models.places.tables import PlaceRow
from models.records.changing import RecordKind
from models.records.reading import page_of, seen, seen_by_id
from models.records.rules import PageOf, Refusal
from models.teams.rules import LIFECYCLE, Membership, Move, Notice, Relation, State
from models.teams.tables import MemberRow, TeamRow, TeamWordsRow
from models.teams.views import Member, TeamLine, TeamName, TeamRoster, TeamTold, TeamView

NAME = "teams"
A_PAGE = 6


async def relations(session: Session, who: Person, row: TeamRow) -> frozenset[Relation]:
    """Return what somebody is to a team."""
    path = (await session.get_one(PlaceRow, row.place_id)).path
    mine = await session.scalar(
        select(MemberRow).where(MemberRow.team_id == row.id, MemberRow.person_id == who.id)
    )
    inside = mine is not None and mine.state == Membership.IN
    holds = {
        Relation.HOST: who.may(Right.WORK_DESK, path),
        Relation.NEIGHBOUR: who.place_path is not None and covers(path, who.place_path),
        Relation.ASKING: mine is not None and mine.state == Membership.ASKED,
        Relation.MEMBER: inside,
        Relation.LEAD: inside and mine is not None and mine.lead,
    }
    return frozenset(relation for relation, held in holds.items() if held)


TEAMS = RecordKind(
    NAME,
    TeamRow,
    LIFECYCLE,
    relations,
    cards=tuple(kind for kind in Notice if kind.declared.changes),
)


async def team(
    session: Session, reader: Person, team_id: int, *, now: datetime
) -> TeamView | Refusal:
    """Return one team as its reader sees it."""
    row = await seen(session, TEAMS, team_id, Move.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _view(session, reader, row)


async def team_told(
    session: Session, reader_id: int, team_id: int, _now: datetime
) -> TeamView | None:
    """Return a team to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, TEAMS, team_id, Move.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _view(session, reader, row) if row and reader else None


async def roster_of(
    session: Session, actor: Person, team_id: int, *, now: datetime
) -> TeamRoster | Refusal:
    """Return who is in a team, and who wants to be, to its leads and the desk."""
    row = await seen(session, TEAMS, team_id, Move.ROSTER, actor, now)
    return row if isinstance(row, Refusal) else await _roster(session, actor, row)


async def roster_told(
    session: Session, reader_id: int, team_id: int, _now: datetime
) -> TeamRoster | None:
    """Return who is in a team to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, TEAMS, team_id, Move.ROSTER, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _roster(session, reader, row) if row and reader else None


async def teams_around(session: Session, reader: Person, page: int = 0) -> PageOf[TeamLine]:
    """Return a page of the teams where somebody lives or works, their own first."""
    around = TeamRow.place_id.in_(ancestors(reader.place_path or ""))
    at_desk = select(PlaceRow.id).where(at_or_below(reader.paths_with(Right.WORK_DESK)))
    mine = select(MemberRow.team_id).where(
        MemberRow.person_id == reader.id, MemberRow.state == Membership.IN
    )
    theirs = or_(around, TeamRow.place_id.in_(at_desk), TeamRow.id.in_(mine))
    found = (
        select(TeamRow)
        .where(TeamRow.state == State.ACTIVE, theirs)
        .order_by(case((TeamRow.id.in_(mine), 0), else_=1), TeamRow.id)
    )
    shown = await page_of(session, found, page, A_PAGE)
    return shown.of(await lines_of(session, reader.id, shown.lines))


async def teams_at(session: Session, path: str) -> list[TeamName]:
    """List the active teams at a place and below it, in the order of their numbers."""
    below = select(PlaceRow.id).where(at_or_below([path]))
    found = await session.execute(
        select(TeamRow.id, TeamRow.name)
        .where(TeamRow.state == State.ACTIVE, TeamRow.place_id.in_(below))
        .order_by(TeamRow.id)
    )
    return [TeamName(one.id, one.name) for one in found]


async def teams_for(session: Session, place_id: int) -> list[TeamName]:
    """List the teams of the community of a place: what is to be done there can be theirs."""
    community = await community_above(session, place_id)
    place = await session.get_one(PlaceRow, place_id)
    return await teams_at(session, community.path if community else place.path)


async def leads_of(session: Session, team_id: int) -> list[int]:
    """List who leads a team (person ids)."""
    found = await session.scalars(
        select(MemberRow.person_id)
        .where(MemberRow.team_id == team_id, MemberRow.lead)
        .order_by(MemberRow.person_id)
    )
    return list(found)


async def leads(session: Session, person_id: int, team_id: int) -> bool:
    """Return whether somebody leads a team that stands."""
    found = await session.scalar(
        select(MemberRow.id)
        .join(TeamRow, TeamRow.id == MemberRow.team_id)
        .where(
            MemberRow.team_id == team_id,
            MemberRow.person_id == person_id,
            MemberRow.lead,
            TeamRow.state == State.ACTIVE,
        )
    )
    return found is not None


async def teams_of(session: Session, person_id: int) -> list[int]:
    """List the teams that stand in which somebody is (ids)."""
    found = await session.scalars(
        select(MemberRow.team_id)
        .join(TeamRow, TeamRow.id == MemberRow.team_id)
        .where(
            MemberRow.person_id == person_id,
            MemberRow.state == Membership.IN,
            TeamRow.state == State.ACTIVE,
        )
        .order_by(MemberRow.team_id)
    )
    return list(found)


async def team_names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """Return what teams are called, also those that have ended, by number."""
    found = await session.execute(
        select(TeamRow.id, TeamRow.name).where(TeamRow.id.in_({one for one in ids if one}))
    )
    return {row.id: row.name for row in found}


def members_of(team_id: int) -> Select[int]:
    """Select who is in a team that stands (person ids)."""
    return (
        select(MemberRow.person_id)
        .join(TeamRow, TeamRow.id == MemberRow.team_id)
        .where(
            MemberRow.team_id == team_id,
            MemberRow.state == Membership.IN,
            TeamRow.state == State.ACTIVE,
        )
    )


async def told(session: Session, reader_id: int, words_id: int) -> TeamTold | None:
    """Return what a team was told, to somebody who is in it; None for all others."""
    row = await session.get(TeamWordsRow, words_id)
    mine = None if row is None else await membership(session, row.team_id, reader_id)
    if row is None or mine is None or mine.state != Membership.IN:
        return None
    found = await session.get_one(TeamRow, row.team_id)
    (line,) = await lines_of(session, reader_id, [found])
    names = await names_for(session, [row.person_id])
    return TeamTold(line, names.person(row.person_id), row.words)


async def membership(session: Session, team_id: int, person_id: int) -> MemberRow | None:
    """Return where somebody stands with a team, as it is now."""
    found = await session.scalars(
        select(MemberRow)
        .where(MemberRow.team_id == team_id, MemberRow.person_id == person_id)
        .execution_options(populate_existing=True)
    )
    return found.one_or_none()


async def lines_of(session: Session, reader_id: int, rows: Sequence[TeamRow]) -> list[TeamLine]:
    """Return teams as lines of a list, as somebody sees them."""
    ids = [row.id for row in rows]
    counted = await session.execute(
        select(MemberRow.team_id, func.count())
        .where(MemberRow.team_id.in_(ids), MemberRow.state == Membership.IN)
        .group_by(MemberRow.team_id)
    )
    sizes = {row[0]: row[1] for row in counted.all()}
    own = await session.scalars(
        select(MemberRow).where(MemberRow.team_id.in_(ids), MemberRow.person_id == reader_id)
    )
    mine = {one.team_id: one for one in own}
    places = await places_by_id(session, {row.place_id for row in rows})
    return [
        TeamLine(
            id=row.id,
            name=row.name,
            aim=row.aim,
            place=places[row.place_id],
            size=sizes.get(row.id, 0),
            mine=Membership(mine[row.id].state) if row.id in mine else None,
            lead=row.id in mine and mine[row.id].lead,
        )
        for row in rows
    ]


async def _view(session: Session, reader: Person, row: TeamRow) -> TeamView:
    (line,) = await lines_of(session, reader.id, [row])
    people = await leads_of(session, row.id)
    names = await names_for(session, people)
    moves = LIFECYCLE.open_to(row.state, await relations(session, reader, row))
    return TeamView(line, State(row.state), tuple(names.known(one) for one in people), moves)


async def _roster(session: Session, reader: Person, row: TeamRow) -> TeamRoster:
    found = await session.execute(
        select(MemberRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == MemberRow.person_id)
        .where(
            MemberRow.team_id == row.id,
            MemberRow.state.in_([Membership.IN, Membership.ASKED]),
            PersonRow.left_at.is_(None),
        )
        .order_by(MemberRow.lead.desc(), PersonRow.name, MemberRow.id)
    )
    rows = [one for one, _name in found.all()]
    names = await names_for(session, [one.person_id for one in rows])
    everybody = [
        Member(names.known(one.person_id), Membership(one.state), one.lead, one.changed_at)
        for one in rows
    ]
    asking = [one for one in everybody if one.state is Membership.ASKED]
    return TeamRoster(
        await _view(session, reader, row),
        tuple(one for one in everybody if one.state is Membership.IN),
        tuple(sorted(asking, key=lambda one: (one.since, one.who.id))),
    )
