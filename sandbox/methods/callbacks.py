"""answerCallbackQuery."""

from sandbox.methods.registry import Query, method
from sandbox.wire import bad_request

ANSWER_WITHIN_S = 15 * 60.0  # sandbox time; Telegram documents no number
TEXT_LIMIT = 200  # Bot API, answerCallbackQuery: 0-200 characters
EXPIRED = "query is too old and response timeout expired or query ID is invalid"


@method("answerCallbackQuery")
def answer_callback_query(query: Query) -> bool:
    """End the spinner on a pressed button, once, with a toast or an alert if there is text."""
    text = query.params.text("text")
    if len(text) > TEXT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    pressed = query.bot.queries.pop(query.params.text("callback_query_id"), None)
    now = query.world.clock.now().timestamp()
    if pressed is None or now - pressed.pressed_at > ANSWER_WITHIN_S:
        raise bad_request(EXPIRED)
    emit = query.world.events.emit
    person_id = pressed.person_id
    if text:
        alert = query.params.flag("show_alert")
        emit({"type": "toast", "person_id": person_id, "text": text, "alert": alert})
    emit({"type": "answered", "person_id": person_id, "message_id": pressed.message_id})
    return True
