"""/early, its list, what the buttons of an item do, what is told."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.early import screens
from handlers.early.callbacks import EarlyAct, EarlyPage, OnEarly, ToEarly
from handlers.form import FormContext, Text
from handlers.i18n import mark
from handlers.records.acts import ActTable, serve
from handlers.records.cards import card
from handlers.records.forms import small_form
from handlers.screen import Screen
from handlers.show import answer, replace
from models.audit.actions import deny
from models.database import Session
from models.early.actions import settle, take
from models.early.queries import EARLY, early_card, early_page, early_told, early_view
from models.early.rules import WORDS_LENGTH, Notice
from models.people.rules import Right
from models.people.views import Person

router = Router(name="early")


async def _after(_ctx: FormContext, _item_id: int, told: str) -> Screen:
    return screens.after_screen(told)


SETTLE = small_form(
    "early.settle",
    mark("Put right"),
    mark("What was done? In a few words; the residents who asked read it."),
    settle,
    _after,
    accepts=(Text(WORDS_LENGTH),),
)

ITEM = ActTable(
    EARLY.name,
    early_view,
    screens.item_screen,
    opens=EarlyAct.OPEN,
    does={EarlyAct.TAKE: take},
    writes={EarlyAct.SETTLE: SETTLE},
)
serve(router, OnEarly, ITEM)

card(Notice.OPENED, early_card, screens.item_card)
card(Notice.SETTLED, early_told, screens.told_screen)


@router.message(Command("early"))
async def early(message: Message, session: Session, person: Person, now: datetime) -> None:
    """Show the list."""
    await answer(message, await _list(session, person, 0, now))


@router.callback_query(ToEarly.filter())
async def show_list(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """Show the list in place."""
    await replace(callback, await _list(session, person, 0, now))


@router.callback_query(EarlyPage.filter())
async def turn(
    callback: CallbackQuery,
    callback_data: EarlyPage,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Turn the list to a page."""
    await replace(callback, await _list(session, person, callback_data.page, now))


async def _list(session: Session, person: Person, page: int, now: datetime) -> Screen:
    if not person.may_anywhere(Right.SUPERVISE):
        await deny(session, person.id, EARLY.name, now=now)
        return screens.not_for_you_screen()
    return screens.list_page(await early_page(session, person, page), now)
