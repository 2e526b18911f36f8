"""Rendering the notices of early items from the state of the moment."""

from handlers.early import screens
from handlers.notices import renders
from handlers.screen import Pointless, Screen
from models.database import Session
from models.early.queries import early_card, early_told
from models.early.rules import Notice as Kind
from models.outbox.views import Notice


@renders(Kind.OPENED)
async def opened(session: Session, notice: Notice) -> Screen | Pointless:
    """Show the secretary an item, as it stands now."""
    item = await early_card(session, notice.recipient_id, notice.subject_id)
    if item is None:
        return Pointless("the reader does not answer for the place any more")
    return screens.item_screen(item, notice.now, card=True)


@renders(Kind.SETTLED)
async def settled(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell a resident what was done."""
    item = await early_told(session, notice.subject_id)
    return screens.told_screen(item) if item else Pointless("it is not settled")
