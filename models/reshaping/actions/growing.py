"""Growing the tree of places."""

from datetime import datetime

from models.audit.actions import deny, record
from models.audit.rules import AuditAct
from models.database import Session, lock_key
from models.people.rules import Right
from models.people.views import Denied, Person
from models.places.actions.growing import TREE_LOCK, plant
from models.places.queries import children, find_place, offer_within
from models.places.rules import NAME_LENGTH, PlaceKind, Planting, kinds_below, same_name, sought
from models.places.tables import PlaceRow
from models.places.views import Added, Place, PlaceStep
from models.text import clean_line

NAMES_AT_ONCE = 60


async def open_tree(
    session: Session, actor: Person, place_id: int | None, *, now: datetime
) -> PlaceStep | Denied:
    """Return a step down the part of the tree that an actor looks after; a try without is noted."""
    paths = actor.paths_with(Right.MANAGE_PLACES)
    if not paths:
        await deny(session, actor.id, "place", now=now, subject_id=place_id)
        return Denied(Right.MANAGE_PLACES)
    return await offer_within(session, paths, place_id)


async def add_places(
    session: Session, actor: Person, parent_id: int, kind: PlaceKind, text: str, *, now: datetime
) -> Added | Planting:
    """Add places below one: a name a line, each with its English name after a slash if it has one.

    Names that the parent already has below it are passed over, so that a second tap adds nothing;
    the outcome names them, and lines that could not be read. Refused where no line can be.
    """
    await lock_key(session, TREE_LOCK)
    parent = await find_place(session, parent_id)
    refusal = await _refusal(session, actor, parent, now)
    if refusal or parent is None:
        return refusal or Planting.NO_SUCH_PLACE
    if kind not in kinds_below(parent.kind):
        return Planting.TOO_LOW
    lines = [line for line in text.splitlines() if line.strip()]
    taken = lines[:NAMES_AT_ONCE]
    unread = [line.strip() for line in taken if _problem([_names(line)])]
    readable = [_names(line) for line in taken if not _problem([_names(line)])]
    if not readable:
        return _problem([_names(line) for line in taken]) or Planting.NO_NAME
    known = {same_name(place.name) for place in await children(session, parent.id)}
    added, there = [], []
    for name, name_en in readable:
        if same_name(name) in known:
            there.append(name)
            continue
        known.add(same_name(name))
        added.append(await plant(session, parent=parent, kind=kind, name=name, name_en=name_en))
    for place in added:
        await _record(session, AuditAct.PLACE_ADDED, actor, place.id, now)
    return Added(tuple(added), tuple(there), tuple(unread), len(lines) - len(taken))


async def rename_place(
    session: Session, actor: Person, place_id: int, text: str, *, now: datetime
) -> Planting:
    """Return a place another name, and another English one if a slash and a name follow."""
    place = await find_place(session, place_id)
    if refusal := await _refusal(session, actor, place, now):
        return refusal
    if problem := _problem([_names(text)]):
        return problem
    row = await session.get_one(PlaceRow, place_id)
    row.name, row.name_en = _names(text)
    row.sought = sought(row.name, row.name_en, row.code)
    await _record(session, AuditAct.PLACE_RENAMED, actor, place_id, now)
    return Planting.RENAMED


async def _refusal(
    session: Session, actor: Person, place: Place | None, now: datetime
) -> Planting | None:
    if place is None or place.ended:
        return Planting.NO_SUCH_PLACE
    if actor.may(Right.MANAGE_PLACES, place.path):
        return None
    await deny(session, actor.id, "place", now=now, subject_id=place.id)
    return Planting.NOT_ALLOWED


def _names(line: str) -> tuple[str, str | None]:
    name, _, name_en = line.replace("／", "/").partition("/")
    return clean_line(name, NAME_LENGTH + 1), clean_line(name_en, NAME_LENGTH + 1) or None


def _problem(names: list[tuple[str, str | None]]) -> Planting | None:
    if not names or any(not name for name, _ in names):
        return Planting.NO_NAME
    if any(max(len(name), len(name_en or "")) > NAME_LENGTH for name, name_en in names):
        return Planting.TOO_LONG
    return None


async def _record(
    session: Session, act: AuditAct, actor: Person, place_id: int, now: datetime
) -> None:
    await record(session, act, now=now, actor_id=actor.id, subject="place", subject_id=place_id)
