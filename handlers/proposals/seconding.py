"""Seconding a proposal, and taking a second back."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.i18n import gettext as _
from handlers.proposals.acts import shown_after
from handlers.proposals.callbacks import OnProposal, ProposalAct, SecondText
from handlers.proposals.screens.seconding import SECONDED, TAKEN_BACK
from models.database import Session
from models.people.views import Person
from models.proposals.actions import seconding

router = Router(name="proposals.seconding")


@router.callback_query(SecondText.filter())
async def second(
    callback: CallbackQuery,
    callback_data: SecondText,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Back a proposal as the tapped card shows it, which shows at once what came of it."""
    proposal_id = callback_data.id
    version = callback_data.version
    outcome = await seconding.second(session, person, proposal_id, version, now=now)
    await shown_after(callback, session, person, proposal_id, outcome, now, _(SECONDED))


@router.callback_query(OnProposal.filter(F.act == ProposalAct.UNSECOND))
async def unsecond(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Take a second back."""
    proposal_id = callback_data.id
    outcome = await seconding.unsecond(session, person, proposal_id, now=now)
    await shown_after(callback, session, person, proposal_id, outcome, now, _(TAKEN_BACK))
