"""Of a secret ballot nothing is written down of what was pressed."""

from typing import Any

import pytest

from bot.veil import veiled
from handlers.callbacks import DATA_BYTES
from handlers.votes.callbacks import BallotSay, Cast
from models.updates.rules import identity


def press(data: str | None, **more: Any) -> dict[str, Any]:
    keys = {"inline_keyboard": [[{"text": "yes", "callback_data": data}]]}
    chat = {"id": 7, "type": "private"}
    card = {"message_id": 5, "date": 1, "chat": chat, "text": "ballot", "reply_markup": keys}
    query = {"id": "q1", "from": {"id": 7}, "chat_instance": "1", "message": card, "data": data}
    return {"update_id": 1, "callback_query": {**query, **more}}


def test_what_was_pressed_is_neither_kept_nor_part_of_the_name() -> None:
    slip = "S" * 39
    one, other = (
        veiled(press(Cast(id=1, say=say, slip=slip).pack()))
        for say in (BallotSay.YES, BallotSay.NO)
    )
    assert slip not in str(one)
    assert one == other
    assert identity(one) == identity(other)
    assert one["callback_query"]["message"]["chat"] == {"id": 7, "type": "private"}


@pytest.mark.parametrize("data", ["go:home", "nothing:of:ours", "", None])
def test_all_else_is_kept_as_it_came(data: str | None) -> None:
    assert veiled(press(data)) == press(data)


@pytest.mark.parametrize("raw", [{}, {"callback_query": 5}, {"callback_query": {"data": 5}}])
def test_what_does_not_parse_is_kept_as_it_came(raw: dict[str, Any]) -> None:
    assert veiled(raw) == raw


def test_a_press_without_its_card_is_kept_too() -> None:
    raw = press("vc:1:y:")
    del raw["callback_query"]["message"]
    assert veiled(raw)["callback_query"] == {
        "id": "q1",
        "from": {"id": 7},
        "chat_instance": "1",
        "data": "vc",
    }


def test_the_longest_button_of_a_ballot_fits() -> None:
    assert len(Cast(id=2**53 - 1, say=BallotSay.ABSTAIN, slip="S" * 39).pack()) <= DATA_BYTES
