"""Which messages were taken as an answer: changing one renews the answer, or asks about it."""

from dataclasses import dataclass
from enum import StrEnum

from aiogram.fsm.context import FSMContext

ANSWERED = "answered_with"
"""Conversation data: [message, kind, subject] of the latest messages that answered something."""
AT_MOST = 20


class AnsweredKind(StrEnum):
    """What a message answered."""

    VERDICT = "verdict"
    ROLL_CALL = "roll_call"
    COMING = "coming"
    COURTESY = "courtesy"
    """Nothing that was asked: thanks, and a yes or no that nothing waits for."""


@dataclass(frozen=True)
class AnswerGiven:
    """An answer that a message gave; `subject` is the id of the request or the broadcast."""

    kind: AnsweredKind
    subject: int


async def remember_answer(state: FSMContext, number: int, kind: AnsweredKind, subject: int) -> None:
    """Remember what the message of this number answered."""
    before = await _read(state)
    await state.update_data({ANSWERED: [*before, [number, kind.value, subject]][-AT_MOST:]})


async def answered_with(state: FSMContext, number: int) -> AnswerGiven | None:
    """Return what a message answered; None for one that answered nothing, or long ago."""
    found = [one for one in await _read(state) if one[0] == number]
    return AnswerGiven(AnsweredKind(str(found[-1][1])), int(found[-1][2])) if found else None


async def _read(state: FSMContext) -> list[list[int | str]]:
    kept = (await state.get_data()).get(ANSWERED)
    return kept if isinstance(kept, list) else []
