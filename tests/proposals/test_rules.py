"""The table of moves: what it says of every state, relation and person."""

from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import (
    ENDED,
    TRANSITIONS,
    Move,
    Part,
    Relation,
    State,
    allowed,
    moves_open_to,
    relations,
    target,
    why_not,
)

PARTS = st.builds(
    Part,
    author=st.booleans(),
    desk=st.booleans(),
    supervises=st.booleans(),
    owner=st.booleans(),
    neighbour=st.booleans(),
    supporter=st.booleans(),
)
JUDGING = {Relation.DESK, Relation.SECRETARY, Relation.NEIGHBOUR}


@given(PARTS)
def test_nobody_judges_their_own_proposal(part: Part) -> None:
    assert not relations(replace(part, author=True)) & JUDGING


@given(PARTS, st.sampled_from(State), st.sampled_from(Move))
def test_a_move_is_open_or_there_is_a_reason(part: Part, state: State, move: Move) -> None:
    why = why_not(state, move, part)
    assert (why is None) == (move in moves_open_to(state, relations(part)))


def test_what_has_ended_stays_ended() -> None:
    for state, move, relation in product(ENDED, Move, Relation):
        assert not allowed(state, move, [relation])


def test_every_state_but_the_first_is_reached_and_every_unended_one_is_left() -> None:
    reached = {target(state, move) for move, _relation in TRANSITIONS for state in State}
    assert set(State) <= reached | {State.SUBMITTED}
    for state in set(State) - ENDED:
        assert any(
            state in step.frm and step.to not in {None, state} for step in TRANSITIONS.values()
        ), state


def test_a_move_leads_to_the_same_state_whoever_makes_it() -> None:
    for move in Move:
        assert (
            len({step.to for (made, _relation), step in TRANSITIONS.items() if made is move}) == 1
        )


def test_the_author_of_what_they_would_judge_is_told_so() -> None:
    secretary = Part(author=True, desk=True, supervises=True, neighbour=True)
    assert why_not(State.SUBMITTED, Move.ACCEPT, secretary) is ProposalOutcome.OWN
    assert why_not(State.SECONDING, Move.SECOND, secretary) is ProposalOutcome.OWN
    assert why_not(State.SECONDING, Move.SECOND, Part()) is ProposalOutcome.NOT_NEIGHBOUR
    assert why_not(State.SUBMITTED, Move.ACCEPT, Part()) is ProposalOutcome.NOT_ALLOWED
