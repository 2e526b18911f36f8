"""What is asked about call-ups: an order, and why one is called off."""

import re
from dataclasses import replace
from datetime import time, timedelta
from inspect import isawaitable
from typing import Any

from handlers.callups.board import board_screen, callups_screen
from handlers.form import (
    Again,
    Answers,
    Choice,
    Choose,
    Day,
    Form,
    FormContext,
    Nothing,
    Number,
    Prompt,
    Question,
    Refused,
    Text,
    TimeOfDay,
    forms,
    plain,
)
from handlers.form.wording import words_of_day
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.forms import small_form
from handlers.records.said import said
from handlers.records.when import day_choices, hour_choices
from handlers.rollcalls.labels import framed, headed, said_of
from handlers.screen import Screen
from handlers.text import joined, paragraphs
from models.callups.actions.calling import call_off, draw_up
from models.callups.boards import board, drawn_up
from models.callups.queries import NAME
from models.callups.rules import (
    MOST_A_DAY,
    MOST_DAYS,
    MOST_HOURS,
    MOST_SITES,
    SITE_LENGTH,
    WORDS_LENGTH,
    BadOrder,
    Order,
    cleaned_sites,
    hours_on,
    parts_of,
    wrong_with,
)
from models.callups.views import BoardView
from models.people.desks import place_of_desk
from models.policy.current import policy_of
from models.teams.queries import teams_for
from models.teams.views import TeamName

DRAW_UP, DRAW_UP_DRILL = "callups.draw_up", "callups.draw_up_drill"
"""Two forms of the same questions: whoever goes on with a half-filled one reads which it is."""
ANYBODY = "anybody"
HOURS = (time(6), time(7), time(8), time(9), time(13), time(18))
SITES_LENGTH = SITE_LENGTH * 8


async def shown(ctx: FormContext, callup_id: int, told: str) -> Screen:
    """Show the board of a call-up under what came of a form about it."""
    view = await board(ctx.session, ctx.actor, callup_id, now=ctx.now)
    if isinstance(view, BoardView):
        return board_screen(view, ctx.now, told)
    return callups_screen(await drawn_up(ctx.session, ctx.actor), ctx.now, told)


OFF, OFF_DRILL = (
    small_form(name, title, asks, call_off, shown, accepts=(Text(WORDS_LENGTH),), subject=NAME)
    for name, title, asks in (
        (
            "callups.off",
            mark("Call off the call-up"),
            mark("Why? Everybody who was to come reads it."),
        ),
        (
            "callups.off_drill",
            mark("🟦 DRILL: call off the exercise"),
            mark("DRILL · Why? Everybody who was to come to the exercise reads it."),
        ),
    )
)


def _ask_day(ctx: FormContext, _answers: Answers) -> Prompt:
    return Prompt(_("On which day does it begin?"), day_choices(ctx, range(5)))


def _ask_days(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [Choice(f"{count}", count) for count in range(1, MOST_DAYS + 1)]
    return Prompt(_("For how many days? At most four running."), choices, columns=4)


def _ask_start(_ctx: FormContext, _answers: Answers) -> Prompt:
    text = _("From what time, each day? Tap, or write it, such as “7 am”.")
    return Prompt(text, hour_choices(HOURS), columns=3)


def _ask_end(_ctx: FormContext, answers: Answers) -> Prompt:
    begins = answers["at"] or HOURS[0]
    after = [time((begins.hour + more) % 24, begins.minute) for more in (4, 6, 8)]
    return Prompt(_("Until what time? At most eight hours."), hour_choices(after), columns=3)


async def _ask_teams(ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [Choice(one.name, str(one.id)) for one in await _teams(ctx)]
    text = _("Who is asked? You can choose several.")
    return Prompt(text, [*choices, Choice(_("Anybody who helps"), ANYBODY)], columns=1)


async def _teams(ctx: FormContext) -> list[TeamName]:
    place_id = await place_of_desk(ctx.session, ctx.actor)
    return [] if place_id is None else await teams_for(ctx.session, place_id)


def _least(answers: Answers) -> int:
    """Return how many a day there are at least: one for each team at each site."""
    return len(cleaned_sites(_sites(answers))) * max(1, len(answers["teams"] or []))


def _too_few(answers: Answers, number: int) -> str:
    return "" if number >= _least(answers) else _said(BadOrder.NUMBER, answers)


def _too_long(answers: Answers, ends: time) -> str:
    """Say that a day would be longer than eight hours, where it would."""
    day, at = answers["day"], answers["at"]
    if day is None or at is None:
        return ""
    starts_at, ends_at = hours_on(day, at, ends, "UTC")
    return "" if ends_at - starts_at <= MOST_HOURS else _said(BadOrder.HOURS, answers)


async def _read_sites(_ctx: FormContext, answers: Answers, text: str) -> Any:
    """Take one site to six."""
    found = cleaned_sites(_split(text))
    return text if 1 <= len(found) <= MOST_SITES else Refused(_said(BadOrder.SITES, answers))


def _ask_number(_ctx: FormContext, answers: Answers) -> Prompt:
    least = _least(answers)
    text = _("How many people a day, all together? At least {least}.")
    choices = [Choice(f"{count}", count) for count in (20, 50, 100, 200) if count >= least]
    return Prompt(text.format(least=least), choices, columns=4)


def _sites(answers: Answers) -> list[str]:
    return _split(answers["sites"] or "")


def _split(raw: str) -> list[str]:
    """Part sites as people write them: on lines of their own, or with 、 or ; between."""
    return re.split(r"[\n、；;]", raw)


def _order(ctx: FormContext, answers: Answers) -> Order:
    return Order(
        token=f"{ctx.actor.id}:{ctx.run}",
        words=answers["words"],
        sites=tuple(_sites(answers)),
        day=answers["day"],
        days=answers["days"],
        at=answers["at"],
        ends=answers["ends"],
        teams=tuple(None if one == ANYBODY else int(one) for one in answers["teams"]),
        number=answers["number"],
        drill=bool(answers["drill"]),
    )


async def _summary(ctx: FormContext, answers: Answers) -> Screen:
    order = _order(ctx, answers)
    parts = parts_of(order)
    each = [part for part in parts if part.day == order.day]
    called = {one.id: one.name for one in await _teams(ctx)}
    anybody = _("anybody who helps")
    lines = [
        f"{called.get(part.team_id or 0, anybody)} · {part.site}: {part.quota}" for part in each
    ]
    sums = [
        _("{day}: {count} people").format(
            day=words_of_day(order.day + timedelta(days=on)),
            count=sum(p.quota for p in parts if p.day == order.day + timedelta(days=on)),
        )
        for on in range(order.days)
    ]
    parts_words = _("{count} parts in all; on each day:").format(count=len(parts))
    hours = f"🕑 {order.at:%H:%M}-{order.ends:%H:%M}"
    text = paragraphs(order.words, joined(hours, *sums), joined(parts_words, *lines))
    title = _("Shall a second person be asked to call them?")
    return framed(Screen(text, title), drill=order.drill)


async def _draw_up(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    order = _order(ctx, answers)
    if bad := wrong_with(order, policy_of(ctx.session).zone, ctx.now):
        return Again(bad.value, _said(bad, answers))
    place_id = await place_of_desk(ctx.session, ctx.actor)
    made = await draw_up(ctx.session, ctx.actor, place_id or 0, order, now=ctx.now)
    if isinstance(made.outcome, BadOrder):
        return Again(made.outcome.value, _said(made.outcome, answers))
    if made.callup_id is None:
        return Nothing(Screen(_said(made.outcome, answers)))
    return await shown(ctx, made.callup_id, said(made.outcome, NAME))


def _said(outcome: Any, answers: Answers) -> str:
    """Say what is wrong with an order; of a drill so that it cannot be mistaken."""
    told = said(outcome, NAME)
    return said_of(told, drill=True) if answers["drill"] else told


def _q(key: str, ask: Any, *accepts: Any, label: str, **more: Any) -> Question:
    """Make a question of an order; of a drill it is marked, each time that it is asked."""

    async def marked(ctx: FormContext, answers: Answers) -> Prompt:
        asked = ask(ctx, answers)
        prompt: Prompt = await asked if isawaitable(asked) else asked
        return replace(prompt, text=headed(prompt.text, drill=True)) if answers["drill"] else prompt

    return Question(key, marked, accepts=accepts, label=label, **more)


QUESTIONS = (
    _q(
        "words",
        plain(mark("What is to be done? Such as “Raise the bank with sandbags”.")),
        Text(WORDS_LENGTH),
        label=mark("What"),
    ),
    _q(
        "sites",
        plain(mark("At which sites? Each on a line of its own.")),
        Text(SITES_LENGTH, _read_sites),
        label=mark("Sites"),
    ),
    _q("day", _ask_day, Choose(), Day(), label=mark("First day")),
    _q("days", _ask_days, Choose(), Number(1, MOST_DAYS), label=mark("Days")),
    _q("at", _ask_start, Choose(), TimeOfDay(), label=mark("From")),
    _q(
        "ends",
        _ask_end,
        Choose(),
        TimeOfDay(_too_long),
        label=mark("Until"),
        depends=("at",),
    ),
    _q("teams", _ask_teams, Choose(many=True), label=mark("Who")),
    _q(
        "number",
        _ask_number,
        Choose(),
        Number(1, MOST_A_DAY, check=_too_few),
        label=mark("People a day"),
        depends=("sites", "teams"),
    ),
    Question(
        "drill",
        plain(mark("The real thing, or a drill?")),
        accepts=(Number(0, 1),),
        given=True,
    ),
)
for name, title in (
    (DRAW_UP, mark("Draw up a call-up")),
    (DRAW_UP_DRILL, mark("🟦 DRILL: draw up an exercise")),
):
    forms.add(
        Form(name, 1, title, QUESTIONS, finish=_draw_up, summary=_summary),
    )
