"""Messages that people change after they have sent them: what one gave is renewed.

In a form its answer; at home what is held of it. Whatever else is changed is let be in silence.
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
from handlers.help.forms import WHAT

router = Router(name="edits")


@router.edited_message(in_private)
async def edited(message: Message, **data: Any) -> None:
    """Renew what a message gave."""
    ctx = FormContext.of(data)
    if not await take_edit(message, ctx):
        await _change_held(message, ctx)


async def _change_held(message: Message, ctx: FormContext) -> bool:
    """Put what is written now in place of what is held; an album stays as it is."""
    if message.media_group_id or await held(ctx.state, message.message_id) is None:
        return False
    reading = await read_unasked(message, WHAT, ctx, Answers())
    if isinstance(reading, Got):
        await hold(ctx.state, message.message_id, reading.value)
    return True
