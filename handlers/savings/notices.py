"""What people are told of savings."""

from handlers.i18n import gettext as _
from handlers.records.cards import card
from handlers.savings.screens import (
    capped_screen,
    decided_screen,
    gift_screen,
    reversed_screen,
    time_screen,
)
from handlers.screen import Pointless
from handlers.text import joined
from models.outbox import views as outbox
from models.savings.claims import time_told
from models.savings.gifts import gift_told
from models.savings.queries import decided_told, pooled_move, reversed_told
from models.savings.rules import Notice, TimeState, TransferState
from models.savings.views import TimeView, TransferView


def _disputed(view: TimeView, notice: outbox.Notice) -> str | Pointless:
    if view.state is TimeState.DISPUTED:
        told = _("⚖️ Two neighbours see it differently. Please hear both, then decide.")
        still = _("⏰ Nobody has decided yet.") if notice.detail.get("late") else ""
        return joined(still, told)
    return "" if notice.in_place else Pointless("it is decided")


def _heard(view: TimeView, notice: outbox.Notice) -> str | Pointless:
    if view.state is TimeState.DISPUTED:
        return _(
            "They say that it was not so; that can happen. The community hears both sides, and "
            "you need not do anything. If it was a mistake, you can take the time back."
        )
    return "" if notice.in_place else Pointless("it is decided")


def _gift(view: TransferView, notice: outbox.Notice) -> str | Pointless:
    over = view.state is not TransferState.OFFERED and not notice.in_place
    return Pointless("it is answered") if over else ""


card(Notice.GIFT, gift_told, gift_screen, _gift)
card(Notice.GIFT_SAID, gift_told, gift_screen)
card(Notice.CAPPED, pooled_move, capped_screen)
card(Notice.DISPUTED, time_told, time_screen, _disputed)
card(Notice.HEARD, time_told, time_screen, _heard)
card(Notice.DECIDED, decided_told, decided_screen)
card(Notice.REVERSED, reversed_told, reversed_screen)
