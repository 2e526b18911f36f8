"""Seconding: what each of those concerned is told."""

from datetime import datetime

from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.proposals.callbacks import OnList, ProposalsTo, ToProposals
from handlers.proposals.screens.card import card_screen, title
from handlers.proposals.screens.changes import whole
from handlers.screen import Screen, button, inline
from handlers.text import paragraphs, sentences
from models.proposals.rules.states import Move
from models.proposals.views import ProposalView

SECONDED = mark("✋ Seconded. Thank you!")
TAKEN_BACK = mark("You no longer support it.")


def reached_screen(view: ProposalView, now: datetime) -> Screen:
    """Tell that enough neighbours back a proposal, with what its reader may do now."""
    said = _("🎉 Your proposal has enough supporters! Next, the neighbours' meeting talks it over.")
    if not view.mine:
        said = _(
            "🎉 This proposal has enough supporters! Next, the neighbours' meeting talks it over."
        )
    if Move.CALL_MEETING in view.may:
        said = _(
            "🎉 This proposal has enough supporters. Please call a meeting, have a vote or decide."
        )
    return card_screen(view, now, said)


def lapsed_screen(view: ProposalView, late: str) -> Screen:
    """Thank author and backers of a proposal that too few have seconded."""
    line = view.line
    count = ngettext("{count} neighbour", "{count} neighbours", line.seconds).format(
        count=line.seconds
    )
    said = _("⌛ Its time is over: {count} supported it, {needed} were needed.").format(
        count=count, needed=line.needed
    )
    thanks = _("Thank you for standing up for it. It can be proposed again at any time.")
    if view.mine:
        thanks = _(
            "Thank you for your idea. You can propose it again at any time; a word with neighbours "
            "beforehand often helps."
        )
    rows = [
        [whole(view)],
        [
            button(_("✏️ Write a proposal"), ToProposals(to=ProposalsTo.WRITE)),
            button(_("📋 All proposals"), OnList()),
        ],
    ]
    return Screen(paragraphs(sentences(said, late), thanks), title(view), inline(*rows))


def withdrawn_screen(view: ProposalView) -> Screen:
    """Tell whoever has seconded a proposal, or was to receive it, that it is withdrawn."""
    said = _("⚪ Its author has withdrawn a proposal that you had supported. Thank you for that.")
    if not (view.seconded or view.stale):
        said = _("⚪ Its author has withdrawn this proposal. Nothing is left for you to do.")
    more = [button(_("📋 All proposals"), OnList())]
    return Screen(said, title(view), inline([whole(view)], more))
