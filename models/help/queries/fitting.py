"""Which volunteers may be asked about one request, in one statement, and how much each carries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    and_,
    case,
    exists,
    func,
    or_,
    select,
)

from models.categories import Skill
from models.database import Session
from models.help.rules.states import HOLDING, LIVE, LOADING, OPEN_CLAIM, ClaimState, OfferState
from models.help.tables import ClaimRow, OfferRow, RequestRow
from models.people.tables import PersonRow
from models.places.rules import ancestors
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.volunteers.queries import offers_of
from models.volunteers.rules import State, VolunteerPolicy
from models.volunteers.tables import ServedPlaceRow, SkillRow, VolunteerRow
from models.volunteers.views import Candidate, Volunteer


@dataclass(frozen=True)
class VolunteerStanding:
    """How a volunteer stands towards one place: state, cap, load, and whether it is served."""

    state: State
    load_cap: int
    load: int
    serves: bool


async def profile(session: Session, person_id: int, *, now: datetime) -> Volunteer | None:
    """Show somebody's offer and where it stands; None for whoever never signed up."""
    statement = select(
        VolunteerRow,
        PersonRow.name,
        load_since(now - policy_of(session, VolunteerPolicy).load_window),
    ).join(PersonRow, PersonRow.id == VolunteerRow.person_id)
    found = (await session.execute(statement.where(VolunteerRow.person_id == person_id))).first()
    if found is None:
        return None
    row, name, load = found
    return Volunteer(
        person_id=person_id,
        name=name,
        state=State(row.state),
        offered=(await offers_of(session, [row]))[person_id],
        load=load,
        applied_at=row.applied_at,
        reason=row.reason,
    )


async def standing(
    session: Session, person_id: int, path: str, *, now: datetime
) -> VolunteerStanding | None:
    """Return how somebody stands as a volunteer towards the place with `path`."""
    found = await session.execute(
        select(
            VolunteerRow,
            load_since(now - policy_of(session, VolunteerPolicy).load_window),
            _serves(path),
        ).where(VolunteerRow.person_id == person_id)
    )
    row = found.first()
    if row is None:
        return None
    volunteer, load, serves = row
    return VolunteerStanding(State(volunteer.state), volunteer.load_cap, load, bool(serves))


def _serves(path: str) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            ServedPlaceRow.person_id == VolunteerRow.person_id,
            ServedPlaceRow.place_id.in_(ancestors(path)),
        )
        .correlate(VolunteerRow)
    )


def load_since(since: datetime) -> ScalarSelect[int]:
    """Count the tasks that a volunteer took after an instant and that weigh against the cap."""
    return (
        select(func.count())
        .where(
            ClaimRow.person_id == VolunteerRow.person_id,
            ClaimRow.state.in_(list(LOADING)),
            ClaimRow.held_at > since,
        )
        .correlate(VolunteerRow)
        .scalar_subquery()
    )


SEPARATOR = ","

MOST_NEAR = 2000
"""Skilled people around a place that are looked at one by one, by number; where there are more, all
are looked at together. Statements take 32,766 values at the most."""


class Whom(StrEnum):
    """Which of the volunteers are looked at, by what they were asked before."""

    NEW = "new"
    """Those who were not offered the request."""
    SILENT = "silent"
    """Those who were, and have said neither yes nor no."""
    ANYBODY = "anybody"


@dataclass(frozen=True)
class Wanted:
    """Who is looked for, where and when; instants are aware."""

    request_id: int
    path: str
    """Of the place somebody is needed at."""
    needed: frozenset[Skill]
    slot: int
    """The part of the week it is for (`rules.slot`)."""
    loaded_since: datetime
    """Tasks taken after this count against a cap."""
    kept_since: datetime
    """Tasks done after this count as kept."""
    busy_from: datetime
    busy_until: datetime
    """Whoever holds a task that starts between these two is not asked."""
    about_now: bool
    """Whoever is on the way to another is not asked either."""
    excluded: frozenset[int]
    now: datetime
    hour: int
    """Of the day, by the clock of the house."""
    urgent: bool
    """Whoever has quiet hours of their own is asked nevertheless."""
    whom: Whom
    limit: int


async def candidates(session: Session, wanted: Wanted) -> list[Candidate]:
    """List active volunteers who serve a place, roughly the best first.

    Left out are: those at their cap, whoever cannot be reached, holds a task that clashes, or has
    an open claim on the request, and the `excluded`. The rough order is skill, nearness of the
    home, then being free, then load. What the score needs beyond that is read of the `limit` first
    alone.

    The search goes outwards from the place, to whoever lives below the next place above it, until
    enough who have a skill are found. Nobody farther can then be among the first: skill comes
    first in the order, nearness next. Where even below the widest place but one there are too few,
    everybody who serves the place is looked at; likewise for the SILENT, who are few.
    """
    for top in () if wanted.whom is Whom.SILENT else _outwards(wanted.path):
        people = (await session.scalars(_skilled_below(top, wanted))).all()
        if len(people) > MOST_NEAR:
            break
        if len(people) >= wanted.limit:
            found = await _first(session, wanted, people)
            if len(found) == wanted.limit:
                return found
    return await _first(session, wanted, None)


async def _first(session: Session, wanted: Wanted, people: Sequence[int] | None) -> list[Candidate]:
    """List the first `limit` of these people, or of all who serve the place."""
    pool = _pool(wanted, people).cte("pool")
    statement = select(
        pool.c.person_id,
        pool.c.hours,
        pool.c.load_cap,
        pool.c.load,
        pool.c.home_path,
        _skills(pool.c.person_id).label("skills"),
        _kept(pool.c.person_id, wanted.kept_since).label("kept"),
    )
    found = await session.execute(statement)
    return [
        Candidate(
            person_id=row.person_id,
            skills=frozenset(map(Skill, row.skills.split(SEPARATOR) if row.skills else ())),
            hours=row.hours,
            load=row.load,
            load_cap=row.load_cap,
            home_path=row.home_path,
            kept=row.kept,
        )
        for row in found.all()
    ]


def _outwards(path: str) -> list[str]:
    """List the paths of the places around one, the place itself first, all but the widest."""
    steps = ancestors(path)
    return ["/" + "/".join(map(str, steps[:end])) + "/" for end in range(len(steps), 1, -1)]


def _pool(wanted: Wanted, people: Sequence[int] | None) -> Select[int, int, int, str | None, int]:
    one = _eligible(wanted, people).cte("eligible").prefix_with("MATERIALIZED")
    return (
        select(one)
        .where(one.c.load < one.c.load_cap)
        .order_by(
            _has_any(one.c.person_id, wanted.needed).desc(),
            _nearness(one.c.home_path, wanted.path),
            (one.c.hours.bitwise_and(wanted.slot) != 0).desc(),
            one.c.load,
            one.c.person_id,
        )
        .limit(wanted.limit)
    )


def _eligible(
    wanted: Wanted, people: Sequence[int] | None
) -> Select[int, int, int, str | None, int]:
    """Select who may be asked but for the cap, each with their load, which is counted once."""
    start = _serving(wanted.path).subquery("serving") if people is None else None
    volunteers = select(
        VolunteerRow.person_id,
        VolunteerRow.hours,
        VolunteerRow.load_cap,
        PlaceRow.path.label("home_path"),
        load_since(wanted.loaded_since).label("load"),
    )
    if start is None:
        begun = volunteers.where(VolunteerRow.person_id.in_(people or ()))
    else:
        begun = volunteers.select_from(start).join(
            VolunteerRow, VolunteerRow.person_id == start.c.person_id
        )
    return (
        begun.join(PersonRow, PersonRow.id == VolunteerRow.person_id)
        .outerjoin(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(
            VolunteerRow.state == State.ACTIVE,
            VolunteerRow.person_id.not_in(sorted(wanted.excluded)),
            _reachable(),
            *_not_spared(wanted),
            VolunteerRow.person_id.not_in(_claiming(wanted.request_id)),
            *_by_offer(wanted),
            ~_is_busy(wanted),
        )
    )


def _skills(person_id: ColumnElement[int]) -> ScalarSelect[str]:
    return (
        select(func.aggregate_strings(SkillRow.skill, SEPARATOR))
        .where(SkillRow.person_id == person_id)
        .scalar_subquery()
    )


def _kept(person_id: ColumnElement[int], since: datetime) -> ScalarSelect[int]:
    return (
        select(func.count())
        .where(
            ClaimRow.person_id == person_id,
            ClaimRow.state == ClaimState.DONE,
            ClaimRow.done_at > since,
        )
        .scalar_subquery()
    )


def _is_busy(wanted: Wanted) -> ColumnElement[bool]:
    """Return whether a volunteer holds a task that clashes (`rules.clashes` of help)."""
    clashing = and_(RequestRow.start_at > wanted.busy_from, RequestRow.start_at < wanted.busy_until)
    if wanted.about_now:
        clashing = or_(clashing, ClaimRow.state == ClaimState.ON_WAY)
    return (
        exists()
        .where(
            ClaimRow.person_id == VolunteerRow.person_id,
            ClaimRow.state.in_(list(HOLDING)),
            RequestRow.id == ClaimRow.request_id,
            RequestRow.id != wanted.request_id,
            RequestRow.state.in_(list(LIVE)),
            clashing,
        )
        .correlate(VolunteerRow)
    )


def _has_any(person_id: ColumnElement[int], needed: Collection[Skill]) -> ColumnElement[int]:
    return case((_has(person_id, needed), 1), else_=0)


def _has(person_id: SQLColumnExpression[int], needed: Collection[Skill]) -> ColumnElement[bool]:
    return exists().where(SkillRow.person_id == person_id, SkillRow.skill.in_(sorted(needed)))


def _serving(path: str) -> Select[int]:
    """Select who serves a place, each once: where the search begins, for these are few of all."""
    return (
        select(ServedPlaceRow.person_id)
        .where(ServedPlaceRow.place_id.in_(ancestors(path)))
        .distinct()
    )


def _skilled_below(top: str, wanted: Wanted) -> Select[int]:
    """Select who lives below a place, serves the one wanted, and has a skill, if any is needed."""
    homes = select(PlaceRow.id).where(PlaceRow.path.startswith(top))
    serves = exists().where(
        ServedPlaceRow.person_id == PersonRow.id,
        ServedPlaceRow.place_id.in_(ancestors(wanted.path)),
    )
    skilled = [_has(PersonRow.id, wanted.needed)] if wanted.needed else []
    return (
        select(PersonRow.id)
        .where(PersonRow.place_id.in_(homes), serves, *skilled)
        .limit(MOST_NEAR + 1)
    )


def _nearness(home: ColumnElement[str | None], path: str) -> ColumnElement[int]:
    """Rank a home by the lowest place it shares with `path`: 0 is the place itself."""
    steps = ancestors(path)
    shared = ["/" + "/".join(map(str, steps[: end + 1])) + "/" for end in range(len(steps))]
    ranks = [(home.startswith(top), rank) for rank, top in enumerate(reversed(shared))]
    return case(*ranks, else_=len(steps))


def _reachable() -> ColumnElement[bool]:
    return and_(
        PersonRow.telegram_id.is_not(None),
        PersonRow.left_at.is_(None),
        PersonRow.unreachable_at.is_(None),
    )


def _not_spared(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Leave out whoever paused; at an hour of their own quiet too, unless it is an emergency."""
    paused, begins, ends = PersonRow.paused_until, PersonRow.quiet_from, PersonRow.quiet_until
    awake = or_(paused.is_(None), paused <= wanted.now)
    if wanted.urgent:
        return [awake]
    over_midnight = and_(begins > ends, or_(begins <= wanted.hour, ends > wanted.hour))
    by_day = and_(begins <= wanted.hour, ends > wanted.hour)
    return [awake, or_(begins.is_(None), ~or_(over_midnight, by_day))]


def _claiming(request_id: int) -> Select[int]:
    """Select who holds the request or waits for it: few, so they are read once."""
    return select(ClaimRow.person_id).where(
        ClaimRow.request_id == request_id, ClaimRow.state.in_(list(OPEN_CLAIM))
    )


def _by_offer(wanted: Wanted) -> list[ColumnElement[bool]]:
    offered = select(OfferRow.person_id).where(OfferRow.request_id == wanted.request_id)
    match wanted.whom:
        case Whom.NEW:
            return [VolunteerRow.person_id.not_in(offered)]
        case Whom.SILENT:
            silent = offered.where(OfferRow.state == OfferState.ASKED)
            return [VolunteerRow.person_id.in_(silent)]
    return []
