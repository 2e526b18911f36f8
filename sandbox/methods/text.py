"""sendMessage."""

from sandbox import messages
from sandbox.methods.registry import Query, method
from sandbox.wire import Json, bad_request


@method("sendMessage")
def send_message(query: Query) -> Json:
    chat = query.chat()
    text = query.params.text("text").strip()
    if not text:
        raise bad_request("message text is empty")
    message = messages.compose(query.world, chat, query.bot.user, {"text": text})
    markup = query.params.values.get("reply_markup")
    if isinstance(markup, dict) and "inline_keyboard" in markup:
        message["reply_markup"] = markup
    messages.store(query.world, chat, message)
    return message
