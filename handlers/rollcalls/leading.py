"""Leading a roll-call: where it begins, its board, one person on it, calling up, the end."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import Go
from handlers.form import FormContext, start_form
from handlers.i18n import current_language
from handlers.i18n import gettext as _
from handlers.rollcalls import forms
from handlers.rollcalls.callbacks import (
    BeginDrill,
    BeginReal,
    CallUp,
    Do,
    OnBoard,
    OnBoardList,
    OnEnd,
    OnListed,
)
from handlers.rollcalls.labels import said, said_of
from handlers.rollcalls.screens import board as screens
from handlers.rollcalls.screens.board import (
    DRILL_PAGE,
    REAL_PAGE,
    drill_screen,
    person_screen,
    real_screen,
)
from handlers.screen import Screen
from handlers.show import answer, follow, replace, toast
from models.broadcasts.rules.notices import Answer
from models.database import Session
from models.people.actions.personal import look
from models.people.rules import Field, Right
from models.people.views import Denied, Person
from models.places.queries import lines_of
from models.rollcalls.actions.answering import answer as answer_for
from models.rollcalls.actions.calling import end
from models.rollcalls.queries.board import board_of, list_of, one_of
from models.rollcalls.queries.silent import latest_boards
from models.rollcalls.rules.outcomes import Ending, Refusal
from models.rollcalls.views import Board

router = Router(name="rollcalls.leading")


async def names_of(session: Session, place_ids: Iterable[int | None]) -> dict[int, str]:
    """Name places in the language being spoken."""
    wanted = {each for each in place_ids if each is not None}
    lines = await lines_of(session, wanted)
    return {place_id: line.short(current_language()) for place_id, line in lines.items()}


def leads(_event: object, person: Person | None = None) -> bool:
    """Return whether somebody may begin a roll-call somewhere."""
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


@router.callback_query(OnBoardList.filter())
async def open_list(
    callback: CallbackQuery,
    callback_data: OnBoardList,
    session: Session,
    person: Person,
    now: datetime,
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
    """Return the board to whoever may see it; else the tap is answered with why not."""
    board = await board_of(session, person, broadcast_id)
    if isinstance(board, Board):
        return board
    await toast(callback, said(board), alert=True)
    return None


SAYS = {Do.SAFE: Answer.SAFE, Do.NEED_HELP: Answer.NEED_HELP, Do.CAN_HELP: Answer.CAN_HELP}


@router.callback_query(OnListed.filter(F.do == Do.OPEN))
async def open_one(
    callback: CallbackQuery,
    callback_data: OnListed,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show one person of a list."""
    await _show_one(callback, session, person, callback_data, now)


@router.callback_query(OnListed.filter(F.do.in_(set(SAYS))))
async def met(
    callback: CallbackQuery,
    callback_data: OnListed,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Put down what somebody who was met says."""
    chosen = SAYS[callback_data.do]
    given = await answer_for(
        session, person, callback_data.id, callback_data.about, chosen, now=now
    )
    told = said_of(said(given.outcome), drill=given.drill)
    await _show_one(callback, session, person, callback_data, now, told)


@router.callback_query(OnListed.filter(F.do == Do.LOOK))
async def look_at(
    callback: CallbackQuery,
    callback_data: OnListed,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show door and phone in a box that closes again; the look is written down."""
    found = await one_of(session, person, callback_data.id, callback_data.about)
    if isinstance(found, Refusal):
        await toast(callback, said(found), alert=True)
        return
    scope, one = found
    fields = [Field.PHONE, Field.DOOR]
    shown = await look(session, person, one.person_id, fields, now=now)
    if isinstance(shown, Denied):
        text = _("You may not look at their door and phone.")
    else:
        lines = [f"{sign} {shown[field]}" for field, sign in _SIGNS.items() if field in shown]
        text = "\n".join(lines) or _("They have given neither door nor phone.")
    await toast(callback, said_of(text, drill=scope.drill), alert=True)


_SIGNS = {Field.PHONE: "📞", Field.DOOR: "🚪"}


async def _show_one(
    callback: CallbackQuery,
    session: Session,
    person: Person,
    about: OnListed,
    now: datetime,
    told: str = "",
) -> None:
    found = await one_of(session, person, about.id, about.about)
    if isinstance(found, Refusal):
        await toast(callback, said(found), alert=True)
        return
    scope, one = found
    names = await names_of(session, [one.place_id])
    screen = person_screen(about.id, one, names, now, drill=scope.drill, over=scope.over)
    await replace(callback, screen, toast=told)
