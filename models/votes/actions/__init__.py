"""Use cases of votes, a module each. They take session, actor and `now`; none commits."""

from models.votes.actions.calling_off import cancel_vote
from models.votes.actions.opening import put_to_vote
from models.votes.actions.recounting import recount
from models.votes.actions.voting import give_vote

__all__ = ["cancel_vote", "give_vote", "leaving", "put_to_vote", "recount"]
