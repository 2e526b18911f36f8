"""What changed in the text of a proposal, as far as somebody may read it."""

from models.database import Session
from models.proposals.rules.changes import Text
from models.proposals.tables import ProposalRow, VersionRow


async def changed_since(
    session: Session, proposal_id: int, version: int | None = None, *, public: bool = False
) -> tuple[Text, Text] | None:
    """Give a proposal's text as it read in a version, by default the last but one, and as it reads.

    None where there is no such text, or it read just so before; with `public` also where it was
    changed before its reception: nobody but the office ever read what it said then.
    """
    proposal = await session.get(ProposalRow, proposal_id)
    if proposal is None:
        return None
    wanted = proposal.version - 1 if version is None else version
    row = await session.get(VersionRow, (proposal_id, wanted))
    if row is None or wanted == proposal.version:
        return None
    if public and not await _was_public(session, proposal, wanted):
        return None
    old = Text(row.title, row.problem, row.wish)
    new = Text(proposal.title, proposal.problem, proposal.wish)
    return (old, new) if old != new else None


async def _was_public(session: Session, proposal: ProposalRow, version: int) -> bool:
    """Tell whether everybody could read a version: it was followed by the next after reception."""
    after = await session.get(VersionRow, (proposal.id, version + 1))
    received = proposal.received_at
    return received is not None and (after is None or after.at > received)
