"""What the renderers of help's notices share: they need a card, or the request as told."""

from collections.abc import Callable

from handlers.notices import renders
from handlers.screen import Pointless, Screen
from models.database import Session
from models.help.queries.told import told
from models.help.queries.volunteer import offer_card
from models.help.rules.kinds import Notice as Kind
from models.help.rules.states import Hat
from models.help.views import OfferCard, Told
from models.outbox.views import Notice

Rendered = Screen | Pointless
OfTold = Callable[[Notice, Told], Rendered]
OfCard = Callable[[Notice, OfferCard], Rendered]

NOT_THEIRS = Pointless("it is none of the reader's any more")


def renders_told(kind: Kind) -> Callable[[OfTold], OfTold]:
    """Enter a renderer that needs the request as its reader sees it."""

    def enter(render: OfTold) -> OfTold:
        async def renderer(session: Session, notice: Notice) -> Rendered:
            seen = await told_of(session, notice)
            return render(notice, seen) if seen else NOT_THEIRS

        renders(kind)(renderer)
        return render

    return enter


def renders_card(kind: Kind) -> Callable[[OfCard], OfCard]:
    """Enter a renderer that needs no more than the card."""

    def enter(render: OfCard) -> OfCard:
        async def renderer(session: Session, notice: Notice) -> Rendered:
            card = await offer_card(session, notice.recipient_id, notice.subject_id)
            return render(notice, card) if card else NOT_THEIRS

        renders(kind)(renderer)
        return render

    return enter


async def told_of(session: Session, notice: Notice) -> Told | None:
    """Give the request of a notice as its reader sees it; None where it is none of theirs."""
    return await told(session, notice.recipient_id, notice.subject_id, now=notice.now)


def as_desk(seen: Told) -> bool:
    """Tell whether a reader is told as the desk; staff who need the help are residents here."""
    return Hat.DESK in seen.hats and Hat.RESIDENT not in seen.hats
