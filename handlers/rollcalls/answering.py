"""What people answer under a roll-call, and the one tap that sends where they are."""

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import Says, has_location, in_private
from handlers.form import FormContext
from handlers.help.filing import remember_said
from handlers.i18n import gettext as _
from handlers.people.screens import home
from handlers.rollcalls.callbacks import Give, OpenAnswers
from handlers.rollcalls.labels import RED, said, said_of
from handlers.rollcalls.screens import answers
from handlers.show import answer as reply
from handlers.show import follow, replace, toast
from models.database import Session
from models.help.rules.outcomes import DeskOutcome
from models.people.views import Person
from models.rollcalls.actions.answering import add_location, answer, needs_location
from models.rollcalls.queries.board import asked_of
from models.rollcalls.queries.silent import ask_view
from models.rollcalls.rules.outcomes import Answering

router = Router(name="rollcalls.answering")


REFUSED = {Answering.NOT_THEIRS, Answering.MISSING}


async def waits_for_location(
    message: Message, session: Session, person: Person | None, now: datetime
) -> bool:
    """Return whether a location belongs to an emergency that its sender's own answer has filed."""
    if message.location is None or person is None or not await in_private(message):
        return False
    return await needs_location(session, person, now) is not None


@router.callback_query(Give.filter())
async def give(
    callback: CallbackQuery, callback_data: Give, session: Session, person: Person, now: datetime
) -> None:
    """Take an answer; below what was tapped, or in place of it, say what came of it."""
    about, chosen = callback_data.about, callback_data.say.answer
    given = await answer(session, person, callback_data.id, about, chosen, now=now)
    if given.outcome in REFUSED:
        text = said(given.outcome)
        await toast(callback, said_of(text, drill=True) if given.drill else text, alert=True)
        return
    screen = answers.answered_screen(given, await asked_of(session, callback_data.id, person.id))
    show = follow if callback_data.below else replace
    await show(callback, screen, toast=said_of(said(given.outcome), drill=given.drill))
    if given.filed and given.own:
        await follow(callback, answers.where_screen())


@router.callback_query(OpenAnswers.filter())
async def open_answers(
    callback: CallbackQuery, callback_data: OpenAnswers, session: Session, person: Person
) -> None:
    """Show whom one answers for."""
    view = await ask_view(session, person.id, callback_data.id)
    if view is None or not view.asked or view.over:
        await toast(callback, said(Answering.OVER if view else Answering.MISSING), alert=True)
    else:
        await follow(callback, answers.answers_screen(view), toast="")


@router.message(has_location, waits_for_location)
async def located(message: Message, person: Person, **data: Any) -> None:
    """Add where somebody is to their emergency; should they send it live, the point moves."""
    ctx = FormContext.of({**data, "person": person})
    request_id = await needs_location(ctx.session, person, ctx.now)
    at = message.location
    assert at is not None  # noqa: S101 - the filter has seen it
    outcome = await add_location(ctx.session, person, at.latitude, at.longitude, now=ctx.now)
    known = outcome is DeskOutcome.NOTED
    if known and request_id is not None:
        await remember_said(ctx, [message.message_id], request_id)
    text = (
        _("📍 Thank you: whoever comes knows where you are.")
        if known
        else _("We know enough; stay where it is safe.")
    )
    await reply(message, home(person, f"{RED} {text}"))


@router.message(Says(answers.SKIP_LOCATION))
async def not_located(message: Message, person: Person) -> None:
    """Go on without a location."""
    await reply(message, home(person, f"{RED} " + _("All right. Help is coming without it too.")))
