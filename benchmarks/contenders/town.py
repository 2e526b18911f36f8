"""A fresh Linli database: its tables, its people, what waits to be sent."""

import bot.lean  # noqa: F401 - before anything imports aiogram

# isort: split

from datetime import UTC, datetime

from sqlalchemy import insert

from benchmarks.contenders import FIRST_READER, NOON, PUSH_TEXT, TOKEN
from bot.settings import Settings, load
from handlers.notices import renders
from handlers.screen import Pointless, Screen
from models.database import Session, open_engine
from models.outbox.actions import SEND, compose
from models.outbox.rules import Lane, State
from models.outbox.tables import OutboxRow
from models.outbox.views import Notice
from models.people.rules import CONSENT_VERSION
from models.people.tables import PersonRow
from models.schema import metadata
from models.vault import Vault

PUSH = "benchmark.push"


@renders(PUSH)
async def push(_session: Session, _notice: Notice) -> Screen | Pointless:
    """Render a push that needs nothing from the database."""
    return Screen(PUSH_TEXT)


_STARTED = datetime.now(UTC)
_AHEAD = _STARTED.replace(hour=0, minute=0, second=0, microsecond=0) + NOON - _STARTED


def by_day() -> datetime:
    """Give an instant that runs from noon on: at night pushes would wait for the day."""
    return datetime.now(UTC) + _AHEAD


def settings(api: str, database: str, **more: object) -> Settings:
    """Give Linli's settings for a local server and a database, and `more` of them by name."""
    told: dict[str, object] = {
        "bot_token": TOKEN,
        "telegram_api_url": api,
        "database_url": database,
        "encryption_key": Vault.new_key(),
        "log_level": "WARNING",
    }
    return load(**{**told, **more})


async def found(database: str) -> None:
    """Make the tables."""
    engine = open_engine(database)
    async with engine.begin() as connection:
        await connection.run_sync(metadata().create_all)
    await engine.dispose()


async def settle(
    session: Session, first_telegram_id: int, people: int, place_id: int | None = None
) -> list[int]:
    """Let registered people move in, at a place or nowhere; give their numbers."""
    now = by_day()
    rows = [
        {
            "telegram_id": first_telegram_id + number,
            "name": "居民",
            "place_id": place_id,
            "language": "zh_Hans",
            "consent_version": CONSENT_VERSION,
            "consented_at": now,
            "created_at": now,
        }
        for number in range(people)
    ]
    if not rows:
        return []
    return list((await session.scalars(insert(PersonRow).returning(PersonRow.id), rows)).all())


async def queue_pushes(session: Session, pushes: int) -> None:
    """Queue a notice each for as many readers, to be rendered when its turn comes."""
    now = by_day()
    readers = await settle(session, FIRST_READER, pushes)
    rows = [
        {
            "lane": Lane.BULK,
            "state": State.QUEUED,
            "chat_id": FIRST_READER + number,
            "method": SEND,
            "kind": PUSH,
            "subject_id": 1,
            "recipient_id": reader,
            "repeat": False,
            "attempts": 0,
            "created_at": now,
            "due_at": now,
        }
        for number, reader in enumerate(readers)
    ]
    if rows:
        await session.execute(insert(OutboxRow), rows)


async def queue_answers(session: Session, answers: int) -> None:
    """Queue composed messages, one a chat."""
    now = by_day()
    for number in range(answers):
        chat_id = FIRST_READER + number
        payload = {"chat_id": chat_id, "text": PUSH_TEXT}
        await compose(session, method=SEND, payload=payload, chat_id=chat_id, now=now)
