"""The reception: its queue, accepting, returning, merging, turning into a request for help."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.desk.screens.board import no_desk_screen
from handlers.form import FormContext, start_form
from handlers.help.screens.outcomes import said as said_of_help
from handlers.i18n import gettext as _
from handlers.proposals import office_forms
from handlers.proposals.acts import asked, seen, shown_after
from handlers.proposals.callbacks import (
    MergeInto,
    OnProposal,
    OnReception,
    ProposalAct,
    ReturnFor,
    ReturnReady,
)
from handlers.proposals.screens import reception as screens
from handlers.show import follow, replace, toast
from models.audit.actions import deny
from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.proposals.actions import reception
from models.proposals.queries.reception import (
    desk_tops,
    merger,
    mergers_open,
    reasons_for,
    reception_queue,
)
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import Move
from models.proposals.views import Moved

router = Router(name="proposals.reception")

PAGE = 6
"""Proposals on one page: with their buttons they fill a phone's screen once."""

SMALL_FORMS = {
    ProposalAct.RETURN_WORDS: (Move.RETURN, office_forms.RETURN),
    ProposalAct.MERGE_NUMBER: (Move.MERGE, office_forms.MERGE),
    ProposalAct.ASK_TURN: (Move.TURN, office_forms.TURN),
}


@router.callback_query(OnReception.filter())
async def queue(
    callback: CallbackQuery,
    callback_data: OnReception,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show a page of what waits at the reader's places; without a desk the attempt is noted."""
    if not person.may_anywhere(Right.WORK_DESK):
        await deny(session, person.id, "reception", now=now)
        await replace(callback, no_desk_screen())
        return
    shown = await reception_queue(session, person, now=now, page=callback_data.page, size=PAGE)
    tops = await desk_tops(session, person)
    place_id = tops[0].id if tops else None
    supervises = person.may_anywhere(Right.SUPERVISE)
    screen = screens.queue_screen(shown, now, place_id=place_id, supervises=supervises)
    await replace(callback, screen)


@router.callback_query(OnProposal.filter(F.act == ProposalAct.ACCEPT))
async def accept(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Accept a proposal."""
    outcome = await reception.accept(session, person, callback_data.id, now=now)
    done = _("Accepted; its author is told.")
    await shown_after(callback, session, person, callback_data.id, outcome, now, done)


@router.callback_query(OnProposal.filter(F.act == ProposalAct.ASK_RETURN))
async def ask_return(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Ask why it is returned, below: the card changes by itself."""
    view = await asked(callback, session, person, callback_data.id, Move.RETURN, now)
    if view is None:
        return
    ready = await reasons_for(session, callback_data.id)
    tops = await desk_tops(session, person)
    place_id = tops[0].id if tops else view.line.where.place_id
    await follow(callback, screens.ask_return_screen(view, ready, place_id), toast="")


@router.callback_query(ReturnFor.filter())
async def return_for(
    callback: CallbackQuery,
    callback_data: ReturnFor,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Return a proposal for a reason that its place has ready."""
    proposal_id = callback_data.id
    outcome = await reception.return_for_ready(
        session, person, proposal_id, callback_data.reason_id, now=now
    )
    await _returned(callback, session, person, proposal_id, outcome, now)


@router.callback_query(ReturnReady.filter())
async def return_ready(
    callback: CallbackQuery,
    callback_data: ReturnReady,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Return a proposal for one of the house's own reasons; one that is no more asks again."""
    proposal_id, which = callback_data.id, callback_data.which
    words = _(screens.READY[which]) if which < len(screens.READY) else ""
    outcome = await reception.return_for(session, person, proposal_id, words, now=now)
    await _returned(callback, session, person, proposal_id, outcome, now)


async def _returned(
    callback: CallbackQuery,
    session: Session,
    person: Person,
    proposal_id: int,
    outcome: ProposalOutcome,
    now: datetime,
) -> None:
    done = _("Returned; its author reads why.")
    await shown_after(callback, session, person, proposal_id, outcome, now, done)


@router.callback_query(OnProposal.filter(F.act == ProposalAct.ASK_MERGE))
async def ask_merge(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Ask into which other it is merged, below."""
    view = await asked(callback, session, person, callback_data.id, Move.MERGE, now)
    if view is not None:
        lines = await mergers_open(session, person, callback_data.id, now=now) or []
        await follow(callback, screens.ask_merge_screen(view, lines), toast="")


@router.callback_query(MergeInto.filter(~F.sure))
async def ask_sure(
    callback: CallbackQuery,
    callback_data: MergeInto,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show both once more before one is merged into the other."""
    view = await asked(callback, session, person, callback_data.id, Move.MERGE, now)
    if view is None:
        return
    shown = await merger(session, person, callback_data.id, callback_data.into_id, now=now)
    if shown is None:
        await shown_after(
            callback, session, person, callback_data.id, ProposalOutcome.BAD_TARGET, now
        )
        return
    await replace(callback, screens.sure_merge_screen(shown))


@router.callback_query(MergeInto.filter(F.sure))
async def merge(
    callback: CallbackQuery,
    callback_data: MergeInto,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Merge one into the other, and show what they have become."""
    one, into = callback_data.id, callback_data.into_id
    moved = await reception.merge(session, person, one, into, now=now)
    left = into if moved.outcome is ProposalOutcome.DONE else one
    done = screens.merged_words(moved.count)
    await shown_after(callback, session, person, left, moved.outcome, now, done)


@router.callback_query(OnProposal.filter(F.act.in_(set(SMALL_FORMS))))
async def write(callback: CallbackQuery, callback_data: OnProposal, **data: Any) -> None:
    """Ask for a reason in words, for a number, or for the kind of request that it is."""
    ctx, person = FormContext.of(data), data["person"]
    move, form = SMALL_FORMS[callback_data.act]
    if await asked(callback, ctx.session, person, callback_data.id, move, ctx.now) is not None:
        await start_form(form, callback, ctx, prefill={"proposal": callback_data.id})


@router.callback_query(OnProposal.filter(F.act == ProposalAct.TURN))
async def turn(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Make it a request for help of the usual kind for its topic."""
    turned = await reception.turn(session, person, callback_data.id, now=now)
    if not isinstance(turned, Moved):
        await toast(callback, said_of_help(turned), alert=True)
        view = await seen(callback, session, person, callback_data.id, now)
        if view is not None:
            await replace(callback, screens.new_screen(view, now))
        return
    done = _("It is a request for help now; its author is told.")
    await shown_after(callback, session, person, callback_data.id, turned.outcome, now, done)
