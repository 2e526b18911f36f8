"""The forms of roll-calls: preparing a real one, preparing a drill, calling up who can help.

A real one and a drill are two forms, with other words throughout, so that neither can be taken
for the other; what they have in common is made by one function each.
"""

from handlers.broadcasts.cards import card_of
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
    Text,
    forms,
    plain,
)
from handlers.i18n import CHINESE, ENGLISH, catalogue, current_language, mark
from handlers.i18n import gettext as _
from handlers.rollcalls.labels import below_title, framed, said
from handlers.rollcalls.screens.board import came_out_screen, not_yours_screen
from handlers.screen import Screen
from handlers.text import joined
from models.broadcasts.actions.drafts import change, create
from models.broadcasts.rules.audience import Audience, Group
from models.broadcasts.rules.content import Content
from models.broadcasts.rules.notices import Medium, Style, Topic
from models.broadcasts.rules.outcomes import BroadcastOutcome
from models.people.rules import Right
from models.places.queries import find_place, offer_within
from models.rollcalls.actions.calling import call_up
from models.rollcalls.rules.outcomes import HelperCallOutcome
from models.rollcalls.rules.rounds import COME_LENGTH

REAL, DRILL = "rollcalls.real", "rollcalls.drill"
COME, COME_DRILL = "rollcalls.come", "rollcalls.come_drill"
STYLES = {REAL: Style.ROLL_CALL, DRILL: Style.DRILL}
WORDS_AT_MOST = 600

READY = {
    REAL: {
        "quake": mark("There has been an earthquake. Are you safe?"),
        "fire": mark("There is a fire. Leave by the stairs, never by lift. Are you safe?"),
        "gas": mark("There is a gas leak. No fire, no switches, go outside. Are you safe?"),
        "flood": mark("Heavy rain and flooding. Stay upstairs, off the basements. Are you safe?"),
        "storm": mark("A typhoon is here. Stay indoors, away from windows. Are you safe?"),
        "cold": mark("Power or heating has failed. Are you safe and warm enough?"),
    },
    DRILL: {
        "quake": mark("We practise an earthquake. Please answer as if it had happened."),
        "fire": mark("We practise a fire. Please answer as if it had happened."),
        "flood": mark("We practise a flood. Please answer as if it had happened."),
        "storm": mark("We practise a typhoon. Please answer as if it had happened."),
    },
}
"""What has happened, ready to be tapped, in both languages."""

LABELS = {
    "quake": mark("Earthquake"),
    "fire": mark("Fire"),
    "gas": mark("Gas leak"),
    "flood": mark("Flood"),
    "storm": mark("Typhoon"),
    "cold": mark("Power or heating"),
}


def what_of(name: str) -> Question:
    """Ask what has happened, or what is to be practised."""
    drill = name == DRILL

    def ask(_ctx: FormContext, _answers: Answers) -> Prompt:
        text = (
            _("What shall we practise? Tap, or write it in a sentence or two.")
            if drill
            else _("What has happened? Tap, or write in a sentence or two what people must know.")
        )
        ready = [Choice(_(LABELS[key]), f"#{key}") for key in READY[name]]
        return Prompt(below_title(text, drill=drill), ready)

    return Question(
        "what",
        ask,
        accepts=(Choose(), Text(at_most=WORDS_AT_MOST)),
        label=mark("📢 What people read"),
        show=lambda _ctx, value: words_in(name, value, current_language()),
    )


def where_of(name: str) -> Question:
    """Ask for a place of one's own, from its widest down."""
    drill = name == DRILL

    async def ask(ctx: FormContext, _answers: Answers) -> Prompt:
        paths = ctx.actor.paths_with(Right.BROADCAST)
        step = await offer_within(ctx.session, paths, ctx.at)
        language = current_language()
        whole = []
        if step.at is not None:
            label = _("All of {place}").format(place=step.at.short(language))
            whole = [Choice(label, step.at.place.id)]
        below = [Choice(p.called(language), p.id, opens=not p.leaf) for p in step.options]
        return Prompt(
            below_title(_("Where? Everybody who lives there is asked."), drill=drill),
            [*whole, *below],
            columns=1,
        )

    return Question("where", ask, accepts=(Choose(),), label=mark("📍 Where"))


def words_in(name: str, value: str, language: str) -> str:
    """Return what people read: a ready sentence in a language, else the words as written."""
    sentence = READY[name].get(value.removeprefix("#")) if value.startswith("#") else None
    return catalogue(language).gettext(sentence) if sentence else value


async def _summary(ctx: FormContext, answers: Answers, name: str) -> Screen:
    place = await find_place(ctx.session, answers["where"])
    drill = name == DRILL
    text = joined(
        "📢 " + words_in(name, answers["what"], current_language()),
        f"📍 {place.called(current_language())}" if place else "",
        _("A second person has to approve it before anything goes out."),
        gap="\n\n",
    )
    head = _("Prepare this exercise?") if drill else _("This is no exercise: prepare it?")
    return framed(Screen(text, head), drill=drill)


async def _finish(ctx: FormContext, answers: Answers, name: str) -> Screen | Again:
    """Make the draft, in both languages where its sentence is a ready one, and show its card."""
    actor = ctx.actor
    value, language = answers["what"], current_language()
    outcome, broadcast_id = await create(
        ctx.session,
        actor,
        token=f"{name}:{actor.id}:{ctx.run}",
        style=STYLES[name],
        topic=Topic.COMMUNITY,
        language=language,
        content=Content(Medium.TEXT, words_in(name, value, language)),
        audience=Audience((Group(answers["where"]),)),
        now=ctx.now,
    )
    if outcome is not BroadcastOutcome.SAVED or broadcast_id is None:
        wrong = outcome is BroadcastOutcome.WRONG_CONTENT
        return Again("what" if wrong else "where", _("This cannot be; please choose once more."))
    if value.startswith("#"):
        other = ENGLISH if language == CHINESE else CHINESE
        content = Content(Medium.TEXT, words_in(name, value, other))
        await change(ctx.session, actor, broadcast_id, now=ctx.now, content_other=content)
    told = _("Prepared. Have a look, then have it approved.")
    card = await card_of(ctx.session, actor, broadcast_id, ctx.now, told)
    return card or not_yours_screen()


def _ask_come(_ctx: FormContext, answers: Answers) -> Prompt:
    text = _("Where should they come, and what for? They read it as you write it.")
    return Prompt(below_title(text, drill=bool(answers["drill"])))


async def _finish_come(ctx: FormContext, answers: Answers) -> Screen | Again:
    """Call up everybody who can help."""
    drill = bool(answers["drill"])
    actor, which, words = ctx.actor, answers["rollcall"], answers["words"]
    outcome, count = await call_up(ctx.session, actor, which, words, token=ctx.run, now=ctx.now)
    told = said(outcome)
    if outcome is HelperCallOutcome.CALLED:
        told = f"{told} 👥 {count}"
    return came_out_screen(answers["rollcall"], told, drill=drill)


async def _sum_up_real(ctx: FormContext, answers: Answers) -> Screen:
    return await _summary(ctx, answers, REAL)


async def _sum_up_drill(ctx: FormContext, answers: Answers) -> Screen:
    return await _summary(ctx, answers, DRILL)


async def _finish_real(ctx: FormContext, answers: Answers) -> Screen | Again:
    return await _finish(ctx, answers, REAL)


async def _finish_drill(ctx: FormContext, answers: Answers) -> Screen | Again:
    return await _finish(ctx, answers, DRILL)


def _number(key: str) -> Question:
    """Take what the button that opens the form gives; it stands last."""
    ask = plain(mark("Which roll-call is it? Please open its board once more."))
    return Question(key, ask, accepts=(Number(0, 2**53 - 1),), given=True)


forms.add(
    Form(
        name=REAL,
        version=1,
        title=mark("🟥 Roll-call in a real emergency"),
        questions=(what_of(REAL), where_of(REAL)),
        finish=_finish_real,
        summary=_sum_up_real,
        send=mark("🟥 Real emergency: prepare it"),
    )
)
forms.add(
    Form(
        name=DRILL,
        version=1,
        title=mark("🟦 DRILL: prepare an exercise"),
        questions=(what_of(DRILL), where_of(DRILL)),
        finish=_finish_drill,
        summary=_sum_up_drill,
        send=mark("🟦 DRILL: prepare it"),
    )
)
for _name, _title in (
    (COME, mark("Ask who can help to come")),
    (COME_DRILL, mark("🟦 DRILL: ask who can help to come")),
):
    forms.add(
        Form(
            name=_name,
            version=1,
            title=_title,
            questions=(
                Question("words", _ask_come, accepts=(Text(at_most=COME_LENGTH),)),
                _number("rollcall"),
                _number("drill"),
            ),
            finish=_finish_come,
            confirm=False,
        )
    )
