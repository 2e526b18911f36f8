"""Leading a roll-call: where it begins, its board and lists, calling up, the end."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import Go
from handlers.form import FormContext, start_form
from handlers.rollcalls import forms
from handlers.rollcalls.callbacks import BeginDrill, BeginReal, CallUp, OnBoard, OnEnd, OnList
from handlers.rollcalls.frame import said_of
from handlers.rollcalls.naming import names_of
from handlers.rollcalls.screens import board as screens
from handlers.rollcalls.screens.entry import DRILL_PAGE, REAL_PAGE, drill_screen, real_screen
from handlers.rollcalls.words import said
from handlers.screen import Screen
from handlers.show import answer, follow, replace, toast
from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.rollcalls.actions.calling import end
from models.rollcalls.queries.board import board_of, list_of
from models.rollcalls.queries.silent import latest_boards
from models.rollcalls.rules.outcomes import Ending, Refusal
from models.rollcalls.views import Board

router = Router(name="rollcalls.leading")


def leads(_event: object, person: Person | None = None) -> bool:
    """Tell whether somebody may begin a roll-call somewhere."""
    return person is not None and person.may_anywhere(Right.BROADCAST)


async def _real(session: Session, person: Person, now: datetime) -> Screen:
    return real_screen(await latest_boards(session, person), now)


async def _drill(session: Session, person: Person, now: datetime) -> Screen:
    return drill_screen(await latest_boards(session, person), now)


@router.message(Command(REAL_PAGE))
async def rollcall(message: Message, session: Session, person: Person, now: datetime) -> None:
    """Show where a roll-call in an emergency begins."""
    if not leads(message, person):
        await answer(message, screens.not_yours_screen())
        return
    await answer(message, await _real(session, person, now))


@router.message(Command(DRILL_PAGE))
async def drill(message: Message, session: Session, person: Person, now: datetime) -> None:
    """Show where a drill begins."""
    if not leads(message, person):
        await answer(message, screens.not_yours_screen())
        return
    await answer(message, await _drill(session, person, now))


@router.callback_query(Go.filter(F.to.in_({REAL_PAGE, DRILL_PAGE})))
async def tapped(
    callback: CallbackQuery, callback_data: Go, session: Session, person: Person, now: datetime
) -> None:
    """Show one of the two pages in place."""
    if not leads(callback, person):
        await replace(callback, screens.not_yours_screen())
        return
    page = _real if callback_data.to == REAL_PAGE else _drill
    await replace(callback, await page(session, person, now))


@router.callback_query(BeginReal.filter())
async def begin_real(callback: CallbackQuery, **data: Any) -> None:
    """Ask what has happened, and where."""
    await _begin(callback, forms.REAL, FormContext.of(data))


@router.callback_query(BeginDrill.filter())
async def begin_drill(callback: CallbackQuery, **data: Any) -> None:
    """Ask what is to be practised, and where."""
    await _begin(callback, forms.DRILL, FormContext.of(data))


async def _begin(callback: CallbackQuery, form: str, ctx: FormContext) -> None:
    if leads(callback, ctx.person):
        await start_form(form, callback, ctx)
    else:
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)


@router.callback_query(OnBoard.filter())
async def open_board(
    callback: CallbackQuery, callback_data: OnBoard, session: Session, person: Person, now: datetime
) -> None:
    """Open the live board, in place or below a card that changes by itself."""
    board = await _seen(callback, session, person, callback_data.id)
    if board is not None:
        show = follow if callback_data.below else replace
        await show(callback, await _board(session, board, now), toast="")


@router.callback_query(OnList.filter())
async def open_list(
    callback: CallbackQuery, callback_data: OnList, session: Session, person: Person, now: datetime
) -> None:
    """Open a page of who stands so."""
    page = await list_of(
        session, person, callback_data.id, callback_data.standing, callback_data.page
    )
    if isinstance(page, Refusal):
        await toast(callback, said(page), alert=True)
        return
    names = await names_of(session, [one.place_id for one in page.people])
    show = follow if callback_data.below else replace
    await show(callback, screens.list_screen(page, names, now), toast="")


@router.callback_query(OnEnd.filter(~F.sure))
async def ask_end(
    callback: CallbackQuery, callback_data: OnEnd, session: Session, person: Person, now: datetime
) -> None:
    """Ask before a roll-call ends, below the board: it would change the question away."""
    board = await _seen(callback, session, person, callback_data.id)
    if board is None:
        return
    if board.may_end:
        await follow(callback, screens.ask_end_screen(board), toast="")
    else:
        await replace(callback, await _board(session, board, now))


@router.callback_query(OnEnd.filter(F.sure))
async def ends(
    callback: CallbackQuery, callback_data: OnEnd, session: Session, person: Person, now: datetime
) -> None:
    """End a roll-call, and show the final board."""
    outcome = await end(session, person, callback_data.id, now=now)
    board = await board_of(session, person, callback_data.id)
    if isinstance(board, Refusal):
        await toast(callback, said(outcome), alert=True)
        return
    text = said_of(said(outcome), drill=board.drill)
    if outcome is Ending.NOT_ALLOWED:
        await toast(callback, text, alert=True)
    else:
        await replace(callback, await _board(session, board, now), toast=text)


@router.callback_query(CallUp.filter())
async def call_up(callback: CallbackQuery, callback_data: CallUp, **data: Any) -> None:
    """Ask what those who can help are to do."""
    ctx = FormContext.of(data)
    assert ctx.person is not None  # noqa: S101 - the gate lets nobody else pass
    board = await _seen(callback, ctx.session, ctx.person, callback_data.id)
    if board is not None:
        given = {"rollcall": board.broadcast_id, "drill": int(board.drill)}
        form = forms.COME_DRILL if board.drill else forms.COME
        await start_form(form, callback, ctx, prefill=given)


async def _board(session: Session, board: Board, now: datetime) -> Screen:
    names = await names_of(session, [group.place_id for group in board.groups])
    return screens.board_screen(board, names, now)


async def _seen(
    callback: CallbackQuery, session: Session, person: Person, broadcast_id: int
) -> Board | None:
    """Give the board to whoever may see it; else the tap is answered with why not."""
    board = await board_of(session, person, broadcast_id)
    if isinstance(board, Board):
        return board
    await toast(callback, said(board), alert=True)
    return None
