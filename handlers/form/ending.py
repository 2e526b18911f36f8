"""Ending a form from outside of it, for something more urgent, or because it is moot."""

from typing import Any

from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from handlers.form.aside import put_aside
from handlers.form.callbacks import TakeUp
from handlers.form.declare import FormContext
from handlers.form.engine import opened_talk
from handlers.form.run import STATE, forget, is_filling, live
from handlers.form.stage import menu_again, retire
from handlers.i18n import gettext as _
from handlers.screen import button


async def end_form(
    event: Message | CallbackQuery, ctx: FormContext, name: str, **about: Any
) -> None:
    """End the open form, now moot, where it is the one of that name with those answers."""
    if await ctx.state.get_state() != STATE + name:
        return
    talk = await opened_talk(event, ctx)
    if talk is None or any(live(talk.form, talk.run)[1][key] != at for key, at in about.items()):
        return
    await retire(talk)
    await forget(ctx.state)
    talk.open = False
    await menu_again(talk)


async def set_aside(event: Message | CallbackQuery, ctx: FormContext) -> list[InlineKeyboardButton]:
    """Close the open form: what is said from now on is about something else.

    What somebody has answered in it is kept; the row that is returned takes it up again. It is
    empty where nothing was open or answered.
    """
    if not is_filling(await ctx.state.get_state()):
        return []
    talk = await opened_talk(event, ctx)
    if talk is None:
        return []
    await retire(talk)
    if talk.run.own:
        await put_aside(ctx.state, ctx.now)
    else:
        await forget(ctx.state)
    talk.open = False
    await menu_again(talk)
    if not talk.run.own:
        return []
    later = _("✍️ Later: go on with “{title}”").format(title=_(talk.form.title))
    return [button(later, TakeUp())]
