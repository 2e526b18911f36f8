"""What somebody sent before any form was open, held until a form takes it.

What comes shortly after belongs to it: a burst of messages is one thought, and each of them finds
all of it. What comes later begins anew, and what was held before stays: several questions may be
open, and each of them finds the words that it was asked about.
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

THOUGHTS_AT_MOST = 8
"""Thoughts that are held; the oldest are let go."""

BURST = timedelta(minutes=5)
"""How soon a message follows that belongs to the one before: people write in pieces, slowly."""


class MessagePart(BaseModel):
    """What one message brought."""

    id: int
    value: Any


class HeldThought(BaseModel):
    """One thought: what was sent, in order, and when the last of it came.

    `at` is None once nothing more belongs to it.
    """

    parts: list[MessagePart]
    at: datetime | None = None

    def whole(self) -> Any:
        """Return all of it as one answer; None where that is no story."""
        values = [decode(part.value) for part in self.parts]
        whole = values[0]
        for value in values[1:]:
            whole = joined(whole, value)
        return whole


async def _read(state: FSMContext) -> list[HeldThought]:
    kept = (await state.get_data()).get(HELD)
    try:
        return [HeldThought.model_validate(one) for one in kept] if isinstance(kept, list) else []
    except ValidationError:
        return []


async def _keep(state: FSMContext, thoughts: list[HeldThought]) -> None:
    latest = [one.model_dump(mode="json") for one in thoughts[-THOUGHTS_AT_MOST:]]
    await state.update_data({HELD: latest})


def _with(thoughts: list[HeldThought], number: int) -> HeldThought | None:
    return next((one for one in thoughts if any(part.id == number for part in one.parts)), None)


async def hold(
    state: FSMContext, number: int, value: Any, *, following: datetime | None = None
) -> bool:
    """Hold what a message brought, under its number, beside what was held before.

    What the same message brought is renewed where it stands. `following` is the time at which the
    message came, where it may go on with what was held last: then it is added if it follows soon
    and both fit into one answer, and True says so.
    """
    thoughts, part = await _read(state), MessagePart(id=number, value=encode(value))
    known, last, added = _with(thoughts, number), thoughts[-1] if thoughts else None, False
    if known is not None:
        known.parts = [part if one.id == number else one for one in known.parts]
    elif last is not None and _follows(last, following, value):
        last.parts, last.at, added = [*last.parts, part], following, True
    else:
        thoughts.append(HeldThought(parts=[part], at=following))
    await _keep(state, thoughts)
    return added


async def extend(state: FSMContext, number: int, value: Any) -> None:
    """Add to what a message brought, an album's next picture; nothing where it is held no more."""
    kept = _with(await _read(state), number)
    part = next((one for one in kept.parts if one.id == number), None) if kept else None
    if part is None:
        return
    try:
        whole = joined(decode(part.value), value)
    except DamagedError:
        return
    if whole is not None:
        await hold(state, number, whole)


def _follows(before: HeldThought, now: datetime | None, value: Any) -> bool:
    if now is None or before.at is None or now - before.at > BURST:
        return False
    try:
        whole = joined(before.whole(), value)
    except DamagedError:
        return False
    fits = len(words_in(whole)) <= TEXT_AT_MOST and len(pieces_of(whole)) <= PHOTOS_AT_MOST
    return whole is not None and fits


async def held(state: FSMContext, number: int) -> Any:
    """Return the thought that a message is a part of; None where it is held no more."""
    kept = _with(await _read(state), number)
    if kept is None:
        return None
    try:
        return kept.whole()
    except DamagedError:
        return None


async def take_held(state: FSMContext, value: Any) -> list[MessagePart]:
    """Let go the thought that is this encoded value, the latest such, and return its messages.

    Nothing follows any more on what stays.
    """
    thoughts = await _read(state)
    for one in thoughts:
        one.at = None
    taken = next((one for one in reversed(thoughts) if _is(one, value)), None)
    await _keep(state, [one for one in thoughts if one is not taken])
    return taken.parts if taken else []


def _is(thought: HeldThought, value: Any) -> bool:
    try:
        return value is not None and bool(encode(thought.whole()) == value)
    except DamagedError:
        return False


async def end_thought(state: FSMContext) -> None:
    """Let what comes next begin anew; what is held stays, for the buttons that ask about it."""
    await take_held(state, None)
