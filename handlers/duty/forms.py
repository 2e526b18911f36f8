"""Desk hours in words."""

from typing import Any

from handlers.duty.pages import hours_page
from handlers.duty.screens import hours_words, how_to_write, said, unreadable
from handlers.form import (
    Again,
    Answers,
    Form,
    FormContext,
    Number,
    Prompt,
    Question,
    Refused,
    Text,
    forms,
    plain,
)
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.screen import Screen
from handlers.text import paragraphs
from models.duty.actions import set_hours
from models.hours.rules.desk_hours_text import Unreadable, read, written
from models.policy.current import policy_of

HOURS = "duty.hours"
LONGEST = 400
"""Characters that a week of hours can have."""


def _ask(_ctx: FormContext, _answers: Answers) -> Prompt:
    return Prompt(paragraphs(_("When is the desk open?"), how_to_write()))


async def _understand(ctx: FormContext, _answers: Answers, text: str) -> Any:
    hours = read(text, policy_of(ctx.session).desk.zone)
    return Refused(unreadable(hours)) if isinstance(hours, Unreadable) else written(hours)


async def _set(ctx: FormContext, answers: Answers) -> Screen | Again:
    hours = read(answers["hours"], policy_of(ctx.session).desk.zone)
    if isinstance(hours, Unreadable):
        return Again("hours", unreadable(hours))
    actor, place_id = ctx.actor, answers["place"]
    outcome = await set_hours(ctx.session, actor, place_id, hours, now=ctx.now)
    told = said(outcome)
    return await hours_page(ctx.session, actor, place_id, told) or Screen(told)


def _shown(ctx: FormContext, value: Any) -> str:
    hours = read(str(value), policy_of(ctx.session).desk.zone)
    return str(value) if isinstance(hours, Unreadable) else hours_words(hours)


forms.add(
    Form(
        name=HOURS,
        version=1,
        title=mark("Desk hours"),
        questions=(
            Question(
                "hours",
                _ask,
                accepts=(Text(LONGEST, _understand),),
                label=mark("Open"),
                show=_shown,
            ),
            Question(
                "place",
                plain(mark("Which place is it? Please open it once more and begin there.")),
                accepts=(Number(1, 2**53 - 1),),
                given=True,
            ),
        ),
        finish=_set,
        send=mark("✅ Save"),
    )
)
