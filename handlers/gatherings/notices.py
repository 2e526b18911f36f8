"""What people are told of gatherings: a sentence above the gathering as it stands now."""

from collections.abc import Sequence

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
from models.seats.rules import OPEN, SeatState

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


SO_OF = {
    Notice.SIGNED: OPEN,
    Notice.ASKED: (SeatState.ASKED,),
    Notice.PASSED: (SeatState.WAITING,),
    Notice.MOVED_BACK: (SeatState.WAITING,),
    Notice.SOON: (SeatState.HELD,),
    Notice.CHANGED: OPEN,
}
"""Where somebody stands of whom a sentence is so; where nobody does any more, it is not said."""

ELSEWHERE = mark("🔁 It is at another place now: {where}. Do you still come?")
ASKED_FOR = mark("🎉 A seat became free for {names}. Do they come?")


NOT_SO = Pointless("it is not so any more")


def _head(kind: Notice) -> Head:
    """Say a sentence while it is so of the reader, or of somebody they speak for.

    A card in the chat goes on without it.
    """

    def head(view: GatheringView, notice: outbox.Notice) -> str | Pointless:
        if notice.in_place:
            return ""
        if view.state is not State.ANNOUNCED:
            return Pointless("it is over or was called off")
        only_place = kind is Notice.CHANGED and notice.detail.get("time") is False
        sentence = _(ELSEWHERE if only_place else HEADS[kind]).format(where=view.where)
        states, meant = SO_OF[kind], notice.detail.get("person")
        own = meant in {None, notice.recipient_id}
        if own and view.mine is not None and view.mine.state in states:
            return sentence
        others = [one for one in view.others if meant in {None, one.who.id}]
        theirs = [one.who.name for one in others if one.seat.state in states]
        return _for_somebody(kind, theirs, sentence) if theirs else NOT_SO

    return head


def _for_somebody(kind: Notice, names: Sequence[str], sentence: str) -> str:
    """Say for whom it is, to their proxy, of whom it is not so themselves."""
    if kind is Notice.ASKED:
        return _(ASKED_FOR).format(names=joined_names(names))
    return sentences(_("This is for {names}.").format(names=joined_names(names)), sentence)


def _how(view: GatheringView, notice: outbox.Notice) -> str | Pointless:
    if view.mine is None or view.mine.state is not SeatState.CAME:
        return "" if notice.in_place else Pointless("they were not there")
    if view.rated is None:
        return _("How was it? One tap is enough.")
    return "" if notice.in_place else Pointless("they have said already")


def _off(_view: GatheringView, notice: outbox.Notice) -> str:
    return _("All later times are off as well.") if notice.detail.get("all") else ""


for kind in HEADS:
    card(kind, gathering_told, gathering_screen, _head(kind))
card(Notice.FEEDBACK, gathering_told, gathering_screen, _how)
card(Notice.OFF, gathering_told, gathering_screen, _off)
