"""What people are told of posts and shifts: a sentence above them as they stand now."""

from collections.abc import Sequence

from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.posts.screens import post_screen, shift_screen
from handlers.records.cards import Head, card
from handlers.screen import Pointless
from handlers.text import joined_names, sentences
from models.outbox import views as outbox
from models.posts.notices import Notice, ShiftNotice
from models.posts.queries import post_told, shift_told
from models.posts.rules import Move, ShiftMove, ShiftState, State
from models.posts.views import Helper, PostView, ShiftView
from models.seats.rules import OPEN, SeatState
from models.seats.views import SeatView

NOT_SO = Pointless("it is not so any more")
POST_HEADS = {
    Notice.ASKED: (SeatState.ASKED, mark("🎉 This became free, and it is your turn.")),
    Notice.MOVED_BACK: (
        SeatState.WAITING,
        mark("⏳ We had kept it for you and heard nothing, so the next was asked."),
    ),
    Notice.STILL: (
        SeatState.HELD,
        mark("🌿 Thank you for looking after this! Do you go on? Without a word it stays yours."),
    ),
}
"""Where somebody stands of whom a sentence is so."""
SHIFT_HEADS = {
    ShiftNotice.ASKED: (SeatState.ASKED, mark("🎉 A place became free, and it is your turn.")),
    ShiftNotice.MOVED_BACK: (
        SeatState.WAITING,
        mark("⏳ We had kept a place for you and heard nothing, so the next was asked."),
    ),
    ShiftNotice.SOON: (
        SeatState.HELD,
        mark("⏰ Your shift is soon. Still coming? Without a word the place stays yours."),
    ),
}


def _for_whom(
    mine: SeatView | None, others: Sequence[Helper], state: SeatState, sentence: str
) -> str | Pointless:
    """Say a sentence while it is so of the reader, or of somebody they speak for."""
    if mine is not None and mine.state is state:
        return sentence
    names = [one.who.name for one in others if one.seat.state is state]
    if not names:
        return NOT_SO
    return sentences(_("This is for {names}.").format(names=joined_names(names)), sentence)


def _of_post(state: SeatState, sentence: str) -> Head:
    def head(view: PostView, notice: outbox.Notice) -> str | Pointless:
        if notice.in_place:
            return ""
        if view.state is not State.OPEN:
            return NOT_SO
        return _for_whom(view.mine, view.others, state, _(sentence))

    return head


def _of_shift(state: SeatState, sentence: str) -> Head:
    def head(view: ShiftView, notice: outbox.Notice) -> str | Pointless:
        if notice.in_place:
            return ""
        if view.state is not ShiftState.OPEN:
            return NOT_SO
        return _for_whom(view.mine, view.others, state, _(sentence))

    return head


def _lead(view: PostView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    leads = view.state is State.OPEN and Move.ROSTER in view.moves
    return _("🧭 You look after this now. Thank you!") if leads else NOT_SO


def _laid_down(view: PostView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    if view.state is not State.OPEN or view.lead is not None or Move.ROSTER not in view.moves:
        return NOT_SO
    return _("🧭 Nobody looks after this just now. Please do, or name somebody.")


def _team(view: PostView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    leads = view.state is State.OPEN and view.team and Move.ROSTER in view.moves
    return _("🚩 This is your team’s now. Please look after it together.") if leads else NOT_SO


def _signed(view: PostView | ShiftView, notice: outbox.Notice) -> str | Pointless:
    """Say that the desk signed the reader up, or somebody they speak for, while it is so."""
    if notice.in_place:
        return ""
    sentence = _("✍️ The office signed you up for this. If you cannot come, please say so.")
    names = [one.who.name for one in view.others if one.who.id == notice.detail.get("person")]
    if view.mine is not None and view.mine.state in OPEN:
        return sentence
    if not names:
        return NOT_SO
    return sentences(_("This is for {names}.").format(names=joined_names(names)), sentence)


def _ended(_view: PostView, _notice: outbox.Notice) -> str:
    return _("💚 This has come to an end. Thank you for all you did!")


def _short(view: ShiftView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    if view.state is not ShiftState.OPEN or not view.missing:
        return Pointless("nobody is missing any more")
    words = ngettext(
        "⚠️ {count} person is still missing for this shift. Is there somebody you can ask?",
        "⚠️ {count} people are still missing for this shift. Is there somebody you can ask?",
        view.missing,
    )
    return words.format(count=view.missing)


def _confirm(view: ShiftView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    if view.state is not ShiftState.OVER or ShiftMove.CONFIRM not in view.moves:
        return NOT_SO
    return _("The shift is over. Please look at the list, and confirm who came.")


def _swap(view: ShiftView, notice: outbox.Notice) -> str | Pointless:
    by = notice.detail.get("by")
    stand = next((one for one in view.stands if one.person_id == by), None)
    if notice.in_place:
        return ""
    if stand is None or not stand.open_to_me:
        return Pointless("no stand-in is sought, or not of them")
    return _("🙏 We have a small request to you.")


def _stepped_in(_view: ShiftView, _notice: outbox.Notice) -> str:
    return _("💚 Somebody stands in for you: you need not come.")


for kind, (state, sentence) in POST_HEADS.items():
    card(kind, post_told, post_screen, _of_post(state, sentence))
for shift_kind, (state, sentence) in SHIFT_HEADS.items():
    card(shift_kind, shift_told, shift_screen, _of_shift(state, sentence))
card(Notice.LEAD, post_told, post_screen, _lead)
card(Notice.SIGNED, post_told, post_screen, _signed)
card(Notice.LAID_DOWN, post_told, post_screen, _laid_down)
card(Notice.TEAM, post_told, post_screen, _team)
card(ShiftNotice.SIGNED, shift_told, shift_screen, _signed)
card(Notice.ENDED, post_told, post_screen, _ended)
card(ShiftNotice.SHORT, shift_told, shift_screen, _short)
card(ShiftNotice.CONFIRM, shift_told, shift_screen, _confirm)
card(ShiftNotice.SWAP, shift_told, shift_screen, _swap)
card(ShiftNotice.OFF, shift_told, shift_screen)
card(ShiftNotice.STEPPED_IN, shift_told, shift_screen, _stepped_in)
