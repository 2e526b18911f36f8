"""Where a broadcast stands, what may be done to it, and by whom."""

from dataclasses import dataclass
from enum import StrEnum

from models.broadcasts.rules.notices import Style
from models.broadcasts.rules.outcomes import BroadcastOutcome


class State(StrEnum):
    """Where a broadcast stands."""

    DRAFT = "draft"
    WAITING = "waiting"
    """For a second person."""
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    SENT = "sent"
    """Every copy is settled."""
    CANCELLED = "cancelled"
    DISCARDED = "discarded"


class Move(StrEnum):
    """What somebody does to a broadcast."""

    EDIT = "edit"
    TEST = "test"
    """Send it to oneself alone."""
    ASK = "ask"
    """Have it go: at once, at its time, or once a second person has approved."""
    APPROVE = "approve"
    SEND_BACK = "send_back"
    TAKE_BACK = "take_back"
    """Make it a draft again before it has begun."""
    BEGIN = "begin"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    CORRECT = "correct"
    RECALL = "recall"
    END = "end"
    DISCARD = "discard"


class Relation(StrEnum):
    """As what somebody acts on a broadcast."""

    AUTHOR = "author"
    APPROVER = "approver"
    """Has the right to approve everywhere in its audience, and is not its author."""
    KEEPER = "keeper"
    """Answers for its place: can always stop it, whoever sent it."""
    CLOCK = "clock"


@dataclass(frozen=True)
class Transition:
    """From which states a move leads where, and by whom; `to` None: it stays where it is."""

    frm: frozenset[State]
    by: frozenset[Relation]
    to: State | None = None


def _by(*relations: Relation) -> frozenset[Relation]:
    return frozenset(relations)


_EITHER = _by(Relation.AUTHOR, Relation.KEEPER)
_BEGUN = frozenset({State.SENDING, State.PAUSED})
_SEEN = _BEGUN | {State.SENT, State.CANCELLED}

TABLE: dict[Move, Transition] = {
    Move.EDIT: Transition(frozenset({State.DRAFT}), _by(Relation.AUTHOR)),
    Move.TEST: Transition(frozenset({State.DRAFT}), _by(Relation.AUTHOR)),
    Move.ASK: Transition(frozenset({State.DRAFT}), _by(Relation.AUTHOR), State.WAITING),
    Move.APPROVE: Transition(frozenset({State.WAITING}), _by(Relation.APPROVER), State.SCHEDULED),
    Move.SEND_BACK: Transition(frozenset({State.WAITING}), _by(Relation.APPROVER), State.DRAFT),
    Move.TAKE_BACK: Transition(
        frozenset({State.WAITING, State.SCHEDULED}), _by(Relation.AUTHOR), State.DRAFT
    ),
    Move.BEGIN: Transition(frozenset({State.SCHEDULED}), _by(Relation.CLOCK), State.SENDING),
    Move.PAUSE: Transition(frozenset({State.SENDING}), _EITHER, State.PAUSED),
    Move.RESUME: Transition(frozenset({State.PAUSED}), _EITHER, State.SENDING),
    Move.CANCEL: Transition(_BEGUN | {State.WAITING, State.SCHEDULED}, _EITHER, State.CANCELLED),
    Move.CORRECT: Transition(_SEEN, _by(Relation.AUTHOR)),
    Move.RECALL: Transition(_SEEN, _EITHER),
    Move.END: Transition(frozenset({State.SENDING}), _by(Relation.CLOCK), State.SENT),
    Move.DISCARD: Transition(frozenset({State.DRAFT}), _by(Relation.AUTHOR), State.DISCARDED),
}


def why_not(move: Move, state: State, relations: frozenset[Relation]) -> BroadcastOutcome | None:
    """Return why a move is refused; None where it is allowed.

    Who has no part in it learns nothing of where it stands.
    """
    transition = TABLE[move]
    if not transition.by & relations:
        return BroadcastOutcome.NOT_ALLOWED
    return None if state in transition.frm else BroadcastOutcome.TOO_LATE


def moves_of(
    state: State, relations: frozenset[Relation], *, recalled: bool = False
) -> frozenset[Move]:
    """Return all that somebody may do now: what a card has buttons for.

    What was recalled is neither corrected nor recalled once more.
    """
    gone = frozenset({Move.CORRECT, Move.RECALL}) if recalled else frozenset()
    return frozenset(move for move in Move if why_not(move, state, relations) is None) - gone


def needs_approval(style: Style, heads: int, limit: int) -> bool:
    """Return whether a second person has to see it first: above a head count, and in any emergency.

    A drill is rehearsed as the real thing is done.
    """
    return style is not Style.NOTICE or heads > limit
