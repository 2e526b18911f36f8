"""The question for a building: step by step down the tree, or typed."""

from collections.abc import Callable, Sequence
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
from models.places.rules import NAME_LENGTH, covers

WHERE_YOU_LIVE = mark("Which building do you live in? Tap it, or write it, such as “building 3”.")

ECHO_AT_MOST = 40

Within = Callable[[FormContext], Sequence[str]]
"""Reads the paths of the places among which somebody chooses."""


def everywhere(_ctx: FormContext) -> Sequence[str]:
    """Return the path that covers all places."""
    return ("/",)


def home_question(
    key: str, sentence: str = WHERE_YOU_LIVE, within: Within = everywhere
) -> Question:
    """Make a question whose answer is the id of a place where people can live.

    Only places at, above or below those `within` are offered and understood.
    """

    async def ask(ctx: FormContext, _answers: Answers) -> Prompt:
        return await _step(ctx, _(sentence), within(ctx))

    async def understand(ctx: FormContext, _answers: Answers, text: str) -> Any:
        return await _understand(ctx, text, within(ctx))

    return Question(key, ask, accepts=(Choose(), Text(NAME_LENGTH, understand)))


def _on_the_way(path: str, within: Sequence[str]) -> bool:
    return any(covers(one, path) or covers(path, one) for one in within)


async def _step(ctx: FormContext, sentence: str, within: Sequence[str]) -> Prompt:
    """Ask at `ctx.at`: a place to choose below, or a list of ids found by typed words."""
    language = current_language()
    if isinstance(ctx.at, list):
        lines = (await lines_of(ctx.session, ctx.at)).values()
        found = [Choice(li.short(language), li.place.id, opens=not li.place.leaf) for li in lines]
        return Prompt(_("Which of these do you mean?"), found, columns=1)
    step = await offer(ctx.session, ctx.at)
    options = [place for place in step.options if _on_the_way(place.path, within)]
    choices = [Choice(p.called(language), p.id, opens=not p.leaf) for p in options]
    where = f"📍 {step.at.called(language, whole=True)}\n\n" if step.at else ""
    return Prompt(where + sentence, choices)


async def _understand(ctx: FormContext, text: str, within: Sequence[str]) -> Any:
    known = await search(ctx.session, text)
    found = [line for line in known if _on_the_way(line.place.path, within)]
    if known and not found:
        return Refused(_("You can only enter people at the places of your desk."))
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
