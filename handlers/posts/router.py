"""Posts and shifts: the list, one of them, taking a place, a stand-in, the door, the lead."""

from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.form import FormContext, start_form
from handlers.i18n import gettext as _
from handlers.meetings.calendar import CalendarEntry, entries_file
from handlers.posts import forms, lead_forms, lead_screens, notices, screens, words
from handlers.posts.callbacks import (
    AnnouncePost,
    ComesToShift,
    ForOther,
    KeepPost,
    MyShifts,
    OnHelper,
    OnPost,
    OnShift,
    OtherAct,
    PostAct,
    ShiftAct,
    ShiftsFile,
    StandIn,
    ToPosts,
)
from handlers.records.acts import ActTable, serve
from handlers.records.said import is_good, said
from handlers.screen import Screen
from handlers.show import answer, answer_tables, replace, toast
from models.callups.queries import due_of as callup_days
from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.posts.actions.coming import (
    answer_post,
    answer_shift,
    arrive,
    claim_post,
    claim_shift,
    confirm_all,
    take_instead,
    tick,
)
from models.posts.actions.planning import lay_down, list_to_print
from models.posts.actions.swapping import ask_swap, step_in, withdraw_swap
from models.posts.queries import (
    any_team,
    due_of,
    my_shifts,
    open_posts,
    places_of,
    post,
    post_roster,
    shift,
    shift_roster,
)
from models.posts.records import NAME, SHIFTS_NAME
from models.posts.views import ShiftRoster
from models.records.rules import Refusal

__all__ = ["notices", "router", "words"]

router = Router(name="posts")
CALENDAR = "shifts.ics"

POST = ActTable(
    NAME,
    post,
    screens.post_screen,
    opens=PostAct.OPEN,
    does={PostAct.JOIN: claim_post, PostAct.LAY_DOWN: lay_down},
    asks={PostAct.ASK_DOWN: screens.lay_down_screen},
    writes={PostAct.JOIN_FOR: lead_forms.POST_FOR},
)
serve(router, OnPost, POST)

POST_LED = ActTable(
    NAME,
    post_roster,
    lead_screens.post_roster_screen,
    asks={PostAct.ROSTER: lead_screens.post_roster_screen},
    writes={
        PostAct.ADD_SHIFT: forms.ADD_SHIFT,
        PostAct.SIGN_FOR: lead_forms.POST_SIGN,
        PostAct.NAME_LEAD: lead_forms.NAME_LEAD,
        PostAct.NAME_TEAM: lead_forms.NAME_TEAM,
        PostAct.END: lead_forms.END,
    },
)
"""What its lead and the desk do with a post; nobody else sees who holds it."""
serve(router, OnPost, POST_LED)

SHIFT = ActTable(
    SHIFTS_NAME,
    shift,
    screens.shift_screen,
    opens=ShiftAct.OPEN,
    does={
        ShiftAct.JOIN: claim_shift,
        ShiftAct.INSTEAD: take_instead,
        ShiftAct.HERE: arrive,
        ShiftAct.SWAP: ask_swap,
        ShiftAct.WITHDRAW: withdraw_swap,
    },
    writes={ShiftAct.JOIN_FOR: lead_forms.SHIFT_FOR},
)
serve(router, OnShift, SHIFT)

SHIFT_LED = ActTable(
    SHIFTS_NAME,
    shift_roster,
    lead_screens.shift_roster_screen,
    does={ShiftAct.CONFIRM: confirm_all},
    asks={ShiftAct.ROSTER: lead_screens.shift_roster_screen},
    writes={ShiftAct.SIGN_FOR: lead_forms.SHIFT_SIGN, ShiftAct.OFF: lead_forms.OFF},
)
serve(router, OnShift, SHIFT_LED)


async def _list(session: Session, person: Person, page: int, now: datetime) -> Screen:
    found = await open_posts(session, person, page, now=now)
    return screens.posts_screen(found, now, announces=person.may_anywhere(Right.WORK_DESK))


@router.message(Command("posts"))
async def posts(message: Message, session: Session, person: Person, now: datetime) -> None:
    """List what needs hands."""
    await answer(message, await _list(session, person, 0, now))


@router.callback_query(ToPosts.filter())
async def turn(
    callback: CallbackQuery, callback_data: ToPosts, session: Session, person: Person, now: datetime
) -> None:
    """Show a page of what needs hands."""
    await replace(callback, await _list(session, person, callback_data.page, now))


@router.callback_query(MyShifts.filter())
async def mine(callback: CallbackQuery, session: Session, person: Person, now: datetime) -> None:
    """List the reader's shifts to come."""
    found = await my_shifts(session, person, now=now)
    await replace(callback, screens.my_shifts_screen(found, now))


@router.callback_query(ShiftsFile.filter())
async def send_calendar(
    callback: CallbackQuery, session: Session, person: Person, now: datetime, bot: Bot
) -> None:
    """Send the file for calendars of the shifts to which the reader comes."""
    entries = [
        CalendarEntry(f"shift-{one.shift_id}", one.starts_at, one.ends_at, one.title, one.where)
        for one in await due_of(session, person.id, now)
    ]
    entries += [
        CalendarEntry(f"callup-{one.part_id}", one.starts_at, one.ends_at, one.title, one.where)
        for one in await callup_days(session, person.id, now)
    ]
    if not entries:
        await toast(callback, _("You have no shift to come."), alert=True)
        return
    await toast(callback, "")
    file = BufferedInputFile(entries_file(entries, now), CALENDAR)
    text = _("Open this file, and your shifts are in your calendar.")
    await bot.send_document(callback.from_user.id, document=file, caption=text)


@router.callback_query(AnnouncePost.filter())
async def begin(callback: CallbackQuery, **data: Any) -> None:
    """Ask what is to be announced, of somebody who may announce it."""
    ctx = FormContext.of(data)
    if not await places_of(ctx.session, ctx.actor):
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
    else:
        teams = await any_team(ctx.session, ctx.actor)
        await start_form(forms.ANNOUNCE, callback, ctx, prefill={"teams": int(teams)})


@router.callback_query(KeepPost.filter())
async def keep(
    callback: CallbackQuery,
    callback_data: KeepPost,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Take whether somebody takes a post that became free, or goes on with it."""
    one = callback_data
    outcome = await answer_post(session, person, one.id, comes=one.comes, now=now)
    await POST.done(callback, session, person, one.id, now, outcome)


@router.callback_query(ComesToShift.filter())
async def comes(
    callback: CallbackQuery,
    callback_data: ComesToShift,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Take whether somebody comes to a shift."""
    one = callback_data
    outcome = await answer_shift(session, person, one.id, comes=one.comes, now=now)
    await SHIFT.done(callback, session, person, one.id, now, outcome)


@router.callback_query(ForOther.filter())
async def speak_for(
    callback: CallbackQuery,
    callback_data: ForOther,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Take of somebody whom the reader speaks for whether they come, or take a post."""
    one = callback_data
    comes = one.act in {OtherAct.SHIFT_YES, OtherAct.POST_YES}
    in_shift = one.act in {OtherAct.SHIFT_YES, OtherAct.SHIFT_NO}
    say, table = (answer_shift, SHIFT) if in_shift else (answer_post, POST)
    outcome = await say(session, person, one.id, comes=comes, whom=one.person, now=now)
    await table.done(callback, session, person, one.id, now, outcome)


@router.callback_query(StandIn.filter())
async def stand_in(
    callback: CallbackQuery, callback_data: StandIn, session: Session, person: Person, now: datetime
) -> None:
    """Let somebody stand in for whoever cannot come."""
    one = callback_data
    outcome = await step_in(session, person, one.id, one.person, now=now)
    await SHIFT.done(callback, session, person, one.id, now, outcome)


@router.callback_query(OnHelper.filter())
async def tick_off(
    callback: CallbackQuery,
    callback_data: OnHelper,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Note who is there, or take it back."""
    one = callback_data
    outcome = await tick(session, person, one.id, one.person, there=one.there, now=now)
    await toast(callback, said(outcome, SHIFTS_NAME), alert=not is_good(outcome, SHIFTS_NAME))
    view = await shift_roster(session, person, one.id, now=now)
    if isinstance(view, ShiftRoster):
        await replace(callback, lead_screens.shift_roster_screen(view, now))


@router.callback_query(OnShift.filter(F.act == ShiftAct.PRINT))
async def send_list(
    callback: CallbackQuery,
    callback_data: OnShift,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Send the list of a shift to print; the look is on record."""
    made = await list_to_print(session, person, callback_data.id, now=now)
    if isinstance(made, Refusal):
        await toast(callback, said(made, SHIFTS_NAME), alert=True)
        return
    text = _("Who comes. It names people: keep it to yourself, and tear it up afterwards.")
    await answer_tables(callback, lead_screens.list_tables(made), text)
