"""The buttons of care."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from handlers.callbacks import Button, Id
from models.care.rules.states import CareFound, HomeSaid
from models.routines.rules import Festival


class ToHomes(Button, prefix="kl"):
    """Show whoever keeps homes a page of them."""

    page: int = 0


class ToCallOns(Button, prefix="kt"):
    """Show whoever keeps homes a page of today's call-ons, missed ones first."""

    page: int = 0


class ToConcerns(Button, prefix="kq"):
    """Show what was told in confidence to whom it belongs."""


class HomeAct(StrEnum):
    """What a button on a home does."""

    OPEN = "o"
    AGREE = "y"
    AGREE_OTHER = "z"
    """Agree, but to somebody else than was proposed."""
    DECLINE = "n"
    PAUSE = "p"
    RESUME = "r"
    END = "e"
    END_OF_OLD = "f"
    """The same, on messages of before; it asked once more."""
    BACK = "b"
    """Say that it was a slip of the finger that it ended."""
    WITHDRAW = "w"
    PAPER = "a"
    SEALED = "s"
    """Read what is sealed; the look is on record."""
    NAME = "m"
    """Propose a neighbour."""
    WISHES = "i"
    LISTEN = "h"
    """Listen to wishes that were spoken; the look is on record."""
    RHYTHM = "t"
    REVIEWED = "v"
    NEED = "d"
    """Say what is needed."""
    NEEDS = "l"
    """See what is needed, to ask for help with it or to take it off."""


class OnHome(Button, prefix="kh"):
    """A button on a home."""

    act: HomeAct
    id: Id


class ConfideAct(StrEnum):
    """What is said in confidence."""

    MONEY = "m"
    ANOTHER = "a"


class Confide(Button, prefix="kf"):
    """Say something in confidence; that it was pressed is written down nowhere else."""

    kept: ClassVar[bool] = False

    act: ConfideAct
    id: Id


class AskCompany(Button, prefix="kw"):
    """Ask to be looked in on."""


class PairAct(StrEnum):
    """What a button on a pair does."""

    OPEN = "o"
    WELCOME = "y"
    REFUSE = "n"
    TAKE_ON = "t"
    TURN_DOWN = "d"
    REST = "r"
    RETURN = "b"
    END = "e"


class OnPair(Button, prefix="kp"):
    """A button on a pair."""

    act: PairAct
    id: Id


class CallOnAct(StrEnum):
    """What a button on a call-on does."""

    OPEN = "o"
    COMING = "g"
    LATER = "l"
    """Choose another day of the window."""
    CANNOT = "c"
    WRITE = "w"
    COVER = "v"
    """Have somebody asked to come instead."""
    READ = "r"
    """Read what whoever looked in has written; the look is on record."""
    MYSELF = "m"
    """Say as staff that one looked in oneself."""


class OnCallOn(Button, prefix="kc"):
    """A button on a call-on."""

    act: CallOnAct
    id: Id


class ComeOn(Button, prefix="kd"):
    """Come on another day of the window."""

    id: Id
    day: Annotated[int, Field(ge=1, le=date.max.toordinal())]
    """By its number, counted from the first of the year 1."""


class SayFound(Button, prefix="kr"):
    """Report how somebody was found."""

    id: Id
    found: CareFound


class SayCame(Button, prefix="ks"):
    """Say as the home whether somebody came."""

    id: Id
    said: HomeSaid


class NeedAct(StrEnum):
    """What a button on a need does."""

    ASK_HELP = "a"
    MEET = "m"
    DROP = "d"
    LISTEN = "l"


class OnNeed(Button, prefix="kn"):
    """A button on a need of a home."""

    act: NeedAct
    id: Id
    home: Id


class ConcernAct(StrEnum):
    """What a button on a concern does."""

    OPEN = "o"
    SETTLE = "s"
    REPORT = "r"
    """Say what was done about money."""
    SIGN = "y"
    SEND_BACK = "b"
    LISTEN = "l"
    """Hear what was spoken; the look is on record."""


class OnConcern(Button, prefix="kk"):
    """A button on a concern."""

    act: ConcernAct
    id: Id


class OnRung(Button, prefix="k4"):
    """Pass on what somebody said on the telephone: whether it was well after a concern."""

    id: Id
    """Of the concern."""
    asked: Id
    """The question that had no answer."""
    well: bool


class FollowUpAct(StrEnum):
    """What a button on the question does whether it was well."""

    OPEN = "o"
    WELL = "y"
    AGAIN = "n"
    MORE = "w"
    """Say more of what happened again."""


class OnFollowUp(Button, prefix="k5"):
    """A button on that question; that it was pressed is written down nowhere else."""

    kept: ClassVar[bool] = False

    act: FollowUpAct
    id: Id


class ProposeHome(Button, prefix="kb"):
    """Begin to propose that somebody is looked in on."""


class ToCareMonth(Button, prefix="km"):
    """Show a desk its month of care in numbers."""

    month: int = 0
    """Numbered through the years; 0: the month of today."""


class ToFestivals(Button, prefix="kv"):
    """Show the visits for festivals: what is on, and for a desk what can be arranged."""


class ArrangeVisits(Button, prefix="ka"):
    """Have the homes of a place visited for a festival."""

    place: Id
    festival: Festival


class RoundAct(StrEnum):
    """What a button on the visits for a festival does."""

    OPEN = "o"


class OnRound(Button, prefix="ko"):
    """A button on the visits for a festival."""

    act: RoundAct
    id: Id


class GiftAct(StrEnum):
    """What a button on a gift does."""

    OPEN = "o"
    TAKE = "t"
    LET_GO = "l"
    GIVE = "g"
    RECEIVE = "y"
    MISS = "n"


class OnGift(Button, prefix="kg"):
    """A button on a gift."""

    act: GiftAct
    id: Id


class ToCareLedger(Button, prefix="ke"):
    """Offer a desk the ledger of care."""


class TakeCareLedger(Button, prefix="kx"):
    """Send the ledger of a year with its sealed columns masked."""

    place: Id
    year: int


class AskCareLedger(Button, prefix="ky"):
    """Ask for the same with its sealed columns, which a second person approves."""

    place: Id
    year: int


class LedgerAct(StrEnum):
    """What a button on a ledger that was asked for does."""

    OPEN = "o"
    APPROVE = "y"
    REFUSE = "n"


class OnCareLedger(Button, prefix="kz"):
    """A button on a ledger that was asked for."""

    act: LedgerAct
    id: Id


class ToSurveys(Button, prefix="ki"):
    """Show a desk the surveys of needs of its places."""


class BeginSurvey(Button, prefix="kj"):
    """Begin the survey of a place."""

    place: Id


class SurveyAct(StrEnum):
    """What a button on a survey does."""

    OPEN = "o"
    SURE = "f"
    """Ask once more before it ends."""
    END = "e"


class OnSurvey(Button, prefix="ku"):
    """A button on a survey, and the page of its people."""

    act: SurveyAct
    id: Id
    page: int = 0


class ResidentAct(StrEnum):
    """What a button on somebody on the list of a survey does."""

    OPEN = "o"
    ASK = "a"
    YES = "y"
    """They said yes at the door."""
    NO = "n"


class OnResident(Button, prefix="k2"):
    """A button on somebody on the list of a survey."""

    act: ResidentAct
    id: Id
    person: Id


class AskingAct(StrEnum):
    """What a button on somebody who was asked does."""

    OPEN = "o"
    YES = "y"
    NO = "n"
    FILL = "f"
    SEALED = "s"
    """Read what is sealed; the look is on record."""
    RIGHT = "r"
    WRONG = "w"
    DROP = "d"
    """Let nothing of it be kept."""
    PROPOSE = "p"
    """Propose that somebody looks in on them."""
    HELP = "h"
    """File a request for them."""


class OnAsking(Button, prefix="k3"):
    """A button on somebody who was asked in a survey."""

    act: AskingAct
    id: Id
