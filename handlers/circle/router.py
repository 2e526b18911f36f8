"""Circles: one's own, the ones somebody is in, whom staff are to ring."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.callbacks import Go
from handlers.circle import forms, notices, screens
from handlers.circle import said as sentences
from handlers.circle.callbacks import AskIn, MemberAct, OnMember, ToCircle
from handlers.form import FormContext, start_form
from handlers.records.acts import ActTable, serve
from handlers.records.said import said
from handlers.show import replace, toast
from models.circle import actions, queries
from models.circle.rules import CircleOutcome
from models.circle.views import MemberView
from models.database import Session
from models.daychecks.queries import seen_by_member
from models.people.views import Person
from models.records.rules import Refusal

__all__ = ["notices", "router", "sentences"]

router = Router(name="circle")


async def _agreed(
    session: Session, person: Person, circle_id: int, *, now: datetime
) -> CircleOutcome | Refusal:
    return await actions.note_answer(session, person, circle_id, agrees=True, now=now)


async def _said_no(
    session: Session, person: Person, circle_id: int, *, now: datetime
) -> CircleOutcome | Refusal:
    return await actions.note_answer(session, person, circle_id, agrees=False, now=now)


MEMBER = ActTable(
    queries.NAME,
    queries.member,
    screens.member_screen,
    does={
        MemberAct.AGREE: actions.agree,
        MemberAct.DECLINE: actions.decline,
        MemberAct.STEP_OUT: actions.step_out,
        MemberAct.NOTE: _agreed,
        MemberAct.NOTE_NO: _said_no,
    },
    asks={MemberAct.SURE: screens.sure_screen, MemberAct.SURE_OUT: screens.sure_out_screen},
)
serve(router, OnMember, MEMBER)


@router.callback_query(Go.filter(F.to == "circle"))
@router.callback_query(ToCircle.filter())
async def show_circle(callback: CallbackQuery, callback_data: Go | ToCircle, **data: Any) -> None:
    """Show one's circle, or that of somebody one speaks for."""
    ctx = FormContext.of(data)
    whom = callback_data.whom if isinstance(callback_data, ToCircle) else None
    if isinstance(why := await queries.my_circle(ctx.session, ctx.actor, whom=whom), Refusal):
        await toast(callback, said(why), alert=True)
    else:
        await replace(callback, await forms.circle_of(ctx, whom))


@router.callback_query(AskIn.filter())
async def ask_in(callback: CallbackQuery, callback_data: AskIn, **data: Any) -> None:
    """Ask whom to name."""
    ctx = FormContext.of(data)
    whose = callback_data.whom or ctx.actor.id
    await start_form(forms.NAME, callback, ctx, prefill={"record": whose})


@router.callback_query(OnMember.filter(F.act == MemberAct.OPEN))
async def open_member(
    callback: CallbackQuery,
    callback_data: OnMember,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show one member; whoever is in a circle sees of today that all is well, or not yet."""
    view = await MEMBER.seen(callback, session, person, callback_data.id, now)
    if view is not None:
        sees = None
        if view.mine:
            sees = await seen_by_member(session, person, view.whose.id, now=now)
        await replace(callback, screens.member_screen(view, now, sees=sees), toast="")


@router.callback_query(OnMember.filter(F.act == MemberAct.SOONER))
async def ask_sooner(
    callback: CallbackQuery, callback_data: OnMember, person: Person, **data: Any
) -> None:
    """Ask a member one place sooner."""
    ctx = FormContext.of({**data, "person": person})
    view = await MEMBER.seen(callback, ctx.session, person, callback_data.id, ctx.now)
    if view is None:
        return
    whom = None if view.whose.id == person.id else view.whose.id
    members = await queries.my_circle(ctx.session, person, whom=whom)
    if isinstance(members, Refusal):
        await toast(callback, said(members), alert=True)
        return
    outcome = await actions.put_in_order(
        ctx.session, person, sooner(members, view.id), now=ctx.now, whom=whom
    )
    await replace(callback, await forms.circle_of(ctx, whom), toast=said(outcome))


@router.callback_query(OnMember.filter(F.act == MemberAct.REMOVE))
async def remove(
    callback: CallbackQuery, callback_data: OnMember, person: Person, **data: Any
) -> None:
    """Take a member out, and show the circle without them."""
    ctx = FormContext.of({**data, "person": person})
    view = await MEMBER.seen(callback, ctx.session, person, callback_data.id, ctx.now)
    if view is None:
        return
    outcome = await actions.remove(ctx.session, person, view.id, now=ctx.now)
    if view.owned:
        await replace(callback, await forms.circle_of(ctx, view.whose.id), toast=said(outcome))
    else:
        await toast(callback, said(outcome), alert=True)


@router.callback_query(OnMember.filter(F.act == MemberAct.KEY))
async def set_key(
    callback: CallbackQuery,
    callback_data: OnMember,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Say whether a member has a key."""
    view = await MEMBER.seen(callback, session, person, callback_data.id, now)
    if view is not None:
        turned = not view.has_key
        outcome = await actions.set_key(session, person, view.id, has_key=turned, now=now)
        await MEMBER.done(callback, session, person, view.id, now, outcome)


@router.callback_query(OnMember.filter(F.act == MemberAct.RING))
async def show_number(
    callback: CallbackQuery,
    callback_data: OnMember,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show whom to ring; the look is on record."""
    view = await MEMBER.seen(callback, session, person, callback_data.id, now)
    if view is None:
        return
    shown = await actions.phone_of(session, person, view.id, now=now)
    if isinstance(shown, Refusal):
        await toast(callback, said(shown), alert=True)
    else:
        await replace(callback, screens.number_screen(view, shown))


def sooner(members: list[MemberView], circle_id: int) -> list[int]:
    """Return the order in which one member stands one place further in front."""
    order = [one.id for one in members]
    place = order.index(circle_id) if circle_id in order else 0
    if place > 0:
        order[place - 1], order[place] = order[place], order[place - 1]
    return order
