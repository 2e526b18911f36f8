"""A half-filled form that stands aside for something more urgent, in the conversation's data."""

from datetime import datetime, timedelta
from typing import Any

from aiogram.fsm.context import FSMContext

from handlers.form.run import DATA, STATE, is_filling

ASIDE = "aside"
"""The key in the conversation's data: the run as it was kept, and since when."""

KEPT_FOR = timedelta(days=1)
"""Later, what was half-filled is of no more use, and asking about it only puzzles."""


async def put_aside(state: FSMContext, now: datetime) -> None:
    """Close the open form and keep it, in place of what stood aside before."""
    data = await state.get_data()
    run = data.pop(DATA)
    data[ASIDE] = {"run": {**run, "asked": None}, "at": now.isoformat()}
    await state.set_data(data)
    await state.set_state(None)


async def take_back(state: FSMContext, now: datetime, name: str | None = None) -> bool:
    """Open again what stands aside, where no form is open; only a form of that name, where given.

    What stood aside for too long is thrown away.
    """
    data = await state.get_data()
    kept: Any = data.get(ASIDE)
    if not isinstance(kept, dict) or is_filling(await state.get_state()):
        return False
    run, at = kept["run"], datetime.fromisoformat(kept["at"])
    old = now - at > KEPT_FOR
    if name not in {None, run["name"]} and not old:
        return False
    del data[ASIDE]
    if not old:
        data[DATA] = run
    await state.set_data(data)
    if not old:
        await state.set_state(STATE + run["name"])
    return not old
