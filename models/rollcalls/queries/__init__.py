"""Reading roll-calls."""

from models.rollcalls.queries.asked import asked_of, only_silent
from models.rollcalls.queries.board import (
    board_of,
    board_told,
    list_of,
    one_of,
    silent_at,
    words_of,
)
from models.rollcalls.queries.standing import ask_view, latest_boards, unanswered

__all__ = [
    "ask_view",
    "asked_of",
    "board_of",
    "board_told",
    "latest_boards",
    "list_of",
    "one_of",
    "only_silent",
    "silent_at",
    "unanswered",
    "words_of",
]
