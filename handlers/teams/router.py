"""Teams: the list, one of them, joining and leaving, who is in it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.form import FormContext, start_form
from handlers.records.acts import ActTable, serve
from handlers.records.said import is_good, said
from handlers.screen import Screen
from handlers.show import answer, renewed, replace, toast
from handlers.teams import forms, notices, screens
from handlers.teams.callbacks import (
    FoundTeam,
    OnTeam,
    OnTeamMember,
    RosterOfTeam,
    TeamAct,
    TeamMemberAct,
    ToTeams,
)
from models.database import Session
from models.people.desks import place_of_desk
from models.people.rules import Right
from models.people.views import Person
from models.records.rules import Refusal
from models.teams.actions import admit, end, join, leave, name_lead, remove
from models.teams.queries import NAME, roster_of, team, teams_around
from models.teams.rules import TeamOutcome

__all__ = ["notices", "router"]

router = Router(name="teams")

TEAM = ActTable(
    NAME,
    team,
    screens.team_screen,
    opens=TeamAct.OPEN,
    does={TeamAct.JOIN: join, TeamAct.LEAVE: leave, TeamAct.END: end},
    asks={TeamAct.ASK_LEAVE: screens.leave_screen, TeamAct.ASK_END: screens.end_screen},
)
serve(router, OnTeam, TEAM)

LED = ActTable(
    NAME,
    roster_of,
    screens.roster_screen,
    opens=TeamAct.ROSTER,
    writes={TeamAct.WRITE: forms.WRITE, TeamAct.AIM: forms.AIM},
)
"""What the leads of a team do, and the desk; nobody else sees who is in it."""
serve(router, OnTeam, LED)


ON_MEMBER: dict[TeamMemberAct, Callable[..., Awaitable[StrEnum]]] = {
    TeamMemberAct.ADMIT: partial(admit, take_in=True),
    TeamMemberAct.DECLINE: partial(admit, take_in=False),
    TeamMemberAct.LEAD: partial(name_lead, lead=True),
    TeamMemberAct.NO_LEAD: partial(name_lead, lead=False),
    TeamMemberAct.REMOVE: remove,
}


async def _list(session: Session, person: Person, page: int, now: datetime) -> Screen:
    found = await teams_around(session, person, page)
    return screens.teams_screen(found, now, founds=person.may_anywhere(Right.WORK_DESK))


@router.message(Command("teams"))
async def teams(message: Message, session: Session, person: Person, now: datetime) -> None:
    """List the teams where somebody lives."""
    await answer(message, await _list(session, person, 0, now))


@router.callback_query(ToTeams.filter())
async def turn(
    callback: CallbackQuery, callback_data: ToTeams, session: Session, person: Person, now: datetime
) -> None:
    """Show a page of the teams."""
    await replace(callback, await _list(session, person, callback_data.page, now))


@router.callback_query(FoundTeam.filter())
async def begin(callback: CallbackQuery, **data: Any) -> None:
    """Ask what team is to be founded, of somebody who may found one."""
    ctx = FormContext.of(data)
    if await place_of_desk(ctx.session, ctx.actor) is None:
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
    else:
        await start_form(forms.FOUND, callback, ctx)


@router.callback_query(RosterOfTeam.filter())
async def turn_roster(
    callback: CallbackQuery,
    callback_data: RosterOfTeam,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show a page of who is in a team."""
    view = await LED.seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await replace(callback, screens.roster_screen(view, now, callback_data.page))


@router.callback_query(OnTeamMember.filter())
async def on_member(
    callback: CallbackQuery,
    callback_data: OnTeamMember,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show somebody on a team's list to its leads, or do with them what was tapped."""
    one = callback_data
    if one.act in ON_MEMBER:
        outcome = await ON_MEMBER[one.act](session, person, one.id, one.person, now=now)
        await toast(callback, said(outcome, NAME), alert=not is_good(outcome, NAME))
        if await renewed(callback, session, now):
            return
    roster = await LED.seen(callback, session, person, one.id, now)
    if roster is None:
        return
    member = roster.member(one.person)
    if member is not None:
        await replace(callback, screens.member_screen(roster, member))
        return
    if one.act is TeamMemberAct.OPEN:
        await toast(callback, said(TeamOutcome.NOT_IN_IT), alert=True)
    await replace(callback, screens.roster_screen(roster, now))
