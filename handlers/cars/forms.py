"""What is asked of somebody whom a car blocks: its plate, and where it stands."""

from handlers.cars.screens import SPOTS, call_screen, door_words, home_screen
from handlers.form import (
    Again,
    Answers,
    Choice,
    Choose,
    Form,
    FormContext,
    Prompt,
    Question,
    Text,
    forms,
    plain,
)
from handlers.form.readers import Refused
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.said import said
from handlers.screen import Screen
from models.cars.actions import ask
from models.cars.queries import car_call, car_home
from models.cars.rules import SPOT_LENGTH, CarOutcome, CarSpot
from models.cars.views import CarCall
from models.names.queries import places_by_id
from models.sheets.rules.plates import plates_meant

ASK = "cars.ask"
PLATE, SPOT = "plate", "spot"
PLATE_LENGTH = 40

RETYPED = frozenset({CarOutcome.NO_PLATE, CarOutcome.WHICH_PLATE})


async def _plate(_ctx: FormContext, _answers: Answers, text: str) -> str | Refused:
    meant = plates_meant(text)
    if len(meant) == 1:
        return meant[0]
    return Refused(said(CarOutcome.WHICH_PLATE if meant else CarOutcome.NO_PLATE))


async def _where(ctx: FormContext, _answers: Answers) -> Prompt:
    own = ctx.actor.place_id
    places = await places_by_id(ctx.session, {own} if own is not None else set())
    spots = [Choice(door_words(one), CarSpot.DOOR.value) for one in places.values()]
    spots += [Choice(_(words), kind) for kind, words in SPOTS.items()]
    return Prompt(
        _("Where does it stand? Tap, or write it in a few words."),
        spots,
        columns=1,
    )


async def _ask(ctx: FormContext, answers: Answers) -> Screen | Again:
    made = await ask(
        ctx.session,
        ctx.actor,
        answers[PLATE],
        answers[SPOT],
        token=f"cars:{ctx.actor.id}:{ctx.run}",
        now=ctx.now,
    )
    told = said(made.outcome)
    if made.outcome in RETYPED:
        return Again(PLATE, told)
    if made.call_id is not None:
        call = await car_call(ctx.session, ctx.actor, made.call_id, now=ctx.now)
        if isinstance(call, CarCall):
            return call_screen(call, ctx.now, told)
    return home_screen(await car_home(ctx.session, ctx.actor, ctx.now), told)


forms.add(
    Form(
        name=ASK,
        version=1,
        title=mark("Ask for a car to be moved"),
        questions=(
            Question(
                PLATE,
                plain(mark("What is the plate? Write it as you see it, such as 苏A12345.")),
                accepts=(Text(PLATE_LENGTH, _plate),),
                personal=True,
            ),
            Question(SPOT, _where, accepts=(Choose(), Text(SPOT_LENGTH))),
        ),
        finish=_ask,
        confirm=False,
    )
)
