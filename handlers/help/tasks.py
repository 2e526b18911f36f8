"""The holder's screen: setting out, done, late, handing back, door and phone."""

from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import Go
from handlers.form import FormContext, start_form
from handlers.help.callbacks import HandBack, HideContact, Late, OnTask, OpenTask, TaskAct
from handlers.help.screens import task as screens
from handlers.help.screens.outcomes import said
from handlers.help.screens.task import hidden_screen
from handlers.help.task_forms import DONE, REASON
from handlers.media import send_media
from handlers.screen import Screen
from handlers.show import answer, follow, replace, toast
from models.database import Session
from models.help.actions.claims import hand_back
from models.help.actions.contact import hide_contact, show_contact
from models.help.actions.filing import running_late
from models.help.actions.visits import on_my_way, report_done
from models.help.queries.volunteer import my_tasks, task_detail
from models.help.rules.outcomes import ContactOutcome, HandBackOutcome, Refusal, WorkOutcome
from models.help.views import TaskDetail
from models.people.views import Person

router = Router(name="help.tasks")

QUESTIONS = {
    TaskAct.ASK_DONE: screens.ask_done_screen,
    TaskAct.ASK_HAND_BACK: screens.ask_hand_back_screen,
    TaskAct.LATE: screens.ask_late_screen,
}


@router.message(Command("tasks"))
async def list_tasks(message: Message, session: Session, person: Person, now: datetime) -> None:
    """List one's own tasks."""
    await answer(message, screens.tasks_screen(await my_tasks(session, person), now))


@router.callback_query(Go.filter(F.to == "tasks"))
async def tapped_tasks(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """List one's own tasks in place."""
    await replace(callback, screens.tasks_screen(await my_tasks(session, person), now))


@router.callback_query(OpenTask.filter())
async def open_task(
    callback: CallbackQuery,
    callback_data: OpenTask,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Open a task, in place or below a card that goes on changing by itself."""
    if not callback_data.below:
        await show_task(callback, session, person, callback_data.id, now)
        return
    task = await task_detail(session, person, callback_data.id, now=now)
    if isinstance(task, Refusal):
        await toast(callback, said(task), alert=True)
    else:
        await follow(callback, screens.task_screen(task, now), toast="")


@router.callback_query(OnTask.filter(F.act.in_(set(QUESTIONS))))
async def ask(
    callback: CallbackQuery, callback_data: OnTask, session: Session, person: Person, now: datetime
) -> None:
    """Ask before done, late and handing back."""
    task = await task_detail(session, person, callback_data.id, now=now)
    if isinstance(task, Refusal) or not _asked_for(task, callback_data.act):
        await show_task(callback, session, person, callback_data.id, now)
        return
    await replace(callback, QUESTIONS[callback_data.act](task))


def _asked_for(task: TaskDetail, act: TaskAct) -> bool:
    return task.may_report_done if act is TaskAct.ASK_DONE else task.may_hand_back


@router.callback_query(OnTask.filter(F.act == TaskAct.CONTACT))
async def door_and_phone(
    callback: CallbackQuery, callback_data: OnTask, session: Session, person: Person, now: datetime
) -> None:
    """Send door and phone on a card of their own; the look is written down."""
    outcome = await show_contact(session, person, callback_data.id, now=now)
    if isinstance(outcome, Refusal):
        await toast(callback, said(outcome), alert=True)
        await replace(callback, await _tasks(session, person, now, said(outcome)))
    else:
        await toast(callback, said(outcome))


@router.callback_query(HideContact.filter())
async def hide(
    callback: CallbackQuery, callback_data: HideContact, session: Session, person: Person
) -> None:
    """Hide door and phone; where the card is kept no more, its message is changed all the same."""
    await hide_contact(session, person, callback_data.id, callback_data.look_id)
    await replace(callback, hidden_screen(callback_data.id), said(ContactOutcome.HIDDEN))


@router.callback_query(OnTask.filter(F.act == TaskAct.MEDIA))
async def show_media(
    callback: CallbackQuery,
    callback_data: OnTask,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Send what came with the request."""
    task = await task_detail(session, person, callback_data.id, now=now)
    if isinstance(task, Refusal):
        await toast(callback, said(task), alert=True)
        return
    await send_media(callback, bot, task.media)


@router.callback_query(OnTask.filter(F.act == TaskAct.ON_WAY))
async def set_out(
    callback: CallbackQuery, callback_data: OnTask, session: Session, person: Person, now: datetime
) -> None:
    """Tell the resident that the holder has set out."""
    outcome = await on_my_way(session, person, callback_data.id, now=now)
    gone = outcome in {WorkOutcome.NOT_HOLDER, WorkOutcome.MISSING}
    await toast(callback, said(outcome), alert=gone)
    await show_task(callback, session, person, callback_data.id, now)


@router.callback_query(OnTask.filter(F.act.in_({TaskAct.DONE, TaskAct.ALL_DONE})))
async def done(
    callback: CallbackQuery, callback_data: OnTask, session: Session, person: Person, now: datetime
) -> None:
    """Report one's part, or everything, done."""
    everything = callback_data.act is TaskAct.ALL_DONE
    outcome = await report_done(session, person, callback_data.id, now=now, all_finished=everything)
    await toast(callback, said(outcome))
    await show_task(callback, session, person, callback_data.id, now)


@router.callback_query(OnTask.filter(F.act == TaskAct.DONE_WITH_PHOTO))
async def done_with_photo(callback: CallbackQuery, callback_data: OnTask, **data: Any) -> None:
    """Ask for the photo that goes with 'done'."""
    ctx = FormContext.of(data)
    await start_form(DONE, callback, ctx, prefill={"request": callback_data.id})


@router.callback_query(OnTask.filter(F.act == TaskAct.OTHER_REASON))
async def other_reason(callback: CallbackQuery, callback_data: OnTask, **data: Any) -> None:
    """Ask for the reason in words."""
    ctx = FormContext.of(data)
    await start_form(REASON, callback, ctx, prefill={"request": callback_data.id})


@router.callback_query(HandBack.filter())
async def give_back(
    callback: CallbackQuery,
    callback_data: HandBack,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Hand a task back."""
    outcome = await hand_back(session, person, callback_data.id, callback_data.reason, now=now)
    await toast(callback, said(outcome), alert=outcome is not HandBackOutcome.HANDED_BACK)
    await replace(callback, await _tasks(session, person, now, said(outcome)))


@router.callback_query(Late.filter())
async def late(
    callback: CallbackQuery, callback_data: Late, session: Session, person: Person, now: datetime
) -> None:
    """Tell the resident that the holder comes later."""
    outcome = await running_late(
        session, person, callback_data.id, minutes=callback_data.minutes, now=now
    )
    await toast(callback, said(outcome))
    await show_task(callback, session, person, callback_data.id, now)


async def show_task(
    callback: CallbackQuery, session: Session, person: Person, request_id: int, now: datetime
) -> None:
    """Change the tapped message into the task as it stands now; gone ones give the list."""
    task = await task_detail(session, person, request_id, now=now)
    if isinstance(task, Refusal):
        await toast(callback, said(task), alert=True)
        await replace(callback, await _tasks(session, person, now, said(task)))
    else:
        await replace(callback, screens.task_screen(task, now))


async def _tasks(session: Session, person: Person, now: datetime, said: str) -> Screen:
    return screens.tasks_screen(await my_tasks(session, person), now, said)
