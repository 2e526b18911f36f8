"""When a plan has something done, and what can become of one occasion; standard library only."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from models.hours.rules.local_time import first_showing, in_utc
from models.records.rules import Lifecycle, Transition

MOST_EVERY = 999
MOST_LEAD = 60
"""Days before a festival."""
MONTH_AT_LEAST, YEAR_AT_LEAST = 28, 353
"""Days from one month day to the next, clipped where a month is shorter; from a festival to the
next, by the moon: twelve months of it are 353 to 355 days."""
LAST_YEAR = 9000
"""Later nothing is planned: dates end in 9999."""
OPENS, ENDS = time(9), time(20)
"""By the clocks of the place: nobody is called on before or after."""


class Rhythm(StrEnum):
    """By what a plan counts."""

    DAYS = "days"
    """Every n days."""
    WEEKDAY = "weekday"
    """Every n weeks, on a weekday."""
    MONTH_DAY = "month_day"
    """Every n months, on a day of the month, or its last where it is shorter."""
    FESTIVAL = "festival"
    """Every year."""


class Festival(StrEnum):
    """The festivals on which people are called on."""

    SPRING = "spring"
    """春节"""
    LANTERN = "lantern"
    """元宵"""
    DRAGON_BOAT = "dragon_boat"
    """端午"""
    PARTY_DAY = "party_day"
    """七一"""
    MID_AUTUMN = "mid_autumn"
    """中秋"""
    DOUBLE_NINTH = "double_ninth"
    """重阳"""
    NATIONAL_DAY = "national_day"
    """国庆"""


FestivalDay = Callable[[Festival, int], date | None]
"""On which day a festival of a year is; None where the calendar does not reach. It is given by
`lunar.festival_day`."""


@dataclass(frozen=True)
class RoutinePlan:
    """When something is to be done, from a day on. `wrong_plan` says whether it can be."""

    rhythm: Rhythm
    starts_on: date
    every: int = 1
    """Days, weeks or months; of a festival always 1."""
    on: int = 0
    """The weekday, Monday is 0, or the day of the month; else without meaning."""
    festival: str = ""
    """The code of a `Festival`, where the rhythm is one."""
    lead: int = 0
    """So many days before the festival the window opens: calls are paid before, not on it."""
    lasts: int = 1
    """Days that a window is open."""


class WrongPlan(StrEnum):
    """What is wrong with a plan; each names the answer to be given once more."""

    EVERY = "every"
    WEEKDAY = "weekday"
    MONTH_DAY = "month_day"
    FESTIVAL = "festival"
    LEAD = "lead"
    LASTS = "lasts"
    """Not a day, or so long that the next window could open before it ends."""


@dataclass(frozen=True)
class Window:
    """The days on which one occasion can be done, both included."""

    opens_on: date
    ends_on: date


class RoutineState(StrEnum):
    """Where a routine stands."""

    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


class OccasionState(StrEnum):
    """Where one occasion stands."""

    DUE = "due"
    """Nobody has said yet that they go, also where it is somebody's."""
    TAKEN = "taken"
    DONE = "done"
    MISSED = "missed"
    """Its window went by; it can still be taken and covered until the next one opens."""
    COVERED = "covered"
    """Done after its window."""
    EXCUSED = "excused"
    """It needs not be done."""


UNSETTLED = (OccasionState.DUE, OccasionState.TAKEN)


class AskState(StrEnum):
    """What somebody said who was asked to do one occasion."""

    ASKED = "asked"
    TOOK = "took"
    DECLINED = "declined"
    """They may still take it while nobody has: a tap can be a slip."""
    LAPSED = "lapsed"
    """Did not answer before the next was asked, or before it was settled."""


class Move(StrEnum):
    """What is done to an occasion."""

    LOOK = "look"
    TAKE = "take"
    """Say that one goes, or that somebody does."""
    CANNOT = "cannot"
    DO = "do"
    EXCUSE = "excuse"
    MISS = "miss"
    """By the clock alone."""
    COVER = "cover"


class Relation(StrEnum):
    """What somebody is to an occasion."""

    ASKED = "asked"
    """Is or was asked to do it, and may take it while nobody else has."""
    HOLDER = "holder"
    """It is theirs."""
    KEEPER = "keeper"
    """Works at the desk of its place."""
    HOME = "home"
    """It is done for them, or for whom they speak."""


class OccasionOutcome(StrEnum):
    """What became of a use case, beside what refusals say."""

    TAKEN = "taken"
    LET_GO = "let_go"
    DONE = "done"
    MISSED = "missed"
    COVERED = "covered"
    EXCUSED = "excused"


_DUE, _TAKEN, _MISSED = (
    frozenset({one}) for one in (OccasionState.DUE, OccasionState.TAKEN, OccasionState.MISSED)
)
_HOLDER = frozenset({Relation.HOLDER, Relation.KEEPER})
_DOERS = _HOLDER | {Relation.ASKED}

OCCASIONS = Lifecycle(
    OccasionState,
    Transition(Move.LOOK, frozenset(Relation), frozenset(OccasionState)),
    Transition(Move.TAKE, _DOERS, _DUE, OccasionState.TAKEN),
    Transition(Move.TAKE, _DOERS, _MISSED),
    Transition(Move.CANNOT, _DOERS, _DUE | _MISSED),
    Transition(Move.CANNOT, _HOLDER, _TAKEN, OccasionState.DUE),
    Transition(Move.DO, _DOERS, _DUE, OccasionState.DONE),
    Transition(Move.DO, _HOLDER, _TAKEN, OccasionState.DONE),
    Transition(
        Move.EXCUSE,
        frozenset({Relation.KEEPER, Relation.HOME}),
        _DUE | _TAKEN,
        OccasionState.EXCUSED,
    ),
    Transition(Move.MISS, frozenset(), _DUE | _TAKEN, OccasionState.MISSED),
    Transition(Move.COVER, _DOERS, _MISSED, OccasionState.COVERED),
)


def wrong_plan(plan: RoutinePlan) -> WrongPlan | None:
    """Return the first thing that is wrong with a plan; None where nothing is."""
    yearly = plan.rhythm is Rhythm.FESTIVAL
    if not 1 <= plan.every <= (1 if yearly else MOST_EVERY):
        return WrongPlan.EVERY
    if plan.rhythm is Rhythm.WEEKDAY and plan.on not in range(7):
        return WrongPlan.WEEKDAY
    if plan.rhythm is Rhythm.MONTH_DAY and plan.on not in range(1, 32):
        return WrongPlan.MONTH_DAY
    if yearly and plan.festival not in {*Festival}:
        return WrongPlan.FESTIVAL
    if not 0 <= plan.lead <= (MOST_LEAD if yearly else 0):
        return WrongPlan.LEAD
    return None if 1 <= plan.lasts <= _shortest_gap(plan) else WrongPlan.LASTS


def next_window(plan: RoutinePlan, after: date, festival_day: FestivalDay) -> Window | None:
    """Return the first window of a sound plan that opens on or after a day.

    It follows from the plan alone, whatever was done before: asked from any day, windows are the
    same. None where there is none: beyond the calendar of the moon, and after LAST_YEAR.
    """
    first = max(after, plan.starts_on)
    if first.year > LAST_YEAR:
        return None
    opens = _opens(plan, first, festival_day)
    return None if opens is None else Window(opens, opens + timedelta(days=plan.lasts - 1))


def span_of(window: Window, zone: str) -> tuple[datetime, datetime]:
    """Return when a window opens and ends, in UTC: from OPENS of its first to ENDS of its last day.

    By the clocks of a zone, also where they are put forward or back.
    """
    return first_showing(window.opens_on, OPENS, zone), first_showing(window.ends_on, ENDS, zone)


def half_of(opens_at: datetime, ends_at: datetime) -> datetime:
    """Return when half of a window is over, in UTC: the next are asked, and nothing new begins."""
    opens, ends = in_utc(opens_at), in_utc(ends_at)
    return opens + (ends - opens) / 2


def next_to_plan(
    plan: RoutinePlan, after: date, now: datetime, zone: str, festival_day: FestivalDay
) -> Window | None:
    """Return the first window that opens on or after a day and of which half is still to come.

    What is more than half over is not begun: nobody could be asked in time.
    """
    window = next_window(plan, after, festival_day)
    while window is not None and half_of(*span_of(window, zone)) <= now:
        window = next_window(plan, window.opens_on + timedelta(days=1), festival_day)
    return window


def _shortest_gap(plan: RoutinePlan) -> int:
    """Return the fewest days from the opening of one window to that of the next."""
    if plan.rhythm is Rhythm.FESTIVAL:
        return YEAR_AT_LEAST
    days = {Rhythm.DAYS: 1, Rhythm.WEEKDAY: 7, Rhythm.MONTH_DAY: MONTH_AT_LEAST}
    return plan.every * days[plan.rhythm]


def _opens(plan: RoutinePlan, first: date, festival_day: FestivalDay) -> date | None:
    if plan.rhythm is Rhythm.DAYS:
        return _by_days(plan.starts_on, plan.every, first)
    if plan.rhythm is Rhythm.WEEKDAY:
        begins = timedelta(days=(plan.on - plan.starts_on.weekday()) % 7)
        return _by_days(plan.starts_on + begins, plan.every * 7, first)
    if plan.rhythm is Rhythm.MONTH_DAY:
        return _by_months(plan, first)
    return _by_festival(plan, first, festival_day)


def _by_days(begins: date, every: int, first: date) -> date:
    steps = max(0, -((begins - first).days // every))
    return begins + timedelta(days=steps * every)


def _by_months(plan: RoutinePlan, first: date) -> date:
    """Count from the first month in which the day is not before the start."""
    begins = _month_of(plan.starts_on)
    begins += _day_in(begins, plan.on) < plan.starts_on
    month = begins + max(0, (_month_of(first) - begins) // plan.every) * plan.every
    if _day_in(month, plan.on) < first:
        month += plan.every
    return _day_in(month, plan.on)


def _by_festival(plan: RoutinePlan, first: date, festival_day: FestivalDay) -> date | None:
    """Look through three years: what opens in a year may be for the festival of the next."""
    for year in range(first.year, first.year + 3):
        day = festival_day(Festival(plan.festival), year)
        if day is not None and day - timedelta(days=plan.lead) >= first:
            return day - timedelta(days=plan.lead)
    return None


def _month_of(day: date) -> int:
    """Number the months through the years."""
    return day.year * 12 + day.month - 1


def _day_in(month: int, on: int) -> date:
    """Return a day of a month, or its last where it is shorter."""
    begins = date(month // 12, month % 12 + 1, 1)
    ends = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    return begins + timedelta(days=min(on, (ends - begins).days) - 1)
