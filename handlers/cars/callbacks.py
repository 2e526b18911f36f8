"""The buttons of calls to move a car."""

from enum import StrEnum

from handlers.callbacks import Button, Id


class AskForCar(Button, prefix="cv"):
    """Ask for a car to be moved."""


class HearOfCars(Button, prefix="ch"):
    """Be asked to move one's car, or no more."""

    so: bool


class CarAct(StrEnum):
    """What a button on a call does."""

    OPEN = "o"
    COME = "c"
    SOON = "s"
    NOT_MINE = "n"
    MUTE = "m"
    MOVED = "d"


class OnCar(Button, prefix="cc"):
    """A button on a call."""

    act: CarAct
    id: Id
