"""What stands around writing a proposal: similar ones, the summary, the receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.categories import category_label
from handlers.clock_text import at_date, new_until_line
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.proposals import labels
from handlers.proposals.callbacks import OnProposal, ProposalAct, ProposalsTo, ToProposals
from handlers.proposals.screens.lists import LABEL_SHOWN, listed, named
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, place_name
from models.help.rules.states import State as RequestState
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.outcomes import SubmitOutcome
from models.proposals.rules.states import State
from models.proposals.views import Nearby, ProposalLine, Submitted

STORY_SHOWN = 600
"""Of the problem this much is shown once more before sending; the wish gets as much."""

NEARBY_STATES = {
    RequestState.CLOSED: mark("put right"),
    RequestState.DONE: mark("put right"),
    RequestState.UNSOLVED: mark("not put right yet"),
}
SEEN_TO = mark("being seen to")


@dataclass(frozen=True)
class Written:
    """A filled-in form, in words."""

    topic: ProposalTopic
    where: str
    title: str
    problem: str
    wish: str
    media: str
    anonymous: bool


def similar_text(
    proposals: Sequence[ProposalLine], requests: Sequence[Nearby], now: datetime
) -> str:
    """Tell of what is similar to what is being written."""
    asked = "\n".join(_nearby(request) for request in requests)
    return paragraphs(
        _("Neighbours have proposed something like it:") if proposals else "",
        *(listed(line, now) for line in proposals),
        _("The office has been asked about this nearby:\n{list}").format(list=asked)
        if asked
        else "",
        _(
            "Is one of them what you mean? Then support that one: many voices for one proposal "
            "count for more. Yours stays as it is meanwhile."
        )
        if proposals
        else _("You can propose it all the same."),
    )


def similar_label(line: ProposalLine, *, mine: bool = False) -> str:
    """Name the button that opens a similar proposal; nobody seconds their own."""
    label = clip(named(line), LABEL_SHOWN)
    if mine:
        return _("📝 This one is yours: {title}").format(title=label)
    if line.state is State.SECONDING:
        return _("✋ Second this instead: {title}").format(title=label)
    return _("👀 Look at {title}").format(title=label)


def _nearby(request: Nearby) -> str:
    kind = category_label(request.category)
    state = _(NEARBY_STATES.get(request.state, SEEN_TO))
    return f"{kind} · {place_name(request.where)} · {state}"


def summary_screen(written: Written) -> Screen:
    """Show everything before it is sent, in one glance."""
    shown = _("Your name is shown to neighbours.")
    hidden = _("Neighbours do not see your name; if the office looks, you read that it did.")
    text = paragraphs(
        joined(f"{labels.topic(written.topic)} · 📍 {written.where}", f"📌 {written.title}"),
        _("What is wrong:\n{words}").format(words=clip(written.problem, STORY_SHOWN)),
        _("What is wished:\n{words}").format(words=clip(written.wish, STORY_SHOWN))
        if written.wish
        else "",
        written.media,
        f"👤 {hidden if written.anonymous else shown}",
    )
    return Screen(text, _("Shall we send this to the office?"))


def receipt_screen(sent: Submitted, now: datetime) -> Screen:
    """Return the number, by when the office answers, and what happens next."""
    assert sent.proposal_id is not None  # noqa: S101 - who has a receipt has a proposal
    assert sent.receive_by is not None  # noqa: S101 - as above
    again = labels.said(sent.outcome) if sent.outcome is SubmitOutcome.ALREADY else ""
    by = at_date(sent.receive_by, now)
    text = paragraphs(
        again,
        joined(
            _("1. The office answers by {when}; we tell you at once.").format(when=by),
            _("2. Then neighbours can support it."),
            _("3. If enough do, it is talked about and decided, and you read why."),
        ),
        _("Until the office has received it, only you and the office can read it."),
    )
    title = _("✅ Your proposal has number {number}").format(number=sent.number)
    look = button(_("👀 Look at it"), OnProposal(act=ProposalAct.BELOW, id=sent.proposal_id))
    return Screen(text, title, inline([look], [_home()]))


def not_sent_screen(sent: Submitted, now: datetime) -> Screen:
    """Say why nothing can be proposed just now, and what to do; of a limit that ends, when."""
    outcome = sent.outcome
    if outcome is SubmitOutcome.NO_PLACE:
        return Screen(
            labels.said(outcome), keyboard=inline([button(_("⚙️ Settings"), Go(to="settings"))])
        )
    ends = new_until_line(sent.until, now) if sent.until else ""
    return Screen(paragraphs(labels.said(outcome), ends), keyboard=inline([_home()]))


def _home() -> InlineKeyboardButton:
    return button(_("📋 All proposals"), ToProposals(to=ProposalsTo.HOME))
