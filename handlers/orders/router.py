"""Orders: the list, one whole, every act on it, and the answer to a return visit."""

from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import Go
from handlers.clock_text import local
from handlers.form import FormContext, start_form
from handlers.media import send_media
from handlers.orders import forms, notices, screens
from handlers.orders.callbacks import (
    HandOn,
    InDays,
    OnOrder,
    OpenOrder,
    OrderAct,
    OrdersPage,
    SetBody,
    StillWell,
)
from handlers.records.acts import ActTable, serve
from handlers.records.said import is_good, said
from handlers.screen import Screen
from handlers.show import answer, replace, toast
from models.database import Session
from models.orders.actions.orders import hand_on, set_body, set_due, sign_off
from models.orders.actions.visits import answer_visit
from models.orders.queries.orders import ORDERS, hand_on_choices, order_view, orders_page
from models.orders.queries.visits import visit_told
from models.people.views import Person

__all__ = ["notices", "router"]

router = Router(name="orders")

ORDER = ActTable(
    ORDERS.name,
    order_view,
    screens.order_screen,
    does={OrderAct.SIGN: sign_off},
    asks={
        OrderAct.ASK_SIGN: screens.ask_sign_screen,
        OrderAct.TERMS: screens.terms_screen,
        OrderAct.ASK_BODY: screens.choose_body_screen,
    },
    writes={
        OrderAct.REPORT: forms.REPORT,
        OrderAct.SEND_BACK: forms.SEND_BACK,
        OrderAct.DUE: forms.DUE,
        OrderAct.TO_SHOW: forms.TO_SHOW,
    },
)
serve(router, OnOrder, ORDER)


async def _list(session: Session, person: Person, page: int, now: datetime) -> Screen:
    return screens.orders_screen(await orders_page(session, person, page, now=now), now)


@router.message(Command("orders"))
async def orders(message: Message, session: Session, person: Person, now: datetime) -> None:
    """List the orders that somebody supervises or has to put right."""
    await answer(message, await _list(session, person, 0, now))


@router.callback_query(Go.filter(F.to == "orders"))
async def tapped_orders(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """List the orders in place."""
    await replace(callback, await _list(session, person, 0, now))


@router.callback_query(OrdersPage.filter())
async def turn(
    callback: CallbackQuery,
    callback_data: OrdersPage,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Turn the list to a page."""
    await replace(callback, await _list(session, person, callback_data.page, now))


@router.callback_query(OpenOrder.filter())
async def open_order(
    callback: CallbackQuery,
    callback_data: OpenOrder,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Open an order, in place or below a card that changes by itself."""
    id_, below = callback_data.id, callback_data.below
    await ORDER.open(callback, session, person, id_, now, below=below)


@router.callback_query(OnOrder.filter(F.act == OrderAct.ASK_PERSON))
async def ask_person(
    callback: CallbackQuery, callback_data: OnOrder, session: Session, person: Person, now: datetime
) -> None:
    """Choose who is to put it right."""
    view = await ORDER.seen(callback, session, person, callback_data.id, now)
    if view is not None:
        choices = await hand_on_choices(session, person, callback_data.id)
        await replace(callback, screens.choose_person_screen(view, choices))


@router.callback_query(OnOrder.filter(F.act == OrderAct.MEDIA))
async def show_media(
    callback: CallbackQuery,
    callback_data: OnOrder,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Send what was shown with the report."""
    view = await ORDER.seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await send_media(callback, bot, view.evidence)


@router.callback_query(SetBody.filter())
async def name_body(
    callback: CallbackQuery, callback_data: SetBody, session: Session, person: Person, now: datetime
) -> None:
    """Name the body that answers."""
    outcome = await set_body(session, person, callback_data.id, callback_data.body, now=now)
    await ORDER.done(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(HandOn.filter())
async def give_on(
    callback: CallbackQuery, callback_data: HandOn, session: Session, person: Person, now: datetime
) -> None:
    """Make somebody else responsible."""
    outcome = await hand_on(session, person, callback_data.id, callback_data.to, now=now)
    await ORDER.done(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(InDays.filter())
async def name_day(
    callback: CallbackQuery, callback_data: InDays, session: Session, person: Person, now: datetime
) -> None:
    """Have it put right so many days from now."""
    day = local(now).date() + timedelta(days=callback_data.days)
    outcome = await set_due(session, person, callback_data.id, day, now=now)
    await ORDER.done(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(StillWell.filter())
async def still_well(
    callback: CallbackQuery,
    callback_data: StillWell,
    session: Session,
    person: Person,
    now: datetime,
    **data: Any,
) -> None:
    """Take the answer to a return visit; where it is not well, ask first what is wrong."""
    before = await visit_told(session, person.id, callback_data.id, now)
    if before is not None and before.may_answer and not callback_data.well:
        ctx = FormContext.of({"session": session, "person": person, "now": now, **data})
        await start_form(forms.NOT_WELL, callback, ctx, prefill={"record": callback_data.id})
        return
    outcome = await answer_visit(
        session, person, callback_data.id, well=callback_data.well, now=now
    )
    await toast(callback, said(outcome), alert=not is_good(outcome))
    view = await visit_told(session, person.id, callback_data.id, now)
    if view is not None and view.as_resident:
        await replace(callback, screens.visit_screen(view, now))
