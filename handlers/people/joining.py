"""The way in: consent, a building, and the first screen; at most three taps.

What a newcomer has chosen before anything is kept of them lies in their conversation: the language
of the consent text, and where a deep link leads.
"""

from dataclasses import replace
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, User
from pydantic import BaseModel, ConfigDict, ValidationError

from handlers.form import Again, Answers, Form, FormContext, forms, half_filled, start_form
from handlers.i18n import current_language, mark
from handlers.i18n import gettext as _
from handlers.people import screens
from handlers.people.commands import set_menu
from handlers.people.deep_links import BUILDING, follow_link, leads_somewhere
from handlers.places.asking import home_question
from handlers.screen import Screen
from handlers.show import answer, follow
from models.people.actions.registering import register
from models.people.rules import clean_name
from models.people.views import Person
from models.places.queries import find_code, find_home, line_of, offer
from models.places.rules import NoSuchPlaceError
from models.places.views import PlaceWithAbove

JOIN = "people.join"
JOINING = f"form:{JOIN}"
"""The conversation state of somebody who agreed and is choosing where they live."""

DATA = "newcomer"


class Newcomer(BaseModel):
    """What a conversation keeps of somebody who has not registered."""

    model_config = ConfigDict(frozen=True)

    language: str | None = None
    """The one they chose, if they chose."""
    start: str = ""
    """The payload of the deep link that brought them."""
    name: str = ""


async def newcomer(state: FSMContext) -> Newcomer:
    """Read what is kept; what cannot be read counts as nothing."""
    try:
        return Newcomer.model_validate((await state.get_data()).get(DATA) or {})
    except ValidationError:
        return Newcomer()


async def remember(state: FSMContext, **changes: Any) -> None:
    """Keep more of a newcomer."""
    known = await newcomer(state)
    await state.update_data({DATA: known.model_copy(update=changes).model_dump()})


async def welcome(ctx: FormContext) -> Screen:
    """Make the consent screen, with the building that a deep link or an earlier stay names."""
    return screens.welcome(await _known_home(ctx))


async def _known_home(ctx: FormContext) -> PlaceWithAbove | None:
    prefix, _dash, code = (await newcomer(ctx.state)).start.partition("-")
    place = await find_code(ctx.session, code) if prefix == BUILDING else None
    place_id = place.id if place else ctx.person.place_id if ctx.person else None
    if place_id is None or await find_home(ctx.session, place_id) is None:
        return None
    return await line_of(ctx.session, place_id)


async def agreed(callback: CallbackQuery, place_id: int | None, ctx: FormContext) -> None:
    """Register somebody who agreed, at once if the building is known, else ask for it."""
    if ctx.person and ctx.person.registered:
        await follow(callback, screens.home(ctx.person), toast="")
        return
    name = ctx.person.name if ctx.person else name_of(callback.from_user)
    await remember(ctx.state, name=name)
    if place_id is not None and await find_home(ctx.session, place_id):
        await follow(callback, await enter(ctx, place_id), toast="")
    elif (await offer(ctx.session)).options:
        await start_form(JOIN, callback, ctx)
    else:
        await follow(callback, await enter(ctx, None), toast="")


async def enter(ctx: FormContext, place_id: int | None) -> Screen:
    """Register, set the command menu, and give what the person sees first."""
    known = await newcomer(ctx.state)
    telegram_id = ctx.state.key.user_id
    name = known.name or _("Neighbour")
    language = current_language()
    person = await register(ctx.session, telegram_id, name, language, place_id, ctx.now)
    await _forget(ctx.state)
    await set_menu(ctx.bot, person)
    place = await line_of(ctx.session, person.place_id) if person.place_id else None
    return await _led_on(ctx, person, known.start, screens.joined(person, place))


async def _led_on(ctx: FormContext, person: Person, start: str, joined: Screen) -> Screen:
    """Show where a deep link leads, below the greeting; without one the greeting is all."""
    if not leads_somewhere(start):
        return joined
    await ctx.bot.send_message(chat_id=ctx.state.key.chat_id, **joined.as_kwargs())
    return await follow_link(replace(ctx, person=person), start) or joined


async def home_screen(ctx: FormContext, person: Person) -> Screen:
    """Return the first screen, which says so where a form is half-filled."""
    waiting = await half_filled(ctx.state, ctx.session)
    return screens.half_filled(person, waiting.title) if waiting else screens.home(person)


async def greet(message: Message, ctx: FormContext) -> None:
    """Answer somebody who has not registered with the consent screen."""
    await answer(message, await welcome(ctx))


def name_of(user: User) -> str:
    """Return the name that Telegram knows, cleaned; '' where nothing is to be seen of it."""
    return clean_name(user.full_name)


async def _finish(ctx: FormContext, answers: Answers) -> Screen | Again:
    try:
        return await enter(ctx, answers["place"])
    except NoSuchPlaceError:
        return Again("place", _("Please choose the building once more."))


async def _forget(state: FSMContext) -> None:
    data = await state.get_data()
    data.pop(DATA, None)
    await state.set_data(data)


forms.add(
    Form(
        name=JOIN,
        version=1,
        title=mark("Register"),
        questions=(home_question("place"),),
        finish=_finish,
        confirm=False,
    )
)
