"""Giving the card of a broadcast to somebody, as they may see it."""

from datetime import datetime

from handlers.broadcasts.labels import AudienceNames
from handlers.broadcasts.screens.card import broadcast_card
from handlers.i18n import current_language, ngettext
from handlers.rollcalls.labels import framed
from handlers.screen import Screen
from handlers.text import paragraphs
from models.broadcasts.queries.copies import broadcast_view
from models.broadcasts.queries.recalling import left_behind
from models.broadcasts.rules.audience import Condition
from models.broadcasts.rules.notices import Style
from models.broadcasts.views import BroadcastView
from models.database import Session
from models.people.views import Person
from models.places.queries import lines_of
from models.teams.queries import team_names


async def names_of(session: Session, view: BroadcastView) -> AudienceNames:
    """Name the places and teams of a broadcast's audience, in the language being spoken."""
    wanted = {view.place_id, *(group.place_id for group in view.audience.groups)}
    lines = await lines_of(session, wanted)
    places = {place_id: line.short(current_language()) for place_id, line in lines.items()}
    groups = (*view.audience.joined, *view.audience.left_out)
    teams = [int(group.value) for group in groups if group.who is Condition.TEAM]
    return AudienceNames(places, await team_names(session, teams))


async def card_of(
    session: Session, actor: Person, broadcast_id: int, now: datetime, told: str = ""
) -> Screen | None:
    """Return a broadcast's card, under a sentence on what has just happened; None where there is
    nothing that this person may see."""
    view = await broadcast_view(session, actor, broadcast_id)
    if view is None:
        return None
    told = paragraphs(told, await _left_behind(session, view))
    card = broadcast_card(view, await names_of(session, view), now, told)
    return framed(card, drill=True) if view.style is Style.DRILL else card


async def _left_behind(session: Session, view: BroadcastView) -> str:
    """Say in how many chats a recalled broadcast stays."""
    count = 0 if view.recalled_at is None else await left_behind(session, view.id)
    if not count:
        return ""
    return ngettext(
        "In {count} chat it stays: sent more than 48 hours ago, or its sending is uncertain.",
        "In {count} chats it stays: sent more than 48 hours ago, or its sending is uncertain.",
        count,
    ).format(count=count)
