"""The card of a broadcast as author, approver and keeper see it, and lists of broadcasts."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.broadcasts import labels
from handlers.broadcasts.callbacks import Browse, OnBroadcast, OnPart, OnReport, OpenBroadcast
from handlers.clock_text import at_date
from handlers.desk.callbacks import OnDesk
from handlers.i18n import LANGUAGES, mark, ngettext
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs
from models.broadcasts.rules.content import Content
from models.broadcasts.rules.notices import ROLL_CALLS, URGENT, Medium, Style
from models.broadcasts.rules.states import Move, State
from models.broadcasts.views import BroadcastLine, BroadcastsPage, BroadcastView

WORDS_SHOWN = 700
"""Of a long text so much stands on the card; a test copy shows it whole."""

MOVES = {
    Move.APPROVE: mark("✅ Approve: it may go"),
    Move.SEND_BACK: mark("↩️ Send back"),
    Move.TAKE_BACK: mark("✏️ Take back and change"),
    Move.PAUSE: mark("⏸ Pause"),
    Move.RESUME: mark("▶️ Go on"),
    Move.CORRECT: mark("✏️ Correct the words"),
    Move.RECALL: mark("🧹 Recall: delete what was sent"),
    Move.CANCEL: mark("✕ Cancel"),
    Move.DISCARD: mark("🗑 Throw away"),
}
"""The buttons of moves beside asking and testing, in this order."""


def broadcast_card(
    view: BroadcastView, names: labels.AudienceNames, now: datetime, told: str = ""
) -> Screen:
    """Show a broadcast as it stands, under a sentence on what has just happened.

    `names` are those of its audience, in the reader's language.
    """
    text = paragraphs(
        told,
        _standing(view, now),
        _contents(view),
        joined(*_audience(view, names), labels.topic(view.topic), _below(view), starts(view, now)),
    )
    return Screen(text, title(view), inline(*_rows(view)))


def title(view: BroadcastView) -> str:
    """Head a screen about a broadcast: an emergency, a roll-call and a drill in their own way."""
    return _("{style} · no. {number}").format(style=labels.style(view.style), number=view.id)


def quoted(content: Content) -> str:
    """Show what a message says, and what comes along."""
    shown = _("“{words}”").format(words=clip(content.words, WORDS_SHOWN)) if content.words else ""
    return joined(along(content), shown)


def along(content: Content) -> str:
    """Say what comes along with a message; '' for words alone."""
    if content.medium is Medium.TEXT:
        return ""
    if content.medium is Medium.ALBUM:
        return _("🖼 an album of {count}").format(count=len(content.items))
    return _(labels.MEDIA[content.medium])


def _standing(view: BroadcastView, now: datetime) -> str:
    approved = _("🖐 approved by {name}").format(name=view.approved_by) if view.approved_by else ""
    recalled = _("🧹 recalled {when}") if view.recalled_at else ""
    corrected = _("✏️ corrected {when}") if view.corrected_at else ""
    draft = view.state is State.DRAFT and view.reason
    return joined(
        _(labels.STATES[view.state]),
        _("✍️ by {name}").format(name=view.author),
        approved,
        recalled and recalled.format(when=at_date(view.recalled_at or now, now)),
        corrected and corrected.format(when=at_date(view.corrected_at or now, now)),
        _("↩️ Sent back: “{reason}”").format(reason=view.reason) if draft else "",
        _("Ended: “{reason}”").format(reason=view.reason) if view.reason and not draft else "",
    )


def _contents(view: BroadcastView) -> str:
    other = view.content_other
    if other is None:
        return joined(quoted(view.content), one_language(view))
    first, second = LANGUAGES[view.language], LANGUAGES[other_of(view.language)]
    return paragraphs(f"🌐 {first}\n{quoted(view.content)}", f"🌐 {second}\n{quoted(other)}")


def one_language(view: BroadcastView) -> str:
    """Say before an emergency goes that some of its readers may not understand it."""
    written = view.content_other is not None
    if written or view.style not in URGENT or view.started_at is not None:
        return ""
    missing = labels.language(other_of(view.language))
    return _("⚠️ Only one language: whoever reads {language} may not understand it.").format(
        language=missing
    )


def other_of(language: str) -> str:
    """Name the language that a broadcast is not written in."""
    return next(each for each in LANGUAGES if each != language)


def _audience(view: BroadcastView, names: labels.AudienceNames) -> list[str]:
    heads = ngettext("👥 {count} person", "👥 {count} people", view.heads).format(count=view.heads)
    joins = ["➕ " + labels.group(each, names) for each in view.audience.joined]
    return [heads, *joins, *("➖ " + labels.group(each, names) for each in view.audience.left_out)]


def _below(view: BroadcastView) -> str:
    if view.style in ROLL_CALLS:
        return ""
    offers = [labels.offer(each) for each in view.offers]
    return "🔘 " + (_(", ").join(offers) if offers else _("no buttons"))


def starts(view: BroadcastView, now: datetime) -> str:
    """Say when a broadcast was begun, or will be."""
    if view.started_at is not None:
        return _("⏰ begun {when}").format(when=at_date(view.started_at, now))
    if view.start_at is None:
        return _("⏰ at once, when you send it")
    when = at_date(view.start_at, now)
    weekly = _("⏰ {when}, then every week at that hour").format(when=when)
    return weekly if view.weekly else _("⏰ {when}").format(when=when)


def _rows(view: BroadcastView) -> list[list[InlineKeyboardButton]]:
    parts = _parts(view) if Move.EDIT in view.moves else []
    outlook = button(_("📊 Who and how long"), OnPart(id=view.id, part="outlook"))
    looks = [outlook] if Move.EDIT in view.moves else []
    report = [button(_("📊 Report"), OnReport(id=view.id))] if view.started_at else []
    acts = [
        button(_(label), _do(view, move)) for move, label in MOVES.items() if move in view.moves
    ]
    first = acts[:1] if Move.APPROVE in view.moves else []
    rest = acts[len(first) :]
    pairs = [rest[at : at + 2] for at in range(0, len(rest), 2)]
    back = [button(_("‹ Broadcasts"), Browse(which="mine"))]
    return [*parts, looks, report, *_going(view), first, *pairs, back]


def _parts(view: BroadcastView) -> list[list[InlineKeyboardButton]]:
    """Return a button for each part of a draft; a roll-call has buttons and hour of its own."""

    def part(label: str, name: str) -> InlineKeyboardButton:
        return button(label, OnPart(id=view.id, part=name))

    rows = [
        [part(_("✏️ Words"), "words"), part(_("🌐 Other language"), "other")],
        [part(_("👥 To whom"), "audience"), part(_("🏷 About what"), "topic")],
    ]
    if view.style not in ROLL_CALLS:
        rows.append([part(_("🔘 Buttons"), "buttons"), part(_("⏰ When"), "time")])
        urgent = view.style is Style.EMERGENCY
        label = _("📢 Make it ordinary") if urgent else _("🚨 Make it an emergency")
        rows.append([part(label, "style")])
    return rows


def _going(view: BroadcastView) -> list[list[InlineKeyboardButton]]:
    """Return what a draft comes to: tried on oneself, then sent."""
    test = [button(_("🧪 Test: to me alone"), _do(view, Move.TEST))]
    send = [button(_send_label(view), _do(view, Move.ASK))]
    return [test if Move.TEST in view.moves else [], send if Move.ASK in view.moves else []]


def _send_label(view: BroadcastView) -> str:
    said = {
        Style.NOTICE: ngettext(
            "📢 Send to {count} person …", "📢 Send to {count} people …", view.heads
        ),
        Style.EMERGENCY: ngettext(
            "🚨🔴 EMERGENCY to {count} person …", "🚨🔴 EMERGENCY to {count} people …", view.heads
        ),
        Style.ROLL_CALL: ngettext(
            "🚨🔴 ROLL-CALL of {count} person …", "🚨🔴 ROLL-CALL of {count} people …", view.heads
        ),
        Style.DRILL: ngettext(
            "🟦 DRILL with {count} person …", "🟦 DRILL with {count} people …", view.heads
        ),
    }
    return said[view.style].format(count=view.heads)


def _do(view: BroadcastView, move: Move) -> OnBroadcast:
    return OnBroadcast(id=view.id, move=move, version=view.version)


MINE, WAITING, SENT, NEW = "mine", "waiting", "sent", "new"

TITLES = {
    MINE: mark("📢 My broadcasts"),
    WAITING: mark("🖐 Waiting for my approval"),
    SENT: mark("📤 Sent at my places"),
}

NONE_YET = {
    MINE: mark("You have not written any yet."),
    WAITING: mark("Nothing waits for you."),
    SENT: mark("Nothing has been sent at your places yet."),
}

LABEL_SHOWN = 40
WORDS_LISTED = 120


def list_screen(page: BroadcastsPage, which: str, now: datetime) -> Screen:
    """Show a page of a list, with a button for each broadcast."""
    text = paragraphs(*(_line(line, now) for line in page.lines)) or _(NONE_YET[which])
    rows = [[button(line_words(line), OpenBroadcast(id=line.id))] for line in page.lines]
    return Screen(
        text, _(TITLES[which]), inline(*rows, _pages(page, which), *_below_list(page, which))
    )


def not_staff_screen() -> Screen:
    """Tell somebody who may not write to many."""
    return Screen(
        _("Broadcasts are written by the staff of a community. The attempt has been noted.")
    )


def line_words(line: BroadcastLine) -> str:
    """Name a broadcast on a button; an emergency stands out."""
    sign = "🚨 " if line.style in URGENT else ""
    said = line.words.partition("\n")[0] or _("without words")
    return clip(f"{sign}{line.id} · {said}", LABEL_SHOWN)


def _line(line: BroadcastLine, now: datetime) -> str:
    return joined(
        _("{style} · no. {number}").format(style=labels.style(line.style), number=line.id),
        clip(line.words.replace("\n", " "), WORDS_LISTED),
        f"{_(labels.STATES[line.state])} · {at_date(line.at, now)} · {line.author}",
    )


def _pages(page: BroadcastsPage, which: str) -> list[InlineKeyboardButton]:
    row = []
    if page.page > 0:
        row.append(button(_("‹ Later ones"), Browse(which=which, page=page.page - 1)))
    if page.page < page.pages - 1:
        row.append(button(_("Earlier ones ›"), Browse(which=which, page=page.page + 1)))
    return row


def _below_list(page: BroadcastsPage, which: str) -> list[list[InlineKeyboardButton]]:
    waiting = _("🖐 Waiting for my approval ({count})").format(count=page.waiting)
    others = {MINE: _(TITLES[MINE]), SENT: _(TITLES[SENT])}
    return [
        [button(_("✏️ Write a new one"), Browse(which=NEW))],
        [button(waiting, Browse(which=WAITING))] if page.waiting and which != WAITING else [],
        [button(label, Browse(which=to)) for to, label in others.items() if to != which],
        [button(_("‹ Desk"), OnDesk())],
    ]
