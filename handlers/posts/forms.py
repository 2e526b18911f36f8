"""What is asked about posts: a new one, one more shift, who looks after it, why it ends."""

from datetime import time

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
    Text,
    TimeOfDay,
    forms,
    plain,
)
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.posts.lead_forms import post_shown
from handlers.posts.screens import weekly_words
from handlers.posts.words import KINDS, LIGHT, WEEKDAYS
from handlers.records.forms import RECORD
from handlers.records.said import said
from handlers.records.when import day_choices, hour_choices
from handlers.screen import Screen
from handlers.text import joined, paragraphs, place_name
from handlers.volunteers.words import SKILLS, skills_words
from models.categories import Skill
from models.policy.current import policy_of
from models.posts.actions.planning import (
    add_shift,
    announce,
)
from models.posts.queries import places_of
from models.posts.rules import (
    MOST_SEATS,
    TITLE_LENGTH,
    WHERE_LENGTH,
    WORDS_LENGTH,
    BadPost,
    PostKind,
    PostPlan,
    WeeklyPlan,
    shift_of,
)
from models.teams.queries import team_names, teams_for

ANNOUNCE, ADD_SHIFT = "posts.announce", "posts.add_shift"
WEEKLY, ONCE = "weekly", "once"
HOURS = (time(8, 30), time(9, 30), time(14), time(15), time(18, 30), time(19))


async def _ask_place(ctx: FormContext, _answers: Answers) -> Prompt:
    places = await places_of(ctx.session, ctx.actor)
    text = _("For which place is it? Neighbours there find it first.")
    return Prompt(text, [Choice(place_name(one), one.place_id) for one in places], columns=1)


async def _ask_team(ctx: FormContext, answers: Answers) -> Prompt:
    teams = await teams_for(ctx.session, answers["place"])
    choices = [Choice(f"🚩 {one.name}", one.id) for one in teams]
    text = _("Is it of a team? Its leads look after it too, and its members find it first.")
    return Prompt(text, [*choices, Choice(_("Of no team"), 0)], columns=1)


def _ask_kind(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [Choice(_(words), kind.value) for kind, words in KINDS.items()]
    return Prompt(_("What kind of post is it?"), choices, columns=1)


def _ask_skills(_ctx: FormContext, _answers: Answers) -> Prompt:
    text = _("What should somebody be able to do for it? Skip it where everybody can do it.")
    return Prompt(text, [Choice(_(words), skill.value) for skill, words in SKILLS.items()])


def _ask_light(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [Choice(_("🌿 Yes"), value=True), Choice(_("🚶 No, on one’s feet"), value=False)]
    return Prompt(_("Can it be done sitting? Then those who tire easily find it."), choices)


def _ask_seats(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [Choice(f"{count}", count) for count in (1, 2, 3, 5)]
    return Prompt(_("How many people does it take?"), choices, columns=4)


def _ask_rhythm(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [Choice(_("🔁 Every week"), WEEKLY), Choice(_("Once"), ONCE)]
    return Prompt(_("Every week, or once? Further shifts can be added later."), choices)


def _ask_weekdays(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [Choice(_(name), day) for day, name in enumerate(WEEKDAYS)]
    return Prompt(_("On which days?"), choices)


def _ask_day(ctx: FormContext, _answers: Answers) -> Prompt:
    text = _("On which day? Tap, or write it, such as “next Friday”.")
    return Prompt(text, day_choices(ctx, range(1, 9)))


def _ask_start(_ctx: FormContext, _answers: Answers) -> Prompt:
    text = _("At what time does it begin? Tap, or write it, such as “3:30 pm”.")
    return Prompt(text, hour_choices(HOURS), columns=3)


def _ask_end(_ctx: FormContext, answers: Answers) -> Prompt:
    begins = answers["at"] or HOURS[0]
    hours = [begins.hour + more for more in (1, 2, 3) if begins.hour + more < 24]
    after = [time(hour, begins.minute) for hour in hours]
    return Prompt(_("And when does it end?"), hour_choices(after), columns=3)


def _ends_after(answers: Answers, ends: time) -> str:
    """Say that an end lies before the start, where it does."""
    at = answers["at"]
    return said(BadPost.END) if at is not None and ends <= at else ""


def _plan(ctx: FormContext, answers: Answers) -> PostPlan:
    kind = PostKind(answers["kind"])
    weekly = once = None
    if kind is PostKind.SHIFT and answers["rhythm"] == WEEKLY:
        weekly = WeeklyPlan(tuple(sorted(answers["weekdays"])), answers["at"], answers["ends"])
    elif kind is PostKind.SHIFT:
        once = (answers["day"], answers["at"], answers["ends"])
    return PostPlan(
        token=f"{ctx.actor.id}:{ctx.run}",
        kind=kind,
        title=answers["title"],
        words=answers["words"],
        where=answers["where"],
        seats=answers["seats"],
        skills=tuple(Skill(one) for one in answers["skills"] or ()),
        light=bool(answers["light"]),
        weekly=weekly,
        once=once,
        team_id=answers["team"] or None,
    )


async def _summary(ctx: FormContext, answers: Answers) -> Screen:
    plan = _plan(ctx, answers)
    when = weekly_words(plan.weekly) if plan.weekly else ""
    if plan.once:
        starts_at, ends_at = shift_of(*plan.once, policy_of(ctx.session).zone)
        when = f"🕑 {at_date(starts_at, ctx.now)}-{local(ends_at):%H:%M}"
    team = (await team_names(ctx.session, [plan.team_id])).get(plan.team_id or 0)
    text = joined(
        _(KINDS[plan.kind]),
        f"🚩 {team}" if team else "",
        when,
        f"📍 {plan.where}",
        f"👥 {plan.seats}",
        f"🧰 {skills_words(plan.skills)}" if plan.skills else "",
        _(LIGHT) if plan.light else "",
    )
    title = _("Shall we announce “{title}”?").format(title=plan.title)
    return Screen(paragraphs(text, plan.words), title)


async def _announce(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    made = await announce(
        ctx.session, ctx.actor, answers["place"], _plan(ctx, answers), now=ctx.now
    )
    if isinstance(made.outcome, BadPost):
        return Again(made.outcome.value, said(made.outcome))
    if made.post_id is None:
        return Nothing(Screen(said(made.outcome, "posts")))
    return await post_shown(ctx, made.post_id, said(made.outcome, "posts"))


async def _add_shift(ctx: FormContext, answers: Answers) -> Screen | Again:
    when = (answers["day"], answers["at"], answers["ends"])
    outcome = await add_shift(ctx.session, ctx.actor, answers["record"], *when, now=ctx.now)
    if isinstance(outcome, BadPost):
        return Again(outcome.value, said(outcome))
    return await post_shown(ctx, answers["record"], said(outcome, "posts"))


def _words(key: str, sentence: str, label: str, length: int) -> Question:
    return Question(key, plain(sentence), accepts=(Text(length),), label=label)


def _in_shifts(answers: Answers) -> bool:
    return bool(answers["kind"] == PostKind.SHIFT)


def _weekly(answers: Answers) -> bool:
    return _in_shifts(answers) and bool(answers["rhythm"] == WEEKLY)


def _once(answers: Answers) -> bool:
    return _in_shifts(answers) and bool(answers["rhythm"] == ONCE)


DAY = Question("day", _ask_day, accepts=(Choose(), Day()), label=mark("📅 Day"))
AT = Question("at", _ask_start, accepts=(Choose(), TimeOfDay()), label=mark("🕑 Time"))
ENDS = Question(
    "ends",
    _ask_end,
    accepts=(Choose(), TimeOfDay(_ends_after)),
    label=mark("🕔 End"),
    depends=("at",),
)

forms.add(
    Form(
        name=ANNOUNCE,
        version=1,
        title=mark("Announce a public post"),
        questions=(
            Question(
                "teams",
                plain(mark("Please open the list of public posts and begin there.")),
                accepts=(Number(0, 1),),
                given=True,
            ),
            Question("kind", _ask_kind, accepts=(Choose(),), label=mark("📋 Kind")),
            _words("title", mark("What is it called?"), mark("✏️ Name"), TITLE_LENGTH),
            _words(
                "words",
                mark("What is to be done, and for whom is it good?"),
                mark("💬 Words"),
                WORDS_LENGTH,
            ),
            Question("place", _ask_place, accepts=(Choose(),), label=mark("🏘 For")),
            Question(
                "team",
                _ask_team,
                accepts=(Choose(),),
                label=mark("🚩 Team"),
                when=lambda answers: bool(answers["teams"]),
                depends=("place",),
            ),
            _words(
                "where",
                mark("Where does one go? So that everybody finds it: house, floor, room."),
                mark("📍 Place"),
                WHERE_LENGTH,
            ),
            Question(
                "skills",
                _ask_skills,
                accepts=(Choose(many=True),),
                label=mark("🧰 Skills"),
                optional=True,
            ),
            Question("light", _ask_light, accepts=(Choose(),), label=mark("🌿 Sitting")),
            Question(
                "seats",
                _ask_seats,
                accepts=(Choose(), Number(1, MOST_SEATS)),
                label=mark("👥 People"),
            ),
            Question(
                "rhythm",
                _ask_rhythm,
                accepts=(Choose(),),
                label=mark("🔁 How often"),
                when=_in_shifts,
            ),
            Question(
                "weekdays",
                _ask_weekdays,
                accepts=(Choose(many=True),),
                label=mark("📅 Days"),
                when=_weekly,
            ),
            Question("day", _ask_day, accepts=(Choose(), Day()), label=DAY.label, when=_once),
            Question(
                "at", _ask_start, accepts=(Choose(), TimeOfDay()), label=AT.label, when=_in_shifts
            ),
            Question(
                "ends",
                _ask_end,
                accepts=(Choose(), TimeOfDay(_ends_after)),
                label=ENDS.label,
                depends=("at",),
                when=_in_shifts,
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
        name=ADD_SHIFT,
        version=1,
        title=mark("Another shift"),
        questions=(DAY, AT, ENDS, RECORD),
        finish=_add_shift,
        confirm=False,
    )
)
