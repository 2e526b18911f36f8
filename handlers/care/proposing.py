"""What is asked about who is looked in on: a new home, by whom, how often; company for oneself."""

from collections.abc import Container, Sequence

from handlers.care.forms import SPOKEN, shown, spoken
from handlers.care.screens.words import REASONS, RHYTHMS, WEEKDAYS
from handlers.form import (
    SENT,
    Again,
    Answers,
    Choice,
    Choose,
    Form,
    FormContext,
    Nothing,
    Open,
    Prompt,
    Question,
    Refused,
    Text,
    forms,
    plain,
)
from handlers.help.whom import told_apart
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.forms import RECORD
from handlers.records.said import said
from handlers.screen import Screen, clip
from handlers.text import joined, paragraphs, quoted
from models.care.actions import homes, pairs, proposing
from models.care.actions.proposing import CareWish
from models.care.queries.homes import home_view, neighbours_for
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import CareRhythm
from models.care.rules.states import CareReason, PairPart
from models.care.views import HomeView
from models.people.queries import find_card, find_residents, spoken_for
from models.people.rules import NAME_LENGTH
from models.people.views import Card
from models.records.rules import Refusal

PROPOSE, COMPANY, NAME, RHYTHM = "care.propose", "care.company", "care.name", "care.rhythm"
NOBODY = "nobody"
ECHO_AT_MOST = 40


async def _people(
    ctx: FormContext, found: Sequence[Card], shut: Container[int] = ()
) -> list[Choice]:
    """Offer people; who is `shut` answers nothing, but a tap says why not."""
    called = zip(found, await told_apart(ctx, found), strict=True)
    return [Choice(f"👤 {label}", card.id, opens=card.id in shut) for card, label in called]


async def _found(ctx: FormContext, name: str, *, asked: bool) -> Prompt:
    """Ask who of those is meant who were found by a name; `asked`: they are to be asked."""
    found = await find_residents(ctx.session, ctx.actor, name)
    text = _("Who of these is it? If it is none of them, write more of the name.")
    shut = await _shut(ctx, found) if asked else {}
    return Prompt(text, await _people(ctx, found, shut), columns=1)


async def _shut(ctx: FormContext, found: Sequence[Card]) -> dict[int, CareOutcome]:
    """Return who of these cannot be asked, and why."""
    whys = {
        card.id: await proposing.why_not_asked(ctx.session, card.id, now=ctx.now) for card in found
    }
    return {number: why for number, why in whys.items() if why is not None}


async def _ask_whom(ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask for whom.

    At `ctx.at` stands a name that was written, or the number of somebody who cannot be asked:
    that is told now, and nothing is asked in vain.
    """
    if isinstance(ctx.at, str):
        return await _found(ctx, ctx.at, asked=True)
    known = await spoken_for(ctx.session, ctx.actor.id)
    people = await _people(ctx, known, await _shut(ctx, known))
    text = _("Who would be glad of company? Write a part of the name of anybody at your places.")
    if isinstance(ctx.at, int):
        why = await proposing.why_not_asked(ctx.session, ctx.at, now=ctx.now)
        text = paragraphs(said(why, "care") if why else "", text)
    return Prompt(text, people, columns=1)


async def _understand(ctx: FormContext, _answers: Answers, text: str) -> Open | Refused:
    """Look for a name; who is meant is tapped even where one is found: names are shared."""
    if await find_residents(ctx.session, ctx.actor, text):
        return Open(text)
    sentence = _("I find nobody called “{name}” at your places. Please write it another way.")
    return Refused(sentence.format(name=clip(text, ECHO_AT_MOST)))


def _ask_often(_ctx: FormContext, _answers: Answers) -> Prompt:
    return Prompt(
        _("How often shall somebody look in?"),
        [Choice(_(RHYTHMS[one]), one.value) for one in CareRhythm],
        columns=1,
    )


def _ask_weekday(_ctx: FormContext, _answers: Answers) -> Prompt:
    return Prompt(
        _("On which day of the week is it best?"),
        [Choice(_(one), number) for number, one in enumerate(WEEKDAYS)],
        columns=3,
    )


def _ask_reason(_ctx: FormContext, _answers: Answers) -> Prompt:
    return Prompt(
        _("Why would company be good? It is kept sealed, and never says an illness."),
        [Choice(_(REASONS[one]), one.value) for one in CareReason],
    )


async def _ask_visitor(ctx: FormContext, answers: Answers) -> Prompt:
    if isinstance(ctx.at, str):
        return await _found(ctx, ctx.at, asked=False)
    whom = answers["whom"]
    found = await neighbours_for(ctx.session, ctx.actor, whom if isinstance(whom, int) else 0)
    nobody = Choice(_("Nobody yet"), NOBODY)
    text = _(
        "Which neighbour shall look in? Tap, or write a name. They are asked when {name} says yes."
    )
    card = await find_card(ctx.session, whom) if isinstance(whom, int) else None
    choices = [*(Choice(one.name, one.id) for one in found), nobody]
    return Prompt(text.format(name=card.name if card else _("the home")), choices, columns=2)


def _ask_part(_ctx: FormContext, _answers: Answers) -> Prompt:
    parts = (
        (PairPart.MAIN, _("Looks in regularly")),
        (PairPart.INSTEAD, _("Comes when the other cannot")),
        (PairPart.BUDDY, _("Knocks first in danger, only then")),
    )
    return Prompt(
        _("What shall they do?"), [Choice(label, part.value) for part, label in parts], columns=1
    )


async def _ask_neighbour(ctx: FormContext, answers: Answers) -> Prompt:
    if isinstance(ctx.at, str):
        return await _found(ctx, ctx.at, asked=False)
    view = await home_view(ctx.session, ctx.actor, answers["record"] or 0, now=ctx.now)
    whom = view.who.id if isinstance(view, HomeView) else 0
    found = await neighbours_for(ctx.session, ctx.actor, whom)
    return Prompt(
        _("Which neighbour? Tap, or write a name."),
        [Choice(one.name, one.id) for one in found],
        columns=2,
    )


def _summary(ctx: FormContext, answers: Answers) -> Screen:
    del ctx
    rhythm = CareRhythm(answers["often"])
    weekly = rhythm is CareRhythm.WEEKLY
    text = joined(
        f"📅 {_(RHYTHMS[rhythm])}",
        _(WEEKDAYS[answers["weekday"] or 0]) if weekly else "",
        f"🔒 {_(REASONS[CareReason(answers['reason'])])}" if answers["reason"] else "",
    )
    wishes, voice = spoken(answers["wishes"])
    wished = quoted(wishes) if wishes else _("🎤 a voice message") if voice else ""
    return Screen(
        paragraphs(text, wished),
        _("Shall we ask them? They decide, and can stop at any time."),
    )


async def _propose(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    visitor = answers["visitor"]
    wishes, voice = spoken(answers["wishes"])
    wish = CareWish(
        CareRhythm(answers["often"]),
        answers["weekday"] or 0,
        [CareReason(answers["reason"])] if answers["reason"] else [],
        wishes,
        voice,
        visitor if isinstance(visitor, int) else None,
    )
    made = await proposing.propose(ctx.session, ctx.actor, answers["whom"], wish, now=ctx.now)
    told = said(made.outcome, "care")
    if made.outcome in {CareOutcome.NOT_OWN_HOME, CareOutcome.TOO_MANY_HOMES, Refusal.BAD_CHOICE}:
        return Again("visitor", told)
    if made.home_id is None:
        return Nothing(Screen(told))
    return await shown(ctx, made.home_id, told)


async def _company(ctx: FormContext, answers: Answers) -> Screen:
    rhythm = CareRhythm(answers["often"])
    wishes, voice = spoken(answers["wishes"])
    made = await proposing.ask_for_company(
        ctx.session, ctx.actor, rhythm, wishes, now=ctx.now, voice=voice
    )
    told = said(made.outcome, "care")
    return Screen(told) if made.home_id is None else await shown(ctx, made.home_id, told)


async def _name(ctx: FormContext, answers: Answers) -> Screen | Again:
    home_id, part = answers["record"], PairPart(answers["part"])
    outcome = await pairs.name_neighbour(
        ctx.session, ctx.actor, home_id, answers["neighbour"], part, now=ctx.now
    )
    if outcome in {CareOutcome.TOO_MANY_HOMES, CareOutcome.NOT_OWN_HOME, Refusal.BAD_CHOICE}:
        return Again("neighbour", said(outcome, "care"))
    return await shown(ctx, home_id, said(outcome, "care"))


async def _rhythm(ctx: FormContext, answers: Answers) -> Screen:
    home_id = answers["record"]
    outcome = await homes.set_rhythm(
        ctx.session,
        ctx.actor,
        home_id,
        CareRhythm(answers["often"]),
        answers["weekday"] or 0,
        now=ctx.now,
    )
    return await shown(ctx, home_id, said(outcome, "care"))


OFTEN = Question("often", _ask_often, accepts=(Choose(),), label=mark("📅 How often"))
WEEKDAY = Question(
    "weekday",
    _ask_weekday,
    accepts=(Choose(),),
    label=mark("📅 Day"),
    when=lambda answers: answers["often"] == CareRhythm.WEEKLY,
    branch=True,
)
PERSON = Question(
    "whom",
    _ask_whom,
    accepts=(Choose(), Text(NAME_LENGTH, _understand)),
    label=mark("👤 For whom"),
)
REASON = Question(
    "reason", _ask_reason, accepts=(Choose(),), label=mark("🔒 Reason"), optional=True
)
WISH = Question(
    "wishes",
    plain(
        mark(
            "Is there anything they wish for? Write it, or hold the microphone and say it. It is "
            "kept sealed. You can skip it."
        )
    ),
    accepts=SPOKEN,
    label=mark("💬 Wishes"),
    optional=True,
)
OWN_WISH = Question(
    "wishes",
    plain(
        mark(
            "Is there anything you wish for? Write it, or hold the microphone and say it. Only "
            "whoever comes, and the community, learn of it. You can skip it."
        )
    ),
    accepts=SPOKEN,
    label=mark("💬 Wishes"),
    optional=True,
)

forms.add(
    Form(
        name=PROPOSE,
        version=1,
        title=mark("Propose a home"),
        questions=(
            PERSON,
            OFTEN,
            WEEKDAY,
            REASON,
            WISH,
            Question(
                "visitor",
                _ask_visitor,
                accepts=(Choose(), Text(NAME_LENGTH, _understand)),
                label=mark("👥 Neighbour"),
            ),
        ),
        finish=_propose,
        summary=_summary,
        send=mark("📨 Ask them"),
        sent=SENT,
    )
)
forms.add(
    Form(
        name=COMPANY,
        version=1,
        title=mark("Look in on me"),
        questions=(OFTEN, OWN_WISH),
        finish=_company,
        confirm=False,
    )
)
forms.add(
    Form(
        name=NAME,
        version=1,
        title=mark("Propose a neighbour"),
        questions=(
            Question("part", _ask_part, accepts=(Choose(),)),
            Question(
                "neighbour",
                _ask_neighbour,
                accepts=(Choose(), Text(NAME_LENGTH, _understand)),
            ),
            RECORD,
        ),
        finish=_name,
        confirm=False,
    )
)
forms.add(
    Form(
        name=RHYTHM,
        version=1,
        title=mark("How often somebody looks in"),
        questions=(OFTEN, WEEKDAY, RECORD),
        finish=_rhythm,
        confirm=False,
    )
)
