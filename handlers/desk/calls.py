"""Working through the call-back list, one silent resident at a time."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.desk import forms
from handlers.desk.callbacks import CallAct, CallStars, OnCall, ToCalls
from handlers.desk.cases import seen
from handlers.desk.screens import calls as screens
from handlers.form import FormContext, start_form
from handlers.help.screens.outcomes import said
from handlers.records.said import said as said_of_visits
from handlers.show import replace, toast
from models.database import Session
from models.help.actions.closing import rate
from models.help.actions.contact import see_contact
from models.help.rules.outcomes import CallOutcome, Refusal, VerdictOutcome
from models.orders.actions.visits import give_up, nobody_answered, record_word
from models.orders.queries.visits import call_about, call_case
from models.orders.rules import VisitOutcome
from models.people.views import Person

router = Router(name="desk.calls")


DONE_WELL = {
    CallOutcome.PUT_OFF,
    CallOutcome.GIVEN_UP,
    VerdictOutcome.UNSOLVED,
    VisitOutcome.WELL,
    VisitOutcome.REOPENED,
}
"""What a passing word is enough for."""


@router.callback_query(ToCalls.filter())
async def next_call(
    callback: CallbackQuery, callback_data: ToCalls, session: Session, person: Person, now: datetime
) -> None:
    """Show who is to be rung next."""
    await _show_next(callback, session, person, now, after=callback_data.after_id)


@router.callback_query(OnCall.filter(F.act == CallAct.SHOW))
async def show_call(
    callback: CallbackQuery, callback_data: OnCall, session: Session, person: Person, now: datetime
) -> None:
    """Show one who is to be rung; where they are not any more, the next."""
    case = await call_about(session, person, callback_data.id, now=now)
    if case is None:
        await _show_next(callback, session, person, now)
    else:
        await replace(callback, screens.call_screen(case, now))


@router.callback_query(OnCall.filter(F.act == CallAct.CONTACT))
async def phone(
    callback: CallbackQuery, callback_data: OnCall, session: Session, person: Person, now: datetime
) -> None:
    """Show the phone; the look is recorded."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is None:
        return
    contact = await see_contact(session, person, callback_data.id, now=now)
    if isinstance(contact, Refusal):
        await toast(callback, said(contact), alert=True)
    else:
        await replace(callback, screens.phone_screen(contact, view))


@router.callback_query(OnCall.filter(F.act.in_({CallAct.SOLVED, CallAct.UNSOLVED})))
async def word(
    callback: CallbackQuery,
    callback_data: OnCall,
    session: Session,
    person: Person,
    now: datetime,
    **data: Any,
) -> None:
    """Write down what they say: after 'solved' the stars they name; of 'not solved' what is wrong,
    before anybody is ordered to put it right.
    """
    solved = callback_data.act is CallAct.SOLVED
    case = None if solved else await call_about(session, person, callback_data.id, now=now)
    if case is not None and (case.days is not None or case.request.may_say_unsolved):
        ctx = FormContext.of({"session": session, "person": person, "now": now, **data})
        await start_form(forms.UNSOLVED, callback, ctx, prefill={"request": callback_data.id})
        return
    outcome = await record_word(session, person, callback_data.id, solved=solved, now=now)
    if outcome is not VerdictOutcome.CLOSED:
        await _go_on(callback, session, person, now, outcome)
        return
    view = await seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await replace(callback, screens.stars_screen(view, said(outcome)))


@router.callback_query(OnCall.filter(F.act == CallAct.NO_ANSWER))
async def no_answer(
    callback: CallbackQuery, callback_data: OnCall, session: Session, person: Person, now: datetime
) -> None:
    """Note that nobody answered, and go on."""
    outcome = await nobody_answered(session, person, callback_data.id, now=now)
    await _go_on(callback, session, person, now, outcome)


@router.callback_query(OnCall.filter(F.act == CallAct.GIVE_UP))
async def close_unsaid(
    callback: CallbackQuery, callback_data: OnCall, session: Session, person: Person, now: datetime
) -> None:
    """Close without their word, and go on."""
    outcome = await give_up(session, person, callback_data.id, now=now)
    await _go_on(callback, session, person, now, outcome)


@router.callback_query(CallStars.filter())
async def stars(
    callback: CallbackQuery,
    callback_data: CallStars,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Write down the stars they named, and go on."""
    outcome = await rate(session, person, callback_data.id, stars=callback_data.stars, now=now)
    await _go_on(callback, session, person, now, outcome)


async def _go_on(
    callback: CallbackQuery, session: Session, person: Person, now: datetime, outcome: StrEnum
) -> None:
    """Say what an act has come to, and show who is to be rung next."""
    words = said_of_visits(outcome) if isinstance(outcome, VisitOutcome) else said(outcome)
    await toast(callback, words, alert=outcome not in DONE_WELL)
    await _show_next(callback, session, person, now, words=words)


async def _show_next(
    callback: CallbackQuery,
    session: Session,
    person: Person,
    now: datetime,
    *,
    after: int | None = None,
    words: str = "",
) -> None:
    case = await call_case(session, person, now=now, after=after)
    shown = screens.call_screen(case, now, words) if case else screens.nobody_screen(words)
    await replace(callback, shown)
