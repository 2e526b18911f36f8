"""Signing up somebody without a phone: whom one speaks for, or somebody new."""

from collections.abc import Awaitable, Callable
from enum import StrEnum

from handlers.form import Again, Answers, Choice, Choose, Form, FormContext, Prompt, Question, forms
from handlers.help.whom import ADDING, KEYS, SOMEBODY, enter_somebody, known_choices, somebody_new
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.forms import RECORD, After
from handlers.records.said import said
from handlers.screen import Screen
from models.people.rules import Adding
from models.seats.rules import Took

Signs = Callable[..., Awaitable[StrEnum]]
"""(session, person, id, *, now, whom) -> the outcome"""


async def _ask_whom(ctx: FormContext, _answers: Answers) -> Prompt:
    somebody = Choice(_("➕ Somebody without a phone"), SOMEBODY)
    return Prompt(_("Whom do you sign up?"), [*await known_choices(ctx), somebody], columns=1)


THEIRS = Question("whom", _ask_whom, accepts=(Choose(),))
"""Whom one speaks for, or somebody new."""

SIGNED: dict[StrEnum, str] = {
    Took.HELD: mark("✅ Signed up: the place is theirs."),
    Took.WAITING: mark("It is full: they are in the line, and are asked when it is free."),
}
"""Said of somebody else's place; what else comes of it is said as of one's own."""


def signing_form(
    name: str,
    signs: Signs,
    after: After,
    *,
    subject: str,
    whom: Question = THEIRS,
    at_desk: bool = False,
) -> str:
    """Declare the form that signs somebody else up for a record, and return its name."""

    async def finish(ctx: FormContext, answers: Answers) -> Screen | Again:
        person_id = answers["whom"]
        if person_id == SOMEBODY:
            card = await enter_somebody(ctx, ctx.actor, answers, at_desk=at_desk)
            if isinstance(card, Adding):
                return Again(KEYS.get(card, "whom"), _(ADDING[card]))
            person_id = card.id
        outcome = await signs(
            ctx.session, ctx.actor, answers["record"], now=ctx.now, whom=person_id
        )
        told = _(SIGNED[outcome]) if outcome in SIGNED else said(outcome, subject)
        return await after(ctx, answers["record"], told)

    questions = (whom, *somebody_new(), RECORD)
    title = mark("Sign somebody up")
    forms.add(Form(name, 1, title, questions, finish, confirm=False))
    return name
