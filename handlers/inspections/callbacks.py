"""The buttons of rounds, walks and checklists."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from handlers.callbacks import Button, Id
from models.inspections.rules import WalkMark

At = Annotated[int, Field(ge=0, le=99)]
"""The number of a point, from 0."""


class ToRounds(Button, prefix="ul"):
    """Show a page of the rounds of somebody's places."""

    page: int = 0


class SetUpRound(Button, prefix="un"):
    """Begin to set up a round."""


class WalkNow(Button, prefix="uf"):
    """Begin a walk that belongs to no round."""


class ToChecklists(Button, prefix="uc"):
    """List the checklists of a place; 0: of the reader's first."""

    place: Annotated[int, Field(ge=0, lt=2**53)] = 0


class WriteChecklist(Button, prefix="ud"):
    """Make a checklist of a community, or change one by its number in the list."""

    place: Id
    which: Annotated[int, Field(ge=0, le=99)] = 0
    """0: a new one."""


class InspectionRoundAct(StrEnum):
    """What a button on a round does."""

    OPEN = "o"
    WALK = "w"
    CHOOSE = "c"
    EXCUSE = "e"
    SEE = "s"
    PRINT = "p"
    END = "x"


class OnInspectionRound(Button, prefix="ur"):
    """A button on a round."""

    act: InspectionRoundAct
    id: Id


class WalkAct(StrEnum):
    """What a button on a walk does."""

    OPEN = "o"
    FINISH = "f"
    DROP = "x"


class OnWalk(Button, prefix="uw"):
    """A button on a walk."""

    act: WalkAct
    id: Id


class OnPoint(Button, prefix="up"):
    """Say something of a point."""

    id: Id
    at: At
    mark: WalkMark


class StepBack(Button, prefix="ub"):
    """Take back what was said of the point before."""

    id: Id
    at: At
