"""The reasons that places have ready for returning or declining proposals."""

from sqlalchemy import func, select

from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import find_place, offer_within
from models.places.rules import ancestors
from models.places.tables import PlaceRow
from models.places.views import Place
from models.proposals.office_views import PlaceReasons, Reason
from models.proposals.tables import ProposalRow, ReasonRow


async def reasons_at(session: Session, path: str) -> list[Reason]:
    """List the reasons of the nearest place at or above a path that has any ready."""
    nearest = await session.scalar(
        select(ReasonRow.place_id)
        .join(PlaceRow, PlaceRow.id == ReasonRow.place_id)
        .where(ReasonRow.place_id.in_(ancestors(path)), ReasonRow.removed_at.is_(None))
        .order_by(func.length(PlaceRow.path).desc())
        .limit(1)
    )
    return [] if nearest is None else await _reasons(session, nearest)


async def reasons_for(session: Session, proposal_id: int) -> list[Reason]:
    """List the reasons that are ready for returning a proposal."""
    path = await session.scalar(
        select(PlaceRow.path)
        .join(ProposalRow, ProposalRow.place_id == PlaceRow.id)
        .where(ProposalRow.id == proposal_id)
    )
    return [] if path is None else await reasons_at(session, path)


async def reason_for(session: Session, path: str, reason_id: int) -> str | None:
    """Give the words of a reason that is ready at or above a path; None for any other."""
    row = await session.get(ReasonRow, reason_id)
    ready = row is not None and row.removed_at is None and row.place_id in ancestors(path)
    return row.words if row is not None and ready else None


async def place_reasons(session: Session, actor: Person, place_id: int) -> PlaceReasons | None:
    """Show a place's own reasons to its desk; None for others."""
    place = await find_place(session, place_id)
    if place is None or not actor.may(Right.WORK_DESK, place.path):
        return None
    return PlaceReasons(place, tuple(await _reasons(session, place_id)))


async def desk_tops(session: Session, actor: Person) -> tuple[Place, ...]:
    """List the tops of the places at whose desk somebody works."""
    paths = actor.paths_with(Right.WORK_DESK)
    return (await offer_within(session, paths, None)).options if paths else ()


async def _reasons(session: Session, place_id: int) -> list[Reason]:
    rows = await session.scalars(
        select(ReasonRow)
        .where(ReasonRow.place_id == place_id, ReasonRow.removed_at.is_(None))
        .order_by(ReasonRow.id)
    )
    return [Reason(row.id, row.words) for row in rows]
