"""How coming in looks: welcome and consent, home, help, languages."""

from aiogram.types import (
    InlineKeyboardButton,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from handlers.form import menu_is
from handlers.i18n import LANGUAGES, current_language, mark
from handlers.i18n import gettext as _
from handlers.people.callbacks import Agree, Speak
from handlers.people.menu import verbs_for
from handlers.screen import Screen, button, inline
from models.people.rules import CONSENT_VERSION, Role
from models.people.views import Person
from models.places.views import PlaceWithAbove

ROLES = {
    Role.PARTY_MEMBER: mark("party member"),
    Role.LEADER: mark("building leader"),
    Role.STAFF: mark("staff"),
    Role.SECRETARY: mark("secretary"),
    Role.ADMIN: mark("admin"),
}


def welcome(home: PlaceWithAbove | None = None) -> Screen:
    """Say what this is and what is kept, and ask to agree; a deep link has filled in the home."""
    parts = [
        _(
            "Here neighbours ask for help and help each other. To take part, please agree to "
            "what we keep (text of {version}):"
        ).format(version=CONSENT_VERSION),
        _(
            "• Kept: your Telegram number and name, language and building, what you ask for and "
            "what you take on. Phone and door only if you give them: they are encrypted, only "
            "whoever helps you sees them, and you see who looked."
        ),
        _("• Your messages go through Telegram, whose servers are abroad."),
        _(
            "• You can leave at any time: /settings, then Leave. Your name, account, phone and "
            "door are then erased."
        ),
    ]
    if home is not None:
        parts.append(_("Your building: {place}").format(place=home.called(current_language())))
    agree = button(_("✅ Agree"), Agree(place_id=home.place.id if home else None))
    return Screen(
        "\n\n".join(parts), _("Welcome to Linli"), inline([agree], languages(but_current=True))
    )


def languages(*, but_current: bool = False) -> list[InlineKeyboardButton]:
    """Make a button for each language, by its own name."""
    return [
        button(f"🌐 {name}", Speak(language="zh_Hans" if key == "zh_Hans" else "en"))
        for key, name in LANGUAGES.items()
        if not (but_current and key == current_language())
    ]


def choose_language() -> Screen:
    """Ask for a language."""
    return Screen(_("Which language shall we speak?"), keyboard=inline(languages()))


def home(person: Person, text: str | None = None) -> Screen:
    """Show the first screen: the verbs as a reply keyboard, under a text of what just happened."""
    return Screen(text or _greeting(person), keyboard=keyboard(person))


def _greeting(person: Person) -> str:
    hello = _("Hello, {name}! What can we do for you?").format(name=person.name)
    if person.place_id is not None:
        return hello
    return hello + "\n" + _("You have not chosen a building yet: /settings.")


def keyboard(person: Person) -> ReplyKeyboardMarkup:
    """Make the reply keyboard of the first screen, two verbs in a row."""
    keys = [KeyboardButton(text=_(verb)) for verb in verbs_for(person)]
    rows = [keys[start : start + 2] for start in range(0, len(keys), 2)]
    return ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True, is_persistent=True)


menu_is(keyboard)


def joined(person: Person, place: PlaceWithAbove | None) -> Screen:
    """Greet somebody who has just registered."""
    told = [_("You are in, {name}. Good to have you here!").format(name=person.name)]
    if place is not None:
        told.append(_("Your building: {place}").format(place=place.called(current_language())))
    told.append(_("Tap a button below whenever you need something. /help says more."))
    return home(person, "\n".join(told))


def guide(person: Person, entries: list[tuple[str, str]]) -> Screen:
    """List what can be done: (command, what it does)."""
    lines = [f"/{command} · {says}" for command, says in entries]
    return Screen("\n".join(lines), _("What I can do for you"), keyboard(person))


def half_filled(person: Person, title: str) -> Screen:
    """Show home while a form waits to be gone on with."""
    text = _("“{title}” is still half-filled: answer on to finish it, or tap /cancel.")
    return home(person, text.format(title=title))


def nothing_to_cancel(person: Person) -> Screen:
    """Answer /cancel where nothing is open."""
    return home(person, _("There is nothing to cancel. Tap a button below to begin."))


def language_set(person: Person) -> Screen:
    """Confirm a language in that language."""
    return home(person, _("I'll write to you in English from now on."))


def first_agree() -> str:
    """Answer a tap from somebody who has not registered."""
    return _("Please agree to the text below first.")


def granted(role: Role, place: PlaceWithAbove) -> Screen:
    """Tell somebody of a new role."""
    text = _("You are now {role} at {place}. Thank you for taking it on. /help lists what is new.")
    return Screen(text.format(role=_(ROLES[role]), place=place.called(current_language())))


def revoked(role: Role, place: PlaceWithAbove) -> Screen:
    """Tell somebody that a role has ended."""
    text = _("Your role as {role} at {place} has ended. Thank you for all you did.")
    return Screen(text.format(role=_(ROLES[role]), place=place.called(current_language())))


def unknown_command(person: Person) -> Screen:
    """Answer a command that does not exist."""
    return home(person, _("I do not know that command. /help lists what I can do."))


def not_understood(person: Person) -> Screen:
    """Answer words that nobody waited for."""
    return home(person, _("I did not understand that. Tap one of the buttons below, or /help."))


def not_usable(person: Person) -> Screen:
    """Answer a photo, sticker, voice and the like that nobody waited for."""
    text = _(
        "Thank you, but here I can do nothing with that. If it belongs to a request, tap "
        "“{button}” first and send it when I ask."
    )
    return home(person, text.format(button=_("Ask for help")))


def retired() -> str:
    """Answer a button that is forged, malformed or no longer known."""
    return _("This button is no longer in use.")


def way_in(username: str | None) -> Screen:
    """Show somebody in a group the way to the private chat: a link, where the name is known."""
    if username is None:
        return Screen(only_in_private())
    address = f"https://t.me/{username}?start=group"
    way = InlineKeyboardButton(text=_("Open the private chat"), url=address)
    said = _("It is busy here, so let us talk about your matter privately: tap the button below.")
    return Screen(said, keyboard=inline([way]))


def only_in_private() -> str:
    """Say that everything happens in the private chat, where no button leads there."""
    return _("It is busy here: please tell me about your matter in our private chat.")
