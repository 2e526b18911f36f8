"""The words of a decision and of a promise, and the day until when: small forms."""

from datetime import date

from handlers.form import (
    Again,
    Answers,
    Choice,
    Choose,
    Day,
    Form,
    FormContext,
    Prompt,
    Question,
    Text,
    forms,
    plain,
)
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.proposals.beginning import PROPOSAL, proposal_of
from handlers.proposals.screens.delivery import assign_screen, said_screen
from handlers.proposals.words import said
from handlers.screen import Screen
from models.proposals.actions.deciding import adopt, decline
from models.proposals.actions.delivering import set_due, set_promise
from models.proposals.queries.delivery import ready_reasons
from models.proposals.queries.detail import proposal_view
from models.proposals.rules.limits import WORDS_LENGTH
from models.proposals.rules.outcomes import ProposalOutcome, Refusal

ADOPT, DECLINE = "proposals.adopt", "proposals.decline"
PROMISE, DUE = "proposals.promise", "proposals.due"


async def named_screen(ctx: FormContext, proposal_id: int, told: str) -> Screen:
    """Say what has come of an act, above what is named of the delivery."""
    view = await proposal_view(ctx.session, ctx.actor, proposal_id, now=ctx.now)
    if isinstance(view, Refusal):
        return said_screen(proposal_id, told)
    return assign_screen(view, ctx.now, told)


async def _adopt(ctx: FormContext, answers: Answers) -> Screen | Again:
    own = proposal_of(answers)
    outcome = await adopt(
        ctx.session, ctx.actor, own, answers["reasons"], answers["promise"], now=ctx.now
    )
    if outcome is ProposalOutcome.EMPTY:
        return Again("reasons", said(outcome))
    if outcome is not ProposalOutcome.DONE:
        return said_screen(own, said(outcome))
    told = _("✅ Adopted. The author and supporters are told, in your words.")
    return await named_screen(ctx, own, told)


async def _decline(ctx: FormContext, answers: Answers) -> Screen | Again:
    own = proposal_of(answers)
    outcome = await decline(ctx.session, ctx.actor, own, answers["reasons"], now=ctx.now)
    if outcome is ProposalOutcome.EMPTY:
        return Again("reasons", said(outcome))
    if outcome is not ProposalOutcome.DONE:
        return said_screen(own, said(outcome))
    return said_screen(own, _("Declined. The author and supporters are told, in your words."))


async def _promise(ctx: FormContext, answers: Answers) -> Screen:
    own = proposal_of(answers)
    outcome = await set_promise(ctx.session, ctx.actor, own, answers["words"], now=ctx.now)
    return await named_screen(ctx, own, said(outcome))


async def _due(ctx: FormContext, answers: Answers) -> Screen | Again:
    own, day = proposal_of(answers), answers["day"]
    outcome = await set_due(ctx.session, ctx.actor, own, _as_date(day), now=ctx.now)
    if outcome is ProposalOutcome.BAD_DATE:
        return Again("day", said(outcome))
    return await named_screen(ctx, own, said(outcome))


def _as_date(day: object) -> date:
    assert isinstance(day, date)  # noqa: S101 - the reader takes nothing else
    return day


async def _ask_why_not(ctx: FormContext, answers: Answers) -> Prompt:
    """Ask for reasons, with those that the place has ready."""
    ready = await ready_reasons(ctx.session, proposal_of(answers))
    text = _("Why is it not adopted? The author and all who back it read it.")
    return Prompt(text, [Choice(words, words) for words in ready], columns=1)


forms.add(
    Form(
        name=ADOPT,
        version=1,
        title=mark("Adopt a proposal"),
        questions=(
            Question(
                "reasons",
                plain(mark("Why is it adopted? The author and all who back it read it.")),
                accepts=(Text(WORDS_LENGTH),),
            ),
            Question(
                "promise",
                plain(mark("What is promised? Say plainly what will be there in the end.")),
                accepts=(Text(WORDS_LENGTH),),
            ),
            PROPOSAL,
        ),
        finish=_adopt,
        confirm=False,
        story="reasons",
    )
)
forms.add(
    Form(
        name=DECLINE,
        version=1,
        title=mark("Decline a proposal"),
        questions=(
            Question("reasons", _ask_why_not, accepts=(Choose(), Text(WORDS_LENGTH))),
            PROPOSAL,
        ),
        finish=_decline,
        confirm=False,
    )
)
forms.add(
    Form(
        name=PROMISE,
        version=1,
        title=mark("What is promised"),
        questions=(
            Question(
                "words",
                plain(mark("What is promised? Say plainly what will be there in the end.")),
                accepts=(Text(WORDS_LENGTH),),
            ),
            PROPOSAL,
        ),
        finish=_promise,
        confirm=False,
    )
)
forms.add(
    Form(
        name=DUE,
        version=1,
        title=mark("The date of a delivery"),
        questions=(
            Question("day", plain(mark("By which day will it be there?")), accepts=(Day(),)),
            PROPOSAL,
        ),
        finish=_due,
        confirm=False,
    )
)
