"""Reading the tree of places."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, exists, false, or_, select
from sqlalchemy.orm import aliased

from models.database import Session
from models.places.rules import (
    MERGED_KINDS,
    PlaceKind,
    ancestors,
    covers,
    fold,
    house_in,
    is_home,
    natural,
    outermost,
)
from models.places.tables import PlaceRow
from models.places.views import Place, PlaceStep, PlaceWithAbove

ABOVE_COMMUNITIES = frozenset({PlaceKind.CITY, PlaceKind.DISTRICT, PlaceKind.STREET})
COMMUNITIES_AT_ONCE = 24
"""Two pages of buttons; in a larger city people step down by the streets, or type."""

CANDIDATES = 200
"""Rows a search looks at before ranking."""

_below = aliased(PlaceRow)
_reading = select(
    PlaceRow,
    exists(select(_below.id).where(_below.parent_id == PlaceRow.id, _below.ended_at.is_(None))),
)
"""Places, and whether any stands below. Put together once: nearly every screen names a place, and
putting it together takes as long as running it (measured)."""
_standing = _reading.where(PlaceRow.ended_at.is_(None))
"""Those alone that were neither removed nor merged: what is offered."""

MERGERS = 16
"""How often in a row a place is followed into the one it was merged into."""


async def find_place(session: Session, place_id: int) -> Place | None:
    """Return a place by its id; one that was removed or merged too, for what happened there."""
    return next(iter(await _places(session, _reading.where(PlaceRow.id == place_id))), None)


async def find_home(session: Session, place_id: int) -> Place | None:
    """Return a place where people can live; None for any other."""
    place = await find_place(session, place_id)
    if place is None or place.ended:
        return None
    return place if is_home(place.kind, leaf=place.leaf) else None


async def find_code(session: Session, code: str) -> Place | None:
    """Return the place of a deep link's code; letters may be large or small.

    Of a merged place it is the one that took it over: posters hang for years.
    """
    ids = await session.scalars(select(PlaceRow.id).where(PlaceRow.code == code.lower()))
    return await find_standing(session, ids.first())


async def find_standing(session: Session, place_id: int | None) -> Place | None:
    """Return a place that stands, or the one it was merged into; None for one that was removed."""
    for _step in range(MERGERS):
        row = await session.get(PlaceRow, place_id) if place_id is not None else None
        if row is None or row.ended_at is None:
            return await find_place(session, row.id) if row else None
        place_id = row.merged_into_id
    return None


async def twins(session: Session, place: Place) -> list[Place]:
    """List the places of one kind in the same community: what a place can be merged into."""
    community = await community_above(session, place.id)
    if community is None or place.kind not in MERGED_KINDS:
        return []
    alike = _standing.where(
        PlaceRow.path.startswith(community.path, autoescape=True),
        PlaceRow.kind == place.kind,
        PlaceRow.id != place.id,
    )
    return await _places(session, alike)


async def community_above(session: Session, place_id: int) -> Place | None:
    """Return the community that a place is, or in which it stands."""
    line = await line_of(session, place_id)
    found = [p for p in line.places if p.kind is PlaceKind.COMMUNITY] if line else []
    return found[-1] if found else None


async def children(session: Session, place_id: int | None) -> list[Place]:
    """List the places directly below one (None: the roots) as people count: 2 before 10."""
    return await _places(session, _standing.where(PlaceRow.parent_id == place_id))


async def line_of(session: Session, place_id: int) -> PlaceWithAbove | None:
    """Return a place with all that stand above it."""
    return (await lines_of(session, [place_id])).get(place_id)


async def lines_of(session: Session, place_ids: Iterable[int]) -> dict[int, PlaceWithAbove]:
    """Return places with all that stand above them, by id, in two statements."""
    wanted = await _places(session, _reading.where(PlaceRow.id.in_(list(place_ids))))
    above = {step for place in wanted for step in ancestors(place.path)}
    known = {p.id: p for p in await _places(session, _reading.where(PlaceRow.id.in_(above)))}
    return {p.id: PlaceWithAbove(tuple(known[step] for step in ancestors(p.path))) for p in wanted}


async def offer(session: Session, place_id: int | None = None) -> PlaceStep:
    """Return the next step towards a home: storeys with one way down are skipped.

    Nobody should need more than two steps: the communities below come at once where there are
    few enough, and from a community on all its buildings (nobody knows the number of their grid);
    unless two of them share a name.
    """
    options = await children(session, place_id)
    while len(options) == 1 and not options[0].leaf:
        place_id = options[0].id
        options = await children(session, place_id)
    at = await line_of(session, place_id) if place_id is not None else None
    if at and at.place.kind is PlaceKind.COMMUNITY:
        options = await _at_once(session, at.place, options, homes=True)
    elif at and at.place.kind in ABOVE_COMMUNITIES:
        options = await _at_once(session, at.place, options, homes=False)
    return PlaceStep(at, tuple(options))


async def offer_within(session: Session, paths: Sequence[str], place_id: int | None) -> PlaceStep:
    """Return a step down for somebody who covers `paths`: first their tops, then what is below.

    A place outside of what they cover gives their tops again.
    """
    standing = await find_standing(session, place_id)
    at = await line_of(session, standing.id) if standing else None
    if at and any(covers(upper, at.place.path) for upper in paths):
        return PlaceStep(at, tuple(await children(session, at.place.id)))
    tops = outermost(paths)
    return PlaceStep(None, tuple(await _places(session, _standing.where(PlaceRow.path.in_(tops)))))


def at_or_below(paths: Iterable[str]) -> ColumnElement[bool]:
    """Select the places at some paths, or below them; of no paths none."""
    return or_(false(), *(PlaceRow.path.startswith(path, autoescape=True) for path in paths))


async def search(session: Session, text: str, limit: int = 8) -> list[PlaceWithAbove]:
    """Find places by typed words, best first: '3号楼', '3 号', 'building 3', '桂花社区三号楼'.

    Words beside a building's number decide between buildings of one number.
    """
    folded = fold(text)
    if not folded:
        return []
    house = house_in(folded)
    lines = await _holding(session, f" {house} ") if house else []
    if not lines:
        lines = await _holding(session, folded)
    words = [word for word in folded.split() if house not in {word, f"{word}楼"}]
    ranked = sorted(lines, key=lambda line: _rank(line, folded, words))
    best = _matches(ranked[0], words) if ranked else 0
    return [line for line in ranked if _matches(line, words) == best][:limit]


async def _at_once(
    session: Session, above: Place, options: list[Place], *, homes: bool
) -> list[Place]:
    """Return all homes, or all communities, below a place; `options` where they would confuse."""
    below = _standing.where(PlaceRow.path.startswith(above.path), PlaceRow.id != above.id)
    if not homes:
        below = below.where(PlaceRow.kind == PlaceKind.COMMUNITY).limit(COMMUNITIES_AT_ONCE + 1)
    found = [p for p in await _places(session, below) if p.leaf or not homes]
    told_apart = len({place.name for place in found}) == len(found)
    few = homes or 0 < len(found) <= COMMUNITIES_AT_ONCE
    return found if told_apart and few else options


async def _holding(session: Session, words: str) -> list[PlaceWithAbove]:
    ids = await session.scalars(
        select(PlaceRow.id)
        .where(PlaceRow.sought.contains(words), PlaceRow.ended_at.is_(None))
        .limit(CANDIDATES)
    )
    return list((await lines_of(session, ids.all())).values())


def _matches(line: PlaceWithAbove, words: list[str]) -> int:
    names = " ".join(fold(f"{place.name} {place.name_en or ''}") for place in line.places)
    return sum(word in names for word in words)


def _rank(line: PlaceWithAbove, folded: str, words: list[str]) -> tuple[int, bool, int, object]:
    place = line.place
    exact = folded in {fold(place.name), fold(place.name_en or ""), fold(place.code)}
    return -_matches(line, words), not exact, len(line.places), natural(place.name)


async def _places(session: Session, statement: Select[PlaceRow, bool]) -> list[Place]:
    rows = await session.execute(statement)
    places = [_place(row, leaf=not has_children) for row, has_children in rows.all()]
    return sorted(places, key=lambda place: (place.path.count("/"), natural(place.name)))


def _place(row: PlaceRow, *, leaf: bool) -> Place:
    return Place(
        id=row.id,
        parent_id=row.parent_id,
        kind=PlaceKind(row.kind),
        name=row.name,
        name_en=row.name_en,
        code=row.code,
        path=row.path,
        leaf=leaf,
        ended=row.ended_at is not None,
    )
