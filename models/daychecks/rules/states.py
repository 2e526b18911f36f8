"""Where a day check and one of its days stand, and who may move them."""

from enum import StrEnum

from models.records.rules import Lifecycle, Refusal, Transition


class CheckState(StrEnum):
    """Where a day check stands."""

    ON = "on"
    PAUSED = "paused"
    OFF = "off"


class CheckMove(StrEnum):
    """What somebody does with their own day check; nobody else does anything with it."""

    LOOK = "look"
    CHANGE = "change"
    REST = "rest"
    PAUSE = "pause"
    RESUME = "resume"
    SWITCH_ON = "switch_on"
    SWITCH_OFF = "switch_off"


class CheckRelation(StrEnum):
    """What somebody is to a day check."""

    SELF = "self"


_ON, _PAUSED = frozenset({CheckState.ON}), frozenset({CheckState.PAUSED})
_OFF, _OWN = frozenset({CheckState.OFF}), frozenset({CheckRelation.SELF})

CHECK_LIFECYCLE = Lifecycle(
    CheckState,
    Transition(CheckMove.LOOK, _OWN, frozenset(CheckState)),
    Transition(CheckMove.CHANGE, _OWN, _ON | _PAUSED),
    Transition(CheckMove.REST, _OWN, _ON),
    Transition(CheckMove.PAUSE, _OWN, _ON, CheckState.PAUSED),
    Transition(CheckMove.RESUME, _OWN, _PAUSED, CheckState.ON),
    Transition(CheckMove.SWITCH_ON, _OWN, _OFF, CheckState.ON),
    Transition(CheckMove.SWITCH_OFF, _OWN, _ON | _PAUSED, CheckState.OFF),
)


class DayState(StrEnum):
    """Where a day stands."""

    WAITING = "waiting"
    HEARD = "heard"
    """A sign of theirs came; it stops the ladder, and says nothing of how they are."""
    WELL = "well"
    """Their own tap."""
    LATE_WELL = "late_well"
    """Their own tap, after others had been told."""
    HELP = "help"
    """They asked for help: a request is filed."""
    FOUND_WELL = "found_well"
    """Somebody who says how they know found them well."""
    EMERGENCY = "emergency"
    """Nobody knew; neighbours are asked, as they had allowed."""
    UNRESOLVED = "unresolved"
    """Nobody knew, and nobody is left to be told."""


class DayMove(StrEnum):
    """What is done to a day."""

    LOOK = "look"
    HEAR = "hear"
    SAY_WELL = "say_well"
    SAY_LATE = "say_late"
    """Say that all is well after others had been told."""
    ASK_HELP = "ask_help"
    PRESS = "press"
    """Say that the help asked for cannot wait."""
    GO = "go"
    """Set out to look after them."""
    HAND_ON = "hand_on"
    """Say that one cannot, or that nobody answered: it closes nothing."""
    FIND = "find"
    LISTEN = "listen"
    CLIMB = "climb"
    ALARM = "alarm"
    GIVE_UP = "give_up"


class DayRelation(StrEnum):
    """What somebody is to a day."""

    SELF = "self"
    TOLD = "told"
    """Was told of the silence."""
    DESK = "desk"
    """Works at the desk where they live, of a day that has come to the desk."""


NOBODY_KNOWS = frozenset({DayState.WAITING, DayState.EMERGENCY, DayState.UNRESOLVED})
"""Nobody has heard of them yet."""
SAID_WELL = frozenset({DayState.WELL, DayState.LATE_WELL})
BY_THE_CLOCK: frozenset[DayRelation] = frozenset()

_WAITING, _ALL = frozenset({DayState.WAITING}), frozenset(DayState)
_SELF, _TOLD = frozenset({DayRelation.SELF}), frozenset({DayRelation.TOLD})
_OTHERS = frozenset({DayRelation.TOLD, DayRelation.DESK})
_NOT_SAID = _ALL - SAID_WELL - {DayState.HELP}

DAY_LIFECYCLE = Lifecycle(
    DayState,
    Transition(DayMove.LOOK, frozenset(DayRelation), _ALL),
    Transition(DayMove.HEAR, _SELF, NOBODY_KNOWS, DayState.HEARD),
    Transition(DayMove.SAY_WELL, _SELF, _NOT_SAID, DayState.WELL),
    Transition(DayMove.SAY_LATE, _SELF, _NOT_SAID, DayState.LATE_WELL),
    Transition(DayMove.ASK_HELP, _SELF, _ALL - {DayState.HELP}, DayState.HELP),
    Transition(DayMove.PRESS, _SELF, frozenset({DayState.HELP})),
    Transition(DayMove.GO, _OTHERS, NOBODY_KNOWS),
    Transition(DayMove.HAND_ON, _TOLD, NOBODY_KNOWS),
    Transition(DayMove.FIND, _OTHERS, NOBODY_KNOWS, DayState.FOUND_WELL),
    Transition(DayMove.LISTEN, frozenset({DayRelation.DESK}), _ALL),
    Transition(DayMove.CLIMB, BY_THE_CLOCK, _WAITING),
    Transition(DayMove.ALARM, BY_THE_CLOCK, _WAITING, DayState.EMERGENCY),
    Transition(DayMove.GIVE_UP, BY_THE_CLOCK, _WAITING, DayState.UNRESOLVED),
)


class Known(StrEnum):
    """How somebody knows that all is well."""

    SPOKE = "spoke"
    SAW = "saw"


class CircleSees(StrEnum):
    """As much of somebody's day as whoever is in their circle sees: never when they were here."""

    WELL = "well"
    HEARD = "heard"
    NOT_YET = "not_yet"


class TheySaid(StrEnum):
    """What somebody who was told of a silence said."""

    GOING = "going"
    CANNOT = "cannot"
    NO_ANSWER = "no_answer"
    """They rang, and nobody answered."""
    WELL = "well"


PASSED = frozenset({TheySaid.CANNOT, TheySaid.NO_ANSWER})


class DayOutcome(StrEnum):
    """What became of a use case, beside what refusals say."""

    SWITCHED_ON = "switched_on"
    CHANGED = "changed"
    PAUSED = "paused"
    RESUMED = "resumed"
    RESTING = "resting"
    SWITCHED_OFF = "switched_off"
    OUTSIDE = "outside"
    """The hour is none between five in the morning and nine in the evening."""
    TOO_CLOSE = "too_close"
    """The two hours of a day are not four hours apart."""
    QUIET_NOW = "quiet_now"
    """It was to begin now, and these are quiet hours."""
    NO_ACCOUNT = "no_account"
    """Nobody without the bot can tap for themselves."""
    WELL = "well"
    HELP = "help"
    PRESSED = "pressed"
    """The help they asked for is an emergency now."""
    TOLD = "told"
    """Words or a voice were added to their request."""
    NOT_FILED = "not_filed"
    """The request could not be filed: the place of living is missing, or something of that kind."""
    GOING = "going"
    OTHER_GOES = "other_goes"
    """Somebody else is on the way already."""
    HANDED_ON = "handed_on"
    FOUND_WELL = "found_well"
    LISTENED = "listened"


def seen_in_circle(state: DayState | None) -> CircleSees:
    """Return what the circle sees of a day; None: it has not begun. Silence is never 'well'."""
    if state in SAID_WELL or state is DayState.FOUND_WELL:
        return CircleSees.WELL
    heard = {DayState.HEARD, DayState.HELP}
    return CircleSees.HEARD if state in heard else CircleSees.NOT_YET


def well_move(rung: int) -> DayMove:
    """Return which move 'all is well' is: late where more than the first question was asked."""
    return DayMove.SAY_LATE if rung > 0 else DayMove.SAY_WELL


def why_unready(*, has_account: bool) -> Refusal | DayOutcome | None:
    """Return why somebody cannot have a day check: it needs taps of their own."""
    return None if has_account else DayOutcome.NO_ACCOUNT
