"""What is told of day checks: a sentence above the day as it stands now."""

from handlers.clock_text import local
from handlers.daychecks.callbacks import CheckAct, OnCheck
from handlers.daychecks.screens import day_screen
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.notices import renders
from handlers.records.cards import NOT_THEIRS, Head, card
from handlers.screen import Pointless, Screen, button, inline
from models.database import Session
from models.daychecks.queries import day_told
from models.daychecks.rules.notices import Notice
from models.daychecks.rules.states import NOBODY_KNOWS, DayMove, DayState, Known
from models.daychecks.views import DayView
from models.outbox import views as outbox

HEADS = {
    Notice.ASK: mark("Good morning, {name}! Is all well today?"),
    Notice.AGAIN: mark("{name}, we have not heard from you yet. Is all well? One tap is enough."),
    Notice.CONTACT: mark("Today we have had no answer from {name}. Can you reach them?"),
    Notice.CALL: mark(
        "Today we have had no answer from {name}. Please ring whoever they named, who is without "
        "the bot."
    ),
    Notice.NEAR: mark("Today nobody could reach {name}. Could you look after them?"),
    Notice.DESK: mark("🔴 Nobody knows whether {name} is well. Please see to it now."),
}
STILL = mark("Please see to it now.")
LATE = mark("{name}, we were away and ask late, sorry: is all well today?")
NOON = mark("Good day, {name}! Is all well today?")
EVENING = mark("Good evening, {name}! Is all well today?")
MORNING_ENDS, EVENING_BEGINS = 11, 18
ANSWERED = Pointless("somebody was heard of")


def _head(kind: Notice) -> Head:
    """Say a sentence while nobody knows; a card in the chat goes on without it."""

    def head(view: DayView, notice: outbox.Notice) -> str | Pointless:
        if view.state not in NOBODY_KNOWS or not view.active:
            return "" if notice.in_place else ANSWERED
        return _(_words(kind, view, notice)).format(name=view.whose.name)

    return head


def _words(kind: Notice, view: DayView, notice: outbox.Notice) -> str:
    """Choose the words; the question's are those of the hour at which it came, kept in place."""
    if kind is Notice.DESK and view.state is DayState.UNRESOLVED:
        return STILL  # the card says already that nobody knows
    if kind is not Notice.ASK:
        return HEADS[kind]
    if notice.detail.get("late"):
        return LATE
    hour = local(notice.now).hour
    if hour < MORNING_ENDS and not view.part:
        return HEADS[kind]
    return EVENING if hour >= EVENING_BEGINS else NOON


def _trouble(view: DayView, notice: outbox.Notice) -> str | Pointless:
    open_ = DayMove.ASK_HELP in view.moves and DayMove.SAY_WELL in view.moves
    if view.state is not DayState.HEARD or not open_:
        return "" if notice.in_place else Pointless("it is answered")
    return _("We have read what you wrote. Do you need help now? In danger to life ring 120.")


def _heard(view: DayView, _notice: outbox.Notice) -> str | Pointless:
    return Pointless("nobody was heard of") if view.state in NOBODY_KNOWS else ""


async def after(session: Session, notice: outbox.Notice) -> Screen | Pointless:
    """Tell somebody once, warmly, who looked after them; with the way to other hours."""
    view = await day_told(session, notice.recipient_id, notice.subject_id, notice.now)
    if view is None:
        return NOT_THEIRS
    who = view.found_by or view.going_by
    spoke = view.found_by is not None and view.how is Known.SPOKE
    told = (
        _("Today we had no answer from you, and {who} rang you.")
        if spoke
        else _("Today we had no answer from you, and {who} went to look after you.")
    )
    text = told.format(who=who.name if who else _("a neighbour"))
    more = _("If another hour suits you better, tap here.")
    change = [button(_("🕗 Other hours"), OnCheck(act=CheckAct.HOURS))]
    return Screen(f"{text}\n{more}", keyboard=inline(change if view.active else []))


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
renders(Notice.AFTER)(after)
card(Notice.LISTEN, day_told, day_screen, _listen)
