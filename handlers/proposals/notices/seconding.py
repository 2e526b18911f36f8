"""What those who back a proposal are told: it was changed, withdrawn, reached, or has lapsed."""

from handlers.notices import renders
from handlers.proposals.notices.card import NOT_THEIRS
from handlers.proposals.notices.reception import late_of, told
from handlers.proposals.screens import seconding as screens
from handlers.proposals.screens.changes import changed_card
from handlers.screen import Pointless, Screen
from models.database import Session
from models.outbox.views import Notice
from models.proposals.queries.detail import changed_since
from models.proposals.queries.reception import backed_version
from models.proposals.rules.notices import Notice as Kind
from models.proposals.rules.states import State


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
    return NOT_THEIRS if view is None else screens.reached_screen(view, notice.now)


@renders(Kind.LAPSED)
async def lapsed(session: Session, notice: Notice) -> Screen | Pointless:
    """Thank author and backers."""
    view = await told(session, notice)
    if view is None or view.line.state is not State.LAPSED:
        return NOT_THEIRS
    return screens.lapsed_screen(view, late_of(notice))


@renders(Kind.WITHDRAWN)
async def withdrawn(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell whoever has seconded it."""
    view = await told(session, notice)
    return NOT_THEIRS if view is None else screens.withdrawn_screen(view)
