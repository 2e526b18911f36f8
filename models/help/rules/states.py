"""Where a request stands, who may move it, and how hands are counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    CLAIMED = "claimed"
    UNDERWAY = "underway"
    DONE = "done"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    UNSOLVED = "unsolved"


class ClaimState(StrEnum):
    """Where one person's claim on a request stands."""

    WAITING = "waiting"
    HELD = "held"
    ON_WAY = "on_way"
    DONE = "done"
    HANDED_BACK = "handed_back"
    LEFT_LINE = "left_line"
    """Gave up waiting."""
    RELEASED = "released"
    """The request ended before this person had finished or come to the front, or the desk asked
    somebody else to go."""
    ENDED = "ended"
    """Reported done, and the resident said it is not solved."""
    NO_ANSWER = "no_answer"
    """Did not answer 'still coming?' in time; the next in line was asked in."""
    NO_SHOW = "no_show"
    """Was awaited and did not come."""
    SWAPPED = "swapped"
    """Given to another holder, whose task was taken instead."""


class OfferState(StrEnum):
    """What came of asking one person."""

    ASKED = "asked"
    DECLINED = "declined"
    """Not asked again about this request."""
    CLAIMED = "claimed"


class SwapState(StrEnum):
    """Where a proposal to change tasks stands."""

    ASKED = "asked"
    SWAPPED = "swapped"
    DECLINED = "declined"
    OVER = "over"
    """One of the two tasks is no longer in the same hands, has begun or is over."""


class Waiting(StrEnum):
    """What a pause of a request's clocks waits for; all of it is the resident's to give."""

    START = "start"
    """They want it done at a later time of their own choosing."""
    ANSWER = "answer"
    """The desk has asked them something."""
    VERDICT = "verdict"
    """It is reported done: solved or not?"""


class Move(StrEnum):
    """What somebody does to a request."""

    CLAIM = "claim"
    ASSIGN = "assign"
    HAND_BACK = "hand_back"
    SET_OUT = "set_out"
    REPORT_DONE = "report_done"
    SAY_SOLVED = "say_solved"
    SAY_UNSOLVED = "say_unsolved"
    CANCEL = "cancel"
    EXPIRE = "expire"
    ASK_AGAIN = "ask_again"
    CONFIRM = "confirm"
    """Say at last that what was closed without a word is solved."""
    GIVE_UP = "give_up"
    """Close without the resident's word: nobody answered the telephone."""
    REOPEN = "reopen"
    """Say of what was closed that it is not solved after all."""
    SIGN_OFF = "sign_off"
    """Accept that what was not solved has been put right; the resident is asked anew."""


class Relation(StrEnum):
    """As what somebody acts."""

    RESIDENT = "resident"
    """Beneficiary, whoever filed the request, or the beneficiary's proxy."""
    VOLUNTEER = "volunteer"
    HOLDER = "holder"
    DESK = "desk"
    SUPERVISOR = "supervisor"
    CLOCK = "clock"


LIVE = frozenset({State.OPEN, State.CLAIMED, State.UNDERWAY})
"""Somebody may still come; which of the three follows from the claims."""
ENDED = frozenset({State.CLOSED, State.CANCELLED, State.EXPIRED})
UNENDED = frozenset(State) - ENDED

HOLDING = frozenset({ClaimState.HELD, ClaimState.ON_WAY})
COUNTED = HOLDING | {ClaimState.DONE}
"""Claims that fill a hand: their number is the request's `held`."""
OPEN_CLAIM = HOLDING | {ClaimState.WAITING}
DID_IT = COUNTED | {ClaimState.ENDED}
"""Claims of those who did the work, also when it was not solved by it."""
LOADING = DID_IT
"""Claims that count against a volunteer's cap; handed back and released ones do not."""


@dataclass(frozen=True)
class Transition:
    """From which states a move leads where; `to` None: the live state follows from the claims."""

    frm: frozenset[State]
    to: State | None = None


_CLOSED = frozenset({State.CLOSED})
_RESIDENT_SOLVED = Transition(LIVE | {State.DONE, State.UNSOLVED}, State.CLOSED)

TRANSITIONS: dict[tuple[Move, Relation], Transition] = {
    (Move.CLAIM, Relation.VOLUNTEER): Transition(LIVE),
    (Move.ASSIGN, Relation.DESK): Transition(LIVE | {State.UNSOLVED}),
    (Move.HAND_BACK, Relation.HOLDER): Transition(LIVE),
    (Move.SET_OUT, Relation.HOLDER): Transition(LIVE),
    (Move.REPORT_DONE, Relation.HOLDER): Transition(LIVE),
    (Move.SAY_SOLVED, Relation.RESIDENT): _RESIDENT_SOLVED,
    (Move.SAY_SOLVED, Relation.DESK): _RESIDENT_SOLVED,
    (Move.SAY_UNSOLVED, Relation.RESIDENT): Transition(frozenset({State.DONE}), State.UNSOLVED),
    (Move.SAY_UNSOLVED, Relation.DESK): Transition(frozenset({State.DONE}), State.UNSOLVED),
    (Move.CANCEL, Relation.RESIDENT): Transition(LIVE, State.CANCELLED),
    (Move.CANCEL, Relation.DESK): Transition(LIVE | {State.UNSOLVED}, State.CANCELLED),
    (Move.EXPIRE, Relation.CLOCK): Transition(frozenset({State.OPEN}), State.EXPIRED),
    (Move.ASK_AGAIN, Relation.DESK): Transition(
        frozenset({State.UNSOLVED, State.EXPIRED}), State.OPEN
    ),
    (Move.CONFIRM, Relation.RESIDENT): Transition(_CLOSED, State.CLOSED),
    (Move.CONFIRM, Relation.DESK): Transition(_CLOSED, State.CLOSED),
    (Move.GIVE_UP, Relation.DESK): Transition(frozenset({State.DONE}), State.CLOSED),
    (Move.REOPEN, Relation.RESIDENT): Transition(_CLOSED, State.UNSOLVED),
    (Move.REOPEN, Relation.DESK): Transition(_CLOSED, State.UNSOLVED),
    (Move.SIGN_OFF, Relation.SUPERVISOR): Transition(frozenset({State.UNSOLVED}), State.DONE),
}
"""Every move, as what it is made, and where it leads; what is not here nobody may do."""


def allowed(state: State, move: Move, relation: Relation) -> bool:
    """Return whether a request in `state` may be moved so by somebody under `relation`."""
    step = TRANSITIONS.get((move, relation))
    return step is not None and state in step.frm


def relation_for(state: State, move: Move, relations: Iterable[Relation]) -> Relation | None:
    """Return the first of somebody's relations under which a move is allowed; None if none is."""
    return next((relation for relation in relations if allowed(state, move, relation)), None)


def target(move: Move, relation: Relation) -> State | None:
    """Return the state a move leads to; None where it follows from the claims."""
    return TRANSITIONS[move, relation].to


@dataclass(frozen=True)
class Hands:
    """Hands of one request: needed, and claims by what they do.

    `held` counts claims that fill a hand (holding, on the way or done); `on_way` and `done` are
    among them.
    """

    needed: int
    held: int = 0
    on_way: int = 0
    done: int = 0

    @property
    def missing(self) -> int:
        """Hands still to be found."""
        return max(self.needed - self.held, 0)

    @property
    def working(self) -> int:
        """Holders who have not reported done."""
        return self.held - self.done


def live_state(hands: Hands) -> State:
    """Return the state of a request that still goes on, from its hands alone."""
    if hands.on_way or (hands.done and hands.working):
        return State.UNDERWAY
    return State.OPEN if hands.missing else State.CLAIMED


def is_finished(hands: Hands, *, all_finished: bool) -> bool:
    """Return whether a report of 'done' ends the work on a request.

    It does when every hand was found and has reported, or when the reporter says that nothing
    is left to do.
    """
    return all_finished or (hands.done > 0 and not hands.working and not hands.missing)
