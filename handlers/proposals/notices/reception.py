"""What the reception tells: whoever receives a proposal, its author, those who backed it."""

from collections.abc import Callable

from handlers.notices import renders
from handlers.proposals.notices.card import NOT_THEIRS
from handlers.proposals.screens import reception as screens
from handlers.screen import Pointless, Screen
from handlers.text import late_note
from models.database import Session
from models.outbox.views import Notice
from models.proposals.queries.detail import proposal_told
from models.proposals.queries.reception import said_last
from models.proposals.rules.notices import Line
from models.proposals.rules.notices import Notice as Kind
from models.proposals.rules.states import State
from models.proposals.views import ProposalView

ANSWERED = Pointless("it has had its answer")


async def told(
    session: Session, notice: Notice, proposal_id: int | None = None
) -> ProposalView | None:
    """Give the proposal of a notice as its reader may see it now."""
    wanted = notice.subject_id if proposal_id is None else proposal_id
    return await proposal_told(session, notice.recipient_id, wanted, now=notice.now)


def late_of(notice: Notice) -> str:
    """Say that a notice of a reminder comes late."""
    return late_note(late=bool(notice.detail.get("late")))


def _card(kind: Kind, show: Callable[[ProposalView, Notice], Screen | Pointless]) -> None:
    async def renderer(session: Session, notice: Notice) -> Screen | Pointless:
        view = await told(session, notice)
        return NOT_THEIRS if view is None else show(view, notice)

    renders(kind)(renderer)


def _waits(view: ProposalView, notice: Notice) -> Screen | Pointless:
    if view.line.state is not State.SUBMITTED and not notice.in_place:
        return ANSWERED
    breach = bool(notice.detail.get("breach"))
    return screens.waits_screen(view, notice.now, breach=breach, late=late_of(notice))


def _late_told(view: ProposalView, notice: Notice) -> Screen | Pointless:
    waits = view.line.state is State.SUBMITTED
    return screens.late_told_screen(view, notice.now) if waits else ANSWERED


_card(Kind.NEW, lambda view, notice: screens.new_screen(view, notice.now))
_card(Kind.WAITS, _waits)
_card(Kind.LATE_TOLD, _late_told)
_card(Kind.ACCEPTED, lambda view, notice: screens.accepted_screen(view, notice.now))
_card(Kind.TURNED, lambda view, _notice: screens.turned_screen(view))


@renders(Kind.RETURNED)
async def returned(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell the author why their proposal was returned."""
    view = await told(session, notice)
    if view is None:
        return NOT_THEIRS
    reason = await said_last(session, notice.subject_id, Line.RETURNED)
    return screens.returned_screen(view, reason, notice.now)


@renders(Kind.MERGED)
async def merged(session: Session, notice: Notice) -> Screen | Pointless:
    """Show the proposal into which another was merged, to those who wrote or backed that one."""
    gone = await told(session, notice)
    if gone is None or gone.merged_into is None:
        return NOT_THEIRS
    into = await told(session, notice, gone.merged_into[0])
    return NOT_THEIRS if into is None else screens.merged_screen(gone, into, notice.now)
