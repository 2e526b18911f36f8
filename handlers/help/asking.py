"""Asking for help: opening the form."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import Go
from handlers.filters import Says
from handlers.form import FormContext, start_form
from handlers.help.forms import ASKED_LAST, REQUEST
from handlers.help.whom import ME
from models.people.queries import spoken_for
from models.people.views import Person

router = Router(name="help.asking")


@router.message(Command("ask"))
@router.message(Says("Ask for help"))
async def ask_for_help(message: Message, **data: Any) -> None:
    """Begin to ask for help."""
    await _begin(message, data)


@router.callback_query(Go.filter(F.to == "ask"))
async def tapped_ask(callback: CallbackQuery, **data: Any) -> None:
    """Begin to ask for help from a button."""
    await _begin(callback, data)


async def _begin(event: Message | CallbackQuery, data: dict[str, Any]) -> None:
    """Ask for whom only where somebody is spoken for; the summary lets everybody change it."""
    ctx = FormContext.of(data)
    person: Person = data["person"]
    speaks = bool(await spoken_for(ctx.session, person.id))
    whom = {} if speaks else {"whom": ME}
    await start_form(REQUEST, event, ctx, prefill={**ASKED_LAST, **whom})
