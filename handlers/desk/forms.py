"""The desk's forms: writing a request down for somebody, notes, reasons, finding a number."""

from collections.abc import Sequence

from handlers.desk.screens.board import applicants_screen, found_screen, no_desk_screen
from handlers.desk.screens.case import said_screen
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
from handlers.help import forms as help_forms
from handlers.help.filing import file_answers, remember_said
from handlers.help.screens.outcomes import said
from handlers.help.task_forms import REQUEST, asks_what_is_wrong
from handlers.help.whom import OPEN, SOMEBODY, somebody_new, told_apart
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.said import said as said_of_visits
from handlers.screen import Screen, clip
from handlers.volunteers.screens import said as said_of_volunteers
from models.help.actions.closing import reopen
from models.help.actions.deadlines import wait_for_resident
from models.help.actions.desk import add_note
from models.help.actions.filing import cancel_request
from models.help.actions.searching import search_requests
from models.help.rules.limits import NOTE_LENGTH, REASON_LENGTH
from models.help.rules.outcomes import CancelOutcome, DeskOutcome
from models.help.rules.search import SEARCH_LENGTH
from models.orders.actions.visits import record_word
from models.orders.rules import VisitOutcome
from models.people.queries import find_residents, spoken_for
from models.people.rules import NAME_LENGTH, Right
from models.people.views import Card, Denied
from models.volunteers.actions import refuse
from models.volunteers.queries import applications

ECHO_AT_MOST = 40


async def _ask(ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask for whom: at the top those written down before, at `ctx.at` whom the name found."""
    if isinstance(ctx.at, str):
        text = _("Who of these is it? If it is none of them, write more of the name.")
        return await _prompt(ctx, text, await _found(ctx, ctx.at))
    known = await spoken_for(ctx.session, ctx.person.id) if ctx.person else []
    text = _("For whom? Write a part of the name of anybody at your places, or tap.")
    return await _prompt(ctx, text, known)


async def _prompt(ctx: FormContext, text: str, cards: Sequence[Card]) -> Prompt:
    called = zip(cards, await told_apart(ctx, cards), strict=True)
    people = [Choice(f"👤 {label}", card.id) for card, label in called]
    return Prompt(text, [*people, Choice(_("➕ Somebody new"), SOMEBODY)], columns=1)


async def _found(ctx: FormContext, name: str) -> list[Card]:
    return await find_residents(ctx.session, ctx.person, name) if ctx.person else []


async def _understand(ctx: FormContext, _answers: Answers, text: str) -> Open | Refused:
    """Look for a name; who is meant is tapped even where one is found: names are shared."""
    if await _found(ctx, text):
        return Open(text)
    sentence = _(
        "I find nobody called “{name}” at your places. Write it another way, or tap “Somebody new”."
    )
    return Refused(sentence.format(name=clip(text, ECHO_AT_MOST)))


WHOM = Question(
    "whom",
    _ask,
    accepts=(Choose(), Text(NAME_LENGTH, _understand)),
    label=mark("👤 For whom"),
)

FILE, NOTE, ANSWER, REASON = "desk.file", "desk.note", "desk.answer", "desk.reason"
FOUND_AT_ONCE = 6
FIND, REFUSE, WAIT = "desk.find", "desk.refuse", "desk.wait"
UNSOLVED, REOPEN = "desk.unsolved", "desk.reopen"


async def _file(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    """File for somebody of the desk's places."""
    return await file_answers(ctx, answers, help_forms.urgency_of(ctx, answers), at_desk=True)


async def _note(ctx: FormContext, answers: Answers) -> Screen:
    return await _noted(ctx, answers, internal=True)


async def _answer(ctx: FormContext, answers: Answers) -> Screen:
    return await _noted(ctx, answers, internal=False)


async def _noted(ctx: FormContext, answers: Answers, *, internal: bool) -> Screen:
    outcome = await add_note(
        ctx.session,
        ctx.actor,
        answers["request"],
        answers["words"],
        now=ctx.now,
        internal=internal,
    )
    if outcome is DeskOutcome.NOTED and not internal:
        await remember_said(ctx, ctx.messages, answers["request"])
    return said_screen(answers["request"], said(outcome))


async def _wait(ctx: FormContext, answers: Answers) -> Screen:
    outcome = await wait_for_resident(
        ctx.session, ctx.actor, answers["request"], now=ctx.now, words=answers["words"]
    )
    return said_screen(answers["request"], said(outcome))


async def _cancel(ctx: FormContext, answers: Answers) -> Screen | Again:
    outcome = await cancel_request(
        ctx.session, ctx.actor, answers["request"], now=ctx.now, reason=answers["words"]
    )
    if outcome is CancelOutcome.REASON_NEEDED:
        return Again("words", said(outcome))
    return said_screen(answers["request"], said(outcome))


async def _unsolved(ctx: FormContext, answers: Answers) -> Screen:
    request_id, words = answers["request"], answers["words"]
    outcome = await record_word(
        ctx.session, ctx.actor, request_id, solved=False, now=ctx.now, words=words
    )
    told = said_of_visits(outcome) if isinstance(outcome, VisitOutcome) else said(outcome)
    return said_screen(request_id, told)


async def _reopen(ctx: FormContext, answers: Answers) -> Screen:
    request_id, words = answers["request"], answers["words"]
    outcome = await reopen(ctx.session, ctx.actor, request_id, now=ctx.now, words=words)
    return said_screen(request_id, said(outcome))


async def _find(ctx: FormContext, answers: Answers) -> Screen:
    words = answers["words"]
    found = await search_requests(ctx.session, ctx.actor, words, now=ctx.now, size=FOUND_AT_ONCE)
    return no_desk_screen() if isinstance(found, Denied) else found_screen(found, ctx.now)


async def _refuse(ctx: FormContext, answers: Answers) -> Screen:
    actor = ctx.actor
    outcome = await refuse(
        ctx.session, actor, answers["request"], now=ctx.now, reason=answers["words"]
    )
    waiting = await applications(ctx.session, actor)
    return applicants_screen(waiting, said_of_volunteers(outcome))


def _desks(ctx: FormContext) -> Sequence[str]:
    """Return the paths of the places whose desk somebody works at."""
    return ctx.person.paths_with(Right.WORK_DESK) if ctx.person else ()


def _words(sentence: str, limit: int) -> Question:
    return Question("words", plain(sentence), accepts=(Text(limit),))


forms.add(
    Form(
        name=FILE,
        version=1,
        title=mark("Write down a request"),
        questions=(
            WHOM,
            *somebody_new(_desks),
            help_forms.CATEGORY,
            help_forms.WHAT,
            OPEN,
            help_forms.WHEN_UNLESS_EMERGENCY,
            help_forms.PHOTOS,
            help_forms.HANDS,
            help_forms.URGENCY,
        ),
        finish=_file,
        summary=help_forms.summary,
        sent=SENT,
        story=help_forms.WHAT.key,
    )
)
forms.add(
    Form(
        name=NOTE,
        version=1,
        title=mark("Inner note"),
        questions=(_words(mark("The note, for the desk alone:"), NOTE_LENGTH), REQUEST),
        finish=_note,
        confirm=False,
    )
)
forms.add(
    Form(
        name=ANSWER,
        version=1,
        title=mark("Tell them"),
        questions=(
            _words(mark("What may we tell the person who asked?"), NOTE_LENGTH),
            REQUEST,
        ),
        finish=_answer,
        confirm=False,
    )
)
forms.add(
    Form(
        name=WAIT,
        version=1,
        title=mark("Wait for the resident"),
        questions=(
            Question(
                "words",
                plain(
                    mark(
                        "What do we need from the person who asked? They read it. The clock "
                        "stands still until they answer, and they are told so."
                    )
                ),
                accepts=(Text(NOTE_LENGTH),),
                optional=True,
            ),
            REQUEST,
        ),
        finish=_wait,
        confirm=False,
    )
)
forms.add(
    Form(
        name=REASON,
        version=1,
        title=mark("Call it off"),
        questions=(
            _words(mark("Why is it called off? The person who asked reads it."), REASON_LENGTH),
            REQUEST,
        ),
        finish=_cancel,
        confirm=False,
    )
)
forms.add(
    Form(
        name=FIND,
        version=2,
        title=mark("Find a request"),
        questions=(
            _words(
                mark(
                    "What do you look for? A number, a name, a whole phone number, a building, or "
                    "words of what was asked for; several of them find what has all."
                ),
                SEARCH_LENGTH,
            ),
        ),
        finish=_find,
        confirm=False,
    )
)
forms.add(
    Form(
        name=REFUSE,
        version=1,
        title=mark("Refuse a sign-up"),
        questions=(
            _words(mark("The reason, kindly said; they read it:"), REASON_LENGTH),
            REQUEST,
        ),
        finish=_refuse,
        confirm=False,
    )
)
forms.add(
    asks_what_is_wrong(
        UNSOLVED,
        mark("Not solved"),
        mark("What do they say is not right yet? Whoever puts it right reads it."),
        _unsolved,
    )
)
forms.add(
    asks_what_is_wrong(
        REOPEN,
        mark("Not solved after all"),
        mark("What do they say is not right, or has come back? Whoever puts it right reads it."),
        _reopen,
    )
)
