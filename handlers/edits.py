"""Messages that people change after they have sent them: what one gave is renewed.

In a form its answer; at home what is held of it; of a request the correction goes to those who
help, once that is confirmed; an answer in words ("solved", "I am safe", "yes, I am coming") is
renewed or asked about; a location that goes on being sent moves the point, unasked. What has
become a cry for help is asked about. Whatever else is changed is let be in silence.
"""

from typing import Any

from aiogram import Router
from aiogram.types import Message

from handlers.filters import in_private
from handlers.form import Answers, FormContext
from handlers.form.ahead import read_unasked
from handlers.form.edits import take_edit
from handlers.form.held import held, hold
from handlers.form.reading import Got
from handlers.help.filing import offer_change, went_to
from handlers.help.forms import WHAT
from handlers.help.screens import alarm as alarms
from handlers.show import answer
from handlers.stray.changed import take_changed
from handlers.stray.cries import Cry, read_cry
from models.help.actions.filing import move_point

router = Router(name="edits")


@router.edited_message(in_private)
async def edited(message: Message, **data: Any) -> None:
    """Renew what a message gave."""
    ctx = FormContext.of(data)
    if await take_edit(message, ctx) or message.media_group_id or not ctx.heard.own:
        return
    if message.location is not None and ctx.person is not None:
        request_id = await went_to(ctx, message.message_id)
        if request_id is not None:
            at = message.location
            await move_point(
                ctx.session, ctx.person, request_id, at.latitude, at.longitude, now=ctx.now
            )
            return
    reading = await read_unasked(message, WHAT, ctx, Answers())
    if not isinstance(reading, Got):
        return
    if await take_changed(message, ctx) or await offer_change(message, ctx, reading.value):
        return
    found = read_cry(message.text or message.caption or "")
    if found is not None and ctx.person is not None and ctx.person.registered:
        await hold(ctx.state, message.message_id, reading.value)
        despair = found is Cry.DESPAIR
        screen = alarms.listening_screen if despair else alarms.in_danger_screen
        await answer(message, screen(message.message_id))
    elif await held(ctx.state, message.message_id) is not None:
        await hold(ctx.state, message.message_id, reading.value)
