"""aiogram's conversation state in the turn's own transaction."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from bot.outbox import Desk, current_desk
from models.conversations import actions


class TurnStorage(BaseStorage):
    """Keeps states in the session of the turn being taken; outside a turn there is none."""

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Keep a state."""
        desk = _desk()
        name = state.state if isinstance(state, State) else state
        await actions.write_state(desk.session, _name(key), name, desk.now)

    async def get_state(self, key: StorageKey) -> str | None:
        """Return the state."""
        state, _ = await actions.read(_desk().session, _name(key))
        return state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Keep a copy of the data: what the handler changes afterwards is not kept."""
        desk = _desk()
        await actions.write_data(desk.session, _name(key), deepcopy(dict(data)), desk.now)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """Return a copy of the data, whole: a change inside it must differ from what is kept."""
        _, data = await actions.read(_desk().session, _name(key))
        return deepcopy(data)

    async def close(self) -> None:
        """Nothing is held."""


STORAGE = TurnStorage()
"""The one storage: it holds nothing itself."""


def _desk() -> Desk:
    desk = current_desk()
    if desk is None:
        raise RuntimeError("conversation state exists only inside a turn")
    return desk


def _name(key: StorageKey) -> str:
    return f"{key.bot_id}:{key.chat_id}:{key.user_id}:{key.destiny}"
