"""The question when help is wanted: one tap for the near parts of days, or typed words."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton

from handlers.form import Answers, Choice, Choose, FormContext, Moment, Prompt, Question, Text, When
from handlers.help.screens.receipt import call_first
from handlers.help.time_words import speaks_of_time
from handlers.help.whom import other_of
from handlers.i18n import current_language, mark
from handlers.i18n import gettext as _
from models.help.rules.policy import Urgency
from models.help.rules.words import WHEN_LENGTH

SOON, ANY, DAYS, EMERGENCY = "soon", "any", "days", "emergency"
"""Choices that are no part of a day; DAYS opens the days to come."""

RING_FIRST = mark("Please ring me, I will explain")
"""Said with one tap in place of words: the hour asked for is the hour to ring."""

DAYS_OFFERED = 7
WITHIN_A_DAY = timedelta(hours=24)
"""What is wanted sooner than this is urgent: an ordinary search could come too late."""


class PartOfDay(StrEnum):
    """Part of a day that one can choose."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


HOURS = {PartOfDay.MORNING: 9, PartOfDay.AFTERNOON: 14, PartOfDay.EVENING: 19}
"""The hour, local, around which a part of a day is meant."""

TODAY = {
    PartOfDay.MORNING: mark("This morning"),
    PartOfDay.AFTERNOON: mark("This afternoon"),
    PartOfDay.EVENING: mark("This evening"),
}
TOMORROW = {
    PartOfDay.MORNING: mark("Tomorrow morning"),
    PartOfDay.AFTERNOON: mark("Tomorrow afternoon"),
    PartOfDay.EVENING: mark("Tomorrow evening"),
}
PARTS = {
    PartOfDay.MORNING: mark("In the morning"),
    PartOfDay.AFTERNOON: mark("In the afternoon"),
    PartOfDay.EVENING: mark("In the evening"),
}


@dataclass(frozen=True)
class Wish:
    """What an answer to 'when' means."""

    urgency: Urgency
    start_at: datetime | None = None
    when_text: str | None = None


async def ask_when(ctx: FormContext, answers: Answers) -> Prompt:
    """Ask when: first the near parts of days, then days, then parts of the chosen day."""
    local = ctx.now.astimezone(ctx.zone)
    if ctx.at == EMERGENCY:
        sure = Choice(_("🆘 Yes, send neighbours too"), EMERGENCY)
        return Prompt(call_first(), [sure], columns=1)
    if ctx.at == DAYS:
        return Prompt(_("Which day?"), _days(local.date()))
    if isinstance(ctx.at, str):
        day = date.fromisoformat(ctx.at)
        choices = [Choice(_(PARTS[part]), _value(day, part)) for part in PartOfDay]
        return Prompt(_day_words(day), choices, columns=1)
    text = await _asks_when(ctx, answers)
    if answers["what"] == _(RING_FIRST):
        text = _("When may somebody ring you? You can also write it: “Friday 3 pm”.")
    choices = [
        *near(local),
        Choice(_("🆘 Emergency"), EMERGENCY, opens=True),
    ]
    another = Choice(_("Another day"), DAYS, opens=True)
    return Prompt(text, [*choices[:-2], another, *choices[-2:]])


async def _asks_when(ctx: FormContext, answers: Answers) -> str:
    if name := await other_of(ctx, answers):
        said = _("When should somebody come to {name}? You can also write it: “Friday 3 pm”.")
        return said.format(name=name)
    return _("When would you like somebody to come? You can also write it: “Friday 3 pm”.")


def near(local: datetime) -> list[Choice]:
    """List the near parts of days, at once, and no fixed time."""
    today, tomorrow = local.date(), local.date() + timedelta(days=1)
    still = [part for part in PartOfDay if HOURS[part] > local.hour]
    return [
        Choice(_("⚡ As soon as possible"), SOON),
        *(Choice(_(TODAY[part]), _value(today, part)) for part in still),
        *(Choice(_(TOMORROW[part]), _value(tomorrow, part)) for part in PartOfDay),
        Choice(_("No fixed time"), ANY),
    ]


def _days(today: date) -> list[Choice]:
    days = [today + timedelta(days=ahead) for ahead in range(2, 2 + DAYS_OFFERED)]
    return [Choice(_day_words(day), day.isoformat(), opens=True) for day in days]


def _day_words(day: date) -> str:
    return format_skeleton("MMMEd", day, locale=current_language())


def _value(day: date, part: PartOfDay) -> str:
    return f"{day.isoformat()}/{part}"


def wish_of(answer: str | Moment | None, now: datetime, zone: ZoneInfo) -> Wish:
    """Read an answer; what is wanted within a day counts as urgent."""
    if isinstance(answer, Moment):
        return _wish_of_moment(answer, now, zone)
    if answer == EMERGENCY:
        return Wish(Urgency.EMERGENCY)
    if answer == SOON:
        return Wish(Urgency.URGENT)
    if answer in {None, ANY}:
        return Wish(Urgency.ORDINARY)
    start = _start_of(str(answer), zone)
    if start is None:
        return Wish(Urgency.ORDINARY, when_text=str(answer))
    return _at(start, now)


def _wish_of_moment(answer: Moment, now: datetime, zone: ZoneInfo) -> Wish:
    at = answer.at if answer.has_time else _morning_of(answer.at, zone)
    if at > now:
        return _at(at, now)
    day = None if answer.has_time else _day_words(answer.at.astimezone(zone).date())
    return Wish(Urgency.URGENT, when_text=day)


def _at(start: datetime, now: datetime) -> Wish:
    near = start - now < WITHIN_A_DAY
    return Wish(Urgency.URGENT if near else Urgency.ORDINARY, start_at=start)


def _start_of(value: str, zone: ZoneInfo) -> datetime | None:
    day, _slash, part = value.partition("/")
    try:
        hour = time(HOURS[PartOfDay(part)])
        return datetime.combine(date.fromisoformat(day), hour, tzinfo=zone).astimezone(UTC)
    except ValueError:
        return None


def _morning_of(at: datetime, zone: ZoneInfo) -> datetime:
    day = at.astimezone(zone).date()
    return datetime.combine(day, time(HOURS[PartOfDay.MORNING]), tzinfo=zone).astimezone(UTC)


async def of_time(_ctx: FormContext, _answers: Answers, text: str) -> str | None:
    """Take words that speak of a time; what goes on about the matter belongs to its description."""
    return text if speaks_of_time(text) else None


WHEN = Question(
    "when",
    ask_when,
    accepts=(Choose(), When(), Text(WHEN_LENGTH, of_time)),
    label=mark("🕑 When"),
)
"""The question as the forms of help ask it."""
