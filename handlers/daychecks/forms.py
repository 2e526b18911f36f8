"""What is asked about a day check: hours, whom else, until when away, what help is needed."""

from datetime import date, datetime, time
from typing import Any

from handlers.circle import forms as circle
from handlers.daychecks import screens
from handlers.form import (
    Again,
    Answers,
    Choice,
    Choose,
    Day,
    Form,
    FormContext,
    Nothing,
    Prompt,
    Question,
    Refused,
    Text,
    Voice,
    VoiceNote,
    forms,
    plain,
)
from handlers.form.plain_words import read_number, read_time
from handlers.i18n import gettext as _
from handlers.i18n import mark, phrases
from handlers.media import media_of
from handlers.records.forms import small_form
from handlers.records.said import said
from handlers.records.when import day_choices
from handlers.screen import Screen
from models.circle.queries import my_circle
from models.database import Session
from models.daychecks.actions import wishes
from models.daychecks.queries import NAME, count_at_desk, day, my_check, today
from models.daychecks.rules.hours import APART, FIRST_HOUR, CheckHours, wrong_hours
from models.daychecks.rules.ladder import DayCheckPolicy
from models.daychecks.rules.states import DayOutcome
from models.daychecks.views import DayView
from models.help.actions.speaking import speak
from models.help.rules.limits import NOTE_LENGTH
from models.help.rules.outcomes import DeskOutcome
from models.people.rules import Right
from models.people.views import Person
from models.policy.current import policy_of
from models.records.rules import Refusal

ON, HOURS, AWAY = "daychecks.on", "daychecks.hours", "daychecks.away"
ONCE, TWICE = "once", "twice"
YES, NO = "yes", "no"
MORNING = (7, 8, 9, 10)
NOW = mark("now")
WORDS_OF_HOURS = 40


async def page(ctx: FormContext, above: str = "") -> Screen:
    """Return somebody's own page of day checks."""
    session, actor = ctx.session, ctx.actor
    circle_of = await my_circle(session, actor)
    works = actor.may_anywhere(Right.WORK_DESK)
    return screens.check_screen(
        await my_check(session, actor, now=ctx.now),
        await today(session, actor, now=ctx.now),
        [] if isinstance(circle_of, Refusal) else circle_of,
        above,
        silent=await count_at_desk(session, actor) if works else None,
    )


def _hours(hours: list[int]) -> list[Choice]:
    return [Choice(f"{one}:00", one) for one in hours]


def _ask_hour(_ctx: FormContext, _answers: Answers) -> Prompt:
    text = _("At which hour shall we ask you? Tap it, or write another.")
    return Prompt(text, _hours([*MORNING]), columns=2)


def _ask_first(ctx: FormContext, answers: Answers) -> Prompt:
    asked = _ask_hour(ctx, answers)
    return Prompt(f"{screens.what_it_is()}\n\n{asked.text}", asked.choices, columns=2)


def _ask_second(_ctx: FormContext, answers: Answers) -> Prompt:
    after = (answers["hour"] or FIRST_HOUR) + APART
    offered = [one for one in (12, 14, 16, 17, 18, 19, 20, 21) if one >= after]
    text = _("At which hour the second time? At least four hours later.")
    return Prompt(text, _hours(offered[-4:]), columns=2)


async def _understand(ctx: FormContext, answers: Answers, text: str) -> Any:
    """Take an hour that was written: whole hours of the day, not in quiet hours if it is now."""
    hour = _hour_in(ctx, text)
    if hour is None:
        return Refused(said(DayOutcome.OUTSIDE, NAME))
    if hour.minute:
        sentence = _("We ask on the full hour: {before}:00 or {after}:00?")
        return Refused(sentence.format(before=hour.hour, after=(hour.hour + 1) % 24))
    first = answers["hour"]
    hours = CheckHours(hour.hour) if first is None else CheckHours(first, hour.hour)
    why = wrong_hours(hours, ctx.now, policy_of(ctx.session, DayCheckPolicy).quiet)
    return Refused(said(why, NAME)) if why else hour.hour


async def _understand_first(ctx: FormContext, _answers: Answers, text: str) -> Any:
    return await _understand(ctx, Answers(), text)


def _hour_in(ctx: FormContext, text: str) -> time | None:
    if text.strip() in phrases(NOW):
        return time(ctx.now.astimezone(ctx.zone).hour)
    number = read_number(text)
    said_at = read_time(text)
    if said_at is None and number is not None and 0 <= number <= 24:
        return time(number % 24)
    return said_at


def _yes_no(_ctx: FormContext) -> list[Choice]:
    return [Choice(_("👌 Yes"), YES), Choice(_("✋ No"), NO)]


def _ask_leader(ctx: FormContext, _answers: Answers) -> Prompt:
    text = _(
        "If nobody can reach you, we tell whoever looks in on you. May the leader of your building "
        "come to your door, too?"
    )
    return Prompt(text, _yes_no(ctx), columns=1)


def _ask_neighbours(ctx: FormContext, _answers: Answers) -> Prompt:
    text = _("And if still nobody knows how you are: may we send neighbours to your door?")
    return Prompt(text, _yes_no(ctx), columns=1)


def _hours_of(answers: Answers) -> CheckHours:
    second = answers["second"] if answers["often"] == TWICE else None
    return CheckHours(answers["hour"], second)


WRONG = {
    DayOutcome.OUTSIDE: "hour",
    DayOutcome.QUIET_NOW: "hour",
    DayOutcome.TOO_CLOSE: "second",
}
"""Which question is asked again."""


async def _switch_on(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    outcome = await wishes.switch_on(
        ctx.session,
        ctx.actor,
        _hours_of(answers),
        now=ctx.now,
        may_send_neighbours=answers["neighbours"] == YES,
        leader_too=answers["leader"] == YES,
    )
    if isinstance(outcome, DayOutcome) and outcome in WRONG:
        return Again(WRONG[outcome], said(outcome, NAME))
    if outcome is not DayOutcome.SWITCHED_ON:
        return Nothing(await page(ctx, said(outcome, NAME)))
    named = await circle.name_somebody(ctx, answers)
    above = "\n".join(one for one in (said(outcome, NAME), circle.told(named)) if one)
    screen = await page(ctx, above)
    if await circle.without_bot(ctx, named):
        return circle.with_invitation(screen, ctx.bot_username)
    return screen


async def _change_hours(ctx: FormContext, answers: Answers) -> Screen | Again:
    outcome = await wishes.change_wishes(
        ctx.session, ctx.actor, now=ctx.now, hours=_hours_of(answers)
    )
    if isinstance(outcome, DayOutcome) and outcome in WRONG:
        return Again(WRONG[outcome], said(outcome, NAME))
    return await page(ctx, said(outcome, NAME))


def _ask_until(ctx: FormContext, _answers: Answers) -> Prompt:
    text = _("Until which day are you away? Tap it, or write another. So long we do not ask.")
    return Prompt(text, day_choices(ctx, (1, 2, 3, 5, 7, 14)), columns=2)


async def _away(ctx: FormContext, answers: Answers) -> Screen | Again:
    until = answers["until"]
    assert isinstance(until, date)  # noqa: S101 - all that is accepted is a day
    outcome = await wishes.rest(ctx.session, ctx.actor, until, now=ctx.now)
    if outcome is Refusal.BAD_DATE:
        return Again("until", _("Please name a day within half a year."))
    return await page(ctx, said(outcome, NAME))


async def _tell_about(
    session: Session, actor: Person, day_id: int, answer: Any, *, now: datetime
) -> DayOutcome | Refusal:
    """Add to the request of a day what it is about."""
    view = await day(session, actor, day_id, now=now)
    if isinstance(view, Refusal):
        return view
    if not view.own or view.request_id is None:
        return Refusal.WRONG_TIME
    media = media_of(answer) if isinstance(answer, Voice) else ()
    words = "" if media else answer or ""
    done = await speak(session, actor, view.request_id, words=words, media=media, now=now)
    if done is DeskOutcome.EMPTY:
        return Refusal.EMPTY
    noted = done in {DeskOutcome.NOTED, DeskOutcome.ALREADY}
    return DayOutcome.TOLD if noted else Refusal.TOO_LATE


async def _day_shown(ctx: FormContext, day_id: int, told: str) -> Screen:
    view = await day(ctx.session, ctx.actor, day_id, now=ctx.now)
    return screens.day_screen(view, ctx.now, told) if isinstance(view, DayView) else Screen(told)


ABOUT = small_form(
    "daychecks.about",
    mark("What help is needed"),
    mark("What is it about? Write it, or hold the microphone and say it."),
    _tell_about,
    _day_shown,
    accepts=(Text(NOTE_LENGTH), VoiceNote()),
    subject=NAME,
)
HOUR = Question("hour", _ask_hour, accepts=(Choose(), Text(WORDS_OF_HOURS, _understand_first)))
OFTEN = Question(
    "often",
    plain(
        mark("Once a day, or twice?"),
        (mark("Once a day"), ONCE),
        (mark("Twice a day"), TWICE),
        columns=1,
    ),
    accepts=(Choose(),),
)
SECOND = Question(
    "second",
    _ask_second,
    accepts=(Choose(), Text(WORDS_OF_HOURS, _understand)),
    when=lambda answers: answers["often"] == TWICE,
    branch=True,
    depends=("hour",),
)

forms.add(
    Form(
        name=ON,
        version=1,
        title=mark("Ask me every day"),
        questions=(
            Question("hour", _ask_first, accepts=HOUR.accepts),
            OFTEN,
            SECOND,
            circle.WHO_BESIDE_US,
            circle.NUMBER,
            circle.TIE,
            Question("leader", _ask_leader, accepts=(Choose(),)),
            Question("neighbours", _ask_neighbours, accepts=(Choose(),)),
        ),
        finish=_switch_on,
        confirm=False,
    )
)
forms.add(
    Form(
        name=HOURS,
        version=1,
        title=mark("When we ask you"),
        questions=(HOUR, OFTEN, SECOND),
        finish=_change_hours,
        confirm=False,
    )
)
forms.add(
    Form(
        name=AWAY,
        version=1,
        title=mark("Away for some days"),
        questions=(Question("until", _ask_until, accepts=(Choose(), Day())),),
        finish=_away,
        confirm=False,
    )
)
