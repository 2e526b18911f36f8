"""Reading meetings: my own, one whole, the guests, the action items."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import Go
from handlers.form import FormContext, start_form
from handlers.meetings import office
from handlers.meetings.callbacks import (
    ItemAct,
    OnGuests,
    OnItem,
    OnItems,
    OnMeetings,
    OpenMeeting,
    Tick,
)
from handlers.meetings.labels import said
from handlers.meetings.screens.lists import (
    GUESTS,
    PAGE,
    guests_screen,
    item_screen,
    items_screen,
    meetings_screen,
)
from handlers.meetings.screens.meeting import meeting_screen
from handlers.show import answer, follow, replace, toast
from models.database import Session
from models.meetings.actions.guests import tick
from models.meetings.queries.detail import meeting_view
from models.meetings.queries.items import item_view, items_of, my_items
from models.meetings.queries.lists import guests_page, my_meetings
from models.meetings.rules.outcomes import MeetingOutcome, Refusal
from models.meetings.views import GuestPage, MeetingView
from models.people.views import Person

router = Router(name="meetings.reading")


TICKED = {MeetingOutcome.DONE, MeetingOutcome.ALREADY}
"""What a passing word is enough for."""


@router.message(Command("meetings"))
async def meetings(message: Message, session: Session, person: Person, now: datetime) -> None:
    """List the meetings somebody is invited to."""
    found = await my_meetings(session, person, 0, PAGE, now=now)
    await answer(message, meetings_screen(found, now))


@router.callback_query(Go.filter(F.to == "meetings"))
async def tapped_meetings(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """List them below."""
    found = await my_meetings(session, person, 0, PAGE, now=now)
    await follow(callback, meetings_screen(found, now), toast="")


@router.callback_query(OnMeetings.filter())
async def turn_meetings(
    callback: CallbackQuery,
    callback_data: OnMeetings,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show a page of them in place."""
    found = await my_meetings(session, person, callback_data.page, PAGE, now=now)
    await replace(callback, meetings_screen(found, now))


@router.callback_query(OpenMeeting.filter())
async def open_meeting(
    callback: CallbackQuery,
    callback_data: OpenMeeting,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Open a meeting, in place or below a card that changes by itself."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is not None:
        show = follow if callback_data.below else replace
        await show(callback, meeting_screen(view, now), toast="")


@router.callback_query(OnGuests.filter())
async def guests(
    callback: CallbackQuery,
    callback_data: OnGuests,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show the desk a page of the guests."""
    page = callback_data.page
    found = await guests_page(session, person, callback_data.id, page, GUESTS, now=now)
    if isinstance(found, Refusal):
        await toast(callback, said(found), alert=True)
        return
    await replace(callback, guests_screen(found))


@router.callback_query(Tick.filter())
async def note_who_came(
    callback: CallbackQuery,
    callback_data: Tick,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Note for a guest without a phone that they are there, and show the guests again."""
    came = callback_data.came
    outcome = await tick(session, person, callback_data.guest, came=came, now=now)
    await toast(callback, said(outcome), alert=outcome not in TICKED)
    page = callback_data.page
    found = await guests_page(session, person, callback_data.id, page, GUESTS, now=now)
    if isinstance(found, GuestPage):
        await replace(callback, guests_screen(found))


@router.callback_query(OnItems.filter())
async def items(
    callback: CallbackQuery, callback_data: OnItems, session: Session, person: Person, now: datetime
) -> None:
    """Show a page of the action items of a meeting, or of the reader."""
    page, meeting_id = callback_data.page, callback_data.meeting_id
    if meeting_id is None:
        mine = await my_items(session, person, page, PAGE, now=now)
        await replace(callback, items_screen(mine, now))
        return
    found = await items_of(session, person, meeting_id, page, PAGE, now=now)
    if isinstance(found, Refusal):
        await toast(callback, said(found), alert=True)
        return
    await replace(callback, items_screen(found, now))


@router.callback_query(OnItem.filter(F.act.in_({ItemAct.OPEN, ItemAct.BELOW})))
async def item(
    callback: CallbackQuery, callback_data: OnItem, session: Session, person: Person, now: datetime
) -> None:
    """Show one action item."""
    view = await item_view(session, person, callback_data.id, now=now)
    if isinstance(view, Refusal):
        await toast(callback, said(view), alert=True)
        return
    show = follow if callback_data.act is ItemAct.BELOW else replace
    await show(callback, item_screen(view, now), toast="")


@router.callback_query(OnItem.filter(F.act == ItemAct.DONE))
async def item_done(callback: CallbackQuery, callback_data: OnItem, **data: Any) -> None:
    """Ask what came of it; where it is not theirs, or is done, say so."""
    ctx = FormContext.of(data)
    view = await item_view(ctx.session, ctx.actor, callback_data.id, now=ctx.now)
    if isinstance(view, Refusal):
        await toast(callback, said(view), alert=True)
    elif not view.may_finish:
        over = MeetingOutcome.ALREADY if view.done_at else MeetingOutcome.NOT_ALLOWED
        await toast(callback, said(over), alert=True)
    else:
        await start_form(office.DONE, callback, ctx, prefill={"item": callback_data.id})


async def seen(
    callback: CallbackQuery, session: Session, person: Person, meeting_id: int, now: datetime
) -> MeetingView | None:
    """Return a meeting; where there is none, the tap is answered with that."""
    view = await meeting_view(session, person, meeting_id, now=now)
    if isinstance(view, MeetingView):
        return view
    await toast(callback, said(view), alert=True)
    return None
