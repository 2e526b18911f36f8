"""What urgencies, reasons and states are called."""

from handlers.i18n import gettext as _
from handlers.i18n import mark
from models.help.rules.matching import Reason
from models.help.rules.outcomes import HandBackReason
from models.help.rules.policy import Urgency
from models.help.rules.states import ClaimState, State

URGENCIES = {
    Urgency.EMERGENCY: mark("Emergency: somebody at once"),
    Urgency.URGENT: mark("Soon: within a day"),
    Urgency.ORDINARY: mark("Ordinary: within a week"),
    Urgency.COMPLEX: mark("Takes longer: within two weeks"),
}


HAND_BACK = {
    HandBackReason.NO_TIME: mark("Something came up"),
    HandBackReason.ILL: mark("I am not well"),
    HandBackReason.TOO_HARD: mark("It is more than I can do"),
    HandBackReason.UNREACHABLE: mark("Nobody answers there"),
    HandBackReason.NOT_SAFE: mark("I do not feel safe"),
    HandBackReason.LEFT: mark("No longer a volunteer"),
    HandBackReason.OTHER: mark("Another reason"),
}


WHY_YOU = {
    Reason.SKILL: mark("you know how to do this"),
    Reason.SAME_BUILDING: mark("you live in the same building"),
    Reason.NEARBY: mark("you live close by"),
    Reason.SAME_COMMUNITY: mark("you live in the same community"),
    Reason.FREE_THEN: mark("you said you have time then"),
    Reason.HELPED_LITTLE: mark("it is a while since you were asked"),
    Reason.ALWAYS_CAME: mark("you have always kept your word"),
    Reason.ASSIGNED: mark("the community office thought of you"),
}


WHY_THEM = {
    Reason.SKILL: mark("has the skill"),
    Reason.SAME_BUILDING: mark("same building"),
    Reason.NEARBY: mark("close by"),
    Reason.SAME_COMMUNITY: mark("same community"),
    Reason.FREE_THEN: mark("free then"),
    Reason.HELPED_LITTLE: mark("helped little lately"),
    Reason.ALWAYS_CAME: mark("has always come"),
    Reason.ASSIGNED: mark("chosen by the office"),
}


STATES = {
    State.OPEN: ("🔎", mark("looking for somebody")),
    State.CLAIMED: ("🙋", mark("somebody is coming")),
    State.UNDERWAY: ("🚶", mark("on the way")),
    State.DONE: ("❓", mark("done? Please say")),
    State.CLOSED: ("✅", mark("solved")),
    State.CANCELLED: ("✕", mark("called off")),
    State.EXPIRED: ("⌛", mark("ran out of time")),
    State.UNSOLVED: ("🔁", mark("not solved yet")),
}


CLAIMS = {
    ClaimState.WAITING: ("⏳", mark("waiting list")),
    ClaimState.HELD: ("✋", mark("yours to do")),
    ClaimState.ON_WAY: ("🚶", mark("on the way")),
    ClaimState.DONE: ("✅", mark("done")),
    ClaimState.HANDED_BACK: ("↩️", mark("handed back")),
    ClaimState.LEFT_LINE: ("↩️", mark("left the waiting list")),
    ClaimState.RELEASED: ("✕", mark("no longer needed")),
    ClaimState.ENDED: ("🔁", mark("not solved yet")),
    ClaimState.NO_ANSWER: ("📵", mark("could not be reached")),
    ClaimState.NO_SHOW: ("📵", mark("did not come")),
    ClaimState.SWAPPED: ("🔄", mark("changed with somebody")),
}


def urgency(value: Urgency) -> str:
    """Call an urgency by what it promises."""
    return _(URGENCIES[value])


def reason_given(value: HandBackReason) -> str:
    """Call a reason for handing back, as its button says it."""
    return _(HAND_BACK[value])


def state(value: State, *, unsaid: bool = False) -> str:
    """Say in a few words where a request stands; `unsaid` when it is closed without a word."""
    if unsaid and value is State.CLOSED:
        return _("closed, nobody could be reached")
    return _(STATES[value][1])


def state_sign(value: State) -> str:
    """Return the sign of a state."""
    return STATES[value][0]


def claim(value: ClaimState) -> str:
    """Say in a few words where somebody's claim stands."""
    return _(CLAIMS[value][1])


def claim_of_another(value: ClaimState) -> str:
    """Say the same of somebody other than the reader."""
    return _("will come") if value is ClaimState.HELD else claim(value)


def claim_sign(value: ClaimState) -> str:
    """Return the sign of a claim's state."""
    return CLAIMS[value][0]
