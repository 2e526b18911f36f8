"""Asking for help: opening the form, from the menu or with what somebody just sent."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import Go
from handlers.filters import Says
from handlers.form import FormContext, resume_form, start_form
from handlers.form.held import held
from handlers.form.run import STATE
from handlers.help.callbacks import AddThis, AskOffice, AskWithThis
from handlers.help.filing import went_to
from handlers.help.forms import ASKED_LAST, REQUEST
from handlers.help.ringing import OFFICE
from handlers.help.screens.alarm import gone_screen, passed_on_screen
from handlers.help.screens.receipt import question_screen
from handlers.help.task_forms import ADD
from handlers.help.whom import ME
from handlers.show import follow
from models.help.actions.filing import file_request
from models.help.rules.policy import Urgency
from models.help.views import Draft
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


@router.callback_query(AskWithThis.filter())
async def ask_with_this(
    callback: CallbackQuery, callback_data: AskWithThis, raw_state: str | None = None, **data: Any
) -> None:
    """Begin to ask for help with what was sent; a second tap finds the form open already."""
    ctx = FormContext.of(data)
    what = await held(ctx.state, callback_data.id)
    if what is None and raw_state == STATE + REQUEST:
        await resume_form(callback, ctx)
        return
    if what is None and await went_to(ctx, callback_data.id) is not None:
        await follow(callback, passed_on_screen(), toast="")
        return
    if what is None:
        await follow(callback, gone_screen())
    await _begin(callback, data, what)


@router.callback_query(AskOffice.filter())
async def ask_office(
    callback: CallbackQuery, callback_data: AskOffice, person: Person, **data: Any
) -> None:
    """Put a question to the office as it was written."""
    ctx = FormContext.of({**data, "person": person})
    what = await held(ctx.state, callback_data.message)
    if not isinstance(what, str):
        await follow(callback, gone_screen(), toast="")
        return
    token = f"{person.id}:office:{callback_data.message}"
    draft = Draft(token=token, category=OFFICE, urgency=Urgency.ORDINARY, text=what)
    filed = await file_request(ctx.session, person, draft, now=ctx.now)
    await follow(callback, question_screen(filed, ctx.now), toast="")


@router.callback_query(AddThis.filter())
async def add_this(callback: CallbackQuery, callback_data: AddThis, **data: Any) -> None:
    """Add what was sent to a request; what is no longer held went there, or is asked for again."""
    ctx = FormContext.of(data)
    what = await held(ctx.state, callback_data.message)
    if what is None and await went_to(ctx, callback_data.message) is not None:
        await follow(callback, passed_on_screen(), toast="")
        return
    if what is None:
        await follow(callback, gone_screen())
    await start_form(ADD, callback, ctx, prefill={"more": what, "request": callback_data.id})


async def _begin(event: Message | CallbackQuery, data: dict[str, Any], what: Any = None) -> None:
    """Ask for whom only where somebody is spoken for; the summary lets everybody change it."""
    ctx = FormContext.of(data)
    person: Person = data["person"]
    speaks = bool(await spoken_for(ctx.session, person.id))
    whom = {} if speaks else {"whom": ME}
    await start_form(REQUEST, event, ctx, prefill={**ASKED_LAST, **whom, "what": what})
