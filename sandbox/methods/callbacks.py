"""answerCallbackQuery."""

from sandbox.methods.registry import Query, method
from sandbox.wire import bad_request


@method("answerCallbackQuery")
def answer_callback_query(query: Query) -> bool:
    pressed = query.bot.queries.pop(query.params.text("callback_query_id"), None)
    if pressed is None:
        raise bad_request(
            "query is too old and response timeout expired or query ID is invalid"
        )
    events = query.world.events
    text = query.params.text("text")
    if text:
        alert = query.params.flag("show_alert")
        events.emit({"type": "toast", "person_id": pressed.person_id, "text": text, "alert": alert})
    events.emit(
        {"type": "answered", "person_id": pressed.person_id, "message_id": pressed.message_id}
    )
    return True
