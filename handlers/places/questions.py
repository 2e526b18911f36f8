"""The one-question conversations that grow the tree."""

from handlers.form import Again, Answers, Form, FormContext, Number, Question, Text, forms, plain
from handlers.i18n import mark
from handlers.places.screens import tree as screens
from handlers.screen import Screen
from models.people.views import Denied
from models.places.rules import NAME_LENGTH, PlaceKind, Planting
from models.reshaping.actions.growing import add_places, open_tree, rename_place

ADD, RENAME = "places.add", "places.rename"

TEXT_AT_MOST = 3000
"""A grid's buildings in one message, a name a line."""

MOST = 2**53


async def tree(ctx: FormContext, place_id: int | None, page: int = 0, told: str = "") -> Screen:
    """Show a place of the tree as it is now."""
    person = ctx.actor
    step = await open_tree(ctx.session, person, place_id, now=ctx.now)
    if isinstance(step, Denied):
        return screens.not_yours(person)
    return screens.tree(step, page, ctx.bot_username, told)


async def _add(ctx: FormContext, answers: Answers) -> Screen | Again:
    kind, parent = PlaceKind(answers["kind"]), answers["parent"]
    added = await add_places(ctx.session, ctx.actor, parent, kind, answers["names"], now=ctx.now)
    if not isinstance(added, Planting):
        return await tree(ctx, parent, told=screens.added(added))
    return await _problem(ctx, added, "names", parent)


async def _rename(ctx: FormContext, answers: Answers) -> Screen | Again:
    place_id = answers["place"]
    outcome = await rename_place(ctx.session, ctx.actor, place_id, answers["name"], now=ctx.now)
    return await _problem(ctx, outcome, "name", place_id)


async def _problem(ctx: FormContext, planting: Planting, key: str, place_id: int) -> Screen | Again:
    said = screens.problem(planting)
    if planting in {Planting.NO_NAME, Planting.TOO_LONG}:
        return Again(key, said)
    return await tree(ctx, place_id, told=said)


def _given(key: str) -> Question:
    """Make a question that is never asked: the button that opens the form gives the answer."""
    return Question(key, plain(""), accepts=(Number(at_most=MOST),), given=True)


forms.add(
    Form(
        ADD,
        1,
        mark("New places"),
        (
            _given("parent"),
            Question("kind", plain(""), accepts=(Text(16),), given=True),
            Question(
                "names",
                plain(
                    mark(
                        "What is it called? Several at once: a name a line. An English name may "
                        "follow after a slash, such as “3号楼 / Building 3”."
                    )
                ),
                accepts=(Text(TEXT_AT_MOST),),
            ),
        ),
        _add,
        confirm=False,
    )
)
forms.add(
    Form(
        RENAME,
        1,
        mark("Another name"),
        (
            _given("place"),
            Question(
                "name",
                plain(mark("What is it called now? An English name may follow after a slash.")),
                accepts=(Text(2 * NAME_LENGTH + 3),),
            ),
        ),
        _rename,
        confirm=False,
    )
)
