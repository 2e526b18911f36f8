"""How a broadcast looks to whoever it is sent to."""

from dataclasses import replace
from datetime import datetime

from aiogram.types import InlineKeyboardButton, MessageEntity

from handlers.broadcasts import labels
from handlers.broadcasts.callbacks import OnCopy, Under
from handlers.clock_text import at_date
from handlers.help.callbacks import CardAct, OnCard
from handlers.i18n import gettext as _
from handlers.proposals.callbacks import OnProposal, ProposalAct
from handlers.rollcalls.labels import framed
from handlers.rollcalls.screens.answers import answer_buttons
from handlers.screen import Screen, SentMedia, button, clip, inline, units
from handlers.text import paragraphs
from models.broadcasts.rules.content import Content, CopyButton
from models.broadcasts.rules.notices import ROLL_CALLS, Does, Medium, Style
from models.broadcasts.views import CopyView

CALLS = {
    Medium.PHOTO: ("sendPhoto", "photo"),
    Medium.VIDEO: ("sendVideo", "video"),
    Medium.DOCUMENT: ("sendDocument", "document"),
    Medium.VOICE: ("sendVoice", "voice"),
}
"""By which call a medium goes along with words below it, and as which parameter."""

APART = "-"
"""An album's words stand in a message of their own, which cannot be empty."""


def copy_screen(view: CopyView, now: datetime, sender: str = "") -> Screen:
    """Show a broadcast to a recipient: who says it, the words as they were written, the buttons."""
    shown = Screen(
        text=paragraphs(view.content.words or "", _below(view, now)) or APART,
        title=_title(view, sender),
        keyboard=inline(*_rows(view)),
        media=_media(view.content),
        formatting=tuple(MessageEntity(**one) for one in view.content.entities),
    )
    return framed(shown, drill=view.style is Style.DRILL) if view.style in ROLL_CALLS else shown


def test_screen(view: CopyView, now: datetime, sender: str, *, approving: bool) -> Screen:
    """Show exactly what would go out, below a line that nobody takes for the real thing."""
    copy = copy_screen(view, now, sender)
    head = (
        _("🟪🔎 To be approved: exactly this would go out 🔎🟪")
        if approving
        else _("🟪🧪 TEST, to you alone. Nobody else has got this. 🧪🟪")
    )
    return _below_line(copy, head)


CORRECTION_SHOWN = 200
"""Characters of the corrected words that ring; the copy above has them all."""


def corrected_screen(view: CopyView) -> Screen:
    """Say that the copy above was corrected, and how it reads now."""
    said = _("✏️ The notice above was corrected. It now says:")
    words_now = clip(view.content.words or "", CORRECTION_SHOWN)
    shown = Screen(paragraphs(said, words_now))
    return framed(shown, drill=view.style is Style.DRILL) if view.style in ROLL_CALLS else shown


def ahead_screen(content: Content) -> Screen:
    """Return what goes just before a copy: the pictures of an album, or a point on the map."""
    return Screen("", media=_ahead(content))


def _ahead(content: Content) -> SentMedia:
    if content.medium is Medium.LOCATION:
        at = {"latitude": content.latitude, "longitude": content.longitude}
        return SentMedia("sendLocation", at, captioned=False)
    pieces = [{"type": str(item.medium), "media": item.file_id} for item in content.items]
    return SentMedia("sendMediaGroup", {"media": pieces}, captioned=False)


def _media(content: Content) -> SentMedia | None:
    if content.medium not in CALLS:
        return None
    method, name = CALLS[content.medium]
    return SentMedia(method, {name: content.items[0].file_id})


def _below_line(screen: Screen, head: str) -> Screen:
    """Put a line and the screen's own title above its words; formatting stays where it was."""
    title = f"{screen.title}\n\n" if screen.title else ""
    moved = tuple(
        one.model_copy(update={"offset": one.offset + units(title)}) for one in screen.formatting
    )
    return replace(screen, title=head, text=title + screen.text, formatting=moved)


def _title(view: CopyView, sender: str) -> str:
    style = labels.style(view.style)
    return f"{style} · {sender}" if sender else style


def _below(view: CopyView, now: datetime) -> str:
    """Say for whom else it is, when it was corrected, whether it comes late, what it is about."""
    corrected = ""
    if view.corrected_at is not None:
        when = at_date(view.corrected_at, now)
        corrected = _("✏️ Corrected {when}. What stood here before no longer holds.")
        corrected = corrected.format(when=when)
    late = ""
    if view.meant_for is not None:
        late = _("⏳ Sent late: it was meant for {when}.")
        late = late.format(when=at_date(view.meant_for, now))
    topic = labels.topic(view.topic) if view.style is Style.NOTICE else ""
    return paragraphs(for_whom(view), corrected, late, topic)


def for_whom(view: CopyView) -> str:
    """Say for whom without a phone a copy is; '' where it is for its reader alone."""
    if not view.passed_on_to:
        return ""
    names = _(", ").join(view.passed_on_to)
    if view.own:
        return _("🤝 For {names} too: please pass it on.").format(names=names)
    return _("🤝 This is for {names}: please pass it on.").format(names=names)


def _rows(view: CopyView) -> list[list[InlineKeyboardButton]]:
    if view.style in ROLL_CALLS:
        return answer_buttons(view)
    rows = [[_offer(view, offer)] for offer in view.offers]
    if view.style is Style.EMERGENCY:
        return rows
    mute = button(_("🔕 Mute this topic"), OnCopy(id=view.id, does=Under.ASK_MUTE))
    return [*rows, [mute]]


def _offer(view: CopyView, offer: CopyButton) -> InlineKeyboardButton:
    match offer.does:
        case Does.RECEIVED:
            label = labels.received_label(done=view.confirmed)
            return button(label, OnCopy(id=view.id, does=Under.RECEIVED))
        case Does.SIGN_UP:
            does = Under.SIGN_OFF if view.signed_up else Under.SIGN_UP
            return button(labels.sign_up_label(done=view.signed_up), OnCopy(id=view.id, does=does))
        case Does.LINK:
            return InlineKeyboardButton(text=f"🔗 {offer.label}", url=offer.url)
        case Does.PROPOSAL:
            opens = OnProposal(act=ProposalAct.BELOW, id=offer.subject_id or 1)
            return button(labels.offer(offer), opens)
        case Does.REQUEST:
            return button(labels.offer(offer), OnCard(act=CardAct.SHOW, id=offer.subject_id or 1))
