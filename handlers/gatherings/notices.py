"""What people are told of gatherings: a sentence above the gathering as it stands now."""

from handlers.gatherings.screens import gathering_screen
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.cards import Head, card
from handlers.screen import Pointless
from models.gatherings.queries import gathering_told
from models.gatherings.rules import Notice, State
from models.gatherings.views import GatheringView
from models.outbox import views as outbox

HEADS = {
    Notice.SIGNED: mark("🎈 You have been signed up. If you cannot come, please say so."),
    Notice.ASKED: mark("🎉 A seat became free, and it is your turn."),
    Notice.PASSED: mark(
        "⏳ There was a seat, but not enough for all of you, so the next was asked. You keep your "
        "place in the line."
    ),
    Notice.MOVED_BACK: mark(
        "⏳ We had kept a seat for you and heard nothing, so the next was asked. You are still in "
        "the line."
    ),
    Notice.SOON: mark("⏰ See you soon! Do you still come? Without a word the seat stays yours."),
    Notice.CHANGED: mark("🔁 The time or the place has changed. Do you still come?"),
}


def _head(sentence: str) -> Head:
    """Say a sentence while the gathering lies ahead; a card in the chat goes on without it."""

    def head(view: GatheringView, notice: outbox.Notice) -> str | Pointless:
        if notice.in_place:
            return ""
        if view.state is State.ANNOUNCED:
            return _(sentence)
        return Pointless("it is over or was called off")

    return head


def _how(view: GatheringView, notice: outbox.Notice) -> str | Pointless:
    if view.rated is None:
        return _("How was it? One tap is enough.")
    return "" if notice.in_place else Pointless("they have said already")


for kind, sentence in HEADS.items():
    card(kind, gathering_told, gathering_screen, _head(sentence))
card(Notice.FEEDBACK, gathering_told, gathering_screen, _how)
card(Notice.OFF, gathering_told, gathering_screen)
