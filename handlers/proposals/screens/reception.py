"""The reception: its queue, why a proposal is returned, into what it goes, what is asked first."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from aiogram.types import InlineKeyboardButton

from handlers.clock_text import at_date
from handlers.desk.screens.board import to_desk
from handlers.help.callbacks import OpenMine
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext, phrases
from handlers.proposals import labels
from handlers.proposals.callbacks import (
    MergeInto,
    OnProposal,
    OnReasons,
    OnReception,
    OnTerms,
    ProposalAct,
    ReasonAct,
    ReturnFor,
    ReturnReady,
)
from handlers.proposals.screens.card import card_screen, title
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, place_name, quoted, sentences
from models.proposals.rules.reception import ReasonOutcome
from models.proposals.rules.states import State
from models.proposals.views import CannedReason, Merger, ProposalLine, ProposalView, ReceptionQueue

LABEL_AT_MOST = 40
"""Characters of a reason on its button: what a small phone shows in one line."""

READY = (
    mark("Please say more exactly where it is: building, floor, which side."),
    mark("Please say a little more: what happens, and since when?"),
    mark("It concerns one home alone; please ask for help with it instead (Ask for help)."),
    mark("Please leave out names and whatever blames somebody, and send it again."),
    mark(
        "The community cannot decide this. Please turn to the hotline 12345; we help you with it."
    ),
)
"""The house's own reasons for returning a proposal, offered where a place has none ready."""

REASONS: dict[StrEnum, str] = {
    ReasonOutcome.KEPT: mark("Saved."),
    ReasonOutcome.REMOVED: mark("Removed."),
    ReasonOutcome.EMPTY: mark("A few words are needed."),
    ReasonOutcome.TOO_MANY: mark("There are many already. Please remove one first."),
    ReasonOutcome.NO_PLACE: mark("That place is no longer there."),
    ReasonOutcome.MISSING: mark("This reason is no longer there."),
    ReasonOutcome.NOT_ALLOWED: mark("This is not in your hands. The attempt has been noted."),
}


def queue_screen(
    queue: ReceptionQueue, now: datetime, *, place_id: int | None = None, supervises: bool = False
) -> Screen:
    """Show a page of what waits, the first due first; `place_id`: where reasons are kept."""
    title_ = _("📨 Reception of proposals")
    reasons, terms = _("📝 Ready reasons"), _("⚙️ Supporters needed")
    settings = [
        *([button(reasons, _reasons_of(place_id))] if place_id is not None else []),
        *([button(terms, OnTerms())] if supervises else []),
    ]
    if not queue.lines:
        text = _("No proposal waits for an answer. Well done!")
        return Screen(text, title_, inline(settings, [to_desk()]))
    text = paragraphs(_counted(queue), *(_waiting(line, now) for line in queue.lines))
    rows = [[_open(line)] for line in queue.lines]
    return Screen(text, title_, inline(*rows, _pages(queue), settings, [to_desk()]))


def _counted(queue: ReceptionQueue) -> str:
    waiting = ngettext("{count} waits", "{count} wait", queue.total).format(count=queue.total)
    late = _("{count} overdue").format(count=queue.overdue) if queue.overdue else ""
    return joined(waiting, late, gap=" · ")


def _waiting(line: ProposalLine, now: datetime) -> str:
    due = _("answer by {when}").format(when=at_date(line.receive_by, now))
    if line.overdue:
        due = _("⏰ overdue since {when}").format(when=at_date(line.receive_by, now))
    return joined(_named(line), f"{labels.topic(line.topic)} · 📍 {place_name(line.where)}", due)


def _named(line: ProposalLine) -> str:
    seal = "☭ " if line.seal else ""
    said = _("No. {number} · {title}").format(number=line.number, title=line.title)
    return f"{seal}{said}"


def _open(line: ProposalLine) -> InlineKeyboardButton:
    sign = "⏰ " if line.overdue else "📨 "
    return button(sign + _named(line), OnProposal(act=ProposalAct.OPEN, id=line.proposal_id))


def _pages(queue: ReceptionQueue) -> list[InlineKeyboardButton]:
    row = []
    if queue.page > 0:
        row.append(button(_("‹ Sooner"), OnReception(page=queue.page - 1)))
    if queue.page < queue.pages - 1:
        row.append(button(_("Later ›"), OnReception(page=queue.page + 1)))
    return row


def _reasons_of(place_id: int) -> OnReasons:
    return OnReasons(act=ReasonAct.LIST, place_id=place_id)


def ask_return_screen(view: ProposalView, reasons: Sequence[CannedReason], place_id: int) -> Screen:
    """Ask why a proposal is returned: for a reason that is ready, or in words."""
    said = [_(words) for words in READY]
    rows = [
        [button(label(text), ReturnReady(id=view.line.proposal_id, which=which))]
        for which, text in enumerate(said)
    ]
    if reasons:
        said = [reason.words for reason in reasons]
        rows = [
            [button(label(one.words), ReturnFor(id=view.line.proposal_id, reason_id=one.reason_id))]
            for one in reasons
        ]
    listed = "\n".join(f"· {text}" for text in said)
    asked = _("Why is it returned? Its author reads the reason, and can mend it and send it again.")
    own = button(_("✍️ In my own words"), _act(view, ProposalAct.RETURN_WORDS))
    ready = button(_("📝 Ready reasons"), _reasons_of(place_id))
    text = paragraphs(asked, listed)
    return Screen(text, title(view), inline(*rows, [own], [ready], back(view)))


def label(text: str) -> str:
    """Return as much of a reason as fits a button."""
    return clip(text.replace("\n", " "), LABEL_AT_MOST)


def ask_merge_screen(view: ProposalView, lines: Sequence[ProposalLine]) -> Screen:
    """Ask into which a proposal is to be merged."""
    asked = _(
        "Into which proposal shall it be merged? Its supporters move along and are told. The "
        "likest ones come first."
    )
    if not lines:
        asked = _("There is no other open proposal in the list. You can type a number.")
    rows = [
        [button(_named(line), MergeInto(id=view.line.proposal_id, into_id=line.proposal_id))]
        for line in lines
    ]
    number = button(_("🔢 Type a number"), _act(view, ProposalAct.MERGE_NUMBER))
    return Screen(asked, title(view), inline(*rows, [number], back(view)))


def sure_merge_screen(merger: Merger) -> Screen:
    """Ask once more before a proposal is merged into another."""
    one, into = merger.one, merger.into
    count = one.seconds
    seconds = ngettext("{count} supporter", "{count} supporters", count).format(count=count)
    along = _("{seconds} and its author move along; each counts once. This cannot be undone.")
    if not one.seconds:
        along = _("Its author moves along. This cannot be undone.")
    text = paragraphs(
        _("Merge {one}\ninto {into}?").format(one=_named(one), into=_named(into)),
        along.format(seconds=seconds),
    )
    yes = MergeInto(id=one.proposal_id, into_id=into.proposal_id, sure=True)
    no = OnProposal(act=ProposalAct.OPEN, id=one.proposal_id)
    return Screen(
        text,
        _("🔗 Merge"),
        inline([button(_("✅ Yes, merge"), yes)], [button(_("‹ Back"), no)]),
    )


def merged_words(moved: int) -> str:
    """Say what a merger has brought along."""
    count = ngettext("{count} supporter", "{count} supporters", moved).format(count=moved)
    return _("Merged; {count} moved along, and everybody concerned is told.").format(count=count)


def ask_withdraw_screen(view: ProposalView) -> Screen:
    """Ask before a proposal is withdrawn."""
    text = _("Withdraw this proposal? Its supporters are told. This cannot be undone.")
    yes = button(_("Yes, withdraw it"), _act(view, ProposalAct.WITHDRAW))
    return Screen(text, title(view), inline([yes], back(view)))


def back(view: ProposalView) -> list[InlineKeyboardButton]:
    """Make the button that leads back to the proposal."""
    return [button(_("‹ Back"), _act(view, ProposalAct.OPEN))]


def _act(view: ProposalView, act: ProposalAct) -> OnProposal:
    return OnProposal(act=act, id=view.line.proposal_id)


def new_screen(view: ProposalView, now: datetime) -> Screen:
    """Show whoever receives it a proposal that has come in."""
    waits = view.line.state is State.SUBMITTED
    said = _("📨 A proposal waits for your answer.") if waits else ""
    return card_screen(view, now, said, live=True)


def waits_screen(view: ProposalView, now: datetime, *, breach: bool, late: str) -> Screen:
    """Nudge whoever receives a proposal, or tell the secretary that its time is over."""
    if view.line.state is not State.SUBMITTED:
        return card_screen(view, now, _("👍 This proposal has had its answer."), live=True)
    said = _("⏰ Soon the time to answer this proposal is over.")
    if breach:
        said = _("⏰ The time to answer this proposal is over. Its author has been told.")
    return card_screen(view, now, sentences(said, late), live=True)


def late_told_screen(view: ProposalView, now: datetime) -> Screen:
    """Own up to the author that the office has not answered in time."""
    return card_screen(
        view,
        now,
        _(
            "We are sorry: the office has not answered your proposal in the time that we promised. "
            "The secretary has been told and will see to it."
        ),
    )


def accepted_screen(view: ProposalView, now: datetime) -> Screen:
    """Tell the author that the office has accepted their proposal."""
    said = _("✅ The office has accepted your proposal.")
    if view.line.state is State.SECONDING:
        said = sentences(
            said,
            _("Now your neighbours can support it. Tap “Share” to tell them."),
        )
    return card_screen(view, now, said, live=True)


def reason_said(reason: str) -> str:
    """Return a reason: one of the house's own in the reader's language, all others as written."""
    return next((_(ready) for ready in READY if reason in phrases(ready)), reason)


def returned_screen(view: ProposalView, reason: str, now: datetime) -> Screen:
    """Tell the author why their proposal was returned, and how to go on."""
    said = paragraphs(
        _("↩️ The office has returned your proposal:"),
        quoted(reason_said(reason)),
        _("You can mend it and send it again; its number stays.")
        if view.line.state is State.RETURNED
        else "",
    )
    return card_screen(view, now, said)


def merged_screen(gone: ProposalView, into: ProposalView, now: datetime) -> Screen:
    """Tell somebody who wrote or seconded a proposal into which it was merged."""
    said = _(
        "🔗 No. {number} “{title}” asks for the same as this proposal, so they go on as one."
    ).format(number=gone.line.number, title=gone.line.title)
    moved = ""
    if into.seconded or into.stale:
        moved = _("Your voice has moved along; you can take it back at any time.")
    return card_screen(into, now, sentences(said, moved))


def turned_screen(view: ProposalView) -> Screen:
    """Tell the author as which request for help their proposal goes on."""
    if view.request is None:
        return Screen(_("🙋 It has become a request for help."), title(view))
    request_id, number = view.request
    if view.anonymous:
        alone = _(
            "🙋 This can be helped with at once, so the office asks for it in its own name, as "
            "request No. {number}. Nobody reads who you are, and nothing is left for you to do."
        )
        return Screen(alone.format(number=number), title(view))
    said = _(
        "🙋 This can be helped with at once, so the office has made it a request for help: "
        "No. {number}. Nothing is left for you to do; we tell you how it goes."
    ).format(number=number)
    more = button(_("📍 Open the request"), OpenMine(id=request_id, below=True))
    return Screen(said, title(view), inline([more]))
