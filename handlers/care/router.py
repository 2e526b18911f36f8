"""Care: what there is for somebody, a home, a pair, a call-on, what is told in confidence."""

from datetime import date, datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters import Command, or_f
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import Go
from handlers.care import concerns, festivals, forms, ledger, month, notices, proposing, survey
from handlers.care import said as sentences
from handlers.care.callbacks import (
    AskCompany,
    CallOnAct,
    ComeOn,
    Confide,
    ConfideAct,
    HomeAct,
    NeedAct,
    OnCallOn,
    OnHome,
    OnNeed,
    OnPair,
    PairAct,
    ProposeHome,
    SayCame,
    SayFound,
    ToCallOns,
    ToConcerns,
    ToHomes,
)
from handlers.care.screens import calls as call_screens
from handlers.care.screens import desk
from handlers.care.screens import homes as home_screens
from handlers.care.screens.concerns import concerns_screen
from handlers.care.screens.pairs import pair_screen
from handlers.form import FormContext, start_form
from handlers.media import send_media
from handlers.records.acts import ActTable, serve
from handlers.records.said import is_good, said
from handlers.screen import Screen
from handlers.show import answer, replace, toast
from models.care.actions import calls, ending, homes, needs, pairs
from models.care.queries.calls import call_opened, call_view, calls_of
from models.care.queries.concerns import concerns_for
from models.care.queries.desk import calls_at_desk, homes_at_desk
from models.care.queries.homes import home_opened, home_view, pair_view, pairs_of, wishes_voice
from models.care.queries.needs import need_voice
from models.care.queries.survey import askings_of
from models.care.records import NAME, own_home
from models.care.rules.states import CareFound
from models.care.views import HomeView
from models.database import Session
from models.media import Media, MediaKind
from models.people.rules import Right
from models.people.views import Person
from models.records.rules import Refusal

__all__ = ["notices", "router", "sentences"]

router = Router(name="care")
router.include_routers(
    month.router, festivals.router, ledger.router, survey.router, concerns.router
)

HOME = ActTable(
    NAME,
    home_view,
    home_screens.home_screen,
    opens=HomeAct.OPEN,
    does={
        HomeAct.AGREE: homes.agree,
        HomeAct.AGREE_OTHER: homes.agree_with_another,
        HomeAct.DECLINE: homes.decline,
        HomeAct.PAUSE: homes.pause,
        HomeAct.RESUME: homes.resume,
        HomeAct.END: ending.end,
        HomeAct.END_OF_OLD: ending.end,
        HomeAct.BACK: ending.take_back,
        HomeAct.WITHDRAW: homes.withdraw,
        HomeAct.PAPER: homes.see_paper,
        HomeAct.REVIEWED: homes.review,
    },
    asks={HomeAct.NEEDS: home_screens.needs_screen},
    writes={
        HomeAct.NAME: proposing.NAME,
        HomeAct.WISHES: forms.WISHES,
        HomeAct.RHYTHM: proposing.RHYTHM,
        HomeAct.NEED: forms.NEED,
    },
)
serve(router, OnHome, HOME)

SEALED = ActTable(NAME, home_opened, home_screens.home_screen, opens=HomeAct.SEALED)
"""The same home with what is sealed; each look is on record."""
serve(router, OnHome, SEALED)

PAIR = ActTable(
    NAME,
    pair_view,
    pair_screen,
    opens=PairAct.OPEN,
    does={
        PairAct.WELCOME: pairs.welcome,
        PairAct.REFUSE: pairs.refuse,
        PairAct.TAKE_ON: pairs.take_on,
        PairAct.TURN_DOWN: pairs.turn_down,
        PairAct.REST: pairs.rest,
        PairAct.RETURN: pairs.come_back,
        PairAct.END: pairs.part_with,
    },
)
serve(router, OnPair, PAIR)

CALL = ActTable(
    NAME,
    call_view,
    call_screens.call_screen,
    opens=CallOnAct.OPEN,
    does={
        CallOnAct.COMING: calls.coming,
        CallOnAct.CANNOT: calls.cannot,
        CallOnAct.COVER: calls.cover,
    },
    asks={CallOnAct.LATER: call_screens.days_screen, CallOnAct.MYSELF: call_screens.found_screen},
    writes={CallOnAct.WRITE: forms.WRITE},
)
serve(router, OnCallOn, CALL)

NEEDED = {NeedAct.ASK_HELP: needs.ask_help, NeedAct.MEET: needs.meet, NeedAct.DROP: needs.drop}


async def _care(session: Session, person: Person, now: datetime) -> Screen:
    row = await own_home(session, person.id)
    home = None if row is None else await home_view(session, person, row.id, now=now)
    keeps = person.may_anywhere(Right.WORK_DESK)
    own = await calls_of(session, person, now=now)
    pairs_ = await pairs_of(session, person, now=now)
    surveys = await askings_of(session, person)
    if isinstance(home, HomeView) and not (keeps or own or pairs_ or surveys):
        return home_screens.home_screen(home, now)
    return desk.care_screen(
        home if isinstance(home, HomeView) else None,
        own,
        pairs_,
        now,
        keeps=keeps,
        concerns=len(await concerns_for(session, person, now=now)) if keeps else 0,
        surveys=surveys,
    )


@router.message(Command("care"))
async def care(message: Message, session: Session, person: Person, now: datetime) -> None:
    """Show what care there is for somebody, and by them."""
    await answer(message, await _care(session, person, now))


@router.callback_query(Go.filter(F.to == "care"))
async def to_care(callback: CallbackQuery, session: Session, person: Person, now: datetime) -> None:
    """Show the same in place."""
    await replace(callback, await _care(session, person, now))


async def _keeps(callback: CallbackQuery, person: Person) -> bool:
    """Return whether somebody has a desk; else the tap is answered with why not."""
    if person.may_anywhere(Right.WORK_DESK):
        return True
    await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
    return False


@router.callback_query(ToHomes.filter())
async def list_homes(
    callback: CallbackQuery,
    callback_data: ToHomes,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show whoever keeps homes a page of them."""
    if not await _keeps(callback, person):
        return
    found = await homes_at_desk(session, person, callback_data.page, now=now)
    await replace(callback, desk.homes_screen(found, now))


@router.callback_query(ToCallOns.filter())
async def list_calls(
    callback: CallbackQuery,
    callback_data: ToCallOns,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show whoever keeps homes who is to be looked in on today."""
    if not await _keeps(callback, person):
        return
    found = await calls_at_desk(session, person, callback_data.page, now=now)
    await replace(callback, desk.calls_screen(found, now))


@router.callback_query(ToConcerns.filter())
async def list_concerns(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """Show what was told in confidence to whom it belongs."""
    if not await _keeps(callback, person):
        return
    found = await concerns_for(session, person, now=now)
    await replace(callback, concerns_screen(found, now))


@router.callback_query(or_f(AskCompany.filter(), ProposeHome.filter()))
async def begin(
    callback: CallbackQuery, callback_data: AskCompany | ProposeHome, **data: Any
) -> None:
    """Ask how somebody wants to be looked in on, oneself or somebody of one's places."""
    ctx = FormContext.of(data)
    if isinstance(callback_data, AskCompany):
        await start_form(proposing.COMPANY, callback, ctx)
    elif await _keeps(callback, ctx.actor):
        await start_form(proposing.PROPOSE, callback, ctx)


@router.callback_query(Confide.filter())
async def confide(callback: CallbackQuery, callback_data: Confide, **data: Any) -> None:
    """Ask what somebody wants to say in confidence."""
    ctx = FormContext.of(data)
    if await HOME.seen(callback, ctx.session, ctx.actor, callback_data.id, ctx.now) is not None:
        form = forms.MONEY if callback_data.act is ConfideAct.MONEY else forms.ANOTHER
        await start_form(form, callback, ctx, prefill={"record": callback_data.id})


@router.callback_query(ComeOn.filter())
async def come_on(
    callback: CallbackQuery, callback_data: ComeOn, session: Session, person: Person, now: datetime
) -> None:
    """Take on which day of the window somebody comes."""
    one = callback_data
    outcome = await calls.coming(session, person, one.id, now=now, day=date.fromordinal(one.day))
    await CALL.done(callback, session, person, one.id, now, outcome)


@router.callback_query(SayFound.filter())
async def say_found(callback: CallbackQuery, callback_data: SayFound, **data: Any) -> None:
    """Take how somebody was found; what is needed is asked for at once."""
    ctx, one = FormContext.of(data), callback_data
    outcome = await calls.report(ctx.session, ctx.actor, one.id, one.found, now=ctx.now)
    await CALL.done(callback, ctx.session, ctx.actor, one.id, ctx.now, outcome)
    if one.found is CareFound.NEEDS and is_good(outcome, NAME):
        await start_form(forms.NEED_AT, callback, ctx, prefill={"record": one.id})


@router.callback_query(SayCame.filter())
async def say_came(
    callback: CallbackQuery,
    callback_data: SayCame,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Take what the home says of a visitor."""
    one = callback_data
    outcome = await calls.say(session, person, one.id, one.said, now=now)
    await CALL.done(callback, session, person, one.id, now, outcome)


@router.callback_query(OnNeed.filter(F.act.in_(set(NEEDED))))
async def on_need(
    callback: CallbackQuery, callback_data: OnNeed, session: Session, person: Person, now: datetime
) -> None:
    """Ask for help with a need, note that it is met, or that it is no longer one."""
    one = callback_data
    outcome = await NEEDED[one.act](session, person, one.id, now=now)
    await HOME.done(callback, session, person, one.home, now, outcome)


@router.callback_query(OnNeed.filter(F.act == NeedAct.LISTEN))
async def listen(
    callback: CallbackQuery,
    callback_data: OnNeed,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Send a need that was spoken; the look is on record."""
    voice = await need_voice(session, person, callback_data.id, now=now)
    if isinstance(voice, Refusal):
        await toast(callback, said(voice, NAME), alert=True)
        return
    await send_media(callback, bot, [Media(MediaKind.VOICE, voice)] if voice else [])


@router.callback_query(OnHome.filter(F.act == HomeAct.LISTEN))
async def listen_to_wishes(
    callback: CallbackQuery,
    callback_data: OnHome,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Send wishes that were spoken; the look is on record."""
    voice = await wishes_voice(session, person, callback_data.id, now=now)
    if isinstance(voice, Refusal):
        await toast(callback, said(voice, NAME), alert=True)
        return
    await send_media(callback, bot, [Media(MediaKind.VOICE, voice)] if voice else [])


@router.callback_query(OnCallOn.filter(F.act == CallOnAct.READ))
async def read(
    callback: CallbackQuery,
    callback_data: OnCallOn,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Show what was written of a call-on, and send what was spoken; the look is on record."""
    view = await call_opened(session, person, callback_data.id, now=now)
    if isinstance(view, Refusal):
        await toast(callback, said(view, NAME), alert=True)
        return
    await replace(callback, call_screens.call_screen(view, now))
    if view.said_voice:
        await bot.send_voice(callback.from_user.id, voice=view.said_voice)
