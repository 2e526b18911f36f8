"""Whether a reader may see a proposal or make a move on it, and its card after they have."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram.types import CallbackQuery

from handlers.form import Answers, FormContext, Number, Question, plain, start_form
from handlers.i18n import mark
from handlers.proposals import labels
from handlers.proposals.screens.card import card_screen
from handlers.screen import Screen
from handlers.show import renewed, replace, toast
from models.database import Session
from models.people.views import Person
from models.proposals.actions.reception import why_not_ask
from models.proposals.queries.detail import proposal_view
from models.proposals.rules.outcomes import ProposalOutcome, Refusal
from models.proposals.rules.states import Move
from models.proposals.views import ProposalView


async def seen(
    callback: CallbackQuery, session: Session, person: Person, proposal_id: int, now: datetime
) -> ProposalView | None:
    """Return a proposal that is the reader's to see; else the tap is answered with why not."""
    view = await proposal_view(session, person, proposal_id, now=now)
    if not isinstance(view, Refusal):
        return view
    await toast(callback, labels.said(view), alert=True)
    return None


async def asked(
    callback: CallbackQuery,
    session: Session,
    person: Person,
    proposal_id: int,
    move: Move,
    now: datetime,
) -> ProposalView | None:
    """Return a proposal that the reader may make a move on; else say why not, and show it."""
    why = await why_not_ask(session, person, proposal_id, move, now=now)
    if why is None:
        return await seen(callback, session, person, proposal_id, now)
    await shown_after(callback, session, person, proposal_id, why, now)
    return None


async def shown_after(
    callback: CallbackQuery,
    session: Session,
    person: Person,
    proposal_id: int,
    outcome: ProposalOutcome,
    now: datetime,
    done: str = "",
) -> None:
    """Say what an act has come to, `done` where it was done, and show the proposal as it stands."""
    well = outcome is ProposalOutcome.DONE
    await toast(callback, (done if well else "") or labels.said(outcome), alert=not well)
    if await renewed(callback, session, now):
        return
    view = await proposal_view(session, person, proposal_id, now=now)
    if not isinstance(view, Refusal):
        await replace(callback, card_screen(view, now))


async def card_after(
    session: Session, person: Person, proposal_id: int, said: str, now: datetime
) -> Screen:
    """Show a proposal as it stands under what a form has come to."""
    view = await proposal_view(session, person, proposal_id, now=now)
    return Screen(said) if isinstance(view, Refusal) else card_screen(view, now, said)


PROPOSAL = Question(
    "proposal",
    plain(mark("Which proposal is it? Please open it once more and begin there.")),
    accepts=(Number(1, 2**53 - 1),),
    given=True,
)
"""Given by the button that opens the form; it stands last."""


async def begin_form(
    callback: CallbackQuery, form: str, proposal_id: int, move: Move, data: Mapping[str, Any]
) -> None:
    """Open a form about a proposal for whoever may make the move; others are told why not."""
    ctx = FormContext.of(data)
    view = await asked(callback, ctx.session, ctx.actor, proposal_id, move, ctx.now)
    if view is not None:
        await start_form(form, callback, ctx, prefill={"proposal": proposal_id})


def proposal_of(answers: Answers) -> int:
    """Return the proposal that a form is about."""
    return int(answers["proposal"])
