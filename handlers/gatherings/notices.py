"""What people are told of gatherings: a sentence above the gathering as it stands now."""

from handlers.gatherings.screens import gathering_screen
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.cards import Head, card
from handlers.screen import Pointless
from handlers.text import joined_names, sentences
from models.gatherings.queries import gathering_told
from models.gatherings.rules import Notice, State
from models.gatherings.views import GatheringView
from models.outbox import views as outbox
from models.seats.rules import SeatState

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
    Notice.CHANGED: mark("🔁 The time has changed, please look. Do you still come?"),
}


ELSEWHERE = mark("🔁 It is at another place now: {where}. Do you still come?")
ASKED_FOR = mark("🎉 A seat became free for {names}. Do they come?")


def _head(kind: Notice) -> Head:
    """Say a sentence while the gathering lies ahead; a card in the chat goes on without it."""

    def head(view: GatheringView, notice: outbox.Notice) -> str | Pointless:
        if notice.in_place:
            return ""
        if view.state is not State.ANNOUNCED:
            return Pointless("it is over or was called off")
        only_place = kind is Notice.CHANGED and notice.detail.get("time") is False
        sentence = _(ELSEWHERE if only_place else HEADS[kind]).format(where=view.where)
        return sentence if view.mine is not None else _for_somebody(kind, view, sentence)

    return head


def _for_somebody(kind: Notice, view: GatheringView, sentence: str) -> str:
    """Say for whom it is, to their proxy, who has no seat of their own."""
    asked = [one.who.name for one in view.others if one.seat.state is SeatState.ASKED]
    if kind is Notice.ASKED and asked:
        return _(ASKED_FOR).format(names=joined_names(asked))
    names = joined_names([one.who.name for one in view.others])
    return sentences(_("This is for {names}.").format(names=names), sentence) if names else sentence


def _how(view: GatheringView, notice: outbox.Notice) -> str | Pointless:
    if view.rated is None:
        return _("How was it? One tap is enough.")
    return "" if notice.in_place else Pointless("they have said already")


def _off(_view: GatheringView, notice: outbox.Notice) -> str:
    return _("All later times are off as well.") if notice.detail.get("all") else ""


for kind in HEADS:
    card(kind, gathering_told, gathering_screen, _head(kind))
card(Notice.FEEDBACK, gathering_told, gathering_screen, _how)
card(Notice.OFF, gathering_told, gathering_screen, _off)
