"""One person on the board: what staff see, look at, and put down for whom they met."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.i18n import gettext as _
from handlers.rollcalls.callbacks import Do, OnListed
from handlers.rollcalls.frame import said_of
from handlers.rollcalls.naming import names_of
from handlers.rollcalls.screens.board import person_screen
from handlers.rollcalls.words import said
from handlers.show import replace, toast
from models.database import Session
from models.people.actions.personal import look
from models.people.rules import Field
from models.people.views import Denied, Person
from models.rollcalls.actions.answering import answer
from models.rollcalls.queries.board import one_of
from models.rollcalls.rules.notices import Answer
from models.rollcalls.rules.outcomes import Refusal

router = Router(name="rollcalls.meeting")

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
    await _show(callback, session, person, callback_data, now)


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
    given = await answer(session, person, callback_data.id, callback_data.about, chosen, now=now)
    told = said_of(said(given.outcome), drill=given.drill)
    await _show(callback, session, person, callback_data, now, told)


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


async def _show(
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
