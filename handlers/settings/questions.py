"""The one-question conversations of settings."""

from dataclasses import replace
from datetime import time
from typing import Any

from handlers.form import (
    Again,
    Answers,
    Choice,
    Choose,
    Contact,
    Day,
    Form,
    FormContext,
    Phone,
    Prompt,
    Question,
    Refused,
    Text,
    forms,
    plain,
)
from handlers.form.plain_words import read_time
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.places.asking import home_question
from handlers.screen import Screen
from handlers.settings import peace, screens
from models.hours.rules.desk_hours_text import span_in
from models.outbox.peace import pause, set_quiet, spared
from models.people.actions.personal import look, set_personal
from models.people.actions.registering import set_name, set_place
from models.people.queries import person_by_id
from models.people.rules import (
    FIELD_LENGTH,
    LONGEST_PAUSE,
    LONGEST_QUIET,
    NAME_LENGTH,
    Field,
    PersonalSet,
    Registering,
    quiet_span,
)
from models.places.queries import line_of

REMOVE = "remove"

UNTIL, HOURS = "settings.until", "settings.hours"
HOURS_AT_MOST = 60
"""Characters of a span of hours in words."""
NAME, PLACE, PHONE, DOOR = (
    "settings.name",
    "settings.place",
    "settings.phone",
    "settings.door",
)

SENTENCES = {
    Field.PHONE: mark("Your phone number? Write it, or tap the key at the bottom that sends it."),
    Field.DOOR: mark("Which door? For example: unit 2, room 301."),
}


async def overview(ctx: FormContext) -> Screen:
    """Show the settings as they are now."""
    person = ctx.actor
    now = await person_by_id(ctx.session, person.id) or person
    place = await line_of(ctx.session, now.place_id) if now.place_id else None
    wanted = await spared(ctx.session, person.id)
    is_set = wanted.is_paused(ctx.now) or wanted.quiet_from is not None
    lines = peace.summary(wanted, ctx.now) if is_set else []
    return screens.overview(now, place, await _own(ctx), lines)


async def _own(ctx: FormContext) -> dict[Field, str]:
    person = ctx.actor
    found = await look(ctx.session, person, person.id, list(SENTENCES), now=ctx.now)
    return found if isinstance(found, dict) else {}


async def _rename(ctx: FormContext, answers: Answers) -> Screen | Again:
    if await set_name(ctx.session, ctx.actor, answers["name"]) is Registering.NO_NAME:
        return Again("name", _("I can see nothing in that name. Please write it in letters."))
    return await overview(ctx)


async def _move(ctx: FormContext, answers: Answers) -> Screen | Again:
    moved = await set_place(ctx.session, ctx.actor, answers["place"], now=ctx.now)
    if moved is Registering.NO_SUCH_PLACE:
        return Again("place", _("Please choose the building once more."))
    return await overview(ctx)


def _personal(name: str, field: Field, title: str, reader: Contact | Text) -> Form:
    """Declare the question for a personal field; what is there can be removed."""

    async def ask(ctx: FormContext, _answers: Answers) -> Prompt:
        there = field in await _own(ctx)
        choices = [Choice(_("🗑 Remove it"), REMOVE)] if there else []
        return Prompt(_(SENTENCES[field]), choices)

    async def keep(ctx: FormContext, answers: Answers) -> Screen | Again:
        given = answers["value"]
        text = given.number if isinstance(given, Phone) else "" if given == REMOVE else given
        person = ctx.actor
        outcome = await set_personal(ctx.session, person, person.id, field, text, now=ctx.now)
        if outcome in {PersonalSet.SAVED, PersonalSet.CLEARED}:
            return await overview(ctx)
        return Again("value", _("That does not fit here. Once more, please?"))

    question = Question("value", ask, accepts=(Choose(), reader), personal=True)
    return Form(name, 1, title, (question,), keep, confirm=False)


async def _pause(ctx: FormContext, answers: Answers) -> Screen | Again:
    """Begin a pause until a day; one that has come, or is far away, is asked for once more."""
    days = (answers["day"] - ctx.now.astimezone(ctx.zone).date()).days
    if not 1 <= days <= LONGEST_PAUSE:
        return Again("day", _("Please choose a day from tomorrow on, within a year."))
    outcome = await pause(ctx.session, ctx.actor, days, now=ctx.now)
    screen = await peace.page(ctx)
    return replace(screen, text=f"{peace.told(outcome)}\n\n{screen.text}")


def hours_in_words(text: str) -> tuple[int, int] | None:
    """Return the quiet hours that words name, in whole hours; None for what names none."""
    ends = _ends_of(text) if len(text) <= HOURS_AT_MOST else None
    return None if ends is None else quiet_span(*ends)


def _ends_of(text: str) -> tuple[time, time] | None:
    match [read_time(end) for end in span_in(text) or ()]:
        case [time() as begins, time() as until]:
            return begins, until
    return None


async def _understand_hours(_ctx: FormContext, _answers: Answers, text: str) -> Any:
    """Read '21:30-7:00' and '晚上9点到早上7点'; what is no span is asked for once more."""
    ends = _ends_of(text)
    if ends is not None:
        hours = quiet_span(*ends)
        return Refused(_too_long()) if hours is None else [*hours]
    return Refused(_("From when until when? For example: “21:30-7:00”, or “9pm to 7am”."))


def _too_long() -> str:
    return _("At most {hours} hours of a day can be quiet. For more, set a pause.").format(
        hours=LONGEST_QUIET
    )


async def _quiet(ctx: FormContext, answers: Answers) -> Screen:
    begins, ends = answers["hours"]
    outcome = await set_quiet(ctx.session, ctx.actor, begins, ends, now=ctx.now)
    screen = await peace.page(ctx)
    return replace(screen, text=f"{peace.told(outcome)}\n\n{screen.text}")


forms.add(
    Form(
        NAME,
        1,
        mark("Your name"),
        (Question("name", plain(mark("What shall we call you?")), accepts=(Text(NAME_LENGTH),)),),
        _rename,
        confirm=False,
    )
)
forms.add(Form(PLACE, 1, mark("Your building"), (home_question("place"),), _move, confirm=False))
forms.add(_personal(PHONE, Field.PHONE, mark("Your phone"), Contact(own=True)))
forms.add(_personal(DOOR, Field.DOOR, mark("Your door"), Text(FIELD_LENGTH[Field.DOOR])))
forms.add(
    Form(
        UNTIL,
        1,
        mark("A pause"),
        (
            Question(
                "day",
                plain(mark("Until which day shall we leave you in peace? Write it.")),
                accepts=(Day(),),
            ),
        ),
        _pause,
        confirm=False,
    )
)
forms.add(
    Form(
        HOURS,
        1,
        mark("Quiet hours"),
        (
            Question(
                "hours",
                plain(
                    mark(
                        "From when until when shall it be quiet? Write it, such as “21:30-7:00” "
                        "or “9pm to 7am”; I count in whole hours."
                    )
                ),
                accepts=(Text(HOURS_AT_MOST, _understand_hours),),
                show=lambda _ctx, hours: f"{hours[0]}:00–{hours[1]}:00",
            ),
        ),
        _quiet,
        confirm=False,
    )
)
