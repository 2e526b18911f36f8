"""The small form: one question about a record, answered and done."""

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Any

from handlers.form import (
    Again,
    Answers,
    Form,
    FormContext,
    Number,
    Question,
    Reader,
    Text,
    forms,
    plain,
)
from handlers.i18n import mark
from handlers.records.said import said
from handlers.screen import Screen
from models.records.rules import Refusal

RECORD = Question(
    "record",
    plain(mark("Which is it? Please open it once more and begin there.")),
    accepts=(Number(1, 2**53 - 1),),
    given=True,
)
"""Given by the button that opens the form; it stands last."""

ASKED_AGAIN = {Refusal.EMPTY, Refusal.BAD_CHOICE, Refusal.BAD_DATE}

Then = Callable[..., Awaitable[StrEnum]]
"""(session, person, id, answer, *, now) -> the outcome"""
After = Callable[[FormContext, int, str], Awaitable[Screen]]
"""(context, id, what came of it) -> the screen that ends the form"""


def small_form(
    name: str,
    title: str,
    asks: str,
    then: Then,
    after: After,
    *,
    accepts: tuple[Reader, ...] = (Text(500),),
    optional: bool = False,
    subject: str = "",
    version: int = 1,
) -> str:
    """Declare a form of one question, and return its name.

    The answer to an `optional` one that was skipped is None. An answer that does not serve is asked
    for again with the reason; of a file or the like, `then` is given what was read.
    """

    async def finish(ctx: FormContext, answers: Answers) -> Screen | Again:
        record_id: Any = answers["record"]
        outcome = await then(ctx.session, ctx.actor, record_id, answers["answer"], now=ctx.now)
        if outcome in ASKED_AGAIN:
            return Again("answer", said(outcome, subject))
        return await after(ctx, record_id, said(outcome, subject))

    question = Question("answer", plain(asks), accepts=accepts, optional=optional)
    forms.add(Form(name, version, title, (question, RECORD), finish, confirm=False))
    return name
