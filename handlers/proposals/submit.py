"""Beginning to write a proposal."""

from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.form import FormContext, start_form
from handlers.proposals.callbacks import ProposalsTo, ToProposals
from handlers.proposals.screens.writing import not_sent_screen
from handlers.proposals.writing import WRITE
from handlers.show import follow
from models.people.views import Person
from models.proposals.actions.submitting import why_not_now
from models.proposals.queries.detail import community_of

router = Router(name="proposals.submit")


@router.callback_query(ToProposals.filter(F.to == ProposalsTo.WRITE))
async def write(callback: CallbackQuery, **data: Any) -> None:
    """Open the form; whoever cannot send it is told before they have written anything."""
    ctx = FormContext.of(data)
    person: Person = data["person"]
    why = await why_not_now(ctx.session, person)
    if why is not None:
        await follow(callback, not_sent_screen(why), toast="")
        return
    community = await community_of(ctx.session, person)
    place = community.id if community else None
    await start_form(WRITE, callback, ctx, prefill={"place": place})
