"""What is asked about care: a new home, a neighbour, words about a need or a door, a rhythm."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from handlers.care.screens.calls import call_screen
from handlers.care.screens.homes import home_screen
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
    VoiceNote,
    forms,
    plain,
)
from handlers.form.values import Voice
from handlers.help.whom import told_apart
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.forms import RECORD, small_form
from handlers.records.said import said
from handlers.screen import Screen, clip
from handlers.text import joined, paragraphs, quoted
from models.care.actions import calls, confiding, homes, needs, pairs
from models.care.actions.homes import CareWish
from models.care.queries.calls import call_view
from models.care.queries.homes import home_view, neighbours_for
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import WORDS_LENGTH, CareRhythm
from models.care.rules.states import CareReason, Concern, PairPart
from models.care.views import CallView, HomeView
from models.database import Session
from models.people.queries import find_card, find_residents, spoken_for
from models.people.rules import NAME_LENGTH
from models.people.views import Card, Person
from models.records.rules import Refusal

PROPOSE, COMPANY, NAME, RHYTHM = "care.propose", "care.company", "care.name", "care.rhythm"
NOBODY = "nobody"
ECHO_AT_MOST = 40


async def shown(ctx: FormContext, home_id: int, told: str) -> Screen:
    """Show a home under what came of a form about it."""
    view = await home_view(ctx.session, ctx.actor, home_id, now=ctx.now)
    return home_screen(view, ctx.now, told) if isinstance(view, HomeView) else Screen(told)


async def call_shown(ctx: FormContext, occasion_id: int, told: str) -> Screen:
    """Show a call-on under what came of a form about it."""
    view = await call_view(ctx.session, ctx.actor, occasion_id, now=ctx.now)
    return call_screen(view, ctx.now, told) if isinstance(view, CallView) else Screen(told)


async def _note_need(
    session: Session, actor: Person, home_id: int, answer: Any, *, now: datetime
) -> CareOutcome | Refusal:
    words, voice = spoken(answer)
    return await needs.note_need(session, actor, home_id, words, now=now, voice=voice)


async def _note_need_at(
    session: Session, actor: Person, occasion_id: int, answer: Any, *, now: datetime
) -> CareOutcome | Refusal:
    """Note what is needed where somebody was called on."""
    view = await call_view(session, actor, occasion_id, now=now)
    if isinstance(view, Refusal):
        return view
    return await _note_need(session, actor, view.home_id, answer, now=now)


async def _write_down(
    session: Session, actor: Person, occasion_id: int, answer: Any, *, now: datetime
) -> CareOutcome | Refusal:
    words, voice = spoken(answer)
    return await calls.write_down(session, actor, occasion_id, words, now=now, voice=voice)


async def _set_wishes(
    session: Session, actor: Person, home_id: int, answer: Any, *, now: datetime
) -> CareOutcome | Refusal:
    return await homes.set_wishes(session, actor, home_id, answer or "", now=now)


def _confides(kind: Concern) -> Any:
    async def confide(
        session: Session, actor: Person, home_id: int, answer: Any, *, now: datetime
    ) -> CareOutcome | Refusal:
        return await confiding.confide(session, actor, home_id, kind, now=now, words=answer or "")

    return confide


def spoken(answer: Any) -> tuple[str, str]:
    """Return what was written, and Telegram's file of what was spoken instead."""
    return ("", answer.file_id) if isinstance(answer, Voice) else (answer or "", "")


SPOKEN = (Text(WORDS_LENGTH), VoiceNote())

NEED = small_form(
    "care.need",
    mark("What is needed"),
    mark("What is needed? Write it, or hold the microphone and say it."),
    _note_need,
    shown,
    accepts=SPOKEN,
    subject="care",
)
NEED_AT = small_form(
    "care.need_at",
    mark("What is needed"),
    mark("What do they need? Write it, or hold the microphone and say it."),
    _note_need_at,
    call_shown,
    accepts=SPOKEN,
    subject="care",
)
WRITE = small_form(
    "care.write",
    mark("How it was"),
    mark("How was it? Write it, or hold the microphone and say it. It is kept sealed."),
    _write_down,
    call_shown,
    accepts=SPOKEN,
    subject="care",
)
WISHES = small_form(
    "care.wishes",
    mark("Wishes"),
    mark("What do they wish for? Whoever looks in reads it. Skip it to take it away."),
    _set_wishes,
    shown,
    accepts=(Text(WORDS_LENGTH),),
    optional=True,
    subject="care",
)
MONEY = small_form(
    "care.money",
    mark("I was asked for money"),
    mark(
        "Only the secretary reads this. Who asked for what? You can also skip it: somebody rings "
        "you."
    ),
    _confides(Concern.MONEY),
    shown,
    accepts=(Text(WORDS_LENGTH),),
    optional=True,
    subject="care",
)
ANOTHER = small_form(
    "care.another",
    mark("Somebody else, please"),
    mark("Only the secretary reads this. Would you like to say why? You can also skip it."),
    _confides(Concern.ANOTHER),
    shown,
    accepts=(Text(WORDS_LENGTH),),
    optional=True,
    subject="care",
)


async def _people(ctx: FormContext, found: Sequence[Card]) -> list[Choice]:
    called = zip(found, await told_apart(ctx, found), strict=True)
    return [Choice(f"👤 {label}", card.id) for card, label in called]


async def _ask_whom(ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask for whom; at `ctx.at` stands who was found by the name that was written."""
    if isinstance(ctx.at, str):
        found = await find_residents(ctx.session, ctx.actor, ctx.at)
        text = _("Who of these is it? If it is none of them, write more of the name.")
        return Prompt(text, await _people(ctx, found), columns=1)
    known = await spoken_for(ctx.session, ctx.actor.id)
    text = _("Who would be glad of company? Write a part of the name of anybody at your places.")
    return Prompt(text, await _people(ctx, known), columns=1)


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
        return await _ask_whom(ctx, answers)
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
        return await _ask_whom(ctx, answers)
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
    return Screen(
        paragraphs(text, quoted(answers["wishes"] or "")),
        _("Shall we ask them? They decide, and can stop at any time."),
    )


async def _propose(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    visitor = answers["visitor"]
    wish = CareWish(
        CareRhythm(answers["often"]),
        answers["weekday"] or 0,
        [CareReason(answers["reason"])] if answers["reason"] else [],
        answers["wishes"] or "",
        visitor if isinstance(visitor, int) else None,
    )
    made = await homes.propose(ctx.session, ctx.actor, answers["whom"], wish, now=ctx.now)
    told = said(made.outcome, "care")
    if made.outcome in {CareOutcome.NOT_OWN_HOME, CareOutcome.TOO_MANY_HOMES, Refusal.BAD_CHOICE}:
        return Again("visitor", told)
    if made.home_id is None:
        return Nothing(Screen(told))
    return await shown(ctx, made.home_id, told)


async def _company(ctx: FormContext, answers: Answers) -> Screen:
    rhythm = CareRhythm(answers["often"])
    wishes, _voice = spoken(answers["wishes"])
    made = await homes.ask_for_company(ctx.session, ctx.actor, rhythm, wishes, now=ctx.now)
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
    plain(mark("Is there anything they wish for? It is kept sealed. You can skip it.")),
    accepts=(Text(WORDS_LENGTH),),
    label=mark("💬 Wishes"),
    optional=True,
)
OWN_WISH = Question(
    "wishes",
    plain(
        mark(
            "Is there anything you wish for? Only whoever comes, and the community, read it. You "
            "can skip it."
        )
    ),
    accepts=(Text(WORDS_LENGTH),),
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
