"""Kinds of notice, reminder and answer of roll-calls."""

from enum import StrEnum


class Answer(StrEnum):
    """What somebody says, or somebody says of them."""

    SAFE = "safe"
    NEED_HELP = "need_help"
    CAN_HELP = "can_help"
    """Safe, and free to help others."""


class Standing(StrEnum):
    """Where one recipient stands on the board: in exactly one of these."""

    NEED_HELP = "need_help"
    SILENT = "silent"
    CAN_HELP = "can_help"
    SAFE = "safe"


class Notice(StrEnum):
    """Pushes; the subject is the broadcast."""

    BOARD = "rollcalls.board"
    """The live board of whoever leads: one message, changed in place."""
    ASK = "rollcalls.ask"
    """Asks those once more who are silent, and those who speak for them."""
    SILENT = "rollcalls.silent"
    """Tells those who answer for buildings whom there nobody has heard of."""
    COME = "rollcalls.come"
    """Asks those who can help to come somewhere."""
    OVER = "rollcalls.over"
    """Tells everybody who was asked that it is over, and thanks."""


class Reminder(StrEnum):
    """What the clock does; the subject is the broadcast."""

    ASK = "rollcalls.ask"
    """The silent are asked once more; after the last time their list goes out."""
    COUNT = "rollcalls.count"
    """The live board shows what has been answered by now."""
