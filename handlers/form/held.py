"""What somebody sent before any form was open, held until a form starts or they go home.

What comes shortly after belongs to it: a burst of messages is one thought, and each of them finds
all of it. What comes later begins anew.
"""

from datetime import datetime, timedelta
from typing import Any

from aiogram.fsm.context import FSMContext
from pydantic import BaseModel, ValidationError

from handlers.form.readers import PHOTOS_AT_MOST, TEXT_AT_MOST
from handlers.form.story import joined, pieces_of, words_in
from handlers.form.values import DamagedError, decode, encode

HELD = "held"
"""The key in the conversation's data."""

BURST = timedelta(minutes=5)
"""How soon a message follows that belongs to the one before: people write in pieces, slowly."""


class Part(BaseModel):
    """What one message brought."""

    id: int
    value: Any


class Held(BaseModel):
    """What was sent, in order, and when the last of it came."""

    parts: list[Part]
    at: datetime | None = None

    def whole(self) -> Any:
        """Return all of it as one answer; None where that is no story."""
        values = [decode(part.value) for part in self.parts]
        whole = values[0]
        for value in values[1:]:
            whole = joined(whole, value)
        return whole


async def _read(state: FSMContext) -> Held | None:
    try:
        return Held.model_validate((await state.get_data()).get(HELD))
    except ValidationError:
        return None


async def hold(
    state: FSMContext, number: int, value: Any, *, following: datetime | None = None
) -> bool:
    """Hold what a message brought, under its number, in place of what was held before.

    What the same message brought is renewed where it stands. `following` is the time at which the
    message came, where it may go on with what was held: then it is added if it follows soon and
    both fit into one answer, and True says so.
    """
    before, part = await _read(state), Part(id=number, value=encode(value))
    parts, added = [part], False
    if before is not None and any(one.id == number for one in before.parts):
        parts = [part if one.id == number else one for one in before.parts]
    elif before is not None and _follows(before, following, value):
        parts, added = [*before.parts, part], True
    kept = Held(parts=parts, at=following or (before.at if before and len(parts) > 1 else None))
    await state.update_data({HELD: kept.model_dump(mode="json")})
    return added


async def extend(state: FSMContext, number: int, value: Any) -> None:
    """Add to what a message brought, an album's next picture; nothing where it is held no more."""
    kept = await _read(state)
    part = next((one for one in kept.parts if one.id == number), None) if kept else None
    if part is None:
        return
    try:
        whole = joined(decode(part.value), value)
    except DamagedError:
        return
    if whole is not None:
        await hold(state, number, whole)


def _follows(before: Held, now: datetime | None, value: Any) -> bool:
    if now is None or before.at is None or now - before.at > BURST:
        return False
    try:
        whole = joined(before.whole(), value)
    except DamagedError:
        return False
    fits = len(words_in(whole)) <= TEXT_AT_MOST and len(pieces_of(whole)) <= PHOTOS_AT_MOST
    return whole is not None and fits


async def held(state: FSMContext, number: int) -> Any:
    """Return all that is held, where that message brought some of it; None where it did not."""
    kept = await _read(state)
    if kept is None or all(part.id != number for part in kept.parts):
        return None
    try:
        return kept.whole()
    except DamagedError:
        return None


async def held_by(state: FSMContext) -> int:
    """Return the number of the message that brought what is held, the first; 0 for none."""
    kept = await _read(state)
    return kept.parts[0].id if kept else 0


async def drop_held(state: FSMContext) -> None:
    """Hold nothing any more."""
    data = await state.get_data()
    if data.pop(HELD, None) is not None:
        await state.set_data(data)
