"""The buttons of the desk."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from handlers.callbacks import Button, Id
from models.help.rules.search import Sheet

Page = Annotated[int, Field(ge=0, lt=2**31)]


class OnDesk(Button, prefix="dl"):
    """Show a page of what is open at one's places, or of what one answers for oneself."""

    page: Page = 0
    mine: bool = False


class OnSearch(Button, prefix="df"):
    """Show another page of a search, the one that `number` counts."""

    number: Annotated[int, Field(gt=0, lt=2**31)]
    page: Page = 0


class DeskAct(StrEnum):
    """What a button on the desk's first screen does."""

    FILE = "f"
    FIND = "n"
    APPLICANTS = "v"
    SHEETS = "x"


class AtDesk(Button, prefix="dd"):
    """A button on the desk's first screen."""

    act: DeskAct


class TakeSheet(Button, prefix="de"):
    """Send a spreadsheet of the desk."""

    sheet: Sheet


class OpenCase(Button, prefix="dc"):
    """Open a request at the desk: in place, or below a card that changes by itself."""

    id: Id
    below: bool = False


class CaseAct(StrEnum):
    """What a button on a request at the desk does."""

    TAKE_OVER = "t"
    ASK_HAND_OVER = "h"
    ASK_ASSIGN = "a"
    ASK_CANCEL = "c"
    OTHER_REASON = "o"
    NOTE = "n"
    ANSWER = "r"
    CONTACT = "p"
    HISTORY = "l"
    MEDIA = "m"
    ASK_AGAIN = "g"
    SOLVED = "s"
    UNSOLVED = "u"
    WAIT = "w"
    GO_ON = "k"
    ASK_REOPEN = "e"
    REOPEN = "j"
    NOBODY_CAME = "y"


class OnCase(Button, prefix="dk"):
    """A button on a request at the desk."""

    act: CaseAct
    id: Id


class HandOver(Button, prefix="dh"):
    """Make somebody of the staff the owner."""

    id: Id
    to: Id


class Assign(Button, prefix="da"):
    """Give a missing hand to somebody."""

    id: Id
    to: Id


class Exchange(Button, prefix="dg"):
    """Have somebody come instead of a holder; without `to`, choose who."""

    id: Id
    gone: Id
    to: Id | None = None


class CancelReason(StrEnum):
    """Why the desk calls a request off."""

    SETTLED = "s"
    DOUBLE = "d"
    NOT_OURS = "n"
    BY_PHONE = "p"


class CancelCase(Button, prefix="dx"):
    """Call a request off for a reason."""

    id: Id
    reason: CancelReason


class ToCalls(Button, prefix="dr"):
    """Show who is to be rung: the longest silent, or the one behind a request."""

    after_id: Id | None = None


class CallAct(StrEnum):
    """What a button about somebody to be rung does."""

    SHOW = "o"
    CONTACT = "p"
    SOLVED = "s"
    UNSOLVED = "u"
    NO_ANSWER = "n"
    GIVE_UP = "g"


class OnCall(Button, prefix="db"):
    """A button about somebody to be rung."""

    act: CallAct
    id: Id


class CallStars(Button, prefix="ds"):
    """Write down the stars that somebody named on the phone."""

    id: Id
    stars: Annotated[int, Field(ge=1, le=5)]


class ApplicantAct(StrEnum):
    """What a button about an application does."""

    OPEN = "o"
    APPROVE = "a"
    ASK_REFUSE = "r"
    REFUSE = "x"
    REFUSE_WITH_REASON = "w"


class OnApplicant(Button, prefix="dv"):
    """A button about somebody who offers to help."""

    act: ApplicantAct
    id: Id
