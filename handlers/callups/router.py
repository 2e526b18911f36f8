"""Call-ups: the order, the board, the answers of whoever is asked, who was there."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.callups import board, forms, notices, screens
from handlers.callups.callbacks import (
    BoardAct,
    CallBoardDay,
    CallDayAct,
    CallupAct,
    ConfirmPart,
    DrawUp,
    OnCallBoard,
    OnCallDay,
    OnCallup,
    OnCallupPart,
    PrintPart,
    StepIn,
    TickOnSite,
    ToCallups,
)
from handlers.form import FormContext, start_form
from handlers.i18n import gettext as _
from handlers.records.acts import ActTable, serve
from handlers.records.said import is_good, said
from handlers.rollcalls.labels import said_of
from handlers.screen import Screen
from handlers.show import answer, answer_tables, follow, replace, toast
from models.callups.actions.calling import approve, drop, enough, ring_again
from models.callups.actions.coming import come, decline, stand_in, stay_away
from models.callups.actions.on_site import arrive, confirm, leave_site, list_to_print, tick
from models.callups.boards import board as board_of
from models.callups.boards import drawn_up, led, roster
from models.callups.queries import (
    NAME,
    callup,
    is_drill,
    is_drill_part,
    open_for,
)
from models.callups.rules import CallupOutcome
from models.callups.views import CallupView
from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.records.rules import Refusal

__all__ = ["notices", "router"]

router = Router(name="callups")
SHOWN = 3
"""Call-ups under way that somebody is shown at once, each a card of its own."""


async def _marked(session: Session, callup_id: int, told: str) -> str:
    """Mark what is said of a drill: it cannot be mistaken for the real thing."""
    return said_of(told, drill=True) if await is_drill(session, callup_id) else told


CALL = ActTable(
    NAME,
    callup,
    screens.call_screen,
    opens=CallupAct.OPEN,
    does={CallupAct.NO: decline, CallupAct.HERE: arrive, CallupAct.GONE: leave_site},
    marked=_marked,
)
serve(router, OnCallup, CALL)

BOARD = ActTable(
    NAME,
    board_of,
    board.board_screen,
    opens=BoardAct.OPEN,
    does={
        BoardAct.APPROVE: approve,
        BoardAct.DROP: drop,
        BoardAct.RING: ring_again,
        BoardAct.ENOUGH: enough,
    },
    marked=_marked,
)
"""What whoever draws up a call-up does, and the second person."""
serve(router, OnCallBoard, BOARD)


@router.callback_query(OnCallBoard.filter(F.act == BoardAct.OFF))
async def calls_off(callback: CallbackQuery, callback_data: OnCallBoard, **data: Any) -> None:
    """Ask why a call-up is called off; of a drill so that it cannot be mistaken."""
    ctx, one = FormContext.of(data), callback_data.id
    view = await BOARD.seen(callback, ctx.session, ctx.actor, one, ctx.now)
    if view is not None:
        form = forms.OFF_DRILL if view.drill else forms.OFF
        await start_form(form, callback, ctx, prefill={"record": one})


@router.message(Command("callup"))
async def callups(message: Message, session: Session, person: Person, now: datetime) -> None:
    """Show the call-up to which somebody is asked; to whoever may call, those drawn up."""
    asked = False
    for one in (await open_for(session, person, now=now))[:SHOWN]:
        view = await callup(session, person, one, now=now)
        if isinstance(view, CallupView):
            asked = True
            await answer(message, screens.call_screen(view, now))
    if person.may_anywhere(Right.BROADCAST):
        await answer(message, await _list(session, person, 0, now))
    elif not asked:
        await answer(message, screens.none_screen())


async def _list(session: Session, person: Person, page: int, now: datetime) -> Screen:
    return board.callups_screen(await drawn_up(session, person, page), now)


@router.callback_query(ToCallups.filter())
async def turn(
    callback: CallbackQuery,
    callback_data: ToCallups,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show a page of the call-ups that were drawn up."""
    if not person.may_anywhere(Right.BROADCAST):
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
        return
    await replace(callback, await _list(session, person, callback_data.page, now))


@router.callback_query(DrawUp.filter())
async def begin(callback: CallbackQuery, callback_data: DrawUp, **data: Any) -> None:
    """Ask for an order, of somebody who may call."""
    ctx = FormContext.of(data)
    if not ctx.actor.may_anywhere(Right.BROADCAST):
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
        return
    form = forms.DRAW_UP_DRILL if callback_data.drill else forms.DRAW_UP
    await start_form(form, callback, ctx, prefill={"drill": int(callback_data.drill)})


@router.callback_query(OnCallDay.filter())
async def on_day(
    callback: CallbackQuery,
    callback_data: OnCallDay,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Take whether somebody comes on a day; once, whether they are grown up."""
    one = callback_data
    view = await CALL.seen(callback, session, person, one.id, now)
    if view is None:
        return
    if one.day >= len(view.days):
        await toast(callback, said(Refusal.TOO_LATE, NAME), alert=True)
        return
    day = view.days[0].day + timedelta(days=one.day)
    if one.act is CallDayAct.AWAY:
        outcome = await stay_away(session, person, one.id, day, now=now)
    else:
        grown_up = one.act is CallDayAct.GROWN_UP
        outcome = await come(session, person, one.id, day, now=now, grown_up=grown_up)
    if outcome is CallupOutcome.ASK_AGE:
        await replace(callback, screens.age_screen(view, one.day))
        return
    await CALL.done(callback, session, person, one.id, now, outcome)


@router.callback_query(StepIn.filter())
async def step_in(
    callback: CallbackQuery, callback_data: StepIn, session: Session, person: Person, now: datetime
) -> None:
    """Take whether somebody who stands by takes a free place."""
    one = callback_data
    outcome = await stand_in(session, person, one.id, comes=one.comes, now=now)
    await CALL.done(callback, session, person, one.id, now, outcome)


@router.callback_query(OnCallup.filter(F.act == CallupAct.LEAD))
async def show_led(
    callback: CallbackQuery,
    callback_data: OnCallup,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show a lead the parts of their teams, below the card."""
    view = await CALL.seen(callback, session, person, callback_data.id, now)
    if view is None:
        return
    found = await led(session, person, callback_data.id, now=now)
    if isinstance(found, Refusal):
        await toast(callback, said(found, NAME), alert=True)
        return
    await follow(callback, screens.led_screen(view, found.parts), toast="")


@router.callback_query(CallBoardDay.filter())
async def show_day(
    callback: CallbackQuery,
    callback_data: CallBoardDay,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show the parts of one day, below the board, which goes on changing by itself."""
    view = await BOARD.seen(callback, session, person, callback_data.id, now)
    if view is not None:
        shown = board.board_day_screen(view, callback_data.day, now)
        await follow(callback, shown, toast="")


@router.callback_query(OnCallupPart.filter())
async def show_part(
    callback: CallbackQuery,
    callback_data: OnCallupPart,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show who comes to a part, to whoever answers for it."""
    await _part(callback, session, person, callback_data.id, now, callback_data.page)


@router.callback_query(TickOnSite.filter())
async def tick_off(
    callback: CallbackQuery,
    callback_data: TickOnSite,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Note that somebody is there, or take it back."""
    one = callback_data
    outcome = await tick(session, person, one.id, one.person, there=one.there, now=now)
    await _say(callback, session, one.id, outcome)
    await _part(callback, session, person, one.id, now, with_person=one.person, silent=True)


@router.callback_query(PrintPart.filter())
async def send_list(
    callback: CallbackQuery,
    callback_data: PrintPart,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Send the list of a part to print; the look is on record."""
    made = await list_to_print(session, person, callback_data.id, now=now)
    if isinstance(made, Refusal):
        await toast(callback, said(made, NAME), alert=True)
        return
    words = _("Who comes. It names people: keep it to yourself, and tear it up afterwards.")
    await answer_tables(callback, board.list_tables(made), said_of(words, drill=made.drill))


@router.callback_query(ConfirmPart.filter())
async def confirm_all(
    callback: CallbackQuery,
    callback_data: ConfirmPart,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Confirm who was there, all in one tap."""
    outcome = await confirm(session, person, callback_data.id, now=now)
    await _say(callback, session, callback_data.id, outcome)
    await _part(callback, session, person, callback_data.id, now, silent=True)


async def _say(callback: CallbackQuery, session: Session, part_id: int, outcome: StrEnum) -> None:
    """Say what came of an act on a part; of a drill so that it cannot be mistaken."""
    told = said(outcome, NAME)
    if await is_drill_part(session, part_id):
        told = said_of(told, drill=True)
    await toast(callback, told, alert=not is_good(outcome, NAME))


async def _part(
    callback: CallbackQuery,
    session: Session,
    person: Person,
    part_id: int,
    now: datetime,
    page: int = 0,
    *,
    with_person: int | None = None,
    silent: bool = False,
) -> None:
    """Show a part; `silent` after an act that was answered already."""
    view = await roster(session, person, part_id, now=now)
    if isinstance(view, Refusal):
        if not silent:
            await toast(callback, said(view, NAME), alert=True)
        return
    if with_person is not None:
        page = board.page_with(view, with_person)
    await replace(callback, board.part_screen(view, now, page))
