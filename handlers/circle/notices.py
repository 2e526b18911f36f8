"""What people are told of circles."""

from handlers.circle.screens import member_screen
from handlers.i18n import gettext as _
from handlers.records.cards import card
from handlers.screen import Pointless
from models.circle.queries import member_told
from models.circle.rules import Notice, State
from models.circle.views import MemberView
from models.outbox import views as outbox


def _asked(view: MemberView, notice: outbox.Notice) -> str | Pointless:
    """Say nothing above: the card itself says what is asked of them."""
    over = view.state is not State.ASKED and not notice.in_place
    return Pointless("it is answered") if over else ""


def _said(view: MemberView, _notice: outbox.Notice) -> str | Pointless:
    who = view.member.name if view.member else view.name or _("Whoever you named")
    if view.state is State.AGREED:
        return _("💚 {name} said yes.").format(name=who)
    if view.state is State.DECLINED:
        return _("{name} cannot be in your circle. You can name somebody else.").format(name=who)
    return Pointless("it is not so any more")


def _call(view: MemberView, notice: outbox.Notice) -> str | Pointless:
    if view.state is not State.ASKED:
        return "" if notice.in_place else Pointless("it is answered")
    return _(
        "☎️ {name} named somebody without the bot. Please ring them and ask whether they agree."
    ).format(name=view.whose.name)


card(Notice.ASKED, member_told, member_screen, _asked)
card(Notice.SAID, member_told, member_screen, _said)
card(Notice.REMOVED, member_told, member_screen)
card(Notice.CALL, member_told, member_screen, _call)
