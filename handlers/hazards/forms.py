"""What is asked of a hazard that is written down, of a look again, an answer, an accident."""

from dataclasses import replace
from datetime import timedelta

from handlers.categories import category_label
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
    Open,
    Photos,
    Prompt,
    Question,
    Refused,
    Text,
    forms,
    plain,
)
from handlers.form.wording import words_of_day
from handlers.hazards.callbacks import AccidentBack, ToHazards
from handlers.hazards.screens import LEVELS, hazard_screen
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.media import media_of
from handlers.records.forms import RECORD, small_form
from handlers.records.said import said
from handlers.records.when import day_choices
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, place_name
from models.hazards.actions.finding import find
from models.hazards.actions.looking import again, enter_accident
from models.hazards.actions.sorting import enter_answer, hand_on, sort
from models.hazards.queries import calm, hazard, places_called, places_to_find
from models.hazards.rules import (
    ANSWER_LENGTH,
    AUTHORITY_LENGTH,
    FILE_NUMBER_LENGTH,
    MOST_PHOTOS,
    SPOT_LENGTH,
    AccidentOutcome,
    Finding,
    FindOutcome,
    HazardKind,
    HazardLevel,
    HazardOutcome,
    early_code,
)
from models.hazards.views import HazardView
from models.help.rules.limits import NOTE_LENGTH
from models.names.views import Where

FIND, ACCIDENT = "hazards.find", "hazards.accident"
SORT, HAND_ON = "hazards.sort", "hazards.hand_on"
DAYS = (3, 7, 14)
"""Days from today that a tap names; any other day is written."""
LATELY = 10
"""Days back that a tap names for an accident."""
ECHO_AT_MOST = 40
ASKED_AGAIN = {
    FindOutcome.NO_SPOT: "spot",
    FindOutcome.BAD_DATE: "day",
    FindOutcome.NO_AUTHORITY: "authority",
}


async def hazard_shown(ctx: FormContext, hazard_id: int, told: str) -> Screen:
    """Show a hazard under what came of a form about it."""
    view = await hazard(ctx.session, ctx.actor, hazard_id, now=ctx.now)
    if isinstance(view, HazardView):
        return hazard_screen(view, ctx.now, told)
    return Screen(told, keyboard=inline([button(_("‹ Hazards"), ToHazards())]))


AGAIN = small_form(
    "hazards.again",
    mark("A hazard has come back"),
    mark("What do you see? A few words help whoever puts it right. You can skip this."),
    again,
    hazard_shown,
    accepts=(Text(NOTE_LENGTH),),
    optional=True,
    subject="hazards",
)
ANSWER = small_form(
    "hazards.answer",
    mark("The answer of an authority"),
    mark("What does the authority say?"),
    enter_answer,
    hazard_shown,
    accepts=(Text(ANSWER_LENGTH),),
    subject="hazards",
)


def _choices(places: list[Where]) -> list[Choice]:
    return [Choice(place_name(one), one.place_id) for one in places]


async def _ask_place(ctx: FormContext, _answers: Answers) -> Prompt:
    if isinstance(ctx.at, str):
        places = await places_called(ctx.session, ctx.actor, ctx.at)
        text = _("Which of these is it? If it is none, write the place another way.")
        return Prompt(text, _choices(places), columns=1)
    text = _("At which house is it? Tap it, or write its name.")
    return Prompt(text, _choices(await places_to_find(ctx.session, ctx.actor)), columns=1)


async def _understand(ctx: FormContext, _answers: Answers, text: str) -> Open | Refused:
    if await places_called(ctx.session, ctx.actor, text):
        return Open(text)
    sentence = _("I find no place called “{name}” among yours. Write it another way.")
    return Refused(sentence.format(name=clip(text, ECHO_AT_MOST)))


def _ask_kind(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [Choice(category_label(early_code(one)), one.value) for one in HazardKind]
    return Prompt(_("What is dangerous?"), choices, columns=1)


async def _sort(ctx: FormContext, answers: Answers) -> Screen:
    kind, record = HazardKind(answers["answer"]), answers["record"]
    outcome = await sort(ctx.session, ctx.actor, record, kind, now=ctx.now)
    return await hazard_shown(ctx, record, said(outcome, "hazards"))


forms.add(
    Form(
        name=SORT,
        version=1,
        title=mark("Say what kind of danger it is"),
        questions=(Question("answer", _ask_kind, accepts=(Choose(),)), RECORD),
        finish=_sort,
        confirm=False,
    )
)

AUTHORITY = Question(
    "authority",
    plain(mark("To which authority is it handed on?")),
    accepts=(Text(AUTHORITY_LENGTH),),
    label=mark("🏛 Authority"),
)
NUMBER = Question(
    "number",
    plain(mark("Under which number do they keep it? Skip it if you do not know.")),
    accepts=(Text(FILE_NUMBER_LENGTH),),
    label=mark("🔢 Their number"),
    optional=True,
)


async def _hand_on(ctx: FormContext, answers: Answers) -> Screen | Again:
    authority, number, record = answers["authority"], answers["number"] or "", answers["record"]
    tells = _("We cannot put this right ourselves, so it was handed on to: {authority}.")
    told = joined(
        tells.format(authority=authority),
        _("Their number: {number}").format(number=number) if number else "",
        _("We tell you when they have answered."),
    )
    outcome = await hand_on(
        ctx.session, ctx.actor, record, authority, number, tells=told, now=ctx.now
    )
    if outcome is HazardOutcome.NO_AUTHORITY:
        return Again("authority", said(outcome))
    return await hazard_shown(ctx, record, said(outcome, "hazards"))


forms.add(
    Form(
        name=HAND_ON,
        version=1,
        title=mark("Hand a hazard on to an authority"),
        questions=(AUTHORITY, NUMBER, RECORD),
        finish=_hand_on,
        send=mark("✅ Hand it on"),
    )
)


def _ask_level(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [Choice(_(words), level.value) for level, words in LEVELS.items()]
    return Prompt(_("What happens with it?"), choices, columns=1)


def _ask_day(ctx: FormContext, _answers: Answers) -> Prompt:
    text = _("By which day has it to be put right? Tap a day, or write one.")
    return Prompt(text, day_choices(ctx, DAYS), columns=1)


def _is(level: HazardLevel, answers: Answers) -> bool:
    return bool(answers["level"] == level)


def _is_beyond(answers: Answers) -> bool:
    return _is(HazardLevel.BEYOND, answers)


def _finding(ctx: FormContext, answers: Answers) -> Finding:
    level = HazardLevel(answers["level"])
    photos = [item for sent in answers["photos"] or () for item in media_of(sent)]
    beyond = level is HazardLevel.BEYOND
    return Finding(
        token=f"{ctx.actor.id}:{ctx.run}",
        place_id=answers["place"],
        spot=answers["spot"],
        kind=HazardKind(answers["kind"]),
        level=level,
        due_on=answers["day"] if level is HazardLevel.BY_DATE else None,
        authority=answers["authority"] or "" if beyond else "",
        authority_number=answers["number"] or "" if beyond else "",
        photos=tuple(photos),
    )


async def _find(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    made = await find(ctx.session, ctx.actor, _finding(ctx, answers), now=ctx.now)
    told = said(made.outcome)
    if key := ASKED_AGAIN.get(made.outcome):
        return Again(key, told)
    if made.hazard_id is None:
        return Nothing(Screen(told, keyboard=inline([button(_("‹ Hazards"), ToHazards())])))
    return await hazard_shown(ctx, made.hazard_id, told)


forms.add(
    Form(
        name=FIND,
        version=1,
        title=mark("Write down a hazard"),
        questions=(
            Question(
                "place",
                _ask_place,
                accepts=(Choose(), Text(SPOT_LENGTH, _understand)),
                label=mark("🏠 House"),
            ),
            Question("kind", _ask_kind, accepts=(Choose(),), label=mark("⚠️ Danger")),
            Question(
                "spot",
                plain(mark("Where exactly? For instance: second floor, fire door. No names.")),
                accepts=(Text(SPOT_LENGTH),),
                label=mark("📍 Spot"),
            ),
            Question("level", _ask_level, accepts=(Choose(),), label=mark("🔧 What happens")),
            Question(
                "day",
                _ask_day,
                accepts=(Choose(), Day()),
                label=mark("📅 By"),
                when=lambda answers: _is(HazardLevel.BY_DATE, answers),
                depends=("level",),
            ),
            replace(AUTHORITY, when=_is_beyond, depends=("level",)),
            replace(NUMBER, when=_is_beyond, depends=("level",)),
            Question(
                "photos",
                plain(
                    mark(
                        "Send photos of it, then tap Done. Please no people and no number plates "
                        "in the picture. You can skip this."
                    )
                ),
                accepts=(Photos(MOST_PHOTOS),),
                label=mark("📷 Photos"),
                optional=True,
            ),
        ),
        finish=_find,
        send=mark("✅ Write it down"),
        sent=SENT,
    )
)


async def _ask_community(ctx: FormContext, _answers: Answers) -> Prompt:
    places = [one.where for one in await calm(ctx.session, ctx.actor, now=ctx.now)]
    return Prompt(_("Where was the accident?"), _choices(places), columns=1)


def _ask_past_day(ctx: FormContext, _answers: Answers) -> Prompt:
    today = ctx.now.astimezone(ctx.zone).date()
    days = [today - timedelta(days=back) for back in range(LATELY)]
    text = _("On which day? Only the place and the day are kept, nothing about people.")
    return Prompt(text, [Choice(words_of_day(one), one) for one in days], columns=1)


async def _accident(ctx: FormContext, answers: Answers) -> Screen | Again:
    outcome = await enter_accident(
        ctx.session, ctx.actor, answers["place"], answers["day"], now=ctx.now
    )
    if outcome is AccidentOutcome.BAD_DATE:
        return Again("day", said(outcome))
    back = AccidentBack(place=answers["place"], day=int(f"{answers['day']:%Y%m%d}"))
    entered = outcome in {AccidentOutcome.ENTERED, AccidentOutcome.ALREADY}
    mistake = [button(_("↩️ That was a mistake: take it back"), back)] if entered else []
    return Screen(said(outcome), keyboard=inline(mistake, [button(_("‹ Hazards"), ToHazards())]))


forms.add(
    Form(
        name=ACCIDENT,
        version=1,
        title=mark("An accident"),
        questions=(
            Question("place", _ask_community, accepts=(Choose(),), label=mark("🏘 Community")),
            Question("day", _ask_past_day, accepts=(Choose(),), label=mark("📅 Day of it")),
        ),
        finish=_accident,
        send=mark("✅ Enter it"),
        sent=SENT,
    )
)
