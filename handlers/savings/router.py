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
from handlers.savings.book import own_book
from handlers.savings.callbacks import (
    AskPaper,
    OnTime,
    OnTransfer,
    PassOn,
    SayTime,
    TakeBack,
    TimeAct,
    ToAccount,
    ToChecks,
    ToDisputes,
    ToSavings,
    ToSheet,
    TransferAct,
    WriteTime,
)
from handlers.savings.checks import checks_screen, sheet_tables
from handlers.show import answer, answer_tables, replace, toast
from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.records.rules import Refusal
from models.savings.actions.checking import checks, ledger_sheet
from models.savings.actions.claiming import say_time
from models.savings.actions.deciding import drop, keep, withdraw
from models.savings.actions.giving import decline, take, withdraw_gift
from models.savings.actions.papers import certify, check
from models.savings.actions.reversing import may_not_reverse
from models.savings.claims import NAME, open_disputes, time_seen
from models.savings.gifts import gift, relatives_of
from models.savings.queries import months_of, my_book, team_months
from models.savings.rules import SavingsOutcome

__all__ = ["notices", "router", "sentences"]

router = Router(name="savings")

serve(
    router,
    OnTime,
    ActTable(
        NAME,
        time_seen,
        screens.time_screen,
        opens=TimeAct.OPEN,
        does={TimeAct.KEEP: keep, TimeAct.DROP: drop, TimeAct.WITHDRAW: withdraw},
    ),
)
serve(
    router,
    OnTransfer,
    ActTable(
        NAME,
        gift,
        screens.gift_screen,
        opens=TransferAct.OPEN,
        does={
            TransferAct.TAKE: take,
            TransferAct.DECLINE: decline,
            TransferAct.WITHDRAW: withdraw_gift,
        },
    ),
)


@router.callback_query(SayTime.filter())
async def took(
    callback: CallbackQuery, callback_data: SayTime, session: Session, person: Person, now: datetime
) -> None:
    """Note how long somebody's help took."""
    outcome = await say_time(session, person, callback_data.id, callback_data.minutes, now=now)
    await toast(callback, said(outcome, NAME), alert=outcome is not SavingsOutcome.SAID)
    if not isinstance(outcome, Refusal):
        await replace(callback, screens.said_screen(said(outcome, NAME)))


@router.callback_query(WriteTime.filter())
async def write_time(callback: CallbackQuery, callback_data: WriteTime, **data: Any) -> None:
    """Ask in words how long somebody's help took."""
    ctx = FormContext.of(data)
    await start_form(forms.TOOK, callback, ctx, prefill={"record": callback_data.id})


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
async def show_account(callback: CallbackQuery, session: Session, person: Person) -> None:
    """Show the months of one's community, in sums; to a secretary those of its teams, too."""
    months = await months_of(session, person)
    await replace(callback, screens.account_screen(months, await team_months(session, person)))


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
    drawn = await asyncio.to_thread(poster.draw, screens.certificate(made))
    words = _("📜 Your certificate. Whoever gets it can check it: /check {code}")
    await bot.send_photo(
        callback.from_user.id,
        photo=BufferedInputFile(drawn, "service.png"),
        caption=words.format(code=made.code),
    )


@router.message(Command("check"))
async def check_certificate(message: Message, command: CommandObject, session: Session) -> None:
    """Say whether a certificate is ours, to anybody."""
    found = await check(session, command.args or "")
    await answer(message, screens.checked_screen(found))


@router.message(Command("service"))
async def service(message: Message, session: Session, person: Person, now: datetime) -> None:
    """Show what one has given, and when one is due."""
    await answer(message, await own_book(session, person, now))


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
    await replace(callback, await own_book(session, person, now, page=page))


@router.callback_query(ToDisputes.filter())
async def list_disputes(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """List what is seen differently to whoever decides it."""
    if not person.may_anywhere(Right.SUPERVISE):
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
        return
    await replace(callback, screens.disputes_screen(await open_disputes(session, person), now))


@router.callback_query(ToChecks.filter())
async def show_checks(
    callback: CallbackQuery,
    callback_data: ToChecks,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show whoever decides what stands out, and what was credited; the look is on record."""
    view = await checks(session, person, callback_data.page, now=now)
    if isinstance(view, Refusal):
        await toast(callback, said(view), alert=True)
        return
    await replace(callback, checks_screen(view, now))


@router.callback_query(TakeBack.filter())
async def take_back(callback: CallbackQuery, callback_data: TakeBack, **data: Any) -> None:
    """Ask what counts instead of some time, and why; whoever may not is told so before."""
    ctx = FormContext.of(data)
    why = await may_not_reverse(ctx.session, ctx.actor, callback_data.id, now=ctx.now)
    if why is not None:
        await toast(callback, said(why, NAME), alert=True)
        return
    await start_form(forms.BACK, callback, ctx, prefill={"record": callback_data.id})


@router.callback_query(ToSheet.filter())
async def send_sheet(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """Send what was credited as a sheet; that it was made is on record."""
    made = await ledger_sheet(session, person, now=now)
    if isinstance(made, Refusal):
        await toast(callback, said(made), alert=True)
        return
    words = _("The time that was given. It names people: keep it to yourself.")
    await answer_tables(callback, sheet_tables(made), words)
