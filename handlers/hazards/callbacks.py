"""The buttons of hazards."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from handlers.callbacks import Button, Id
from models.hazards.rules import HazardsShown

Place = Annotated[int, Field(ge=0, lt=2**53)]
"""The number of a place; 0: everywhere."""


class ToHazards(Button, prefix="ya"):
    """Show a page of the hazards."""

    shown: HazardsShown = HazardsShown.OPEN
    page: int = 0
    place: Place = 0
    """At or below it; 0: everywhere."""
    body: str = ""


class NarrowHazards(Button, prefix="yg"):
    """Choose a place or a body to which the list is narrowed."""

    shown: HazardsShown


class FindHazard(Button, prefix="yb"):
    """Begin to write down a hazard."""


class AccidentDay(Button, prefix="yc"):
    """Begin to enter the day of an accident."""


class AccidentBack(Button, prefix="yf"):
    """Take the day of an accident back that was entered by mistake; `day` as 20261201."""

    place: Id
    day: int


class HazardsFile(Button, prefix="yd"):
    """Send the hazards as a file; of lists that were sent before they could be narrowed."""


class NarrowFile(Button, prefix="yh"):
    """Send the hazards as a file, narrowed as the list is."""

    place: Place = 0
    """At or below it; 0: everywhere."""
    body: str = ""


class HazardAct(StrEnum):
    """What a button on a hazard does."""

    OPEN = "o"
    BELOW = "b"
    """Open it below a card."""
    PHOTOS = "p"
    WELL = "w"
    AGAIN = "a"
    ANSWER = "n"
    SORT = "k"
    HAND_ON = "h"


class OnHazard(Button, prefix="ye"):
    """A button on a hazard."""

    act: HazardAct
    id: Id
