"""Rendering the notices of meetings from the state of the moment."""

from handlers.clock_text import on_date, on_day
from handlers.i18n import gettext as _
from handlers.meetings.screens.lists import item_screen
from handlers.meetings.screens.meeting import (
    file_button,
    meeting_card,
    minutes,
    opener,
    standing,
    title,
    told,
)
from handlers.notices import renders
from handlers.screen import Pointless, Screen, inline
from handlers.text import late_note, paragraphs, sentences
from models.database import Session
from models.meetings.queries.detail import meeting_told
from models.meetings.queries.items import item_told
from models.meetings.rules.notices import Notice as Kind
from models.meetings.rules.notices import Reply, State
from models.meetings.views import ItemView, MeetingView
from models.outbox.views import Notice

NOT_THEIRS = Pointless("it is none of the reader's any more")


async def _view(session: Session, notice: Notice) -> MeetingView | None:
    return await meeting_told(session, notice.recipient_id, notice.subject_id, now=notice.now)


@renders(Kind.INVITED)
async def invited(session: Session, notice: Notice) -> Screen | Pointless:
    """Invite a guest; the card goes on changing with what they say and with the meeting."""
    view = await _view(session, notice)
    if view is None or view.me is None:
        return NOT_THEIRS
    if not notice.in_place and view.state is State.OFF:
        return Pointless("it was called off")
    return meeting_card(view, notice.now, _invitation(view, notice))


def _invitation(view: MeetingView, notice: Notice) -> str:
    if view.state is State.OFF:
        return _("✕ This meeting was called off.")
    if view.state is State.HELD or notice.now >= view.starts_at:
        return _("📅 You were invited to this meeting.")
    return _("📨 You are invited to a neighbours' meeting, to talk things over.")


@renders(Kind.CHANGED)
async def changed(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell a guest of another time or place, or that it was called off."""
    view = await _view(session, notice)
    if view is None or view.me is None:
        return NOT_THEIRS
    if not notice.in_place and view.version != notice.detail.get("version"):
        return Pointless("it was changed again")
    if not notice.in_place and view.me.reply is Reply.NO:
        return Pointless("they have said no")
    if view.state is State.OFF:
        return meeting_card(view, notice.now, _("✕ This meeting was called off."))
    said = _("✏️ Another time or place for this meeting. Please look whether it still suits you.")
    return meeting_card(view, notice.now, said)


@renders(Kind.SOON)
async def soon(session: Session, notice: Notice) -> Screen | Pointless:
    """Remind a guest; after the start, or where they do not come, that is of no use."""
    view = await _view(session, notice)
    if view is None or view.me is None:
        return NOT_THEIRS
    if not notice.in_place and (why := _in_vain(view, notice)) is not None:
        return why
    if view.state is State.OFF:
        return meeting_card(view, notice.now, _("✕ This meeting was called off."))
    if view.state is State.HELD:
        return meeting_card(view, notice.now, _invitation(view, notice))
    if notice.now >= view.starts_at:
        return meeting_card(view, notice.now, _("📅 The meeting has begun."))
    said = _("⏰ The meeting is {day}, {date}.").format(
        day=on_day(view.starts_at, notice.now), date=on_date(view.starts_at, notice.now)
    )
    late = late_note(late=bool(notice.detail.get("late")))
    return meeting_card(view, notice.now, sentences(said, late))


def _in_vain(view: MeetingView, notice: Notice) -> Pointless | None:
    if view.state is not State.CALLED or notice.now >= view.starts_at:
        return Pointless("it has begun or was called off")
    if notice.detail.get("starts") != view.starts_at.isoformat():
        return Pointless("it is at another time")
    return Pointless("they have said no") if view.me and view.me.reply is Reply.NO else None


@renders(Kind.INSTEAD)
async def instead(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell a guest that somebody comes instead of them, or cannot come after all."""
    view = await _view(session, notice)
    if view is None or view.me is None:
        return NOT_THEIRS
    if view.state is not State.CALLED:
        return Pointless("it is over or was called off")
    if view.me.stand_in:
        said = _("🙋 {name} comes instead of you.").format(name=view.me.stand_in.name)
    else:
        said = _("Whoever wanted to come instead of you cannot come after all.")
    text = paragraphs(said, told(view, notice.now))
    return Screen(text, title(view), inline([opener(view.meeting_id)]))


@renders(Kind.MINUTES)
async def published(session: Session, notice: Notice) -> Screen | Pointless:
    """Return the minutes to a guest or to whoever backs a proposal on the agenda."""
    view = await _view(session, notice)
    if view is None or view.minutes_at is None:
        return NOT_THEIRS
    if notice.detail.get("at") != view.minutes_at.isoformat():
        return Pointless("they were corrected since")
    said = _("📝 The minutes of the meeting are published.")
    if notice.detail.get("corrected"):
        said = _("📝 The minutes of the meeting were corrected. This is how they read now:")
    text = paragraphs(said, told(view, notice.now), standing(view), minutes(view, notice.now))
    file = [file_button(view)] if view.minutes_file else []
    return Screen(text, title(view), inline(file, [opener(view.meeting_id)]))


@renders(Kind.ACTION)
async def action(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell somebody what they are to do, or whoever wrote it down that it is done."""
    view = await item_told(session, notice.recipient_id, notice.subject_id, now=notice.now)
    if view is None:
        return NOT_THEIRS
    return item_screen(view, notice.now, _given(view), card=True)


def _given(view: ItemView) -> str:
    if view.done_at is not None:
        return _("🎉 This is done. Thank you!")
    return _("📋 The meeting asks you to do this.") if view.mine else _("📋 Agreed:")


@renders(Kind.ACTION_DUE)
async def action_due(session: Session, notice: Notice) -> Screen | Pointless:
    """Remind of an action item on its day; once it is late, the secretary too."""
    view = await item_told(session, notice.recipient_id, notice.subject_id, now=notice.now)
    if view is None:
        return NOT_THEIRS
    if view.done_at is not None:
        done = item_screen(view, notice.now, _given(view), card=True)
        return done if notice.in_place else Pointless("it is done")
    late = late_note(late=bool(notice.detail.get("late")))
    return item_screen(view, notice.now, sentences(_due(view), late), card=True)


def _due(view: ItemView) -> str:
    if not view.overdue:
        return _("⏰ Today is the day for this.")
    if view.mine:
        return _("⏰ The day for this is over. Please do it, or say that it is done.")
    return _("⏰ The day for this is over, and it is not done yet.")
