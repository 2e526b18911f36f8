"""What people are told of cars in the way."""

from handlers.cars.screens import call_screen, thanks_screen
from handlers.records.cards import card
from handlers.screen import Pointless
from models.cars.queries import call_told
from models.cars.rules import CallState, CarNotice
from models.cars.views import CarCall
from models.outbox.views import Notice


def _comes(call: CarCall, _notice: Notice) -> str | Pointless:
    so = call.state in {CallState.COMING, CallState.SOON, CallState.MOVED}
    return "" if so else Pointless("nobody comes")


def _asks(call: CarCall, notice: Notice) -> str | Pointless:
    over = call.state is CallState.MOVED and not notice.in_place
    return Pointless("the car is moved") if over else ""


card(CarNotice.PLEASE, call_told, call_screen, _asks)
card(CarNotice.COMES, call_told, call_screen, _comes)
card(CarNotice.UNREACHED, call_told, call_screen)
card(CarNotice.MOVED, call_told, thanks_screen)
