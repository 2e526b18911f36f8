"""Rendering the notices of votes from the state of the moment.

A ballot on which its reader has voted is never rendered anew while the vote is open: of a secret
one it holds the slips that alone can change the vote.
"""

from handlers.i18n import gettext as _
from handlers.notices import renders
from handlers.screen import Pointless, Screen
from handlers.text import late_note, sentences
from handlers.votes.screens import vote_screen
from models.database import Session
from models.outbox.views import Notice
from models.votes.queries.detail import vote_told
from models.votes.rules.notices import Notice as Kind
from models.votes.rules.notices import State
from models.votes.views import VoteView

NOT_THEIRS = Pointless("it is none of the reader's any more")
HAS_VOTED = Pointless("the reader has voted, and keeps the card on which they did")
OVER = Pointless("the vote is over, or was called off")


@renders(Kind.BALLOT)
async def ballot(session: Session, notice: Notice) -> Screen | Pointless:
    """Return the ballot, or show how many have voted by now, or what came of it."""
    view = await vote_told(session, notice.recipient_id, notice.subject_id)
    why = _pointless(view, notice)
    if view is None or why is not None:
        return why or NOT_THEIRS
    told = _("🗳 There is a vote, and yours counts.") if _can_vote(view) else ""
    return vote_screen(view, notice.now, told)


@renders(Kind.REMIND)
async def remind(session: Session, notice: Notice) -> Screen | Pointless:
    """Remind somebody who has not voted."""
    view = await vote_told(session, notice.recipient_id, notice.subject_id)
    why = _pointless(view, notice)
    if view is None or why is not None:
        return why or NOT_THEIRS
    if not _can_vote(view):
        return vote_screen(view, notice.now)
    late = late_note(late=bool(notice.detail.get("late")))
    return vote_screen(view, notice.now, sentences(_("⏰ You have not voted yet."), late))


@renders(Kind.OFF)
async def called_off(session: Session, notice: Notice) -> Screen | Pointless:
    """Say that there is no vote."""
    view = await vote_told(session, notice.recipient_id, notice.subject_id)
    if view is None:
        return NOT_THEIRS
    return vote_screen(view, notice.now)


@renders(Kind.RESULT)
async def result(session: Session, notice: Notice) -> Screen | Pointless:
    """Say what the vote came to."""
    view = await vote_told(session, notice.recipient_id, notice.subject_id)
    if view is None:
        return NOT_THEIRS
    return vote_screen(view, notice.now, _("🗳 The vote has been counted."))


def _pointless(view: VoteView | None, notice: Notice) -> Pointless | None:
    """Tell why a ballot is not shown: it is let be, or comes too late to be of use."""
    if view is None:
        return NOT_THEIRS
    if view.state is State.OPEN:
        return HAS_VOTED if view.given and not view.by_others else None
    return None if notice.in_place else OVER


def _can_vote(view: VoteView) -> bool:
    return view.state is State.OPEN and view.mine and not view.given
