"""The cards of open requests: taking one, declining it, leaving the line, looking at another."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.help.callbacks import CardAct, OnCard
from handlers.help.screens.card import card_screen, gone_screen, lost_race_screen, over_screen
from handlers.help.screens.outcomes import said
from handlers.help.screens.task import task_screen
from handlers.show import follow, renewed, replace, toast
from models.database import Session
from models.help.actions.claims import claim, decline, hand_back
from models.help.queries.volunteer import offer_card, task_detail
from models.help.rules.outcomes import (
    Claimed,
    ClaimOutcome,
    DeclineOutcome,
    HandBackOutcome,
    HandBackReason,
    Refusal,
)
from models.people.views import Person

router = Router(name="help.cards")

GOOD = {
    ClaimOutcome.HELD,
    ClaimOutcome.ALREADY_YOURS,
    DeclineOutcome.DECLINED,
    DeclineOutcome.ALREADY,
    HandBackOutcome.LEFT_LINE,
    HandBackOutcome.HANDED_BACK,
}
"""What a passing word is enough for; anything else stays on the screen until it is read."""


@router.callback_query(OnCard.filter(F.act == CardAct.TAKE))
async def take(
    callback: CallbackQuery, callback_data: OnCard, session: Session, person: Person, now: datetime
) -> None:
    """Take a hand, or the next place in line."""
    claimed = await claim(session, person, callback_data.id, now=now)
    await toast(callback, said(claimed.outcome), alert=claimed.outcome not in GOOD)
    await show_card(callback, session, person, callback_data.id, now, said(claimed.outcome))
    if claimed.outcome in {ClaimOutcome.HELD, ClaimOutcome.ALREADY_YOURS}:
        await _show_task_below(callback, session, person, callback_data.id, now)
    elif claimed.outcome in {ClaimOutcome.WAITING, ClaimOutcome.ENDED}:
        await _thank(callback, session, person, claimed, now)


async def _show_task_below(
    callback: CallbackQuery, session: Session, person: Person, request_id: int, now: datetime
) -> None:
    task = await task_detail(session, person, request_id, now=now)
    if not isinstance(task, Refusal):
        await follow(callback, task_screen(task, now))


async def _thank(
    callback: CallbackQuery, session: Session, person: Person, claimed: Claimed, now: datetime
) -> None:
    """Thank whoever came second or too late, and show the nearest other task there is."""
    other = await offer_card(session, person.id, claimed.other_id) if claimed.other_id else None
    if claimed.outcome is ClaimOutcome.WAITING:
        await follow(callback, lost_race_screen(claimed.position, other, now))
    elif other is not None:
        await follow(callback, over_screen(said(claimed.outcome), other, now))


@router.callback_query(OnCard.filter(F.act == CardAct.DECLINE))
async def not_this_time(
    callback: CallbackQuery, callback_data: OnCard, session: Session, person: Person, now: datetime
) -> None:
    """Decline: not asked again about this one."""
    outcome = await decline(session, person, callback_data.id, now=now)
    await toast(callback, said(outcome), alert=outcome not in GOOD)
    await show_card(callback, session, person, callback_data.id, now, said(outcome))


@router.callback_query(OnCard.filter(F.act == CardAct.LEAVE_LINE))
async def leave_line(
    callback: CallbackQuery, callback_data: OnCard, session: Session, person: Person, now: datetime
) -> None:
    """Leave the waiting list; a task that came to be held meanwhile is not given up by this."""
    card = await offer_card(session, person.id, callback_data.id)
    if card is not None and card.position is not None:
        reason = HandBackReason.NO_TIME
        outcome = await hand_back(session, person, callback_data.id, reason, now=now)
    else:
        outcome = HandBackOutcome.NOT_HOLDER
    await toast(callback, said(outcome), alert=outcome not in GOOD)
    await show_card(callback, session, person, callback_data.id, now, said(outcome))


@router.callback_query(OnCard.filter(F.act == CardAct.SHOW))
async def show(
    callback: CallbackQuery, callback_data: OnCard, session: Session, person: Person, now: datetime
) -> None:
    """Show the card of a request below the list or the thanks it stands in."""
    card = await offer_card(session, person.id, callback_data.id)
    if card is None:
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
    else:
        await follow(callback, card_screen(card, now), toast="")


async def show_card(
    callback: CallbackQuery,
    session: Session,
    person: Person,
    request_id: int,
    now: datetime,
    otherwise: str,
) -> None:
    """Show the card as it stands now in the tapped message; `otherwise` where there is none."""
    if await renewed(callback, session, now):
        return
    card = await offer_card(session, person.id, request_id)
    await replace(callback, card_screen(card, now) if card else gone_screen(otherwise))
