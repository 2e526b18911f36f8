"""What recipients tap under their copies, the notices they were sent, muted topics."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import or_f
from aiogram.types import CallbackQuery, Message

from handlers.broadcasts import labels
from handlers.broadcasts.callbacks import Browse, OnCopy, OnTopic, Under
from handlers.broadcasts.screens.inbox import (
    RECEIVED,
    again_screen,
    answered,
    ask_mute_screen,
    emergencies,
    inbox_screen,
    topics_screen,
    turned,
)
from handlers.callbacks import Go
from handlers.filters import Says
from handlers.people.menu import EARLIER
from handlers.screen import Screen
from handlers.settings.callbacks import Set, Setting
from handlers.show import answer, follow, replace, toast
from models.broadcasts.actions.answering import confirm, mute, muted_by, sign_up, unmute
from models.broadcasts.queries.copies import copy_of
from models.broadcasts.queries.inbox import answers_of, inbox
from models.broadcasts.rules.notices import URGENT, Topic
from models.broadcasts.rules.outcomes import Confirming
from models.broadcasts.views import CopyView
from models.database import Session
from models.people.rules import Right
from models.people.views import Person

router = Router(name="broadcasts.reading")


ALERTS = {Confirming.NOT_THEIRS, Confirming.OVER}


@router.message(Says("Notices", *EARLIER))
async def open_inbox(message: Message, session: Session, person: Person, now: datetime) -> None:
    """Show what came lately."""
    await answer(message, await _inbox(session, person, 0, now))


@router.callback_query(or_f(Go.filter(F.to == "announcements"), Browse.filter(F.which == RECEIVED)))
async def turn_inbox(
    callback: CallbackQuery,
    callback_data: Browse | Go,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show a page of what came, in place."""
    page = callback_data.page if isinstance(callback_data, Browse) else 0
    await replace(callback, await _inbox(session, person, page, now))


@router.callback_query(OnCopy.filter(F.does == Under.RECEIVED))
async def received(
    callback: CallbackQuery, callback_data: OnCopy, session: Session, person: Person, now: datetime
) -> None:
    """Note that a copy was received, and show it on its button."""
    outcome = await confirm(session, person, callback_data.id, now=now)
    await _answer(callback, session, person, callback_data.id, outcome)


@router.callback_query(OnCopy.filter(F.does.in_({Under.SIGN_UP, Under.SIGN_OFF})))
async def signs(
    callback: CallbackQuery, callback_data: OnCopy, session: Session, person: Person, now: datetime
) -> None:
    """Sign up, or take it back, and show it on the button."""
    on = callback_data.does is Under.SIGN_UP
    outcome = await sign_up(session, person, callback_data.id, now=now, on=on)
    await _answer(callback, session, person, callback_data.id, outcome)


@router.callback_query(OnCopy.filter(F.does == Under.OPEN))
async def open_copy(
    callback: CallbackQuery, callback_data: OnCopy, session: Session, person: Person
) -> None:
    """Show once more what was sent."""
    view = await _copy(callback, session, person, callback_data.id)
    if view is not None:
        await follow(callback, again_screen(view), toast="")


@router.callback_query(OnCopy.filter(F.does == Under.ASK_MUTE))
async def ask_mute(
    callback: CallbackQuery, callback_data: OnCopy, session: Session, person: Person
) -> None:
    """Ask before a topic falls silent; of an emergency say that it cannot."""
    view = await _copy(callback, session, person, callback_data.id)
    if view is None:
        return
    if view.style in URGENT:
        await toast(callback, emergencies(), alert=True)
    else:
        await follow(callback, ask_mute_screen(view.id, view.topic), toast="")


@router.callback_query(OnCopy.filter(F.does == Under.MUTE))
async def mute_topic(
    callback: CallbackQuery, callback_data: OnCopy, session: Session, person: Person, now: datetime
) -> None:
    """Mute the topic of a copy, once asked."""
    view = await _copy(callback, session, person, callback_data.id)
    if view is not None:
        await mute(session, person, view.topic, now=now)
        told = turned(view.topic, on=False)
        await replace(callback, await _topics(session, person, told))


@router.callback_query(OnTopic.filter())
async def turn_topic(
    callback: CallbackQuery, callback_data: OnTopic, session: Session, person: Person, now: datetime
) -> None:
    """Mute a topic, or hear of it again."""
    topic = Topic(callback_data.topic)
    if callback_data.on:
        await unmute(session, person, topic)
    else:
        await mute(session, person, topic, now=now)
    told = turned(topic, on=callback_data.on)
    await replace(callback, await _topics(session, person, told), toast=told)


@router.callback_query(Set.filter(F.what == Setting.TOPICS))
async def show_topics(callback: CallbackQuery, session: Session, person: Person) -> None:
    """Show which topics somebody hears of."""
    await replace(callback, await _topics(session, person))


async def _inbox(session: Session, person: Person, page: int, now: datetime) -> Screen:
    writes = person.may_anywhere(Right.BROADCAST)
    return inbox_screen(await inbox(session, person, page), now, writes=writes)


async def _topics(session: Session, person: Person, told: str = "") -> Screen:
    return topics_screen(await muted_by(session, person), told)


async def _copy(
    callback: CallbackQuery, session: Session, person: Person, broadcast_id: int
) -> CopyView | None:
    """Return what somebody was sent; a tap on anything else is answered with why not."""
    view = await copy_of(session, broadcast_id, person.id, person.language)
    if view is None:
        await toast(callback, labels.confirmed(Confirming.NOT_THEIRS), alert=True)
    return view


async def _answer(
    callback: CallbackQuery,
    session: Session,
    person: Person,
    broadcast_id: int,
    outcome: Confirming,
) -> None:
    """Answer a tap, and change the buttons of the tapped message to what now stands."""
    await toast(callback, labels.confirmed(outcome), alert=outcome in ALERTS)
    message = callback.message
    if outcome in ALERTS or not isinstance(message, Message) or message.reply_markup is None:
        return
    stands = await answers_of(session, person, broadcast_id)
    keyboard = answered(
        message.reply_markup,
        broadcast_id,
        confirmed=stands.confirmed,
        signed_up=stands.signed_up,
    )
    if keyboard != message.reply_markup:
        await message.edit_reply_markup(reply_markup=keyboard)
