"""How roll-calls look."""

from handlers.rollcalls.screens.answers import answer_buttons

__all__ = ["answer_buttons"]
