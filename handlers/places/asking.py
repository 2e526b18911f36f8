"""The question for a building: step by step down the tree, or typed."""

from typing import Any

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
from handlers.i18n import current_language, mark
from handlers.i18n import gettext as _
from handlers.screen import clip
from models.places.queries import lines_of, offer, search
from models.places.rules import NAME_LENGTH

WHERE_YOU_LIVE = mark("Which building do you live in? Tap it, or write it, such as “building 3”.")

ECHO_AT_MOST = 40


def home_question(key: str, sentence: str = WHERE_YOU_LIVE) -> Question:
    """Make a question whose answer is the id of a place where people can live."""

    async def ask(ctx: FormContext, _answers: Answers) -> Prompt:
        return await _step(ctx, _(sentence))

    return Question(key, ask, accepts=(Choose(), Text(NAME_LENGTH, _understand)))


async def _step(ctx: FormContext, sentence: str) -> Prompt:
    """Ask at `ctx.at`: a place to choose below, or a list of ids found by typed words."""
    language = current_language()
    if isinstance(ctx.at, list):
        lines = (await lines_of(ctx.session, ctx.at)).values()
        found = [Choice(li.short(language), li.place.id, opens=not li.place.leaf) for li in lines]
        return Prompt(_("Which of these do you mean?"), found, columns=1)
    step = await offer(ctx.session, ctx.at)
    choices = [Choice(p.called(language), p.id, opens=not p.leaf) for p in step.options]
    where = f"📍 {step.at.called(language, whole=True)}\n\n" if step.at else ""
    return Prompt(where + sentence, choices)


async def _understand(ctx: FormContext, _answers: Answers, text: str) -> Any:
    found = await search(ctx.session, text)
    if not found:
        return Refused(
            _("I do not know “{place}”. Please write it another way, or tap a button.").format(
                place=clip(text, ECHO_AT_MOST)
            )
        )
    if len(found) > 1:
        return Open([line.place.id for line in found])
    place = found[0].place
    return place.id if place.leaf else Open(place.id)
