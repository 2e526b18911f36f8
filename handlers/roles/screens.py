"""How roles look."""

from collections.abc import Callable, Mapping, Sequence

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Button, Go
from handlers.i18n import current_language
from handlers.i18n import gettext as _
from handlers.people.screens import ROLES, home
from handlers.roles.callbacks import (
    RoleFind,
    RoleGive,
    RoleList,
    RoleSure,
    RoleTake,
    RoleWhere,
)
from handlers.screen import Screen, button, inline
from models.people.rules import CodeUse, Granting, Role
from models.people.views import Card, Grant, Person
from models.places.views import PlaceStep, PlaceWithAbove

PAGE = 8
PLACES_ON_A_PAGE = 16

Row = list[InlineKeyboardButton]
Rows = list[Row]


def role_name(role: Role) -> str:
    """Call a role in the reader's language."""
    return _(ROLES[role])


def overview(grants: Sequence[Grant], places: Mapping[int, PlaceWithAbove], page: int) -> Screen:
    """List the standing roles, a button each, and offer to give one."""
    shown = grants[page * PAGE : (page + 1) * PAGE]
    rows = [[button(_summary(g, places), RoleTake(grant_id=g.id))] for g in shown]
    text = _("Tap a role to take it back, or give somebody a new one.")
    return Screen(
        text if grants else _("Nobody has a role here yet."),
        _("Who does what"),
        inline(
            *rows,
            _turn(page, len(grants), PAGE, lambda to: RoleList(page=to)),
            [button(_("➕ Give a role"), RoleFind())],
            [button(_("🏠 Home"), Go(to="home"))],
        ),
    )


def _summary(grant: Grant, places: Mapping[int, PlaceWithAbove]) -> str:
    where = places[grant.place_id].place.called(current_language())
    return f"{grant.name} · {role_name(grant.role)} · {where}"


def _turn(
    page: int, count: int, size: int, make: Callable[[int], Button]
) -> list[InlineKeyboardButton]:
    row = []
    if page > 0:
        row.append(button(_("‹ Previous"), make(page - 1)))
    if (page + 1) * size < count:
        row.append(button(_("More ›"), make(page + 1)))
    return row


def who(
    card: Card, grants: Sequence[Grant], places: Mapping[int, PlaceWithAbove], can: list[Role]
) -> Screen:
    """Show a person's roles here, and which ones they can be given."""
    held = [f"• {_summary(grant, places)}" for grant in grants]
    rows: Rows = [
        [button(f"➕ {role_name(role)}", RoleWhere(person_id=card.id, role=role))] for role in can
    ]
    rows += [[button(f"➖ {_summary(g, places)}", RoleTake(grant_id=g.id))] for g in grants]
    text = "\n".join(held) or _("No role here yet.")
    question = _("Which role would you like to give?")
    return Screen(f"{text}\n\n{question}", card.name, inline(*rows, _back()))


def where(card: Card, role: Role, step: PlaceStep, page: int) -> Screen:
    """Ask at which place; each place can be taken itself or opened."""
    language = current_language()
    rows: Rows = []
    if step.at is not None:
        here = f"✅ {step.at.place.called(language)}"
        sure = RoleSure(person_id=card.id, role=role, place_id=step.at.place.id)
        rows.append([button(here, sure)])
    shown = step.options[page * PLACES_ON_A_PAGE : (page + 1) * PLACES_ON_A_PAGE]
    keys = [
        button(place.called(language) if place.leaf else f"{place.called(language)} ›", data)
        for place in shown
        for data in [_step(card.id, role, place.id, leaf=place.leaf)]
    ]
    rows += [keys[start : start + 2] for start in range(0, len(keys), 2)]
    at = step.at.place.id if step.at else None

    def turn(to: int) -> RoleWhere:
        return RoleWhere(person_id=card.id, role=role, place_id=at, page=to)

    rows.append(_turn(page, len(step.options), PLACES_ON_A_PAGE, turn))
    text = _("{name} as {role}: at which place? The role reaches all that is below it.")
    said = text.format(name=card.name, role=role_name(role))
    return Screen(said, keyboard=inline(*rows, _back()))


def _step(person_id: int, role: Role, place_id: int, *, leaf: bool) -> RoleSure | RoleWhere:
    kind = RoleSure if leaf else RoleWhere
    return kind(person_id=person_id, role=role, place_id=place_id)


def sure(card: Card, role: Role, place: PlaceWithAbove) -> Screen:
    """Ask once more before a role is given."""
    text = _("Make {name} {role} at {place}?").format(
        name=card.name, role=role_name(role), place=place.called(current_language(), whole=True)
    )
    yes = RoleGive(person_id=card.id, role=role, place_id=place.place.id)
    return Screen(text, keyboard=inline([button(_("✅ Yes"), yes)], _back()))


def sure_to_take(grant: Grant, place: PlaceWithAbove) -> Screen:
    """Ask once more before a role is taken back."""
    text = _("Take back from {name}: {role} at {place}?").format(
        name=grant.name,
        role=role_name(grant.role),
        place=place.called(current_language(), whole=True),
    )
    yes = RoleTake(grant_id=grant.id, sure=True)
    return Screen(text, keyboard=inline([button(_("✅ Yes, take it back"), yes)], _back()))


def outcome(granting: Granting) -> Screen:
    """Say how giving or taking back a role turned out."""
    return Screen(outcome_words(granting), keyboard=inline(_back()))


def outcome_words(granting: Granting) -> str:
    """Word how giving or taking back a role turned out."""
    said = {
        Granting.GRANTED: _("Done: the role is given, and they are told."),
        Granting.REVOKED: _("Done: the role has ended, and they are told."),
        Granting.ALREADY: _("That was done already."),
        Granting.NOT_ALLOWED: _("This role, at this place, is not yours to give or take back."),
        Granting.NO_SUCH_PERSON: _("That person is not registered here (any more)."),
        Granting.NO_SUCH_PLACE: _("That place is no longer there."),
        Granting.NO_SUCH_GRANT: _("That role is no longer there."),
        Granting.LAST_ADMIN: _("The last admin stays. Make somebody else admin first."),
    }
    return said[granting]


def not_yours(person: Person) -> Screen:
    """Answer somebody who gives no roles."""
    return home(person, only_for_granters())


def only_for_granters() -> str:
    """Say who gives roles."""
    return _("Roles are given by the secretary and the admins.")


def code_needed(person: Person) -> Screen:
    """Say how the first admin is made."""
    return home(
        person,
        _("Write the one-time code after the command, like this: /admin ABCD-EFGH-JKMN"),
    )


def code_used(person: Person, use: CodeUse) -> Screen:
    """Say how using an admin code turned out."""
    said = {
        CodeUse.GRANTED: _(
            "You are now admin. /places grows the tree of places, /roles gives others a role."
        ),
        CodeUse.REFUSED: _("This code does not serve: wrong, used, or older than 30 minutes."),
        CodeUse.TOO_MANY: _("Too many codes that did not serve. Please wait an hour."),
    }
    return home(person, said[use])


def _back() -> list[InlineKeyboardButton]:
    return [button(_("‹ Back to the roles"), RoleList())]
