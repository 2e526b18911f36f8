"""What people are told of savings."""

from handlers.i18n import gettext as _
from handlers.records.cards import card
from handlers.savings.screens import (
    capped_screen,
    decided_screen,
    dispute_screen,
    gift_screen,
    reversed_screen,
)
from handlers.screen import Pointless
from models.outbox import views as outbox
from models.savings.gifts import gift_told
from models.savings.queries import decided_told, dispute_told, pooled_move, reversed_told
from models.savings.rules import DisputeState, Notice, TransferState
from models.savings.views import DisputeView, TransferView


def _disputed(view: DisputeView, notice: outbox.Notice) -> str | Pointless:
    if view.state is DisputeState.OPEN:
        return _("⚖️ Two neighbours see it differently. Please hear both, then decide.")
    return "" if notice.in_place else Pointless("it is decided")


def _gift(view: TransferView, notice: outbox.Notice) -> str | Pointless:
    over = view.state is not TransferState.OFFERED and not notice.in_place
    return Pointless("it is answered") if over else ""


card(Notice.GIFT, gift_told, gift_screen, _gift)
card(Notice.GIFT_SAID, gift_told, gift_screen)
card(Notice.CAPPED, pooled_move, capped_screen)
card(Notice.DISPUTED, dispute_told, dispute_screen, _disputed)
card(Notice.DECIDED, decided_told, decided_screen)
card(Notice.REVERSED, reversed_told, reversed_screen)
