"""The desk's first screen, filing for somebody, finding a number."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import Go
from handlers.desk import forms
from handlers.desk.callbacks import AtDesk, DeskAct, OnDesk, OnSearch
from handlers.desk.screens.board import (
    DeskCounts,
    board_screen,
    found_screen,
    no_desk_screen,
    search_again,
)
from handlers.filters import Says
from handlers.form import FormContext, start_form
from handlers.help.forms import ASKED_LAST
from handlers.screen import Screen
from handlers.show import answer, replace, toast
from models.audit.actions import deny
from models.database import Session
from models.daychecks.queries import count_at_desk
from models.early.queries import early_count
from models.help.actions.searching import search_on
from models.help.queries.desk import desk_list
from models.orders.queries.orders import count_orders
from models.orders.queries.visits import count_calls
from models.people.rules import Right
from models.people.views import Denied, Person
from models.proposals.queries.reception import count_reception
from models.volunteers.queries import applications

router = Router(name="desk.board")


PAGE = 6
"""Requests on one page: with their buttons they fill a phone's screen once."""


async def show_board(
    session: Session, person: Person, now: datetime, *, page: int = 0, mine: bool = False
) -> Screen:
    """Return one page of the desk; somebody without a desk is told, and the attempt noted."""
    if not person.may_anywhere(Right.WORK_DESK):
        await deny(session, person.id, "desk", now=now)
        return no_desk_screen()
    shown = await desk_list(session, person, now=now, page=page, size=PAGE, mine=mine)
    other = await desk_list(session, person, now=now, size=1, mine=not mine)
    waiting = await applications(session, person)
    early = await early_count(session, person)
    total, own = (other.total, shown.total) if mine else (shown.total, other.total)
    counts = DeskCounts(
        total,
        own,
        len(waiting),
        early=early,
        calls=await count_calls(session, person, now=now),
        orders=await count_orders(session, person),
        proposals=await count_reception(session, person),
        silent=await count_at_desk(session, person),
    )
    return board_screen(shown, counts, now, mine=mine)


@router.message(Command("desk"))
@router.message(Says("Desk"))
async def desk(message: Message, session: Session, person: Person, now: datetime) -> None:
    """Show the desk."""
    await answer(message, await show_board(session, person, now))


@router.callback_query(Go.filter(F.to == "desk"))
async def tapped_desk(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """Show the desk in place."""
    await replace(callback, await show_board(session, person, now))


@router.callback_query(OnDesk.filter())
async def turn_page(
    callback: CallbackQuery, callback_data: OnDesk, session: Session, person: Person, now: datetime
) -> None:
    """Show a page of the desk in place."""
    page, mine = callback_data.page, callback_data.mine
    await replace(callback, await show_board(session, person, now, page=page, mine=mine))


@router.callback_query(OnSearch.filter())
async def turn_found(
    callback: CallbackQuery,
    callback_data: OnSearch,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show another page of what was found."""
    number, page = callback_data.number, callback_data.page
    found = await search_on(session, person, number, page, now=now, size=forms.FOUND_AT_ONCE)
    if found is None:
        await toast(callback, search_again(), alert=True)
    else:
        screen = no_desk_screen() if isinstance(found, Denied) else found_screen(found, now)
        await replace(callback, screen)


@router.callback_query(AtDesk.filter(F.act.in_({DeskAct.FILE, DeskAct.FIND})))
async def begin(callback: CallbackQuery, callback_data: AtDesk, **data: Any) -> None:
    """Write a request down for somebody, or find one."""
    ctx = FormContext.of(data)
    person: Person = data["person"]
    if not person.may_anywhere(Right.WORK_DESK):
        await replace(callback, await show_board(ctx.session, person, ctx.now))
    elif callback_data.act is DeskAct.FILE:
        await start_form(forms.FILE, callback, ctx, prefill=ASKED_LAST)
    else:
        await start_form(forms.FIND, callback, ctx)
