"""How a day looks: to whose it is, and to whoever was told."""

from datetime import datetime

from handlers.clock_text import local
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.screen import Screen
from handlers.text import paragraphs
from models.daychecks.rules.states import DayState, Known
from models.daychecks.views import DayView

OWN = {
    DayState.WAITING: mark("We have not heard from you yet today."),
    DayState.HEARD: mark("We have heard from you today. Thank you!"),
    DayState.WELL: mark("😊 All is well today."),
    DayState.LATE_WELL: mark("😊 All is well today."),
    DayState.HELP: mark("🙏 You asked for help; it is on its way."),
    DayState.FOUND_WELL: mark("We know that you are well."),
    DayState.EMERGENCY: mark("We could not reach you, so neighbours were asked to look after you."),
    DayState.UNRESOLVED: mark("We could not reach you. Please answer as soon as you read this."),
}
OTHERS = {
    DayState.WAITING: mark("{name} has not answered yet today."),
    DayState.HEARD: mark("💚 {name} was heard from."),
    DayState.WELL: mark("💚 {name} says that all is well."),
    DayState.LATE_WELL: mark("💚 {name} says that all is well."),
    DayState.HELP: mark("🙏 {name} answered and asked for help; a request is filed."),
    DayState.FOUND_WELL: mark("💚 {name} is well: {who} knows."),
    DayState.EMERGENCY: mark("🔴 Nobody knows how {name} is. Neighbours were asked to go there."),
    DayState.UNRESOLVED: mark("🔴 Nobody knows yet whether {name} is well."),
}
HOW = {Known.SPOKE: mark("They have spoken."), Known.SAW: mark("They have seen each other.")}


def day_screen(view: DayView, _now: datetime, head: str = "") -> Screen:
    """Show a day under a sentence."""
    who = view.found_by.name if view.found_by else ""
    name = view.whose.name or _("a neighbour")
    told = _(OWN[view.state]) if view.own else _(OTHERS[view.state]).format(name=name, who=who)
    how = _(HOW[view.how]) if view.how and view.state is DayState.FOUND_WELL else ""
    return Screen(paragraphs(head, told, how, _on_the_way(view)))


def _on_the_way(view: DayView) -> str:
    if view.going_by is None or view.going_at is None or view.own:
        return ""
    if view.state not in {DayState.WAITING, DayState.UNRESOLVED, DayState.EMERGENCY}:
        return ""
    who, at = view.going_by.name, f"{local(view.going_at):%H:%M}"
    if view.going:
        return _("🚶 {who} set out at {time}.").format(who=who, time=at)
    return _("🚶 {who} set out at {time}, and nothing was heard since.").format(who=who, time=at)
