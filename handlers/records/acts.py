"""Serving the buttons of a record by a table: one handler for all acts of a kind.

A button carries `act` and `id`. What does not fit is a handler of its own beside the table, which
still shows the record by `seen`, `open` and `done`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.callbacks import Button, Id
from handlers.form import FormContext, start_form
from handlers.records.said import is_good, said
from handlers.screen import Screen
from handlers.show import follow, renewed, replace, toast
from models.database import Session
from models.people.views import Person
from models.records.rules import Refusal

View = TypeVar("View")


class OnRecord(Protocol):
    """What a record's buttons carry."""

    act: Any
    id: Id


UseCase = Callable[..., Awaitable[StrEnum]]
"""(session, person, id, *, now) -> the outcome"""


@dataclass(frozen=True)
class ActTable(Generic[View]):
    """What each act of a record's buttons does."""

    subject: str
    """Whose own words outcomes are said in, where it has any."""
    look: Callable[..., Awaitable[View | Refusal]]
    """(session, person, id, *, now) -> the view, or why it is not shown"""
    page: Callable[[View, datetime], Screen]
    opens: StrEnum | None = None
    """The act that shows the record in place."""
    does: Mapping[Any, UseCase] = field(default_factory=dict)
    """Acts that are done at once: said in a word, and the record shown as it stands then."""
    asks: Mapping[Any, Callable[[View, datetime], Screen]] = field(default_factory=dict)
    """Screens shown in place of the record: a question, its history."""
    writes: Mapping[Any, str] = field(default_factory=dict)
    """Forms, opened with the record's number as the answer `record`."""
    marked: Callable[[Session, int, str], Awaitable[str]] | None = None
    """(session, id, what came of an act) -> the same, marked where it must not be mistaken"""

    async def seen(
        self, callback: CallbackQuery, session: Session, person: Person, id_: int, now: datetime
    ) -> View | None:
        """Return a record that is the person's to see; else the tap is answered with why not."""
        view = await self.look(session, person, id_, now=now)
        if not isinstance(view, Refusal):
            return view
        await toast(callback, said(view, self.subject), alert=True)
        return None

    async def open(
        self,
        callback: CallbackQuery,
        session: Session,
        person: Person,
        id_: int,
        now: datetime,
        *,
        below: bool = False,
    ) -> None:
        """Show a record: in place, or below a card, which goes on changing by itself."""
        view = await self.seen(callback, session, person, id_, now)
        if view is not None:
            await (follow if below else replace)(callback, self.page(view, now), toast="")

    async def done(
        self,
        callback: CallbackQuery,
        session: Session,
        person: Person,
        id_: int,
        now: datetime,
        outcome: StrEnum,
    ) -> None:
        """Say what came of an act, and show the record as it stands now: on its page, or in place
        where the act was on a live card."""
        told = said(outcome, self.subject)
        if self.marked is not None:
            told = await self.marked(session, id_, told)
        await toast(callback, told, alert=not is_good(outcome, self.subject))
        if await renewed(callback, session, now):
            return
        view = await self.look(session, person, id_, now=now)
        if not isinstance(view, Refusal):
            await replace(callback, self.page(view, now))


def serve(router: Router, button: type[Button], table: ActTable[Any]) -> None:
    """Register one handler for each kind of act."""

    async def show(
        callback: CallbackQuery, callback_data: Any, session: Session, person: Person, now: datetime
    ) -> None:
        view = await table.seen(callback, session, person, callback_data.id, now)
        if view is not None:
            draw = table.asks.get(callback_data.act, table.page)
            await replace(callback, draw(view, now))

    async def do(
        callback: CallbackQuery, callback_data: Any, session: Session, person: Person, now: datetime
    ) -> None:
        outcome = await table.does[callback_data.act](session, person, callback_data.id, now=now)
        await table.done(callback, session, person, callback_data.id, now, outcome)

    async def write(callback: CallbackQuery, callback_data: Any, **data: Any) -> None:
        ctx, record_id = FormContext.of(data), callback_data.id
        if await table.seen(callback, ctx.session, ctx.actor, record_id, ctx.now) is not None:
            form = table.writes[callback_data.act]
            await start_form(form, callback, ctx, prefill={"record": record_id})

    opened = {*table.asks, *([] if table.opens is None else [table.opens])}
    for handler, acts in ((show, opened), (do, set(table.does)), (write, set(table.writes))):
        if acts:
            router.callback_query(button.filter(F.act.in_(acts)))(handler)
