"""Reading proposals."""

from models.proposals.queries.pictures import lines_for, proposal_told, proposal_view

__all__ = ["lines_for", "proposal_told", "proposal_view"]
