"""Privacy mode: what a bot that is no administrator sees of a group."""

from sandbox.bots import Bot
from sandbox.chats import Chat
from sandbox.wire import Json


def bot_sees(bot: Bot, chat: Chat, message: Json) -> bool:
    """All of a private chat; of a group its commands, mentions and replies to the bot.

    Bot features, "Privacy mode", which is on by default.
    """
    if chat.is_private:
        return True
    if chat.left:
        return False
    if bot.id in chat.admins or "text" not in message:
        return bot.id in chat.admins or _answers(bot, message)
    name = f"@{bot.user['username']}".lower()
    text = str(message["text"])
    if text.startswith("/"):
        command = text.split(maxsplit=1)[0].lower()
        return "@" not in command or command.endswith(name)
    return name in text.lower() or _answers(bot, message)


def _answers(bot: Bot, message: Json) -> bool:
    author = message.get("reply_to_message", {}).get("from", {})
    return bool(author.get("id") == bot.id)
