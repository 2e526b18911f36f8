"""How settings look."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton, ReplyKeyboardRemove

from handlers.callbacks import Go
from handlers.clock_text import at_clock
from handlers.i18n import LANGUAGES, current_language, mark
from handlers.i18n import gettext as _
from handlers.people.screens import languages
from handlers.screen import Screen, button, inline
from handlers.settings.callbacks import Set, Setting
from models.people.rules import Field, Leaving, mask
from models.people.views import Look, Person
from models.places.views import PlaceWithAbove

FIELDS = {
    Field.PHONE: mark("phone"),
    Field.DOOR: mark("door"),
    Field.NOTE: mark("note"),
}
COLUMNS: dict[str, str] = {
    "reasons": mark("why you asked for company"),
    "wishes": mark("your wishes"),
    "wishes_voice": mark("your wishes"),
    "words": mark("what was said at your door"),
    "name": mark("name"),
    "voice": mark("your voice message"),
    "needs": mark("what you need"),
    "report": mark("what was done about it"),
    "sent_back": mark("why that was not enough"),
}
"""Sealed columns of what subjects keep about somebody, by name."""
SUBJECTS = {
    "help": mark("request {number}"),
    "proposals": mark("who wrote proposal {number}"),
    "filings": mark("what was filled in about you"),
    "care": mark("to look in on you"),
    "care.door": mark("to find your door when they look in"),
    "care.needs": mark("to see what you need"),
    "care.calls": mark("to see how you were found"),
    "care.concerns": mark("to see to what you told in confidence"),
    "circle": mark("to ring one of your circle"),
    "daychecks": mark("to see whether you need help"),
    "care.gifts": mark("to bring you something for a festival"),
    "care.ledgers": mark("for a ledger"),
    "broadcasts.buddy": mark("to knock at your door in an emergency"),
}
"""What a look was for, by subject; for any other it was by right of the desk."""
LOOKED_AT = {**{str(field): words for field, words in FIELDS.items()}, **COLUMNS}


def overview(
    person: Person,
    place: PlaceWithAbove | None,
    personal: dict[Field, str],
    peace: Sequence[str] = (),
) -> Screen:
    """Show what is set, with a button to change each."""
    none = _("not given")
    phone = personal.get(Field.PHONE)
    lines = [
        _("Name: {name}").format(name=person.name),
        _("Language: {language}").format(language=LANGUAGES[current_language()]),
        _("Building: {place}").format(place=place.called(current_language()) if place else none),
        _("Phone: {phone}").format(phone=mask(phone) if phone else none),
        _("Door: {door}").format(door=personal.get(Field.DOOR) or none),
        *peace,
        "",
        _("Phone and door are encrypted. Only whoever helps you sees them."),
    ]
    return Screen("\n".join(lines), _("Settings"), inline(*_buttons()))


def _buttons() -> list[list[InlineKeyboardButton]]:
    return [
        [_to(_("Name"), Setting.NAME), _to(_("🌐 Language"), Setting.LANGUAGE)],
        [_to(_("📍 Building"), Setting.PLACE)],
        [_to(_("📞 Phone"), Setting.PHONE), _to(_("🚪 Door"), Setting.DOOR)],
        [_to(_("🔔 Notifications"), Setting.TOPICS)],
        [_to(_("🌙 Peace and quiet"), Setting.PEACE)],
        [_to(_("👀 Who looked at my data"), Setting.LOOKS)],
        [_to(_("📄 A copy of my data"), Setting.COPY)],
        [_to(_("Leave"), Setting.LEAVE), button(_("🏠 Home"), Go(to="home"))],
    ]


def choose_language() -> Screen:
    """Ask for a language, with a way back."""
    return Screen(
        _("Which language shall we speak?"),
        keyboard=inline(languages(), [_to(_("‹ Back"), Setting.SHOW)]),
    )


Numbers = Mapping[str, Mapping[int, int]]
"""Numbers of requests and of proposals: by what they are, then by id."""


def looks(seen: Sequence[Look], now: datetime, numbers: Numbers) -> Screen:
    """List who looked at the person's data, latest first."""
    lines = [_look(look, now, numbers) for look in seen]
    text = "\n".join(lines) or _("Nobody has looked at your phone or door.")
    back = inline([_to(_("‹ Back"), Setting.SHOW)])
    return Screen(text, _("Who looked at my data"), back)


def _look(look: Look, now: datetime, numbers: Numbers) -> str:
    reason = _(SUBJECTS.get(look.subject, "")) if look.subject in SUBJECTS else _("at the desk")
    number = numbers.get(look.subject, {}).get(look.subject_id or 0, "")
    said = (
        _("• {time} {name}: {fields} ({reason})") if look.fields else _("• {time} {name}: {reason}")
    )
    return said.format(
        time=at_clock(look.at, now),
        name=look.name or _("somebody who has left"),
        fields=_(", ").join(_(LOOKED_AT.get(field, field)) for field in look.fields),
        reason=reason.format(number=number),
    )


def ask_to_leave() -> Screen:
    """Say what leaving means, and ask once more."""
    return Screen(
        _(
            "If you leave, your name, Telegram account, building, phone and door are erased and "
            "your roles end. What you asked for or did for others stays, without your name. "
            "This cannot be undone."
        ),
        _("Leave"),
        inline(
            [_to(_("📄 First a copy of my data"), Setting.COPY)],
            [_to(_("No, stay"), Setting.SHOW)],
            [_to(_("Yes, erase me"), Setting.LEAVE_FOR_GOOD)],
        ),
    )


def left() -> Screen:
    """Say goodbye."""
    return Screen(
        _("Done: you are forgotten here. All the best! /start brings you back any time."),
        keyboard=ReplyKeyboardRemove(),
    )


def cannot_leave(outcome: Leaving) -> Screen:
    """Say what has to be done before leaving."""
    said = {
        Leaving.OPEN_DUTIES: _(
            "Somebody still counts on you. Please finish or hand back what you have taken on, "
            "then leave."
        ),
        Leaving.LAST_ADMIN: _(
            "You are the last admin. Please make somebody else admin first (/roles), then leave."
        ),
    }
    return Screen(said[outcome], keyboard=inline([_to(_("‹ Back"), Setting.SHOW)]))


def _to(label: str, what: Setting) -> InlineKeyboardButton:
    return button(label, Set(what=what))
