"""The list for humans holds what a human can act on, and nothing else."""

from datetime import UTC, datetime

import pytest

from models.outbox.rules import Attempt, Lane, SendOutcome, State, is_unreachable, judge

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def refused(reason: str) -> Attempt:
    return Attempt(SendOutcome.REFUSED, reason=reason)


def becomes(attempt: Attempt) -> State:
    verdict = judge(attempt, lane=Lane.NOTICE, method="sendMessage", attempts=1, repeats=0, now=NOW)
    return verdict.state


@pytest.mark.parametrize(
    "reason",
    [
        "Bad Request: PEER_ID_INVALID",
        "Bad Request: INPUT_USER_DEACTIVATED",
        "Bad Request: user is deactivated",
        "Bad Request: USER_ID_INVALID",
        "Bad Request: the account was deleted",
    ],
)
def test_an_account_that_is_gone_is_gone_in_whatever_words(reason: str) -> None:
    assert becomes(refused(reason)) is State.GONE
    assert is_unreachable(refused(reason), 42)
    assert not is_unreachable(refused(reason), -42)


def test_a_message_of_ours_that_is_wrong_waits_for_a_human() -> None:
    assert becomes(refused("Bad Request: can't parse entities")) is State.FAILED
    assert becomes(refused("Bad Request: message is too long")) is State.FAILED
