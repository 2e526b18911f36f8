"""Rendering what is asked about coming, and about changing tasks."""

from handlers.help.rendering import NOT_THEIRS, Rendered, renders_card, renders_told
from handlers.help.screens import coming, push, swap
from handlers.notices import renders
from handlers.screen import Pointless
from models.database import Session
from models.help.queries.swaps import swap_card
from models.help.rules.kinds import Notice as Kind
from models.help.rules.states import LIVE, Hat
from models.help.views import OfferCard, Told
from models.outbox.views import Notice


@renders_card(Kind.BEFORE_START)
def before_start(notice: Notice, card: OfferCard) -> Rendered:
    """Ask a holder 'still coming?'."""
    return coming.coming_screen(card, notice.now, late=bool(notice.detail.get("late")))


@renders_card(Kind.LET_GO)
def let_go(notice: Notice, card: OfferCard) -> Rendered:
    """Tell a former holder that somebody else is asked."""
    return coming.let_go_screen(card, notice.now)


@renders_card(Kind.VISIT)
def visit(notice: Notice, card: OfferCard) -> Rendered:
    """Ask a holder how it stands."""
    return coming.visit_screen(card, notice.now, late=bool(notice.detail.get("late")))


@renders_told(Kind.HAS_COME)
def has_come(notice: Notice, seen: Told) -> Rendered:
    """Ask the resident whether somebody has come."""
    if Hat.RESIDENT not in seen.hats:
        return NOT_THEIRS
    return coming.has_come_screen(seen.view, notice.detail)


@renders_told(Kind.NOBODY_YET)
def nobody_yet(_notice: Notice, seen: Told) -> Rendered:
    """Tell the resident that nobody is found yet."""
    line = seen.view.line
    if line.state not in LIVE or line.held >= line.hands:
        return Pointless("somebody has been found since")
    return coming.nobody_yet_screen(seen.view)


@renders_told(Kind.SWAPPED)
def swapped(notice: Notice, seen: Told) -> Rendered:
    """Tell the resident who comes now."""
    if seen.view.line.state not in LIVE:
        return Pointless("nobody is awaited any more")
    return push.resident_screen(seen.view, push.swapped(seen.view, notice.detail))


@renders(Kind.SWAP)
async def asked_to_swap(session: Session, notice: Notice) -> Rendered:
    """Ask a holder whether they would change tasks."""
    number = int(notice.detail.get("swap") or 0)
    card = await swap_card(session, notice.recipient_id, number, now=notice.now)
    return swap.swap_screen(card, notice.now) if card else NOT_THEIRS


@renders(Kind.SWAP_ANSWER)
async def swap_answered(session: Session, notice: Notice) -> Rendered:
    """Tell whoever proposed to change tasks what was answered."""
    number = int(notice.detail.get("swap") or 0)
    card = await swap_card(session, notice.recipient_id, number, now=notice.now)
    return swap.answer_screen(card, notice.now) if card else NOT_THEIRS
