"""The questions that several forms of meetings ask: a day, an hour, a place, which meeting."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from handlers.clock_text import local
from handlers.form import (
    Answers,
    Ask,
    Choice,
    Choose,
    Day,
    FormContext,
    Number,
    Prompt,
    Question,
    Text,
    TimeOfDay,
    plain,
)
from handlers.form.wording import words_of_day
from handlers.i18n import gettext as _
from handlers.i18n import mark
from models.meetings.queries.pictures import meeting_view
from models.meetings.rules.timing import WHERE_LENGTH
from models.meetings.views import MeetingView

DAYS_OFFERED = 8
"""Days to tap, from tomorrow on; any other is written."""

HOURS = (time(9), time(10), time(14), time(15), time(19), time(19, 30))
"""Hours to tap, when neighbours are free; any other is written."""

MOST = 2**53 - 1

MEETING = Question(
    "meeting",
    plain(mark("Which meeting is it? Please open it once more and begin there.")),
    accepts=(Number(1, MOST),),
)
"""Always filled in by the button that opens the form, so never asked; it stands last."""


def day_choices(ctx: FormContext, ahead: Sequence[int]) -> list[Choice]:
    """Offer the days that lie so far ahead."""
    today = ctx.now.astimezone(ctx.zone).date()
    days = [today + timedelta(days=each) for each in ahead]
    return [Choice(words_of_day(day), day) for day in days]


def ask_day(ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask on which day a meeting is."""
    text = _("On which day is the meeting? Tap, or write it, such as “next Friday”.")
    return Prompt(text, day_choices(ctx, range(1, 1 + DAYS_OFFERED)))


def ask_hour(_ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask at what hour it begins."""
    text = _("At what time does it begin? Tap, or write it, such as “3:30 pm”.")
    return Prompt(text, [Choice(f"{hour:%H:%M}", hour) for hour in HOURS], columns=3)


DAY = Question("day", ask_day, accepts=(Choose(), Day()), label=mark("📅 Day"))
HOUR = Question("at", ask_hour, accepts=(Choose(), TimeOfDay()), label=mark("🕑 Time"))
WHERE = Question(
    "where",
    plain(mark("Where is it? Write it so that everybody finds it: house, floor, room.")),
    accepts=(Text(WHERE_LENGTH),),
    label=mark("📍 Place"),
)


async def _as_it_is(ctx: FormContext, answers: Answers) -> MeetingView | None:
    view = await meeting_view(ctx.session, ctx.actor, answers["meeting"], now=ctx.now)
    return view if isinstance(view, MeetingView) else None


def _or_as_it_is(ask: Ask, kept: str) -> Ask:
    """Offer above the other choices what holds now."""

    async def asked(ctx: FormContext, answers: Answers) -> Prompt:
        prompt, view = ask(ctx, answers), await _as_it_is(ctx, answers)
        assert isinstance(prompt, Prompt)  # noqa: S101 - none of these waits
        held = _held(view, kept) if view else None
        others = [one for one in prompt.choices if held is None or one.value != held.value]
        return Prompt(prompt.text, [*([held] if held else []), *others], prompt.columns)

    return asked


def _held(view: MeetingView, kept: str) -> Choice | None:
    """Make the choice that leaves a day, an hour or a place as it is."""
    start = local(view.starts_at)
    values: dict[str, tuple[str, date | time | str | None]] = {
        "day": (words_of_day(start), start.date()),
        "at": (f"{start:%H:%M}", start.time()),
        "where": (view.where or "", view.where),
    }
    words, value = values[kept]
    return Choice(_("As it is: {words}").format(words=words), value) if value else None


OTHER_DAY = Question(
    "day", _or_as_it_is(ask_day, "day"), accepts=(Choose(), Day()), label=mark("📅 Day")
)
OTHER_HOUR = Question(
    "at", _or_as_it_is(ask_hour, "at"), accepts=(Choose(), TimeOfDay()), label=mark("🕑 Time")
)
OTHER_WHERE = Question(
    "where",
    _or_as_it_is(plain(mark("Where is it now? Tap, or write it.")), "where"),
    accepts=(Choose(), Text(WHERE_LENGTH)),
    label=mark("📍 Place"),
)
