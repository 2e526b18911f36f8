"""How a member of a circle looks."""

from datetime import datetime

from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.screen import Screen
from handlers.text import sentences
from models.circle.rules import State, Tie
from models.circle.views import MemberView

TIES = {
    Tie.CHILD: mark("child"),
    Tie.SPOUSE: mark("husband or wife"),
    Tie.KIN: mark("family"),
    Tie.NEIGHBOUR: mark("neighbour"),
    Tie.FRIEND: mark("friend"),
}
STANDS = {
    State.ASKED: mark("has been asked"),
    State.AGREED: mark("has agreed"),
    State.DECLINED: mark("is not in it"),
    State.ENDED: mark("is not in it any more"),
}


def member_screen(view: MemberView, _now: datetime, head: str = "") -> Screen:
    """Show one member of a circle, under a sentence."""
    who = view.member.name if view.member else view.name
    line = _("{who} ({tie}) {stands}.").format(
        who=who or _("Somebody without the bot"),
        tie=_(TIES[view.tie]),
        stands=_(STANDS[view.state]),
    )
    whose = _("The circle of {name}").format(name=view.whose.name)
    return Screen("\n".join(one for one in (sentences(head), f"👪 {whose}", line) if one))
