"""The card of an open request, as a candidate sees it: words if allowed, no name or door."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.categories import category, category_label
from handlers.help.callbacks import CardAct, Coming, OnCard, OpenTask
from handlers.help.screens import lines
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, inline
from handlers.text import joined, joined_names, paragraphs, quoted, where_line
from models.help.rules.policy import Urgency
from models.help.rules.states import LIVE, ClaimState, OfferState, State
from models.help.views import OfferCard

MINE = {ClaimState.HELD, ClaimState.ON_WAY}
OVER = {State.CANCELLED, State.EXPIRED, State.UNSOLVED}


def card_screen(card: OfferCard, now: datetime) -> Screen:
    """Show a card as it stands now for the one who looks at it."""
    rows = _rows(card)
    text = paragraphs(_at_night(card), facts(card, now), _standing(card))
    return Screen(text, _title(card), inline(*rows) if any(rows) else None)


def _at_night(card: OfferCard) -> str:
    if not (card.asked_at_night and _is_open(card)):
        return ""
    return _("🆘 It is night, but this is an emergency. Sorry to wake you.")


def _title(card: OfferCard) -> str:
    name = category_label(card.category)
    if card.urgency is Urgency.EMERGENCY and card.state in LIVE:
        return _("🆘 Urgent help needed: {category}").format(category=category(card.category))
    return _("A neighbour asks for help: {category}").format(category=name)


def facts(card: OfferCard, now: datetime) -> str:
    """Say where, when, how urgent, how many, and why this person is asked."""
    return joined(
        quoted(card.words) if card.state in LIVE else "",
        where_line(card.where),
        lines.when_line(card.start_at, card.when_text, card.urgency, now),
        lines.urgency_line(card.urgency),
        lines.hands_line(card.hands, card.held) if card.state in LIVE else "",
        _why(card) if _is_open(card) else "",
    )


def _why(card: OfferCard) -> str:
    if not card.reasons:
        return ""
    reasons = _("; ").join(_(lines.WHY_YOU[reason]) for reason in card.reasons)
    return "💡 " + _("Why you: {reasons}.").format(reasons=reasons)


def _is_open(card: OfferCard) -> bool:
    """Return whether this person can still take a hand."""
    return card.state in LIVE and card.held < card.hands and card.claim not in {*MINE, *SETTLED}


SETTLED = {ClaimState.WAITING, ClaimState.DONE, ClaimState.ENDED}


def _standing(card: OfferCard) -> str:
    if card.claim in {*MINE, *SETTLED} and card.claim is not None:
        return _my_standing(card, card.claim)
    if card.state in OVER:
        return _over(card.state)
    if card.state not in LIVE:
        return _("✅ It is done. Thank you for being there!")
    if card.held < card.hands:
        if card.let_go is not None:
            return _("We are still one short here. You are welcome to come after all.")
        declined = card.offer is OfferState.DECLINED
        return _("Not this time: all right, and thank you for saying so.") if declined else ""
    return _taken(card)


def _my_standing(card: OfferCard, claim: ClaimState) -> str:
    if claim is ClaimState.DONE:
        return _("✅ You have done this. Thank you!")
    if claim is ClaimState.ENDED:
        return _("The office is looking into it. Thank you!")
    if card.state in OVER:
        return _over(card.state)
    if claim is ClaimState.WAITING:
        return _(
            "⏳ You are number {position} on the waiting list. "
            "Should somebody drop out, we tell you at once."
        ).format(position=card.position or 1)
    if claim is ClaimState.ON_WAY:
        return _("🚶 You are on your way. Thank you!")
    return yours(agreed=card.agreed)


def yours(*, agreed: bool) -> str:
    """Say that a task is somebody's, or, until they have said yes, that they are asked for it."""
    if agreed:
        return _("✋ This is yours. Thank you!")
    return _("🙏 You are asked to take this on. Can you go?")


def _over(state: State) -> str:
    match state:
        case State.CANCELLED:
            return _("It has been called off; nobody needs to go. Thank you!")
        case State.EXPIRED:
            return _("Its time has run out. Thank you for being there!")
    return _("The office is looking into it. Thank you!")


def _taken(card: OfferCard) -> str:
    by = joined_names(card.holders)
    if card.hands == 1:
        return _("🙏 Taken by {names}. Thank you for being there!").format(names=by)
    return _("🙏 All hands are found: {names}. Thank you for being there!").format(names=by)


def _rows(card: OfferCard) -> list[list[InlineKeyboardButton]]:
    if card.state not in LIVE:
        return []
    if card.claim in MINE or card.claim is ClaimState.DONE:
        open_task = button(_("📂 Open the task"), OpenTask(id=card.request_id, below=True))
        yes = button(_("👍 Yes, I am coming"), Coming(id=card.request_id, yes=True))
        return [[open_task]] if card.agreed else [[yes], [open_task]]
    if card.claim is ClaimState.WAITING:
        return [[_tap(_("Leave the waiting list"), CardAct.LEAVE_LINE, card)]]
    if card.held >= card.hands:
        return [[_tap(_("Join the waiting list"), CardAct.TAKE, card)]]
    if card.offer is OfferState.DECLINED or card.let_go is not None:
        return [[_tap(_("✋ I can come after all"), CardAct.TAKE, card)]]
    take = [_tap(_("✋ I'll do it"), CardAct.TAKE, card)]
    return [take, [_tap(_("Not this time"), CardAct.DECLINE, card)]]


def _tap(label: str, act: CardAct, card: OfferCard) -> InlineKeyboardButton:
    return button(label, OnCard(act=act, id=card.request_id))


def lost_race_screen(position: int | None, other: OfferCard | None, now: datetime) -> Screen:
    """Thank whoever came second, and show the nearest other task there is."""
    place = position or 1
    said = _(
        "🙏 Thank you! Somebody was a moment quicker. "
        "You are number {position} on the waiting list; we tell you if you are needed."
    ).format(position=place)
    return Screen(said) if other is None else _with_other(said, other, now)


def over_screen(said: str, other: OfferCard | None, now: datetime) -> Screen:
    """Thank whoever came when it was over, and show the nearest other task there is."""
    return Screen(said) if other is None else _with_other(said, other, now)


def _with_other(said: str, other: OfferCard, now: datetime) -> Screen:
    near = _("Somebody else close by could use a hand:")
    return Screen(
        paragraphs(said, near, joined(category_label(other.category), facts(other, now))),
        keyboard=inline([_tap(_("👀 Have a look"), CardAct.SHOW, other)]),
    )


def gone_screen(said: str) -> Screen:
    """Show a card that is none of the reader's to see any more."""
    return Screen(said)
