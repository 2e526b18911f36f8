"""What becomes of a row after each outcome."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.outbox.rules import (
    LONGEST_WAIT,
    MOST_LOOKS,
    MOST_REPEATS,
    REPEATABLE,
    UNKNOWN_WAIT,
    Attempt,
    Lane,
    RowVerdict,
    SendOutcome,
    State,
    backoff,
    judge,
    messages_in,
)

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
METHODS = st.sampled_from(["sendMessage", "editMessageText", "deleteMessage", "sendPhoto"])


def verdict(
    outcome: SendOutcome,
    lane: Lane = Lane.NOTICE,
    method: str = "sendMessage",
    attempts: int = 1,
    repeats: int = 0,
    retry_after: timedelta | None = None,
) -> RowVerdict:
    attempt = Attempt(outcome, retry_after=retry_after)
    return judge(attempt, lane=lane, method=method, attempts=attempts, repeats=repeats, now=NOW)


@given(
    st.sampled_from(list(SendOutcome)), st.sampled_from(list(Lane)), METHODS,
    st.integers(1, 10**6), st.integers(0, 10),
)  # fmt: skip
def test_every_outcome_has_an_end_or_an_instant(
    outcome: SendOutcome, lane: Lane, method: str, attempts: int, repeats: int
) -> None:
    found = verdict(outcome, lane, method, attempts, repeats)
    assert (found.state is State.QUEUED) == (found.due_at is not None)
    if found.due_at is not None:
        assert NOW <= found.due_at <= NOW + LONGEST_WAIT
    assert found.state is not State.SENDING
    if found.again:
        assert repeats < MOST_REPEATS
        assert outcome is SendOutcome.UNCERTAIN
    if found.repeat:
        assert lane is Lane.URGENT
        assert method not in REPEATABLE


@given(st.integers(1, 60))
def test_waits_double_up_to_five_minutes(attempts: int) -> None:
    assert backoff(1) == timedelta(seconds=1)
    assert backoff(attempts + 1) == min(2 * backoff(attempts), LONGEST_WAIT)


@given(st.integers(1, 10**5))
def test_the_seconds_that_telegram_names_are_kept(seconds: int) -> None:
    found = verdict(SendOutcome.RETRY_AT, retry_after=timedelta(seconds=seconds))
    assert found == RowVerdict(State.QUEUED, NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("lane", "method", "state", "marked"),
    [
        (Lane.ANSWER, "sendMessage", State.QUEUED, False),
        (Lane.URGENT, "sendMessage", State.QUEUED, True),
        (Lane.URGENT, "editMessageText", State.QUEUED, False),
        (Lane.NOTICE, "sendMessage", State.UNCERTAIN, False),
        (Lane.NOTICE, "editMessageText", State.QUEUED, False),
        (Lane.BULK, "sendMessage", State.UNCERTAIN, False),
    ],
)
def test_a_request_without_an_answer(lane: Lane, method: str, state: State, marked: bool) -> None:
    found = verdict(SendOutcome.UNCERTAIN, lane, method)
    assert (found.state, found.repeat) == (state, marked)
    assert (
        verdict(SendOutcome.UNCERTAIN, lane, method, repeats=MOST_REPEATS).state is State.UNCERTAIN
    )


def test_only_an_answer_is_said_anew() -> None:
    assert verdict(SendOutcome.GONE, Lane.ANSWER, "editMessageText").anew
    assert verdict(SendOutcome.GONE, Lane.ANSWER, "deleteMessage").state is State.GONE
    assert verdict(SendOutcome.GONE, Lane.NOTICE, "editMessageText").state is State.GONE


def test_an_album_counts_each_of_its_messages() -> None:
    assert messages_in("sendMediaGroup", {"media": [1, 2, 3]}) == 3
    assert messages_in("sendMediaGroup", None) == 1
    assert messages_in("sendPhoto", {"media": [1, 2]}) == 1


def test_what_no_version_can_word_is_given_up_after_a_day() -> None:
    waits = verdict(SendOutcome.UNKNOWN, attempts=MOST_LOOKS - 1)
    assert (waits.state, waits.due_at) == (State.QUEUED, NOW + UNKNOWN_WAIT)
    assert verdict(SendOutcome.UNKNOWN, attempts=MOST_LOOKS).state is State.FAILED
