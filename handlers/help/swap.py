"""Changing tasks with another holder: choosing, asking, answering."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.help.callbacks import AnswerSwap, OnTask, ProposeSwap, TaskAct
from handlers.help.screens.outcomes import said
from handlers.help.screens.task import asked_screen, choose_screen, gone_screen, swap_screen
from handlers.help.tasks import show_task
from handlers.show import replace, toast
from models.database import Session
from models.help.actions.swap import answer_swap, propose_swap
from models.help.queries.swaps import swap_card, swap_choices
from models.help.queries.volunteer import task_detail
from models.help.rules.outcomes import Refusal, SwapOutcome
from models.people.views import Person

router = Router(name="help.swap")

GOOD = {SwapOutcome.ASKED, SwapOutcome.SWAPPED, SwapOutcome.DECLINED}
"""What a passing word is enough for."""


@router.callback_query(OnTask.filter(F.act == TaskAct.ASK_SWAP))
async def choose(
    callback: CallbackQuery, callback_data: OnTask, session: Session, person: Person, now: datetime
) -> None:
    """Show with whom a task could be changed."""
    task = await task_detail(session, person, callback_data.id, now=now)
    if isinstance(task, Refusal):
        await show_task(callback, session, person, callback_data.id, now)
        return
    choices = await swap_choices(session, person, callback_data.id, now=now)
    await replace(callback, choose_screen(task, choices, now))


@router.callback_query(ProposeSwap.filter())
async def propose(
    callback: CallbackQuery,
    callback_data: ProposeSwap,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Ask the other holder."""
    outcome = await propose_swap(session, person, callback_data.id, callback_data.claim_id, now=now)
    await toast(callback, said(outcome), alert=outcome not in GOOD)
    await replace(callback, asked_screen(callback_data.id, said(outcome)))


@router.callback_query(AnswerSwap.filter())
async def answer(
    callback: CallbackQuery,
    callback_data: AnswerSwap,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Take the answer of whoever was asked."""
    outcome = await answer_swap(session, person, callback_data.id, yes=callback_data.yes, now=now)
    await toast(callback, said(outcome), alert=outcome not in GOOD)
    card = None
    if outcome is not SwapOutcome.NOT_YOURS:
        card = await swap_card(session, person.id, callback_data.id, now=now)
    await replace(
        callback,
        swap_screen(card, now) if card else gone_screen(said(outcome)),
    )
