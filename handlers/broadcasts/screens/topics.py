"""Topics: which somebody hears of, and asking before one falls silent."""

from collections.abc import Collection

from aiogram.types import InlineKeyboardButton

from handlers.broadcasts import words
from handlers.broadcasts.callbacks import Browse, OnCopy, OnTopic, Under
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, inline
from handlers.settings.callbacks import Set, Setting
from handlers.text import paragraphs
from models.broadcasts.rules.notices import Topic

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
    return button(label.format(topic=words.topic(topic)), OnTopic(topic=topic, on=not on))


def ask_mute_screen(broadcast_id: int, topic: Topic) -> Screen:
    """Ask before a topic falls silent."""
    question = _("Shall nothing more come about “{topic}”?").format(topic=words.topic(topic))
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
        return _("🔔 You hear of “{topic}” again.").format(topic=words.topic(topic))
    return _("🔕 Nothing more comes about “{topic}”.").format(topic=words.topic(topic))
