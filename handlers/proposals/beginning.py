"""Beginning an act on a proposal: who may not is told so before they write a word."""

from collections.abc import Mapping
from typing import Any

from aiogram.types import CallbackQuery

from handlers.form import Answers, FormContext, Number, Question, plain, start_form
from handlers.i18n import mark
from handlers.proposals.acts import asked
from models.proposals.rules.states import Move

PROPOSAL = Question(
    "proposal",
    plain(mark("Which proposal is it? Please open it once more and begin there.")),
    accepts=(Number(1, 2**53 - 1),),
)
"""Always filled in by the button that opens the form, so never asked; it stands last."""


async def begin_form(
    callback: CallbackQuery, form: str, proposal_id: int, move: Move, data: Mapping[str, Any]
) -> None:
    """Open a form about a proposal for whoever may make the move; others are told why not."""
    ctx = FormContext.of(data)
    view = await asked(callback, ctx.session, ctx.actor, proposal_id, move, ctx.now)
    if view is not None:
        await start_form(form, callback, ctx, prefill={"proposal": proposal_id})


def proposal_of(answers: Answers) -> int:
    """Give the proposal that a form is about."""
    return int(answers["proposal"])
