"""How the tree of places looks to those who look after it."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.i18n import current_language, mark
from handlers.i18n import gettext as _
from handlers.people.screens import home
from handlers.places.callbacks import PlaceAdd, PlaceChange, PlaceLook, PlaceOpen, PlaceRename
from handlers.screen import Screen, button, clip, inline
from models.people.views import Person
from models.places.rules import (
    MERGED_KINDS,
    NAME_LENGTH,
    PlaceKind,
    Planting,
    Verb,
    is_home,
    kinds_below,
)
from models.places.views import Added, Place, PlaceStep

PAGE = 16
NAMES_SHOWN, NAME_SHOWN = 12, 30

KINDS = {
    PlaceKind.CITY: mark("city"),
    PlaceKind.DISTRICT: mark("district"),
    PlaceKind.STREET: mark("street"),
    PlaceKind.COMMUNITY: mark("community"),
    PlaceKind.GRID: mark("grid"),
    PlaceKind.BUILDING: mark("building"),
}


def tree(step: PlaceStep, page: int, username: str | None, told: str = "") -> Screen:
    """Show a place with what is below it, and what can be done there.

    Without the bot's user name the link for a poster is left out.
    """
    place = step.at.place if step.at else None
    lines = [told] if told else []
    if place is not None and step.at is not None:
        lines.append(step.at.called(current_language(), whole=True))
        lines.append(_("Kind: {kind}").format(kind=_(KINDS[place.kind])))
        if username and is_home(place.kind, leaf=place.leaf):
            link = f"https://t.me/{username}?start=b-{place.code}"
            lines.append(_("Link for a poster here: {link}").format(link=link))
    else:
        lines.append(_("The places you look after:"))
    return Screen("\n".join(lines), _("Places"), inline(*_rows(step, page)))


def _rows(step: PlaceStep, page: int) -> list[list[InlineKeyboardButton]]:
    shown = step.options[page * PAGE : (page + 1) * PAGE]
    keys = [button(p.called(current_language()), PlaceOpen(place_id=p.id)) for p in shown]
    rows = [keys[start : start + 2] for start in range(0, len(keys), 2)]
    at = step.at.place.id if step.at else None
    turning = [
        button(label, PlaceOpen(place_id=at, page=to))
        for label, to in ((_("‹ Previous"), page - 1), (_("More ›"), page + 1))
        if 0 <= to * PAGE < len(step.options)
    ]
    rows.append(turning)
    if step.at is not None:
        rows += _work(step.at.place)
    return [*rows, [button(_("🏠 Home"), Go(to="home"))]]


def _work(place: Place) -> list[list[InlineKeyboardButton]]:
    adding = [
        button(f"➕ {_(KINDS[kind])}", PlaceAdd(place_id=place.id, kind=kind))
        for kind in kinds_below(place.kind)
    ]
    rows = [adding[start : start + 3] for start in range(0, len(adding), 3)]
    rename = button(_("✏️ Rename"), PlaceRename(place_id=place.id))
    shaping = []
    if place.parent_id is not None:
        shaping.append(button(_("↪️ Move"), PlaceChange(verb=Verb.MOVE, place_id=place.id)))
        if place.kind in MERGED_KINDS:
            merge = PlaceChange(verb=Verb.MERGE, place_id=place.id)
            shaping.append(button(_("🔗 Merge it"), merge))
        shaping.append(button(_("🗑 Remove"), PlaceLook(verb=Verb.REMOVE, place_id=place.id)))
    up = button(_("‹ Up"), PlaceOpen(place_id=place.parent_id))
    return [*rows, shaping, [rename, up]]


def added(outcome: Added) -> str:
    """Say how many places were added, and why others were not."""
    lines = [_("Added: {count}.").format(count=len(outcome.places))]
    if outcome.there:
        lines.append(_("Were there already: {names}").format(names=_listed(outcome.there)))
    if outcome.unread:
        said = _("Could not be read as names of up to {limit} characters: {names}")
        lines.append(said.format(limit=NAME_LENGTH, names=_listed(outcome.unread)))
    if outcome.beyond:
        said = _("Too many at once; please send the last {count} lines again.")
        lines.append(said.format(count=outcome.beyond))
    return "\n".join(lines) + "\n"


def _listed(names: Sequence[str]) -> str:
    shown = " · ".join(f"“{clip(name, NAME_SHOWN)}”" for name in names[:NAMES_SHOWN])
    return f"{shown} …" if len(names) > NAMES_SHOWN else shown


def not_yours(person: Person) -> Screen:
    """Answer somebody who looks after no places."""
    return home(person, only_for_admins())


def only_for_admins() -> str:
    """Say who looks after the tree."""
    return _("The tree of places is looked after by the admins.")


def problem(planting: Planting) -> str:
    """Say why a place was not added or renamed, or that it was."""
    said = {
        Planting.NOT_ALLOWED: only_for_admins(),
        Planting.NO_SUCH_PLACE: _("That place is no longer there."),
        Planting.TOO_LOW: _("That kind of place cannot stand below this one."),
        Planting.NO_NAME: _("I can see nothing in that name. Please write it in letters."),
        Planting.TOO_LONG: _("A name may have at most {limit} characters.").format(
            limit=NAME_LENGTH
        ),
        Planting.RENAMED: _("Renamed."),
    }
    return said[planting]
