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
    where = {"person_id": pressed.person_id, "chat_id": pressed.chat_id}
    if text:
        emit({"type": "toast", **where, "text": text, "alert": query.params.flag("show_alert")})
    emit({"type": "answered", **where, "message_id": pressed.message_id})
    return True
