"""Finding somebody to give a role to: by name or number; a contact or a forward does it too."""

from typing import Any

from handlers.form import (
    Answers,
    Choice,
    Choose,
    Form,
    FormContext,
    Open,
    Prompt,
    Question,
    Refused,
    Text,
    forms,
)
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.roles import screens
from handlers.screen import Screen, clip
from models.people.queries import find_cards, find_people
from models.people.rules import NAME_LENGTH, Granting, Role, may_anywhere, right_to_grant
from models.people.views import Card, Denied, Person
from models.places.queries import lines_of
from models.roles.actions.granting import grantee, open_roles

FIND = "roles.find"
FINDING = f"form:{FIND}"
ECHO_AT_MOST = 40


async def overview(ctx: FormContext, person: Person, page: int) -> Screen:
    """List the standing roles where the person gives roles."""
    grants = await open_roles(ctx.session, person, now=ctx.now)
    if isinstance(grants, Denied):
        return screens.not_yours(person)
    places = await lines_of(ctx.session, {grant.place_id for grant in grants})
    return screens.overview(grants, places, page)


async def who(
    ctx: FormContext, person: Person, person_id: int, known: Card | None = None
) -> Screen:
    """Show one person: their roles here, and which ones the actor can give.

    Somebody `known` to the actor, who has shared their contact, is named wherever they live.
    """
    grants = await open_roles(ctx.session, person, now=ctx.now, person_id=person_id)
    if isinstance(grants, Denied):
        return screens.not_yours(person)
    card = known or await grantee(ctx.session, person, person_id)
    if card is None:
        return screens.outcome(Granting.NO_SUCH_PERSON)
    places = await lines_of(ctx.session, {grant.place_id for grant in grants})
    return screens.who(card, grants, places, grantable(person))


def grantable(person: Person) -> list[Role]:
    """List the roles that somebody can give somewhere."""
    return [role for role in Role if may_anywhere(person.grants, right_to_grant(role))]


async def _ask(ctx: FormContext, _answers: Answers) -> Prompt:
    if isinstance(ctx.at, list):
        found = await find_cards(ctx.session, ctx.at)
        choices = [Choice(f"{card.name} (№ {card.id})", card.id) for card in found]
        return Prompt(_("Who of these is it?"), choices, columns=1)
    return Prompt(
        _(
            "Who is it? Write a part of the name or their number, share their contact, or forward "
            "a message of theirs."
        )
    )


async def _understand(ctx: FormContext, _answers: Answers, text: str) -> Any:
    found = await find_people(ctx.session, ctx.person, text) if ctx.person else []
    if not found:
        return Refused(
            _("I find nobody called “{name}” at your places.").format(name=clip(text, ECHO_AT_MOST))
        )
    return found[0].id if len(found) == 1 else Open([card.id for card in found])


async def _finish(ctx: FormContext, answers: Answers) -> Screen:
    if ctx.person is None:
        raise PermissionError("roles are given by registered people")
    return await who(ctx, ctx.person, answers["who"])


forms.add(
    Form(
        FIND,
        1,
        mark("Give a role"),
        (Question("who", _ask, accepts=(Choose(), Text(NAME_LENGTH, _understand))),),
        _finish,
        confirm=False,
    )
)
