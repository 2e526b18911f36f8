"""sendMessage, and the small messages without a file."""

from sandbox.formatted import message_text
from sandbox.methods.registry import Query, method
from sandbox.methods.sending import deliver
from sandbox.wire import Json, bad_request

CHAT_ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
        "upload_document", "choose_sticker", "find_location", "record_video_note",
        "upload_video_note",
    }
)  # fmt: skip


@method("sendMessage")
def send_message(query: Query) -> Json:
    """1-4096 characters after entities parsing."""
    return deliver(query, message_text(query.params))


@method("sendLocation")
def send_location(query: Query) -> Json:
    """A point; latitude and longitude in degrees."""
    return deliver(query, {"location": _location(query)})


@method("sendVenue")
def send_venue(query: Query) -> Json:
    """A point with a title and an address."""
    location = _location(query)
    title, address = query.params.text("title"), query.params.text("address")
    for name, given in (("title", title), ("address", address)):
        if not given.strip():
            raise bad_request(f"venue {name} must be non-empty")
    return deliver(
        query,
        {
            "venue": {"location": location, "title": title, "address": address},
            "location": location,
        },
    )


@method("sendContact")
def send_contact(query: Query) -> Json:
    """A phone number with a name."""
    params = query.params
    contact: Json = {"phone_number": params.text("phone_number")}
    for name in ("first_name", "last_name", "vcard"):
        if params.text(name):
            contact[name] = params.text(name)
    if not contact["phone_number"] or "first_name" not in contact:
        raise bad_request("CONTACT_INVALID" if contact["phone_number"] else "PHONE_NUMBER_INVALID")
    return deliver(query, {"contact": contact})


@method("sendChatAction")
def send_chat_action(query: Query) -> bool:
    """Show "typing" and the like for a while."""
    action = query.params.text("action").lower()
    if action not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = query.open_chat()
    query.world.events.emit({"type": "action", "chat_id": chat.id, "action": action})
    return True


def _location(query: Query) -> Json:
    point: Json = {}
    for name, bound in (("latitude", 90.0), ("longitude", 180.0)):
        try:
            degrees = float(query.params.text(name))
        except ValueError:
            raise bad_request(f"{name} is empty") from None
        if not -bound <= degrees <= bound:
            raise bad_request("wrong geo point specified")
        point[name] = degrees
    return point
