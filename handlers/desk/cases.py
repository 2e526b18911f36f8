"""Requests at the desk: the list, one in full, and every act on it."""

from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery

from handlers.desk import forms
from handlers.desk.board import show_board
from handlers.desk.callbacks import (
    Assign,
    CancelCase,
    CaseAct,
    Exchange,
    HandOver,
    OnCase,
    OpenCase,
)
from handlers.desk.screens import case as screens
from handlers.form import FormContext, start_form
from handlers.help.screens.outcomes import said
from handlers.i18n import gettext as _
from handlers.media import send_media
from handlers.screen import Screen
from handlers.show import follow, replace, toast
from models.database import Session
from models.help.actions.closing import reopen, resident_verdict
from models.help.actions.contact import see_contact
from models.help.actions.deadlines import go_on
from models.help.actions.desk import ask_again, assign, exchange, hand_over, take_over
from models.help.actions.filing import cancel_request
from models.help.actions.visits import nobody_came
from models.help.queries.desk import desk_view, staff_choices, volunteer_choices
from models.help.rules.outcomes import (
    ArrivalOutcome,
    CancelOutcome,
    DeskOutcome,
    Refusal,
    ReopenOutcome,
    VerdictOutcome,
)
from models.help.rules.states import State
from models.help.views import RequestView
from models.people.views import Person

router = Router(name="desk.cases")


WELL_DONE = {
    DeskOutcome.TAKEN_OVER,
    DeskOutcome.HANDED_OVER,
    DeskOutcome.ASSIGNED,
    DeskOutcome.TAKEN_ON,
    DeskOutcome.ASKED_AGAIN,
    DeskOutcome.RESUMED,
    CancelOutcome.CANCELLED,
    VerdictOutcome.CLOSED,
    VerdictOutcome.UNSOLVED,
    ArrivalOutcome.RECORDED,
    ReopenOutcome.REOPENED,
}
"""What a passing word is enough for."""

SMALL_FORMS = {
    CaseAct.NOTE: forms.NOTE,
    CaseAct.ANSWER: forms.ANSWER,
    CaseAct.OTHER_REASON: forms.REASON,
    CaseAct.WAIT: forms.WAIT,
}


@router.callback_query(OpenCase.filter())
async def open_case(
    callback: CallbackQuery,
    callback_data: OpenCase,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Open a request, in place or below a card that changes by itself."""
    view = await desk_view(session, person, callback_data.id, now=now)
    if isinstance(view, Refusal):
        await toast(callback, said(view), alert=True)
    elif callback_data.below:
        await follow(callback, screens.case_screen(view, now, person.id), toast="")
    else:
        await replace(callback, screens.case_screen(view, now, person.id))


@router.callback_query(OnCase.filter(F.act == CaseAct.HISTORY))
async def show_history(
    callback: CallbackQuery, callback_data: OnCase, session: Session, person: Person, now: datetime
) -> None:
    """Tell the whole story."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await replace(callback, screens.history_screen(view, now))


@router.callback_query(OnCase.filter(F.act == CaseAct.ASK_HAND_OVER))
async def ask_hand_over(
    callback: CallbackQuery, callback_data: OnCase, session: Session, person: Person, now: datetime
) -> None:
    """Choose to whom a request is handed over."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is not None:
        choices = await staff_choices(session, person, callback_data.id)
        await replace(callback, screens.choose_staff_screen(view, choices))


@router.callback_query(OnCase.filter(F.act == CaseAct.ASK_ASSIGN))
async def ask_assign(
    callback: CallbackQuery, callback_data: OnCase, session: Session, person: Person, now: datetime
) -> None:
    """Choose who is asked to come."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is not None:
        choices = await volunteer_choices(session, person, callback_data.id, now=now)
        await replace(callback, screens.choose_volunteer_screen(view, choices))


@router.callback_query(OnCase.filter(F.act == CaseAct.ASK_CANCEL))
async def ask_cancel(
    callback: CallbackQuery, callback_data: OnCase, session: Session, person: Person, now: datetime
) -> None:
    """Ask why a request is called off."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await replace(callback, screens.ask_cancel_screen(view))


@router.callback_query(OnCase.filter(F.act == CaseAct.CONTACT))
async def door_and_phone(
    callback: CallbackQuery, callback_data: OnCase, session: Session, person: Person, now: datetime
) -> None:
    """Show door and phone; the look is recorded."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is None:
        return
    contact = await see_contact(session, person, callback_data.id, now=now)
    if isinstance(contact, Refusal):
        await toast(callback, said(contact), alert=True)
    else:
        await replace(callback, screens.contact_screen(contact, view))


@router.callback_query(OnCase.filter(F.act == CaseAct.MEDIA))
async def show_media(
    callback: CallbackQuery,
    callback_data: OnCase,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Send what came with the request and with 'done'."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await send_media(callback, bot, [*view.media, *view.evidence])


@router.callback_query(OnCase.filter(F.act.in_(set(SMALL_FORMS))))
async def write(callback: CallbackQuery, callback_data: OnCase, **data: Any) -> None:
    """Ask for a note, an answer or a reason."""
    ctx, form = FormContext.of(data), SMALL_FORMS[callback_data.act]
    await start_form(form, callback, ctx, prefill={"request": callback_data.id})


@router.callback_query(OnCase.filter(F.act == CaseAct.TAKE_OVER))
async def take(
    callback: CallbackQuery, callback_data: OnCase, session: Session, person: Person, now: datetime
) -> None:
    """Become the owner."""
    outcome = await take_over(session, person, callback_data.id, now=now)
    await _show(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(OnCase.filter(F.act == CaseAct.ASK_AGAIN))
async def again(
    callback: CallbackQuery, callback_data: OnCase, session: Session, person: Person, now: datetime
) -> None:
    """Have volunteers asked anew."""
    outcome = await ask_again(session, person, callback_data.id, now=now)
    await _show(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(OnCase.filter(F.act == CaseAct.NOBODY_CAME))
async def nobody(
    callback: CallbackQuery, callback_data: OnCase, session: Session, person: Person, now: datetime
) -> None:
    """Write down that nobody came, as the resident says on the telephone."""
    words = _("Nobody came.")
    outcome = await nobody_came(session, person, callback_data.id, words=words, now=now)
    await _show(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(OnCase.filter(F.act == CaseAct.GO_ON))
async def wait_no_longer(
    callback: CallbackQuery, callback_data: OnCase, session: Session, person: Person, now: datetime
) -> None:
    """Let the clocks run again."""
    outcome = await go_on(session, person, callback_data.id, now=now)
    await _show(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(OnCase.filter(F.act == CaseAct.UNSOLVED))
async def not_solved(
    callback: CallbackQuery,
    callback_data: OnCase,
    session: Session,
    person: Person,
    now: datetime,
    **data: Any,
) -> None:
    """Ask what they say is wrong, before anybody is ordered to put it right."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is None:
        return
    if view.may_say_unsolved and view.line.state is not State.UNSOLVED:
        ctx = FormContext.of({"session": session, "person": person, "now": now, **data})
        await start_form(forms.UNSOLVED, callback, ctx, prefill={"request": callback_data.id})
        return
    outcome = await resident_verdict(session, person, callback_data.id, solved=False, now=now)
    await _show(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(OnCase.filter(F.act == CaseAct.SOLVED))
async def solved(
    callback: CallbackQuery, callback_data: OnCase, session: Session, person: Person, now: datetime
) -> None:
    """Write down what the resident said on the phone."""
    outcome = await resident_verdict(session, person, callback_data.id, solved=True, now=now)
    await _show(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(OnCase.filter(F.act == CaseAct.ASK_REOPEN))
async def ask_reopen(
    callback: CallbackQuery, callback_data: OnCase, session: Session, person: Person, now: datetime
) -> None:
    """Ask before opening a closed request again."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is not None:
        screen = screens.ask_reopen_screen(view) if view.may_reopen else None
        await replace(callback, screen or screens.case_screen(view, now, person.id))


@router.callback_query(OnCase.filter(F.act == CaseAct.REOPEN))
async def not_after_all(
    callback: CallbackQuery,
    callback_data: OnCase,
    session: Session,
    person: Person,
    now: datetime,
    **data: Any,
) -> None:
    """Ask what they say is wrong, then open a closed request again."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is None:
        return
    if view.may_reopen:
        ctx = FormContext.of({"session": session, "person": person, "now": now, **data})
        await start_form(forms.REOPEN, callback, ctx, prefill={"request": callback_data.id})
        return
    outcome = await reopen(session, person, callback_data.id, now=now)
    await _show(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(HandOver.filter())
async def pass_on(
    callback: CallbackQuery,
    callback_data: HandOver,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Make somebody else the owner."""
    outcome = await hand_over(session, person, callback_data.id, callback_data.to, now=now)
    await _show(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(Assign.filter())
async def send_somebody(
    callback: CallbackQuery, callback_data: Assign, session: Session, person: Person, now: datetime
) -> None:
    """Give a missing hand to somebody."""
    outcome = await assign(session, person, callback_data.id, callback_data.to, now=now)
    await _show(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(Exchange.filter(F.to.is_(None)))
async def ask_exchange(
    callback: CallbackQuery,
    callback_data: Exchange,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Choose who is asked to come instead of a holder."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is not None:
        choices = await volunteer_choices(session, person, callback_data.id, now=now)
        await replace(callback, screens.choose_instead_screen(view, callback_data.gone, choices))


@router.callback_query(Exchange.filter())
async def send_somebody_else(
    callback: CallbackQuery,
    callback_data: Exchange,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Have somebody else come instead of a holder."""
    request_id, gone, to = callback_data.id, callback_data.gone, callback_data.to or 0
    outcome = await exchange(session, person, request_id, gone, to, now=now)
    await _show(callback, session, person, request_id, now, outcome)


@router.callback_query(CancelCase.filter())
async def call_off(
    callback: CallbackQuery,
    callback_data: CancelCase,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Call a request off for a canned reason."""
    reason = screens.reason_words(callback_data.reason)
    outcome = await cancel_request(session, person, callback_data.id, now=now, reason=reason)
    await _show(callback, session, person, callback_data.id, now, outcome)


async def _show(
    callback: CallbackQuery,
    session: Session,
    person: Person,
    request_id: int,
    now: datetime,
    outcome: DeskOutcome | CancelOutcome | VerdictOutcome | ReopenOutcome | ArrivalOutcome,
) -> None:
    """Say what an act has come to, and show the request as it stands now."""
    await toast(callback, said(outcome), alert=outcome not in WELL_DONE)
    view = await seen(callback, session, person, request_id, now)
    if view is not None:
        await replace(callback, screens.case_screen(view, now, person.id))


async def seen(
    callback: CallbackQuery, session: Session, person: Person, request_id: int, now: datetime
) -> RequestView | None:
    """Return a request of one's desk; else the tap is answered with why not, and the desk shown."""
    view = await desk_view(session, person, request_id, now=now)
    if not isinstance(view, Refusal):
        return view
    await toast(callback, said(view), alert=True)
    board: Screen = await show_board(session, person, now)
    await follow(callback, board)
    return None
