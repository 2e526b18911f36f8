"""Rating a delivery: one tap, big and plain; a word to it for whoever likes."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.clock_text import at_date
from handlers.help.screens.verdict import RATINGS
from handlers.i18n import gettext as _
from handlers.proposals.callbacks import NotePictures, OnProposal, ProposalAct, Stars
from handlers.proposals.screens.card import title
from handlers.proposals.screens.delivery import note
from handlers.screen import Screen, button, inline
from handlers.text import paragraphs
from models.proposals.rules.notices import Line
from models.proposals.rules.states import Move, State
from models.proposals.views import DeliveryView, ProposalView, TimelineLine


def delivered_screen(
    view: DeliveryView, now: datetime, said: str = "", *, ask: bool = False
) -> Screen:
    """Show what was delivered, and ask for stars, or show those that were given.

    With `ask` the stars are offered once more to whoever has given some.
    """
    proposal = view.proposal
    shown = next((line for line in view.notes if line.what is Line.DELIVERED), None)
    text = paragraphs(said, note(shown, now) if shown else "", _asked(proposal, now, ask=ask))
    return Screen(text, title(proposal), inline(*_rows(proposal, shown, ask=ask)))


def _asked(view: ProposalView, now: datetime, *, ask: bool) -> str:
    if view.line.state is not State.DELIVERED:
        return _over(view)
    if Move.RATE not in view.may or view.rate_by is None:
        return _("Its author and supporters are asked to rate it.")
    until = at_date(view.rate_by, now)
    if view.my_stars is None or ask:
        return _("How happy are you with it? Tap the stars; until {when}.").format(when=until)
    return _("You gave it {stars}. Thank you! You can change that until {when}.").format(
        stars="⭐" * view.my_stars, when=until
    )


def _over(view: ProposalView) -> str:
    told = {
        State.UNDERWAY: _("It is being taken up again. Once it is done, you are asked anew."),
        State.RATED: _("The time for rating is over; the community is looking at it again."),
        State.CLOSED: _("The time for rating is over, and the proposal is closed. Thank you!"),
    }
    return told.get(view.line.state, "")


def _rows(
    view: ProposalView, shown: TimelineLine | None, *, ask: bool
) -> list[list[InlineKeyboardButton]]:
    own = view.line.proposal_id
    pictures = []
    if shown and shown.media:
        pictures = [button(_("📷 See it"), NotePictures(id=own, line_id=shown.line_id))]
    more = [button(_("📄 Open the proposal"), OnProposal(act=ProposalAct.BELOW, id=own))]
    if Move.RATE not in view.may:
        return [pictures, more]
    if view.my_stars is None or ask:
        return [*([_star(own, stars)] for stars in RATINGS), pictures, more]
    word = button(_("✏️ Add a word"), OnProposal(act=ProposalAct.RATE_WORDS, id=own))
    other = button(_("⭐ Other stars"), OnProposal(act=ProposalAct.ASK_RATE, id=own))
    return [[word], [other], pictures, more]


def _star(own: int, stars: int) -> InlineKeyboardButton:
    label = f"{'⭐' * stars} {_(RATINGS[stars])}"
    return button(label, Stars(id=own, stars=stars))
