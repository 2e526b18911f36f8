"""Answers to other questions: somebody tells their story while the form asks something else."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from aiogram.types import Message

from handlers.form import expecting
from handlers.form.declare import Answers, Form, FormContext, Prompt, Question
from handlers.form.readers import PHOTOS_AT_MOST, TEXT_AT_MOST, Open, Refused, Text
from handlers.form.reading import AnswerContext, Got, folded, read
from handlers.form.run import Given, Run
from handlers.form.story import joined, pieces_of, words_in
from handlers.form.values import decode, encode
from handlers.form.wording import words_of
from handlers.i18n import mark, phrases

TELLS_FROM = 2
"""Letters or digits from which written words tell something: '水', '?' and '🙂' do not."""

EMPTY_WORDS = mark("yes|no|ok|okay|thanks|thank you|hello|hi|please|um|wait|what|which|i see")
"""Said in passing: they tell nothing that anybody who comes would need."""


def says_nothing(text: str) -> bool:
    """Return whether words are said in passing only."""
    return bool(folded(text)) and folded(text) in _in_passing()


@cache
def _in_passing() -> frozenset[str]:
    return frozenset(folded(one) for said in phrases(EMPTY_WORDS) for one in said.split("|"))


@dataclass(frozen=True)
class Ahead:
    """An answer to another question, and its words."""

    key: str
    value: Any
    words: str
    more: bool = False
    """It was added to what had been told already."""
    fresh: Any = None
    """What this message told."""

    def keep(self, run: Run) -> None:
        """Keep it: that question is not asked any more."""
        if self.key not in run.answers:
            run.prefilled.append(self.key)
            run.own += 1
        run.answers[self.key] = Given(value=encode(self.value), words=self.words)

    @property
    def noted(self) -> str:
        """Return what is said of it above what is asked."""
        return expecting.noted_down() if self.more else ""


def takes_the_rest(form: Form, question: Question | None) -> str:
    """Return the key of the question to which what this one cannot use belongs; '' for none.

    What is written where a telephone or door is asked may be one: it is not put among words that
    others read. None stands for the summary.
    """
    if question is None:
        return form.story
    if question.personal:
        return ""
    return question.ahead or ("" if question.key == form.story else form.story)


async def read_ahead(
    form: Form, run: Run, message: Message, asked: AnswerContext | None, ctx: FormContext
) -> Ahead | Refused | None:
    """Read what the present question cannot use as the answer to the one it belongs to, or as more
    of it; `asked` is None at the summary. None: nothing to be taken.
    """
    key = takes_the_rest(form, asked.question if asked else None)
    if not key or says_nothing(message.text or ""):
        return None
    reading = await read_unasked(message, form.by_key[key], ctx, Answers())
    question = form.by_key[key]
    return told(run, question, reading, ctx) if isinstance(reading, Got) else reading


def told(run: Run, question: Question, reading: Got, ctx: FormContext) -> Ahead | Refused | None:
    """Return an answer with what was told before, where that can be put together."""
    key, at_most = question.key, _words_at_most(question)
    given = run.answers.get(key)
    before = None if given is None else decode(given.value)
    value = reading.value if before is None else joined(before, reading.value)
    if value is None:
        return None
    words = words_in(value)
    if len(words) > at_most:
        return Refused(expecting.too_long(len(words), at_most))
    if len(pieces_of(value)) > PHOTOS_AT_MOST:
        return Refused(expecting.enough_files(PHOTOS_AT_MOST))
    return Ahead(
        key, value, words_of(value, ctx.zone), more=before is not None, fresh=reading.value
    )


def _words_at_most(question: Question) -> int:
    limits = [one.at_most for one in question.accepts if isinstance(one, Text)]
    return max(limits, default=TEXT_AT_MOST)


async def read_unasked(
    message: Message, question: Question, ctx: FormContext, answers: Answers
) -> Got | Refused | None:
    """Read what was sent without being asked as a question's answer; None for what tells nothing.

    Refused says what that question takes, or which of its limits was passed.
    """
    if message.text is not None and len(folded(message.text)) < TELLS_FROM:
        return None
    reading = await read(
        message, AnswerContext(replace(ctx, at=None), question, Prompt(""), answers)
    )
    return None if isinstance(reading, Open) else reading
