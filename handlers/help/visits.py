"""Whether somebody comes: questions to helper and resident, their answers and notices."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.help.callbacks import Came, Coming, HowItStands, Stands
from handlers.help.notices import NOT_THEIRS, Rendered, renders_card, renders_told
from handlers.help.screens import notices, task, visits
from handlers.help.screens.card import gone_screen
from handlers.help.screens.outcomes import said
from handlers.help.screens.visits import coming_screen, has_come_screen, visit_screen
from handlers.i18n import gettext as _
from handlers.notices import renders
from handlers.screen import Pointless
from handlers.show import replace, toast
from models.database import Session
from models.help.actions.visits import (
    confirm_coming,
    nobody_came,
    on_my_way,
    report_done,
    somebody_came,
)
from models.help.queries.request import told
from models.help.queries.swaps import swap_card
from models.help.queries.volunteer import offer_card
from models.help.rules.notices import Notice as Kind
from models.help.rules.outcomes import ArrivalOutcome, ConfirmOutcome, DoneOutcome, WorkOutcome
from models.help.rules.states import LIVE, Relation
from models.help.views import OfferCard, Told
from models.outbox.views import Notice
from models.people.views import Person

router = Router(name="help.coming")


GOOD = {
    ConfirmOutcome.CONFIRMED,
    ConfirmOutcome.HANDED_BACK,
    WorkOutcome.ON_WAY,
    DoneOutcome.ALL_DONE,
    DoneOutcome.PART_DONE,
    ArrivalOutcome.CAME,
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
    if outcome in GOOD:
        await replace(callback, task.after_done_screen(said(outcome), callback_data.id))
        return
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
    outcome: ArrivalOutcome,
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


@renders_card(Kind.BEFORE_START)
def before_start(notice: Notice, card: OfferCard) -> Rendered:
    """Ask a holder 'still coming?'."""
    return visits.coming_screen(card, notice.now, late=bool(notice.detail.get("late")))


@renders_card(Kind.LET_GO)
def let_go(notice: Notice, card: OfferCard) -> Rendered:
    """Tell a former holder that somebody else is asked."""
    return visits.let_go_screen(card, notice.now)


@renders_card(Kind.VISIT)
def visit(notice: Notice, card: OfferCard) -> Rendered:
    """Ask a holder how it stands."""
    return visits.visit_screen(card, notice.now, late=bool(notice.detail.get("late")))


@renders_told(Kind.HAS_COME)
def has_come(notice: Notice, seen: Told) -> Rendered:
    """Ask the resident whether somebody has come."""
    if Relation.RESIDENT not in seen.relations:
        return NOT_THEIRS
    return visits.has_come_screen(seen.view, notice.detail)


@renders_told(Kind.NOBODY_YET)
def nobody_yet(_notice: Notice, seen: Told) -> Rendered:
    """Tell the resident that nobody is found yet."""
    line = seen.view.line
    if line.state not in LIVE or line.held >= line.hands:
        return Pointless("somebody has been found since")
    return visits.nobody_yet_screen(seen.view)


@renders_told(Kind.SWAPPED)
def swapped(notice: Notice, seen: Told) -> Rendered:
    """Tell the resident who comes now."""
    if seen.view.line.state not in LIVE:
        return Pointless("nobody is awaited any more")
    return notices.resident_screen(seen.view, notices.swapped(seen.view, notice.detail))


@renders(Kind.SWAP)
async def asked_to_swap(session: Session, notice: Notice) -> Rendered:
    """Ask a holder whether they would change tasks."""
    number = int(notice.detail.get("swap") or 0)
    card = await swap_card(session, notice.recipient_id, number, now=notice.now)
    return task.swap_screen(card, notice.now) if card else NOT_THEIRS


@renders(Kind.SWAP_ANSWER)
async def swap_answered(session: Session, notice: Notice) -> Rendered:
    """Tell whoever proposed to change tasks what was answered."""
    number = int(notice.detail.get("swap") or 0)
    card = await swap_card(session, notice.recipient_id, number, now=notice.now)
    return task.answer_screen(card, notice.now) if card else NOT_THEIRS
