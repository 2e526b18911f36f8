"""A process that has just begun: goes on with the survey that somebody has half filled in."""

import asyncio
import json
import sys
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey
from aiogram.fsm.storage.memory import MemoryStorage
from sqlalchemy import select

from handlers.form.run import load
from models.conversations.tables import ConversationRow
from models.database import Sessions, open_engine, open_sessions, transaction, vault_of
from models.vault import Vault
from tests.sheets.survey import CODE


async def half_filled(sessions: Sessions) -> dict[str, Any]:
    """Return of the half-filled survey its version, what it asks, and what was answered."""
    async with transaction(sessions) as session:
        found = select(ConversationRow).where(ConversationRow.state == f"form:sheet.{CODE}")
        row = (await session.scalars(found)).one()
        state = FSMContext(MemoryStorage(), StorageKey(bot_id=1, chat_id=1, user_id=1))
        await state.set_state(row.state)
        await state.set_data(row.data)
        opened = await load(state, session, vault_of(session))
    assert opened is not None
    form, run = opened
    answers = {key: given.value for key, given in run.answers.items()}
    asks = [question.key for question in form.questions]
    return {"version": form.version, "asks": asks, "at": run.key, "answers": answers}


async def main(url: str, key: str) -> None:
    engine = open_engine(url)
    sys.stdout.write(json.dumps(await half_filled(open_sessions(engine, Vault.from_text(key)))))
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
