"""What guests do: answer, hand a place on, take one, check in, take the calendar's file along."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import BufferedInputFile, CallbackQuery

from handlers.callbacks import Go
from handlers.form import FormContext
from handlers.i18n import gettext as _
from handlers.media import send_media
from handlers.meetings import calendar
from handlers.meetings.callbacks import AnswerMeeting, MeetingAct, OnMeeting, TakePlace
from handlers.meetings.labels import said
from handlers.meetings.reading import seen
from handlers.meetings.screens.meeting import (
    DOOR,
    INSTEAD,
    link_screen,
    meeting_screen,
    offered_screen,
)
from handlers.people.deep_links import leads
from handlers.screen import Screen, button, inline
from handlers.show import follow, renewed, replace, toast
from models.database import Session
from models.meetings.actions.guests import check_in, check_in_at_door, open_link, reply, take_place
from models.meetings.queries.detail import meeting_view
from models.meetings.rules.notices import Reply, State
from models.meetings.rules.outcomes import ArriveOutcome, LinkOutcome, Refusal, ReplyOutcome
from models.people.views import Person

router = Router(name="meetings.guests")


WELL = {
    ReplyOutcome.NOTED,
    ReplyOutcome.ALREADY,
    LinkOutcome.YOURS,
    LinkOutcome.ALREADY,
    ArriveOutcome.HERE,
}
"""What a passing word is enough for; anything else stays on the screen until it is read."""


@router.callback_query(AnswerMeeting.filter())
async def answer(
    callback: CallbackQuery,
    callback_data: AnswerMeeting,
    session: Session,
    person: Person,
    now: datetime,
    bot_username: str | None = None,
) -> None:
    """Take a guest's answer; whoever sends somebody else gets the link below."""
    outcome = await reply(session, person, callback_data.id, callback_data.said, now=now)
    well = outcome in {ReplyOutcome.NOTED, ReplyOutcome.ALREADY}
    await toast(callback, said(outcome), alert=not well)
    view = await meeting_view(session, person, callback_data.id, now=now)
    if isinstance(view, Refusal):
        return
    if not await renewed(callback, session, now):
        await replace(callback, meeting_screen(view, now))
    if well and callback_data.said is Reply.INSTEAD:
        await follow(callback, link_screen(view, bot_username, now))


@router.callback_query(OnMeeting.filter(F.act == MeetingAct.LINK))
async def show_link(
    callback: CallbackQuery,
    callback_data: OnMeeting,
    session: Session,
    person: Person,
    now: datetime,
    bot_username: str | None = None,
) -> None:
    """Show the link for whoever comes instead."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is not None and view.me is None:
        await toast(callback, said(ReplyOutcome.NOT_INVITED), alert=True)
    elif view is not None:
        await follow(callback, link_screen(view, bot_username, now), toast="")


@router.callback_query(OnMeeting.filter(F.act == MeetingAct.HERE))
async def here(
    callback: CallbackQuery,
    callback_data: OnMeeting,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Check in."""
    outcome = await check_in(session, person, callback_data.id, now=now)
    await toast(callback, said(outcome), alert=outcome is not ArriveOutcome.HERE)
    if await renewed(callback, session, now):
        return
    view = await meeting_view(session, person, callback_data.id, now=now)
    if not isinstance(view, Refusal):
        await replace(callback, meeting_screen(view, now))


@router.callback_query(OnMeeting.filter(F.act == MeetingAct.CALENDAR))
async def to_calendar(
    callback: CallbackQuery,
    callback_data: OnMeeting,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Send the file for calendars to those who may know the place."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is None:
        return
    if not view.inside:
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
        return
    await toast(callback, "")
    words = _("Open this file, and the meeting is in your calendar.")
    if view.state is State.OFF:
        words = _("Open this file, and the meeting is out of your calendar.")
    file = BufferedInputFile(calendar.calendar_file(view, now), calendar.NAME)
    await bot.send_document(callback.from_user.id, document=file, caption=words)


@router.callback_query(OnMeeting.filter(F.act == MeetingAct.FILE))
async def minutes_file(
    callback: CallbackQuery,
    callback_data: OnMeeting,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Send the file of the minutes; once published, everybody reads them."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await send_media(callback, bot, [view.minutes_file] if view.minutes_file else [])


@router.callback_query(TakePlace.filter())
async def take(
    callback: CallbackQuery,
    callback_data: TakePlace,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Come instead of whoever gave the link."""
    offered = await take_place(session, person, callback_data.code, now=now)
    await toast(callback, said(offered.outcome), alert=offered.outcome not in WELL)
    await replace(callback, offered_screen(offered, now))


@leads(INSTEAD)
async def lead_instead(ctx: FormContext, code: str) -> Screen:
    """Show what a link to come instead of somebody leads to."""
    offered = await open_link(ctx.session, ctx.actor, code, now=ctx.now)
    return offered_screen(offered, ctx.now)


@leads(DOOR)
async def lead_in(ctx: FormContext, code: str) -> Screen:
    """Check in whoever has scanned the poster at the door."""
    actor = ctx.actor
    outcome, meeting_id = await check_in_at_door(ctx.session, actor, code, now=ctx.now)
    home = Screen(said(outcome), keyboard=inline([button(_("🏠 Home"), Go(to="home"))]))
    if meeting_id is None or outcome is ArriveOutcome.NOT_INVITED:
        return home
    view = await meeting_view(ctx.session, actor, meeting_id, now=ctx.now)
    return home if isinstance(view, Refusal) else meeting_screen(view, ctx.now, said(outcome))
