"""All routers, in the order in which they are asked."""

from functools import cache
from typing import Any

from aiogram import Router
from aiogram.fsm.storage.base import BaseStorage
from aiogram.methods import TelegramMethod

from handlers import edits, fallback, gate, groups, refused
from handlers.broadcasts.router import router as broadcasts
from handlers.callups.router import router as callups
from handlers.care.router import router as care
from handlers.cars.router import router as cars
from handlers.circle.router import router as circle
from handlers.daychecks.router import router as daychecks
from handlers.desk.router import router as desk
from handlers.digests import notices as digests
from handlers.dispatch import IndexedDispatcher
from handlers.duty.router import router as duty
from handlers.early.router import router as early
from handlers.form.router import router as form
from handlers.gatherings.router import router as gatherings
from handlers.hazards.router import router as hazards
from handlers.help.router import router as help_
from handlers.inspections.router import router as inspections
from handlers.meetings.router import router as meetings
from handlers.orders.router import router as orders
from handlers.outages import notices as outages
from handlers.people.commands import default_commands
from handlers.people.router import router as people
from handlers.places.router import router as places
from handlers.posts.router import router as posts
from handlers.proposals.router import router as proposals
from handlers.registrations.router import router as registrations
from handlers.roles import router as roles
from handlers.rollcalls.router import router as rollcalls
from handlers.savings.router import router as savings
from handlers.settings.peace import router as peace
from handlers.settings.router import router as settings
from handlers.status.router import router as status
from handlers.teams.router import router as teams
from handlers.volunteers.router import router as volunteers
from handlers.votes.router import router as votes

PUSHING = (digests, outages, refused)
"""Rooms that answer nothing and only push: their renderers are entered by importing them."""


def routers() -> tuple[Router, ...]:
    """List the routers: who speaks first stands first.

    `gate` keeps everything below it for people who have registered; `roles.shared` takes contacts
    and forwarded messages while somebody is looked for, before a form could. `daychecks` takes
    “all well” of whoever is asked today, before it is read as a word about a request.
    """
    return (
        groups.router,
        edits.router,
        people,
        gate.router,
        roles.shared,
        form,
        daychecks,
        help_,
        volunteers,
        proposals,
        meetings,
        gatherings,
        teams,
        savings,
        posts,
        registrations,
        cars,
        inspections,
        callups,
        care,
        circle,
        votes,
        broadcasts,
        rollcalls,
        desk,
        orders,
        hazards,
        early,
        duty,
        roles.router,
        places,
        status,
        settings,
        peace,
        fallback.router,
    )


@cache
def dispatcher(storage: BaseStorage) -> IndexedDispatcher:
    """Put the routers into a dispatcher over a storage of conversation states.

    One a process: aiogram ties a router to one dispatcher for good. It holds nothing of a turn.
    """
    found = IndexedDispatcher(storage=storage)
    found.include_routers(*routers())
    return found


def startup_calls() -> list[TelegramMethod[Any]]:
    """List what Telegram is told once at start: the commands that everybody sees."""
    return [*default_commands()]
