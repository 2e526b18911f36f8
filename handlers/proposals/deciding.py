"""Deciding what was deliberated, and naming who delivers it, what, and until when."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.clock_text import local
from handlers.form import FormContext, start_form
from handlers.proposals.acts import asked, seen
from handlers.proposals.beginning import begin_form
from handlers.proposals.callbacks import (
    AssignAct,
    DeliverBody,
    DeliverPerson,
    InMonths,
    OnAssign,
    OnProposal,
    ProposalAct,
)
from handlers.proposals.deciding_forms import ADOPT, DECLINE, DUE, PROMISE
from handlers.proposals.screens import delivery as screens
from handlers.proposals.words import said
from handlers.show import follow, replace, toast
from models.database import Session
from models.people.views import Person
from models.proposals.actions.delivering import set_body, set_due, set_person
from models.proposals.queries.delivery import person_choices
from models.proposals.rules.delivery import month_later
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import Move

router = Router(name="proposals.deciding")

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
    await follow(callback, screens.assign_screen(view, now), toast="")


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
        await replace(callback, screens.choose_body_screen(view))
    elif callback_data.act is AssignAct.PERSON:
        choices = await person_choices(session, person, own)
        await replace(callback, screens.choose_person_screen(view, choices, callback_data.page))
    else:
        await replace(callback, screens.assign_screen(view, now))


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
        await replace(callback, screens.assign_screen(view, now), said(outcome))
