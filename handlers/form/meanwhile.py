"""What is written while it is asked which of two forms to go on with: the one chosen gets it."""

from typing import Any

from aiogram.types import Message

from handlers.form import screens
from handlers.form.ahead import Ahead, read_unasked, says_nothing, told
from handlers.form.declare import Answers, forms
from handlers.form.readers import Refused
from handlers.form.reading import Got
from handlers.form.run import Pending
from handlers.form.stage import Talk
from handlers.form.story import joined, words_in
from handlers.form.values import decode, encode


async def keep_meanwhile(talk: Talk, message: Message) -> str:
    """Keep what a message tells for the form that is chosen; return what is said of it."""
    wanted = talk.run.pending
    other = await forms.get(talk.ctx.session, wanted.name) if wanted else None
    form = next((one for one in (other, talk.form) if one is not None and one.story), None)
    if form is None or says_nothing(message.text or ""):
        return screens.problem_tap()
    question = form.by_key[form.story]
    reading = await read_unasked(message, question, talk.ctx, Answers())
    if isinstance(reading, Refused) and not reading.strange:
        return reading.because
    if not isinstance(reading, Got):
        return screens.problem_tap()
    before = talk.run.meanwhile
    value = reading.value if before is None else joined(decode(before), reading.value)
    if value is None:
        return screens.problem_tap()
    talk.run.meanwhile = encode(value)
    return screens.kept_meanwhile()


def into_this(talk: Talk) -> None:
    """Put what was kept into the form that is gone on with; say so, or that it has no place."""
    value = _taken(talk)
    if value is None:
        return
    form, words = talk.form, words_in(value)
    question = form.by_key.get(form.story)
    more = told(talk.run, question, Got(value, words), talk.ctx) if question else None
    if isinstance(more, Ahead):
        more.keep(talk.run)
        talk.aside = more.noted
    else:
        talk.aside = more.because if isinstance(more, Refused) else screens.not_kept(words)


async def into_that(talk: Talk, wanted: Pending) -> str:
    """Put what was kept into the form that begins; return what is said where it has no place."""
    value = _taken(talk)
    form = await forms.get(talk.ctx.session, wanted.name)
    if value is None or form is None:
        return ""
    if not form.story:
        return screens.not_kept(words_in(value))
    before = wanted.prefill.get(form.story)
    whole = value if before is None else joined(decode(before), value)
    if whole is None:
        return screens.not_kept(words_in(value))
    wanted.prefill[form.story] = encode(whole)
    return ""


def _taken(talk: Talk) -> Any:
    kept, talk.run.meanwhile = talk.run.meanwhile, None
    return None if kept is None else decode(kept)
