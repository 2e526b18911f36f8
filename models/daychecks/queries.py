"""Reading day checks and their days."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from models.audit.actions import deny
from models.circle.rules import State as CircleState
from models.circle.tables import CircleRow
from models.database import Session
from models.daychecks.rules.hours import CheckHours, asking_at
from models.daychecks.rules.ladder import DayCheckPolicy, Rung
from models.daychecks.rules.notices import Notice
from models.daychecks.rules.states import (
    CHECK_LIFECYCLE,
    DAY_LIFECYCLE,
    CheckRelation,
    CheckState,
    CircleSees,
    DayMove,
    DayRelation,
    DayState,
    Known,
    TheySaid,
    seen_in_circle,
)
from models.daychecks.tables import DayCheckRow, DayCountRow, DayRow, DayToldRow
from models.daychecks.views import CheckView, DayView, MonthCount
from models.hours.rules.local_time import day_of
from models.marks.rules import LEAST_SHOWN
from models.names.queries import Names, names_for
from models.names.views import Where
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import at_or_below
from models.places.rules import PlaceKind
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import RecordKind
from models.records.reading import seen, seen_by_id
from models.records.rules import Refusal

NAME = "daychecks"


async def check_relations(
    _session: Session, who: Person, row: DayCheckRow
) -> frozenset[CheckRelation]:
    """Return what somebody is to a day check: it is theirs, or nothing to them."""
    return frozenset({CheckRelation.SELF} if who.id == row.person_id else ())


async def day_relations(session: Session, who: Person, row: DayRow) -> frozenset[DayRelation]:
    """Return what somebody is to a day."""
    if who.id == row.person_id:
        return frozenset({DayRelation.SELF})
    told = select(DayToldRow.id).where(DayToldRow.day_id == row.id, DayToldRow.person_id == who.id)
    holds = {
        DayRelation.TOLD: await session.scalar(told.limit(1)) is not None,
        DayRelation.DESK: _at_the_desk(row) and await _works_there(session, who, row.person_id),
    }
    return frozenset(relation for relation, held in holds.items() if held)


CHECKS = RecordKind(NAME, DayCheckRow, CHECK_LIFECYCLE, check_relations)
DAYS = RecordKind(
    NAME,
    DayRow,
    DAY_LIFECYCLE,
    day_relations,
    cards=tuple(kind for kind in Notice if kind.declared.changes),
)


async def my_check(session: Session, actor: Person, *, now: datetime) -> CheckView | None:
    """Return somebody's own day check; None for who never had one."""
    row = await session.scalar(
        select(DayCheckRow)
        .where(DayCheckRow.person_id == actor.id)
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None
    today = day_of(now, policy_of(session).zone)
    rests = row.rest_until is not None and row.rest_until >= today
    return CheckView(
        id=row.id,
        hours=CheckHours(row.hour, row.second_hour),
        may_send_neighbours=row.may_send_neighbours,
        leader_too=row.leader_too,
        rest_until=row.rest_until if rests else None,
        state=CheckState(row.state),
        moves=CHECK_LIFECYCLE.open_to(row.state, [CheckRelation.SELF]),
    )


async def today(session: Session, actor: Person, *, now: datetime) -> DayView | None:
    """Return the asking that is on for somebody now; None where none has begun, or none is on."""
    check = await my_check(session, actor, now=now)
    if check is None or check.state is not CheckState.ON:
        return None
    on = asking_at(check.hours, now, policy_of(session).zone)
    row = await session.scalar(
        select(DayRow)
        .where(DayRow.person_id == actor.id, DayRow.day == on.day, DayRow.part == on.part)
        .execution_options(populate_existing=True)
    )
    return None if row is None else (await _views(session, actor, [row], now))[0]


async def day(session: Session, reader: Person, day_id: int, *, now: datetime) -> DayView | Refusal:
    """Return a day as its reader sees it."""
    row = await seen(session, DAYS, day_id, DayMove.LOOK, reader, now)
    return row if isinstance(row, Refusal) else (await _views(session, reader, [row], now))[0]


async def day_told(session: Session, reader_id: int, day_id: int, now: datetime) -> DayView | None:
    """Return a day to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, DAYS, day_id, DayMove.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return (await _views(session, reader, [row], now))[0] if row and reader else None


async def at_the_desk(session: Session, actor: Person, *, now: datetime) -> list[DayView]:
    """List what waits at the desks of somebody: nobody knows whether one is well, or a voice
    message has not been listened to; the oldest first."""
    rows = await session.scalars(
        select(DayRow)
        .join(PersonRow, PersonRow.id == DayRow.person_id)
        .join(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(_waits_at(actor))
        .order_by(DayRow.day, DayRow.id)
        .execution_options(populate_existing=True)
    )
    return await _views(session, actor, rows.all(), now)


async def count_at_desk(session: Session, actor: Person) -> int:
    """Count what `at_the_desk` lists."""
    if not actor.may_anywhere(Right.WORK_DESK):
        return 0
    found: int | None = await session.scalar(
        select(func.count(DayRow.id))
        .join(PersonRow, PersonRow.id == DayRow.person_id)
        .join(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(_waits_at(actor))
    )
    return found or 0


async def seen_by_member(
    session: Session, actor: Person, person_id: int, *, now: datetime
) -> CircleSees | None:
    """Return what somebody of a circle sees of today; None where they are not in it, or nothing is
    asked today."""
    row = (
        await session.execute(
            select(DayCheckRow)
            .join(CircleRow, CircleRow.person_id == DayCheckRow.person_id)
            .where(
                DayCheckRow.person_id == person_id,
                DayCheckRow.state == CheckState.ON,
                CircleRow.member_id == actor.id,
                CircleRow.state == CircleState.AGREED,
            )
            .execution_options(populate_existing=True)
        )
    ).scalar()
    if row is None:
        return None
    on = asking_at(CheckHours(row.hour, row.second_hour), now, policy_of(session).zone)
    if row.rest_until is not None and on.day <= row.rest_until:
        return None
    state = await session.scalar(
        select(DayRow.state).where(
            DayRow.person_id == person_id, DayRow.day == on.day, DayRow.part == on.part
        )
    )
    return seen_in_circle(None if state is None else DayState(state))


async def month_at_desk(
    session: Session, actor: Person, month: date, *, now: datetime
) -> dict[DayState, int] | Refusal:
    """Count the days of a month by how they ended, in the communities where somebody works.

    Numbers, nobody's name; none of a community where fewer than LEAST_SHOWN people are asked, for
    there a number would tell of one.
    """
    paths = actor.paths_with(Right.WORK_DESK)
    if not paths:
        await deny(session, actor.id, NAME, now=now)
        return Refusal.NOT_ALLOWED
    found: dict[DayState, int] = {}
    for community in await _communities_of(session, paths):
        if await _people_asked(session, community.path) >= LEAST_SHOWN:
            for one in await month_counts(session, community.id, community.path, month):
                found[one.state] = found.get(one.state, 0) + one.count
    return found


async def _communities_of(session: Session, paths: Sequence[str]) -> Sequence[PlaceRow]:
    """List the communities that somebody's places are, or stand above."""
    found = await session.scalars(
        select(PlaceRow)
        .where(PlaceRow.kind == PlaceKind.COMMUNITY, at_or_below(paths))
        .order_by(PlaceRow.id)
    )
    return found.all()


async def _people_asked(session: Session, path: str) -> int:
    found: int | None = await session.scalar(
        select(func.count(DayCheckRow.id))
        .join(PersonRow, PersonRow.id == DayCheckRow.person_id)
        .join(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(DayCheckRow.state == CheckState.ON, PlaceRow.path.startswith(path))
    )
    return found or 0


async def month_counts(
    session: Session, community_id: int, path: str, month: date
) -> list[MonthCount]:
    """Count the days of a month by how they ended, in a community: numbers, nobody's name.

    Days that are kept, and the sums of those that are not any more. The caller has asked whether
    the reader works there.
    """
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    live = await session.execute(
        select(DayRow.state, func.count())
        .join(PersonRow, PersonRow.id == DayRow.person_id)
        .join(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(PlaceRow.path.startswith(path), DayRow.day >= month, DayRow.day < following)
        .group_by(DayRow.state)
    )
    kept = await session.execute(
        select(DayCountRow.state, DayCountRow.count).where(
            DayCountRow.place_id == community_id, DayCountRow.month == month
        )
    )
    found = dict.fromkeys(DayState, 0)
    for state, count in (*live.all(), *kept.all()):
        found[DayState(state)] += count
    return [MonthCount(state, count) for state, count in found.items()]


def _waits_at(actor: Person) -> ColumnElement[bool]:
    open_states = [DayState.WAITING, DayState.UNRESOLVED, DayState.EMERGENCY]
    waits = DayRow.state.in_(open_states) & (DayRow.rung >= Rung.DESK)
    return and_(or_(waits, DayRow.to_listen), at_or_below(actor.paths_with(Right.WORK_DESK)))


def _at_the_desk(row: DayRow) -> bool:
    return row.rung >= Rung.DESK or row.voice is not None


async def _works_there(session: Session, who: Person, person_id: int) -> bool:
    path = await home_of(session, person_id)
    return path is not None and who.may(Right.WORK_DESK, path)


async def home_of(session: Session, person_id: int) -> str | None:
    """Return the path of the place where somebody lives; None where it is not known."""
    path: str | None = await session.scalar(
        select(PlaceRow.path)
        .join(PersonRow, PersonRow.place_id == PlaceRow.id)
        .where(PersonRow.id == person_id)
    )
    return path


async def _views(
    session: Session, reader: Person, rows: Sequence[DayRow], now: datetime
) -> list[DayView]:
    people = {one for row in rows for one in (row.person_id, row.going_by, row.found_by)}
    lives = select(PersonRow.id, PersonRow.place_id).where(
        PersonRow.id.in_([row.person_id for row in rows]), PersonRow.place_id.is_not(None)
    )
    homes = {who: place for who, place in (await session.execute(lives)).all() if place is not None}
    names = await names_for(session, people, homes.values())
    on = await session.execute(
        select(DayCheckRow.person_id).where(
            DayCheckRow.person_id.in_([row.person_id for row in rows]),
            DayCheckRow.state == CheckState.ON,
        )
    )
    active = set(on.scalars())
    return [
        await _view(
            session,
            reader,
            row,
            names,
            now,
            where=names.places.get(homes.get(row.person_id, 0)),
            active=row.person_id in active,
        )
        for row in rows
    ]


def is_going(row: DayRow, policy: DayCheckPolicy, now: datetime) -> bool:
    """Return whether somebody is on the way, and it is not too long that nothing was heard."""
    return row.going_at is not None and now < row.going_at + policy.check_going


async def _view(
    session: Session,
    reader: Person,
    row: DayRow,
    names: Names,
    now: datetime,
    *,
    where: Where | None,
    active: bool,
) -> DayView:
    what = await day_relations(session, reader, row)
    found = await session.scalars(
        select(DayToldRow)
        .where(DayToldRow.day_id == row.id, DayToldRow.person_id == reader.id)
        .order_by(DayToldRow.id)
        .execution_options(populate_existing=True)
    )
    mine = found.all()
    said = mine[-1].said if mine else None
    own, desk = DayRelation.SELF in what, DayRelation.DESK in what
    policy = policy_of(session, DayCheckPolicy)
    return DayView(
        id=row.id,
        whose=names.known(row.person_id),
        where=where,
        own=own,
        day=row.day,
        part=row.part,
        state=DayState(row.state),
        rung=Rung(row.rung),
        active=active,
        going_by=names.person(row.going_by),
        going_at=row.going_at,
        going=is_going(row, policy, now),
        found_by=names.person(row.found_by),
        how=None if row.how is None else Known(row.how),
        said=None if said is None else TheySaid(said),
        calls=desk,
        ring=tuple(await _to_ring(session, mine)),
        request_id=row.request_id if own or desk else None,
        to_listen=row.to_listen and desk,
        moves=DAY_LIFECYCLE.open_to(row.state, what),
    )


async def _to_ring(session: Session, told: Sequence[DayToldRow]) -> list[int]:
    """List the members of the circle whom somebody is to ring for another, the last named first."""
    named = [one.circle_id for one in told if one.circle_id is not None]
    if not named:
        return []
    found = select(CircleRow.id).where(CircleRow.id.in_(named), CircleRow.member_id.is_(None))
    return sorted(await session.scalars(found), key=named.index, reverse=True)
