"""Calling for help at once: one tap, or the cry itself, with nothing further asked.

The numbers to ring stand first in every answer. A second cry while help is on its way is added to
the first; a call that was none is taken back with one tap.
"""

from datetime import timedelta
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import Says
from handlers.form import FormContext, set_aside
from handlers.form.held import held
from handlers.form.story import words_in
from handlers.help.callbacks import CallNow
from handlers.help.filing import remember_said
from handlers.help.screens import alarm as screens
from handlers.help.screens.outcomes import said
from handlers.help.screens.receipt import not_filed_screen
from handlers.media import media_of
from handlers.people.menu import ALARM
from handlers.screen import Screen, with_row
from handlers.show import answer, follow
from models.categories import EMERGENCY
from models.help.actions.filing import file_request
from models.help.actions.speaking import speak
from models.help.queries.resident import my_requests
from models.help.rules.policy import Urgency
from models.help.rules.states import UNENDED
from models.help.views import Draft, RequestLine
from models.media import Media
from models.people.queries import find_card, has_given, spoken_for
from models.people.rules import Field
from models.people.views import Person

router = Router(name="help.alarm")

STILL_THE_SAME = timedelta(hours=2)
"""How long further words in danger belong to the emergency that is open."""


@router.message(Says(ALARM))
async def pressed(message: Message, person: Person, **data: Any) -> None:
    """Call for help from the first screen."""
    ctx = FormContext.of({**data, "person": person})
    screen = await cried(ctx, person, message.message_id)
    if await running_emergency(ctx, person):
        screen = with_row(screen, await set_aside(message, ctx))
    await answer(message, screen)


@router.callback_query(CallNow.filter())
async def confirmed(
    callback: CallbackQuery, callback_data: CallNow, person: Person, **data: Any
) -> None:
    """Call for help with what was written, for whom the button says."""
    ctx = FormContext.of({**data, "person": person})
    number, about = callback_data.message, callback_data.about
    if number is None:
        under = callback.message.message_id if callback.message else callback.from_user.id
        screen = await cried(ctx, person, under)
    else:
        what = await held(ctx.state, number)
        screen = await call(ctx, person, number, words_in(what), media_of(what), about)
    if await running_emergency(ctx, person):
        screen = with_row(screen, await set_aside(callback, ctx))
    await follow(callback, screen, toast="")


async def cried(
    ctx: FormContext, person: Person, number: int, words: str = "", media: tuple[Media, ...] = ()
) -> Screen:
    """Call for help, or ask for whom where somebody is spoken for; `number` names the message."""
    if running := await running_emergency(ctx, person):
        return await _add(ctx, person, running, words, media)
    if others := await spoken_for(ctx.session, person.id):
        return screens.for_whom_screen(number, others)
    return await call(ctx, person, number, words, media, person.id)


async def call(
    ctx: FormContext,
    person: Person,
    number: int,
    words: str,
    media: tuple[Media, ...],
    about_id: int | None,
) -> Screen:
    """File an emergency; the same message files once."""
    if running := await running_emergency(ctx, person, about_id):
        return await _add(ctx, person, running, words, media)
    draft = Draft(
        token=f"{person.id}:alarm:{number}",
        category=EMERGENCY,
        urgency=Urgency.EMERGENCY,
        text=words,
        media=media,
        beneficiary_id=None if about_id in {None, person.id} else about_id,
    )
    filed = await file_request(ctx.session, person, draft, now=ctx.now)
    if filed.receipt is None:
        return not_filed_screen(filed, ctx.now, emergency=True)
    await remember_said(ctx, [number], filed.receipt.request_id)
    other = await find_card(ctx.session, draft.beneficiary_id) if draft.beneficiary_id else None
    return screens.called_screen(
        filed.receipt,
        ctx.now,
        reachable=await has_given(ctx.session, draft.beneficiary_id or person.id, Field.DOOR),
        other=other.name if other else "",
    )


async def running_emergency(
    ctx: FormContext, person: Person, about_id: int | None = None
) -> RequestLine | None:
    """Return the emergency that this person called for lately and that is still open."""
    mine = await my_requests(ctx.session, person, now=ctx.now)
    running = (
        line
        for line in mine
        if line.urgency is Urgency.EMERGENCY
        and line.state in UNENDED
        and ctx.now - line.created_at < STILL_THE_SAME
        and about_id in {None, line.beneficiary.id}
    )
    return next(running, None)


async def _add(
    ctx: FormContext,
    person: Person,
    running: RequestLine,
    words: str,
    media: tuple[Media, ...],
) -> Screen:
    if not words and not media:
        return screens.running_screen(running, person.id)
    outcome = await speak(
        ctx.session, person, running.request_id, words=words, media=media, now=ctx.now
    )
    return screens.running_screen(running, person.id, said(outcome))
