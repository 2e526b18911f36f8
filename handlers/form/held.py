"""What somebody sent before any form was open, held until a form starts or they go home.

One thing at a time: what comes later takes the place of what came before.
"""

from typing import Any

from aiogram.fsm.context import FSMContext

from handlers.form.values import DamagedError, decode, encode

HELD = "held"
"""The key in the conversation's data."""


async def hold(state: FSMContext, number: int, value: Any) -> None:
    """Hold an answer to come, under the number of the message that brought it."""
    await state.update_data({HELD: {"id": number, "value": encode(value)}})


async def held(state: FSMContext, number: int) -> Any:
    """Give what that message brought; None where it is no longer held."""
    kept = (await state.get_data()).get(HELD)
    if not isinstance(kept, dict) or kept.get("id") != number:
        return None
    try:
        return decode(kept.get("value"))
    except DamagedError:
        return None


async def held_by(state: FSMContext) -> int:
    """Return the number of the message whose answer is held; 0 for none."""
    kept = (await state.get_data()).get(HELD)
    number = kept.get("id") if isinstance(kept, dict) else None
    return number if isinstance(number, int) else 0


async def drop_held(state: FSMContext) -> None:
    """Hold nothing any more."""
    data = await state.get_data()
    if data.pop(HELD, None) is not None:
        await state.set_data(data)
