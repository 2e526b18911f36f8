"""Having a broadcast go: approval, pause, correction, recall."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.broadcasts import going_forms, notices
from handlers.broadcasts.callbacks import OnBroadcast, OpenBroadcast
from handlers.broadcasts.going_words import APPROVED_FIRST, HAND_IN, QUESTIONS, YES, said
from handlers.broadcasts.opening import card_of
from handlers.broadcasts.screens.card import one_language, starts
from handlers.broadcasts.screens.parts import held_at_night
from handlers.form import FormContext, start_form
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, inline
from handlers.show import replace, toast
from handlers.text import joined, paragraphs
from models.broadcasts.actions import correcting, sending
from models.broadcasts.queries.copies import broadcast_view
from models.broadcasts.queries.reach import outlook_of
from models.broadcasts.rules.notices import Style
from models.broadcasts.rules.outcomes import Outcome
from models.broadcasts.rules.sending import BroadcastPolicy
from models.broadcasts.rules.states import Move, needs_approval
from models.broadcasts.views import BroadcastView
from models.database import Session
from models.people.views import Person
from models.policy.current import policy_of

__all__ = ["notices", "router"]

router = Router(name="broadcasts.sending")

Act = Callable[..., Awaitable[Outcome]]

SEEN: dict[str, Act] = {Move.ASK: sending.ask, Move.APPROVE: sending.approve}
"""Moves that hold for the version that was seen."""

ACTS: dict[str, Act] = {
    Move.TEST: sending.test,
    Move.TAKE_BACK: sending.take_back,
    Move.PAUSE: sending.pause,
    Move.RESUME: sending.resume,
    Move.CANCEL: sending.cancel,
    Move.RECALL: correcting.recall,
}
FORMS = {Move.SEND_BACK: going_forms.SEND_BACK, Move.CORRECT: going_forms.CORRECT}
HANDLED = {*SEEN, *ACTS, *FORMS}


@router.callback_query(OnBroadcast.filter(F.move.in_(set(FORMS))))
async def begin_form(callback: CallbackQuery, callback_data: OnBroadcast, **data: Any) -> None:
    """Ask for the words first; who may not is told so before."""
    ctx = FormContext.of(data)
    person: Person = data["person"]
    view = await broadcast_view(ctx.session, person, callback_data.id)
    move = Move(callback_data.move)
    if view is None or move not in view.moves:
        why = Outcome.MISSING if view is None else Outcome.TOO_LATE
        await toast(callback, said(why), alert=True)
        return
    await start_form(FORMS[move], callback, ctx, prefill={"broadcast": callback_data.id})


@router.callback_query(OnBroadcast.filter(F.move.in_(set(QUESTIONS)) & ~F.sure))
async def ask_first(
    callback: CallbackQuery,
    callback_data: OnBroadcast,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Ask before doing what cannot be undone; what is to go says when it goes."""
    view = await broadcast_view(session, person, callback_data.id)
    if view is None or Move(callback_data.move) not in view.moves:
        why = Outcome.MISSING if view is None else Outcome.TOO_LATE
        await toast(callback, said(why), alert=True)
        return
    limit = policy_of(session, BroadcastPolicy).second_pair_over
    handed_in = needs_approval(view.style, view.heads, limit)
    goes = ""
    if callback_data.move in SEEN:
        outlook = await outlook_of(session, view, now)
        goes = joined(starts(view, now), held_at_night(outlook.run, now))
    await replace(callback, _question(callback_data, view, goes, handed_in=handed_in))


@router.callback_query(OnBroadcast.filter(F.move.in_(HANDLED)))
async def act(
    callback: CallbackQuery,
    callback_data: OnBroadcast,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Do it, and show the broadcast as it stands then."""
    broadcast_id, move = callback_data.id, callback_data.move
    if move in SEEN:
        version = callback_data.version
        outcome = await SEEN[move](session, person, broadcast_id, version, now=now)
    else:
        outcome = await ACTS[move](session, person, broadcast_id, now=now)
    card = await card_of(session, person, broadcast_id, now, said(outcome))
    if card is None:
        await toast(callback, said(outcome), alert=True)
        return
    await replace(callback, card)


def _question(pressed: OnBroadcast, view: BroadcastView, goes: str, *, handed_in: bool) -> Screen:
    """Ask whether to do it; an emergency is asked about in its own colour, and says once more
    that some may not understand it."""
    move = Move(pressed.move)
    question, yes = QUESTIONS[move], YES[move]
    if move is Move.ASK and handed_in:
        question, yes = APPROVED_FIRST, HAND_IN
    sure = pressed.model_copy(update={"sure": True})
    back = OpenBroadcast(id=pressed.id)
    urgent = {Style.EMERGENCY: "🔴 ", Style.ROLL_CALL: "🔴 ", Style.DRILL: "🟦 "}
    text = urgent.get(view.style, "") + _(question)
    count = _("👥 {count}").format(count=view.heads)
    language = one_language(view) if move in SEEN else ""
    rows = [[button(_(yes), sure)], [button(_("‹ No, back"), back)]]
    return Screen(paragraphs(text, language, joined(count, goes)), keyboard=inline(*rows))
