"""What somebody was sent lately, and the topics they hear of."""

from collections.abc import Collection
from datetime import datetime

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from handlers.broadcasts import labels
from handlers.broadcasts.callbacks import Browse, OnCopy, OnTopic, Under
from handlers.broadcasts.screens.copy import for_whom
from handlers.callbacks import Go
from handlers.clock_text import at_date
from handlers.gatherings.callbacks import ToGatherings
from handlers.i18n import gettext as _
from handlers.i18n import ngettext
from handlers.screen import Screen, button, clip, inline
from handlers.settings.callbacks import Set, Setting
from handlers.text import joined, paragraphs
from models.broadcasts.rules.notices import ROLL_CALLS, Does, Medium, Topic
from models.broadcasts.views import CopyView, InboxLine, InboxPage

RECEIVED = "received"
"""Which of one's broadcasts `Browse` shows: those that came to the viewer."""


def emergencies() -> str:
    """Say what nobody can mute."""
    return _("🚨 Emergencies and roll-calls always come, also at night. They cannot be muted.")


def topics_screen(muted: Collection[Topic], told: str = "") -> Screen:
    """Show each topic with whether it comes; a tap turns it."""
    intro = _("What shall the community tell you about? Tap a topic to turn it on or off.")
    rows = [[_switch(topic, on=topic not in muted)] for topic in Topic]
    back = [
        button(_("📢 What I was sent"), Browse(which=RECEIVED)),
        button(_("‹ Settings"), Set(what=Setting.SHOW)),
    ]
    return Screen(
        paragraphs(told, intro, emergencies()), _("🔔 Notifications"), inline(*rows, back)
    )


def _switch(topic: Topic, *, on: bool) -> InlineKeyboardButton:
    label = _("🔔 on · {topic}") if on else _("🔕 off · {topic}")
    return button(label.format(topic=labels.topic(topic)), OnTopic(topic=topic, on=not on))


def ask_mute_screen(broadcast_id: int, topic: Topic) -> Screen:
    """Ask before a topic falls silent."""
    question = _("Shall nothing more come about “{topic}”?").format(topic=labels.topic(topic))
    how = _("You can turn it on again at any time: /settings.")
    return Screen(
        paragraphs(question, how, emergencies()),
        _("🔕 Mute a topic"),
        inline(
            [button(_("🔕 Yes, mute it"), OnCopy(id=broadcast_id, does=Under.MUTE))],
            [button(_("🔔 No, leave it on"), Browse(which=RECEIVED))],
        ),
    )


def turned(topic: Topic, *, on: bool) -> str:
    """Say what a tap on a topic has come to."""
    if on:
        return _("🔔 You hear of “{topic}” again.").format(topic=labels.topic(topic))
    return _("🔕 Nothing more comes about “{topic}”.").format(topic=labels.topic(topic))


WORDS_SHOWN = 120
"""Of each so much that one knows it again."""


def inbox_screen(page: InboxPage, now: datetime, *, writes: bool) -> Screen:
    """Show a page of what came, the latest first; whoever may write one has the way there."""
    lines = [_line(number, line, now) for number, line in enumerate(page.lines, 1)]
    text = paragraphs(*lines) or _(
        "Nothing has come yet. What the community tells you stands here."
    )
    opens = [
        button(str(number), OnCopy(id=line.id, does=Under.OPEN))
        for number, line in enumerate(page.lines, 1)
    ]
    write = [button(_("✍️ Broadcasts of the office"), Browse(which="mine"))] if writes else []
    ends = [
        button(_("🔔 Notifications"), Set(what=Setting.TOPICS)),
        button(_("🏠 Home"), Go(to="home")),
    ]
    meet = [button(_("🎈 Gatherings"), ToGatherings())]
    keys = inline(opens, _turning(page), meet, write, ends)
    return Screen(text, _("📢 Notices for you"), keys)


def missed_screen(count: int) -> Screen:
    """Say how many broadcasts came while somebody was out of reach, with the way to read them."""
    text = ngettext(
        "📢 While we could not reach you there was {count} notice.",
        "📢 While we could not reach you there were {count} notices.",
        count,
    ).format(count=count)
    return Screen(text, keyboard=inline([button(_("📢 Read them"), Browse(which=RECEIVED))]))


def _line(number: int, line: InboxLine, now: datetime) -> str:
    said = _("🧹 was recalled") if line.recalled else clip(line.words, WORDS_SHOWN)
    seen = _("✓ received") if line.confirmed else ""
    head = joined(at_date(line.at, now), labels.topic(line.topic), seen, gap=" · ")
    return joined(f"{number}. {labels.style(line.style)}", head, said)


def _turning(page: InboxPage) -> list[InlineKeyboardButton]:
    row = []
    if page.page:
        row.append(button("‹", Browse(which=RECEIVED, page=page.page - 1)))
    if page.more:
        row.append(button("›", Browse(which=RECEIVED, page=page.page + 1)))
    return row


def again_screen(view: CopyView) -> Screen:
    """Show once more what was sent: the words and what may be answered.

    What came along stands in the copy itself, further up in the chat.
    """
    if view.recalled:
        return Screen(
            _("🧹 This was recalled. It says nothing any more."), keyboard=inline(_back())
        )
    came = (
        "" if view.content.medium is Medium.TEXT else _("📎 What came along is in the chat above.")
    )
    formatting = tuple(MessageEntity(**one) for one in view.content.entities)
    return Screen(
        joined(view.content.words, for_whom(view), came, gap="\n\n"),
        labels.style(view.style),
        inline(*_answers(view), _back()),
        formatting=formatting,
    )


def _answers(view: CopyView) -> list[list[InlineKeyboardButton]]:
    """Return the buttons by which one answers; a roll-call is answered under its own card."""
    offers = {offer.does for offer in view.offers}
    if view.style in ROLL_CALLS:
        return []
    rows = []
    if Does.RECEIVED in offers:
        label = labels.received_label(done=view.confirmed)
        rows.append([button(label, OnCopy(id=view.id, does=Under.RECEIVED))])
    if Does.SIGN_UP in offers:
        does = Under.SIGN_OFF if view.signed_up else Under.SIGN_UP
        label = labels.sign_up_label(done=view.signed_up)
        rows.append([button(label, OnCopy(id=view.id, does=does))])
    mute = button(_("🔕 Mute this topic"), OnCopy(id=view.id, does=Under.ASK_MUTE))
    return [*rows, [mute]]


def _back() -> list[InlineKeyboardButton]:
    return [button(_("‹ Notices"), Browse(which=RECEIVED))]


def answered(
    keyboard: InlineKeyboardMarkup, broadcast_id: int, *, confirmed: bool, signed_up: bool
) -> InlineKeyboardMarkup:
    """Return the keyboard of a copy with its answers shown on it; its other buttons stay."""
    received = OnCopy(id=broadcast_id, does=Under.RECEIVED).pack()
    sign_up = OnCopy(id=broadcast_id, does=Under.SIGN_UP).pack()
    sign_off = OnCopy(id=broadcast_id, does=Under.SIGN_OFF).pack()
    shown = {
        received: (labels.received_label(done=confirmed), received),
        sign_up: (labels.sign_up_label(done=signed_up), sign_off if signed_up else sign_up),
    }
    shown[sign_off] = shown[sign_up]
    return InlineKeyboardMarkup(
        inline_keyboard=[[_shown(key, shown) for key in row] for row in keyboard.inline_keyboard]
    )


def _shown(key: InlineKeyboardButton, shown: dict[str, tuple[str, str]]) -> InlineKeyboardButton:
    if key.callback_data not in shown:
        return key
    label, data = shown[key.callback_data]
    return InlineKeyboardButton(text=label, callback_data=data)
