"""Reading an answer out of a message, by the readers of the question."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from aiogram.types import Contact as SharedContact
from aiogram.types import Message

from handlers.form import expecting, plain_words
from handlers.form.declare import Answers, FormContext, Prompt, Question
from handlers.form.impossible import is_impossible
from handlers.form.letters import letter_of
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
    Open,
    Photos,
    Reader,
    Refused,
    SomebodysContact,
    Text,
    TimeOfDay,
    VoiceNote,
    When,
)
from handlers.form.values import Acquaintance, File, FileKind, Moment, Phone, Photo, Spot, Voice
from handlers.form.wording import words_of

FARTHEST = timedelta(days=366)
WORDS_OF_TIME_AT_MOST = 100
FILE_NAME_AT_MOST = CARD_AT_MOST = 80
PHONE_DIGITS = range(5, 16)
"""From a short number of a service to the 15 digits of ITU-T E.164."""


@dataclass(frozen=True)
class Got:
    """An answer, and its words."""

    value: Any
    words: str
    hour: time | None = None
    """Said beside a day."""
    foreign: bool = False
    """Somebody else's, where one's own is asked for: kept only once that is confirmed."""


@dataclass(frozen=True)
class AnswerContext:
    """What an answer is read against."""

    ctx: FormContext
    question: Question
    prompt: Prompt
    answers: Answers


Reading = Got | Open | Refused | None
"""None: the reader cannot use this kind of message at all."""


async def read(message: Message, asked: AnswerContext) -> Got | Open | Refused:
    """Let each reader of the question try; what none can use is refused with what is expected.

    Of several refusals the first is given: readers stand in the order of their importance. What is
    a time, but none to come, is not taken for words.
    """
    refusal: Refused | None = None
    readers = [_bounded(reader, asked.ctx) for reader in asked.question.accepts]
    if not asked.ctx.heard.own and not (readers := _taking_evidence(readers)):
        return Refused(expecting.own_words(), strange=not _chooses(asked.question.accepts))
    for reader in sorted(readers, key=_choices_first):
        reading = await _read_by(reader, message, asked)
        if isinstance(reading, Refused) and isinstance(reader, Day | TimeOfDay | When):
            return reading
        if isinstance(reading, Refused):
            refusal = refusal or reading
        elif reading is not None:
            return reading
    if refusal is None and message.caption and not message.text and not _shows(message):
        words = message.model_copy(update={"text": message.caption, "caption": None})
        return await read(words, asked)
    return refusal or Refused(_not_taken(message, readers), strange=True)


def _shows(message: Message) -> bool:
    """Return whether a message has something that some question takes, beside its words."""
    kinds = (message.photo, message.voice, message.video, message.video_note, message.document)
    return any(kinds)


def _taking_evidence(readers: Sequence[Reader]) -> list[Reader]:
    """List the readers that take what somebody else has said or shown: as that, never as an answer.

    Words beside a choice of hours or numbers would be a choice.
    """
    own = (Choose, Number, Day, TimeOfDay, When, *((Text,) if _chooses(readers) else ()))
    return [
        reader
        for reader in readers
        if not isinstance(reader, own) and not (isinstance(reader, Text) and reader.understand)
    ]


def _chooses(readers: Sequence[Reader]) -> bool:
    return any(isinstance(reader, Number | Day | TimeOfDay | When) for reader in readers)


def _not_taken(message: Message, readers: Sequence[Reader]) -> str:
    if message.voice is not None and any(isinstance(reader, Text) for reader in readers):
        return expecting.in_writing()
    return expecting.expected(readers)


def _bounded(reader: Reader, ctx: FormContext) -> Reader:
    return reader.bounded(ctx) if isinstance(reader, Number) else reader


def _choices_first(reader: Reader) -> bool:
    return not isinstance(reader, Choose)


async def _read_by(reader: Reader, message: Message, asked: AnswerContext) -> Reading:
    if isinstance(reader, Text):
        return await _text(reader, message, asked)
    return _BY_READER[type(reader)](reader, message, asked)


YES_SIGNS, NO_SIGNS = frozenset("👍👌✅✔☑🆗🙆"), frozenset("👎❌✖🙅🚫")
SKIN = re.compile("[\ufe0f\u200d♀♂🏻🏼🏽🏾🏿\\s]")
AGREES = re.compile(
    r"(是|对|好|可以|同意|愿意|能|会|要|行|yes|ok|agree|i agree|sure|in favour)", re.IGNORECASE
)
REFUSES = re.compile(
    r"(不|否|没|别|no\b|not\b|never|against|don|disagree|cannot|i cannot)", re.IGNORECASE
)


def _sign(message: Message, asked: AnswerContext) -> Reading:
    """Read 👍 and 👎 where one choice says yes and one says no; a sign of a label names it."""
    signs = set(SKIN.sub("", message.text or ""))
    choices = [choice for choice in asked.prompt.choices if not choice.opens]
    named = [choice for choice in choices if len(signs) == 1 and signs & set(choice.label)]
    bare = [(choice, re.sub(r"^\W+", "", choice.label)) for choice in choices]
    yes = [choice for choice, label in bare if AGREES.match(label)]
    no = [choice for choice, label in bare if REFUSES.match(label)]
    if signs and not named and len(yes) == len(no) == 1:
        named = yes if signs <= YES_SIGNS else no if signs <= NO_SIGNS else []
    return Got(named[0].value, named[0].label) if len(named) == 1 else None


def _choice(_reader: Choose, message: Message, asked: AnswerContext) -> Reading:
    typed = folded(message.text or "")
    if not typed:
        return _sign(message, asked)
    exact = [choice for choice in asked.prompt.choices if folded(choice.label) == typed]
    near = [choice for choice in asked.prompt.choices if typed in folded(choice.label)]
    loose = near if len(asked.question.accepts) == 1 else []
    found = exact or loose
    if len(found) != 1:
        return None
    choice = found[0]
    return Open(choice.value) if choice.opens else Got(choice.value, choice.label)


def folded(text: str) -> str:
    """Keep letters and digits alone, in one case: what somebody types of a label."""
    return "".join(char for char in text.casefold() if char.isalnum())


async def _text(reader: Text, message: Message, asked: AnswerContext) -> Reading:
    text = clean_text(message.text or "")
    if not text:
        return None
    if len(text) > reader.at_most:
        strange = reader.understand is not None
        return Refused(expecting.too_long(len(text), reader.at_most), strange)
    if reader.understand is None:
        words = text if asked.ctx.heard.own else expecting.passed_on(text)
        return Got(words, words)
    understood = await reader.understand(asked.ctx, asked.answers, text)
    if understood is None or isinstance(understood, Refused | Open):
        return understood
    return Got(understood, _label_of(understood, asked) or text)


def _label_of(value: Any, asked: AnswerContext) -> str | None:
    return next((choice.label for choice in asked.prompt.choices if choice.value == value), None)


def clean_text(raw: str) -> str:
    """Take out control characters and direction marks; '' where nothing visible is left."""
    kept = "".join(char for char in raw if char in "\n\u200c\u200d" or not _unseen(char)).strip()
    return kept if any(not _unseen(char) and not char.isspace() for char in kept) else ""


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"}


def _number(reader: Number, message: Message, asked: AnswerContext) -> Reading:
    number = plain_words.read_number(message.text or "")
    if number is None:
        return None
    if not reader.at_least <= number <= reader.at_most:
        return Refused(expecting.out_of_range(reader.at_least, reader.at_most))
    why = reader.check(asked.answers, number) if reader.check else ""
    return Refused(why) if why else Got(number, str(number))


def _photo(_reader: Photos | OnePhoto, message: Message, asked: AnswerContext) -> Reading:
    if not message.photo:
        return None
    largest = message.photo[-1]
    caption = clean_text(message.caption or "")
    value = Photo(largest.file_id, largest.file_unique_id, caption)
    return Got(value, words_of(value, asked.ctx.zone))


def _file(_reader: OneFile, message: Message, asked: AnswerContext) -> Reading:
    if message.animation is not None:  # Telegram adds it as a document of another kind
        return None
    sent = message.document or message.video or message.video_note
    if sent is None:
        return None
    kind = FileKind(message.content_type)
    name = clean_text(getattr(sent, "file_name", None) or "")[:FILE_NAME_AT_MOST]
    caption = clean_text(message.caption or "")
    value = File(kind, sent.file_id, sent.file_unique_id, caption, name)
    return Got(value, words_of(value, asked.ctx.zone))


def _anything(reader: Files, message: Message, asked: AnswerContext) -> Reading:
    photo = _photo(reader, message, asked)
    return photo or _file(OneFile(), message, asked) or _voice(VoiceNote(), message, asked)


def _letter(reader: Anything, message: Message, asked: AnswerContext) -> Reading:
    value = letter_of(message)
    if value is None:
        return None
    wrong = reader.check(value) if reader.check else ""
    return Refused(wrong) if wrong else Got(value, words_of(value, asked.ctx.zone))


def _voice(reader: VoiceNote, message: Message, asked: AnswerContext) -> Reading:
    voice = message.voice
    if voice is None:
        return None
    if voice.duration > reader.seconds_at_most:
        return Refused(expecting.voice_too_long(reader.seconds_at_most))
    value = Voice(voice.file_id, voice.file_unique_id, voice.duration)
    return Got(value, words_of(value, asked.ctx.zone))


def _spot(_reader: Location, message: Message, asked: AnswerContext) -> Reading:
    if message.location is None:
        return None
    value = Spot(message.location.latitude, message.location.longitude)
    return Got(value, words_of(value, asked.ctx.zone))


def _phone(reader: Contact, message: Message, _asked: AnswerContext) -> Reading:
    own = False
    if message.contact is not None:
        shared = message.contact
        own = message.from_user is not None and shared.user_id == message.from_user.id
        number, vouched = _international(shared), own
    else:
        number, vouched = message.text or "", False
    digits = "".join(str(int(char)) for char in number if char.isdecimal())
    lettered = any(char.isalpha() for char in number)
    if lettered or len(digits) not in PHONE_DIGITS:
        return None
    value = Phone(("+" if number.strip().startswith(("+", "＋")) else "") + digits, own=vouched)
    return Got(value, value.number, foreign=reader.own and message.contact is not None and not own)


def _card(_reader: ContactCard, message: Message, asked: AnswerContext) -> Reading:
    shared = message.contact
    own = message.from_user.id if message.from_user is not None else None
    if shared is None or (shared.user_id is not None and shared.user_id == own):
        return None
    number = clean_text(_international(shared))[:CARD_AT_MOST]
    words = expecting.somebodys(clean_text(shared.first_name)[:CARD_AT_MOST], number)
    words = words if asked.ctx.heard.own else expecting.passed_on(words)
    return Got(words, words)


def _acquaintance(_reader: SomebodysContact, message: Message, _asked: AnswerContext) -> Reading:
    shared = message.contact
    if shared is None:
        return None
    name = " ".join(filter(None, (shared.first_name, shared.last_name)))
    number = clean_text(_international(shared))[:CARD_AT_MOST]
    value = Acquaintance(clean_text(name)[:CARD_AT_MOST], number, shared.user_id)
    return Got(value, value.name)


def _international(shared: SharedContact) -> str:
    """Return a contact's number with its +: Telegram leaves it out of the numbers of accounts.

    What was typed into somebody's address book is dialled as it stands.
    """
    number = shared.phone_number.strip()
    complete = shared.user_id is not None and not number.startswith(("+", "＋", "0"))
    return f"+{number}" if complete else number


def _hour(reader: TimeOfDay, message: Message, asked: AnswerContext) -> Reading:
    hour = plain_words.read_time(_short(message))
    if hour is None:
        return _no_such(message, asked)
    why = reader.check(asked.answers, hour) if reader.check else ""
    return Refused(why) if why else Got(hour, words_of(hour, asked.ctx.zone))


def _no_such(message: Message, asked: AnswerContext) -> Refused | None:
    """Refuse a day or an hour that there is not; what is no time at all is for other readers."""
    impossible = is_impossible(_short(message), _local_now(asked))
    return Refused(expecting.no_such_time()) if impossible else None


def _day(_reader: Day, message: Message, asked: AnswerContext) -> Reading:
    now = _local_now(asked)
    found = plain_words.read_days(_short(message), now)
    if not found:
        return _no_such(message, asked)
    day, hour = found[0]
    past = hour is not None and datetime.combine(day, hour) < now - timedelta(minutes=1)
    if past and day == now.date():
        return Refused(expecting.is_past())
    return _out_of_time(day, now) or Got(day, words_of(day, asked.ctx.zone), hour)


def _moment(_reader: When, message: Message, asked: AnswerContext) -> Reading:
    """Read a moment; what can be meant in two ways is asked."""
    now = _local_now(asked)
    found = plain_words.read_moments(_short(message), now)
    read = [_one_moment(local, has_time, now, asked) for local, has_time in found]
    fit = [each for each in read if isinstance(each, Got)]
    if len(fit) > 1:
        return Open([each.value for each in fit])
    return next(iter([*fit, *read]), None) or _no_such(message, asked)


def _one_moment(
    local: datetime, has_time: bool, now: datetime, asked: AnswerContext
) -> Got | Refused:
    if has_time and local < now - timedelta(minutes=1):
        return Refused(expecting.is_past())
    if refusal := _out_of_time(local.date(), now):
        return refusal
    # An hour that the zone skips or repeats is the one by the offset before the change (fold 0).
    at = local.replace(tzinfo=asked.ctx.zone).astimezone(UTC)
    value = Moment(at, has_time)
    return Got(value, words_of(value, asked.ctx.zone))


def _local_now(asked: AnswerContext) -> datetime:
    return asked.ctx.now.astimezone(asked.ctx.zone).replace(tzinfo=None)


def _short(message: Message) -> str:
    text = message.text or ""
    return text if len(text) <= WORDS_OF_TIME_AT_MOST else ""


def _out_of_time(day: date, now: datetime) -> Refused | None:
    if day < now.date():
        return Refused(expecting.is_past())
    if day > now.date() + FARTHEST:
        return Refused(expecting.is_too_far())
    return None


_BY_READER: dict[type, Callable[[Any, Message, AnswerContext], Reading]] = {
    Choose: _choice,
    Number: _number,
    Photos: _photo,
    OnePhoto: _photo,
    Files: _anything,
    OneFile: _file,
    Anything: _letter,
    VoiceNote: _voice,
    Location: _spot,
    Contact: _phone,
    ContactCard: _card,
    SomebodysContact: _acquaintance,
    TimeOfDay: _hour,
    Day: _day,
    When: _moment,
}
