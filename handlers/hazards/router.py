"""Hazards: the list, one whole, writing one down, looking again, a file."""

from datetime import date, datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.form import FormContext, start_form
from handlers.hazards import forms, notices, screens
from handlers.hazards.callbacks import (
    AccidentBack,
    AccidentDay,
    FindHazard,
    HazardAct,
    HazardsFile,
    NarrowFile,
    NarrowHazards,
    OnHazard,
    ToHazards,
)
from handlers.i18n import gettext as _
from handlers.media import send_media
from handlers.records.acts import ActTable, serve
from handlers.records.said import said
from handlers.screen import Screen
from handlers.show import answer, answer_tables, replace, toast
from models.categories import Body
from models.database import Session
from models.hazards.actions.looking import still_well, take_accident_back
from models.hazards.actions.printing import hazards_to_print
from models.hazards.queries import (
    calm,
    counts,
    hazard,
    hazards_page,
    narrower,
)
from models.hazards.records import HAZARDS
from models.hazards.rules import EVERYWHERE, AccidentOutcome, HazardsAt, HazardsShown
from models.names.queries import places_by_id
from models.names.views import Where
from models.people.rules import Right
from models.people.views import Person
from models.records.rules import Refusal

__all__ = ["notices", "router"]

router = Router(name="hazards")

HAZARD = ActTable(
    HAZARDS.name,
    hazard,
    screens.hazard_screen,
    opens=HazardAct.OPEN,
    does={HazardAct.WELL: still_well},
    writes={
        HazardAct.AGAIN: forms.AGAIN,
        HazardAct.ANSWER: forms.ANSWER,
        HazardAct.SORT: forms.SORT,
        HazardAct.HAND_ON: forms.HAND_ON,
    },
)
serve(router, OnHazard, HAZARD)


async def _list(
    session: Session,
    person: Person,
    now: datetime,
    shown: HazardsShown = HazardsShown.OPEN,
    page: int = 0,
    at: HazardsAt = EVERYWHERE,
) -> Screen:
    if not person.may_anywhere(Right.WORK_DESK):
        return screens.for_the_desk_screen()
    return screens.hazards_screen(
        await hazards_page(session, person, shown, page, now=now, at=at),
        shown,
        await counts(session, person, at),
        await calm(session, person, now=now),
        now,
        enters=person.may_anywhere(Right.SUPERVISE),
        at=at,
        where=await _where(session, at),
    )


@router.message(Command("hazards"))
async def hazards(message: Message, session: Session, person: Person, now: datetime) -> None:
    """List the hazards of the reader's places."""
    await answer(message, await _list(session, person, now))


@router.callback_query(ToHazards.filter())
async def turn(
    callback: CallbackQuery,
    callback_data: ToHazards,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show a page of the hazards."""
    one = callback_data
    at = _narrowed(one.place, one.body)
    await replace(callback, await _list(session, person, now, one.shown, one.page, at))


def _narrowed(place: int, body: str) -> HazardsAt:
    return HazardsAt(place or None, Body(body) if body in {*Body} else None)


async def _where(session: Session, at: HazardsAt) -> Where | None:
    """Name the place that a list is narrowed to; None where there is none."""
    if at.place_id is None:
        return None
    return (await places_by_id(session, {at.place_id})).get(at.place_id)


@router.callback_query(NarrowHazards.filter())
async def narrow(
    callback: CallbackQuery, callback_data: NarrowHazards, session: Session, person: Person
) -> None:
    """Offer the places and bodies to which the list can be narrowed."""
    if not person.may_anywhere(Right.WORK_DESK):
        await replace(callback, screens.for_the_desk_screen())
        return
    places, bodies = await narrower(session, person, callback_data.shown)
    await replace(callback, screens.narrow_screen(callback_data.shown, places, bodies))


@router.callback_query(FindHazard.filter())
async def begin_finding(callback: CallbackQuery, **data: Any) -> None:
    """Ask what was found, of somebody at a desk."""
    ctx = FormContext.of(data)
    if ctx.actor.may_anywhere(Right.WORK_DESK):
        await start_form(forms.FIND, callback, ctx)
    else:
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)


@router.callback_query(AccidentDay.filter())
async def begin_accident(callback: CallbackQuery, **data: Any) -> None:
    """Ask for the day of an accident, of somebody who answers for a place."""
    ctx = FormContext.of(data)
    if ctx.actor.may_anywhere(Right.SUPERVISE):
        await start_form(forms.ACCIDENT, callback, ctx)
    else:
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)


@router.callback_query(AccidentBack.filter())
async def takes_accident_back(
    callback: CallbackQuery,
    callback_data: AccidentBack,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Take the day of an accident back that was entered by mistake."""
    try:
        day = date.fromisoformat(str(callback_data.day))
    except ValueError:
        await toast(callback, said(Refusal.BAD_CHOICE), alert=True)
        return
    outcome = await take_accident_back(session, person, callback_data.place, day, now=now)
    await toast(callback, said(outcome), alert=True)
    if outcome is AccidentOutcome.TAKEN_BACK:
        await replace(callback, await _list(session, person, now))


@router.callback_query(OnHazard.filter(F.act == HazardAct.BELOW))
async def open_below(
    callback: CallbackQuery,
    callback_data: OnHazard,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Open a hazard below a card."""
    await HAZARD.open(callback, session, person, callback_data.id, now, below=True)


@router.callback_query(OnHazard.filter(F.act == HazardAct.PHOTOS))
async def show_photos(
    callback: CallbackQuery,
    callback_data: OnHazard,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Send the photos of a hazard."""
    view = await HAZARD.seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await send_media(callback, bot, view.photos)


@router.callback_query(HazardsFile.filter())
@router.callback_query(NarrowFile.filter())
async def send_file(
    callback: CallbackQuery,
    callback_data: HazardsFile | NarrowFile,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Send the hazards of the reader's places as a file; the look is on record."""
    one = callback_data
    at = _narrowed(one.place, one.body) if isinstance(one, NarrowFile) else EVERYWHERE
    lines = await hazards_to_print(session, person, at, now=now)
    if isinstance(lines, Refusal):
        await toast(callback, said(lines), alert=True)
        return
    words = _("The hazards of your list. Nobody’s name is in it.")
    await answer_tables(callback, [screens.hazard_table(lines, now)], words)
