"""The duty roster and desk hours: seen by the desk of a place, set by who answers for it."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.desk.board import show_board
from handlers.duty import forms, screens
from handlers.duty.callbacks import AskDuty, HoursAct, OnDuty, OnHours, SetDuty
from handlers.duty.pages import duty_page, hours_page
from handlers.form import FormContext, start_form
from handlers.screen import Screen
from handlers.show import replace, toast
from models.database import Session
from models.duty.actions import clear_hours, set_duty, set_hours
from models.duty.rules import DutySet
from models.help.queries.desk import who_may_be_on_duty
from models.hours.rules.desk import DeskHours
from models.hours.rules.desk_hours_text import HoursSet, read
from models.people.views import Person
from models.places.queries import line_of
from models.policy.current import policy_of

router = Router(name="duty")

WELL_DONE = {DutySet.SET, DutySet.CLEARED, HoursSet.SET, HoursSet.CLEARED}


@router.callback_query(OnDuty.filter())
async def open_duty(
    callback: CallbackQuery, callback_data: OnDuty, session: Session, person: Person, now: datetime
) -> None:
    """Show a place of one's own with its roster and hours, or choose one."""
    screen = await duty_page(session, person, callback_data.id, callback_data.page)
    await replace(callback, screen or await show_board(session, person, now))


@router.callback_query(AskDuty.filter())
async def ask_who(
    callback: CallbackQuery, callback_data: AskDuty, session: Session, person: Person, now: datetime
) -> None:
    """Ask who is on duty on a day."""
    people = await who_may_be_on_duty(session, person, callback_data.id)
    at = await line_of(session, callback_data.id)
    if at is None or not people:
        await toast(callback, screens.said(DutySet.NOT_ALLOWED), alert=True)
        await _show(callback, session, person, callback_data.id, now)
        return
    await replace(callback, screens.ask_duty_screen(at, callback_data.day, people))


@router.callback_query(SetDuty.filter())
async def put_on_duty(
    callback: CallbackQuery, callback_data: SetDuty, session: Session, person: Person, now: datetime
) -> None:
    """Put somebody on duty on a day, or nobody."""
    place_id, day = callback_data.id, callback_data.day
    outcome = await set_duty(session, person, place_id, day, callback_data.person_id, now=now)
    await toast(callback, screens.said(outcome), alert=outcome not in WELL_DONE)
    await _show(callback, session, person, place_id, now)


@router.callback_query(OnHours.filter(F.act == HoursAct.SHOW))
async def show_hours(
    callback: CallbackQuery, callback_data: OnHours, session: Session, person: Person, now: datetime
) -> None:
    """Show when the desk of a place is open."""
    screen = await hours_page(session, person, callback_data.id)
    await replace(callback, screen or await show_board(session, person, now))


@router.callback_query(OnHours.filter(F.act == HoursAct.TYPE))
async def type_hours(callback: CallbackQuery, callback_data: OnHours, **data: Any) -> None:
    """Ask for other hours in words."""
    ctx = FormContext.of(data)
    await start_form(forms.HOURS, callback, ctx, prefill={"place": callback_data.id})


@router.callback_query(OnHours.filter(F.act == HoursAct.CLEAR))
async def same_as_above(
    callback: CallbackQuery, callback_data: OnHours, session: Session, person: Person, now: datetime
) -> None:
    """Let a place keep the hours from above again."""
    outcome = await clear_hours(session, person, callback_data.id, now=now)
    await _after(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(OnHours.filter(F.act.in_(set(screens.READY))))
async def choose_hours(
    callback: CallbackQuery, callback_data: OnHours, session: Session, person: Person, now: datetime
) -> None:
    """Set hours that were ready to choose."""
    hours = read(screens.READY[callback_data.act], policy_of(session).desk.zone)
    assert isinstance(hours, DeskHours)  # noqa: S101 - they are written above
    outcome = await set_hours(session, person, callback_data.id, hours, now=now)
    await _after(callback, session, person, callback_data.id, now, outcome)


async def _after(
    callback: CallbackQuery,
    session: Session,
    person: Person,
    place_id: int,
    now: datetime,
    outcome: HoursSet,
) -> None:
    await toast(callback, screens.said(outcome), alert=outcome not in WELL_DONE)
    screen = await hours_page(session, person, place_id)
    await replace(callback, screen or await show_board(session, person, now))


async def _show(
    callback: CallbackQuery, session: Session, person: Person, place_id: int, now: datetime
) -> None:
    screen: Screen | None = await duty_page(session, person, place_id)
    await replace(callback, screen or await show_board(session, person, now))
