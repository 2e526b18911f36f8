"""What whoever looks after a meeting does: change it, call it off, the poster, minutes, items."""

import asyncio
from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.types import BufferedInputFile, CallbackQuery

from handlers import poster
from handlers.clock_text import at_date
from handlers.form import (
    SENT,
    Again,
    Answers,
    Choice,
    Choose,
    Day,
    Form,
    FormContext,
    Nothing,
    Number,
    OneFile,
    OnePhoto,
    Prompt,
    Question,
    Text,
    forms,
    plain,
    start_form,
)
from handlers.form.story import words_in
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.media import media_of
from handlers.meetings.callbacks import MeetingAct, OnMeeting
from handlers.meetings.calling import CHANGE, MEETING, MOST
from handlers.meetings.labels import said
from handlers.meetings.screens.lists import item_screen
from handlers.meetings.screens.meeting import (
    DOOR,
    ask_off_screen,
    door_poster,
    meeting_screen,
    said_screen,
)
from handlers.people.deep_links import address
from handlers.records.when import day_choices
from handlers.screen import Screen
from handlers.show import replace, toast
from models.database import Session
from models.meetings.actions.calling import call_off
from models.meetings.actions.guests import door_code
from models.meetings.actions.minutes import add_item, finish_item, publish_minutes
from models.meetings.queries.detail import managed_view
from models.meetings.queries.items import item_view, owner_choices
from models.meetings.rules.notices import Move
from models.meetings.rules.outcomes import MeetingOutcome, Refusal
from models.meetings.rules.timing import MINUTES_LENGTH, WORDS_LENGTH, why_not
from models.meetings.views import ItemView, MeetingView
from models.people.views import Person

router = Router(name="meetings.office")


MINUTES, ITEM, DONE = "meetings.minutes", "meetings.item", "meetings.done"
DAYS_AHEAD = (3, 7, 14, 30)
"""Dates of action items to tap; any other day is written."""

ITEM_AGAIN = {
    MeetingOutcome.EMPTY: "words",
    MeetingOutcome.BAD_OWNER: "owner",
    MeetingOutcome.PAST: "day",
    MeetingOutcome.TOO_FAR: "day",
}


async def _publish(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    sent, meeting_id = answers["minutes"], answers["meeting"]
    words, files = words_in(sent), media_of(sent)
    if len(files) > 1:
        again = _("Only one document or photo goes along. Which one? Send it with the words.")
        return Again("minutes", again)
    file = files[0] if files else None
    outcome = await publish_minutes(ctx.session, ctx.actor, meeting_id, words, file, now=ctx.now)
    if outcome is MeetingOutcome.EMPTY:
        return Again("minutes", said(outcome))
    if outcome is not MeetingOutcome.DONE:
        return Nothing(said_screen(meeting_id, said(outcome)))
    return said_screen(meeting_id, _("✅ Published: guests and supporters are being told."))


async def _add(ctx: FormContext, answers: Answers) -> Screen | Again:
    meeting_id, owner, day = answers["meeting"], answers["owner"], answers["day"]
    outcome = await add_item(
        ctx.session, ctx.actor, meeting_id, answers["words"], owner, day, now=ctx.now
    )
    if outcome in ITEM_AGAIN:
        return Again(ITEM_AGAIN[outcome], said(outcome))
    done = outcome is MeetingOutcome.DONE
    return said_screen(meeting_id, _("✅ Noted, and they are told.") if done else said(outcome))


async def _finish(ctx: FormContext, answers: Answers) -> Screen:
    actor, item_id = ctx.actor, answers["item"]
    outcome = await finish_item(ctx.session, actor, item_id, answers["words"] or "", now=ctx.now)
    view = await item_view(ctx.session, actor, item_id, now=ctx.now)
    told = _("🎉 Done, thank you!") if outcome is MeetingOutcome.DONE else said(outcome)
    return item_screen(view, ctx.now, told) if isinstance(view, ItemView) else Screen(told)


async def ask_owner(ctx: FormContext, answers: Answers) -> Prompt:
    """Ask who does it: whoever came, or works in the community."""
    found = await owner_choices(ctx.session, ctx.actor, answers["meeting"] or 0)
    choices = [Choice(who.name or _("a neighbour"), who.id) for who in found]
    return Prompt(_("Who does it? They are told at once."), choices)


def ask_due(ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask by which day it is to be done."""
    text = _("By which day? Tap, or write it. They are reminded on it.")
    return Prompt(text, day_choices(ctx, DAYS_AHEAD))


forms.add(
    Form(
        name=MINUTES,
        version=1,
        title=mark("The minutes"),
        questions=(
            Question(
                "minutes",
                plain(
                    mark(
                        "What was said, and what was agreed? Write it, or send a document or a "
                        "photo of it. Guests and supporters will read it."
                    )
                ),
                accepts=(Text(MINUTES_LENGTH), OnePhoto(), OneFile()),
                label=mark("📝 Minutes"),
            ),
            MEETING,
        ),
        finish=_publish,
        send=mark("📨 Publish"),
        sent=SENT,
        story="minutes",
    )
)
forms.add(
    Form(
        name=ITEM,
        version=1,
        title=mark("An action item"),
        questions=(
            Question(
                "words",
                plain(mark("What is to be done? One thing, in a sentence.")),
                accepts=(Text(WORDS_LENGTH),),
            ),
            Question("owner", ask_owner, accepts=(Choose(),)),
            Question("day", ask_due, accepts=(Choose(), Day())),
            MEETING,
        ),
        finish=_add,
        confirm=False,
    )
)
forms.add(
    Form(
        name=DONE,
        version=1,
        title=mark("It is done"),
        questions=(
            Question(
                "words",
                plain(mark("Wonderful! What came of it? A word or two is enough, or skip.")),
                accepts=(Text(WORDS_LENGTH),),
                optional=True,
            ),
            Question(
                "item",
                plain(mark("Which one is it? Please open it once more and begin there.")),
                accepts=(Number(1, MOST),),
                given=True,
            ),
        ),
        finish=_finish,
        confirm=False,
    )
)

FORMS = {
    MeetingAct.CHANGE: (Move.CHANGE, CHANGE),
    MeetingAct.MINUTES: (Move.MINUTES, MINUTES),
    MeetingAct.ITEM: (Move.ITEM, ITEM),
}


@router.callback_query(OnMeeting.filter(F.act.in_(set(FORMS))))
async def write(callback: CallbackQuery, callback_data: OnMeeting, **data: Any) -> None:
    """Ask for another time, for the minutes, for an action item; where it is no time, say so."""
    ctx = FormContext.of(data)
    move, form = FORMS[callback_data.act]
    view = await _managed(callback, ctx.session, ctx.actor, callback_data.id, ctx.now)
    if view is None:
        return
    if (why := why_not(move, view.state, view.starts_at, ctx.now)) is not None:
        await toast(callback, said(why), alert=True)
        return
    await start_form(form, callback, ctx, prefill={"meeting": callback_data.id})


@router.callback_query(OnMeeting.filter(F.act == MeetingAct.ASK_OFF))
async def ask_off(
    callback: CallbackQuery,
    callback_data: OnMeeting,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Ask before calling a meeting off."""
    view = await _managed(callback, session, person, callback_data.id, now)
    if view is None:
        return
    if (why := why_not(Move.CALL_OFF, view.state, view.starts_at, now)) is not None:
        await toast(callback, said(why), alert=True)
        return
    await replace(callback, ask_off_screen(view, now))


@router.callback_query(OnMeeting.filter(F.act == MeetingAct.OFF))
async def off(
    callback: CallbackQuery,
    callback_data: OnMeeting,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Call a meeting off."""
    outcome = await call_off(session, person, callback_data.id, now=now)
    await toast(callback, said(outcome), alert=outcome is not MeetingOutcome.DONE)
    view = await managed_view(session, person, callback_data.id, now=now)
    if isinstance(view, MeetingView):
        await replace(callback, meeting_screen(view, now))


@router.callback_query(OnMeeting.filter(F.act == MeetingAct.POSTER))
async def send_poster(
    callback: CallbackQuery,
    callback_data: OnMeeting,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
    bot_username: str | None = None,
) -> None:
    """Send the QR code for the door."""
    code = await door_code(session, person, callback_data.id, now=now)
    if isinstance(code, MeetingOutcome):
        await toast(callback, said(code), alert=True)
        return
    view = await _managed(callback, session, person, callback_data.id, now)
    if view is None:
        return
    if bot_username is None:
        await toast(callback, _("That is not ready yet. Please tap once more in a minute."))
        return
    await toast(callback, "")
    words = _(
        "Print this and hang it at the door: whoever scans it with their phone is checked in, "
        "from an hour before the start. Meeting of {time}, {where}."
    ).format(time=at_date(view.starts_at, now), where=view.where)
    hung = door_poster(view, now, address(bot_username, DOOR, code))
    drawn = await asyncio.to_thread(poster.draw, hung)
    file = BufferedInputFile(drawn, poster.NAME)
    await bot.send_photo(callback.from_user.id, photo=file, caption=words)


async def _managed(
    callback: CallbackQuery, session: Session, person: Person, meeting_id: int, now: datetime
) -> MeetingView | None:
    """Return a meeting that the reader looks after; else the tap is answered with why not."""
    view = await managed_view(session, person, meeting_id, now=now)
    if not isinstance(view, Refusal):
        return view
    missing = view is Refusal.MISSING
    why = MeetingOutcome.MISSING if missing else MeetingOutcome.NOT_ALLOWED
    await toast(callback, said(why), alert=True)
    return None
