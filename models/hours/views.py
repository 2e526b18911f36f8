"""Pictures of desk hours that leave the room."""

from dataclasses import dataclass

from models.hours.rules.desk import DeskHours


@dataclass(frozen=True)
class HoursInForce:
    """The hours that hold at a place, and the place that has set them."""

    place_id: int
    hours: DeskHours
