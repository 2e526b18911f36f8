"""Hearing a cry for help in the middle of a form."""

from aiogram.types import Message

from handlers.form import (
    Answers,
    FormContext,
    Location,
    OneFile,
    OnePhoto,
    Question,
    Story,
    Text,
    VoiceNote,
    hear_beside,
    plain,
)
from handlers.form.ahead import read_unasked
from handlers.form.held import hold
from handlers.form.reading import Got
from handlers.form.story import joined, words_in
from handlers.help.alarm import call, cried
from handlers.help.screens import alarm as screens
from handlers.i18n import mark
from handlers.media import media_of
from handlers.screen import Screen
from handlers.stray.cries import Cry, cries_for_oneself, read_cry

MOST = 1000
"""Characters of a cry that are kept."""
WORK = ("broadcasts.", "rollcalls.", "desk.", "orders.", "duty.", "meetings.", "votes.")
"""Forms in which one writes for others about what has happened: danger is told of, not cried.

What is short and says "I", or is nothing but a call, is asked about there as everywhere.
"""


SAID = Question(
    "what",
    plain(mark("💬 What it is about")),
    accepts=(Text(MOST), VoiceNote(), OnePhoto(), OneFile(), Location()),
)
"""How a cry is read: as what is the matter would be."""


async def cried_out(message: Message, ctx: FormContext, answers: Answers) -> Screen | None:
    """Call for help in the middle of asking for it, with all that was told before.

    None where the words are no cry.
    """
    words = message.text or message.caption or ""
    if read_cry(words) is not Cry.CLEAR or ctx.person is None:
        return None
    now = await _told(message, ctx)
    told = now if answers["what"] is None else joined(answers["what"], now)
    told = joined(told, Story(sent=tuple(answers["photos"] or ())))
    number, whom = message.message_id, answers["whom"]
    if isinstance(whom, int):
        return await call(ctx, ctx.person, number, words_in(told), media_of(told), whom)
    await hold(ctx.state, number, told)
    return await cried(ctx, ctx.person, number, words_in(told), media_of(told))


async def cried_for_a_call(message: Message, ctx: FormContext, _answers: Answers) -> Screen | None:
    """Call for help where somebody who asked to be rung cries out; None where nobody does."""
    if read_cry(message.text or message.caption or "") is not Cry.CLEAR or ctx.person is None:
        return None
    told = await _told(message, ctx)
    await hold(ctx.state, message.message_id, told)
    return await cried(ctx, ctx.person, message.message_id, words_in(told), media_of(told))


async def danger_beside(message: Message, ctx: FormContext, form: str) -> Screen | None:
    """Ask with one large button whether a cry in any other form is one; None for what is none."""
    found = read_cry(message.text or message.caption or "")
    if found not in {Cry.CLEAR, Cry.DESPAIR} or ctx.person is None:
        return None
    if form.startswith(WORK) and not cries_for_oneself(message.text or message.caption or ""):
        return None
    number = message.message_id
    await hold(ctx.state, number, await _told(message, ctx))
    if found is Cry.DESPAIR:
        return screens.listening_screen(number)
    return screens.in_danger_screen(number)


async def _told(message: Message, ctx: FormContext) -> object:
    reading = await read_unasked(message, SAID, ctx, Answers())
    return reading.value if isinstance(reading, Got) else message.text or message.caption or ""


hear_beside(danger_beside)
