"""Votes: putting a proposal to the vote, voting, one vote whole, who voted what, calling it off."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.filters import Bare
from handlers.form import FormContext, start_form
from handlers.i18n import gettext as _
from handlers.proposals.callbacks import OnProposal, ProposalAct
from handlers.proposals.checks import asked
from handlers.show import follow, replace, toast
from handlers.votes import forms, notices, screens
from handlers.votes.callbacks import Cast, OnNames, OnVote, OpenVote, VoteAct
from handlers.votes.labels import HOUSEHOLD_VOTED, said
from handlers.votes.screens import names_screen
from models.database import Session
from models.people.views import Person
from models.proposals.rules.states import Move
from models.votes.actions.opening import cancel_vote
from models.votes.actions.voting import give_vote
from models.votes.queries.detail import vote_view, who_voted
from models.votes.rules.outcomes import OffOutcome, Refusal, VoteOutcome
from models.votes.views import VoteView, VotingOutcome

__all__ = ["notices", "router"]

router = Router(name="votes")

VOTED = {VoteOutcome.CAST, VoteOutcome.CHANGED}
KEEPS_CARD = {
    VoteOutcome.ALREADY_VOTED,
    VoteOutcome.MISSING,
    VoteOutcome.NO_DOOR,
    VoteOutcome.NOT_YET,
}
"""After these the tapped card stays: it may be the one that holds the slips."""


@router.callback_query(OnProposal.filter(F.act == ProposalAct.OPEN_VOTE))
async def put_up(callback: CallbackQuery, callback_data: OnProposal, **data: Any) -> None:
    """Ask who votes, how, and until when; whoever may not is told so before."""
    ctx = FormContext.of(data)
    actor = ctx.actor
    view = await asked(callback, ctx.session, actor, callback_data.id, Move.OPEN_VOTE, ctx.now)
    if view is not None:
        given = {**forms.given_for_granted(ctx), "proposal": callback_data.id}
        await start_form(forms.PUT, callback, ctx, prefill=given)


@router.callback_query(Cast.filter())
async def cast(
    callback: CallbackQuery,
    callback_data: Cast,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Give somebody's voice, and put what changes it into the very card that they tapped."""
    choice, slip = callback_data.say.choice, callback_data.slip
    given = await give_vote(session, person, callback_data.id, choice, slip=slip, now=now)
    if given.outcome in VOTED:
        await replace(callback, screens.given_screen(given, now), toast=said(given.outcome))
        return
    await toast(callback, _why_not(given), alert=True)
    if given.outcome not in KEEPS_CARD:
        await _renew(callback, session, person, callback_data.id, now)


@router.callback_query(Bare(Cast.__prefix__))
async def press_again(callback: CallbackQuery) -> None:
    """Ask for a press that could not be handled once more: what was pressed is kept nowhere."""
    await follow(callback, screens.press_again_screen(), toast=_("Please press once more."))


@router.callback_query(OpenVote.filter())
async def open_vote(
    callback: CallbackQuery,
    callback_data: OpenVote,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Open a vote, in place or below a card that changes by itself."""
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is not None:
        show = follow if callback_data.below else replace
        await show(callback, screens.vote_screen(view, now), toast="")


@router.callback_query(OnVote.filter(F.act == VoteAct.HOW))
async def how(callback: CallbackQuery, callback_data: OnVote) -> None:
    """Say how a secret ballot stays secret."""
    await follow(callback, screens.how_screen(callback_data.id), toast="")


@router.callback_query(OnVote.filter(F.act == VoteAct.ASK_OFF))
async def ask_off(
    callback: CallbackQuery, callback_data: OnVote, session: Session, person: Person, now: datetime
) -> None:
    """Ask before calling a vote off."""
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is None:
        return
    if view.may_call_off:
        await replace(callback, screens.ask_off_screen(view))
    else:
        await replace(callback, screens.vote_screen(view, now))


@router.callback_query(OnVote.filter(F.act == VoteAct.OFF))
async def call_off(
    callback: CallbackQuery, callback_data: OnVote, session: Session, person: Person, now: datetime
) -> None:
    """Call a vote off."""
    outcome = await cancel_vote(session, person, callback_data.id, now=now)
    await toast(callback, said(outcome), alert=outcome is not OffOutcome.OFF)
    await _renew(callback, session, person, callback_data.id, now)


@router.callback_query(OnNames.filter())
async def names(
    callback: CallbackQuery, callback_data: OnNames, session: Session, person: Person, now: datetime
) -> None:
    """Show a page of who voted what."""
    page = await who_voted(session, person, callback_data.id, callback_data.page, now=now)
    if isinstance(page, Refusal):
        await toast(callback, said(page), alert=True)
    else:
        await replace(callback, names_screen(page))


def _why_not(given: VotingOutcome) -> str:
    """Say why a voice was not taken."""
    if given.outcome is VoteOutcome.ALREADY_VOTED and given.household:
        return _(HOUSEHOLD_VOTED)
    return said(given.outcome)


async def _renew(
    callback: CallbackQuery, session: Session, person: Person, vote_id: int, now: datetime
) -> None:
    """Show a vote as it stands in place of what was tapped, to whoever may see it."""
    view = await vote_view(session, person, vote_id, now=now)
    if isinstance(view, VoteView):
        await replace(callback, screens.vote_screen(view, now))


async def _seen(
    callback: CallbackQuery, session: Session, person: Person, vote_id: int, now: datetime
) -> VoteView | None:
    """Return a vote that is the reader's to see; else the tap is answered with why not."""
    view = await vote_view(session, person, vote_id, now=now)
    if isinstance(view, VoteView):
        return view
    await toast(callback, said(view), alert=True)
    return None
