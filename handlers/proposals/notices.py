"""Rendering the notices of proposals from the state of the moment."""

from collections.abc import Callable
from datetime import datetime

from handlers.clock_text import on_date
from handlers.i18n import gettext as _
from handlers.notices import renders
from handlers.proposals.screens import changes, delivery, reception
from handlers.proposals.screens.card import card_screen
from handlers.proposals.screens.changes import changed_card
from handlers.proposals.screens.delivery import delivered_screen
from handlers.screen import Pointless, Screen
from handlers.text import late_note, paragraphs, quoted, sentences
from models.database import Session
from models.outbox.views import Notice
from models.proposals.queries.delivery import delivery_told, line_told
from models.proposals.queries.detail import changed_since, proposal_told
from models.proposals.queries.reception import backed_version, said_last
from models.proposals.rules.delivery import News
from models.proposals.rules.notices import Notice as Kind
from models.proposals.rules.notices import ProposalEvent
from models.proposals.rules.states import Move, State
from models.proposals.views import DeliveryView, ProposalTimelineLine, ProposalView

NOT_THEIRS = Pointless("it is none of the reader's any more")


@renders(Kind.CARD)
async def card(session: Session, notice: Notice) -> Screen | Pointless:
    """Show a proposal as it is now."""
    view = await proposal_told(session, notice.recipient_id, notice.subject_id, now=notice.now)
    if view is None:
        return NOT_THEIRS
    return card_screen(view, notice.now, live=True)


ANSWERED = Pointless("it has had its answer")


async def told(
    session: Session, notice: Notice, proposal_id: int | None = None
) -> ProposalView | None:
    """Return the proposal of a notice as its reader may see it now."""
    wanted = notice.subject_id if proposal_id is None else proposal_id
    return await proposal_told(session, notice.recipient_id, wanted, now=notice.now)


def late_of(notice: Notice) -> str:
    """Say that a notice of a reminder comes late."""
    return late_note(late=bool(notice.detail.get("late")))


def _proposal_card(kind: Kind, show: Callable[[ProposalView, Notice], Screen | Pointless]) -> None:
    async def renderer(session: Session, notice: Notice) -> Screen | Pointless:
        view = await told(session, notice)
        return NOT_THEIRS if view is None else show(view, notice)

    renders(kind)(renderer)


def _waits(view: ProposalView, notice: Notice) -> Screen | Pointless:
    if view.line.state is not State.SUBMITTED and not notice.in_place:
        return ANSWERED
    breach = bool(notice.detail.get("breach"))
    return reception.waits_screen(view, notice.now, breach=breach, late=late_of(notice))


def _late_told(view: ProposalView, notice: Notice) -> Screen | Pointless:
    waits = view.line.state is State.SUBMITTED
    return reception.late_told_screen(view, notice.now) if waits else ANSWERED


@renders(Kind.RETURNED)
async def returned(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell the author why their proposal was returned."""
    view = await told(session, notice)
    if view is None:
        return NOT_THEIRS
    reason = await said_last(session, notice.subject_id, ProposalEvent.RETURNED)
    return reception.returned_screen(view, reason, notice.now)


@renders(Kind.MERGED)
async def merged(session: Session, notice: Notice) -> Screen | Pointless:
    """Show the proposal into which another was merged, to those who wrote or backed that one."""
    gone = await told(session, notice)
    if gone is None or gone.merged_into is None:
        return NOT_THEIRS
    into = await told(session, notice, gone.merged_into[0])
    return NOT_THEIRS if into is None else reception.merged_screen(gone, into, notice.now)


_proposal_card(Kind.NEW, lambda view, notice: reception.new_screen(view, notice.now))
_proposal_card(Kind.WAITS, _waits)
_proposal_card(Kind.LATE_TOLD, _late_told)
_proposal_card(Kind.ACCEPTED, lambda view, notice: reception.accepted_screen(view, notice.now))
_proposal_card(Kind.TURNED, lambda view, _notice: reception.turned_screen(view))


@renders(Kind.CHANGED)
async def changed(session: Session, notice: Notice) -> Screen | Pointless:
    """Ask whether somebody still seconds a proposal, with what changed since they did."""
    view = await told(session, notice)
    if view is None:
        return NOT_THEIRS
    if not view.stale and not notice.in_place:
        return Pointless("they have answered")
    version = await backed_version(session, notice.recipient_id, notice.subject_id)
    since = version if view.stale else None
    old, new = await changed_since(session, notice.subject_id, since) or (None, None)
    return changed_card(view, old, new, notice.now)


@renders(Kind.REACHED)
async def reached(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell that enough back it; whoever answers for the place sees what to do now."""
    view = await told(session, notice)
    return NOT_THEIRS if view is None else changes.reached_screen(view, notice.now)


@renders(Kind.LAPSED)
async def lapsed(session: Session, notice: Notice) -> Screen | Pointless:
    """Thank author and backers."""
    view = await told(session, notice)
    if view is None or view.line.state is not State.LAPSED:
        return NOT_THEIRS
    return changes.lapsed_screen(view, late_of(notice))


@renders(Kind.WITHDRAWN)
async def withdrawn(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell whoever has seconded it."""
    view = await told(session, notice)
    return NOT_THEIRS if view is None else changes.withdrawn_screen(view)


Sentence = Callable[[Notice, DeliveryView], str]


@renders(Kind.DECIDED)
async def decided(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell of the decision."""
    view = await proposal_told(session, notice.recipient_id, notice.subject_id, now=notice.now)
    return NOT_THEIRS if view is None else delivery.decided_screen(view, notice.now)


@renders(Kind.PROGRESS)
async def progress(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell how a delivery goes."""
    view = await proposal_told(session, notice.recipient_id, notice.subject_id, now=notice.now)
    if view is None:
        return NOT_THEIRS
    line = await line_told(session, notice.subject_id, notice.detail.get("line"))
    said = _news(News(notice.detail["what"]), view, line, notice.now)
    late = late_note(late=bool(notice.detail.get("late")))
    return delivery.told_screen(view, sentences(said, late), line)


def _news(what: News, view: ProposalView, line: ProposalTimelineLine | None, now: datetime) -> str:
    name = view.person.name if view.person else _("The community office")
    day = on_date(view.line.due_at, now) if view.line.due_at else _("a day yet to be named")
    words = quoted(line.words or "") if line else ""
    match what:
        case News.UNDERWAY:
            told = _("🚧 It is under way: {name} answers for it, until {day}.")
            return paragraphs(told.format(name=name, day=day), delivery.promised(view))
        case News.DATE:
            return _("📅 It has another date: {day}. {name} answers for it.").format(
                name=name, day=day
            )
        case News.NOTE:
            return paragraphs(_("📝 This is how it goes:"), words)
        case News.OVERDUE:
            return _(
                "⏰ We promised this by now, and it is not done. We are sorry. {name} answers for "
                "it, and the secretary knows."
            ).format(name=name)
        case News.RATED:
            told = _("🔎 Most of you were not happy with it. The community is looking at it again.")
            return paragraphs(told, _rated(line))
        case News.REDO:
            told = _("🚧 It is taken up again, until {day}.").format(day=day)
            return paragraphs(told, words)


def _rated(line: ProposalTimelineLine | None) -> str:
    if line is None:
        return ""
    return delivery.stars_line(line.detail.get("mean"), line.detail.get("count", 0))


def _delivery_card(kind: Kind, say: Sentence) -> None:
    """Enter a card for whoever answers for a delivery or for its place."""

    async def renderer(session: Session, notice: Notice) -> Screen | Pointless:
        view = await delivery_told(session, notice.recipient_id, notice.subject_id, now=notice.now)
        return delivery.card_screen(view, notice.now, say(notice, view)) if view else NOT_THEIRS

    renders(kind)(renderer)


def _yours(notice: Notice, view: DeliveryView) -> str:
    proposal = view.proposal
    if over := _past(proposal):
        return over
    if not view.owner:
        name = proposal.person.name if proposal.person else _("Somebody else")
        return _("🤝 {name} answers for this delivery now. Thank you!").format(name=name)
    if notice.detail.get("new"):
        return _("🚧 This proposal is yours to deliver. Neighbours are looking forward to it.")
    return _("📋 The terms of this delivery have changed.")


def _overdue(notice: Notice, view: DeliveryView) -> str:
    proposal = view.proposal
    if over := _past(proposal):
        return over
    if proposal.line.state is State.ADOPTED:
        said = _("⏰ It is adopted, and nobody is named yet who delivers it. Please name somebody.")
    elif not proposal.line.overdue:
        return _("📅 Somebody answers for it now, and it has a date.")
    elif view.owner:
        said = _("⏰ The date has come. Please deliver it, or write how it goes.")
    else:
        said = _("⏰ The date has come, and it is not delivered.")
    return sentences(said, late_note(late=bool(notice.detail.get("late"))))


def _look_again(notice: Notice, view: DeliveryView) -> str:
    if view.proposal.line.state is not State.RATED:
        return _past(view.proposal) or _("🚧 It has been taken up again.")
    line = view.proposal.line
    said = _("🔎 The supporters are not happy with it. Please take it up again, or close it.")
    if Move.REDO not in view.proposal.may:
        said = _("🔎 The supporters are not happy with it. The secretary is looking at it again.")
    return paragraphs(
        sentences(said, late_note(late=bool(notice.detail.get("late")))),
        delivery.stars_line(line.mean, line.ratings),
    )


def _past(view: ProposalView) -> str:
    """Say where a proposal stands that nothing is to be done about just now."""
    told = {
        State.DELIVERED: _("🎁 It is delivered; those who backed it are rating it."),
        State.RATED: _("🔎 It was rated, and the secretary is looking at it again."),
        State.CLOSED: _("🏁 It is done and closed."),
    }
    return told.get(view.line.state, "")


@renders(Kind.DELIVERED)
async def delivered(session: Session, notice: Notice) -> Screen | Pointless:
    """Ask whoever backed it how content they are."""
    view = await delivery_told(session, notice.recipient_id, notice.subject_id, now=notice.now)
    return NOT_THEIRS if view is None else delivered_screen(view, notice.now)


@renders(Kind.CLOSED)
async def closed(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell that it has come to its end."""
    view = await delivery_told(session, notice.recipient_id, notice.subject_id, now=notice.now)
    if view is None:
        return NOT_THEIRS
    said = _("🏁 This proposal is done. Thank you for thinking along!")
    return delivery.closed_screen(view, said)


_delivery_card(Kind.YOURS, _yours)
_delivery_card(Kind.OVERDUE, _overdue)
_delivery_card(Kind.LOOK_AGAIN, _look_again)
