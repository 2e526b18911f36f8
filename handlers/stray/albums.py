"""Albums that nobody asked for: Telegram sends their pictures one by one, and they stay together.

The first picture says what the album is about; where it went, the others go, too.
"""

from aiogram.types import Message

from handlers.broadcasts.adding import more_for_draft
from handlers.form import Answers, FormContext
from handlers.form.ahead import read_unasked
from handlers.form.held import extend
from handlers.form.reading import Got
from handlers.form.story import words_in
from handlers.help.alarm import running_emergency
from handlers.help.filing import ALBUM, album_request
from handlers.help.forms import WHAT
from handlers.media import media_of
from models.help.actions.speaking import speak, speak_on
from models.people.views import Person

FIRST = "album_first"
"""Conversation data: the number of the first message of the album that came last."""


async def follows(message: Message, person: Person, ctx: FormContext) -> bool:
    """Put a further picture where the first of its album went; False for all else."""
    group = message.media_group_id
    if group is None:
        return False
    kept = await ctx.state.get_data()
    if kept.get(ALBUM) != group:
        await ctx.state.update_data({ALBUM: group, FIRST: message.message_id})
        return False
    reading = await read_unasked(message, WHAT, ctx, Answers())
    if isinstance(reading, Got):
        await _put(reading.value, person, ctx, kept.get(FIRST))
    if isinstance(first := kept.get(FIRST), int):
        await more_for_draft(message, ctx.state, first)
    return True


async def _put(value: object, person: Person, ctx: FormContext, first: object) -> None:
    request_id = await album_request(ctx)
    if request_id is None and (running := await running_emergency(ctx, person)):
        request_id = running.request_id
    if request_id is not None:
        words, media = words_in(value), media_of(value)
        if words:  # to be read now; a further picture alone rings nobody once more
            await speak(ctx.session, person, request_id, words=words, media=media, now=ctx.now)
        else:
            await speak_on(ctx.session, person, request_id, media=media, now=ctx.now)
    elif isinstance(first, int):
        await extend(ctx.state, first, value)
