"""What whoever looks after a meeting does: change it, call it off, the poster, minutes, items."""

import asyncio
from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.types import BufferedInputFile, CallbackQuery

from handlers.clock_text import at_date
from handlers.form import FormContext, start_form
from handlers.i18n import gettext as _
from handlers.meetings import forms, poster
from handlers.meetings.callbacks import MeetingAct, OnMeeting
from handlers.meetings.calling import CHANGE
from handlers.meetings.screens.instead import DOOR, address
from handlers.meetings.screens.meeting import ask_off_screen, door_poster, meeting_screen
from handlers.meetings.words import said
from handlers.show import replace, toast
from models.database import Session
from models.meetings.actions.calling import call_off
from models.meetings.actions.guests import door_code
from models.meetings.queries.pictures import managed_view
from models.meetings.rules.notices import Move
from models.meetings.rules.outcomes import MeetingOutcome, Refusal
from models.meetings.rules.timing import why_not
from models.meetings.views import MeetingView
from models.people.views import Person

router = Router(name="meetings.office")

FORMS = {
    MeetingAct.CHANGE: (Move.CHANGE, CHANGE),
    MeetingAct.MINUTES: (Move.MINUTES, forms.MINUTES),
    MeetingAct.ITEM: (Move.ITEM, forms.ITEM),
}


@router.callback_query(OnMeeting.filter(F.act.in_(set(FORMS))))
async def write(callback: CallbackQuery, callback_data: OnMeeting, **data: Any) -> None:
    """Ask for another time, for the minutes, for an action item; where it is no time, say so."""
    ctx = FormContext.of(data)
    move, form = FORMS[callback_data.act]
    view = await _managed(callback, ctx.session, ctx.actor, callback_data.id, ctx.now)
    if view is None:
        return
    if (why := why_not(move, view.state, view.starts_at, ctx.now)) is not None:
        await toast(callback, said(why), alert=True)
        return
    await start_form(form, callback, ctx, prefill={"meeting": callback_data.id})


@router.callback_query(OnMeeting.filter(F.act == MeetingAct.ASK_OFF))
async def ask_off(
    callback: CallbackQuery,
    callback_data: OnMeeting,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Ask before calling a meeting off."""
    view = await _managed(callback, session, person, callback_data.id, now)
    if view is None:
        return
    if (why := why_not(Move.CALL_OFF, view.state, view.starts_at, now)) is not None:
        await toast(callback, said(why), alert=True)
        return
    await replace(callback, ask_off_screen(view, now))


@router.callback_query(OnMeeting.filter(F.act == MeetingAct.OFF))
async def off(
    callback: CallbackQuery,
    callback_data: OnMeeting,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Call a meeting off."""
    outcome = await call_off(session, person, callback_data.id, now=now)
    await toast(callback, said(outcome), alert=outcome is not MeetingOutcome.DONE)
    view = await managed_view(session, person, callback_data.id, now=now)
    if isinstance(view, MeetingView):
        await replace(callback, meeting_screen(view, now))


@router.callback_query(OnMeeting.filter(F.act == MeetingAct.POSTER))
async def send_poster(
    callback: CallbackQuery,
    callback_data: OnMeeting,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
    bot_username: str | None = None,
) -> None:
    """Send the QR code for the door."""
    code = await door_code(session, person, callback_data.id, now=now)
    if isinstance(code, MeetingOutcome):
        await toast(callback, said(code), alert=True)
        return
    view = await _managed(callback, session, person, callback_data.id, now)
    if view is None:
        return
    if bot_username is None:
        await toast(callback, _("That is not ready yet. Please tap once more in a minute."))
        return
    await toast(callback, "")
    words = _(
        "Print this and hang it at the door: whoever scans it with their phone is checked in, "
        "from an hour before the start. Meeting of {time}, {where}."
    ).format(time=at_date(view.starts_at, now), where=view.where)
    hung = door_poster(view, now, address(bot_username, DOOR, code))
    drawn = await asyncio.to_thread(poster.draw, hung)
    file = BufferedInputFile(drawn, poster.NAME)
    await bot.send_photo(callback.from_user.id, photo=file, caption=words)


async def _managed(
    callback: CallbackQuery, session: Session, person: Person, meeting_id: int, now: datetime
) -> MeetingView | None:
    """Give a meeting that the reader looks after; else the tap is answered with why not."""
    view = await managed_view(session, person, meeting_id, now=now)
    if not isinstance(view, Refusal):
        return view
    missing = view is Refusal.MISSING
    why = MeetingOutcome.MISSING if missing else MeetingOutcome.NOT_ALLOWED
    await toast(callback, said(why), alert=True)
    return None
