"""The first screen's verbs: what stands on the reply keyboard, for whom."""

from handlers.form import let_pass
from handlers.i18n import mark, phrases
from models.people.rules import Right
from models.people.views import Person

ALARM = mark("🆘 Emergency")
RING_ME = mark("📞 Please ring me")
"""For whoever cannot or will not write: both stand above all else."""

VERBS = (
    ALARM,
    RING_ME,
    mark("Ask for help"),
    mark("Lend a hand"),
    mark("Propose"),
    mark("My requests"),
    mark("Notices"),
    mark("Settings"),
)
DESK = mark("Desk")
EARLIER = ("Announcements",)
"""What stands on the keyboards of phones that were given theirs before: labels of notices."""

for _verb in (*VERBS, DESK):
    let_pass(phrases(_verb))
let_pass(frozenset(EARLIER))


def verbs_for(person: Person) -> list[str]:
    """List the labels (to be said with gettext) that somebody's keyboard has."""
    return [*VERBS, *([DESK] if person.may_anywhere(Right.WORK_DESK) else [])]
