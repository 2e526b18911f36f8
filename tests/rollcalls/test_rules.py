"""The pure rules of roll-calls."""

from hypothesis import given
from hypothesis import strategies as st

from models.broadcasts.rules.notices import Answer
from models.rollcalls.rules.notices import BoardStanding
from models.rollcalls.rules.outcomes import Answering
from models.rollcalls.rules.rounds import (
    BoardCounts,
    Next,
    asks_to_close,
    files_request,
    judge,
    nearest,
    next_of,
    standing_of,
    total,
)

answers = st.sampled_from(Answer)
counts = st.builds(
    BoardCounts, st.dictionaries(st.sampled_from(BoardStanding), st.integers(0, 500))
)


@given(st.none() | answers, answers)
def test_nothing_counts_once_it_is_over(before: Answer | None, said: Answer) -> None:
    assert judge(before, said, over=True) is Answering.OVER


@given(st.lists(answers, min_size=1))
def test_whatever_is_said_in_turn_the_last_word_stands(said: list[Answer]) -> None:
    before = None
    for one in said:
        outcome = judge(before, one, over=False)
        assert (outcome is Answering.ANSWERED) == (before is None)
        assert (outcome is Answering.ALREADY) == (before is one)
        before = one
    assert standing_of(before).value == said[-1].value


@given(answers, st.booleans(), st.booleans())
def test_one_who_needs_help_has_one_open_request_and_a_drill_none(
    said: Answer, drill: bool, has_open: bool
) -> None:
    files = files_request(said, drill=drill, has_open=has_open)
    assert files == (said is Answer.NEED_HELP and not drill and not has_open)
    assert not (files and asks_to_close(said, has_open=has_open))


@given(st.integers(0, 10), st.integers(0, 100))
def test_the_silent_are_asked_so_often_and_then_listed_once(most: int, silent: int) -> None:
    asked, listed = 0, 0
    for _turn in range(most + 3):
        step = next_of(asked, most, silent=silent, listed=listed > 0)
        asked += step is Next.ASK
        listed += step is Next.LIST
    assert (asked, listed) == ((most, 1) if silent else (0, 0))


@given(st.lists(counts))
def test_the_board_adds_up(groups: list[BoardCounts]) -> None:
    whole = total(groups)
    assert whole.heads == sum(group.heads for group in groups)
    assert whole.answered + whole.of(BoardStanding.SILENT) == whole.heads


@given(
    st.lists(st.integers(1, 20), unique=True, max_size=6),
    st.dictionaries(st.integers(1, 20), st.lists(st.integers(1, 9), max_size=3)),
)
def test_the_nearest_above_answers_for_a_building(
    steps: list[int], held: dict[int, list[int]]
) -> None:
    found = nearest(steps, held)
    taken = [step for step in steps if held.get(step)]
    assert found == (held[taken[0]] if taken else [])


def test_silence_is_no_answer() -> None:
    assert standing_of(None) is BoardStanding.SILENT
    assert {each.value for each in Answer} == {each.value for each in BoardStanding} - {"silent"}
