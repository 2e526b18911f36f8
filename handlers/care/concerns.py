"""What was told in confidence: read, reported, signed off, and asked about afterwards."""

from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery

from handlers.care.callbacks import (
    ConcernAct,
    FollowUpAct,
    OnConcern,
    OnFollowUp,
    OnRung,
)
from handlers.care.forms import SPOKEN, spoken
from handlers.care.screens.concerns import concern_screen, follow_up_screen, voices_of
from handlers.form import FormContext, Text, start_form
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.media import send_media
from handlers.records.acts import ActTable, serve
from handlers.records.cards import card
from handlers.records.forms import small_form
from handlers.records.said import is_good, said
from handlers.screen import Pointless, Screen
from handlers.show import toast
from models.care.actions import confiding, follow_ups, reporting
from models.care.queries.concerns import (
    concern_told,
    concern_view,
    follow_up_told,
    follow_up_view,
)
from models.care.records import NAME
from models.care.rules.follow_ups import FollowUpState
from models.care.rules.notices import Notice
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import WORDS_LENGTH
from models.care.rules.states import ConcernState
from models.care.views import ConcernView, FollowUpView
from models.database import Session
from models.media import Media, MediaKind
from models.outbox import views as outbox
from models.people.views import Person
from models.records.rules import Refusal

router = Router(name="care.concerns")

OVER = Pointless("it is over")


async def _shown(ctx: FormContext, concern_id: int, told: str) -> Screen:
    """Show a concern, shut, under what came of a form about it."""
    view = await concern_told(ctx.session, ctx.actor.id, concern_id, ctx.now)
    return Screen(told) if view is None else concern_screen(view, ctx.now, told)


async def _asked_shown(ctx: FormContext, follow_up_id: int, told: str) -> Screen:
    view = await follow_up_told(ctx.session, ctx.actor.id, follow_up_id, ctx.now)
    return Screen(told) if view is None else follow_up_screen(view, ctx.now, told)


async def _report(
    session: Session, actor: Person, concern_id: int, answer: Any, *, now: datetime
) -> CareOutcome | Refusal:
    words, voice = spoken(answer)
    return await reporting.report(session, actor, concern_id, words, now=now, voice=voice)


async def _more(
    session: Session, actor: Person, follow_up_id: int, answer: Any, *, now: datetime
) -> CareOutcome | Refusal:
    words, voice = spoken(answer)
    return await follow_ups.say_more(session, actor, follow_up_id, words, now=now, voice=voice)


REPORT = small_form(
    "care.report",
    mark("What was done"),
    mark(
        "What have you done about it? Write it, or hold the microphone and say it. Only who looks "
        "at it with you reads it."
    ),
    _report,
    _shown,
    accepts=SPOKEN,
    subject=NAME,
)
SEND_BACK = small_form(
    "care.send_back",
    mark("Not enough yet"),
    mark("What is still missing? It goes back to who reported it."),
    reporting.send_back,
    _shown,
    accepts=(Text(WORDS_LENGTH),),
    subject=NAME,
)
MORE = small_form(
    "care.again",
    mark("It happened again"),
    mark(
        "Would you like to say what happened? Write it, or hold the microphone and say it. You can "
        "also skip it: somebody rings you."
    ),
    _more,
    _asked_shown,
    accepts=SPOKEN,
    optional=True,
    subject=NAME,
)

CONCERN = ActTable(
    NAME,
    concern_view,
    concern_screen,
    opens=ConcernAct.OPEN,
    does={ConcernAct.SETTLE: confiding.settle, ConcernAct.SIGN: reporting.sign},
    writes={ConcernAct.REPORT: REPORT, ConcernAct.SEND_BACK: SEND_BACK},
)
serve(router, OnConcern, CONCERN)

ASKED = ActTable(
    NAME,
    follow_up_view,
    follow_up_screen,
    opens=FollowUpAct.OPEN,
    does={FollowUpAct.WELL: follow_ups.was_well},
    writes={FollowUpAct.MORE: MORE},
)
serve(router, OnFollowUp, ASKED)


@router.callback_query(OnConcern.filter(F.act == ConcernAct.LISTEN))
async def listen(
    callback: CallbackQuery,
    callback_data: OnConcern,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Send what was spoken of a concern; the look is on record."""
    view = await CONCERN.seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await send_media(callback, bot, [Media(MediaKind.VOICE, one) for one in voices_of(view)])


@router.callback_query(OnFollowUp.filter(F.act == FollowUpAct.AGAIN))
async def again(callback: CallbackQuery, callback_data: OnFollowUp, **data: Any) -> None:
    """Take that it happened again, and ask at once whether they want to say more."""
    ctx, one = FormContext.of(data), callback_data
    outcome = await follow_ups.not_well(ctx.session, ctx.actor, one.id, now=ctx.now)
    await ASKED.done(callback, ctx.session, ctx.actor, one.id, ctx.now, outcome)
    if outcome is CareOutcome.NOT_WELL:
        await start_form(MORE, callback, ctx, prefill={"record": one.id})


@router.callback_query(OnRung.filter())
async def rung(
    callback: CallbackQuery, callback_data: OnRung, session: Session, person: Person, now: datetime
) -> None:
    """Take what a home said on the telephone to whoever rang it."""
    says = follow_ups.was_well if callback_data.well else follow_ups.not_well
    outcome = await says(session, person, callback_data.asked, now=now)
    if isinstance(outcome, Refusal):
        await toast(callback, said(outcome, NAME), alert=not is_good(outcome, NAME))
        return
    await CONCERN.done(callback, session, person, callback_data.id, now, outcome)


def _told(view: ConcernView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place or view.state is not ConcernState.OPEN:
        return "" if notice.in_place else OVER
    if notice.detail.get("again"):
        return _("🔁 Not well after all: they say that it happened again.")
    if notice.detail.get("sent_back"):
        return _("↩️ What was done is not enough yet. Please go on.")
    return ""


def _reported(view: ConcernView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place or view.state is not ConcernState.REPORTED:
        return "" if notice.in_place else OVER
    if notice.detail.get("waits"):
        return _("⏰ What was done still waits for you to look at it.")
    return _("📝 What was done is reported. Please look at it.")


def _signed(view: ConcernView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place or view.state is not ConcernState.SETTLED:
        return "" if notice.in_place else OVER
    return _("✅ What you did is signed off. Thank you!")


def _silent(view: ConcernView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place or view.to_ring is None:
        return "" if notice.in_place else OVER
    words = _("☎️ {name} has not said whether it was well afterwards. Please ring them.")
    return words.format(name=view.home.name)


def _ask(view: FollowUpView, notice: outbox.Notice) -> str | Pointless:
    return "" if notice.in_place or view.state is FollowUpState.ASKED else OVER


card(Notice.CONCERN, concern_told, concern_screen, _told)
card(Notice.CONCERN_REPORTED, concern_told, concern_screen, _reported)
card(Notice.CONCERN_SIGNED, concern_told, concern_screen, _signed)
card(Notice.CONCERN_SILENT, concern_told, concern_screen, _silent)
card(Notice.CONCERN_ASKED, follow_up_told, follow_up_screen, _ask)
