"""The reasons that a place has ready: listed, added, put into other words, removed."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.form import FormContext, start_form
from handlers.proposals import office_forms
from handlers.proposals.callbacks import OnReasons, ReasonAct
from handlers.proposals.pages import reasons_page
from handlers.proposals.screens.settings import said
from handlers.show import replace, toast
from models.database import Session
from models.people.views import Person
from models.proposals.actions.deciding import remove_reason
from models.proposals.rules.reception import ReasonOutcome

router = Router(name="proposals.reasons")


@router.callback_query(OnReasons.filter(F.act == ReasonAct.LIST))
async def listed(
    callback: CallbackQuery, callback_data: OnReasons, session: Session, person: Person
) -> None:
    """List the reasons of a place."""
    await replace(callback, await reasons_page(session, person, callback_data.place_id))


@router.callback_query(OnReasons.filter(F.act == ReasonAct.ADD))
async def add(callback: CallbackQuery, callback_data: OnReasons, **data: Any) -> None:
    """Ask for one more reason."""
    prefill = {"place": callback_data.place_id}
    await start_form(office_forms.ADD_REASON, callback, FormContext.of(data), prefill=prefill)


@router.callback_query(OnReasons.filter((F.act == ReasonAct.CHANGE) & F.reason_id))
async def change(callback: CallbackQuery, callback_data: OnReasons, **data: Any) -> None:
    """Ask for other words."""
    prefill = {"place": callback_data.place_id, "reason": callback_data.reason_id}
    await start_form(office_forms.CHANGE_REASON, callback, FormContext.of(data), prefill=prefill)


@router.callback_query(OnReasons.filter())
async def remove(
    callback: CallbackQuery,
    callback_data: OnReasons,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Remove a reason; a button that names none finds none."""
    outcome = ReasonOutcome.MISSING
    if callback_data.reason_id is not None and callback_data.act is ReasonAct.REMOVE:
        outcome = await remove_reason(session, person, callback_data.reason_id, now=now)
    await toast(callback, said(outcome), alert=outcome is not ReasonOutcome.REMOVED)
    await replace(callback, await reasons_page(session, person, callback_data.place_id))
