"""The buttons of proposals."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from handlers.callbacks import Button, Id
from models.categories import Body
from models.proposals.rules.limits import STARS
from models.proposals.rules.notices import ProposalTopic

Page = Annotated[int, Field(ge=0, lt=2**31)]


class ProposalAct(StrEnum):
    """What a button on a proposal does."""

    OPEN = "o"
    """Show it in place."""
    BELOW = "b"
    """Show it below a card that changes by itself."""
    TIMELINE = "l"
    MEDIA = "m"
    SHARE = "h"
    AUTHOR = "a"
    CHANGES = "c"
    """What the new version changed."""
    EDIT = "e"
    RESUBMIT = "u"
    ASK_WITHDRAW = "w"
    WITHDRAW = "x"
    ACCEPT = "y"
    ASK_RETURN = "r"
    ASK_MERGE = "g"
    ASK_TURN = "t"
    TURN = "v"
    UNSECOND = "n"
    CALL_MEETING = "k"
    OPEN_VOTE = "q"
    ASK_ADOPT = "d"
    ASK_DECLINE = "f"
    ASSIGN = "i"
    REPORT = "p"
    GET_HELP = "j"
    DELIVER = "z"
    ASK_RATE = "1"
    REDO = "2"
    CLOSE = "3"
    DELIVERY = "4"
    """How it goes: notes, what volunteers were asked for, what people said."""
    RATE_WORDS = "5"
    """Add a word to one's stars."""
    RETURN_WORDS = "6"
    """Return it for a reason in words of one's own."""
    MERGE_NUMBER = "7"
    """Name by its number what to merge it into."""


class OnProposal(Button, prefix="pp"):
    """A button on a proposal."""

    act: ProposalAct
    id: Id


class SecondText(Button, prefix="px"):
    """Second a proposal in the text that the card shows: another one nobody has read there."""

    id: Id
    version: Annotated[int, Field(ge=1, lt=2**15)]


class ListScope(StrEnum):
    """Which proposals a list shows."""

    OPEN = "o"
    """To be seconded."""
    GOING = "g"
    """Deliberated, voted on, or underway."""
    OVER = "v"
    MINE = "m"
    BACKED = "b"
    """The reader has seconded them."""


class OnList(Button, prefix="pq"):
    """Show a page of proposals, of one topic or of all, at a place or at the reader's own."""

    scope: ListScope = ListScope.OPEN
    page: Page = 0
    topic: ProposalTopic | None = None
    place_id: Id | None = None


class ProposalsTo(StrEnum):
    """A screen of proposals that needs no subject."""

    HOME = "h"
    WRITE = "w"
    TOPICS = "t"
    PLACES = "p"
    YEARLY = "y"


class ToProposals(Button, prefix="pt"):
    """Go to one of those screens."""

    to: ProposalsTo
    page: Page = 0
    """Of the places."""


class OnTimeline(Button, prefix="pf"):
    """Show a page of what happened to a proposal, the latest first."""

    id: Id
    page: Page = 0


class OnReception(Button, prefix="pw"):
    """Show a page of what waits at the reception of the reader's places."""

    page: Page = 0


class ReturnFor(Button, prefix="pk"):
    """Return a proposal for a reason that is ready."""

    id: Id
    reason_id: Id


class ReturnReady(Button, prefix="pj"):
    """Return a proposal for one of the house's own reasons, which places without any offer."""

    id: Id
    which: Annotated[int, Field(ge=0, lt=100)]


class MergeInto(Button, prefix="pg"):
    """Merge a proposal into another; `sure` after having been asked."""

    id: Id
    into_id: Id
    sure: bool = False


class ReasonAct(StrEnum):
    """What a button about the ready reasons does."""

    LIST = "l"
    ADD = "a"
    CHANGE = "c"
    REMOVE = "r"


class OnReasons(Button, prefix="pz"):
    """A button about the reasons that a place has ready."""

    act: ReasonAct
    place_id: Id
    reason_id: Id | None = None


class OnTerms(Button, prefix="pm"):
    """Show or set how many seconds a place asks for."""

    place_id: Id | None = None
    topic: ProposalTopic | None = None
    ask: bool = False
    page: Page = 0
    """Of the places below."""


class DeliverBody(Button, prefix="pb"):
    """Name the body that answers for the delivery."""

    id: Id
    body: Body


class DeliverPerson(Button, prefix="pv"):
    """Name who answers for the delivery."""

    id: Id
    to: Id


class AssignAct(StrEnum):
    """What a button about who delivers does."""

    MENU = "m"
    BODY = "b"
    PERSON = "p"
    DAY = "d"
    PROMISE = "w"


class OnAssign(Button, prefix="pc"):
    """A button about who delivers, what, and until when."""

    act: AssignAct
    id: Id
    page: Page = 0


class InMonths(Button, prefix="pd"):
    """Have it delivered so many months from now."""

    id: Id
    months: Annotated[int, Field(ge=1, le=24)]


class NotePictures(Button, prefix="pe"):
    """Send the pictures that came with a line of the timeline."""

    id: Id
    line_id: Id


class RateDelivery(Button, prefix="ps"):
    """Rate a delivery."""

    id: Id
    stars: Annotated[int, Field(ge=STARS.start, lt=STARS.stop)]


class OnYear(Button, prefix="py"):
    """Show the yearly list of practical things 为民办实事 of a place."""

    year: Annotated[int, Field(ge=2000, lt=2200)]
    place_id: Id | None = None
    page: Page = 0


class OnYearPlaces(Button, prefix="ph"):
    """Choose the community whose yearly list is shown."""

    year: Annotated[int, Field(ge=2000, lt=2200)]
    page: Page = 0
