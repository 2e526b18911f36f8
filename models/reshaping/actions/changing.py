"""Changing the shape of the tree: places are moved, merged and removed.

What hangs on a place is counted and shown before; a change is made only while all that was shown
is still so. Nothing is deleted that tells what happened: an ended place keeps its name.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint, and_, delete, exists, select, true, update

from models.audit.actions import deny, record
from models.audit.rules import AuditAct
from models.base import table_of
from models.broadcasts.actions import leaving as broadcasts
from models.callups.actions import due as callups
from models.care.actions import due as care
from models.care.actions import surveying
from models.cars import actions as cars
from models.database import Session, lock_key
from models.daychecks.actions import keeping as daychecks
from models.duty import actions as duty
from models.early import actions as early
from models.gatherings.actions import due as gatherings
from models.hazards.actions import due as hazards
from models.help.actions import leaving as help_
from models.inspections.actions import due as inspections
from models.meetings.actions import leaving as meetings
from models.people.hanging import PLACES, PlaceHooks
from models.people.rules import Right
from models.people.views import Person
from models.places.actions.growing import TREE_LOCK
from models.places.queries import children, community_above, find_place, line_of
from models.places.rules import (
    MERGED_KINDS,
    PATH_LENGTH,
    Change,
    Reshaping,
    Verb,
    child_path,
    covers,
    kinds_below,
    same_name,
)
from models.places.tables import PlaceRow
from models.places.views import Place, Prospect
from models.posts.actions import due as posts
from models.proposals.actions import leaving as proposals
from models.registrations.actions import due as registrations
from models.roles.actions import hanging as roles
from models.teams import actions as teams
from models.volunteers import actions as volunteers
from models.votes.actions import leaving as votes

PLACE_HOOKS: dict[str, PlaceHooks] = {
    "places": PLACES,
    "people": roles.PEOPLE,
    "roles": roles.ROLES,
    "duty": duty.PLACE_HOOKS,
    "volunteers": volunteers.PLACE_HOOKS,
    "requests": help_.PLACE_HOOKS,
    "early": early.PLACE_HOOKS,
    "hazards": hazards.PLACE_HOOKS,
    "proposals": proposals.PLACE_HOOKS,
    "meetings": meetings.PLACE_HOOKS,
    "gatherings": gatherings.PLACE_HOOKS,
    "callups": callups.PLACE_HOOKS,
    "teams": teams.PLACE_HOOKS,
    "posts": posts.PLACE_HOOKS,
    "registrations": registrations.PLACE_HOOKS,
    "cars": cars.PLACE_HOOKS,
    "inspections": inspections.PLACE_HOOKS,
    "care": care.PLACE_HOOKS,
    "surveys": surveying.PLACE_HOOKS,
    "daychecks": daychecks.PLACE_HOOKS,
    "votes": votes.PLACE_HOOKS,
    "broadcasts": broadcasts.PLACE_HOOKS,
}
"""What hangs on places, by name."""

ACTS = {
    Verb.MOVE: AuditAct.PLACE_MOVED,
    Verb.MERGE: AuditAct.PLACE_MERGED,
    Verb.REMOVE: AuditAct.PLACE_REMOVED,
}


async def look_at_change(
    session: Session, actor: Person, change: Change, *, now: datetime
) -> Prospect | Reshaping:
    """Count what hangs on a place and return what a change would do, or why it cannot be made."""
    place = await find_place(session, change.place_id)
    target = await find_place(session, change.to_id) if change.to_id is not None else None
    if place is None or place.ended or (target and target.ended):
        return Reshaping.NO_SUCH_PLACE
    for one in (place, target):
        if one is not None and not actor.may(Right.MANAGE_PLACES, one.path):
            await deny(session, actor.id, "place", now=now, subject_id=one.id)
            return Reshaping.NOT_ALLOWED
    if (change.verb is Verb.REMOVE) is not (target is None):
        return Reshaping.NO_SUCH_PLACE
    problem = await _problem(session, change.verb, place, target)
    return problem or await _prospect(session, change, place, target)


async def make_change(
    session: Session, actor: Person, change: Change, seen: int, *, now: datetime
) -> Prospect | Reshaping:
    """Move, merge or remove a place; where what was shown is no longer so, return how it is now."""
    await lock_key(session, TREE_LOCK)
    prospect = await look_at_change(session, actor, change, now=now)
    if isinstance(prospect, Reshaping):
        return prospect
    if prospect.blocking:
        return Reshaping.IN_USE
    if prospect.seen != seen:
        return prospect
    place = prospect.line.place
    target = prospect.target.place if prospect.target else None
    await record(
        session,
        ACTS[change.verb],
        now=now,
        actor_id=actor.id,
        subject="place",
        subject_id=place.id,
        detail={"from": place.parent_id, "to": change.to_id, **dict(prospect.hanging)},
    )
    row = await session.get_one(PlaceRow, place.id)
    if target is None:
        await _end_all(session, actor, place, now)
        row.ended_at = now
        return Reshaping.REMOVED
    if change.verb is Verb.MERGE:
        await _carry_over(session, actor, place, target, now)
        row.ended_at, row.merged_into_id = now, target.id
        return Reshaping.MERGED
    await _put_below(session, row, target)
    return Reshaping.MOVED


async def _problem(
    session: Session, verb: Verb, place: Place, target: Place | None
) -> Reshaping | None:
    if target is None:
        return Reshaping.TOP if place.parent_id is None else None
    if verb is Verb.MERGE:
        return await _no_merger(session, place, target)
    if place.kind not in kinds_below(target.kind) or covers(place.path, target.path):
        return Reshaping.TOO_LOW
    if place.parent_id == target.id:
        return Reshaping.THERE_ALREADY
    if same_name(place.name) in {same_name(one.name) for one in await children(session, target.id)}:
        return Reshaping.NAME_TAKEN
    return await _too_deep(session, place, child_path(target.path, place.id))


async def _no_merger(session: Session, place: Place, target: Place) -> Reshaping | None:
    community = await community_above(session, place.id)
    alike = place.kind is target.kind and place.kind in MERGED_KINDS and place.id != target.id
    if not alike or community is None or not covers(community.path, target.path):
        return Reshaping.NOT_ALIKE
    theirs = {same_name(one.name) for one in await children(session, target.id)}
    if any(same_name(one.name) in theirs for one in await children(session, place.id)):
        return Reshaping.NAME_TAKEN
    return None


async def _too_deep(session: Session, place: Place, path: str) -> Reshaping | None:
    below = await session.scalars(_paths_below(place.path))
    longest = max(len(one) for one in below)
    too_deep = longest - len(place.path) + len(path) > PATH_LENGTH
    return Reshaping.TOO_DEEP if too_deep else None


async def _prospect(
    session: Session, change: Change, place: Place, target: Place | None
) -> Prospect:
    counted = {name: await one.count(session, place.path) for name, one in PLACE_HOOKS.items()}
    standing = {name: count for name, count in counted.items() if count}
    line = await line_of(session, place.id)
    assert line is not None  # noqa: S101 - the place was found above
    removed = change.verb is Verb.REMOVE
    blocking = tuple(name for name in standing if removed and PLACE_HOOKS[name].end is None)
    ours = await community_above(session, place.id)
    theirs = await community_above(session, target.id) if target else ours
    return Prospect(
        change=change,
        line=line,
        target=await line_of(session, target.id) if target else None,
        hanging=tuple(standing.items()),
        blocking=blocking,
        across=ours is not None and ours not in (place, theirs),
    )


async def _end_all(session: Session, actor: Person, place: Place, now: datetime) -> None:
    for hanging in PLACE_HOOKS.values():
        if hanging.end is not None:
            await hanging.end(session, actor, place.id, now)


async def _put_below(session: Session, row: PlaceRow, target: Place) -> None:
    """Move a place and all below it, ended ones too, to stand below another."""
    before, after = row.path, child_path(target.path, row.id)
    row.parent_id = target.id
    moved = select(PlaceRow).where(PlaceRow.path.startswith(before, autoescape=True))
    for one in await session.scalars(moved.execution_options(populate_existing=False)):
        one.path = after + one.path.removeprefix(before)
    await session.flush()


async def _carry_over(
    session: Session, actor: Person, place: Place, target: Place, now: datetime
) -> None:
    """Let everything that names the place name the target; settings of the target stand."""
    for child in await children(session, place.id):
        await _put_below(session, await session.get_one(PlaceRow, child.id), target)
    for hanging in PLACE_HOOKS.values():
        if hanging.carry is not None:
            await hanging.carry(session, actor, (place.id, target.id), now)
    await session.flush()
    for table, column in _naming_places():
        for key in _keys_with(table, column):
            await session.execute(_dropping_doubles(table, column, key, (place.id, target.id)))
        moved = update(table).where(column == place.id).values({column: target.id})
        await session.execute(moved)


def _naming_places() -> Iterator[tuple[Table, Column[Any]]]:
    """List the columns that say where something is; not those of a community's own numbers."""
    places = table_of(PlaceRow)
    for table in PlaceRow.metadata.sorted_tables:
        for column in table.columns:
            if table is not places and column.name == "place_id" and column.references(places.c.id):
                yield table, column


def _keys_with(table: Table, column: Column[Any]) -> list[list[Column[Any]]]:
    """List what beside the place is unique at a place; partial ones are their subjects' matter."""
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    keys = [table.primary_key.columns, *(one.columns for one in unique)]
    keys += [one.columns for one in table.indexes if one.unique and not one.dialect_kwargs]
    return [[one for one in key if one is not column] for key in keys if column.name in key]


def _dropping_doubles(
    table: Table, column: Column[Any], others: list[Column[Any]], pair: tuple[int, int]
) -> Any:
    twin = table.alias()
    same = and_(true(), *(twin.c[one.name] == one for one in others))
    there = exists(select(1).select_from(twin).where(twin.c[column.name] == pair[1], same))
    return delete(table).where(column == pair[0], there)


def _paths_below(path: str) -> Any:
    return select(PlaceRow.path).where(PlaceRow.path.startswith(path, autoescape=True))
