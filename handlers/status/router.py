"""/status, its lists, and what their buttons do."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.screen import Screen
from handlers.show import answer, replace
from handlers.status import screens
from handlers.status.callbacks import MendingAct, OnBroken, StatusList, ToPart, ToStatus
from handlers.status.words import said
from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.status import actions
from models.status.queries import messages, overview, reminders, updates
from models.status.rules import Mending
from models.status.views import KindCount

router = Router(name="status")

Acting = Callable[..., Awaitable[Mending]]

ACTS: dict[tuple[StatusList, MendingAct], Acting] = {
    (StatusList.UPDATES, MendingAct.AGAIN): actions.ask_replay,
    (StatusList.UPDATES, MendingAct.DROP): actions.drop_update,
    (StatusList.MESSAGES, MendingAct.AGAIN): actions.send_again,
    (StatusList.MESSAGES, MendingAct.DROP): actions.drop_message,
    (StatusList.REFUSED, MendingAct.AGAIN): actions.send_again,
    (StatusList.REFUSED, MendingAct.DROP): actions.drop_message,
    (StatusList.REMINDERS, MendingAct.AGAIN): actions.try_again,
    (StatusList.REMINDERS, MendingAct.DROP): actions.drop_reminder,
}


@router.message(Command("status"))
async def status(message: Message, session: Session, person: Person, now: datetime) -> None:
    """Show the status."""
    await answer(message, await _overview(session, person, now))


@router.callback_query(ToStatus.filter())
async def show_status(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """Show the status in place, as it is now."""
    await replace(callback, await _overview(session, person, now))


@router.callback_query(ToPart.filter())
async def show_part(
    callback: CallbackQuery, callback_data: ToPart, session: Session, person: Person, now: datetime
) -> None:
    """Show a page of a list in place."""
    screen = await _list(session, person, now, callback_data.part, callback_data.page)
    await replace(callback, screen)


@router.callback_query(OnBroken.filter(F.act == MendingAct.OPEN))
async def show_one(
    callback: CallbackQuery,
    callback_data: OnBroken,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show one broken thing; one that is mended or of other places gives the list."""
    part = callback_data.part
    screen = await _one(session, person, now, part, callback_data.id)
    if screen is None:
        await replace(callback, await _list(session, person, now, part), said(Mending.ALREADY))
    else:
        await replace(callback, screen)


@router.callback_query(OnBroken.filter(F.act.in_({MendingAct.AGAIN, MendingAct.DROP})))
async def mend(
    callback: CallbackQuery,
    callback_data: OnBroken,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Do what the button says and show what is left; what cannot be mended is as if mended."""
    part = callback_data.part
    act = ACTS.get((part, callback_data.act))
    outcome = await act(session, person, callback_data.id, now=now) if act else Mending.ALREADY
    if person.may_anywhere(Right.SEE_STATUS):
        screen = await _list(session, person, now, part)
    else:
        screen = screens.not_for_you_screen()
    await replace(callback, screen, said(outcome))


async def _overview(session: Session, person: Person, now: datetime) -> Screen:
    if not await actions.may_see(session, person, now=now):
        return screens.not_for_you_screen()
    return screens.overview_screen(await overview.overview(session, person, now), now)


async def _list(
    session: Session, person: Person, now: datetime, part: StatusList, page: int = 0
) -> Screen:
    if not await actions.may_see(session, person, now=now):
        return screens.not_for_you_screen()
    broken: Sequence[screens.Broken]
    kinds: tuple[KindCount, ...] = ()
    match part:
        case StatusList.UPDATES:
            broken = await updates.failed_updates(session, person)
        case StatusList.MESSAGES:
            broken = await messages.uncertain_messages(session, person)
        case StatusList.REFUSED:
            broken = await messages.refused_messages(session, person)
        case StatusList.REMINDERS:
            broken = found = await reminders.broken_reminders(session, person, now)
            kinds = reminders.by_kind(found)
        case StatusList.LET_GO:
            broken = await reminders.let_go_reminders(session, person, now)
    return screens.list_screen(part, broken, page, now, kinds)


async def _one(
    session: Session, person: Person, now: datetime, part: StatusList, number: int
) -> Screen | None:
    """Show one broken thing, if there still is one and it is of their places."""
    match part:
        case StatusList.UPDATES:
            failed = await updates.failed_update(session, person, number)
            return screens.update_screen(failed, now) if failed else None
        case StatusList.MESSAGES:
            uncertain = await messages.uncertain_message(session, person, number)
            return screens.message_screen(uncertain, now) if uncertain else None
        case StatusList.REFUSED:
            refused = await messages.refused_message(session, person, number)
            return screens.message_screen(refused, now) if refused else None
        case StatusList.REMINDERS:
            reminder = await reminders.broken_reminder(session, person, number, now)
            return screens.reminder_screen(reminder, now) if reminder else None
        case StatusList.LET_GO:
            let_go = await reminders.let_go_reminder(session, person, number, now)
            return screens.reminder_screen(let_go, now) if let_go else None
