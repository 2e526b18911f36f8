"""Saying what a question expects, and what was wrong with what came."""

from collections.abc import Sequence

from handlers.form.readers import (
    Anything,
    Choose,
    Contact,
    ContactCard,
    Day,
    Files,
    Location,
    Number,
    OneFile,
    OnePhoto,
    Photos,
    Reader,
    SomebodysContact,
    Text,
    TimeOfDay,
    VoiceNote,
    When,
)
from handlers.i18n import gettext as _
from handlers.i18n import ngettext


def expected(readers: Sequence[Reader]) -> str:
    """Say in one sentence what can be sent."""
    if all(isinstance(reader, Choose) for reader in readers):
        return _("Please tap one of the buttons below.")
    kinds = _(", or ").join(_kind(reader) for reader in readers)
    return _("That does not fit here. What I can take: {kinds}.").format(kinds=kinds)


def own_words() -> str:
    """Say that forwarded words cannot answer, and what can."""
    return _("That was forwarded: I cannot take it as your own answer. Please tap or write it.")


def passed_on(words: str) -> str:
    """Mark words as forwarded from somebody else."""
    return _("(forwarded) {words}").format(words=words)


def somebodys(name: str, number: str) -> str:
    """Word somebody's contact: whom to ring, and where."""
    said = _("{name}, {number}").format(name=name, number=number) if name else number
    return f"📇 {said}"


def sound_left_out() -> str:
    """Say that a piece of music is not passed on, and what is."""
    return _("🎵 I pass on the words, not the sound. Hold the microphone to speak instead.")


def noted_down() -> str:
    """Say that what was just told was added to the description."""
    return _("👌 Added to what you told us.")


def in_writing() -> str:
    """Say that a voice message does not serve where words are read by others, and what helps."""
    return _(
        "We cannot listen here, it has to be in writing. Easy: tap the microphone on your phone's "
        "keyboard and speak; it writes for you."
    )


def _kind(reader: Reader) -> str:
    match reader:
        case Choose():
            return _("a tap on one of the buttons")
        case Text(at_most=limit):
            return _("a few written words (at most {limit} characters)").format(limit=limit)
        case Number(at_least=low, at_most=high):
            return _("a number from {low} to {high}").format(low=low, high=high)
        case Photos() | OnePhoto() | OneFile() | Anything():
            return _kind_of_sent(reader)
        case ContactCard() | SomebodysContact():
            return _("somebody's contact")
    return _kind_of_detail(reader)


def _kind_of_sent(reader: Photos | OnePhoto | OneFile | Anything) -> str:
    match reader:
        case Anything():
            return _("a message with words, photos, a video, a file, a voice or a location")
        case Files():
            return _("photos, files, videos or voice messages")
        case Photos():
            return _("photos")
        case OnePhoto():
            return _("a photo")
    return _("a file or video")


def _kind_of_detail(
    reader: VoiceNote | Location | Contact | Day | TimeOfDay | When,
) -> str:
    match reader:
        case VoiceNote():
            return _("a voice message")
        case Location():
            return _("a location (📎, then Location)")
        case Contact():
            return _("a telephone number")
        case Day():
            return _("a day, such as “tomorrow” or “3 December”")
        case TimeOfDay():
            return _("an hour, such as “15:30” or “3:30 pm”")
        case When():
            return _("a time, such as “tomorrow 3 pm” or “in 2 hours”")


def too_long(count: int, limit: int) -> str:
    """Say that a text is over its limit."""
    return _("That is {count} characters; please keep it to {limit}.").format(
        count=count, limit=limit
    )


def out_of_range(low: int, high: int) -> str:
    """Say that a number is out of its range."""
    return _("Please give a number from {low} to {high}.").format(low=low, high=high)


def voice_too_long(limit: int) -> str:
    """Say that a voice message is over its limit."""
    return ngettext(
        "Please keep the voice message to {count} second.",
        "Please keep the voice message to {count} seconds.",
        limit,
    ).format(count=limit)


def enough_photos(limit: int) -> str:
    """Say that no more photos are taken."""
    return ngettext(
        "{count} photo is the most; the first one is kept.",
        "{count} photos are the most; the first ones are kept.",
        limit,
    ).format(count=limit)


def enough_files(limit: int) -> str:
    """Say that nothing more is taken of what shows something."""
    return _("{count} are the most; the first ones are kept.").format(count=limit)


def album_left_out() -> str:
    """Say that the rest of an album found its question gone."""
    return _("The rest of that album came too late and was left out.")


def too_few(count: int) -> str:
    """Say that more choices are wanted before Done."""
    return _("Please choose at least {count}.").format(count=count)


def too_many(count: int) -> str:
    """Say that no more choices are taken."""
    return _("At most {count} here.").format(count=count)


def is_past() -> str:
    """Say that a day or moment lies behind us."""
    return _("That is already past. Please give a time to come.")


def no_such_time() -> str:
    """Say that there is no such day or hour."""
    return _("There is no such day or hour. Please write it once more.")


def is_too_far() -> str:
    """Say that a day or moment is more than a year away."""
    return _("That is more than a year away. Please give a nearer time.")
