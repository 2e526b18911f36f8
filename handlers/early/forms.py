"""Settling an item: what was done, in a few words."""

from handlers.early.screens import said, settled_screen
from handlers.form import Again, Answers, Form, FormContext, Number, Question, Text, forms, plain
from handlers.i18n import mark
from handlers.screen import Screen
from models.early.actions import settle
from models.early.rules import WORDS_LENGTH, EarlyOutcome

SETTLE = "early.settle"


async def _settle(ctx: FormContext, answers: Answers) -> Screen | Again:
    outcome = await settle(
        ctx.session, ctx.actor, answers["item"], words=answers["words"], now=ctx.now
    )
    if outcome is EarlyOutcome.WORDS_NEEDED:
        return Again("words", said(outcome))
    return settled_screen(outcome)


forms.add(
    Form(
        name=SETTLE,
        version=1,
        title=mark("Put right"),
        questions=(
            Question(
                "words",
                plain(mark("What was done? In a few words; the residents who asked read it.")),
                accepts=(Text(WORDS_LENGTH),),
            ),
            Question(
                "item",
                plain(mark("Which is it? Please open it once more and begin there.")),
                accepts=(Number(1, 2**53 - 1),),
            ),
        ),
        finish=_settle,
        confirm=False,
    )
)
