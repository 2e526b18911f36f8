"""What is asked about rounds: a new one, who walks, a walk by itself, a hazard, a checklist."""

from datetime import timedelta
from typing import Any

from handlers.categories import body, category_label
from handlers.clock_text import local
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
    OnePhoto,
    Photo,
    Prompt,
    Question,
    Text,
    forms,
    plain,
)
from handlers.form.wording import words_of_day
from handlers.hazards.screens import LEVELS
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.inspections.callbacks import ToRounds
from handlers.inspections.screens import round_screen, walk_screen
from handlers.inspections.words import RHYTHMS, in_words
from handlers.records.forms import RECORD
from handlers.records.said import said
from handlers.records.when import day_choices
from handlers.screen import Screen, button, inline
from handlers.text import place_name
from models.categories import Body
from models.hazards.rules import HazardKind, HazardLevel, early_code
from models.inspections.actions.checklists import define_checklist
from models.inspections.actions.rounds import choose_walkers, set_up
from models.inspections.actions.walks import mark_bad, walk_freely
from models.inspections.queries import (
    checklists_at,
    places_to_walk,
    round_,
    walk,
    walkers_at,
)
from models.inspections.rules import (
    MOST_WALKERS,
    SPOT_LENGTH,
    TITLE_LENGTH,
    BadFinding,
    BadRound,
    InspectionOutcome,
    RoundPlan,
    RoundRhythm,
)
from models.inspections.views import ChecklistLine, InspectionRoundView, WalkView
from models.media import Media, MediaKind
from models.records.rules import Refusal

SET_UP, CHOOSE, WALK = "rounds.set_up", "rounds.choose", "walks.free"
BAD, CHECKLIST = "walks.bad", "rounds.checklist"
DUE_IN = (3, 7, 14)
MOST_ASKED = 20
"""Points that are asked for one by one; more stand in one message, a line each."""
AUTHORITY_LENGTH, POINTS_LENGTH = 60, 1000
AGAIN = {
    InspectionOutcome.BAD_DUE: "due",
    InspectionOutcome.NO_AUTHORITY: "authority",
    InspectionOutcome.NO_SPOT: "more",
}


async def round_shown(ctx: FormContext, round_id: int, told: str) -> Screen:
    """Show a round under what came of a form about it."""
    view = await round_(ctx.session, ctx.actor, round_id, now=ctx.now)
    if isinstance(view, InspectionRoundView):
        return round_screen(view, ctx.now, told)
    return Screen(told, keyboard=inline([button(_("‹ Rounds"), ToRounds())]))


async def walk_shown(ctx: FormContext, walk_id: int, told: str) -> Screen:
    """Show a walk, at the point that comes, under what came of a form about it."""
    view = await walk(ctx.session, ctx.actor, walk_id, now=ctx.now)
    if isinstance(view, WalkView):
        return walk_screen(view, ctx.now, told)
    return Screen(told, keyboard=inline([button(_("‹ Rounds"), ToRounds())]))


async def _ask_place(ctx: FormContext, _answers: Answers) -> Prompt:
    places = await places_to_walk(ctx.session, ctx.actor)
    return Prompt(
        _("Where is it walked?"), [Choice(place_name(one), one.place_id) for one in places], 1
    )


async def _ask_checklist(ctx: FormContext, answers: Answers) -> Prompt:
    found = await checklists_at(ctx.session, ctx.actor, answers["place"])
    return Prompt(
        _("By which checklist?"), [Choice(in_words(one.title), one.code) for one in found], 1
    )


def _ask_rhythm(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [Choice(_(words), one.value) for one, words in RHYTHMS.items()]
    return Prompt(_("How often? Property walks daily and checks monthly."), choices)


def _ask_start(ctx: FormContext, _answers: Answers) -> Prompt:
    text = _("From which day on? It comes again on that weekday, or that day of the month.")
    return Prompt(text, day_choices(ctx, range(8)))


def _ask_body(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [Choice(body(one), one.value) for one in (Body.PROPERTY, Body.COMMITTEE)]
    return Prompt(_("Whose round is it?"), choices, columns=1)


async def _ask_walkers(ctx: FormContext, answers: Answers) -> Prompt:
    place_id: Any = answers.get("place")
    if place_id is None:
        view = await round_(ctx.session, ctx.actor, answers["record"], now=ctx.now)
        place_id = view.line.place.place_id if isinstance(view, InspectionRoundView) else None
    people = [] if place_id is None else await walkers_at(ctx.session, place_id)
    text = _("Who walks it? Several take turns.")
    return Prompt(text, [Choice(f"👤 {one.name}", one.id) for one in people], columns=1)


PLACE = Question("place", _ask_place, accepts=(Choose(),), label=mark("🏘 Place"))
BY = Question(
    "checklist",
    _ask_checklist,
    accepts=(Choose(),),
    label=mark("📋 Checklist"),
    depends=("place",),
)
BODY = Question("body", _ask_body, accepts=(Choose(),), label=mark("🏢 Whose"))


async def _set_up(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    plan = RoundPlan(
        token=f"{ctx.actor.id}:{ctx.run}",
        title=answers["title"],
        checklist=answers["checklist"],
        rhythm=RoundRhythm(answers["rhythm"]),
        starts_on=answers["start"],
        body=Body(answers["body"]),
        walkers=tuple(answers["walkers"]),
    )
    made = await set_up(ctx.session, ctx.actor, answers["place"], plan, now=ctx.now)
    if isinstance(made.outcome, BadRound):
        return Again(made.outcome.value, said(made.outcome))
    if made.round_id is None:
        return Nothing(Screen(said(made.outcome)))
    return await round_shown(ctx, made.round_id, said(made.outcome))


forms.add(
    Form(
        name=SET_UP,
        version=1,
        title=mark("Set up a round"),
        questions=(
            Question(
                "title",
                plain(mark("What is the round called? Such as “Fire doors, house 5”.")),
                accepts=(Text(TITLE_LENGTH),),
                label=mark("✏️ Name"),
            ),
            PLACE,
            BY,
            Question("rhythm", _ask_rhythm, accepts=(Choose(),), label=mark("🔁 How often")),
            Question("start", _ask_start, accepts=(Choose(), Day()), label=mark("📅 From")),
            BODY,
            Question(
                "walkers",
                _ask_walkers,
                accepts=(Choose(many=True, at_most=MOST_WALKERS),),
                label=mark("👥 Who"),
                depends=("place",),
            ),
        ),
        finish=_set_up,
        send=mark("✅ Set it up"),
    )
)


async def _choose(ctx: FormContext, answers: Answers) -> Screen | Again:
    outcome = await choose_walkers(
        ctx.session, ctx.actor, answers["record"], answers["walkers"], now=ctx.now
    )
    if outcome is Refusal.BAD_CHOICE:
        return Again("walkers", said(outcome))
    return await round_shown(ctx, answers["record"], said(outcome))


forms.add(
    Form(
        name=CHOOSE,
        version=1,
        title=mark("Choose who walks a round"),
        questions=(
            Question("walkers", _ask_walkers, accepts=(Choose(many=True, at_most=MOST_WALKERS),)),
            RECORD,
        ),
        finish=_choose,
        confirm=False,
    )
)


async def _walk(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    made = await walk_freely(
        ctx.session,
        ctx.actor,
        answers["place"],
        answers["checklist"],
        Body(answers["body"]),
        token=f"{ctx.actor.id}:{ctx.run}",
        now=ctx.now,
    )
    if made.outcome is Refusal.BAD_CHOICE:
        return Again("checklist", said(made.outcome))
    if made.walk_id is None:
        return Nothing(Screen(said(made.outcome)))
    return await walk_shown(ctx, made.walk_id, said(made.outcome))


forms.add(
    Form(
        name=WALK,
        version=1,
        title=mark("Walk without a round"),
        questions=(PLACE, BY, BODY),
        finish=_walk,
        confirm=False,
    )
)


def _ask_kind(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [Choice(category_label(early_code(one)), one.value) for one in HazardKind]
    return Prompt(_("What is dangerous?"), choices, columns=1)


def _ask_level(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [Choice(_(words), one.value) for one, words in LEVELS.items()]
    return Prompt(_("What happens with it?"), choices, columns=1)


def _ask_due(ctx: FormContext, _answers: Answers) -> Prompt:
    today = local(ctx.now).date()
    days = [today + timedelta(days=each) for each in DUE_IN]
    choices = [
        Choice(
            _("{count} days: {day}").format(count=count, day=words_of_day(day)),
            day,
        )
        for count, day in zip(DUE_IN, days, strict=True)
    ]
    text = _("Until when? Tap, or write another day.")
    return Prompt(text, choices, columns=1)


def _by_date(answers: Answers) -> bool:
    return bool(answers["level"] == HazardLevel.BY_DATE)


def _beyond(answers: Answers) -> bool:
    return bool(answers["level"] == HazardLevel.BEYOND)


async def _bad(ctx: FormContext, answers: Answers) -> Screen | Again:
    more: Any = answers["more"]
    photo = more if isinstance(more, Photo) else None
    found = BadFinding(
        kind=HazardKind(answers["kind"]),
        level=HazardLevel(answers["level"]),
        due_on=answers["due"],
        authority=answers["authority"] or "",
        spot=photo.caption if photo else more or "",
        photo=Media(MediaKind.PHOTO, photo.file_id) if photo else None,
    )
    outcome = await mark_bad(
        ctx.session, ctx.actor, answers["record"], answers["at"], found, now=ctx.now
    )
    if isinstance(outcome, InspectionOutcome) and outcome in AGAIN:
        return Again(AGAIN[outcome], said(outcome))
    return await walk_shown(ctx, answers["record"], said(outcome, "walks"))


forms.add(
    Form(
        name=BAD,
        version=1,
        title=mark("Write a hazard down"),
        questions=(
            Question("kind", _ask_kind, accepts=(Choose(),)),
            Question("level", _ask_level, accepts=(Choose(),)),
            Question("due", _ask_due, accepts=(Choose(), Day()), when=_by_date),
            Question(
                "authority",
                plain(mark("To whom is it handed on? Such as “fire brigade”.")),
                accepts=(Text(AUTHORITY_LENGTH),),
                when=_beyond,
            ),
            Question(
                "more",
                plain(
                    mark(
                        "A photo, or a few words on where exactly? No people or plates in it, "
                        "please. Or skip it."
                    )
                ),
                accepts=(OnePhoto(), Text(SPOT_LENGTH)),
                optional=True,
            ),
            RECORD,
            Question(
                "at",
                plain(mark("Which point is it? Please open the walk once more.")),
                accepts=(Number(0, 99),),
                given=True,
            ),
        ),
        finish=_bad,
        confirm=False,
    )
)


def _point(number: int) -> Question:
    first = number == 1
    before = f"p{number - 1}"
    asks = (
        mark("What is the first point to look at? A question such as “Is the way out clear?”")
        if first
        else mark("And the next point? Skip it when that was all.")
    )
    return Question(
        f"p{number}",
        plain(asks),
        accepts=(Text(POINTS_LENGTH),),
        label=f"{number}",
        optional=not first,
        when=(lambda _answers: True) if first else lambda answers: bool(answers.get(before)),
    )


async def _define(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    place_id: Any = answers["record"]
    points = [answers.get(f"p{number}") for number in range(1, MOST_ASKED + 1)]
    outcome = await define_checklist(
        ctx.session,
        ctx.actor,
        place_id,
        answers["title"],
        points,
        token=f"{ctx.actor.id}:{ctx.run}",
        code=await _code(ctx, place_id, answers["which"]),
        now=ctx.now,
    )
    if outcome in {InspectionOutcome.NO_POINTS, InspectionOutcome.TOO_MANY_POINTS}:
        return Again("p1", said(outcome))
    return Screen(said(outcome), keyboard=inline([button(_("‹ Rounds"), ToRounds())]))


def as_it_is(line: ChecklistLine) -> dict[str, str]:
    """Return what a checklist says now, as answers of its form; what is over stands in the last."""
    points = [in_words(one) for one in line.points]
    first, rest = points[: MOST_ASKED - 1], points[MOST_ASKED - 1 :]
    given = {f"p{number}": words for number, words in enumerate(first, 1)}
    return {"title": in_words(line.title), **given} | (
        {f"p{MOST_ASKED}": "\n".join(rest)} if rest else {}
    )


async def _code(ctx: FormContext, place_id: int, which: Any) -> str | None:
    """Return which checklist is changed, by its number in the list; None for a new one."""
    found = await checklists_at(ctx.session, ctx.actor, place_id)
    return found[which - 1].code if 1 <= which <= len(found) else None


forms.add(
    Form(
        name=CHECKLIST,
        version=1,
        title=mark("Write a checklist"),
        questions=(
            Question(
                "title",
                plain(mark("What is the checklist called?")),
                accepts=(Text(TITLE_LENGTH),),
                label=mark("✏️ Name"),
            ),
            *(_point(number) for number in range(1, MOST_ASKED + 1)),
            RECORD,
            Question(
                "which",
                plain(mark("Which checklist is it? Please open the list once more.")),
                accepts=(Number(0, 99),),
                given=True,
            ),
        ),
        finish=_define,
        send=mark("✅ Keep it"),
    )
)
