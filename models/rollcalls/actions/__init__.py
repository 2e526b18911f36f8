"""Use cases of roll-calls, a module each. They take session, actor and `now`; none commits."""

from models.rollcalls.actions.answering import answer
from models.rollcalls.actions.calling import call_up
from models.rollcalls.actions.ending import end
from models.rollcalls.actions.locating import add_location, needs_location

__all__ = ["add_location", "answer", "call_up", "end", "needs_location"]
