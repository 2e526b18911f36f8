"""What handlers send becomes rows: a request middleware of aiogram's own session.

Inside a turn a call that puts something into a chat is written to the outbox of the turn's
transaction. What comes back is a message whose number is the row's id, negative: an edit or
deletion of it names the row, whether or not it has been sent by then. Order is kept within a chat;
the answer to a tap belongs to none, so it never waits behind messages. Calls that need an answer
(getFile, getChat), and calls outside a turn, pass through.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from types import UnionType
from typing import Any, Protocol, Union, get_args, get_origin

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.client.session.middlewares.base import NextRequestMiddlewareType
from aiogram.methods import TelegramMethod
from aiogram.types import Chat, InputFile, Message, MessageId, User

from bot.origins import originates
from bot.pacer import Load
from bot.packing import Parcel, names_rows
from models.database import Session, is_unavailable
from models.outbox.actions import TAPPER, compose, has_queued, keep_file
from models.outbox.refreshing import EDIT, overtake
from models.outbox.rules import ANSWER_TAP, FILES, TAPPED_BY, Lane, messages_in
from models.outbox.views import RowInHand


class Hand(Protocol):
    """What carries answers as soon as they are committed: the sender of this process."""

    def reserve(self, load: Load, ours: Collection[int | None]) -> bool:
        """Take a place for an answer; False where it has to stand in the queue."""

    def release(self, parcels: Collection[Parcel]) -> None:
        """Return places back."""

    def doubt(self, parcels: Collection[Parcel]) -> None:
        """Return places back; whether what was composed for them is committed is not known."""

    def carry(self, parcels: Sequence[Parcel]) -> None:
        """Carry what was committed."""

    def queued(self, chat_id: int | None) -> None:
        """Say that an answer to a chat is being queued."""


@asynccontextmanager
async def carried_by(hand: Hand | None) -> AsyncIterator[list[Parcel]]:
    """Have what the transaction inside composes carried once it has committed.

    An exception inside gives the places back: nothing of it was committed. Where the database went
    away, or the turn was cancelled, it may have been in the middle of the commit: then what was
    committed all the same goes to the queue.
    """
    taken: list[Parcel] = []
    try:
        yield taken
    except BaseException as error:
        if hand is not None and taken:
            unsure = isinstance(error, asyncio.CancelledError) or is_unavailable(error)
            (hand.doubt if unsure else hand.release)(taken)
        raise
    if hand is not None and taken:
        hand.carry(taken)


@dataclass
class Desk:
    """Where the calls of one turn are written down."""

    session: Session
    now: datetime
    hand: Hand | None = None
    taken: list[Parcel] | None = None
    """Answers that the hand carries once they are committed; None: all stand in the queue."""
    answered: set[str] = field(default_factory=set)
    """Taps answered so far: a tap is answered once."""


_desk: ContextVar[Desk | None] = ContextVar("desk", default=None)


@asynccontextmanager
async def writing_to(desk: Desk) -> AsyncIterator[Desk]:
    """Write what is sent inside to a desk."""
    token = _desk.set(desk)
    try:
        yield desk
    finally:
        _desk.reset(token)


def current_desk() -> Desk | None:
    """Return the desk of the turn being taken, if any."""
    return _desk.get()


class PatientBot(Bot):
    """aiogram's bot, which never asks Telegram for its own name while a turn is being taken."""

    async def me(self) -> User:
        """Say who we are; inside a turn as far as it is known, else without a user name.

        aiogram's command filter asks this for `/help@name`; without a name it takes any.
        """
        if current_desk() is not None and self._me is None:
            return User(id=self.id, is_bot=True, first_name="")
        return await super().me()

    def known_as(self, user: User) -> None:
        """Keep what Telegram said of us."""
        self._me = user


async def to_outbox(
    make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
) -> Any:
    """Write a call to the outbox where a turn is being taken; else let it through."""
    desk = _desk.get()
    if desk is None or not _is_one_way(method):
        return await make_request(bot, method)
    return await _write(desk, bot.session, bot, method)


async def _write(desk: Desk, session: BaseSession, bot: Bot, method: TelegramMethod[Any]) -> Any:
    name = method.__api_method__
    payload, files = _payload(session, bot, method)
    if name == ANSWER_TAP:
        if payload["callback_query_id"] in desk.answered:
            return True
        desk.answered.add(payload["callback_query_id"])
    for key, file in files.items():
        content = b"".join([chunk async for chunk in file.read(bot)])
        kept = await keep_file(desk.session, file.filename or key, content, desk.now)
        payload.setdefault(FILES, {})[key] = kept
    await _overtake(desk, name, payload)
    row_id = await _compose(desk, name, payload)
    return _stub(bot, method, row_id, payload.get("chat_id"), desk.now)


async def _overtake(desk: Desk, name: str, payload: dict[str, Any]) -> None:
    """Change a tapped card once: what was queued to change it as well is dropped."""
    chat_id, message_id = payload.get("chat_id"), payload.get("message_id")
    if name != EDIT or not isinstance(chat_id, int) or not isinstance(message_id, int):
        return
    if message_id > 0:
        await overtake(desk.session, chat_id=chat_id, message_id=message_id, now=desk.now)


async def _compose(desk: Desk, name: str, payload: dict[str, Any]) -> int:
    target = payload.get("message_id")
    named_row = -target if isinstance(target, int) and target < 0 else None
    if named_row:
        del payload["message_id"]
        if desk.hand is not None:
            desk.hand.queued(payload.get("chat_id"))
    chat = payload.get("chat_id")
    chat_id = chat if isinstance(chat, int) else None
    load = Load(Lane.ANSWER, name, chat_id, messages_in(name, payload))
    taken = named_row is None and _is_taken(desk, payload, load)
    row_id = await compose(
        desk.session,
        method=name,
        payload=payload,
        chat_id=chat_id,
        now=desk.now,
        target_id=named_row,
        taken=taken,
        detail=_whose_tap(desk, name, payload),
    )
    originates(row_id)
    if taken and desk.taken is not None:
        call = RowInHand(row_id, Lane.ANSWER, chat_id, name, payload, attempts=1)
        desk.taken.append(Parcel(call, payload, {}, load))
    return row_id


def _whose_tap(desk: Desk, name: str, payload: dict[str, Any]) -> dict[str, Any] | None:
    """Say in whose chat the words of a toast go, should Telegram not show them any more."""
    tapper = desk.session.info.get(TAPPER)
    return {TAPPED_BY: tapper} if name == ANSWER_TAP and payload.get("text") and tapper else None


def _is_taken(desk: Desk, payload: dict[str, Any], load: Load) -> bool:
    """Return whether an answer needs no round of the sender; one that names rows or files does."""
    if desk.hand is None:
        return False
    plain = FILES not in payload and not names_rows(payload) and not has_queued(desk.session)
    if plain and desk.taken is not None:
        ours = {parcel.row.chat_id for parcel in desk.taken}
        if desk.hand.reserve(load, ours):
            return True
    desk.hand.queued(load.chat_id)
    return False


def _payload(
    session: BaseSession, bot: Bot, method: TelegramMethod[Any]
) -> tuple[dict[str, Any], dict[str, InputFile]]:
    files: dict[str, InputFile] = {}
    fields = {
        key: session.prepare_value(value, bot=bot, files=files, _dumps_json=False)
        for key, value in method.model_dump(warnings=False).items()
    }
    return {key: value for key, value in fields.items() if value is not None}, files


def _is_one_way(method: TelegramMethod[Any]) -> bool:
    """Tell a call whose answer nobody needs: it gives messages or plain truth."""
    kind = method.__returning__
    parts = get_args(kind) if get_origin(kind) in {Union, UnionType, list} else (kind,)
    return all(part in {Message, MessageId, bool} for part in parts)


def _stub(bot: Bot, method: TelegramMethod[Any], row_id: int, chat_id: Any, now: datetime) -> Any:
    kind = method.__returning__
    if kind is bool:
        return True
    message: Message | MessageId = MessageId(message_id=-row_id)
    if MessageId not in {kind, *get_args(kind)}:
        chat = Chat(id=chat_id if isinstance(chat_id, int) else 0, type="private")
        message = Message(message_id=-row_id, date=now, chat=chat).as_(bot)
    return [message] if get_origin(kind) is list else message
