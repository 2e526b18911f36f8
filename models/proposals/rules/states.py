"""Where a proposal stands, what may be done to it, and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from models.proposals.rules.outcomes import ProposalOutcome


class State(StrEnum):
    """Where a proposal stands."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    """Sent back with a reason; its author can mend it."""
    SECONDING = "seconding"
    DELIBERATION = "deliberation"
    """Enough have seconded it: a meeting, a vote or a decision follows."""
    VOTE = "vote"
    ADOPTED = "adopted"
    UNDERWAY = "underway"
    DELIVERED = "delivered"
    """Whoever backed it is asked to rate it."""
    RATED = "rated"
    """Rated, and not well: the secretary has to look again."""
    CLOSED = "closed"
    MERGED = "merged"
    TURNED = "turned"
    """It was a request for help, and has become one."""
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    """Too few had seconded it by its date."""
    DECLINED = "declined"


class Move(StrEnum):
    """What somebody does to a proposal."""

    EDIT = "edit"
    """Change the text; what was seconded is asked anew."""
    RESUBMIT = "resubmit"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    RETURN = "return"
    MERGE = "merge"
    TURN = "turn"
    """Make it a request for help."""
    SECOND = "second"
    UNSECOND = "unsecond"
    REACH = "reach"
    LAPSE = "lapse"
    CALL_MEETING = "call_meeting"
    OPEN_VOTE = "open_vote"
    CANCEL_VOTE = "cancel_vote"
    PASS_VOTE = "pass_vote"  # noqa: S105 - a vote that passes, not a password
    FAIL_VOTE = "fail_vote"
    MISS_QUORUM = "miss_quorum"
    ADOPT = "adopt"
    DECLINE = "decline"
    ASSIGN = "assign"
    """Name the body and the person who answer for it, and the date."""
    REPORT = "report"
    """Write how it goes."""
    GET_HELP = "get_help"
    """Ask volunteers for a part of it, as a request for help."""
    DELIVER = "deliver"
    RATE = "rate"
    END_WELL = "end_well"
    """The time for rating is over, and those who backed it are content, or silent."""
    END_BADLY = "end_badly"
    REDO = "redo"
    CLOSE = "close"


class Relation(StrEnum):
    """As what somebody acts on a proposal."""

    AUTHOR = "author"
    DESK = "desk"
    SECRETARY = "secretary"
    """Answers for the place."""
    OWNER = "owner"
    """Answers for the delivery."""
    NEIGHBOUR = "neighbour"
    """Lives in its community."""
    SUPPORTER = "supporter"
    """Has seconded it as it now reads."""
    RATER = "rater"
    """Wrote it or has seconded it, and had no hand in its delivery."""
    CLOCK = "clock"


@dataclass(frozen=True)
class Part:
    """What somebody is to a proposal."""

    author: bool = False
    desk: bool = False
    """Has the right to work at the desk of its place."""
    supervises: bool = False
    """Has the right to answer for its place."""
    owner: bool = False
    neighbour: bool = False
    supporter: bool = False
    delivered: bool = False
    """Has said that it is delivered."""


def relations(part: Part) -> frozenset[Relation]:
    """Return as what somebody may act.

    Nobody receives or decides what is their own proposal, or rates what they delivered.
    """
    judges = not part.author
    theirs = {
        Relation.AUTHOR: part.author,
        Relation.DESK: part.desk and judges,
        Relation.SECRETARY: part.supervises and judges,
        Relation.OWNER: part.owner,
        Relation.NEIGHBOUR: part.neighbour and judges,
        Relation.SUPPORTER: part.supporter,
        Relation.RATER: (part.author or part.supporter) and not (part.owner or part.delivered),
    }
    return frozenset(relation for relation, holds in theirs.items() if holds)


@dataclass(frozen=True)
class Transition:
    """From which states a move leads where; `to` None: it stays where it is."""

    frm: frozenset[State]
    to: State | None = None


def _from(*states: State, to: State | None = None) -> Transition:
    return Transition(frozenset(states), to)


_RECEIVED = _from(State.SUBMITTED, to=State.SECONDING)
_ADOPTED = _from(State.DELIBERATION, to=State.ADOPTED)
_ASSIGNED = _from(State.ADOPTED, State.UNDERWAY, to=State.UNDERWAY)
_GOES_ON = _from(State.UNDERWAY)

TRANSITIONS: dict[tuple[Move, Relation], Transition] = {
    (Move.EDIT, Relation.AUTHOR): _from(State.SUBMITTED, State.SECONDING),
    (Move.RESUBMIT, Relation.AUTHOR): _from(State.RETURNED, to=State.SUBMITTED),
    (Move.WITHDRAW, Relation.AUTHOR): _from(
        State.SUBMITTED, State.RETURNED, State.SECONDING, to=State.WITHDRAWN
    ),
    (Move.ACCEPT, Relation.DESK): _RECEIVED,
    (Move.RETURN, Relation.DESK): _from(State.SUBMITTED, to=State.RETURNED),
    (Move.MERGE, Relation.DESK): _from(State.SUBMITTED, State.SECONDING, to=State.MERGED),
    (Move.TURN, Relation.DESK): _from(State.SUBMITTED, to=State.TURNED),
    (Move.SECOND, Relation.NEIGHBOUR): _from(State.SECONDING),
    (Move.UNSECOND, Relation.SUPPORTER): _from(State.SECONDING),
    (Move.REACH, Relation.CLOCK): _from(State.SECONDING, to=State.DELIBERATION),
    (Move.LAPSE, Relation.CLOCK): _from(State.SECONDING, to=State.LAPSED),
    (Move.CALL_MEETING, Relation.SECRETARY): _from(State.DELIBERATION),
    (Move.OPEN_VOTE, Relation.SECRETARY): _from(State.DELIBERATION, to=State.VOTE),
    (Move.CANCEL_VOTE, Relation.SECRETARY): _from(State.VOTE, to=State.DELIBERATION),
    (Move.PASS_VOTE, Relation.CLOCK): _from(State.VOTE, to=State.ADOPTED),
    (Move.FAIL_VOTE, Relation.CLOCK): _from(State.VOTE, to=State.DECLINED),
    (Move.MISS_QUORUM, Relation.CLOCK): _from(State.VOTE, to=State.DELIBERATION),
    (Move.ADOPT, Relation.SECRETARY): _ADOPTED,
    (Move.DECLINE, Relation.SECRETARY): _from(State.DELIBERATION, to=State.DECLINED),
    (Move.ASSIGN, Relation.SECRETARY): _ASSIGNED,
    (Move.REPORT, Relation.OWNER): _GOES_ON,
    (Move.REPORT, Relation.SECRETARY): _GOES_ON,
    (Move.GET_HELP, Relation.OWNER): _GOES_ON,
    (Move.GET_HELP, Relation.SECRETARY): _GOES_ON,
    (Move.DELIVER, Relation.OWNER): _from(State.UNDERWAY, to=State.DELIVERED),
    (Move.DELIVER, Relation.SECRETARY): _from(State.UNDERWAY, to=State.DELIVERED),
    (Move.RATE, Relation.RATER): _from(State.DELIVERED),
    (Move.END_WELL, Relation.CLOCK): _from(State.DELIVERED, to=State.CLOSED),
    (Move.END_BADLY, Relation.CLOCK): _from(State.DELIVERED, to=State.RATED),
    (Move.REDO, Relation.SECRETARY): _from(State.RATED, to=State.UNDERWAY),
    (Move.CLOSE, Relation.SECRETARY): _from(State.RATED, to=State.CLOSED),
}
"""Every move, as what it is made, and where it leads; what is not here nobody may do.

With no seconds needed at its place, ACCEPT is followed by REACH at once.
"""

ENDED = frozenset(
    {
        State.CLOSED,
        State.MERGED,
        State.TURNED,
        State.WITHDRAWN,
        State.LAPSED,
        State.DECLINED,
    }
)
BEFORE_RECEPTION = frozenset({State.SUBMITTED, State.RETURNED})
"""Its author and the desk alone see it."""


def allowed(state: State, move: Move, theirs: Iterable[Relation]) -> bool:
    """Return whether a proposal in `state` may be moved so by somebody of these relations."""
    steps = (TRANSITIONS.get((move, relation)) for relation in theirs)
    return any(step is not None and state in step.frm for step in steps)


def ever_allowed(move: Move, theirs: Iterable[Relation]) -> bool:
    """Return whether somebody of these relations may make a move in any state at all."""
    return any((move, relation) in TRANSITIONS for relation in theirs)


def target(state: State, move: Move) -> State:
    """Give the state a move leads to from `state`; it is the same for everybody who may make it."""
    to = next(step.to for (made, _relation), step in TRANSITIONS.items() if made is move)
    return to or state


def moves_open_to(state: State, theirs: frozenset[Relation]) -> frozenset[Move]:
    """List what somebody of these relations may do now."""
    return frozenset(move for move in Move if allowed(state, move, theirs))


def why_not(state: State, move: Move, part: Part) -> ProposalOutcome | None:
    """Return why somebody may not make a move on a proposal in `state`; None where they may."""
    theirs = relations(part)
    if allowed(state, move, theirs):
        return None
    if ever_allowed(move, theirs):
        return ProposalOutcome.WRONG_TIME
    if part.author and ever_allowed(move, relations(replace(part, author=False))):
        return ProposalOutcome.OWN
    if ever_allowed(move, relations(replace(part, owner=False, delivered=False))):
        return ProposalOutcome.HAD_A_HAND
    return ProposalOutcome.NOT_NEIGHBOUR if move is Move.SECOND else ProposalOutcome.NOT_ALLOWED
