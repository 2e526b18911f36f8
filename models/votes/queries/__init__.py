"""Reading votes."""

from models.votes.queries.names import who_voted
from models.votes.queries.whole import vote_told, vote_view

__all__ = ["vote_told", "vote_view", "who_voted"]
