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
    SetBody,
    StillWell,
)
from handlers.orders.labels import said
from handlers.show import answer, follow, replace, toast
from models.database import Session
from models.orders.actions.orders import hand_on, set_body, set_due, sign_off
from models.orders.actions.visits import answer_visit
from models.orders.queries.orders import hand_on_choices, order_view, orders_page
from models.orders.queries.visits import visit_told
from models.orders.rules import OrderOutcome, VisitOutcome
from models.orders.views import OrderView
from models.people.views import Person
from models.records.rules import Refusal

__all__ = ["notices", "router"]

router = Router(name="orders")

SMALL_FORMS = {
    OrderAct.REPORT: forms.REPORT,
    OrderAct.SEND_BACK: forms.SEND_BACK,
    OrderAct.DUE: forms.DUE,
    OrderAct.TO_SHOW: forms.TO_SHOW,
}

PICTURES = {
    OrderAct.ASK_SIGN: screens.ask_sign_screen,
    OrderAct.TERMS: screens.terms_screen,
}

WELL_DONE = {OrderOutcome.SET, OrderOutcome.SIGNED}


@router.message(Command("orders"))
async def orders(message: Message, session: Session, person: Person, now: datetime) -> None:
    """List the orders that somebody supervises or has to put right."""
    shown = (await orders_page(session, person, now=now)).lines
    await answer(message, screens.orders_screen(shown, now))


@router.callback_query(Go.filter(F.to == "orders"))
async def tapped_orders(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """List the orders in place."""
    shown = (await orders_page(session, person, now=now)).lines
    await replace(callback, screens.orders_screen(shown, now))


@router.callback_query(OpenOrder.filter())
async def open_order(
    callback: CallbackQuery,
    callback_data: OpenOrder,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Open an order, in place or below a card that changes by itself."""
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is None:
        return
    show = follow if callback_data.below else replace
    await show(callback, screens.order_screen(view, now), toast="")


@router.callback_query(OnOrder.filter(F.act.in_(set(PICTURES))))
async def picture(
    callback: CallbackQuery, callback_data: OnOrder, session: Session, person: Person, now: datetime
) -> None:
    """Ask before signing off, or what to change."""
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await replace(callback, PICTURES[callback_data.act](view, now))


@router.callback_query(OnOrder.filter(F.act == OrderAct.ASK_BODY))
async def ask_body(
    callback: CallbackQuery, callback_data: OnOrder, session: Session, person: Person, now: datetime
) -> None:
    """Choose the body that answers."""
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await replace(callback, screens.choose_body_screen(view))


@router.callback_query(OnOrder.filter(F.act == OrderAct.ASK_PERSON))
async def ask_person(
    callback: CallbackQuery, callback_data: OnOrder, session: Session, person: Person, now: datetime
) -> None:
    """Choose who is to put it right."""
    view = await _seen(callback, session, person, callback_data.id, now)
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
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await send_media(callback, bot, view.evidence)


@router.callback_query(OnOrder.filter(F.act.in_(set(SMALL_FORMS))))
async def write(callback: CallbackQuery, callback_data: OnOrder, **data: Any) -> None:
    """Ask for the report, for what is missing, for a day, or for what must be shown."""
    ctx = FormContext.of(data)
    form = SMALL_FORMS[callback_data.act]
    await start_form(form, callback, ctx, prefill={"request": callback_data.id})


@router.callback_query(OnOrder.filter(F.act == OrderAct.SIGN))
async def sign(
    callback: CallbackQuery, callback_data: OnOrder, session: Session, person: Person, now: datetime
) -> None:
    """Sign off what was reported."""
    outcome = await sign_off(session, person, callback_data.id, now=now)
    await _show(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(SetBody.filter())
async def name_body(
    callback: CallbackQuery, callback_data: SetBody, session: Session, person: Person, now: datetime
) -> None:
    """Name the body that answers."""
    outcome = await set_body(session, person, callback_data.id, callback_data.body, now=now)
    await _show(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(HandOn.filter())
async def give_on(
    callback: CallbackQuery, callback_data: HandOn, session: Session, person: Person, now: datetime
) -> None:
    """Make somebody else responsible."""
    outcome = await hand_on(session, person, callback_data.id, callback_data.to, now=now)
    await _show(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(InDays.filter())
async def name_day(
    callback: CallbackQuery, callback_data: InDays, session: Session, person: Person, now: datetime
) -> None:
    """Have it put right so many days from now."""
    day = local(now).date() + timedelta(days=callback_data.days)
    outcome = await set_due(session, person, callback_data.id, day, now=now)
    await _show(callback, session, person, callback_data.id, now, outcome)


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
        await start_form(forms.NOT_WELL, callback, ctx, prefill={"request": callback_data.id})
        return
    outcome = await answer_visit(
        session, person, callback_data.id, well=callback_data.well, now=now
    )
    await toast(callback, said(outcome), alert=outcome is not VisitOutcome.WELL)
    view = await visit_told(session, person.id, callback_data.id, now)
    if view is not None and view.as_resident:
        await replace(callback, screens.visit_screen(view))


async def _show(
    callback: CallbackQuery,
    session: Session,
    person: Person,
    order_id: int,
    now: datetime,
    outcome: OrderOutcome | Refusal,
) -> None:
    """Say what an act has come to, and show the order as it stands now."""
    await toast(callback, said(outcome), alert=outcome not in WELL_DONE)
    view = await _seen(callback, session, person, order_id, now)
    if view is not None:
        await replace(callback, screens.order_screen(view, now))


async def _seen(
    callback: CallbackQuery, session: Session, person: Person, order_id: int, now: datetime
) -> OrderView | None:
    """Return an order that is the reader's to see; else the tap is answered with why not."""
    view = await order_view(session, person, order_id, now=now)
    if not isinstance(view, Refusal):
        return view
    await toast(callback, said(view), alert=True)
    return None
