"""Reading the yearly list of practical things 为民办实事: by community, or by all below a place."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select

from models.audit.actions import deny
from models.database import Session
from models.names.queries import names_for, places_by_id
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import line_of
from models.places.rules import PlaceKind, ancestors, covers
from models.places.tables import PlaceRow
from models.places.views import Place
from models.policy.current import policy_of
from models.proposals.queries.detail import lines_for
from models.proposals.rules.delivery import IN_DELIVERY
from models.proposals.rules.outcomes import Refusal
from models.proposals.rules.states import State
from models.proposals.rules.yearly import PER_PAGE, Totals, span_of, year_of
from models.proposals.tables import ProposalRow, RatingRow
from models.proposals.views import YearLine, YearPage, YearPlaces

PLACES_PER_PAGE = 8
ADOPTED_AT = func.coalesce(ProposalRow.decided_at, ProposalRow.changed_at)
"""When it was adopted: by a decision or by a vote."""


async def yearly(
    session: Session,
    actor: Person,
    year: int | None,
    place_id: int | None = None,
    page: int = 0,
    *,
    now: datetime,
) -> YearPage | Refusal:
    """Show what was adopted in a year (None: the present one) and what has become of it.

    Everybody of a community reads its list, staff those of their places and of all that stand
    above several of them. MISSING where no place is known, such as for staff without a home.
    """
    place = await _place(session, actor, place_id)
    if place is None:
        return Refusal.MISSING
    home = await _community_of(session, actor.place_id)
    own = home is not None and home.id == place.id
    if not own and not _serves(actor, place):
        await deny(session, actor.id, "yearly", now=now, subject_id=place.id)
        return Refusal.NOT_ALLOWED
    zone = policy_of(session).zone
    this_year = year_of(now, zone)
    shown = this_year if year is None else min(year, this_year)
    return await _page(session, actor, place, shown, page, now, own=own)


async def yearly_places(session: Session, actor: Person, year: int, page: int = 0) -> YearPlaces:
    """List the communities whose yearly list somebody may read, a page at a time."""
    total = await session.scalar(select(func.count()).select_from(_theirs(actor).subquery())) or 0
    pages = max(1, -(-total // PLACES_PER_PAGE))
    page = min(page, pages - 1)
    ids = await session.scalars(
        _theirs(actor).order_by(PlaceRow.path).limit(PLACES_PER_PAGE).offset(page * PLACES_PER_PAGE)
    )
    listed = list(ids)
    places = await places_by_id(session, set(listed))
    return YearPlaces(year, tuple(places[one] for one in listed), page, pages)


async def _page(
    session: Session,
    actor: Person,
    place: Place,
    year: int,
    page: int,
    now: datetime,
    *,
    own: bool,
) -> YearPage:
    zone = policy_of(session).zone
    starts, ends = span_of(year, zone)
    here = _adopted_at(place)
    of_year = [*here, starts <= ADOPTED_AT, ends > ADOPTED_AT]
    totals = await _totals(session, of_year, now)
    pages = max(1, -(-totals.promised // PER_PAGE))
    page = min(page, pages - 1)
    first = await session.scalar(
        select(ProposalRow.id)
        .join(PlaceRow, PlaceRow.id == ProposalRow.community_id)
        .where(*here, starts > ADOPTED_AT)
        .limit(1)
    )
    where = (await places_by_id(session, {place.id}))[place.id]
    return YearPage(
        year=year,
        where=where,
        totals=totals,
        lines=await _lines(session, of_year, page, now),
        page=page,
        pages=pages,
        earlier=first is not None,
        later=year < year_of(now, zone),
        own=own,
        elsewhere=await _reads_others(session, actor, place),
    )


def _serves(actor: Person, place: Place) -> bool:
    """Return whether somebody works for a place, or for a part of a community."""
    parts = actor.paths_with(Right.WORK_DESK) if place.kind is PlaceKind.COMMUNITY else ()
    return actor.may(Right.WORK_DESK, place.path) or any(covers(place.path, one) for one in parts)


def _adopted_at(place: Place) -> list[ColumnElement[bool]]:
    """Select what was adopted in the community, or in all below the place."""
    return [
        PlaceRow.path.startswith(place.path),
        ProposalRow.state.in_(list(IN_DELIVERY)),
    ]


async def _totals(session: Session, of_year: list[ColumnElement[bool]], now: datetime) -> Totals:
    states = await session.execute(
        select(ProposalRow.state, func.count())
        .join(PlaceRow, PlaceRow.id == ProposalRow.community_id)
        .where(*of_year)
        .group_by(ProposalRow.state)
    )
    overdue = await session.scalar(
        select(func.count(ProposalRow.id))
        .join(PlaceRow, PlaceRow.id == ProposalRow.community_id)
        .where(*of_year, ProposalRow.state == State.UNDERWAY, ProposalRow.due_at < now)
    )
    rated = await session.execute(
        select(func.count(RatingRow.stars), func.sum(RatingRow.stars))
        .join(ProposalRow, ProposalRow.id == RatingRow.proposal_id)
        .join(PlaceRow, PlaceRow.id == ProposalRow.community_id)
        .where(*of_year)
    )
    ratings, stars = rated.one()
    return Totals.of(
        {State(state): count for state, count in states.all()},
        overdue=overdue or 0,
        ratings=ratings,
        mean=float(stars) / ratings if ratings else None,
    )


async def _lines(
    session: Session, of_year: list[ColumnElement[bool]], page: int, now: datetime
) -> tuple[YearLine, ...]:
    found = await session.scalars(
        select(ProposalRow)
        .join(PlaceRow, PlaceRow.id == ProposalRow.community_id)
        .where(*of_year)
        .order_by(ADOPTED_AT, ProposalRow.id)
        .limit(PER_PAGE)
        .offset(page * PER_PAGE)
    )
    rows = list(found)
    lines = await lines_for(session, rows, now)
    names = await names_for(session, [row.person_id for row in rows])
    return tuple(
        YearLine(line, row.promise, names.person(row.person_id))
        for line, row in zip(lines, rows, strict=True)
    )


async def _place(session: Session, actor: Person, place_id: int | None) -> Place | None:
    """Return the place that is asked for, its community, else the reader's own or the first served.

    A building or grid stands for its community.
    """
    if place_id is not None:
        return await _community_of(session, place_id)
    if home := await _community_of(session, actor.place_id):
        return home
    served = await session.scalar(_theirs(actor).order_by(PlaceRow.path).limit(1))
    return await _community_of(session, served)


async def _community_of(session: Session, place_id: int | None) -> Place | None:
    """Return the community that a place belongs to; the place itself where it stands above any."""
    at = await line_of(session, place_id) if place_id is not None else None
    if at is None:
        return None
    above = [place for place in at.places if place.kind is PlaceKind.COMMUNITY]
    return above[-1] if above else at.place


async def _reads_others(session: Session, actor: Person, place: Place) -> bool:
    found = await session.scalars(_theirs(actor).where(PlaceRow.id != place.id).limit(1))
    return found.first() is not None


def _theirs(actor: Person) -> Select[int]:
    """Select the communities that somebody lives in, or works for, whole or in part."""
    served = actor.paths_with(Right.WORK_DESK)
    above = {step for path in (*served, actor.place_path or "") for step in ancestors(path)}
    below = [PlaceRow.path.startswith(path) for path in served]
    theirs = or_(PlaceRow.id.in_(above), *below)
    return select(PlaceRow.id).where(PlaceRow.kind == PlaceKind.COMMUNITY, theirs)
