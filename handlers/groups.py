"""Group chats: nothing is done there, and nothing is told there.

Whoever speaks to the bot is shown the way to the private chat, and whoever cries for help the
numbers to ring. A clear cry that the bot can read is answered so even where nobody speaks to it, at
most once in ten minutes and group; everything else is left alone.
"""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from aiogram import Bot, Router
from aiogram.enums import ChatMemberStatus
from aiogram.filters import invert_f
from aiogram.fsm.context import FSMContext
from aiogram.types import (
    CallbackQuery,
    ChatMemberUpdated,
    Message,
    MessageEntity,
)

from handlers.filters import PRIVATE, in_private
from handlers.heard import Heard
from handlers.help.screens.alarm import ring_first
from handlers.people import screens
from handlers.people.commands import NAMES
from handlers.screen import Screen, headed
from handlers.show import answer, toast
from handlers.stray.cries import Cry, read_cry
from models.database import Session
from models.outbox.reaching import set_reachable

router = Router(name="groups")

AWAY = frozenset({ChatMemberStatus.KICKED, ChatMemberStatus.LEFT})


CRIED = "cried"
"""Conversation data of a group: when a cry was answered last."""
AGAIN_AFTER = timedelta(minutes=10)


@router.message(invert_f(in_private))
async def point_to_private_chat(
    message: Message,
    bot: Bot,
    bot_username: str | None,
    state: FSMContext,
    now: datetime,
    heard: Heard,
) -> None:
    """Answer what is directed at the bot with the way to the private chat, and a clear cry with
    the numbers as well; else stay silent."""
    if is_directed(message, bot.id, bot_username):
        if read_cry(_said(message, bot_username)) is not None:
            await answer(message, Screen(ring_first()))
        await answer(message, screens.way_in(bot_username))
        return
    cries = heard.own and read_cry(message.text or message.caption or "") is Cry.CLEAR
    if cries and await _first_in_a_while(message, state, now):
        await answer(message, headed(screens.way_in(bot_username), ring_first()))


async def _first_in_a_while(message: Message, state: FSMContext, now: datetime) -> bool:
    """Return whether no cry in this group was answered lately; that this one is, is written down.

    Of the group its number is kept, and of whoever cried nothing.
    """
    key = replace(state.key, user_id=message.chat.id)
    of_group = FSMContext(state.storage, key)
    last = (await of_group.get_data()).get(CRIED)
    if isinstance(last, str) and now - datetime.fromisoformat(last) < AGAIN_AFTER:
        return False
    await of_group.set_data({CRIED: now.isoformat()})
    return True


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
