"""Ending a form from outside of it, for something more urgent."""

from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from handlers.form.aside import put_aside
from handlers.form.callbacks import TakeUp
from handlers.form.declare import FormContext
from handlers.form.engine import opened_talk
from handlers.form.run import forget, is_filling
from handlers.form.stage import menu_again, retire
from handlers.i18n import gettext as _
from handlers.screen import button


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
