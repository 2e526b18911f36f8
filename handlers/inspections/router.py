"""Rounds and walks: the list, a round, a walk point by point, checklists."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.form import FormContext, start_form
from handlers.i18n import gettext as _
from handlers.inspections import forms, notices, screens
from handlers.inspections.callbacks import (
    InspectionRoundAct,
    OnInspectionRound,
    OnPoint,
    OnWalk,
    SetUpRound,
    StepBack,
    ToChecklists,
    ToRounds,
    WalkAct,
    WalkNow,
    WriteChecklist,
)
from handlers.records.acts import ActTable, serve
from handlers.records.said import said
from handlers.screen import Screen
from handlers.show import answer, answer_tables, follow, replace, toast
from models.database import Session
from models.inspections.actions.rounds import (
    end_round,
    excuse_once,
    history_to_print,
    see_missed,
)
from models.inspections.actions.walks import (
    begin_walk,
    drop_walk,
    finish_walk,
    mark_point,
    step_back,
)
from models.inspections.queries import (
    checklists_at,
    community_of,
    places_to_walk,
    round_,
    rounds_page,
    walk,
)
from models.inspections.records import WALKS_NAME
from models.inspections.rules import NAME, InspectionOutcome, WalkMark, WalkMove
from models.inspections.views import WalkView
from models.names.queries import places_by_id
from models.people.rules import Right
from models.people.views import Person
from models.records.rules import Refusal

__all__ = ["notices", "router"]

router = Router(name="inspections")

ROUND = ActTable(
    NAME,
    round_,
    screens.round_screen,
    opens=InspectionRoundAct.OPEN,
    does={
        InspectionRoundAct.EXCUSE: excuse_once,
        InspectionRoundAct.SEE: see_missed,
        InspectionRoundAct.END: end_round,
    },
    writes={InspectionRoundAct.CHOOSE: forms.CHOOSE},
)
serve(router, OnInspectionRound, ROUND)

WALK = ActTable(
    WALKS_NAME,
    walk,
    screens.walk_screen,
    opens=WalkAct.OPEN,
    does={WalkAct.FINISH: finish_walk, WalkAct.DROP: drop_walk},
)
serve(router, OnWalk, WALK)


async def _list(session: Session, person: Person, page: int, now: datetime) -> Screen | None:
    if not person.may_anywhere(Right.WORK_DESK):
        return None
    return screens.rounds_screen(await rounds_page(session, person, page, now=now), now)


@router.message(Command("rounds"))
async def rounds(message: Message, session: Session, person: Person, now: datetime) -> None:
    """List the rounds of somebody's places, and what is half-done."""
    found = await _list(session, person, 0, now)
    await answer(message, found or Screen(_("Rounds are walked by those who work at a desk.")))


@router.callback_query(ToRounds.filter())
async def turn(
    callback: CallbackQuery,
    callback_data: ToRounds,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show a page of the rounds."""
    found = await _list(session, person, callback_data.page, now)
    if found is None:
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
        return
    await replace(callback, found)


@router.callback_query(OnInspectionRound.filter(F.act == InspectionRoundAct.WALK))
async def begins(
    callback: CallbackQuery,
    callback_data: OnInspectionRound,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Begin to walk a round, or go on with the walk that there is: its point comes below."""
    made = await begin_walk(session, person, callback_data.id, now=now)
    if made.walk_id is None:
        await toast(callback, said(made.outcome, NAME), alert=True)
        return
    view = await walk(session, person, made.walk_id, now=now)
    if isinstance(view, WalkView):  # below: a card of the round goes on changing by itself
        await follow(callback, screens.walk_screen(view, now), toast=said(made.outcome, NAME))


@router.callback_query(OnPoint.filter(F.mark == WalkMark.BAD))
async def bad(callback: CallbackQuery, callback_data: OnPoint, **data: Any) -> None:
    """Ask more of a point that is bad; of any other nothing is asked."""
    ctx, one = FormContext.of(data), callback_data
    view = await WALK.seen(callback, ctx.session, ctx.actor, one.id, ctx.now)
    if view is None:
        return
    if WalkMove.MARK not in view.moves:
        await toast(callback, said(Refusal.WRONG_TIME), alert=True)
    elif one.at >= len(view.points) or view.points[one.at].mark is not None:
        outcome = InspectionOutcome.MARKED_ALREADY
        await WALK.done(callback, ctx.session, ctx.actor, one.id, ctx.now, outcome)
    else:
        await start_form(forms.BAD, callback, ctx, prefill={"record": one.id, "at": one.at})


@router.callback_query(OnPoint.filter())
async def marks(
    callback: CallbackQuery, callback_data: OnPoint, session: Session, person: Person, now: datetime
) -> None:
    """Take what is said of a point, and show the next in its place."""
    one = callback_data
    outcome = await mark_point(session, person, one.id, one.at, one.mark, now=now)
    await WALK.done(callback, session, person, one.id, now, outcome)


@router.callback_query(StepBack.filter())
async def back(
    callback: CallbackQuery,
    callback_data: StepBack,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Take back what was said of the point before."""
    outcome = await step_back(session, person, callback_data.id, callback_data.at, now=now)
    await WALK.done(callback, session, person, callback_data.id, now, outcome)


@router.callback_query(SetUpRound.filter())
async def sets_up(callback: CallbackQuery, **data: Any) -> None:
    """Ask what round is to be set up, of somebody who may."""
    await _asks(callback, forms.SET_UP, FormContext.of(data))


@router.callback_query(WalkNow.filter())
async def walks_now(callback: CallbackQuery, **data: Any) -> None:
    """Ask where and by what somebody walks without a round."""
    await _asks(callback, forms.WALK, FormContext.of(data))


async def _asks(callback: CallbackQuery, form: str, ctx: FormContext) -> None:
    if await places_to_walk(ctx.session, ctx.actor):
        await start_form(form, callback, ctx)
    else:
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)


@router.callback_query(ToChecklists.filter())
async def checklists(
    callback: CallbackQuery, callback_data: ToChecklists, session: Session, person: Person
) -> None:
    """List the checklists of a place."""
    places = [one.place_id for one in await places_to_walk(session, person)]
    if not places or callback_data.place not in {0, *places}:
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
        return
    place_id = await community_of(session, callback_data.place or places[0])
    where = (await places_by_id(session, {place_id}))[place_id]
    lines = await checklists_at(session, person, place_id)
    writes = person.may_anywhere(Right.SUPERVISE)
    await replace(
        callback, screens.checklists_screen(where, lines, place_id=place_id, writes=writes)
    )


@router.callback_query(WriteChecklist.filter())
async def writes(callback: CallbackQuery, callback_data: WriteChecklist, **data: Any) -> None:
    """Ask for a checklist, or begin with what it says now; the action asks for the right."""
    ctx, one = FormContext.of(data), callback_data
    if not ctx.actor.may_anywhere(Right.SUPERVISE):
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
        return
    prefill: dict[str, Any] = {"record": one.place, "which": one.which}
    if one.which:
        lines = await checklists_at(ctx.session, ctx.actor, one.place)
        if one.which > len(lines) or not lines[one.which - 1].changes:
            await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
            return
        prefill |= forms.as_it_is(lines[one.which - 1])
    await start_form(forms.CHECKLIST, callback, ctx, prefill=prefill)


@router.callback_query(OnInspectionRound.filter(F.act == InspectionRoundAct.PRINT))
async def send_history(
    callback: CallbackQuery,
    callback_data: OnInspectionRound,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Send what became of a round as a spreadsheet; the look is on record."""
    made = await history_to_print(session, person, callback_data.id, now=now)
    if isinstance(made, Refusal):
        await toast(callback, said(made, NAME), alert=True)
        return
    words = _("What became of this round, time by time.")
    await answer_tables(callback, screens.history_tables(made, now), words)
