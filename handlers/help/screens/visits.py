"""Whether somebody comes: what holders and residents are asked, and what they read afterwards."""

from datetime import datetime
from typing import Any

from aiogram.types import InlineKeyboardButton

from handlers.help.callbacks import (
    Came,
    CardAct,
    Coming,
    HowItStands,
    OnCard,
    OpenMine,
    OpenTask,
    Stands,
    Verdict,
)
from handlers.help.screens import lines
from handlers.help.screens.card import facts
from handlers.help.screens.notices import HOLDING, name_in, settled
from handlers.help.screens.receipt import call_first
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, inline
from handlers.text import joined, late_note, paragraphs, sentences
from models.help.rules.limits import Line
from models.help.rules.policy import Urgency
from models.help.rules.states import LIVE, ClaimState
from models.help.views import OfferCard, RequestView


def coming_screen(card: OfferCard, now: datetime, *, late: bool) -> Screen:
    """Ask a holder 'still coming?', or show what was answered, or that it was too late."""
    if card.claim is not ClaimState.HELD or card.state not in LIVE:
        return Screen(settled(card), _head(card))
    task = [_open_task(card)]
    if card.start_confirmed:
        thanks = _("👍 Thank you! They are counting on you.")
        return Screen(paragraphs(thanks, facts(card, now)), _head(card), inline(task))
    asked = _("⏰ It will soon be time. Are you still coming?")
    if card.start_at is None:
        asked = _("👋 How is it going with this? Are you still coming?")
    yes = [button(_("👍 Yes, I am coming"), Coming(id=card.request_id, yes=True))]
    text = paragraphs(asked, facts(card, now), late_note(late=late))
    return Screen(text, _head(card), inline(yes, [_cannot(card)], task))


def let_go_screen(card: OfferCard, now: datetime) -> Screen:
    """Tell a former holder that others are asked, without blame, and how to come back."""
    if card.claim in HOLDING and card.state in LIVE:
        text = paragraphs(_("✋ This is yours. Thank you!"), facts(card, now))
        return Screen(text, _head(card), inline([_open_task(card)]))
    if card.state not in LIVE or card.let_go is None:
        return Screen(settled(card), _head(card))
    said = _("We did not hear from you in time; that can happen to anybody.")
    if card.let_go is ClaimState.NO_SHOW:
        said = _("You were awaited, and it seems you could not come. We hope all is well with you.")
    if card.let_go is ClaimState.RELEASED:
        said = _("The office has asked somebody else to go.")
    if card.held >= card.hands:
        other = _("Somebody else comes now, so you need not worry. Thank you!")
        return Screen(sentences(said, other), _head(card))
    back = _("We are looking for somebody else. If you can come after all, one tap is enough.")
    again = button(_("✋ I can come after all"), OnCard(act=CardAct.TAKE, id=card.request_id))
    text = paragraphs(sentences(said, back), facts(card, now))
    return Screen(text, _head(card), inline([again]))


def visit_screen(card: OfferCard, now: datetime, *, late: bool) -> Screen:
    """Ask a holder how it stands: after the start, or a while after setting out."""
    if card.let_go is not None or card.claim not in HOLDING or card.state not in LIVE:
        return let_go_screen(card, now)
    done = [_stands(_("✅ It is done"), HowItStands.DONE, card)]
    if card.claim is ClaimState.ON_WAY:
        asked = _("👋 You set out a while ago. Is it done?")
        rows = [done]
    else:
        asked = _("👋 It is past the time. How does it stand?")
        rows = [[_stands(_("🚶 I am on my way"), HowItStands.ON_WAY, card)], done]
    text = paragraphs(asked, facts(card, now), late_note(late=late))
    return Screen(text, _head(card), inline(*rows, [_cannot(card)], [_open_task(card)]))


def has_come_screen(view: RequestView, detail: dict[str, Any]) -> Screen:
    """Ask a resident whether a helper has come; once they have, whether it is done."""
    line, person_id = view.line, int(detail.get("person") or 0)
    more = [button(_("📍 Where is it now?"), OpenMine(id=line.request_id, below=True))]
    title = lines.title_for(view)
    there = [one for one in view.holders if one.who.id == person_id and one.state in HOLDING]
    if line.state in LIVE and not there and line.held < line.hands:
        sorry = _("😟 We are sorry that nobody came.")
        text = sentences(sorry, _("We are looking for somebody else right now."))
        return Screen(text, title, inline(more))
    if not there or line.state not in LIVE:
        return Screen(_("👍 Thank you! We know how it stands."), title, inline(more))
    name = name_in(view, detail)
    done = [button(_("👍 Yes, it is solved"), Verdict(id=line.request_id, solved=True))]
    absent = [_came(_("😟 Nobody came"), view, detail, came=False)]
    if _has_come(view, person_id):
        asked = _("👍 {name} is there, you told us. Is it done?").format(name=name)
        return Screen(asked, title, inline(done, absent, more))
    asked = _("👋 Has {name} arrived?").format(name=name)
    if view.spoken_for:
        asked = _("👋 Has {name} arrived at {other}'s?").format(name=name, other=view.spoken_for)
    here = [_came(_("👍 Yes, they're here"), view, detail, came=True)]
    text = paragraphs(asked, late_note(late=bool(detail.get("late"))))
    return Screen(text, title, inline(here, done, absent, more))


def _has_come(view: RequestView, person_id: int) -> bool:
    return any(
        line.what is Line.CAME and line.detail.get("person") == person_id for line in view.timeline
    )


def nobody_yet_screen(view: RequestView) -> Screen:
    """Tell a resident honestly that nobody is found yet, and who is on it."""
    line = view.line
    more = [button(_("📍 Where is it now?"), OpenMine(id=line.request_id, below=True))]
    said = _("⏳ We have not found anybody yet, and we are sorry.")
    owner = line.owner
    on_it = _("The community office is looking for somebody now.")
    if owner is not None:
        on_it = _("{name} of the community office is looking for somebody now.").format(
            name=owner.name
        )
    danger = call_first() if line.urgency is Urgency.EMERGENCY else ""
    text = paragraphs(danger, joined(said, on_it))
    return Screen(text, lines.title_for(view), inline(more))


def _head(card: OfferCard) -> str:
    return lines.title(card.number, card.category)


def _open_task(card: OfferCard) -> InlineKeyboardButton:
    return button(_("📂 Open the task"), OpenTask(id=card.request_id, below=True))


def _cannot(card: OfferCard) -> InlineKeyboardButton:
    return button(_("↩️ I cannot go"), Coming(id=card.request_id, yes=False))


def _stands(label: str, how: HowItStands, card: OfferCard) -> InlineKeyboardButton:
    return button(label, Stands(id=card.request_id, how=how))


def _came(
    label: str, view: RequestView, detail: dict[str, Any], *, came: bool
) -> InlineKeyboardButton:
    person_id = int(detail["person"])
    return button(label, Came(id=view.line.request_id, person_id=person_id, came=came))
