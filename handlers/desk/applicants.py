"""Volunteers to approve or refuse."""

from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery

from handlers.desk import forms
from handlers.desk.callbacks import ApplicantAct, AtDesk, DeskAct, OnApplicant
from handlers.desk.screens import board
from handlers.form import FormContext, start_form
from handlers.i18n import current_language
from handlers.people.commands import renew_menu
from handlers.screen import Screen
from handlers.show import follow, replace, toast
from handlers.volunteers.screens import said
from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import lines_of
from models.volunteers.actions import approve, refuse
from models.volunteers.queries import application, applications
from models.volunteers.rules import DecisionOutcome
from models.volunteers.views import Application

router = Router(name="desk.applicants")


DECIDED = {DecisionOutcome.APPROVED, DecisionOutcome.REFUSED}


async def whole_applicant(session: Session, one: Application, now: datetime) -> Screen:
    """Return the screen of one application as it stands now."""
    wanted = {*one.offered.places, *([one.place_id] if one.place_id else [])}
    named = await lines_of(session, wanted)
    places = {place_id: line.short(current_language()) for place_id, line in named.items()}
    return board.applicant_screen(one, places, now)


@router.callback_query(AtDesk.filter(F.act == DeskAct.APPLICANTS))
async def list_waiting(callback: CallbackQuery, session: Session, person: Person) -> None:
    """List who waits."""
    waiting = await applications(session, person)
    await replace(callback, board.applicants_screen(waiting))


@router.callback_query(OnApplicant.filter(F.act == ApplicantAct.OPEN))
async def open_applicant(
    callback: CallbackQuery,
    callback_data: OnApplicant,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show what somebody offers, if they wait for the reader's approval."""
    one = await _waiting(session, person, callback_data.id)
    if one is None:
        await _gone(callback, session, person)
    else:
        await replace(callback, await whole_applicant(session, one, now))


@router.callback_query(OnApplicant.filter(F.act == ApplicantAct.ASK_REFUSE))
async def ask_refuse(
    callback: CallbackQuery, callback_data: OnApplicant, session: Session, person: Person
) -> None:
    """Ask whether to refuse with a reason; below, since the card changes by itself."""
    one = await _waiting(session, person, callback_data.id)
    if one is None:
        await _gone(callback, session, person)
    else:
        await follow(callback, board.ask_refuse_screen(one), toast="")


@router.callback_query(OnApplicant.filter(F.act == ApplicantAct.REFUSE_WITH_REASON))
async def refuse_with_reason(
    callback: CallbackQuery, callback_data: OnApplicant, **data: Any
) -> None:
    """Ask for the reason."""
    ctx = FormContext.of(data)
    await start_form(forms.REFUSE, callback, ctx, prefill={"request": callback_data.id})


@router.callback_query(OnApplicant.filter(F.act == ApplicantAct.APPROVE))
async def let_in(
    callback: CallbackQuery,
    callback_data: OnApplicant,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Approve; the volunteer's command menu grows."""
    outcome = await approve(session, person, callback_data.id, now=now)
    if outcome is DecisionOutcome.APPROVED:
        await renew_menu(session, bot, callback_data.id)
    await _show(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(OnApplicant.filter(F.act == ApplicantAct.REFUSE))
async def turn_away(
    callback: CallbackQuery,
    callback_data: OnApplicant,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Refuse without a reason."""
    outcome = await refuse(session, person, callback_data.id, now=now)
    await _show(callback, session, person, callback_data.id, now, outcome)


async def _show(
    callback: CallbackQuery,
    session: Session,
    person: Person,
    person_id: int,
    now: datetime,
    outcome: DecisionOutcome,
) -> None:
    await toast(callback, said(outcome), alert=outcome not in DECIDED)
    one = await application(session, person_id)
    may = person.may_anywhere(Right.APPROVE_VOLUNTEERS)
    if one is None or not may or outcome is DecisionOutcome.NOT_ALLOWED:
        await _gone(callback, session, person)
    else:
        await replace(callback, await whole_applicant(session, one, now))


async def _waiting(session: Session, person: Person, person_id: int) -> Application | None:
    """Return an application that waits for this reader, nobody else's."""
    found = await applications(session, person, limit=200)
    return next((one for one in found if one.person_id == person_id), None)


async def _gone(callback: CallbackQuery, session: Session, person: Person) -> None:
    await toast(callback, said(DecisionOutcome.ALREADY), alert=True)
    waiting = await applications(session, person)
    await replace(callback, board.applicants_screen(waiting))
