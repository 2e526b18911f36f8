"""Moving a car: the page, asking, answering, a plate that somebody just sends."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import Go
from handlers.cars import forms, notices, screens
from handlers.cars.callbacks import AskForCar, CarAct, HearOfCars, OnCar
from handlers.form import FormContext, begin_with, start_form
from handlers.heard import Heard
from handlers.records.acts import ActTable, serve
from handlers.records.said import said
from handlers.show import answer, replace, toast
from models.cars.actions import come, come_soon, disown, hear, mute, thank
from models.cars.queries import car_call, car_home
from models.cars.rules import NAME, CarOutcome
from models.cars.views import CarHome
from models.database import Session
from models.people.views import Person
from models.sheets.rules.plates import plates_meant

__all__ = ["notices", "router"]

router = Router(name="cars")

CAR = ActTable(
    NAME,
    car_call,
    screens.call_screen,
    opens=CarAct.OPEN,
    does={
        CarAct.COME: come,
        CarAct.SOON: come_soon,
        CarAct.NOT_MINE: disown,
        CarAct.MUTE: mute,
        CarAct.MOVED: thank,
    },
)
serve(router, OnCar, CAR)

LONGEST_PLATE = 20
"""Characters of a message that is a plate and nothing else."""


async def is_plate(message: Message, heard: Heard) -> bool:
    """Tell a message of one's own that is a plate and nothing else."""
    text = message.text or ""
    return heard.own and len(text) <= LONGEST_PLATE and bool(plates_meant(text))


@router.message(Command("car"))
async def cars(message: Message, session: Session, person: Person, now: datetime) -> None:
    """Offer to ask for a car to be moved."""
    await answer(message, screens.home_screen(await car_home(session, person, now)))


@router.callback_query(Go.filter(F.to == "cars"))
async def to_cars(callback: CallbackQuery, session: Session, person: Person, now: datetime) -> None:
    """Offer it in place."""
    await replace(callback, screens.home_screen(await car_home(session, person, now)))


@router.callback_query(AskForCar.filter())
async def begin(callback: CallbackQuery, **data: Any) -> None:
    """Ask for the plate, of whoever can still ask."""
    ctx = FormContext.of(data)
    why = cannot_ask(await car_home(ctx.session, ctx.actor, ctx.now))
    if why is None:
        await start_form(forms.ASK, callback, ctx)
    else:
        await toast(callback, said(why), alert=True)


@router.message(is_plate)
async def take_plate(message: Message, **data: Any) -> None:
    """Take a plate that somebody just sends: it is in their way."""
    ctx = FormContext.of(data)
    meant = plates_meant(message.text or "")
    home = await car_home(ctx.session, ctx.actor, ctx.now)
    why = CarOutcome.WHICH_PLATE if len(meant) > 1 else cannot_ask(home)
    if why is None:
        await begin_with(forms.ASK, message, ctx, {forms.PLATE: meant[0]})
    else:
        await answer(message, screens.home_screen(home, said(why)))


def cannot_ask(home: CarHome) -> CarOutcome | None:
    """Return why somebody cannot ask now, before they write anything; None where they can."""
    if not home.has_home:
        return CarOutcome.NO_HOME
    return None if home.left else CarOutcome.TOO_MANY


@router.callback_query(HearOfCars.filter())
async def set_hearing(
    callback: CallbackQuery,
    callback_data: HearOfCars,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Be asked to move one's car, or no more."""
    outcome = await hear(session, person, so=callback_data.so, now=now)
    home = await car_home(session, person, now)
    await replace(callback, screens.home_screen(home), toast=said(outcome))
