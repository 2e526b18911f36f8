"""The buttons of forms."""

from enum import StrEnum

from handlers.callbacks import Button


class Act(StrEnum):
    """What a button under a question does; CHOOSE and CHANGE are followed by an index."""

    CHOOSE = "c"
    MORE = "m"
    LESS = "l"
    DONE = "d"
    CLEAR = "z"
    KEEP = "k"
    BACK = "b"
    SKIP = "s"
    CANCEL = "x"
    DROP = "y"
    GO_ON = "g"
    ANEW = "a"
    LIST = "e"
    CHANGE = "q"
    SEND = "t"


class Tap(Button, prefix="f"):
    """A button under a question, bound to one run and to one asking of one question."""

    run: str
    step: int
    act: str
    """What was tapped: an `Act`, and an index where it takes one."""


class StartAgain(Button, prefix="fz"):
    """Fill in a form anew after an upgrade made the half-filled one unreadable."""

    name: str


class TakeUp(Button, prefix="fa"):
    """Go on with the form that was set aside."""
