"""How a delivery goes, that it is there, its rating, and what follows a bad one."""

from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery

from handlers.form import FormContext, start_form
from handlers.media import send_media
from handlers.proposals.acts import asked
from handlers.proposals.beginning import begin_form
from handlers.proposals.callbacks import NotePictures, OnProposal, ProposalAct, Stars
from handlers.proposals.delivery_forms import CLOSE, DELIVER, HELP, NOTE, REDO, WHY
from handlers.proposals.screens.delivery import delivery_screen
from handlers.proposals.screens.rating import delivered_screen
from handlers.proposals.words import said
from handlers.show import follow, replace, toast
from models.database import Session
from models.people.views import Person
from models.proposals.actions.rating import rate
from models.proposals.queries.delivery import delivery_view, line_media
from models.proposals.rules.outcomes import ProposalOutcome, Refusal
from models.proposals.rules.states import Move
from models.proposals.views import DeliveryView

router = Router(name="proposals.delivery")

FORMS = {
    ProposalAct.REPORT: (Move.REPORT, NOTE),
    ProposalAct.GET_HELP: (Move.GET_HELP, HELP),
    ProposalAct.DELIVER: (Move.DELIVER, DELIVER),
    ProposalAct.REDO: (Move.REDO, REDO),
    ProposalAct.CLOSE: (Move.CLOSE, CLOSE),
}


@router.callback_query(OnProposal.filter(F.act.in_(set(FORMS))))
async def write(callback: CallbackQuery, callback_data: OnProposal, **data: Any) -> None:
    """Ask for the words of a note, a part for volunteers, the delivery, or what follows it."""
    move, form = FORMS[callback_data.act]
    await begin_form(callback, form, callback_data.id, move, data)


@router.callback_query(OnProposal.filter(F.act == ProposalAct.DELIVERY))
async def show_delivery(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show below how the delivery goes: what was tapped may change by itself."""
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await follow(callback, delivery_screen(view, now), toast="")


@router.callback_query(NotePictures.filter())
async def show_pictures(
    callback: CallbackQuery,
    callback_data: NotePictures,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Send the pictures that came with a note or with the delivery."""
    media = await line_media(session, person, callback_data.id, callback_data.line_id, now=now)
    if isinstance(media, Refusal):
        await toast(callback, said(media), alert=True)
        return
    await send_media(callback, bot, media)


@router.callback_query(OnProposal.filter(F.act == ProposalAct.ASK_RATE))
async def ask_stars(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Ask below for stars."""
    own = callback_data.id
    if await asked(callback, session, person, own, Move.RATE, now) is None:
        return
    view = await _seen(callback, session, person, own, now)
    if view is not None:
        await follow(callback, delivered_screen(view, now, ask=True), toast="")


@router.callback_query(OnProposal.filter(F.act == ProposalAct.RATE_WORDS))
async def ask_words(callback: CallbackQuery, callback_data: OnProposal, **data: Any) -> None:
    """Ask for a word to the stars; whoever has given none is asked for those first."""
    ctx = FormContext.of(data)
    session, person, own, now = ctx.session, ctx.actor, callback_data.id, ctx.now
    if await asked(callback, session, person, own, Move.RATE, now) is None:
        return
    view = await _seen(callback, session, person, own, now)
    if view is None:
        return
    if view.proposal.my_stars is None:
        await follow(callback, delivered_screen(view, now), toast="")
        return
    await start_form(WHY, callback, ctx, prefill={"proposal": own})


@router.callback_query(Stars.filter())
async def give_stars(
    callback: CallbackQuery, callback_data: Stars, session: Session, person: Person, now: datetime
) -> None:
    """Take the stars, and show them."""
    outcome = await rate(session, person, callback_data.id, callback_data.stars, now=now)
    if outcome not in {ProposalOutcome.DONE, ProposalOutcome.ALREADY}:
        await toast(callback, said(outcome), alert=True)
        return
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await replace(callback, delivered_screen(view, now), said(outcome))


async def _seen(
    callback: CallbackQuery, session: Session, person: Person, proposal_id: int, now: datetime
) -> DeliveryView | None:
    view = await delivery_view(session, person, proposal_id, now=now)
    if not isinstance(view, Refusal):
        return view
    await toast(callback, said(view), alert=True)
    return None
