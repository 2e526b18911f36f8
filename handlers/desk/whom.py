"""For whom the desk writes a request down: anybody of its places by name, or somebody new."""

from collections.abc import Sequence

from handlers.form import (
    Answers,
    Choice,
    Choose,
    FormContext,
    Open,
    Prompt,
    Question,
    Refused,
    Text,
)
from handlers.help.whom import SOMEBODY, told_apart
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.screen import clip
from models.people.queries import find_residents, spoken_for
from models.people.rules import NAME_LENGTH
from models.people.views import Card

ECHO_AT_MOST = 40


async def _ask(ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask for whom: at the top those written down before, at `ctx.at` whom the name found."""
    if isinstance(ctx.at, str):
        text = _("Who of these is it? If it is none of them, write more of the name.")
        return await _prompt(ctx, text, await _found(ctx, ctx.at))
    known = await spoken_for(ctx.session, ctx.person.id) if ctx.person else []
    text = _("For whom? Write a part of the name of anybody at your places, or tap.")
    return await _prompt(ctx, text, known)


async def _prompt(ctx: FormContext, text: str, cards: Sequence[Card]) -> Prompt:
    called = zip(cards, await told_apart(ctx, cards), strict=True)
    people = [Choice(f"👤 {label}", card.id) for card, label in called]
    return Prompt(text, [*people, Choice(_("➕ Somebody new"), SOMEBODY)], columns=1)


async def _found(ctx: FormContext, name: str) -> list[Card]:
    return await find_residents(ctx.session, ctx.person, name) if ctx.person else []


async def _understand(ctx: FormContext, _answers: Answers, text: str) -> Open | Refused:
    """Look for a name; who is meant is tapped even where one is found: names are shared."""
    if await _found(ctx, text):
        return Open(text)
    sentence = _(
        "I find nobody called “{name}” at your places. Write it another way, or tap “Somebody new”."
    )
    return Refused(sentence.format(name=clip(text, ECHO_AT_MOST)))


WHOM = Question(
    "whom",
    _ask,
    accepts=(Choose(), Text(NAME_LENGTH, _understand)),
    label=mark("👤 For whom"),
)
