"""Ending a form from outside of it."""

from aiogram.types import CallbackQuery, Message

from handlers.form.declare import FormContext
from handlers.form.engine import opened_talk
from handlers.form.run import forget, is_filling
from handlers.form.stage import menu_again, retire


async def end_form(event: Message | CallbackQuery, ctx: FormContext) -> None:
    """End the open form, if there is one: what is said from now on is about something else."""
    if not is_filling(await ctx.state.get_state()):
        return
    talk = await opened_talk(event, ctx)
    if talk is not None:
        await retire(talk)
        await forget(ctx.state)
        talk.open = False
        await menu_again(talk)
