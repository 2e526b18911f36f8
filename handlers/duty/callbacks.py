"""The buttons of the duty roster and of desk hours."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from handlers.callbacks import Button, Id

Weekday = Annotated[int, Field(ge=0, le=6)]
"""0 is Monday."""


class OnDuty(Button, prefix="du"):
    """Show a place with its roster and hours; without an id the tops of one's places."""

    id: Id | None = None
    page: Annotated[int, Field(ge=0, lt=2**31)] = 0


class AskDuty(Button, prefix="dy"):
    """Ask who is on duty on a day."""

    id: Id
    day: Weekday


class SetDuty(Button, prefix="dz"):
    """Put somebody on duty on a day, or nobody."""

    id: Id
    day: Weekday
    person_id: Id | None = None


class HoursAct(StrEnum):
    """What a button on a place's desk hours does."""

    SHOW = "s"
    TYPE = "t"
    CLEAR = "c"
    WITH_BREAK = "1"
    WITHOUT_BREAK = "2"
    EVERY_DAY = "3"


class OnHours(Button, prefix="dq"):
    """A button on the desk hours of a place."""

    act: HoursAct
    id: Id
