"""Pure decisions about votes; standard library only."""

from models.votes.rules.doors import same_door
from models.votes.rules.kinds import (
    CARDS,
    Choice,
    Electorate,
    Majority,
    Notice,
    Reminder,
    Result,
    State,
)
from models.votes.rules.outcomes import OffOutcome, PlanOutcome, Refusal, VoteOutcome
from models.votes.rules.tally import Tally, has_majority, has_quorum, outcome
from models.votes.rules.terms import (
    FARTHEST,
    LONGEST,
    SECRET_FROM,
    SHORTEST,
    Terms,
    end_of,
    opening_of,
    remind_at,
    too_few,
    wrong_with,
)

__all__ = [
    "CARDS",
    "FARTHEST",
    "LONGEST",
    "SECRET_FROM",
    "SHORTEST",
    "Choice",
    "Electorate",
    "Majority",
    "Notice",
    "OffOutcome",
    "PlanOutcome",
    "Refusal",
    "Reminder",
    "Result",
    "State",
    "Tally",
    "Terms",
    "VoteOutcome",
    "end_of",
    "has_majority",
    "has_quorum",
    "opening_of",
    "outcome",
    "remind_at",
    "same_door",
    "too_few",
    "wrong_with",
]
