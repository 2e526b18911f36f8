"""What the page's buttons do: one act of a person a name."""

from collections.abc import Callable

from sandbox.chats import Chat
from sandbox.params import Params, Upload
from sandbox.person import Person
from sandbox.wire import Json

Act = Callable[[Person, Params], Json]


def _start(person: Person, given: Params) -> Json:
    return person.start(given.text("payload"))


def _text(person: Person, given: Params) -> Json:
    return person.send_text(given.text("text"), given.integer("reply_to"), _group(person, given))


def _press(person: Person, given: Params) -> Json:
    message_id = given.integer("message_id") or 0
    if "data" in given.values:
        query_id = person.press(message_id, given.text("data"), _group(person, given))
    else:
        query_id = person.press_at(message_id, given.integer("row") or 0, given.integer("col") or 0)
    return {"callback_query_id": query_id}


def _photo(person: Person, given: Params) -> Json:
    return person.send_photo(_file(given), given.text("caption"), _group(person, given))


def _voice(person: Person, given: Params) -> Json:
    return person.send_voice(_file(given), given.text("caption"), _group(person, given))


def _document(person: Person, given: Params) -> Json:
    return person.send_document(_file(given), given.text("caption"), _group(person, given))


def _location(person: Person, given: Params) -> Json:
    latitude, longitude = float(given.text("latitude")), float(given.text("longitude"))
    return person.send_location(latitude, longitude, _group(person, given))


def _contact(person: Person, given: Params) -> Json:
    return person.send_contact(given.text("phone_number"), _group(person, given))


def _sticker(person: Person, given: Params) -> Json:
    return person.send_sticker(_group(person, given))


def _edit(person: Person, given: Params) -> Json:
    message_id = given.integer("message_id") or 0
    return person.edit_text(message_id, given.text("text"), _group(person, given))


def _forward(person: Person, given: Params) -> Json:
    source = person.bot.chats.get(given.integer("from_chat_id") or person.id)
    return person.forward(given.integer("message_id") or 0, source)


def _block(person: Person, given: Params) -> Json:
    person.block(blocked=given.flag("blocked"))
    return {"blocked": person.chat.blocked}


def _file(given: Params) -> Upload | None:
    """The file of a multipart body, whatever its field is called; None asks for the sample."""
    return next(iter(given.files.values()), None)


def _group(person: Person, given: Params) -> Chat | None:
    """The chat named by `chat_id`, for acts in a group."""
    chat_id = given.integer("chat_id")
    if chat_id is None:
        return None
    chat = person.bot.chats.get(chat_id)
    if chat is None or person.id not in chat.members:
        raise ValueError("this person is not in that chat")
    return chat


ACTS: dict[str, Act] = {
    "start": _start,
    "text": _text,
    "press": _press,
    "photo": _photo,
    "voice": _voice,
    "document": _document,
    "location": _location,
    "contact": _contact,
    "sticker": _sticker,
    "edit": _edit,
    "forward": _forward,
    "block": _block,
}
