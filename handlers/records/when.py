"""Questions of a day and an hour: what there is to tap, and what holds already."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import time, timedelta
from inspect import isawaitable
from typing import Any

from handlers.form import Answers, Choice, Choose, FormContext, Prompt, Question
from handlers.form.wording import words_of_day
from handlers.i18n import gettext as _

Held = Callable[[FormContext, Answers], Awaitable[tuple[str, Any] | None]]
"""Gives the words and the value of what holds now; None where nothing does."""


def day_choices(ctx: FormContext, ahead: Sequence[int]) -> list[Choice]:
    """Offer the days that lie so far ahead."""
    today = ctx.now.astimezone(ctx.zone).date()
    days = [today + timedelta(days=each) for each in ahead]
    return [Choice(words_of_day(day), day) for day in days]


def hour_choices(hours: Iterable[time]) -> list[Choice]:
    """Offer hours of the day."""
    return [Choice(f"{hour:%H:%M}", hour) for hour in hours]


def kept_first(question: Question, held: Held) -> Question:
    """Make a question offer above its other choices what holds now."""

    async def ask(ctx: FormContext, answers: Answers) -> Prompt:
        found, prompt = await held(ctx, answers), question.ask(ctx, answers)
        asked = await prompt if isawaitable(prompt) else prompt
        if found is None:
            return asked
        words, value = found
        kept = Choice(_("As it is: {words}").format(words=words), value)
        others = [one for one in asked.choices if one.value != value]
        return replace(asked, choices=[kept, *others])

    accepts = question.accepts if Choose() in question.accepts else (Choose(), *question.accepts)
    return replace(question, ask=ask, accepts=accepts)
