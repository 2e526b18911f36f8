"""Gatherings: the list, one of them, signing up, the door, and what its host does."""

import asyncio
from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers import poster
from handlers.callbacks import Go
from handlers.form import FormContext, start_form
from handlers.gatherings import forms, host_screens, joining, notices, screens
from handlers.gatherings.callbacks import (
    Announce,
    Comes,
    GatheringAct,
    GatheringsLedger,
    OnGathering,
    OnSeat,
    PastGatherings,
    RateGathering,
    RosterPage,
    SeatAct,
    ToGatherings,
)
from handlers.gatherings.sheets import ledger_tables, list_tables
from handlers.i18n import gettext as _
from handlers.people.deep_links import address, leads
from handlers.records.acts import ActTable, serve
from handlers.records.said import is_good, said
from handlers.screen import Screen, button, inline
from handlers.show import answer, answer_tables, replace, toast
from models.database import Session
from models.gatherings.actions.coming import (
    arrive,
    arrive_at_door,
    rate,
    say_coming,
    sign_up,
    sign_up_for_all,
    tick,
)
from models.gatherings.actions.planning import list_to_print, move_inside
from models.gatherings.queries import (
    NAME,
    coming,
    gathering,
    gathering_told,
    ledger,
    past,
    roster_of,
)
from models.gatherings.views import GatheringView, RosterView
from models.people.desks import place_of_desk
from models.people.rules import Right
from models.people.views import Person
from models.records.rules import Refusal

__all__ = ["notices", "router"]

router = Router(name="gatherings")
DOOR = "g"
"""Prefix of the deep link on the poster at the door."""

GATHERING = ActTable(
    NAME,
    gathering,
    screens.gathering_screen,
    opens=GatheringAct.OPEN,
    does={
        GatheringAct.JOIN: sign_up,
        GatheringAct.JOIN_ALL: sign_up_for_all,
        GatheringAct.HERE: arrive,
    },
    writes={
        GatheringAct.JOIN_WITH: joining.WITH,
        GatheringAct.JOIN_FOR: joining.FOR,
        GatheringAct.SAY: forms.SAY,
    },
)
serve(router, OnGathering, GATHERING)

HOSTED = ActTable(
    NAME,
    roster_of,
    host_screens.host_screen,
    opens=GatheringAct.HOST,
    does={GatheringAct.INSIDE: move_inside},
    asks={GatheringAct.ROSTER: host_screens.roster_screen},
    writes={
        GatheringAct.SIGN_FOR: joining.SIGN_FOR,
        GatheringAct.CHANGE: forms.MOVE,
        GatheringAct.SEATS: forms.SEATS,
        GatheringAct.OFF: forms.OFF,
        GatheringAct.OFF_ALL: forms.OFF_ALL,
    },
)
"""What whoever looks after a gathering does; nobody else sees who is on the list."""
serve(router, OnGathering, HOSTED)


async def _list(session: Session, person: Person, page: int, now: datetime) -> Screen:
    found = await coming(session, person, page, now=now)
    return screens.gatherings_screen(found, now, hosts=person.may_anywhere(Right.WORK_DESK))


@router.message(Command("gatherings"))
async def gatherings(message: Message, session: Session, person: Person, now: datetime) -> None:
    """List what is announced."""
    await answer(message, await _list(session, person, 0, now))


@router.callback_query(ToGatherings.filter())
async def turn(
    callback: CallbackQuery,
    callback_data: ToGatherings,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show a page of what is announced."""
    await replace(callback, await _list(session, person, callback_data.page, now))


@router.callback_query(PastGatherings.filter())
async def turn_back(
    callback: CallbackQuery,
    callback_data: PastGatherings,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show whoever announces a page of what is over."""
    found = await past(session, person, callback_data.page, now=now)
    await replace(callback, screens.past_screen(found, now))


@router.callback_query(RosterPage.filter())
async def turn_roster(
    callback: CallbackQuery,
    callback_data: RosterPage,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show a page of who is on the list."""
    view = await HOSTED.seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await replace(callback, host_screens.roster_screen(view, now, callback_data.page))


@router.callback_query(Announce.filter())
async def begin(callback: CallbackQuery, **data: Any) -> None:
    """Ask what is to be announced, of somebody who may announce it."""
    ctx = FormContext.of(data)
    if await place_of_desk(ctx.session, ctx.actor) is None:
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
    else:
        await start_form(forms.ANNOUNCE, callback, ctx)


@router.callback_query(Comes.filter())
async def comes(
    callback: CallbackQuery, callback_data: Comes, session: Session, person: Person, now: datetime
) -> None:
    """Take whether somebody comes; a button about an earlier time asks about the new one."""
    one = callback_data
    outcome = await say_coming(
        session, person, one.id, comes=one.comes, version=one.version, now=now
    )
    await GATHERING.done(callback, session, person, one.id, now, outcome)


@router.callback_query(RateGathering.filter())
async def give_mark(
    callback: CallbackQuery,
    callback_data: RateGathering,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Take how it was."""
    outcome = await rate(session, person, callback_data.id, callback_data.mark, now=now)
    await GATHERING.done(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(OnSeat.filter(F.act.in_({SeatAct.GIVE_UP, SeatAct.COMES})))
async def speak_for(
    callback: CallbackQuery, callback_data: OnSeat, session: Session, person: Person, now: datetime
) -> None:
    """Say of somebody for whom one speaks whether they come."""
    one = callback_data
    comes = one.act is SeatAct.COMES
    outcome = await say_coming(session, person, one.id, comes=comes, whom=one.person, now=now)
    await GATHERING.done(callback, session, person, one.id, now, outcome)


@router.callback_query(OnSeat.filter(F.act.in_({SeatAct.TICK, SeatAct.UNTICK})))
async def tick_off(
    callback: CallbackQuery, callback_data: OnSeat, session: Session, person: Person, now: datetime
) -> None:
    """Note who is there, or take it back: the host on the list, a neighbour for their own."""
    one = callback_data
    there = one.act is SeatAct.TICK
    outcome = await tick(session, person, one.id, one.person, there=there, now=now)
    await toast(callback, said(outcome, NAME), alert=not is_good(outcome, NAME))
    seen = await gathering(session, person, one.id, now=now)
    listed = await roster_of(session, person, one.id, now=now) if _hosts(seen) else None
    if isinstance(listed, RosterView):
        await replace(
            callback,
            host_screens.roster_screen(listed, now, host_screens.page_with(listed, one.person)),
        )
    elif isinstance(seen, GatheringView):
        await replace(callback, screens.gathering_screen(seen, now))


def _hosts(view: GatheringView | Refusal) -> bool:
    return isinstance(view, GatheringView) and bool(view.code)


@router.callback_query(OnSeat.filter(F.act == SeatAct.SLIP))
async def send_slip(
    callback: CallbackQuery,
    callback_data: OnSeat,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Send the slip to print for somebody without a phone, to their proxy or the host."""
    view = await GATHERING.seen(callback, session, person, callback_data.id, now)
    if view is None:
        return
    listed = await roster_of(session, person, view.id, now=now) if view.code else None
    guests = listed.guests if isinstance(listed, RosterView) else view.others
    guest = next((one for one in guests if one.who.id == callback_data.person), None)
    if guest is None:
        await toast(callback, said(Refusal.MISSING), alert=True)
        return
    await _send_page(callback, bot, host_screens.slip(view, guest, now), _("Print this for them."))


@router.callback_query(OnGathering.filter(F.act == GatheringAct.POSTER))
async def send_poster(
    callback: CallbackQuery,
    callback_data: OnGathering,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
    bot_username: str | None = None,
) -> None:
    """Send the poster for the door."""
    view = await HOSTED.seen(callback, session, person, callback_data.id, now)
    if view is None:
        return
    if bot_username is None:
        await toast(callback, _("That is not ready yet. Please tap once more in a minute."))
        return
    one = view.gathering
    hung = host_screens.door_poster(one, now, address(bot_username, DOOR, one.code))
    words = _("Print this and hang it at the door. It checks in from an hour before the start.")
    await _send_page(callback, bot, hung, words)


async def _send_page(callback: CallbackQuery, bot: Bot, page: poster.Poster, words: str) -> None:
    await toast(callback, "")
    drawn = await asyncio.to_thread(poster.draw, page)
    file = BufferedInputFile(drawn, poster.NAME)
    await bot.send_photo(callback.from_user.id, photo=file, caption=words)


@router.callback_query(OnGathering.filter(F.act == GatheringAct.PRINT))
async def send_list(
    callback: CallbackQuery,
    callback_data: OnGathering,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Send the list to print; the look is on record."""
    made = await list_to_print(session, person, callback_data.id, now=now)
    if isinstance(made, Refusal):
        await toast(callback, said(made, NAME), alert=True)
        return
    words = _("Who comes. It names people: keep it to yourself, and tear it up afterwards.")
    await answer_tables(callback, list_tables(made), words)


@router.callback_query(GatheringsLedger.filter())
async def send_ledger(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """Send the ledger of a year: numbers, nobody's name."""
    if not person.may_anywhere(Right.WORK_DESK):
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
        return
    tables = ledger_tables(await ledger(session, person, now=now))
    await answer_tables(callback, tables, _("The gatherings of the last twelve months."))


@leads(DOOR)
async def lead_in(ctx: FormContext, code: str) -> Screen:
    """Check in whoever has scanned the poster at the door."""
    outcome, gathering_id = await arrive_at_door(ctx.session, ctx.actor, code, now=ctx.now)
    told = said(outcome, NAME)
    view = await gathering_told(ctx.session, ctx.actor.id, gathering_id or 0, ctx.now)
    if view is not None:
        return screens.gathering_screen(view, ctx.now, told)
    return Screen(told, keyboard=inline([button(_("🏠 Home"), Go(to="home"))]))
