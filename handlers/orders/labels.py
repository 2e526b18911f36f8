"""What orders, their causes, states and outcomes are called."""

from datetime import datetime

from handlers import categories
from handlers.clock_text import at_clock
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.said import says
from models.categories import Body
from models.help.rules.closing import Cause
from models.help.views import OrderMark
from models.orders.rules import OrderOutcome, State, VisitOutcome
from models.records.rules import Refusal

CAUSES = {
    Cause.UNSOLVED: mark("The resident says: not solved."),
    Cause.LOW_RATING: mark("The resident was not happy and gave few stars."),
    Cause.HAZARD: mark("Something dangerous was found."),
    Cause.CAME_BACK: mark("It was closed, and the resident says: not solved after all."),
}

STATES = {
    State.OPEN: mark("to be put right"),
    State.REPORTED: mark("reported, to be signed off"),
    State.SIGNED: mark("signed off"),
}

says(
    (OrderOutcome.SET, mark("Set; we are telling whoever puts it right.")),
    (OrderOutcome.REPORTED, mark("Thank you! We are asking whoever supervises it to check.")),
    (OrderOutcome.SENT_BACK, mark("Sent back; we are telling them what is missing.")),
    (OrderOutcome.SIGNED, mark("Signed off. Thank you!")),
    (VisitOutcome.WELL, mark("We are glad to hear it. Thank you!")),
    good=True,
)
says(
    (OrderOutcome.NOT_STAFF, mark("That person does not work at this place.")),
    (
        VisitOutcome.REOPENED,
        mark("We are sorry. It is open again under the same number, and will be put right."),
    ),
    (VisitOutcome.ALREADY, mark("You have told us already. Thank you!")),
    (VisitOutcome.TOO_LATE, mark("That question is settled by now. Thank you!")),
    (VisitOutcome.NOT_ALLOWED, mark("Only the person who asked, or the office, can say so.")),
    (VisitOutcome.MISSING, mark("This is no longer there.")),
    good=False,
)
says(
    (Refusal.WRONG_TIME, mark("The order has moved on; this cannot be done now.")),
    (
        Refusal.OWN,
        mark("Somebody else has to judge this: you had a hand in it, or it is yours to put right."),
    ),
    (
        Refusal.NOT_ALLOWED,
        mark("This order is not in your hands. The attempt has been noted."),
    ),
    good=False,
    of="orders",
)


def state(value: State) -> str:
    """Say in a few words where an order stands."""
    return _(STATES[value])


def body(value: Body | None) -> str:
    """Call the body that answers, where one is named."""
    return categories.body(value) if value else _("not named")


def due(due_at: datetime, now: datetime, *, overdue: bool) -> str:
    """Say until when it has to be put right."""
    when = _("by {time}").format(time=at_clock(due_at, now))
    return f"⏰ {when}" if overdue else when


def order_line(mark_: OrderMark, now: datetime) -> str:
    """Say in a line how an order stands."""
    stands = State(mark_.state)
    if stands is State.SIGNED:
        return "📋 " + _("Order: {state}").format(state=state(stands))
    parts = [state(stands), mark_.person.name if mark_.person else _("nobody")]
    parts.append(due(mark_.due_at, now, overdue=mark_.overdue))
    return "📋 " + _("Order: {state}").format(state=" · ".join(parts))
