"""Whether somebody comes: the answers of holders and residents."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.help.callbacks import Came, Coming, HowItStands, Stands
from handlers.help.screens.card import gone_screen
from handlers.help.screens.coming import coming_screen, has_come_screen, visit_screen
from handlers.help.screens.outcomes import said
from handlers.i18n import gettext as _
from handlers.show import replace, toast
from models.database import Session
from models.help.actions import (
    confirm_coming,
    nobody_came,
    on_my_way,
    report_done,
    somebody_came,
)
from models.help.queries.told import told
from models.help.queries.volunteer import offer_card
from models.help.rules.outcomes import ConfirmOutcome, DoneOutcome, VisitOutcome, WorkOutcome
from models.people.views import Person

router = Router(name="help.coming")

GOOD = {
    ConfirmOutcome.CONFIRMED,
    ConfirmOutcome.HANDED_BACK,
    WorkOutcome.ON_WAY,
    DoneOutcome.ALL_DONE,
    DoneOutcome.PART_DONE,
    VisitOutcome.CAME,
}
"""What a passing word is enough for; anything else stays on the screen until it is read."""


@router.callback_query(Coming.filter())
async def still_coming(
    callback: CallbackQuery, callback_data: Coming, session: Session, person: Person, now: datetime
) -> None:
    """Take the answer to 'still coming?'."""
    outcome = await confirm_coming(
        session, person, callback_data.id, coming=callback_data.yes, now=now
    )
    await toast(callback, said(outcome), alert=outcome not in GOOD)
    card = await offer_card(session, person.id, callback_data.id)
    screen = coming_screen(card, now, late=False) if card else gone_screen(said(outcome))
    await replace(callback, screen)


@router.callback_query(Stands.filter(F.how == HowItStands.ON_WAY))
async def gone(
    callback: CallbackQuery, callback_data: Stands, session: Session, person: Person, now: datetime
) -> None:
    """Take it that a holder is on the way."""
    outcome = await on_my_way(session, person, callback_data.id, now=now)
    await toast(callback, said(outcome), alert=outcome not in GOOD)
    await _show_visit(callback, session, person, callback_data.id, now, said(outcome))


@router.callback_query(Stands.filter(F.how == HowItStands.DONE))
async def done(
    callback: CallbackQuery, callback_data: Stands, session: Session, person: Person, now: datetime
) -> None:
    """Take it that a holder's part is done."""
    outcome = await report_done(session, person, callback_data.id, now=now)
    await toast(callback, said(outcome), alert=outcome not in GOOD)
    await _show_visit(callback, session, person, callback_data.id, now, said(outcome))


@router.callback_query(Came.filter(F.came))
async def is_here(
    callback: CallbackQuery, callback_data: Came, session: Session, person: Person, now: datetime
) -> None:
    """Take the resident's word that somebody has come."""
    outcome = await somebody_came(
        session, person, callback_data.id, callback_data.person_id, now=now
    )
    await _answered(callback, callback_data, session, person, now, outcome)


@router.callback_query(Came.filter(~F.came))
async def is_not_here(
    callback: CallbackQuery, callback_data: Came, session: Session, person: Person, now: datetime
) -> None:
    """Take the resident's word that somebody has not come."""
    outcome = await nobody_came(
        session,
        person,
        callback_data.id,
        words=_("Nobody came."),
        now=now,
        person_id=callback_data.person_id,
    )
    await _answered(callback, callback_data, session, person, now, outcome)


async def _answered(
    callback: CallbackQuery,
    tapped: Came,
    session: Session,
    person: Person,
    now: datetime,
    outcome: VisitOutcome,
) -> None:
    await toast(callback, said(outcome), alert=outcome not in GOOD)
    seen = await told(session, person.id, tapped.id, now=now)
    if seen is None:
        await replace(callback, gone_screen(said(outcome)))
        return
    await replace(callback, has_come_screen(seen.view, {"person": tapped.person_id}))


async def _show_visit(
    callback: CallbackQuery,
    session: Session,
    person: Person,
    request_id: int,
    now: datetime,
    otherwise: str,
) -> None:
    card = await offer_card(session, person.id, request_id)
    screen = visit_screen(card, now, late=False) if card else gone_screen(otherwise)
    await replace(callback, screen)
