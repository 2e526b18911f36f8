"""Savings: one's own book, and what is decided of time that is disputed."""

import asyncio
from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers import poster
from handlers.callbacks import Go
from handlers.form import FormContext, start_form
from handlers.i18n import gettext as _
from handlers.records.acts import ActTable, serve
from handlers.records.said import said
from handlers.savings import forms, notices, screens
from handlers.savings import said as sentences
from handlers.savings.callbacks import (
    AskPaper,
    DisputeAct,
    OnDispute,
    OnTransfer,
    PassOn,
    ToAccount,
    ToDisputes,
    ToSavings,
    TransferAct,
)
from handlers.screen import Screen
from handlers.show import answer, replace, toast
from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.records.rules import Refusal
from models.savings.account import account_of_month
from models.savings.actions.disputing import keep
from models.savings.actions.giving import decline, take
from models.savings.actions.papers import certify, check
from models.savings.gifts import gift, relatives_of
from models.savings.queries import NAME, dispute_seen, my_book, open_disputes
from models.savings.rules import SavingsOutcome

__all__ = ["notices", "router", "sentences"]

router = Router(name="savings")

serve(
    router,
    OnDispute,
    ActTable(
        NAME,
        dispute_seen,
        screens.dispute_screen,
        opens=DisputeAct.OPEN,
        does={DisputeAct.KEEP: keep},
        writes={DisputeAct.DROP: forms.DROP},
    ),
)


serve(
    router,
    OnTransfer,
    ActTable(
        NAME,
        gift,
        screens.gift_screen,
        does={TransferAct.TAKE: take, TransferAct.DECLINE: decline},
    ),
)


@router.callback_query(PassOn.filter())
async def pass_on(callback: CallbackQuery, callback_data: PassOn, **data: Any) -> None:
    """Ask how much is passed on, and to whom."""
    ctx = FormContext.of(data)
    if not (await my_book(ctx.session, ctx.actor)).balance:
        await toast(callback, said(SavingsOutcome.NOT_ENOUGH), alert=True)
        return
    if not callback_data.pool and not await relatives_of(ctx.session, ctx.actor.id):
        await toast(callback, said(SavingsOutcome.NO_RELATIVE), alert=True)
        return
    form = forms.TO_POOL if callback_data.pool else forms.TO_FAMILY
    await start_form(form, callback, ctx)


@router.callback_query(ToAccount.filter())
async def show_account(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """Show the month of one's community, in sums."""
    found = await account_of_month(session, person, now=now)
    await replace(callback, screens.account_screen(found))


@router.callback_query(AskPaper.filter())
async def send_certificate(
    callback: CallbackQuery, session: Session, person: Person, now: datetime, bot: Bot
) -> None:
    """Send the certificate of the time one gave, to print."""
    made = await certify(session, person, now=now)
    if made is None:
        await toast(callback, said(SavingsOutcome.NOT_ENOUGH), alert=True)
        return
    await toast(callback, "")
    drawn = await asyncio.to_thread(poster.draw, screens.certificate(made, now))
    words = _("📜 Your certificate. Whoever gets it can check it: /check {code}")
    await bot.send_photo(
        callback.from_user.id,
        photo=BufferedInputFile(drawn, "service.png"),
        caption=words.format(code=made.code),
    )


@router.message(Command("check"))
async def check_certificate(
    message: Message, command: CommandObject, session: Session, now: datetime
) -> None:
    """Say whether a certificate is ours, to anybody."""
    found = await check(session, command.args or "")
    await answer(message, screens.checked_screen(found, now))


async def _own(session: Session, person: Person, page: int, now: datetime) -> Screen:
    decides = person.may_anywhere(Right.SUPERVISE)
    return screens.book_screen(await my_book(session, person, page), now, decides=decides)


@router.message(Command("service"))
async def service(message: Message, session: Session, person: Person, now: datetime) -> None:
    """Show what one has given."""
    await answer(message, await _own(session, person, 0, now))


@router.callback_query(Go.filter(F.to == "service"))
@router.callback_query(ToSavings.filter())
async def turn(
    callback: CallbackQuery,
    callback_data: Go | ToSavings,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show a page of what one has given."""
    page = callback_data.page if isinstance(callback_data, ToSavings) else 0
    await replace(callback, await _own(session, person, page, now))


@router.callback_query(ToDisputes.filter())
async def list_disputes(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """List what is seen differently to whoever decides it."""
    if not person.may_anywhere(Right.SUPERVISE):
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
        return
    await replace(callback, screens.disputes_screen(await open_disputes(session, person), now))
