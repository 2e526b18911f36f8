"""The buttons of requests and tasks."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from handlers.callbacks import Button, Id
from models.help.rules.outcomes import HandBackReason


class AskWithThis(Button, prefix="hq"):
    """Ask for help with what was sent in the message of this number."""

    id: Id


class AddThis(Button, prefix="hx"):
    """Add what was sent in a message to a request of one's own."""

    id: Id
    message: Id


class CallNow(Button, prefix="hz"):
    """Call for help at once with what a message said: for oneself, or for somebody spoken for.

    Without a message nothing was said, and those who speak for others are asked for whom it is.
    """

    urgent = True

    message: Id | None = None
    about: Id | None = None


class AskOffice(Button, prefix="hy"):
    """Put a question that a message brought to the office."""

    message: Id


class CardAct(StrEnum):
    """What a button on a card does."""

    TAKE = "t"
    DECLINE = "d"
    LEAVE_LINE = "l"
    SHOW = "s"
    """Show the card of a request below."""


class OnCard(Button, prefix="hc"):
    """A button on the card of an open request."""

    act: CardAct
    id: Id


class OpenTask(Button, prefix="ht"):
    """Open the holder's screen: in place, or below a card that goes on changing by itself."""

    id: Id
    below: bool = False


class TaskAct(StrEnum):
    """What a button on the holder's screen does."""

    CONTACT = "c"
    MEDIA = "m"
    ON_WAY = "w"
    LATE = "l"
    ASK_DONE = "d"
    DONE = "f"
    ALL_DONE = "a"
    DONE_WITH_PHOTO = "p"
    ASK_HAND_BACK = "b"
    OTHER_REASON = "o"
    ASK_SWAP = "s"


class OnTask(Button, prefix="hk"):
    """A button on the holder's screen."""

    act: TaskAct
    id: Id


class HideContact(Button, prefix="hh"):
    """Hide door and phone on the card of a look."""

    id: Id
    look_id: Id


class HandBack(Button, prefix="hb"):
    """Hand a task back for a reason."""

    id: Id
    reason: HandBackReason


class Late(Button, prefix="hw"):
    """Tell the resident how many minutes later one comes."""

    id: Id
    minutes: Annotated[int, Field(ge=-9999, le=9999)]


class Coming(Button, prefix="hs"):
    """Answer 'still coming?'."""

    id: Id
    yes: bool


class HowItStands(StrEnum):
    """What a holder answers when asked how it stands."""

    ON_WAY = "w"
    DONE = "d"


class Stands(Button, prefix="hj"):
    """Answer how it stands, after the start."""

    id: Id
    how: HowItStands


class Came(Button, prefix="hg"):
    """Say whether a helper has come."""

    id: Id
    person_id: Id
    came: bool


class ProposeSwap(Button, prefix="hp"):
    """Offer one's task (`id` of its request) for another holder's claim."""

    id: Id
    claim_id: Id


class AnswerSwap(Button, prefix="ha"):
    """Agree to change tasks, or not; `id` is the proposal's."""

    id: Id
    yes: bool


class OpenMine(Button, prefix="hm"):
    """Open one of one's own requests: in place, or below."""

    id: Id
    below: bool = False


class MineAct(StrEnum):
    """What a button on one's own request does."""

    HISTORY = "h"
    LOOKS = "k"
    MEDIA = "m"
    ADD = "n"
    NOBODY = "o"
    ASK_CANCEL = "c"
    CANCEL = "x"
    THANKS = "t"
    CONTACT = "p"
    ASK_REOPEN = "r"
    REOPEN = "e"


class OnMine(Button, prefix="hn"):
    """A button on one's own request."""

    act: MineAct
    id: Id


class Verdict(Button, prefix="hv"):
    """Say solved or not solved."""

    id: Id
    solved: bool


class Stars(Button, prefix="hr"):
    """Give stars; the action judges the number."""

    id: Id
    stars: Annotated[int, Field(ge=-99, le=99)]
