"""Changing the text of a proposal, mending it, withdrawing it, and what the last change was."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.form import FormContext, start_form
from handlers.i18n import gettext as _
from handlers.proposals import changing_forms
from handlers.proposals.acts import asked, seen, shown_after
from handlers.proposals.callbacks import OnProposal, ProposalAct
from handlers.proposals.screens import changes
from handlers.proposals.screens.reception import ask_withdraw_screen
from handlers.show import follow
from models.database import Session
from models.people.views import Person
from models.proposals.actions.submitting import withdraw
from models.proposals.queries.detail import changed_since
from models.proposals.rules.states import Move

router = Router(name="proposals.changing")

FORMS = {
    ProposalAct.EDIT: (Move.EDIT, changing_forms.EDIT),
    ProposalAct.RESUBMIT: (Move.RESUBMIT, changing_forms.RESUBMIT),
}


@router.callback_query(OnProposal.filter(F.act.in_(set(FORMS))))
async def write(callback: CallbackQuery, callback_data: OnProposal, **data: Any) -> None:
    """Show the text as it reads, to be changed part by part."""
    ctx, person = FormContext.of(data), data["person"]
    move, form = FORMS[callback_data.act]
    view = await asked(callback, ctx.session, person, callback_data.id, move, ctx.now)
    if view is not None:
        prefill: dict[str, Any] = {
            "title": view.line.title,
            "problem": view.problem,
            "wish": view.wish,
            "proposal": callback_data.id,
        }
        if callback_data.act is ProposalAct.RESUBMIT:
            prefill["photos"] = []
        await start_form(form, callback, ctx, prefill=prefill)


@router.callback_query(OnProposal.filter(F.act == ProposalAct.CHANGES))
async def show_changes(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show what the last change was, below; of what neighbours never read the office knows."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is None:
        return
    texts = await changed_since(session, callback_data.id, public=not view.inside)
    if texts is None:
        await follow(callback, changes.nothing_to_show_screen(view), toast="")
    else:
        await follow(callback, changes.changes_screen(view, *texts, now), toast="")


@router.callback_query(OnProposal.filter(F.act == ProposalAct.ASK_WITHDRAW))
async def ask_withdraw(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Ask before it is withdrawn, below."""
    view = await asked(callback, session, person, callback_data.id, Move.WITHDRAW, now)
    if view is not None:
        await follow(callback, ask_withdraw_screen(view), toast="")


@router.callback_query(OnProposal.filter(F.act == ProposalAct.WITHDRAW))
async def withdraw_it(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Withdraw it."""
    outcome = await withdraw(session, person, callback_data.id, now=now)
    done = _("Withdrawn. Its supporters are told.")
    await shown_after(callback, session, person, callback_data.id, outcome, now, done)
