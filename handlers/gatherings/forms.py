"""What is asked about gatherings: a new one, another time, seats, why it is off, how it was."""

import re
from datetime import time
from typing import Any

from handlers.clock_text import at_date, local
from handlers.form import (
    SENT,
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
from handlers.gatherings.screens import KINDS, after_screen, ages_words, gathering_screen
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.forms import RECORD, small_form
from handlers.records.said import said
from handlers.records.when import day_choices, hour_choices, kept_first
from handlers.screen import Screen
from handlers.text import joined, paragraphs, place_name
from models.gatherings.actions.coming import rate_in_words
from models.gatherings.actions.planning import (
    announce,
    call_off,
    call_off_all,
    move_to,
    resize,
)
from models.gatherings.queries import gathering
from models.gatherings.rules import (
    MOST_SEATS,
    MOST_WEEKS,
    OLDEST,
    TITLE_LENGTH,
    WHERE_LENGTH,
    WORDS_LENGTH,
    Bad,
    GatheringKind,
    GatheringOutcome,
    Plan,
    span_of,
)
from models.gatherings.views import GatheringView
from models.people.desks import place_of_desk
from models.policy.current import policy_of

ANNOUNCE, MOVE = "gatherings.announce", "gatherings.move"
NO_LIMIT, ANY_AGE = "any", "any"
HOURS = (time(8, 30), time(9, 30), time(14), time(15), time(18, 30), time(19))


async def shown(ctx: FormContext, gathering_id: int, told: str) -> Screen:
    """Show a gathering under what came of a form about it."""
    view = await gathering(ctx.session, ctx.actor, gathering_id, now=ctx.now)
    if isinstance(view, GatheringView):
        return gathering_screen(view, ctx.now, told)
    return after_screen(gathering_id, told)


OFF = small_form(
    "gatherings.off",
    mark("Call the gathering off"),
    mark("Why? Everybody on the list reads it."),
    call_off,
    shown,
)
OFF_ALL = small_form(
    "gatherings.off_all",
    mark("Call off this and all later ones"),
    mark("Why? Everybody on the lists reads it."),
    call_off_all,
    shown,
)
SEATS = small_form(
    "gatherings.seats",
    mark("Another number of seats"),
    mark("How many seats are there now? Nobody who has one loses it."),
    resize,
    shown,
    accepts=(Number(1, MOST_SEATS),),
)
SAY = small_form(
    "gatherings.say",
    mark("How was it?"),
    mark("What was good, what could be better? The organisers read it without your name."),
    rate_in_words,
    shown,
)


def _ask_kind(_ctx: FormContext, _answers: Answers) -> Prompt:
    return Prompt(
        _("What kind of gathering is it?"),
        [Choice(_(KINDS[kind]), kind.value) for kind in GatheringKind],
    )


def _ask_day(ctx: FormContext, _answers: Answers) -> Prompt:
    text = _("On which day? Tap, or write it, such as “next Friday”.")
    return Prompt(text, day_choices(ctx, range(1, 9)))


def _ask_start(_ctx: FormContext, _answers: Answers) -> Prompt:
    text = _("At what time does it begin? Tap, or write it, such as “3:30 pm”.")
    return Prompt(text, hour_choices(HOURS), columns=3)


def _ask_end(_ctx: FormContext, answers: Answers) -> Prompt:
    begins = answers["at"] or HOURS[0]
    after = [time((begins.hour + more) % 24, begins.minute) for more in (1, 2, 3)]
    return Prompt(_("And when does it end?"), hour_choices(after), columns=3)


def _ask_seats(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [Choice(f"{count}", count) for count in (10, 20, 30, 50)]
    text = _("How many seats are there? Whoever comes later stands in a line.")
    return Prompt(text, [*choices, Choice(_("As many as come"), NO_LIMIT)])


def _ask_ages(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [
        Choice(_("Everybody"), ANY_AGE),
        *(Choice(ages_words(one), list(one)) for one in ((6, 12), (18, OLDEST), (60, OLDEST))),
    ]
    return Prompt(_("For which ages? Tap, or write it, such as 6-12."), choices)


def _ask_weeks(_ctx: FormContext, _answers: Answers) -> Prompt:
    weeks = [Choice(_("{count} weeks").format(count=count), count) for count in (4, 8, 12)]
    return Prompt(_("Once, or every week?"), [Choice(_("Once"), 1), *weeks])


async def read_ages(_ctx: FormContext, _answers: Answers, text: str) -> Any:
    """Read ages as people write them: '6-12', '6到12岁', '60岁以上', 'under 12'."""
    found = [int(one) for one in re.findall(r"\d+", text)]
    if len(found) == 1:
        found = [0, *found] if UNDER.search(text) else [*found, OLDEST]
    if len(found) != 2 or not found[0] <= found[1] <= OLDEST:
        return Refused(said(Bad.AGES))
    return found


UNDER = re.compile(r"以下|以内|不到|under|below|up to", re.IGNORECASE)


def _ends_after(answers: Answers, ends: time) -> str:
    """Say that an end lies before the start, where it does."""
    day, at = answers["day"], answers["at"]
    if day is None or at is None:
        return ""
    starts_at, ends_at = span_of(day, at, ends, "UTC")
    return "" if starts_at < ends_at else said(Bad.END)


def _plan(ctx: FormContext, answers: Answers) -> Plan:
    seats = answers["seats"]
    return Plan(
        token=f"{ctx.actor.id}:{ctx.run}",
        kind=GatheringKind(answers["kind"]),
        title=answers["title"],
        words=answers["words"],
        where=answers["where"],
        day=answers["day"],
        at=answers["at"],
        ends=answers["ends"],
        seats=None if seats == NO_LIMIT else seats,
        ages=None if answers["ages"] == ANY_AGE else tuple(answers["ages"]),
        rain=answers["rain"] or "",
        weeks=answers["weeks"],
        topics=tuple((answers["topics"] or "").splitlines()),
    )


def _summary(ctx: FormContext, answers: Answers) -> Screen:
    plan = _plan(ctx, answers)
    starts_at, ends_at = span_of(plan.day, plan.at, plan.ends, policy_of(ctx.session).zone)
    text = joined(
        _(KINDS[plan.kind]),
        f"🕑 {at_date(starts_at, ctx.now)}-{local(ends_at):%H:%M}",
        _("🔁 {count} weeks").format(count=plan.weeks) if plan.weeks > 1 else "",
        f"📍 {plan.where}",
        _("🌧 When it rains: {where}").format(where=plan.rain) if plan.rain else "",
        f"👥 {plan.seats}" if plan.seats else "",
        f"👶 {ages_words(plan.ages)}" if plan.ages else "",
    )
    topics = [f"{week}. {one}" for week, one in enumerate(plan.topics[: plan.weeks], 1) if one]
    return Screen(
        paragraphs(text, plan.words, joined(*topics)),
        _("Shall we announce “{title}”?").format(title=plan.title),
    )


async def _announce(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    place = await place_of_desk(ctx.session, ctx.actor)
    made = await announce(ctx.session, ctx.actor, place or 0, _plan(ctx, answers), now=ctx.now)
    if isinstance(made.outcome, Bad):
        key = "day" if made.outcome is Bad.START else made.outcome.value
        return Again(key, said(made.outcome).format(most=MOST_SEATS))
    if made.gathering_id is None:
        return Nothing(Screen(said(made.outcome)))
    view = await gathering(ctx.session, ctx.actor, made.gathering_id, now=ctx.now)
    if not isinstance(view, GatheringView):
        return after_screen(made.gathering_id, said(GatheringOutcome.ANNOUNCED))
    told = _("✅ Announced. Whoever lives at {place} finds it under Notices.")
    return gathering_screen(view, ctx.now, told.format(place=place_name(view.place)))


def _kept(key: str) -> Any:
    """Return how a question about an earlier answer offers what holds now."""

    async def held(ctx: FormContext, answers: Answers) -> tuple[str, Any] | None:
        view = await gathering(ctx.session, ctx.actor, answers["record"], now=ctx.now)
        if not isinstance(view, GatheringView):
            return None
        starts, ends = local(view.starts_at), local(view.ends_at)
        return {
            "day": (at_date(view.starts_at, ctx.now).rpartition(" ")[0], starts.date()),
            "at": (f"{starts:%H:%M}", starts.time()),
            "ends": (f"{ends:%H:%M}", ends.time()),
            "where": (view.where, view.where),
        }[key]

    return held


async def _move(ctx: FormContext, answers: Answers) -> Screen | Again:
    record_id = answers["record"]
    when = (answers["day"], answers["at"], answers["ends"])
    outcome = await move_to(ctx.session, ctx.actor, record_id, *when, answers["where"], now=ctx.now)
    if isinstance(outcome, Bad):
        return Again("day" if outcome is Bad.START else outcome.value, said(outcome))
    return await shown(ctx, record_id, said(outcome, "gatherings"))


DAY = Question("day", _ask_day, accepts=(Choose(), Day()), label=mark("📅 Day"))
AT = Question("at", _ask_start, accepts=(Choose(), TimeOfDay()), label=mark("🕑 Time"))
ENDS = Question(
    "ends",
    _ask_end,
    accepts=(Choose(), TimeOfDay(_ends_after)),
    label=mark("🕔 End"),
    depends=("at",),
)


def _words(key: str, sentence: str, label: str, length: int, *, optional: bool = False) -> Question:
    asks = plain(sentence)
    return Question(key, asks, accepts=(Text(length),), label=label, optional=optional)


WHERE = _words(
    "where",
    mark("Where does it take place? So that everybody finds it: house, floor, room."),
    mark("📍 Place"),
    WHERE_LENGTH,
)

forms.add(
    Form(
        name=ANNOUNCE,
        version=2,
        title=mark("Announce a gathering"),
        questions=(
            Question("kind", _ask_kind, accepts=(Choose(),), label=mark("🎈 Kind")),
            _words("title", mark("What is it called?"), mark("✏️ Name"), TITLE_LENGTH),
            _words(
                "words",
                mark("What happens there, and what should people bring?"),
                mark("💬 Words"),
                WORDS_LENGTH,
            ),
            DAY,
            AT,
            ENDS,
            WHERE,
            Question(
                "seats",
                _ask_seats,
                accepts=(Choose(), Number(1, MOST_SEATS)),
                label=mark("👥 Seats"),
            ),
            Question(
                "ages", _ask_ages, accepts=(Choose(), Text(20, read_ages)), label=mark("👶 Ages")
            ),
            _words(
                "rain",
                mark("Where is it when it rains? Skip it where that makes no difference."),
                mark("🌧 Rain"),
                WHERE_LENGTH,
                optional=True,
            ),
            Question(
                "weeks",
                _ask_weeks,
                accepts=(Choose(), Number(1, MOST_WEEKS)),
                label=mark("🔁 Weeks"),
            ),
            Question(
                "topics",
                plain(mark("What is each week about? A line for each, or skip.")),
                accepts=(Text(WORDS_LENGTH),),
                label=mark("📖 Topics"),
                optional=True,
                when=lambda answers: (answers["weeks"] or 1) > 1,
            ),
        ),
        finish=_announce,
        summary=_summary,
        send=mark("📨 Announce it"),
        sent=SENT,
    )
)
forms.add(
    Form(
        name=MOVE,
        version=1,
        title=mark("Another time or place"),
        questions=(
            *(kept_first(question, _kept(question.key)) for question in (DAY, AT, ENDS, WHERE)),
            RECORD,
        ),
        finish=_move,
        send=mark("📨 Change it and tell them"),
        sent=SENT,
    )
)
