"""Turning a filled-in form into a request, and its outcome into a screen."""

from handlers.form import Again, Answers, FormContext, Nothing
from handlers.form.story import captions, words_in
from handlers.help.corrections import remember_said
from handlers.help.openness import LET_READ
from handlers.help.screens.outcomes import said
from handlers.help.screens.receipt import not_filed_screen, receipt_screen
from handlers.help.when import wish_of
from handlers.help.whom import ADDING, KEYS, ME, SOMEBODY, enter_somebody, other_of
from handlers.i18n import gettext as _
from handlers.media import media_of
from handlers.screen import Screen
from models.help.actions import file_request
from models.help.rules.outcomes import FileOutcome
from models.help.rules.policy import Urgency
from models.help.views import Draft, Filed
from models.people.queries import has_given
from models.people.rules import Adding, Field
from models.people.views import Person


async def file_answers(
    ctx: FormContext, answers: Answers, urgency: Urgency, *, at_desk: bool = False
) -> Screen | Again | Nothing:
    """File what was filled in; what no longer serves is asked again.

    Somebody new is spoken for by whoever asks, or, filed `at_desk`, by the desk of their place.
    """
    person = ctx.person
    assert person is not None  # noqa: S101 - the gate lets only registered people in
    beneficiary = await _beneficiary(ctx, person, answers, at_desk=at_desk)
    if isinstance(beneficiary, Adding):
        return Again(KEYS.get(beneficiary, "whom"), _(ADDING[beneficiary]))
    filed = await file_request(
        ctx.session, person, draft_of(ctx, person, answers, urgency, beneficiary), now=ctx.now
    )
    if filed.receipt is not None:
        await remember_said(ctx, ctx.messages, filed.receipt.request_id)
    return await _shown(ctx, answers, person, filed, urgency, beneficiary)


async def _beneficiary(
    ctx: FormContext, person: Person, answers: Answers, *, at_desk: bool
) -> int | Adding | None:
    whom = answers["whom"]
    if whom != SOMEBODY:
        return None if whom in {None, ME} else int(whom)
    entered = await enter_somebody(ctx, person, answers, at_desk=at_desk)
    return entered if isinstance(entered, Adding) else entered.id


def draft_of(
    ctx: FormContext, person: Person, answers: Answers, urgency: Urgency, beneficiary: int | None
) -> Draft:
    """Put the answers together as the action takes them."""
    wish = wish_of(answers["when"], ctx.now, ctx.zone)
    what, photos = answers["what"], answers["photos"] or ()
    return Draft(
        token=f"{person.id}:{ctx.run}",
        category=answers["category"],
        urgency=urgency,
        text="\n".join(filter(None, (words_in(what), captions(photos)))),
        media=(*media_of(what), *(item for photo in photos for item in media_of(photo))),
        hands=answers["hands"] or 1,
        beneficiary_id=beneficiary,
        when_text=wish.when_text,
        start_at=wish.start_at,
        words_open=answers["open"] == LET_READ,
    )


async def _shown(
    ctx: FormContext,
    answers: Answers,
    person: Person,
    filed: Filed,
    urgency: Urgency,
    beneficiary: int | None,
) -> Screen | Again | Nothing:
    emergency = urgency is Urgency.EMERGENCY
    if filed.receipt is not None:
        return receipt_screen(
            filed.receipt,
            ctx.now,
            emergency=emergency,
            again=filed.outcome is FileOutcome.ALREADY,
            reachable=await has_given(ctx.session, beneficiary or person.id, Field.DOOR),
            other=await other_of(ctx, answers),
        )
    if filed.outcome is FileOutcome.EMPTY:
        return Again("what", said(filed.outcome))
    if filed.outcome is FileOutcome.BAD_CHOICE and not emergency:
        return Again("when", said(filed.outcome))
    return Nothing(not_filed_screen(filed.outcome, emergency=emergency))
