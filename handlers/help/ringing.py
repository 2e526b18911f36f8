"""'Please ring me': two taps, for whoever cannot or will not write."""

from typing import Any

from aiogram import Router
from aiogram.types import Message

from handlers.filters import Says
from handlers.form import (
    Answers,
    Choose,
    Form,
    FormContext,
    Prompt,
    Question,
    Text,
    When,
    forms,
    start_form,
)
from handlers.help.danger import cried_for_a_call
from handlers.help.screens.receipt import not_filed_screen, ring_screen
from handlers.help.when import RING_FIRST, near, wish_of
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.people.menu import RING_ME
from handlers.screen import Screen
from models.help.actions.filing import file_request
from models.help.rules.limits import WHEN_LENGTH
from models.help.views import Draft
from models.people.queries import has_given
from models.people.rules import Field

router = Router(name="help.ringing")

RING = "help.ring"
OFFICE = "advice.policy"
"""The kind of a question that the office answers itself."""


@router.message(Says(RING_ME))
async def please_ring(message: Message, **data: Any) -> None:
    """Ask when, and nothing else."""
    await start_form(RING, message, FormContext.of(data))


def ask_when_to_ring(ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask when somebody may be rung."""
    local = ctx.now.astimezone(ctx.zone)
    return Prompt(_("When may the community office ring you?"), near(local))


async def _finish(ctx: FormContext, answers: Answers) -> Screen:
    person = ctx.person
    assert person is not None  # noqa: S101 - the gate lets only registered people in
    wish = wish_of(answers["when"], ctx.now, ctx.zone)
    draft = Draft(
        token=f"{person.id}:{ctx.run}",
        category=OFFICE,
        urgency=wish.urgency,
        text=_(RING_FIRST),
        when_text=wish.when_text,
        start_at=wish.start_at,
    )
    filed = await file_request(ctx.session, person, draft, now=ctx.now)
    if filed.receipt is None:
        return not_filed_screen(filed, ctx.now, emergency=False)
    return ring_screen(
        filed.receipt, ctx.now, known=await has_given(ctx.session, person.id, Field.PHONE)
    )


forms.add(
    Form(
        name=RING,
        version=1,
        title=mark("Please ring me"),
        questions=(
            Question(
                "when",
                ask_when_to_ring,
                accepts=(Choose(), When(), Text(WHEN_LENGTH)),
                label=mark("🕑 When"),
            ),
        ),
        finish=_finish,
        confirm=False,
        interrupt=cried_for_a_call,
    )
)
