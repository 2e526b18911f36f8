"""Answers given ahead: somebody tells their story while the form still asks something else."""

from dataclasses import dataclass, replace
from typing import Any

from aiogram.types import Message

from handlers.form import expecting
from handlers.form.declare import Answers, Form, FormContext, Prompt, Question
from handlers.form.readers import TEXT_AT_MOST, Open, Refused
from handlers.form.reading import Asked, Got, folded, read
from handlers.form.run import Given, Run
from handlers.form.values import File, Photo, decode, encode
from handlers.form.wording import words_of

TELLS_FROM = 2
"""Letters or digits from which written words tell something: '水', '?' and '🙂' do not."""


@dataclass(frozen=True)
class Ahead:
    """An answer to a later question, and its words."""

    key: str
    value: Any
    words: str

    def keep(self, run: Run) -> None:
        """Keep it: that question is not asked any more."""
        if self.key not in run.prefilled:
            run.prefilled.append(self.key)
            run.own += 1
        run.answers[self.key] = Given(value=encode(self.value), words=self.words)


async def read_ahead(
    form: Form, run: Run, message: Message, asked: Asked
) -> Ahead | Refused | None:
    """Read what the present question cannot use as the answer to the one it names.

    Until the present question is answered, more words are added. None: nothing to be taken ahead.
    """
    key = asked.question.ahead
    if not key or (key in run.answers and asked.question.key in run.answers):
        return None
    reading = await read_unasked(message, form.by_key[key], asked.ctx, asked.answers)
    if not isinstance(reading, Got):
        return reading
    given = run.answers.get(key)
    value = reading.value if given is None else _added(decode(given.value), reading.value)
    if value is None:
        return None
    text = value.caption if isinstance(value, Photo | File) else value
    if isinstance(text, str) and len(text) > TEXT_AT_MOST:
        return Refused(expecting.too_long(len(text), TEXT_AT_MOST))
    return Ahead(key, value, words_of(value, asked.ctx.zone))


async def read_unasked(
    message: Message, question: Question, ctx: FormContext, answers: Answers
) -> Got | Refused | None:
    """Read what was sent without being asked as a question's answer; None for what tells nothing.

    Refused says what that question takes, or which of its limits was passed.
    """
    if message.text is not None and len(folded(message.text)) < TELLS_FROM:
        return None
    reading = await read(message, Asked(replace(ctx, at=None), question, Prompt(""), answers))
    return None if isinstance(reading, Open) else reading


def _added(before: Any, more: Any) -> Any:
    match before, more:
        case str(), str():
            return f"{before}\n{more}"
        case Photo(caption=caption) | File(caption=caption), str():
            return replace(before, caption=f"{caption}\n{more}".strip())
        case str(), Photo(caption=caption) | File(caption=caption):
            return replace(more, caption=f"{before}\n{caption}".strip())
    return None
