"""When meetings are, when they are recalled, and limits of what is written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.hours.rules.local_time import first_showing
from models.meetings.rules.notices import DoorState, Move, Reply, State
from models.meetings.rules.outcomes import ArriveOutcome, MeetingOutcome, ReplyOutcome
from models.policy.rules import Policy

DAY = timedelta(days=1)

DUE_FROM = time(9)
"""On the day of an action item its owner is reminded at this hour; all the day it is in time."""


def starting(day: date, at: time, zone: str) -> datetime:
    """Return the instant, in UTC, that a day and an hour name on the clocks of a zone."""
    return first_showing(day, at, zone)


def wrong_start(starts_at: datetime, now: datetime) -> MeetingOutcome | None:
    """Return why a meeting cannot start then: it is past or too far; None where it can."""
    if starts_at <= now:
        return MeetingOutcome.PAST
    return MeetingOutcome.TOO_FAR if starts_at > now + FARTHEST else None


def why_no_reply(state: State, starts_at: datetime, now: datetime) -> ReplyOutcome | None:
    """Return why a guest can no longer answer; None until the start."""
    if state is State.OFF:
        return ReplyOutcome.OFF
    return ReplyOutcome.TOO_LATE if state is State.HELD or now >= starts_at else None


def door(starts_at: datetime, now: datetime, zone: str) -> DoorState:
    """Return whether people are checked in: from an hour before the start to the end of the day.

    A meeting late in the evening has its door open for as long as it lasts.
    """
    if now < starts_at - DOOR_OPENS:
        return DoorState.EARLY
    midnight = _next_midnight(starts_at, zone)
    return DoorState.OPEN if now < max(midnight, starts_at + LENGTH) else DoorState.CLOSED


def is_day_of(starts_at: datetime, now: datetime, zone: str) -> bool:
    """Return whether it is the day of a meeting, by the calendar of a zone."""
    clocks = ZoneInfo(zone)
    return starts_at.astimezone(clocks).date() == now.astimezone(clocks).date()


def _next_midnight(instant: datetime, zone: str) -> datetime:
    day = instant.astimezone(ZoneInfo(zone)).date()
    return first_showing(day + DAY, time(), zone)


def arrival(
    state: State, at_door: DoorState, *, came: bool, invited: bool, may_listen: bool
) -> ArriveOutcome:
    """Return what becomes of somebody who checks in.

    `may_listen`: they live in the community and stand at its door. Whoever is not invited but
    lives there is let in to listen: everybody may read what is deliberated and its minutes, so a
    closed door would protect nothing and offend a neighbour. They have no say that is counted.
    """
    if state is State.OFF:
        return ArriveOutcome.OFF
    if came:
        return ArriveOutcome.ALREADY
    if not (invited or may_listen):
        return ArriveOutcome.NOT_INVITED
    if at_door is not DoorState.OPEN:
        return ArriveOutcome.TOO_EARLY if at_door is DoorState.EARLY else ArriveOutcome.TOO_LATE
    return ArriveOutcome.HERE if invited else ArriveOutcome.LISTENING


def why_not(move: Move, state: State, starts_at: datetime, now: datetime) -> MeetingOutcome | None:
    """Return why whoever looks after a meeting cannot make a move now; None where they can.

    A day after it began it has been held, and is called off no more: its guests were there.
    """
    if state is State.OFF:
        return MeetingOutcome.OFF
    begun = now >= starts_at
    if move is Move.TICK and now < starts_at - DOOR_OPENS:
        return MeetingOutcome.TOO_EARLY
    if move in {Move.MINUTES, Move.ITEM}:
        return None if begun or state is State.HELD else MeetingOutcome.TOO_EARLY
    over = move in {Move.POSTER, Move.TICK, Move.CALL_OFF} and now >= starts_at + DAY
    late = over or (move is Move.CHANGE and begun)
    return MeetingOutcome.TOO_LATE if late or state is State.HELD else None


def moves_open(state: State, starts_at: datetime, now: datetime) -> frozenset[Move]:
    """List what whoever looks after a meeting can do now."""
    return frozenset(move for move in Move if why_not(move, state, starts_at, now) is None)


def reminders_at(starts_at: datetime, before: Iterable[timedelta], now: datetime) -> list[datetime]:
    """List when guests are reminded of a meeting, in order; what is past already is left out."""
    return sorted({starts_at - span for span in before if starts_at - span > now})


def is_of_use(
    due_at: datetime, starts_at: datetime, before: Iterable[timedelta], now: datetime
) -> bool:
    """Tell whether a reminder still serves: it has not begun, and no later reminder is due too."""
    overtaken = any(due_at < starts_at - span <= now for span in before)
    return now < starts_at and not overtaken


def is_awaited(reply: Reply | None, *, replaced: bool) -> bool:
    """Return whether a guest is reminded: all but those who said no or found somebody instead."""
    if reply is Reply.INSTEAD:
        return not replaced
    return reply is None or reply is Reply.YES


def hears_of_changes(reply: Reply | None) -> bool:
    """Return whether a guest is told of another time or place: all but those who said no."""
    return reply is not Reply.NO


def due_on(day: date, zone: str) -> datetime:
    """Return when the owner of an action item is reminded on its day, in UTC."""
    return first_showing(day, DUE_FROM, zone)


def late_from(due_at: datetime, zone: str) -> datetime:
    """Return when an action item is late and its secretary is told: the morning after its day."""
    day = due_at.astimezone(ZoneInfo(zone)).date()
    return first_showing(day + DAY, DUE_FROM, zone)


def is_overdue(due_at: datetime, now: datetime, zone: str) -> bool:
    """Return whether the day of an action item is over."""
    return now >= _next_midnight(due_at, zone)


LENGTH = timedelta(minutes=90)
"""How long a meeting is taken to last: what calendars block, for nobody names an end."""


DOOR_OPENS = timedelta(hours=1)
"""Before the start: from then on people are checked in."""


ALARM = timedelta(hours=1)
"""Before the start: when calendars ring; the bot itself reminds by the policy."""


FARTHEST = timedelta(days=366)
"""A meeting or the date of an action item lies at most so far ahead."""


MOST_ON_AGENDA = 10
"""Proposals: more cannot be deliberated in one evening."""


WHERE_LENGTH = 200


MINUTES_LENGTH = 3000
"""Characters: with agenda and date they still fit into one message."""


WORDS_LENGTH = 500
"""Characters of an action item, and of what its owner says of it."""


CODE = re.compile(r"[A-Za-z0-9_-]{8,32}", re.ASCII)
"""A code of a link: what Telegram lets through in one, and as long as ours are."""


def is_code(text: str) -> bool:
    """Return whether a text can be a code of ours; what cannot is never looked for."""
    return CODE.fullmatch(text) is not None


@dataclass(frozen=True)
class MeetingPolicy(Policy):
    """When a meeting is recalled to those invited."""

    meeting_before: tuple[timedelta, ...] = (timedelta(hours=1), timedelta(days=1))
    """Before a meeting: when whoever is invited is reminded."""
