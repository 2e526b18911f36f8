"""Visits for festivals 慰问: who takes, brings and receives what; standard library only."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from models.hours.rules.local_time import first_showing
from models.records.rules import Lifecycle, Refusal, Transition
from models.routines.rules import OPENS, Festival, FestivalDay


class RoundState(StrEnum):
    """Where the visits for one festival stand."""

    ON = "on"
    OVER = "over"


class RoundMove(StrEnum):
    """What is done about the visits for a festival."""

    LOOK = "look"
    CLOSE = "close"


class RoundRelation(StrEnum):
    """What somebody is to the visits for a festival."""

    KEEPER = "keeper"
    """Works at the desk of its place."""
    VISITOR = "visitor"
    """Looks in on a home there, by a standing pair."""


ROUNDS = Lifecycle(
    RoundState,
    Transition(RoundMove.LOOK, frozenset(RoundRelation), frozenset(RoundState)),
    Transition(
        RoundMove.CLOSE,
        frozenset({RoundRelation.KEEPER}),
        frozenset({RoundState.ON}),
        RoundState.OVER,
    ),
)


class GiftState(StrEnum):
    """Where one gift stands."""

    OPEN = "open"
    TAKEN = "taken"
    """Somebody brings it."""
    GIVEN = "given"
    """They say that they brought it; she has not said so yet, and silence is no yes."""
    RECEIVED = "received"
    NOT = "not"
    """She says that it has not come."""
    LEFT = "left"
    """The festival went by and nobody took it."""
    OFF = "off"
    """The home rests, or has ended: nobody comes."""


class GiftMove(StrEnum):
    """What is done to a gift."""

    LOOK = "look"
    TAKE = "take"
    LET_GO = "let_go"
    GIVE = "give"
    RECEIVE = "receive"
    MISS = "miss"
    """Say as the home that it has not come."""
    LEAVE = "leave"
    CALL_OFF = "call_off"
    CALL_ON = "call_on"
    """The home takes back that it has ended, or rests no more."""


class GiftRelation(StrEnum):
    """What somebody is to a gift."""

    KEEPER = "keeper"
    VISITOR = "visitor"
    HOLDER = "holder"
    HOME = "home"
    BOTH = "both"
    """Brings it, and speaks for the home: nobody confirms themselves."""


_K, _V = GiftRelation.KEEPER, GiftRelation.VISITOR
_HOLDER, _HOME = frozenset({GiftRelation.HOLDER}), frozenset({GiftRelation.HOME})
_CLOCK = frozenset({_K})
_SAID = frozenset({GiftState.GIVEN})
STILL = frozenset({GiftState.OPEN, GiftState.TAKEN})
"""It can still be brought."""

GIFTS = Lifecycle(
    GiftState,
    Transition(GiftMove.LOOK, frozenset({_K}) | _HOLDER | _HOME, frozenset(GiftState)),
    Transition(GiftMove.LOOK, frozenset({_V}), frozenset({GiftState.OPEN})),
    Transition(GiftMove.TAKE, frozenset({_K, _V}), frozenset({GiftState.OPEN}), GiftState.TAKEN),
    Transition(GiftMove.LET_GO, _HOLDER, frozenset({GiftState.TAKEN}), GiftState.OPEN),
    Transition(GiftMove.GIVE, _HOLDER, frozenset({GiftState.TAKEN}), GiftState.GIVEN),
    Transition(GiftMove.RECEIVE, _HOME, _SAID | {GiftState.NOT}, GiftState.RECEIVED),
    Transition(GiftMove.MISS, _HOME, _SAID, GiftState.NOT),
    Transition(GiftMove.LEAVE, _CLOCK, frozenset({GiftState.OPEN}), GiftState.LEFT),
    Transition(GiftMove.CALL_OFF, _CLOCK | _HOME, STILL, GiftState.OFF),
    Transition(GiftMove.CALL_ON, _HOME, frozenset({GiftState.OFF}), GiftState.OPEN),
    barred={GiftRelation.BOTH: Refusal.OWN},
)
"""Nobody is ranked by gifts: they are counted by festival alone."""


def coming_festivals(
    today: date, ahead: timedelta, festival_day: FestivalDay
) -> list[tuple[Festival, date]]:
    """List the festivals from today to so long ahead, the next first."""
    found = [
        (one, day)
        for one in Festival
        for year in (today.year, today.year + 1)
        if (day := festival_day(one, year)) is not None and today <= day <= today + ahead
    ]
    return sorted(found, key=lambda each: each[1])


def told_at(day: date, before: timedelta, zone: str) -> datetime:
    """Return when staff are told before a festival which homes nobody visits yet."""
    return first_showing(day - before, OPENS, zone)


def over_at(day: date, zone: str) -> datetime:
    """Return when a festival is over: the morning after it."""
    return first_showing(day + timedelta(days=1), time(9), zone)
