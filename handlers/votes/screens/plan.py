"""What is shown after a proposal was put to the vote."""

from handlers.i18n import gettext as _
from handlers.proposals.callbacks import OnProposal, ProposalAct
from handlers.screen import Screen, button, inline
from handlers.votes.callbacks import OpenVote


def put_screen(proposal_id: int, vote_id: int | None, said: str) -> Screen:
    """Say how it turned out, and lead to the vote and to the proposal."""
    vote = [button(_("🗳 The vote"), OpenVote(id=vote_id))] if vote_id is not None else []
    back = [button(_("📄 The proposal"), OnProposal(act=ProposalAct.OPEN, id=proposal_id))]
    return Screen(said, None, inline(vote, back))
