"""Reading the rates of a place."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, Row, Select, and_, exists, or_, select
from sqlalchemy.orm import QueryableAttribute

from models.categories import CATALOGUE, OTHER, Body
from models.database import Session
from models.digests.rules.rates import (
    NOTHING,
    VERDICTS,
    Facts,
    RateCounts,
    Word,
    by,
    part_of,
    tally,
)
from models.digests.rules.times import Period, week_before
from models.digests.views import Named, RatesReport
from models.digests.views import Row as Shown
from models.help.rules.limits import Channel, Line
from models.help.rules.states import State
from models.help.tables import LineRow, PauseRow, RequestRow
from models.places.queries import find_place, lines_of
from models.places.rules import ancestors
from models.places.tables import PlaceRow
from models.places.views import Place

K = TypeVar("K", bound=Hashable)

Column = QueryableAttribute[datetime] | QueryableAttribute[datetime | None]

TOLD = [*VERDICTS, Line.RATED]
MOST_PARTS = 6
"""Parts of a place shown by name; more do not fit a phone."""
WEEK = timedelta(days=7)


async def report(session: Session, place_id: int, day: date, zone: str) -> RatesReport | None:
    """Return the rates of a place in the week before that of `day`; None for no such place.

    Both weeks are counted as they stood at their end, so that the same week reads the same later.
    """
    place = await find_place(session, place_id)
    if place is None:
        return None
    now, before = week_before(day, zone), week_before(day - WEEK, zone)
    ours, earlier = (
        await facts_of(session, place.path, now),
        await facts_of(session, place.path, before),
    )
    places = await _places(session, [one.path for one in (*ours, *earlier)])

    def part(facts: Facts) -> int:
        return part_of(facts.path, place.path, {each.id: each.kind for each in places.values()})

    def compared(key: Callable[[Facts], K]) -> list[tuple[K, RateCounts, RateCounts]]:
        return _side_by_side(by(ours, key, now), by(earlier, key, before))

    parts = [Shown(_named(places[key]), a, b) for key, a, b in compared(part)]
    whole = Shown(_named(place), tally(ours, now), tally(earlier, before))
    return RatesReport(
        place=_named(place),
        monday=day - timedelta(days=day.weekday()) - WEEK,
        whole=whole,
        places=tuple(parts[:MOST_PARTS]) if len(parts) > 1 else (),
        bodies=tuple(Shown(key, a, b) for key, a, b in compared(_body)),
    )


async def facts_of(session: Session, path: str, period: Period) -> list[Facts]:
    """Return the facts of every request below a place that a rate may count in a period."""
    found = (await session.execute(_counted(path, period))).all()
    words = await _words(session, path, period)
    return [_facts(row, words.get(row[0], ())) for row in found]


def _counted(path: str, period: Period) -> Select[int, str, RequestRow, bool]:
    waiting = (
        exists()
        .where(
            PauseRow.request_id == RequestRow.id,
            PauseRow.ended_at.is_(None),
            PauseRow.began_at <= RequestRow.promised_by,
        )
        .correlate(RequestRow)
    )
    return (
        select(RequestRow.id, PlaceRow.path, RequestRow, waiting)
        .join(PlaceRow, PlaceRow.id == RequestRow.place_id)
        .where(PlaceRow.path.startswith(path), _asked_for(), _touched(period))
        .order_by(RequestRow.id)
    )


def _touched(period: Period) -> ColumnElement[bool]:
    dates = (RequestRow.answer_by, RequestRow.answered_at, RequestRow.promised_by)
    said = (
        exists()
        .where(
            LineRow.request_id == RequestRow.id,
            LineRow.what.in_(TOLD),
            _within(LineRow.at, period),
        )
        .correlate(RequestRow)
    )
    return or_(*(_within(at, period) for at in dates), said)


def _asked_for() -> ColumnElement[bool]:
    """Leave out what staff found themselves: nobody asked for it, and nobody says how it was."""
    return RequestRow.channel != Channel.INSPECTION


def _within(at: Column, period: Period) -> ColumnElement[bool]:
    return and_(at >= period.start, at < period.end)


async def _words(session: Session, path: str, period: Period) -> dict[int, list[Word]]:
    """Read what was said before the period's end about the requests that count in it."""
    found = await session.execute(
        select(LineRow.request_id, LineRow.at, LineRow.what, LineRow.detail)
        .join(RequestRow, RequestRow.id == LineRow.request_id)
        .join(PlaceRow, PlaceRow.id == RequestRow.place_id)
        .where(
            PlaceRow.path.startswith(path),
            LineRow.what.in_(TOLD),
            LineRow.at < period.end,
            _asked_for(),
            _touched(period),
        )
        .order_by(LineRow.request_id, LineRow.id)
    )
    words: dict[int, list[Word]] = {}
    for request_id, at, what, detail in found.all():
        word = Word(at, Line(what), (detail or {}).get("stars"))
        words.setdefault(request_id, []).append(word)
    return words


def _facts(row: Row[int, str, RequestRow, bool], words: Sequence[Word]) -> Facts:
    _, path, request, waiting = row
    return Facts(
        path=path,
        category=request.category,
        answer_by=request.answer_by,
        answered_at=request.answered_at,
        promised_by=request.promised_by,
        called_off_at=request.closed_at if request.state == State.CANCELLED else None,
        waiting=waiting,
        words=tuple(words),
    )


def _body(facts: Facts) -> Body:
    return CATALOGUE.get(facts.category, CATALOGUE[OTHER]).body


def _side_by_side(
    now: dict[K, RateCounts], before: dict[K, RateCounts]
) -> list[tuple[K, RateCounts, RateCounts]]:
    """Put two weeks beside one another, what had most to count first."""
    keys = list(dict.fromkeys([*now, *before]))
    rows = [(key, now.get(key, NOTHING), before.get(key, NOTHING)) for key in keys]
    return sorted(rows, key=lambda row: (-_size(row[1]), -_size(row[2]), str(row[0])))


def _size(counted: RateCounts) -> int:
    return counted.response.all + counted.solution.all + counted.satisfaction.all


async def _places(session: Session, paths: Iterable[str]) -> dict[int, Place]:
    steps = {step for path in set(paths) for step in ancestors(path)}
    lines = await lines_of(session, steps)
    return {place_id: line.place for place_id, line in lines.items()}


def _named(place: Place) -> Named:
    return Named(place.id, place.called("zh_Hans"), place.called("en"))
