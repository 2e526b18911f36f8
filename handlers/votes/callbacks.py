"""The buttons of votes."""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from handlers.callbacks import Button, Id
from models.votes.rules.notices import VoteChoice

SLIP_LENGTH = 39
"""Characters of a slip at the most; with it, and the longest id, a button has 61 of 64 bytes."""


class OpenVote(Button, prefix="vt"):
    """Open a vote: in place, or below a card that changes by itself."""

    id: Id
    below: bool = False


class BallotSay(StrEnum):
    """What a button of a ballot says, in one letter."""

    YES = "y"
    NO = "n"
    ABSTAIN = "a"

    @property
    def choice(self) -> VoteChoice:
        """Return the choice that it stands for."""
        return VoteChoice[self.name]


class Cast(Button, prefix="vc"):
    """Give one's voice; with the slip of what it said before, which alone can change it.

    Nothing of such a press is ever written down.
    """

    kept: ClassVar[bool] = False

    id: Id
    say: BallotSay
    slip: Annotated[str, Field(max_length=SLIP_LENGTH)] = ""


class VoteAct(StrEnum):
    """What a button on a vote does."""

    ASK_OFF = "q"
    OFF = "x"
    HOW = "h"
    """Say how a secret ballot stays secret."""


class OnVote(Button, prefix="va"):
    """A button on a vote."""

    act: VoteAct
    id: Id


class OnNames(Button, prefix="vn"):
    """Show a page of who voted what in an open vote."""

    id: Id
    page: Annotated[int, Field(ge=0, lt=2**31)] = 0
