"""What a place has ready and asks for: its reasons, its seconds."""

from collections.abc import Sequence
from enum import StrEnum

from aiogram.types import InlineKeyboardButton

from handlers.clock_text import how_long
from handlers.desk.screens.board import to_desk
from handlers.i18n import CHINESE, current_language, mark, ngettext
from handlers.i18n import gettext as _
from handlers.proposals import labels
from handlers.proposals.callbacks import OnReasons, OnReception, OnTerms, ReasonAct
from handlers.proposals.screens.reception import READY, REASONS, label
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs
from models.places.rules import PlaceKind
from models.places.views import Place, PlaceStep
from models.proposals.rules.reception import ReasonOutcome, ReceptionTerms, TermsOutcome
from models.proposals.views import PlaceReasons, PlaceTerms, StandingTerms

PAGE = 12
"""Places below on one page."""

TERMS: dict[StrEnum, str] = {
    TermsOutcome.SET: mark("Saved. It holds for what is accepted from now on."),
    TermsOutcome.BAD: mark("Up to 10,000 supporters, within 1 to 366 days, please."),
    TermsOutcome.NO_PLACE: mark("That place is no longer there."),
    TermsOutcome.NOT_ALLOWED: mark("This is not in your hands. The attempt has been noted."),
}


def said(outcome: ReasonOutcome | TermsOutcome) -> str:
    """Say what came of changing reasons or terms."""
    return _((REASONS if isinstance(outcome, ReasonOutcome) else TERMS)[outcome])


def called(place: Place) -> str:
    """Call a place in the reader's language."""
    return place.name if current_language() == CHINESE else place.name_en or place.name


def reasons_screen(shown: PlaceReasons, others: Sequence[Place], told: str = "") -> Screen:
    """List the reasons that a place has ready, each to be changed or removed."""
    own = [reason.words for reason in shown.reasons]
    head = _("Ready at {place} for returning a proposal:").format(place=called(shown.place))
    if not own:
        head = _(
            "{place} has no reasons of its own; these are offered until you add your first:"
        ).format(place=called(shown.place))
    listed = "\n".join(f"· {text}" for text in own or [_(text) for text in READY])
    place_id = shown.place.id
    rows = [
        [
            button(
                "✏️ " + label(reason.words),
                OnReasons(act=ReasonAct.CHANGE, place_id=place_id, reason_id=reason.reason_id),
            ),
            button(
                "🗑",
                OnReasons(act=ReasonAct.REMOVE, place_id=place_id, reason_id=reason.reason_id),
            ),
        ]
        for reason in shown.reasons
    ]
    add = button(_("➕ Another reason"), OnReasons(act=ReasonAct.ADD, place_id=place_id))
    elsewhere = [
        [button("📍 " + called(one), OnReasons(act=ReasonAct.LIST, place_id=one.id))]
        for one in others[:PAGE]
        if one.id != place_id
    ]
    text = paragraphs(told, head, listed)
    return Screen(
        text, _("📝 Ready reasons"), inline(*rows, [add], *elsewhere, [_reception(), to_desk()])
    )


def not_yours_screen() -> Screen:
    """Tell somebody who has no desk at a place."""
    return Screen(
        _("This is for whoever works at the desk of that place."),
        keyboard=inline([_reception(), to_desk()]),
    )


def terms_screen(shown: PlaceTerms, step: PlaceStep, page: int = 0, told: str = "") -> Screen:
    """Show what a place asks for, by topic, with a button to set each."""
    text = paragraphs(
        told,
        _("What {place} asks for before a proposal goes on:").format(place=called(shown.place)),
        "\n".join(_line(one) for one in shown.standing),
        _("Tap what you would like to set. With 0 supporters it goes on once it is accepted."),
    )
    taps = [_tap(shown, one) for one in shown.standing]
    rows = [taps[:1], *(taps[start : start + 2] for start in range(1, len(taps), 2))]
    below = _below(step, page)
    return Screen(text, _title(), inline(*rows, *below, [_reception(), to_desk()]))


def _line(one: StandingTerms) -> str:
    own = "" if one.own else _("(as above)")
    return joined(f"{_topic(one)}：" if current_language() == CHINESE else f"{_topic(one)}:",
                  terms_words(one.terms), own, gap=" ")  # fmt: skip


def terms_words(terms: ReceptionTerms) -> str:
    """Say how many seconds within how long."""
    if not terms.needed:
        return _("no supporters needed")
    count = ngettext("{count} supporter", "{count} supporters", terms.needed).format(
        count=terms.needed
    )
    return _("{count} within {time}").format(count=count, time=how_long(terms.time))


def _topic(one: StandingTerms) -> str:
    return labels.topic(one.topic) if one.topic else _("All topics")


def _tap(shown: PlaceTerms, one: StandingTerms) -> InlineKeyboardButton:
    return button("✏️ " + _topic(one), OnTerms(place_id=shown.place.id, topic=one.topic, ask=True))


def tops_screen(step: PlaceStep, page: int = 0) -> Screen:
    """Choose one of one's places."""
    text = _("Which place?") if step.options else said(TermsOutcome.NOT_ALLOWED)
    return Screen(text, _title(), inline(*_below(step, page), [_reception(), to_desk()]))


def _below(step: PlaceStep, page: int) -> list[list[InlineKeyboardButton]]:
    """Offer the places below, but for buildings: nobody asks for seconds by the house."""
    places = [one for one in step.options if one.kind is not PlaceKind.BUILDING]
    at = step.at.place.id if step.at else None
    taps = [button("📍 " + called(one), OnTerms(place_id=one.id)) for one in places]
    taps = taps[page * PAGE : (page + 1) * PAGE]
    turns = []
    if page > 0:
        turns.append(button(_("‹ Back"), OnTerms(place_id=at, page=page - 1)))
    if (page + 1) * PAGE < len(places):
        turns.append(button(_("More ›"), OnTerms(place_id=at, page=page + 1)))
    return [*(taps[start : start + 2] for start in range(0, len(taps), 2)), turns]


def _title() -> str:
    return _("⚙️ Supporters needed")


def _reception() -> InlineKeyboardButton:
    return button(_("📨 Reception"), OnReception())
