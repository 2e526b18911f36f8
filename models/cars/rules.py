"""Asking for a car to be moved: who may do what and when; standard library only."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.hours.rules.local_time import day_of
from models.outbox.kinds import NoticeKind, notice
from models.policy.rules import Policy
from models.records.rules import Lifecycle, Transition
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark


@dataclass(frozen=True)
class CarPolicy(Policy):
    """How often and how long somebody is asked to move a car."""

    car_calls_a_day: int = 3
    """By one person; from the next on: tomorrow, or the property's office."""
    car_silent_after: timedelta = timedelta(minutes=10)
    """Without an answer so long, whoever asked is told that nobody could be reached."""


NAME = "cars"
SPOT_LENGTH = 60
"""Characters of where the car stands."""
ANSWERED_WITHIN = timedelta(hours=12)
"""So long an answer is of use: the car has gone since, or the property has seen to it."""
FORGOTTEN_AFTER = timedelta(days=30)
"""Then the plate, the spot and who was asked are erased; that somebody asked stays."""


class CarSpot(StrEnum):
    """Spots to choose from; kept by these names, so that each reads them in their own language."""

    DOOR = "@door"
    """Of the sender's building, whose number follows."""
    GATE = "@gate"
    GARAGE = "@garage"
    LIFT = "@lift"


def door_of(spot: str) -> int | None:
    """Return of which building (id) a spot is the door; None for any other."""
    kind, _colon, number = spot.partition(":")
    return int(number) if kind == CarSpot.DOOR and number.isdecimal() else None


class CallState(StrEnum):
    """How a call to move a car stands."""

    ASKED = "asked"
    COMING = "coming"
    SOON = "soon"
    """In about ten minutes."""
    UNREACHED = "unreached"
    """Nobody answered in time; whether there was anybody to ask, nobody is told."""
    MOVED = "moved"


class CallMove(StrEnum):
    """What is done with such a call."""

    LOOK = "look"
    COME = "come"
    COME_SOON = "come_soon"
    DISOWN = "disown"
    """Say that the car is not one's own."""
    MUTE = "mute"
    """Be asked no more to move a car."""
    THANK = "thank"
    """Say that it is moved."""
    GIVE_UP = "give_up"
    """The clock's."""


class CallRelation(StrEnum):
    """What somebody is to a call."""

    SENDER = "sender"
    OWNER = "owner"
    """Was asked, and has not said that the car is another's."""
    OTHER = "other"
    """Was asked, and has said so."""


_WAITING = frozenset({CallState.ASKED, CallState.UNREACHED})
_ANSWERED = frozenset({CallState.COMING, CallState.SOON})
_OWNER, _SENDER = frozenset({CallRelation.OWNER}), frozenset({CallRelation.SENDER})

CALL_LIFECYCLE = Lifecycle[CallState, CallMove, CallRelation](
    CallState,
    Transition(CallMove.LOOK, _OWNER | _SENDER | {CallRelation.OTHER}, frozenset(CallState)),
    Transition(CallMove.COME, _OWNER, _WAITING | {CallState.SOON}, CallState.COMING),
    Transition(CallMove.COME_SOON, _OWNER, _WAITING, CallState.SOON),
    Transition(CallMove.DISOWN, _OWNER, frozenset(CallState)),
    Transition(CallMove.MUTE, _OWNER, frozenset(CallState)),
    Transition(CallMove.THANK, _SENDER, _WAITING | _ANSWERED, CallState.MOVED),
    Transition(CallMove.GIVE_UP, frozenset(), frozenset({CallState.ASKED}), CallState.UNREACHED),
)


class CarOutcome(StrEnum):
    """What became of an act on a call."""

    ASKED = "asked"
    """The same whether the plate is known or not."""
    TOO_MANY = "too_many"
    """For today."""
    JUST_ASKED = "just_asked"
    """For this plate, and the time for an answer is not over."""
    OWN_CAR = "own_car"
    NO_PLATE = "no_plate"
    WHICH_PLATE = "which_plate"
    NO_HOME = "no_home"
    COMING = "coming"
    SOON = "soon"
    DISOWNED = "disowned"
    MUTED = "muted"
    HEARS = "hears"
    THANKED = "thanked"


def may_ask(today: int, policy: CarPolicy) -> bool:
    """Return whether somebody may ask once more, after so many times on one day."""
    return today < policy.car_calls_a_day


def counted_from(now: datetime, zone: str) -> date:
    """Return the day on which calls are counted."""
    return day_of(now, zone)


class CarNotice(NoticeKind):
    """Kinds of notice; the subject of each is the call."""

    PLEASE = notice(
        "cars.please",
        mark("please move your car"),
        to="everybody in the community whose registered vehicle has the plate and who can be asked",
        when="a neighbour asks; it names the plate and the spot, and never who asks",
        changes="yes",
    )
    COMES = notice(
        "cars.comes",
        mark("the owner comes to the car"),
        to="whoever asked",
        when="an owner says that they come; never who",
        changes="yes",
    )
    UNREACHED = notice(
        "cars.unreached",
        mark("nobody could be reached about a car"),
        to="whoever asked",
        when=(
            "nobody has said for ten minutes that they come: the same words at the same time for a "
            "plate that nobody has, for owners who are asked no more, and for silent ones"
        ),
        changes="yes",
    )
    MOVED = notice(
        "cars.moved",
        mark("thanks for moving a car"),
        to="the owner who came",
        when="whoever asked says that the car is moved",
    )


CARDS = (CarNotice.PLEASE, CarNotice.COMES, CarNotice.UNREACHED)


class CarReminder(ReminderKind):
    """Kinds of reminder; the subject of each is the call."""

    SILENT = reminder(
        "cars.silent",
        mark("nobody answered about a car"),
        Lateness.SEND_LATE,
        about="the call",
        does="tells whoever asked that nobody could be reached, unless somebody comes",
    )
    FORGET = reminder(
        "cars.forget",
        mark("forget which car was in the way"),
        Lateness.SEND_LATE,
        about="the call",
        does="erases the plate, the spot and who was asked after thirty days",
    )
