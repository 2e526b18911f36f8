"""Choosing a place of one's own to write to: whole, or a part of it."""

from handlers.form import Answers, Choice, FormContext, Prompt
from handlers.i18n import gettext as _
from models.people.rules import Right
from models.places.queries import offer_within
from models.places.views import Place


async def ask_place(ctx: FormContext, _answers: Answers) -> Prompt:
    """Offer the places where the sender may, a step down the tree at a time."""
    paths = ctx.actor.paths_with(Right.BROADCAST)
    step = await offer_within(ctx.session, paths, ctx.at)
    text = _("To whom? Everybody who lives at a place is meant, and below it.")
    if step.at is not None:
        text = _("Which part of {place}?").format(place=step.at.place.called(ctx.language))
    return Prompt(text, [each for place in step.options for each in _choices(ctx, place)], 1)


def _choices(ctx: FormContext, place: Place) -> list[Choice]:
    name = place.called(ctx.language)
    whole = Choice(f"👥 {name}", place.id)
    if place.leaf:
        return [whole]
    return [whole, Choice(_("A part of {place}").format(place=name), place.id, opens=True)]
