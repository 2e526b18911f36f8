"""Day checks: one's own page, a day for whose it is and for whoever was told, the desk's list."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import Go
from handlers.daychecks import forms, notices, screens
from handlers.daychecks import said as sentences
from handlers.daychecks.callbacks import CheckAct, DayAct, OnCheck, OnDay, ToMonth, ToSilent
from handlers.desk import forms as desk_forms
from handlers.filters import Says
from handlers.form import FormContext, start_form
from handlers.help.alarm import running_emergency
from handlers.help.forms import ASKED_LAST
from handlers.help.screens.alarm import running_screen
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.media import send_media
from handlers.records.acts import ActTable, UseCase, serve
from handlers.records.said import is_good, said
from handlers.screen import Screen
from handlers.show import answer, follow, renewed, replace, toast
from models.audit.actions import deny
from models.circle.actions import phone_of
from models.database import Session
from models.daychecks.actions import answers, wishes
from models.daychecks.queries import NAME, at_the_desk, day, month_at_desk, my_check, today
from models.daychecks.rules.states import DayMove, DayOutcome, Known
from models.daychecks.views import DayView
from models.help.actions.speaking import speak
from models.help.queries.resident import my_requests
from models.help.rules.states import UNENDED
from models.hours.rules.local_time import day_of
from models.media import Media, MediaKind
from models.people.actions.personal import look
from models.people.rules import Field, Right
from models.people.views import Because, Denied, Person
from models.policy.current import policy_of
from models.records.rules import Refusal

__all__ = ["notices", "router", "sentences"]

router = Router(name="daychecks")

WELL_WORDS = re.compile(
    r"^(我|今天|今儿|早上好|早|你好|您好|谢谢|放心|吧|[,，。!！~ ])*"
    r"(都|一切|很|挺|还|蛮|全)*(好|平安|没事|不错|安好)"
    r"(的|着|呢|了|啊|哦|吧|儿|[,，。!！~ ]|谢谢|放心)*$"
    r"|^(good morning[,. ]*)?(i'?m |i am |all( is|'s)? |everything( is|'s)? |we'?re )?"
    r"(fine|well|ok(ay)?|all right|good)([,. ]+thanks?( you)?)?[.! ]*$",
    re.IGNORECASE,
)
WORDS_AT_MOST = 30
MONTHS_BACK = 36


async def _go(
    session: Session, person: Person, day_id: int, *, now: datetime
) -> DayOutcome | Refusal:
    return await answers.go_there(session, person, day_id, now=now)


async def _rang(
    session: Session, person: Person, day_id: int, *, now: datetime
) -> DayOutcome | Refusal:
    return await answers.hand_on(session, person, day_id, rang=True, now=now)


async def _cannot(
    session: Session, person: Person, day_id: int, *, now: datetime
) -> DayOutcome | Refusal:
    return await answers.hand_on(session, person, day_id, rang=False, now=now)


async def _spoke(
    session: Session, person: Person, day_id: int, *, now: datetime
) -> DayOutcome | Refusal:
    return await answers.find_well(session, person, day_id, Known.SPOKE, now=now)


async def _saw(
    session: Session, person: Person, day_id: int, *, now: datetime
) -> DayOutcome | Refusal:
    return await answers.find_well(session, person, day_id, Known.SAW, now=now)


DAY = ActTable(
    NAME,
    day,
    screens.day_screen,
    opens=DayAct.OPEN,
    does={
        DayAct.WELL: answers.say_well,
        DayAct.GO: _go,
        DayAct.NO_ANSWER: _rang,
        DayAct.CANNOT: _cannot,
        DayAct.SPOKE: _spoke,
        DayAct.SAW: _saw,
        DayAct.LISTENED: answers.listened,
    },
    asks={DayAct.REACHED: screens.how_known_screen},
    writes={DayAct.ABOUT: forms.ABOUT},
)
serve(router, OnDay, DAY)


@router.message(Command("daily"))
@router.message(Says(mark("Daily check")))
@router.message(Says(mark("Ask me every day whether all is well")))
async def daily(message: Message, **data: Any) -> None:
    """Show somebody their own day check."""
    await answer(message, await forms.page(FormContext.of(data)))


@router.callback_query(Go.filter(F.to == "daily"))
async def to_daily(callback: CallbackQuery, **data: Any) -> None:
    """Show the same in place."""
    await replace(callback, await forms.page(FormContext.of(data)))


async def says_well(message: Message) -> bool:
    """Return whether somebody writes, in their own words, that all is well."""
    text = message.text or ""
    known = len(text) <= WORDS_AT_MOST and WELL_WORDS.match(text.strip()) is not None
    return known and message.forward_origin is None and message.reply_to_message is None


@router.message(says_well)
async def written_well(message: Message, session: Session, person: Person, now: datetime) -> Any:
    """Take words for the tap, where somebody is asked today and has not said it yet."""
    view = await today(session, person, now=now)
    if view is None or DayMove.SAY_WELL not in view.moves:
        raise SkipHandler
    mine = await my_requests(session, person, now=now)
    if any(line.state in UNENDED for line in mine):
        raise SkipHandler  # it may be said of a request that is underway
    outcome = await answers.say_well(session, person, view.id, now=now)
    await answer(message, Screen(said(outcome, NAME)))


STARTS = {CheckAct.BEGIN: forms.ON, CheckAct.HOURS: forms.HOURS, CheckAct.AWAY: forms.AWAY}


@router.callback_query(OnCheck.filter(F.act.in_(set(STARTS))))
async def begin(callback: CallbackQuery, callback_data: OnCheck, **data: Any) -> None:
    """Ask when somebody wants to be asked, or until when they are away."""
    ctx, act = FormContext.of(data), callback_data.act
    check = await my_check(ctx.session, ctx.actor, now=ctx.now)
    if act is not CheckAct.BEGIN and (check is None or not check.moves):
        act = CheckAct.BEGIN
    await start_form(STARTS[act], callback, ctx)


@router.callback_query(OnCheck.filter(F.act == CheckAct.SURE))
async def ask_sure(callback: CallbackQuery) -> None:
    """Ask once more before it is switched off."""
    await replace(callback, screens.sure_screen(), toast="")


CHANGES: Mapping[CheckAct, UseCase] = {
    CheckAct.PAUSE: wishes.pause,
    CheckAct.RESUME: wishes.resume,
    CheckAct.OFF: wishes.switch_off,
    CheckAct.BACK: wishes.come_back,
    CheckAct.LEADER: wishes.turn_leader,
    CheckAct.NEIGHBOURS: wishes.turn_neighbours,
}
"""Changes that one tap makes."""


@router.callback_query(OnCheck.filter(F.act.in_(set(CHANGES))))
async def change(callback: CallbackQuery, callback_data: OnCheck, **data: Any) -> None:
    """Change one's own day check with one tap."""
    ctx = FormContext.of(data)
    outcome = await CHANGES[callback_data.act](ctx.session, ctx.actor, now=ctx.now)
    await toast(callback, said(outcome, NAME), alert=not is_good(outcome, NAME))
    await replace(callback, await forms.page(ctx))


@router.callback_query(OnDay.filter(F.act == DayAct.HELP))
async def ask_help(
    callback: CallbackQuery, callback_data: OnDay, person: Person, **data: Any
) -> None:
    """File a request at once, then ask how urgent it is; an emergency that is out is shown."""
    ctx = FormContext.of({**data, "person": person})
    session, now = ctx.session, ctx.now
    words = _("🙏 tapped “I need help” when asked whether all is well")
    outcome = await answers.ask_help(session, person, callback_data.id, words, now=now)
    await toast(callback, said(outcome, NAME), alert=not is_good(outcome, NAME))
    if outcome not in {DayOutcome.HELP, Refusal.ALREADY}:
        return
    await renewed(callback, session, now)
    view = await day(session, person, callback_data.id, now=now)
    running = await running_emergency(ctx, person, person.id)
    if running is not None:
        await follow(callback, running_screen(running, person.id))
    elif isinstance(view, DayView) and view.own:
        await follow(callback, screens.how_urgent_screen(view))


@router.callback_query(OnDay.filter(F.act.in_({DayAct.PRESS, DayAct.TODAY, DayAct.CALM})))
async def how_urgent(
    callback: CallbackQuery, callback_data: OnDay, person: Person, **data: Any
) -> None:
    """Take how urgent the help is, then ask what it is about."""
    ctx, id_ = FormContext.of({**data, "person": person}), callback_data.id
    view = await DAY.seen(callback, ctx.session, person, id_, ctx.now)
    if view is None:
        return
    if not view.own or view.request_id is None:
        await toast(callback, said(Refusal.WRONG_TIME), alert=True)
        return
    if callback_data.act is DayAct.PRESS:
        outcome = await answers.press(ctx.session, person, id_, now=ctx.now)
        told = said(outcome, NAME)
    else:
        words = {
            DayAct.TODAY: _("⚡ Today, please."),
            DayAct.CALM: _("🙂 It can wait."),
        }[callback_data.act]
        await speak(ctx.session, person, view.request_id, words=words, now=ctx.now)
        told = words
    await replace(callback, Screen(told), toast="")
    await start_form(forms.ABOUT, callback, ctx, prefill={"record": id_})


@router.callback_query(OnDay.filter(F.act == DayAct.CALL))
async def whom_to_ring(
    callback: CallbackQuery, callback_data: OnDay, session: Session, person: Person, now: datetime
) -> None:
    """Show whom to ring; each look is on record, and whose day it is can read it."""
    view = await DAY.seen(callback, session, person, callback_data.id, now)
    if view is None:
        return
    own: dict[Field, str] = {}
    if view.calls:
        because = Because(NAME, view.id)
        fields = [Field.PHONE, Field.DOOR]
        shown = await look(session, person, view.whose.id, fields, now=now, because=because)
        own = {} if isinstance(shown, Denied) else shown
    found = [await phone_of(session, person, one, now=now) for one in view.ring]
    ring = [one for one in found if not isinstance(one, Refusal)]
    await follow(callback, screens.call_screen(view, own, ring), toast="")


@router.callback_query(OnDay.filter(F.act == DayAct.LISTEN))
async def listen(
    callback: CallbackQuery,
    callback_data: OnDay,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Play what was spoken; the look is on record."""
    found = await answers.voices_of(session, person, callback_data.id, now=now)
    if isinstance(found, Refusal):
        await toast(callback, said(found), alert=True)
    else:
        await send_media(callback, bot, [Media(MediaKind.VOICE, one) for one in found])


@router.callback_query(OnDay.filter(F.act == DayAct.FILE))
async def file_for(
    callback: CallbackQuery, callback_data: OnDay, person: Person, **data: Any
) -> None:
    """Write a request down for whoever was silent, or said something."""
    ctx = FormContext.of({**data, "person": person})
    view = await DAY.seen(callback, ctx.session, person, callback_data.id, ctx.now)
    if view is None:
        return
    if not view.calls:
        await deny(ctx.session, person.id, NAME, now=ctx.now, concerning_id=view.whose.id)
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
        return
    given = {**ASKED_LAST, desk_forms.WHOM.key: view.whose.id}
    await start_form(desk_forms.FILE, callback, ctx, prefill=given)


@router.callback_query(ToSilent.filter())
async def list_silent(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """Show whoever works at a desk of whom nobody knows whether they are well."""
    if not person.may_anywhere(Right.WORK_DESK):
        await deny(session, person.id, NAME, now=now)
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
        return
    found = await at_the_desk(session, person, now=now)
    await replace(callback, screens.silent_screen(found))


@router.callback_query(ToMonth.filter())
async def show_month(
    callback: CallbackQuery, callback_data: ToMonth, session: Session, person: Person, now: datetime
) -> None:
    """Show staff how many days of a month ended how."""
    ago = min(max(callback_data.ago, 0), MONTHS_BACK)
    today_ = day_of(now, policy_of(session).zone)
    months = today_.year * 12 + today_.month - 1 - ago
    month = today_.replace(year=months // 12, month=months % 12 + 1, day=1)
    found = await month_at_desk(session, person, month, now=now)
    if isinstance(found, Refusal):
        await toast(callback, said(found), alert=True)
    else:
        await replace(callback, screens.month_screen(month, found, ago))
