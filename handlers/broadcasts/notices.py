"""Rendering what recipients, authors and approvers are told, when it is sent."""

from collections.abc import Hashable, Sequence
from datetime import datetime

from handlers.broadcasts.cards import card_of
from handlers.broadcasts.screens.copy import (
    ahead_screen,
    copy_screen,
    corrected_screen,
    test_screen,
)
from handlers.broadcasts.screens.inbox import missed_screen
from handlers.broadcasts.screens.report import progress_screen, report_screen
from handlers.clock_text import at_date
from handlers.i18n import LANGUAGES, current_language, speaking
from handlers.i18n import gettext as _
from handlers.notices import renders, shares
from handlers.screen import OnHold, Pointless, Screen
from models.broadcasts.actions.drafts import APPROVING, LANGUAGE
from models.broadcasts.actions.sending import MEANT_FOR
from models.broadcasts.queries.copies import copy_of, pressed_by, sample_of, sender_of, standing
from models.broadcasts.queries.inbox import count_missed
from models.broadcasts.queries.progress import progress_of
from models.broadcasts.queries.report import report
from models.broadcasts.rules.notices import Notice as Kind
from models.broadcasts.rules.states import State
from models.broadcasts.views import BroadcastReport, BroadcastStanding
from models.database import Session
from models.outbox.reaching import SINCE
from models.outbox.views import Notice
from models.people.queries import person_by_id

GONE = Pointless("there is no such broadcast")
NOTHING_MISSED = Pointless("nothing was announced meanwhile")
RECALLED = Pointless("it was recalled")
CANCELLED = Pointless("the broadcast was cancelled")
OVER = Pointless("the roll-call is over")
NOT_THEIRS = Pointless("it is none of the reader's any more")
DECIDED = Pointless("it waits for nobody any more")


@renders(Kind.COPY)
async def copy(session: Session, notice: Notice) -> Screen | Pointless | OnHold:
    """Return a recipient their copy; of a roll-call with buttons for each whom they speak for.

    One that was in the sender's hands at a pause, and was to go once more, waits as all others do.
    """
    now = await standing(session, notice.subject_id)
    if now is None:
        return GONE
    if why := _stays(now, in_place=notice.in_place):
        return why
    view = await copy_of(session, notice.subject_id, notice.recipient_id, current_language())
    if view is None:
        return NOT_THEIRS
    return copy_screen(view, notice.now, await _sender(session, now.place_id))


def _stays(now: BroadcastStanding, *, in_place: bool) -> Pointless | OnHold | None:
    """Return why a copy does not leave; None where it does. What is there already is changed."""
    if now.recalled:
        return RECALLED
    if in_place:
        return None
    if now.state is State.CANCELLED:
        return CANCELLED
    if now.over:
        return OVER
    return OnHold() if now.state is State.PAUSED else None


@renders(Kind.CORRECTED)
async def corrected(session: Session, notice: Notice) -> Screen | Pointless:
    """Notify whoever has a copy, aloud, that it reads otherwise by now."""
    now = await standing(session, notice.subject_id)
    if now is None:
        return GONE
    if now.recalled:
        return RECALLED
    view = await copy_of(session, notice.subject_id, notice.recipient_id, current_language())
    return corrected_screen(view) if view else NOT_THEIRS


@shares(Kind.CORRECTED)
async def alike_corrected(
    _session: Session, _broadcast_id: int, reader_ids: Sequence[int]
) -> dict[int, Hashable]:
    """Show everybody the same."""
    return dict.fromkeys(reader_ids, "corrected")


@shares(Kind.COPY)
async def alike(
    session: Session, broadcast_id: int, reader_ids: Sequence[int]
) -> dict[int, Hashable]:
    """Tell recipients of a plain broadcast apart by what their buttons say, and by nothing else."""
    return dict(await pressed_by(session, broadcast_id, reader_ids))


@shares(Kind.ALBUM)
async def alike_ahead(
    _session: Session, _broadcast_id: int, reader_ids: Sequence[int]
) -> dict[int, Hashable]:
    """Show everybody the same."""
    return dict.fromkeys(reader_ids, "album")


@renders(Kind.ALBUM)
async def ahead(session: Session, notice: Notice) -> Screen | Pointless | OnHold:
    """Return what goes just before a copy."""
    now = await standing(session, notice.subject_id)
    if now is None:
        return GONE
    return _stays(now, in_place=notice.in_place) or ahead_screen(now.content)


@renders(Kind.TEST)
async def test(session: Session, notice: Notice) -> Screen | Pointless:
    """Return its author, or whoever is to approve it, a copy in one of its languages."""
    now = await standing(session, notice.subject_id)
    if now is None:
        return GONE
    others = (one for one in LANGUAGES if one != now.language)
    language = now.language if notice.detail.get(LANGUAGE) == now.language else next(others)
    with speaking(language):
        view = await sample_of(session, notice.subject_id, notice.recipient_id, language)
        sender = await _sender(session, now.place_id)
        approving = bool(notice.detail.get(APPROVING))
        return test_screen(view, notice.now, sender, approving=approving)


@renders(Kind.APPROVE)
async def approve(session: Session, notice: Notice) -> Screen | Pointless:
    """Ask to approve what stands above; once decided, show how it stands."""
    now = await standing(session, notice.subject_id)
    if now is None:
        return GONE
    if now.state is not State.WAITING and not notice.in_place:
        return DECIDED
    told = _("🖐 You are asked to be the second pair of eyes. What would go out stands above.")
    return await _card(session, notice, told if now.state is State.WAITING else "")


@renders(Kind.DECIDED)
async def decided(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell the author what the second person decided."""
    now = await standing(session, notice.subject_id)
    if now is None:
        return GONE
    told = (
        _("↩️ Your broadcast was sent back. Please change it and send it again.")
        if now.state is State.DRAFT
        else _("✅ Your broadcast was approved.")
    )
    return await _card(session, notice, told)


@renders(Kind.NOT_BEGUN)
async def not_begun(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell the author why their broadcast has not gone, and what happens now."""
    now = await standing(session, notice.subject_id)
    if now is None:
        return GONE
    if now.state not in {State.WAITING, State.DRAFT}:
        return DECIDED
    told = _("⏳ Your broadcast has not gone out yet: by now a second person must approve it.")
    next_step = (
        _("They have been asked.")
        if now.state is State.WAITING
        else _("There is nobody yet who may. It is kept as a draft.")
    )
    return await _card(session, notice, f"{told} {next_step}")


@renders(Kind.MISSED)
async def missed(session: Session, notice: Notice) -> Screen | Pointless:
    """Ask the author whether what missed its day is still to go."""
    now = await standing(session, notice.subject_id)
    if now is None:
        return GONE
    if now.state is not State.DRAFT:
        return DECIDED
    when = at_date(datetime.fromisoformat(notice.detail[MEANT_FOR]), notice.now)
    told = _(
        "⏰ This was to go out {when}, and did not: I was not running. Its day is over, so nobody "
        "has got it. Shall it still go? Send it now, change the words first, or throw it away."
    ).format(when=when)
    return await _card(session, notice, told)


@renders(Kind.WHILE_AWAY)
async def while_away(session: Session, notice: Notice) -> Screen | Pointless:
    """Say in one line what came while somebody was out of reach."""
    since = datetime.fromisoformat(notice.detail[SINCE])
    count = await count_missed(session, notice.recipient_id, since)
    return missed_screen(count) if count else NOTHING_MISSED


@renders(Kind.CHANGED)
async def changed(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell who approved it that it reads otherwise by now, or was recalled."""
    return await _card(session, notice, _("What you approved has been changed since."))


async def _card(session: Session, notice: Notice, told: str) -> Screen | Pointless:
    reader = await person_by_id(session, notice.recipient_id)
    if reader is None:
        return NOT_THEIRS
    card = await card_of(session, reader, notice.subject_id, notice.now, told)
    return card or NOT_THEIRS


async def _sender(session: Session, place_id: int) -> str:
    """Name the place that speaks, in the language being spoken."""
    line = await sender_of(session, place_id)
    return "" if line is None else line.short(current_language())


NO_PART = Pointless("the reader has no part in it any more")


@renders(Kind.PROGRESS)
async def progress(session: Session, notice: Notice) -> Screen | Pointless:
    """Show how far a broadcast is by now."""
    found = await progress_of(session, notice.recipient_id, notice.subject_id, notice.now)
    return NO_PART if found is None else progress_screen(found)


@renders(Kind.ENDED)
async def ended(session: Session, notice: Notice) -> Screen | Pointless:
    """Say that every copy is settled, with the counts."""
    reader = await person_by_id(session, notice.recipient_id)
    if reader is None:
        return NO_PART
    found = await report(session, reader, notice.subject_id, now=notice.now)
    if not isinstance(found, BroadcastReport):
        return NO_PART
    return report_screen(found, _("Your broadcast has gone out: every copy is settled."))
