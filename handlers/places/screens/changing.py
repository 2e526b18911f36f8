"""How a change of the tree's shape is chosen, asked and reported."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.i18n import current_language, mark
from handlers.i18n import gettext as _
from handlers.places.callbacks import PlaceChange, PlaceLook, PlaceOpen, PlaceSure
from handlers.places.screens.tree import PAGE, only_for_admins
from handlers.screen import Screen, button, inline
from models.places.rules import Reshaping, Verb, covers, kinds_below
from models.places.views import Place, PlaceStep, PlaceWithAbove, Prospect

PLACE_HOOKS = {
    "places": mark("🏘 places below it: {count}"),
    "people": mark("👥 people who live there: {count}"),
    "roles": mark("🪪 roles held there: {count}"),
    "duty": mark("📅 days on the duty roster: {count}"),
    "volunteers": mark("🙋 volunteers who serve there: {count}"),
    "requests": mark("🆘 requests not yet closed: {count}"),
    "early": mark("🔎 early items not settled: {count}"),
    "proposals": mark("💡 proposals not yet ended: {count}"),
    "meetings": mark("🗓 meetings called: {count}"),
    "daychecks": mark("💚 day checks: {count}"),
    "gatherings": mark("🎈 gatherings announced: {count}"),
    "registrations": mark("🗂 registrations that stand there, and kinds: {count}"),
    "posts": mark("📋 public posts that are open: {count}"),
    "inspections": mark("🚶 rounds and walks that go on: {count}"),
    "care": mark("🏡 homes that are looked in on: {count}"),
    "surveys": mark("📋 surveys of needs that are on: {count}"),
    "votes": mark("🗳 votes planned or open: {count}"),
    "broadcasts": mark("📢 notices on their way to it: {count}"),
}


def choose_above(line: PlaceWithAbove, step: PlaceStep, pressed: PlaceChange) -> Screen:
    """Offer the places that a place can stand below, a step at a time."""
    place, language = line.place, current_language()
    at = step.at.place if step.at else None
    wider = [p for p in step.options if place.kind in kinds_below(p.kind) and p.id != place.id]
    keys = [
        button(p.called(language), pressed.model_copy(update={"at_id": p.id, "page": 0}))
        for p in wider[pressed.page * PAGE : (pressed.page + 1) * PAGE]
    ]
    here = []
    if at is not None and _takes(at, place):
        label = _("⬇️ Put it here: {place}").format(place=at.called(language))
        here = [button(label, PlaceLook(verb=Verb.MOVE, place_id=place.id, to_id=at.id))]
    lines = [_("Where does {place} belong?").format(place=line.called(language, whole=True))]
    if step.at:
        lines.append(f"📍 {step.at.called(language, whole=True)}")
    return Screen("\n".join(lines), _("Move"), _keyboard(keys, here, len(wider), pressed))


def choose_twin(line: PlaceWithAbove, twins: list[Place], pressed: PlaceChange) -> Screen:
    """Offer the places of the same kind in one community."""
    language = current_language()
    shown = twins[pressed.page * PAGE : (pressed.page + 1) * PAGE]
    keys = [
        button(p.called(language), PlaceLook(verb=Verb.MERGE, place_id=line.place.id, to_id=p.id))
        for p in shown
    ]
    said = _("Which one is {place} really? It takes over all that hangs on this one.")
    if not twins:
        said = _("There is no other of its kind in the community of {place}.")
    text = said.format(place=line.called(language, whole=True))
    return Screen(text, _("Merge"), _keyboard(keys, [], len(twins), pressed))


def sure(found: Prospect, *, anew: bool = False) -> Screen:
    """Show what hangs on a place, what becomes of it, and ask."""
    change, place = found.change, found.line.place
    lines = [_("Something has changed meanwhile. This is how it stands now:")] if anew else []
    lines.append(_question(found))
    if found.hanging:
        lines += ["", _("What hangs on it:")]
        lines += [_(PLACE_HOOKS[name]).format(count=count) for name, count in found.hanging]
    lines += ["", _consequence(found)]
    back = button(_("‹ Leave it as it is"), PlaceOpen(place_id=place.id))
    if found.blocking:
        return Screen("\n".join(lines), _TITLES[change.verb](), inline([back]))
    go = PlaceSure(verb=change.verb, place_id=change.place_id, to_id=change.to_id, seen=found.seen)
    return Screen(
        "\n".join(lines), _TITLES[change.verb](), inline([button(_YES[change.verb](), go)], [back])
    )


def outcome(found: Reshaping) -> str:
    """Say what came of a change."""
    said = {
        Reshaping.MOVED: _("Moved, with all below it."),
        Reshaping.MERGED: _("Merged. Posters with the old code lead here now."),
        Reshaping.REMOVED: _("Removed. What happened there keeps its name."),
        Reshaping.NOT_ALLOWED: only_for_admins(),
        Reshaping.NO_SUCH_PLACE: _("That place is no longer there."),
        Reshaping.TOO_LOW: _("That kind of place cannot stand below this one."),
        Reshaping.THERE_ALREADY: _("It stands there already."),
        Reshaping.NAME_TAKEN: _(
            "A place of the same name stands there already. Merge the two, or rename one, first."
        ),
        Reshaping.NOT_ALIKE: _("Only buildings, or grids, of one community can be merged."),
        Reshaping.TOP: _("Nothing stands above this place, so it stays."),
        Reshaping.IN_USE: _("Something still hangs on this place, so it stays."),
        Reshaping.TOO_DEEP: _("It would stand too deep in the tree."),
    }
    return said[found] + "\n"


_TITLES = {
    Verb.MOVE: lambda: _("Move"),
    Verb.MERGE: lambda: _("Merge"),
    Verb.REMOVE: lambda: _("Remove"),
}
_YES = {
    Verb.MOVE: lambda: _("✅ Yes, move it"),
    Verb.MERGE: lambda: _("✅ Yes, merge them"),
    Verb.REMOVE: lambda: _("✅ Yes, remove it"),
}


def _question(found: Prospect) -> str:
    language = current_language()
    said = {
        Verb.MOVE: _("Move {place} to {target}?"),
        Verb.MERGE: _("Merge {place} into {target}?"),
        Verb.REMOVE: _("Remove {place}?"),
    }[found.change.verb]
    target = found.target.called(language, whole=True) if found.target else ""
    return said.format(place=found.line.called(language, whole=True), target=target)


def _consequence(found: Prospect) -> str:
    match found.change.verb:
        case Verb.MOVE if found.across:
            return _(
                "All of it goes along. It leaves its community: who looks after it now looks after "
                "it no more, and what was filed keeps its number."
            )
        case Verb.MOVE:
            return _("All of it goes along.")
        case Verb.MERGE:
            return _("All of it goes over. Afterwards the two cannot be told apart again.")
    if found.blocking:
        return _(
            "It cannot be removed while somebody lives there or something goes on there. Move it "
            "or merge it instead, or see that through first."
        )
    if found.hanging:
        return _("These end with it, and whoever held a role is told.")
    return _("Nothing hangs on it.")


def _takes(at: Place, place: Place) -> bool:
    below = covers(place.path, at.path)
    return place.kind in kinds_below(at.kind) and not below and place.parent_id != at.id


def _keyboard(
    keys: list[InlineKeyboardButton],
    here: list[InlineKeyboardButton],
    count: int,
    pressed: PlaceChange,
) -> InlineKeyboardMarkup:
    rows = [keys[start : start + 2] for start in range(0, len(keys), 2)]
    turning = [
        button(label, pressed.model_copy(update={"page": to}))
        for label, to in ((_("‹ Previous"), pressed.page - 1), (_("More ›"), pressed.page + 1))
        if 0 <= to * PAGE < count
    ]
    back = [button(_("‹ Leave it as it is"), PlaceOpen(place_id=pressed.place_id))]
    return inline(here, *rows, turning, back)
