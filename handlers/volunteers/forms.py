"""The form in which somebody offers to help, and changes the offer later."""

from handlers.form import (
    Again,
    Answers,
    Choice,
    Choose,
    Form,
    FormContext,
    Number,
    Prompt,
    Question,
    forms,
)
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.people.commands import renew_menu
from handlers.screen import Screen
from handlers.volunteers import screens
from handlers.volunteers.page import own_page
from handlers.volunteers.words import (
    ANY_TIME,
    GROUPS,
    SKILLS,
    hours_words,
    mask_of,
    skills_words,
)
from models.categories import Skill
from models.help.queries.fitting import profile
from models.people.views import Person
from models.places.queries import line_of
from models.places.rules import PlaceKind
from models.volunteers.actions import change_offer, sign_up
from models.volunteers.rules import (
    DEFAULT_LOAD_CAP,
    LOAD_CAPS,
    ChangeOutcome,
    Offered,
    SignUpOutcome,
    State,
)

OFFER = "volunteers.offer"
SERVED = (PlaceKind.BUILDING, PlaceKind.GRID, PlaceKind.COMMUNITY, PlaceKind.STREET)
"""Storeys one can serve at, from one's own door outwards."""
HOW_FAR = {
    PlaceKind.BUILDING: mark("🏠 My building"),
    PlaceKind.GRID: mark("🏘 My grid"),
    PlaceKind.COMMUNITY: mark("🌳 My whole community"),
    PlaceKind.STREET: mark("🌆 The whole street"),
}
CAPS = (2, 4, DEFAULT_LOAD_CAP, 15)
KNOWN = {State.APPLIED, State.ACTIVE, State.PAUSED}


def ask_skills(_ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask what somebody can do."""
    choices = [Choice(_(name), skill.value) for skill, name in SKILLS.items()]
    return Prompt(_("What could you help with? Tap all that fit, then Done."), choices)


async def ask_place(ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask how far somebody would go."""
    home = ctx.person.place_id if ctx.person else None
    line = await line_of(ctx.session, home) if home else None
    places = {place.kind: place for place in line.places} if line else {}
    choices = [
        Choice(
            _("{reach} ({place})").format(
                reach=_(HOW_FAR[kind]), place=places[kind].called(ctx.language)
            ),
            places[kind].id,
        )
        for kind in SERVED
        if kind in places
    ]
    if line and not choices:
        choices = [Choice(line.place.called(ctx.language), line.place.id)]
    return Prompt(_("How far would you go?"), choices, columns=1)


def ask_hours(_ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask when somebody has time."""
    choices = [Choice(_("Any time"), ANY_TIME)]
    choices += [Choice(_(name), group) for group, (name, _hours) in GROUPS.items()]
    return Prompt(_("When do you usually have time? Tap all that fit, then Done."), choices)


def cap_words(cap: int) -> str:
    """Count tasks."""
    return ngettext("{count} task", "{count} tasks", cap).format(count=cap)


def ask_cap(_ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask for the most tasks in 30 days."""
    choices = [Choice(cap_words(cap), cap) for cap in CAPS]
    return Prompt(_("How many tasks in 30 days at most? Tap, or write a number."), choices)


def offered_of(answers: Answers) -> Offered:
    """Put the answers together as the action takes them."""
    return Offered(
        skills=frozenset(Skill(skill) for skill in answers["skills"] or ()),
        places=frozenset({answers["place"]} if answers["place"] else ()),
        hours=mask_of(answers["hours"] or [ANY_TIME]),
        load_cap=answers["cap"] or DEFAULT_LOAD_CAP,
    )


async def finish(ctx: FormContext, answers: Answers) -> Screen | Again:
    """Sign up, or change the offer of somebody who is signed up."""
    person: Person | None = ctx.person
    assert person is not None  # noqa: S101 - the gate lets only registered people in
    offered = offered_of(answers)
    now = await profile(ctx.session, person.id, now=ctx.now)
    outcome: ChangeOutcome | SignUpOutcome
    if now is not None and now.state in KNOWN:
        outcome = await change_offer(ctx.session, person, offered, now=ctx.now)
    else:
        outcome = await sign_up(ctx.session, person, offered, now=ctx.now)
    if outcome is SignUpOutcome.ACTIVE:
        await renew_menu(ctx.session, ctx.bot, person.id)
    if outcome in {ChangeOutcome.BAD_CHOICE, SignUpOutcome.BAD_CHOICE}:
        return Again("place", screens.said(outcome))
    return await own_page(ctx.session, person.id, ctx.language, ctx.now, screens.said(outcome))


forms.add(
    Form(
        name=OFFER,
        version=1,
        title=mark("Lend a hand"),
        questions=(
            Question(
                "skills",
                ask_skills,
                accepts=(Choose(many=True),),
                label=mark("🧰 What"),
                show=lambda _ctx, value: skills_words(value),
            ),
            Question("place", ask_place, accepts=(Choose(),), label=mark("📍 Where")),
            Question(
                "hours",
                ask_hours,
                accepts=(Choose(many=True),),
                label=mark("🕑 When"),
                show=lambda _ctx, value: hours_words(value),
            ),
            Question(
                "cap",
                ask_cap,
                accepts=(Choose(), Number(LOAD_CAPS.start, LOAD_CAPS.stop - 1)),
                label=mark("📊 At most in 30 days"),
                show=lambda _ctx, value: cap_words(int(value)),
            ),
        ),
        finish=finish,
    )
)
