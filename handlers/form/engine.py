"""Asking question after question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.form.declare import FormContext


@dataclass(frozen=True)
class HalfFilled:
    """A form that waits to be gone on with."""

    name: str
    title: str
    """In the language being spoken."""
    answered: int
    questions: int


async def start_form(
    name: str,
    event: Message | CallbackQuery,
    ctx: FormContext,
    prefill: Mapping[str, Any] | None = None,
) -> None:
    """Ask the first question of a form; a tap is answered, its message stays as it is.

    `prefill` gives answers by key: their questions are not asked, but can be edited at the summary.
    Where another form (or this one) is half-filled, the person is asked which to go on with.
    KeyError for a form that does not exist.
    """
    raise NotImplementedError


async def half_filled(state: FSMContext) -> HalfFilled | None:
    """Tell which form of this person waits to be gone on with."""
    raise NotImplementedError


async def resume_form(event: Message | CallbackQuery, ctx: FormContext) -> bool:
    """Ask the present question of the half-filled form again; False where there is none."""
    raise NotImplementedError


def let_pass(words: frozenset[str]) -> None:
    """Name reply-keyboard labels (`phrases(...)`) that work in the middle of any form."""
    raise NotImplementedError
