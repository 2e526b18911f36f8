"""How calls to move a car look: to whoever asks, and to whoever is asked."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.cars.callbacks import AskForCar, CarAct, HearOfCars, OnCar
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.said import says
from handlers.registrations.callbacks import ToRegister
from handlers.screen import Screen, button, inline
from handlers.text import paragraphs, place_name
from models.cars.rules import NAME, CallMove, CallState, CarOutcome, CarSpot, door_of
from models.cars.views import CarCall, CarHome
from models.names.views import Where
from models.records.rules import Refusal

says(
    (
        CarOutcome.ASKED,
        mark(
            "🚗 The owner is being asked to move the car. As soon as somebody answers, you hear of "
            "it here; without an answer in ten minutes, too."
        ),
    ),
    (CarOutcome.COMING, mark("Thank you! We have told them that you come at once.")),
    (CarOutcome.SOON, mark("Thank you! We have told them: in about ten minutes.")),
    (CarOutcome.DISOWNED, mark("Understood. Whoever asked learns nothing of it.")),
    (CarOutcome.MUTED, mark("Understood: you are asked no more to move a car.")),
    (CarOutcome.HEARS, mark("You are asked again when your car is in the way.")),
    (CarOutcome.THANKED, mark("Good! Whoever came is thanked.")),
    good=True,
)
says(
    (
        CarOutcome.TOO_MANY,
        mark(
            "That is as often as one can ask in a day. Please try tomorrow, or ring the property."
        ),
    ),
    (CarOutcome.JUST_ASKED, mark("This car was asked for just now. Please wait ten minutes.")),
    (CarOutcome.OWN_CAR, mark("This is a plate that you have registered yourself.")),
    (CarOutcome.NO_PLATE, mark("That is no plate. Please write it whole, such as 苏A12345.")),
    (
        CarOutcome.WHICH_PLATE,
        mark(
            "Plates of several provinces are spelt so. Please write the first sign in Chinese, "
            "such as 苏A12345."
        ),
    ),
    (CarOutcome.NO_HOME, mark("Please choose your building in the settings first.")),
    good=False,
)
says((Refusal.TOO_LATE, mark("That was too long ago to be of use.")), good=False, of=NAME)

SPOTS: dict[str, str] = {
    CarSpot.GATE: mark("at the gate"),
    CarSpot.GARAGE: mark("in the garage"),
    CarSpot.LIFT: mark("at the entrance to the lift"),
}
OWNER_SEES = {
    CallState.COMING: mark("👍 They know that you come at once."),
    CallState.SOON: mark("👍 They know that you come in about ten minutes."),
    CallState.MOVED: mark("✅ The car is moved. Thank you!"),
}
SENDER_SEES = {
    CallState.ASKED: mark("🚗 The owner is being asked. You hear of an answer here."),
    CallState.COMING: mark("🚗 The owner comes at once!"),
    CallState.SOON: mark("🚗 The owner comes in about ten minutes."),
    CallState.UNREACHED: mark("The owner could not be reached. Please ask the property's office."),
    CallState.MOVED: mark("✅ The car is moved."),
}


def home_screen(home: CarHome, told: str = "") -> Screen:
    """Offer to ask for a car to be moved, and say what it is like to be asked."""
    left = (
        _("You can ask {count} more times today.").format(count=home.left)
        if home.left
        else _("You have asked as often as one can today. The property's office helps further.")
    )
    words = _(
        "🚗 Is a car in the way? Send us its plate: whoever has registered it is asked to move it. "
        "Neither of you learns who the other is."
    )
    hears = (
        (_("🔕 Do not ask me about my car"), HearOfCars(so=False))
        if home.hears
        else (_("🔔 Ask me about my car again"), HearOfCars(so=True))
    )
    rows = [[button(_("🚗 Ask for a car to be moved"), AskForCar())]] if home.left else []
    register = button(_("🗂 Register a car"), ToRegister())
    back = button(_("‹ Home"), Go(to="home"))
    keyboard = inline(*rows, [button(*hears)], [register, back])
    return Screen(paragraphs(told, words, left), keyboard=keyboard)


def call_screen(call: CarCall, _now: datetime, above: str = "") -> Screen:
    """Show a call: to whoever asked how it stands, to whoever is asked what can be answered."""
    return _of_sender(call, above) if call.mine else _of_owner(call, above)


def _of_sender(call: CarCall, above: str) -> Screen:
    acts = [(CallMove.THANK, _("✅ It is moved, thank you"), CarAct.MOVED)]
    just_asked = bool(above) and call.state is CallState.ASKED
    stands = "" if just_asked else _(SENDER_SEES[call.state])  # said above in more words
    return Screen(
        paragraphs(above, stands, _car(call)),
        keyboard=inline(*_keys(call, acts)),
    )


def _of_owner(call: CarCall, above: str) -> Screen:
    acts = [
        (CallMove.COME, _("🏃 I come at once"), CarAct.COME),
        (CallMove.COME_SOON, _("🕙 In ten minutes"), CarAct.SOON),
        (CallMove.DISOWN, _("Not my car"), CarAct.NOT_MINE),
        (CallMove.MUTE, _("🔕 Do not ask me about my car"), CarAct.MUTE),
    ]
    asks = _("🚗 A neighbour asks you to move your car.")
    disowned = _(
        "Understood: this is not your car. If you registered this plate, end it: /register"
    )
    answered = OWNER_SEES.get(call.state)
    said = disowned if call.disowned else _(answered) if answered else asks
    return Screen(paragraphs(above, said, _car(call)), keyboard=inline(*_keys(call, acts)))


def _keys(
    call: CarCall, acts: list[tuple[CallMove, str, CarAct]]
) -> list[list[InlineKeyboardButton]]:
    return [
        [button(label, OnCar(act=act, id=call.id))]
        for move, label, act in acts
        if move in call.moves
    ]


def _car(call: CarCall) -> str:
    if not call.plate:
        return ""
    spot = _spot(call)
    return _("{plate}, at: {spot}").format(plate=call.plate, spot=spot) if spot else call.plate


def _spot(call: CarCall) -> str:
    if call.door is not None:
        return door_words(call.door)
    words = SPOTS.get(call.spot)
    if words:
        return _(words)
    return "" if door_of(call.spot) else call.spot


def door_words(building: Where) -> str:
    """Say at whose door a car stands, in the reader's language."""
    return _("at the door of {place}").format(place=place_name(building))


def thanks_screen(_call: CarCall, _now: datetime, above: str = "") -> Screen:
    """Thank whoever came."""
    return Screen(paragraphs(above, _("🙏 The car is moved. Your neighbour says thank you!")))
