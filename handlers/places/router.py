"""/places: the tree, for the admins who look after it."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import Go
from handlers.form import FormContext, start_form
from handlers.places import changing, questions
from handlers.places.callbacks import (
    PlaceAdd,
    PlaceChange,
    PlaceLook,
    PlaceOpen,
    PlaceRename,
    PlaceSure,
)
from handlers.places.screens import tree as screens
from handlers.show import answer, replace, toast
from models.people.views import Denied
from models.places.rules import Change
from models.reshaping.actions.growing import open_tree

router = Router(name="places")


@router.message(Command("places"))
async def open_places(message: Message, **data: Any) -> None:
    """Show the tops of what somebody looks after."""
    await answer(message, await questions.tree(FormContext.of(data), None))


@router.callback_query(Go.filter(F.to == "places"))
async def go_places(callback: CallbackQuery, **data: Any) -> None:
    """Show the tops of what somebody looks after, in place."""
    await replace(callback, await questions.tree(FormContext.of(data), None))


@router.callback_query(PlaceOpen.filter())
async def open_place(callback: CallbackQuery, callback_data: PlaceOpen, **data: Any) -> None:
    """Show a place with what is below it, in place."""
    at, page = callback_data.place_id, callback_data.page
    await replace(callback, await questions.tree(FormContext.of(data), at, page))


@router.callback_query(PlaceAdd.filter())
async def add(callback: CallbackQuery, callback_data: PlaceAdd, **data: Any) -> None:
    """Ask what the new places are called."""
    prefill = {"parent": callback_data.place_id, "kind": callback_data.kind.value}
    await _ask(callback, questions.ADD, prefill, data)


@router.callback_query(PlaceRename.filter())
async def rename(callback: CallbackQuery, callback_data: PlaceRename, **data: Any) -> None:
    """Ask for another name."""
    await _ask(callback, questions.RENAME, {"place": callback_data.place_id}, data)


@router.callback_query(PlaceChange.filter())
async def choose_target(callback: CallbackQuery, callback_data: PlaceChange, **data: Any) -> None:
    """Show where a place can move to, or what it can be merged into."""
    await replace(callback, await changing.targets(FormContext.of(data), callback_data))


@router.callback_query(PlaceLook.filter())
async def look(callback: CallbackQuery, callback_data: PlaceLook, **data: Any) -> None:
    """Show what hangs on a place, and ask."""
    change = Change(callback_data.verb, callback_data.place_id, callback_data.to_id)
    await replace(callback, await changing.ask(FormContext.of(data), change))


@router.callback_query(PlaceSure.filter())
async def change(callback: CallbackQuery, callback_data: PlaceSure, **data: Any) -> None:
    """Make the change."""
    wanted = Change(callback_data.verb, callback_data.place_id, callback_data.to_id)
    await replace(callback, await changing.make(FormContext.of(data), wanted, callback_data.seen))


async def _ask(
    callback: CallbackQuery, form: str, prefill: dict[str, Any], data: dict[str, Any]
) -> None:
    ctx = FormContext.of(data)
    if isinstance(await open_tree(ctx.session, data["person"], None, now=ctx.now), Denied):
        await toast(callback, screens.only_for_admins(), alert=True)
        return
    await start_form(form, callback, ctx, prefill)
