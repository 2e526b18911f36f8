"""Group chats: nothing is done there, and nothing is told there.

Whoever speaks to the bot is shown the way to the private chat, and whoever cries for help the
numbers to ring; everything else is left alone.
"""

import re
from datetime import datetime

from aiogram import Bot, Router
from aiogram.enums import ChatMemberStatus
from aiogram.filters import invert_f
from aiogram.types import (
    CallbackQuery,
    ChatMemberUpdated,
    Message,
    MessageEntity,
)

from handlers.filters import PRIVATE, in_private
from handlers.help.screens.alarm import ring_first
from handlers.people import screens
from handlers.people.commands import NAMES
from handlers.screen import Screen
from handlers.show import answer, toast
from handlers.stray.cries import read_cry
from models.database import Session
from models.people.actions.registering import set_reachable

router = Router(name="groups")

AWAY = frozenset({ChatMemberStatus.KICKED, ChatMemberStatus.LEFT})


@router.message(invert_f(in_private))
async def point_to_private_chat(message: Message, bot: Bot, bot_username: str | None) -> None:
    """Answer what is directed at the bot with the way to the private chat; else stay silent."""
    if is_directed(message, bot.id, bot_username):
        if read_cry(_said(message, bot_username)) is not None:
            await answer(message, Screen(ring_first()))
        await answer(message, screens.way_in(bot_username))


@router.callback_query(invert_f(in_private))
async def refuse_tap(callback: CallbackQuery) -> None:
    """Answer a tap in a group: no button of ours does anything there."""
    await toast(callback, screens.only_in_private(), alert=True)


@router.my_chat_member()
async def note_reachability(update: ChatMemberUpdated, session: Session, now: datetime) -> None:
    """Keep who blocked the bot and who let it in again."""
    if update.chat.type == PRIVATE:
        reachable = update.new_chat_member.status not in AWAY
        await set_reachable(
            session, update.from_user.id, reachable=reachable, dated=update.date, now=now
        )


def is_directed(message: Message, our_id: int, username: str | None) -> bool:
    """Tell a message to the bot: a command of ours, a mention, or an answer to what it said.

    While our user name is not known, what calls us by it is passed over.
    """
    replied = message.reply_to_message
    if replied and replied.from_user and replied.from_user.id == our_id:
        return True
    text = message.text or message.caption or ""
    return any(
        _names_us(entity.extract_from(text), entity, our_id, username)
        for entity in message.entities or message.caption_entities or ()
    )


def _said(message: Message, username: str | None) -> str:
    """Return the words without our name, by which we were called."""
    text = message.text or message.caption or ""
    if not username:
        return text
    return re.sub(rf"@{re.escape(username)}\b", "", text, flags=re.IGNORECASE).strip()


def _names_us(words: str, entity: MessageEntity, our_id: int, username: str | None) -> bool:
    ours = username.casefold() if username else None
    match entity.type:
        case "mention":
            return words.removeprefix("@").casefold() == ours
        case "text_mention":
            return entity.user is not None and entity.user.id == our_id
        case "bot_command":
            command, _at, mentioned = words.removeprefix("/").casefold().partition("@")
            return mentioned == ours if mentioned else command in NAMES
    return False
