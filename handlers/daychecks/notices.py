"""What is told of day checks: a sentence above the day as it stands now."""

from handlers.clock_text import local
from handlers.daychecks.screens import day_screen
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.cards import Head, card
from handlers.screen import Pointless
from models.daychecks.queries import day_told
from models.daychecks.rules.notices import Notice
from models.daychecks.rules.states import NOBODY_KNOWS, DayState
from models.daychecks.views import DayView
from models.outbox import views as outbox

HEADS = {
    Notice.ASK: mark("Good morning, {name}! Is all well today?"),
    Notice.AGAIN: mark("{name}, we have not heard from you yet. Is all well?"),
    Notice.CONTACT: mark("Today we have had no answer from {name}. Can you reach them?"),
    Notice.CALL: mark(
        "Today we have had no answer from {name}. Please ring whoever they named, who is without "
        "the bot."
    ),
    Notice.NEAR: mark("Today nobody could reach {name}. Could you look after them?"),
    Notice.DESK: mark("Nobody knows whether {name} is well. Please see to it now."),
}
LATE = mark("{name}, we were away and ask late: is all well today?")
LATER = mark("{name}, is all well today?")
MORNING_ENDS = 11
ANSWERED = Pointless("somebody was heard of")


def _head(kind: Notice) -> Head:
    """Say a sentence while nobody knows; a card in the chat goes on without it."""

    def head(view: DayView, notice: outbox.Notice) -> str | Pointless:
        if view.state not in NOBODY_KNOWS or not view.active:
            return "" if notice.in_place else ANSWERED
        return _(_words(kind, view, notice)).format(name=view.whose.name)

    return head


def _words(kind: Notice, view: DayView, notice: outbox.Notice) -> str:
    if kind is not Notice.ASK:
        return HEADS[kind]
    if notice.detail.get("late"):
        return LATE
    morning = local(notice.now).hour < MORNING_ENDS
    return HEADS[kind] if morning and not view.part else LATER


def _trouble(view: DayView, notice: outbox.Notice) -> str | Pointless:
    if view.state is not DayState.HEARD:
        return "" if notice.in_place else Pointless("it is answered")
    return _("We have read what you wrote. Do you need help now? In danger to life ring 120.")


def _heard(view: DayView, _notice: outbox.Notice) -> str | Pointless:
    return Pointless("nobody was heard of") if view.state in NOBODY_KNOWS else ""


def _after(view: DayView, _notice: outbox.Notice) -> str:
    who = view.going_by or view.found_by
    return _(
        "Today we had no answer from you, and {who} looked after you. You can change at any time "
        "when we ask."
    ).format(who=who.name if who else _("a neighbour"))


def _listen(view: DayView, notice: outbox.Notice) -> str | Pointless:
    if not view.to_listen:
        return "" if notice.in_place else Pointless("somebody has listened")
    return _("🎤 {name} sent a voice message. Please listen whether help is needed.").format(
        name=view.whose.name
    )


for kind in HEADS:
    card(kind, day_told, day_screen, _head(kind))
card(Notice.TROUBLE, day_told, day_screen, _trouble)
card(Notice.HEARD, day_told, day_screen, _heard)
card(Notice.AFTER, day_told, day_screen, _after)
card(Notice.LISTEN, day_told, day_screen, _listen)
