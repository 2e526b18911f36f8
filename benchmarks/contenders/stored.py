"""aiogram with one insert and a state write, one transaction an update, no promises.

The database is opened as Linli opens its own; SQLite: one connection, WAL, synchronous FULL.
"""

import argparse
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import Message
from aiohttp import web
from sqlalchemy import JSON
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from benchmarks.contenders.bare import open_bot
from models.database import open_engine


class Base(DeclarativeBase):
    pass


class Heard(Base):
    """One message that came."""

    __tablename__ = "heard"

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int]
    text: Mapped[str]


class Kept(Base):
    """A person's state."""

    __tablename__ = "kept"

    chat_id: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


async def echo(message: Message, sessions: async_sessionmaker[AsyncSession]) -> None:
    chat_id, text = message.chat.id, message.text or ""
    async with sessions.begin() as session:
        session.add(Heard(chat_id=chat_id, text=text))
        kept = await session.get(Kept, chat_id)
        if kept is None:
            session.add(Kept(chat_id=chat_id, data={"count": 1}))
        else:
            kept.data = {"count": kept.data["count"] + 1}
    await message.answer(text)


def serve(dispatcher: Dispatcher, bot: Bot, port: int) -> None:
    """Take updates by webhook; 200 is said once the handler has ended."""

    async def take(request: web.Request) -> web.Response:
        await dispatcher.feed_raw_update(bot, await request.json())
        return web.Response()

    async def start(_app: web.Application) -> None:
        await dispatcher.emit_startup(bot=bot)

    app = web.Application()
    app.on_startup.append(start)
    app.router.add_post("/telegram", take)
    web.run_app(app, host="127.0.0.1", port=port, print=None)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--webhook", type=int, help="the port of this worker, one of many")
    parser.add_argument("--founded", action="store_true", help="another has made the tables")
    options = parser.parse_args()
    engine = open_engine(options.database)
    dispatcher = Dispatcher(sessions=async_sessionmaker(engine, expire_on_commit=False))

    @dispatcher.startup()
    async def create_tables() -> None:
        if options.founded:
            return
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)

    dispatcher.message.register(echo)
    if options.webhook:
        serve(dispatcher, open_bot(options.api), options.webhook)
    else:
        dispatcher.run_polling(open_bot(options.api))


if __name__ == "__main__":
    main()
