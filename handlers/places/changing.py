"""Moving, merging and removing places: choosing, seeing what hangs on it, making sure."""

from handlers.form import FormContext
from handlers.places.callbacks import PlaceChange
from handlers.places.questions import tree
from handlers.places.screens import changing as screens
from handlers.places.screens.tree import not_yours
from handlers.screen import Screen
from models.people.views import Denied
from models.places.queries import find_standing, line_of, twins
from models.places.rules import Change, Reshaping, Verb
from models.places.views import PlaceStep
from models.reshaping.actions.changing import look_at_change, make_change
from models.reshaping.actions.growing import open_tree


async def targets(ctx: FormContext, pressed: PlaceChange) -> Screen:
    """Show where a place can move to, a step of the tree at a time, or its twins."""
    person = ctx.actor
    here = await open_tree(ctx.session, person, pressed.place_id, now=ctx.now)
    if isinstance(here, Denied):
        return not_yours(person)
    place = await find_standing(ctx.session, pressed.place_id)
    line = await line_of(ctx.session, pressed.place_id)
    if place is None or line is None or here.at is None or here.at.place.id != pressed.place_id:
        return await tree(ctx, pressed.place_id, told=screens.outcome(Reshaping.NO_SUCH_PLACE))
    if pressed.verb is Verb.MERGE:
        return screens.choose_twin(line, await twins(ctx.session, place), pressed)
    step = await open_tree(ctx.session, person, pressed.at_id, now=ctx.now)
    assert isinstance(step, PlaceStep)  # noqa: S101 - the right was asked for above
    return screens.choose_above(line, step, pressed)


async def ask(ctx: FormContext, change: Change) -> Screen:
    """Show what a change would do, and ask."""
    found = await look_at_change(ctx.session, ctx.actor, change, now=ctx.now)
    if isinstance(found, Reshaping):
        return await tree(ctx, change.place_id, told=screens.outcome(found))
    return screens.sure(found)


async def make(ctx: FormContext, change: Change, seen: int) -> Screen:
    """Make a change, and show the tree as it is then."""
    found = await make_change(ctx.session, ctx.actor, change, seen, now=ctx.now)
    if isinstance(found, Reshaping):
        return await tree(ctx, change.place_id, told=screens.outcome(found))
    return screens.sure(found, anew=True)
