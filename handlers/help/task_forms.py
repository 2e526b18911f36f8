"""Small forms about one request: a photo with 'done', a reason in words, what is added later."""

from collections.abc import Awaitable, Callable

from handlers.form import (
    Again,
    Answers,
    Contact,
    ContactCard,
    Files,
    Form,
    FormContext,
    Interrupt,
    Location,
    Number,
    OneFile,
    OnePhoto,
    Phone,
    Prompt,
    Question,
    Text,
    VoiceNote,
    forms,
    plain,
)
from handlers.form.story import captions, words_in
from handlers.help.filing import album_goes_to, remember_said
from handlers.help.screens.mine import after_adding_screen, not_passed_on, request_screen
from handlers.help.screens.outcomes import said
from handlers.help.screens.receipt import contact_screen
from handlers.help.screens.task import after_done_screen, tasks_screen
from handlers.help.verdicts import NOT_SOLVED, solved_after_all
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.media import media_of
from handlers.screen import Screen
from handlers.text import joined
from models.help.actions.claims import hand_back
from models.help.actions.closing import reopen, resident_verdict, say_what_went_wrong
from models.help.actions.speaking import speak
from models.help.actions.visits import nobody_came, report_done
from models.help.queries.resident import my_requests, where_is_it_now
from models.help.queries.volunteer import my_tasks
from models.help.rules.limits import NOTE_LENGTH, REASON_LENGTH
from models.help.rules.outcomes import DeskOutcome, DoneOutcome, HandBackReason, Refusal
from models.people.actions.personal import set_personal
from models.people.rules import FIELD_LENGTH, Field, PersonalSet

DONE, REASON, ADD, CONTACT = "help.done", "help.reason", "help.add", "help.contact"
CONTACT_OF = "help.contact_of"
WENT_WRONG, UNSOLVED = "help.wrong", NOT_SOLVED
REOPEN, NOBODY = "help.reopen", "help.nobody"

REQUEST = Question(
    "request",
    plain(mark("Which request is it? Please open it once more and begin there.")),
    accepts=(Number(1, 2**53 - 1),),
    given=True,
)
"""Given by the button that opens the form; it stands last."""


async def _done(ctx: FormContext, answers: Answers) -> Screen:
    media = [item for sent in answers["photos"] or () for item in media_of(sent)]
    outcome = await report_done(
        ctx.session,
        ctx.actor,
        answers["request"],
        now=ctx.now,
        media=media,
        words=captions(answers["photos"] or ()),
    )
    done = outcome in {DoneOutcome.ALL_DONE, DoneOutcome.PART_DONE}
    return after_done_screen(said(outcome), answers["request"] if done else None)


async def _hand_back(ctx: FormContext, answers: Answers) -> Screen:
    actor = ctx.actor
    outcome = await hand_back(
        ctx.session,
        actor,
        answers["request"],
        HandBackReason.OTHER,
        now=ctx.now,
        words=answers["words"],
    )
    return tasks_screen(await my_tasks(ctx.session, actor), ctx.now, said(outcome))


async def _add(ctx: FormContext, answers: Answers) -> Screen:
    sent, actor, request_id = answers["more"], ctx.actor, answers["request"]
    outcome = await speak(
        ctx.session, actor, request_id, words=words_in(sent), media=media_of(sent), now=ctx.now
    )
    await album_goes_to(ctx, request_id)
    noted = outcome is DeskOutcome.NOTED
    if noted:
        await remember_said(ctx, ctx.messages, request_id)
    mine = await my_requests(ctx.session, actor, now=ctx.now)
    if not any(one.request_id == request_id for one in mine):
        return Screen(
            _("✅ Passed on to those who have to do with it.") if noted else said(outcome)
        )
    told = said(outcome)
    view = await where_is_it_now(ctx.session, actor, request_id, now=ctx.now)
    if noted and not isinstance(view, Refusal):
        told = joined(told, not_passed_on(view))
    return after_adding_screen(request_id, told)


WRONG = {
    PersonalSet.NOT_A_PHONE: mark("That does not look like a phone number. Once more, please?"),
    PersonalSet.TOO_LONG: mark("That is rather long. Shorter, please?"),
    PersonalSet.NOT_ALLOWED: mark("This cannot be changed from here."),
}


async def _contact(ctx: FormContext, answers: Answers) -> Screen | Again:
    return await _keep_contact(ctx, answers, ctx.actor.id)


async def _contact_of(ctx: FormContext, answers: Answers) -> Screen | Again:
    view = await where_is_it_now(ctx.session, ctx.actor, answers["request"], now=ctx.now)
    if isinstance(view, Refusal):
        return after_adding_screen(answers["request"], said(view))
    return await _keep_contact(ctx, answers, view.line.beneficiary.id)


async def _keep_contact(ctx: FormContext, answers: Answers, whose: int) -> Screen | Again:
    phone = answers["phone"]
    given = {
        Field.DOOR: answers["door"] or "",
        Field.PHONE: phone.number if isinstance(phone, Phone) else "",
    }
    actor = ctx.actor
    for field, text in given.items():
        if text:
            outcome = await set_personal(ctx.session, actor, whose, field, text, now=ctx.now)
            if outcome in WRONG:
                return Again(str(field), _(WRONG[outcome]))
    return contact_screen(answers["request"])


async def _ask_door_of(ctx: FormContext, answers: Answers) -> Prompt:
    asks = _("Which door is {name}'s? Only whoever comes to help will see it.")
    return Prompt(asks.format(name=await _name_of(ctx, answers)))


async def _ask_phone_of(ctx: FormContext, answers: Answers) -> Prompt:
    asks = _("On which number can they ring {name}? A landline or a relative's will do.")
    return Prompt(asks.format(name=await _name_of(ctx, answers)))


async def _name_of(ctx: FormContext, answers: Answers) -> str:
    view = await where_is_it_now(ctx.session, ctx.actor, answers["request"], now=ctx.now)
    return _("a neighbour") if isinstance(view, Refusal) else view.line.beneficiary.name


async def _wrong(ctx: FormContext, answers: Answers) -> Screen:
    request_id, words = answers["request"], answers["words"]
    if not words:
        return after_adding_screen(request_id, _("All right. Thank you for the stars!"))
    outcome = await say_what_went_wrong(ctx.session, ctx.actor, request_id, words, now=ctx.now)
    return after_adding_screen(request_id, said(outcome))


async def _unsolved(ctx: FormContext, answers: Answers) -> Screen:
    request_id, actor = answers["request"], ctx.actor
    outcome = await resident_verdict(
        ctx.session, actor, request_id, solved=False, words=answers["words"], now=ctx.now
    )
    return await _as_it_stands(ctx, request_id, said(outcome))


async def _reopen(ctx: FormContext, answers: Answers) -> Screen:
    request_id, words = answers["request"], answers["words"]
    outcome = await reopen(ctx.session, ctx.actor, request_id, now=ctx.now, words=words)
    return await _as_it_stands(ctx, request_id, said(outcome))


async def _nobody(ctx: FormContext, answers: Answers) -> Screen:
    request_id = answers["request"]
    words = joined(_("Nobody came."), answers["words"] or "")
    outcome = await nobody_came(ctx.session, ctx.actor, request_id, words=words, now=ctx.now)
    return await _as_it_stands(ctx, request_id, said(outcome))


async def _as_it_stands(ctx: FormContext, request_id: int, told: str) -> Screen:
    view = await where_is_it_now(ctx.session, ctx.actor, request_id, now=ctx.now)
    if isinstance(view, Refusal):
        return after_adding_screen(request_id, told)
    return request_screen(view, ctx.now, told)


def asks_what_is_wrong(
    name: str,
    title: str,
    sentence: str,
    finish: Callable[..., Awaitable[Screen]],
    interrupt: Interrupt | None = None,
) -> Form:
    """Return the form whose question comes before anybody is ordered to put something right.

    `request` is the number of what it is about, as the button that begins it says.
    """
    asked = Question("words", plain(sentence), accepts=(Text(NOTE_LENGTH),), optional=True)
    return Form(name, 1, title, (asked, REQUEST), finish, confirm=False, interrupt=interrupt)


forms.add(
    asks_what_is_wrong(
        REOPEN,
        mark("Not solved after all"),
        mark(
            "What is not right, or what has come back? A few words are enough; then the office has "
            "it put right."
        ),
        _reopen,
    )
)
forms.add(
    asks_what_is_wrong(
        NOBODY,
        mark("Nobody came"),
        mark(
            "We are sorry that nobody came. What is still to be done? A few words are enough; then "
            "the office has it put right."
        ),
        _nobody,
        solved_after_all,
    )
)
forms.add(
    asks_what_is_wrong(
        UNSOLVED,
        mark("Not solved"),
        mark(
            "We are sorry. What is not right yet? A few words are enough; then the office has it "
            "put right."
        ),
        _unsolved,
        solved_after_all,
    )
)
forms.add(
    Form(
        name=WENT_WRONG,
        version=1,
        title=mark("What went wrong"),
        questions=(
            Question(
                "words",
                plain(
                    mark(
                        "We are sorry it was not good. What went wrong? A few words help us put "
                        "it right; whoever came does not see them."
                    )
                ),
                accepts=(Text(NOTE_LENGTH),),
                optional=True,
            ),
            REQUEST,
        ),
        finish=_wrong,
        confirm=False,
    )
)
forms.add(
    Form(
        name=DONE,
        version=1,
        title=mark("It is done"),
        questions=(
            Question(
                "photos",
                plain(mark("Please send the photo, then tap Done.")),
                accepts=(Files(),),
                optional=True,
            ),
            REQUEST,
        ),
        finish=_done,
        confirm=False,
    )
)
forms.add(
    Form(
        name=REASON,
        version=1,
        title=mark("Hand back"),
        questions=(
            Question(
                "words",
                plain(mark("What may we tell the office? A few words are enough.")),
                accepts=(Text(REASON_LENGTH),),
            ),
            REQUEST,
        ),
        finish=_hand_back,
        confirm=False,
    )
)
forms.add(
    Form(
        name=ADD,
        version=1,
        title=mark("Add to a request"),
        questions=(
            Question(
                "more",
                plain(mark("What would you like to add? Write, speak, or send a photo or a map.")),
                accepts=(
                    Text(NOTE_LENGTH),
                    VoiceNote(),
                    OnePhoto(),
                    OneFile(),
                    Location(),
                    ContactCard(),
                ),
            ),
            REQUEST,
        ),
        finish=_add,
        confirm=False,
        story="more",
    )
)
forms.add(
    Form(
        name=CONTACT,
        version=1,
        title=mark("Door and phone"),
        questions=(
            Question(
                "door",
                plain(mark("Which door? Only whoever comes to help will see it.")),
                accepts=(Text(FIELD_LENGTH[Field.DOOR]),),
                personal=True,
            ),
            Question(
                "phone",
                plain(mark("On which number can they ring you?")),
                accepts=(Contact(own=True),),
                personal=True,
                optional=True,
            ),
            REQUEST,
        ),
        finish=_contact,
        confirm=False,
    )
)
forms.add(
    Form(
        name=CONTACT_OF,
        version=1,
        title=mark("Door and phone"),
        questions=(
            Question(
                "door",
                _ask_door_of,
                accepts=(Text(FIELD_LENGTH[Field.DOOR]),),
                personal=True,
            ),
            Question("phone", _ask_phone_of, accepts=(Contact(),), personal=True, optional=True),
            REQUEST,
        ),
        finish=_contact_of,
        confirm=False,
    )
)
