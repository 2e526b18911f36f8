"""Coming in, the first screen, language, help and /cancel: open to everybody, registered or not."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart, invert_f
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import Go
from handlers.filters import registered
from handlers.form import FormContext
from handlers.form.held import end_thought
from handlers.form.run import is_filling
from handlers.i18n import speaking
from handlers.people import joining, notices, screens
from handlers.people.callbacks import Agree, Speak
from handlers.people.commands import entries_for, said, set_menu
from handlers.people.deep_links import follow_link
from handlers.people.tongue import speak_chosen
from handlers.show import answer, follow, replace
from models.database import Session
from models.people.actions.registering import set_language
from models.people.views import Person

__all__ = ["notices", "router"]  # importing the notices enters their renderers

router = Router(name="people")
router.message.outer_middleware(speak_chosen)
router.callback_query.outer_middleware(speak_chosen)


async def open_form(_message: Message, raw_state: str | None = None) -> bool:
    """Return whether a form is open, which answers /cancel itself."""
    return is_filling(raw_state)


@router.message(CommandStart(), registered)
async def start(message: Message, command: CommandObject, **data: Any) -> None:
    """Show the first screen, or where a deep link leads; the command menu is set anew."""
    ctx = FormContext.of(data)
    person: Person = data["person"]
    await set_menu(ctx.bot, person)
    await end_thought(ctx.state)
    led = await follow_link(ctx, command.args or "")
    await answer(message, led or await joining.home_screen(ctx, person))


@router.message(CommandStart())
async def begin(message: Message, command: CommandObject, **data: Any) -> None:
    """Welcome somebody new; what a deep link says is kept until they have registered."""
    ctx = FormContext.of(data)
    await ctx.state.set_state(None)
    await joining.remember(ctx.state, start=(command.args or "")[:64])
    await joining.greet(message, ctx)


@router.callback_query(Agree.filter())
async def agree(callback: CallbackQuery, callback_data: Agree, **data: Any) -> None:
    """Take somebody's consent."""
    await joining.agreed(callback, callback_data.place_id, FormContext.of(data))


@router.callback_query(Go.filter(F.to == "home"), registered)
async def go_home(callback: CallbackQuery, **data: Any) -> None:
    """Show the first screen below."""
    ctx = FormContext.of(data)
    await end_thought(ctx.state)
    await follow(callback, await joining.home_screen(ctx, data["person"]), toast="")


@router.message(Command("help"), registered)
async def show_help(message: Message, person: Person) -> None:
    """List what this person can do."""
    await answer(message, screens.guide(person, said(entries_for(person))))


@router.message(Command("cancel"), registered, invert_f(open_form))
async def cancel(message: Message, state: FSMContext, person: Person) -> None:
    """Say that nothing is open; an open form answers /cancel itself."""
    await state.set_state(None)
    await answer(message, screens.nothing_to_cancel(person))


@router.message(Command("cancel"), invert_f(registered))
async def cancel_joining(message: Message, **data: Any) -> None:
    """Bring somebody new back to the beginning."""
    ctx = FormContext.of(data)
    await ctx.state.set_state(None)
    await joining.greet(message, ctx)


@router.message(Command("language"))
async def ask_language(message: Message) -> None:
    """Ask which language to speak."""
    await answer(message, screens.choose_language())


@router.callback_query(Speak.filter(), registered)
async def speak(
    callback: CallbackQuery, callback_data: Speak, session: Session, person: Person, bot: Any
) -> None:
    """Speak another language from now on: on the first screen, in the menu, in every push."""
    changed = await set_language(session, person, callback_data.language)
    await set_menu(bot, changed)
    with speaking(changed.language):
        await follow(callback, screens.language_set(changed), toast="")


@router.callback_query(Speak.filter())
async def speak_with_newcomer(callback: CallbackQuery, callback_data: Speak, **data: Any) -> None:
    """Show the consent text in another language."""
    ctx = FormContext.of(data)
    await joining.remember(ctx.state, language=callback_data.language)
    with speaking(callback_data.language):
        await replace(callback, await joining.welcome(ctx))
