"""Pure decisions about roll-calls; standard library only."""

from models.rollcalls.rules.kinds import Answer, Notice, Reminder, Standing
from models.rollcalls.rules.outcomes import Answering, Calling, Ending, Refusal
from models.rollcalls.rules.rounds import (
    COME_LENGTH,
    Counts,
    Next,
    asks_to_close,
    files_request,
    judge,
    nearest,
    next_of,
    standing_of,
    total,
)

__all__ = [
    "COME_LENGTH",
    "Answer",
    "Answering",
    "Calling",
    "Counts",
    "Ending",
    "Next",
    "Notice",
    "Refusal",
    "Reminder",
    "Standing",
    "asks_to_close",
    "files_request",
    "judge",
    "nearest",
    "next_of",
    "standing_of",
    "total",
]
