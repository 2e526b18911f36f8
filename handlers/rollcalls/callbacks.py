"""The buttons of roll-calls."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from handlers.callbacks import Button, Id
from models.broadcasts.rules.notices import Answer
from models.rollcalls.rules.notices import BoardStanding

Page = Annotated[int, Field(ge=0, lt=2**31)]


class RollCallSay(StrEnum):
    """What a button says, in one letter."""

    SAFE = "s"
    NEED_HELP = "n"
    CAN_HELP = "c"

    @property
    def answer(self) -> Answer:
        """Return the answer that it stands for."""
        return Answer[self.name]


class Give(Button, prefix="qa"):
    """Answer a roll-call, about oneself or somebody whom one speaks for."""

    urgent = True

    id: Id
    about: Id
    say: RollCallSay
    below: bool = True
    """Show what came of it in a new message; else in place of the tapped one."""


class OpenAnswers(Button, prefix="qo"):
    """Show whom one answers for, and what was answered."""

    id: Id


class OnBoard(Button, prefix="qb"):
    """Open the live board: in place, or below the card that goes on changing by itself."""

    id: Id
    below: bool = False


class OnBoardList(Button, prefix="ql"):
    """Open a page of one of the board's lists."""

    id: Id
    standing: BoardStanding
    page: Page = 0
    below: bool = False
    """Below the board, which goes on changing by itself; else in place."""


class Do(StrEnum):
    """What is done about somebody on a list."""

    OPEN = "o"
    LOOK = "p"
    """Look at door and phone; the look is written down."""
    SAFE = "s"
    NEED_HELP = "n"
    CAN_HELP = "c"


class OnListed(Button, prefix="qp"):
    """A button about one person on a list."""

    urgent = True

    id: Id
    about: Id
    do: Do


class OnEnd(Button, prefix="qe"):
    """End a roll-call, `sure` after having been asked."""

    id: Id
    sure: bool = False


class CallUp(Button, prefix="qc"):
    """Ask those who can help to come somewhere."""

    urgent = True

    id: Id


class BeginReal(Button, prefix="qr"):
    """Prepare a roll-call in an emergency."""

    urgent = True

    sure: bool = True


class BeginDrill(Button, prefix="qd"):
    """Prepare a drill: a class of its own, so that no button of one can become the other's."""

    sure: bool = True
