"""How many seconds a place asks for, and within how long."""

from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.form import FormContext, start_form
from handlers.proposals import office_forms
from handlers.proposals.callbacks import OnTerms
from handlers.proposals.pages import terms_page
from handlers.show import replace
from models.database import Session
from models.people.views import Person

router = Router(name="proposals.terms")


@router.callback_query(OnTerms.filter(F.ask & F.place_id))
async def ask(callback: CallbackQuery, callback_data: OnTerms, **data: Any) -> None:
    """Ask for number and days, for a topic or for all."""
    topic = str(callback_data.topic) if callback_data.topic else office_forms.ALL
    prefill = {"place": callback_data.place_id, "topic": topic}
    await start_form(office_forms.TERMS, callback, FormContext.of(data), prefill=prefill)


@router.callback_query(OnTerms.filter())
async def show(
    callback: CallbackQuery, callback_data: OnTerms, session: Session, person: Person
) -> None:
    """Show what a place asks for, or choose one of one's places."""
    screen = await terms_page(session, person, callback_data.place_id, callback_data.page)
    await replace(callback, screen)
