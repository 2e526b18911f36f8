"""Deciding what was deliberated, and naming who delivers it, what, and until when."""

from datetime import date, datetime
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.clock_text import local
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
    start_form,
)
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.proposals.callbacks import (
    AssignAct,
    DeliverBody,
    DeliverPerson,
    InMonths,
    OnAssign,
    OnProposal,
    ProposalAct,
)
from handlers.proposals.checks import PROPOSAL, asked, begin_form, proposal_of, seen
from handlers.proposals.labels import said
from handlers.proposals.screens import delivery
from handlers.proposals.screens.delivery import assign_screen, said_screen
from handlers.screen import Screen
from handlers.show import follow, replace, toast
from models.database import Session
from models.people.views import Person
from models.proposals.actions.deciding import adopt, decline
from models.proposals.actions.delivering import set_body, set_due, set_person, set_promise
from models.proposals.queries.delivery import person_choices, ready_reasons
from models.proposals.queries.detail import proposal_view
from models.proposals.rules.delivery import month_later
from models.proposals.rules.limits import WORDS_LENGTH
from models.proposals.rules.outcomes import ProposalOutcome, Refusal
from models.proposals.rules.states import Move

router = Router(name="proposals.deciding")
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

DECISIONS = {
    ProposalAct.ASK_ADOPT: (Move.ADOPT, ADOPT),
    ProposalAct.ASK_DECLINE: (Move.DECLINE, DECLINE),
}

SMALL_FORMS = {AssignAct.DAY: DUE, AssignAct.PROMISE: PROMISE}


@router.callback_query(OnProposal.filter(F.act.in_(set(DECISIONS))))
async def decide(callback: CallbackQuery, callback_data: OnProposal, **data: Any) -> None:
    """Ask for the reasons of a decision, and for the promise."""
    move, form = DECISIONS[callback_data.act]
    await begin_form(callback, form, callback_data.id, move, data)


@router.callback_query(OnProposal.filter(F.act == ProposalAct.ASSIGN))
async def assign(callback: CallbackQuery, callback_data: OnProposal, **data: Any) -> None:
    """Begin to name who delivers it; what a vote has adopted is first promised in words."""
    ctx = FormContext.of(data)
    session, person, own, now = ctx.session, ctx.actor, callback_data.id, ctx.now
    view = await asked(callback, session, person, own, Move.ASSIGN, now)
    if view is None:
        return
    if view.promise is None:
        await start_form(PROMISE, callback, ctx, prefill={"proposal": own})
        return
    await follow(callback, delivery.assign_screen(view, now), toast="")


@router.callback_query(OnAssign.filter(F.act.in_(set(SMALL_FORMS))))
async def write(callback: CallbackQuery, callback_data: OnAssign, **data: Any) -> None:
    """Ask for a day, or for the words of the promise."""
    form = SMALL_FORMS[callback_data.act]
    await begin_form(callback, form, callback_data.id, Move.ASSIGN, data)


@router.callback_query(OnAssign.filter())
async def menu(
    callback: CallbackQuery,
    callback_data: OnAssign,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show what is named, the bodies, or the people who can be named."""
    own = callback_data.id
    view = await asked(callback, session, person, own, Move.ASSIGN, now)
    if view is None:
        return
    if callback_data.act is AssignAct.BODY:
        await replace(callback, delivery.choose_body_screen(view))
    elif callback_data.act is AssignAct.PERSON:
        choices = await person_choices(session, person, own)
        await replace(callback, delivery.choose_person_screen(view, choices, callback_data.page))
    else:
        await replace(callback, delivery.assign_screen(view, now))


@router.callback_query(DeliverBody.filter())
async def name_body(
    callback: CallbackQuery,
    callback_data: DeliverBody,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Name the body that answers for it."""
    outcome = await set_body(session, person, callback_data.id, callback_data.body, now=now)
    await _show(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(DeliverPerson.filter())
async def name_person(
    callback: CallbackQuery,
    callback_data: DeliverPerson,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Name who answers for it."""
    outcome = await set_person(session, person, callback_data.id, callback_data.to, now=now)
    await _show(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(InMonths.filter())
async def name_month(
    callback: CallbackQuery,
    callback_data: InMonths,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Have it delivered so many months from now."""
    day = month_later(local(now).date(), callback_data.months)
    outcome = await set_due(session, person, callback_data.id, day, now=now)
    await _show(callback, session, person, callback_data.id, now, outcome)


async def _show(
    callback: CallbackQuery,
    session: Session,
    person: Person,
    proposal_id: int,
    now: datetime,
    outcome: ProposalOutcome,
) -> None:
    """Say what an act has come to, and show what is named as it stands now."""
    if outcome not in {ProposalOutcome.DONE, ProposalOutcome.ALREADY}:
        await toast(callback, said(outcome), alert=True)
        return
    view = await seen(callback, session, person, proposal_id, now)
    if view is not None:
        await replace(callback, delivery.assign_screen(view, now), said(outcome))
