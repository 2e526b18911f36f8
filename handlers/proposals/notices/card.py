"""The card of a proposal, asked for by a tap: an answer that changes in place."""

from handlers.notices import renders
from handlers.proposals.screens.card import card_screen
from handlers.screen import Pointless, Screen
from models.database import Session
from models.outbox.views import Notice
from models.proposals.queries.detail import proposal_told
from models.proposals.rules.notices import Notice as Kind

NOT_THEIRS = Pointless("it is none of the reader's any more")


@renders(Kind.CARD)
async def card(session: Session, notice: Notice) -> Screen | Pointless:
    """Show a proposal as it is now."""
    view = await proposal_told(session, notice.recipient_id, notice.subject_id, now=notice.now)
    if view is None:
        return NOT_THEIRS
    return card_screen(view, notice.now, live=True)
