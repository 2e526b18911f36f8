"""Messages that were changed after they were sent: the answer that one gave is renewed."""

from typing import Any

from aiogram.types import Message

from handlers.form import screens
from handlers.form.asking import WORDS_AT_MOST, asked_now
from handlers.form.declare import FormContext
from handlers.form.engine import ask_present, keep, opened_talk
from handlers.form.reading import AnswerContext, Got, read
from handlers.form.run import Given, Source, put
from handlers.form.stage import Talk
from handlers.form.story import joined
from handlers.form.values import File, Photo, decode, encode
from handlers.form.wording import hidden, words_of
from handlers.screen import clip


async def take_edit(message: Message, ctx: FormContext) -> bool:
    """Renew the answer that a message gave in the open form; False where it gave none."""
    talk = await opened_talk(message, ctx)
    if talk is None:
        return False
    source = next((one for one in talk.run.sources if one.message == message.message_id), None)
    if source is None:
        return False
    talk.aside = await _renew(talk, message, source)
    if talk.aside:
        await ask_present(talk, in_place=True)
    await keep(talk)
    return True


async def _renew(talk: Talk, message: Message, source: Source) -> str:
    """Return what is said of it; '' where nothing has changed."""
    run = talk.run
    if source.key not in run.answers and source.key != run.key:
        return ""
    present = run.key, run.path
    run.key, run.path = source.key, []
    asked = await asked_now(talk)
    run.key, run.path = present
    reading = await read(message, asked)
    if not isinstance(reading, Got):
        return screens.not_renewed()
    if _is_collected(talk, source.key, reading.value):
        return screens.renewed(words_of(reading.value, talk.ctx.zone))
    value = reading.value
    if source.key == talk.form.story:
        source.value = encode(value)
        value = _told(talk, source.key)
    if encode(value) == run.answers[source.key].value:
        return ""
    return _keep(talk, asked, value, reading.words)


def _keep(talk: Talk, asked: AnswerContext, value: Any, written: str) -> str:
    key = asked.question.key
    story = key == talk.form.story
    words = words_of(value, talk.ctx.zone) if story else written
    words = hidden(value) if asked.question.personal else clip(words, WORDS_AT_MOST)
    put(talk.form, talk.run, key, Given(value=encode(value), words=words))
    return screens.renewed(words)


def _told(talk: Talk, key: str) -> Any:
    """Put together once more what was told in several messages."""
    parts = [decode(one.value) for one in talk.run.sources if one.key == key and one.value]
    value = parts[0]
    for more in parts[1:]:
        value = joined(value, more)
    return value


def _is_collected(talk: Talk, key: str, value: Any) -> bool:
    """Renew the words under a picture among those collected, or answered, for a question."""
    if not isinstance(value, Photo | File):
        return False
    given = talk.run.answers.get(key)
    kept = given.value if given is not None and isinstance(given.value, list) else []
    lists = [[one.value for one in talk.run.part] if key == talk.run.key else [], kept]
    for values in lists:
        for one in values:
            if isinstance(one, dict) and one.get("unique_id") == value.unique_id:
                one.update(encode(value))
                return True
    return False
