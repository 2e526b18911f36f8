"""Use cases of proposals, a module each. They take session, actor and `now`; none commits."""

from models.proposals.actions import leaving

__all__ = ["leaving"]
