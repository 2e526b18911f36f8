"""Reading the hours of desks."""

from sqlalchemy import func, select

from models.database import Session
from models.hours.rules.desk import DeskHours
from models.hours.rules.desk_hours_text import Unreadable, read
from models.hours.tables import DeskHoursRow
from models.hours.views import HoursInForce
from models.places.rules import ancestors
from models.places.tables import PlaceRow


async def hours_at(session: Session, path: str, zone: str) -> DeskHours | None:
    """Return the hours set at a place or nearest above it; None where nobody has set any."""
    found = await kept_hours(session, path, zone)
    return found.hours if found else None


async def kept_hours(session: Session, path: str, zone: str) -> HoursInForce | None:
    """Return the hours that hold at a place, with the place that has set them."""
    row = await session.scalar(
        select(DeskHoursRow)
        .join(PlaceRow, PlaceRow.id == DeskHoursRow.place_id)
        .where(DeskHoursRow.place_id.in_(ancestors(path)))
        .order_by(func.length(PlaceRow.path).desc())
        .limit(1)
    )
    hours = read(row.week, zone) if row else None
    if row is None or hours is None or isinstance(hours, Unreadable):
        return None
    return HoursInForce(row.place_id, hours)
