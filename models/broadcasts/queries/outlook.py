"""Whom a draft would reach, by building and by way, and how long that takes."""

from datetime import datetime

from sqlalchemy import func, select

from models.broadcasts.draft_views import Outlook
from models.broadcasts.queries.reach import count_by_place, paths_of, people_in
from models.broadcasts.queries.ways import way_of
from models.broadcasts.rules.audience import Audience
from models.broadcasts.rules.kinds import URGENT, Medium, Style, Topic, Way
from models.broadcasts.rules.outlook import run_of
from models.broadcasts.views import BroadcastView
from models.database import Session
from models.names.queries import places_by_id
from models.people.tables import PersonRow
from models.policy.current import policy_of


async def outlook_of(session: Session, view: BroadcastView, now: datetime) -> Outlook:
    """Tell whom a broadcast would reach as things are now; nothing of it is fixed before it goes.

    Whoever may see the broadcast has been let in by who gave the view.
    """
    paths = await paths_of(session, view.audience)
    counts = await count_by_place(session, view.audience, paths)
    places = await places_by_id(session, {place_id for place_id, _count in counts if place_id})
    ways = await _by_way(session, view.audience, view.style, view.topic)
    quiet = None if view.style in URGENT else policy_of(session).quiet
    album = view.content.medium is Medium.ALBUM
    weight = len(view.content.items) + 1 if album else 1
    copies = ways.get(Way.CHAT, 0) + ways.get(Way.PROXY, 0)
    return Outlook(
        sum(ways.values()),
        ways,
        tuple((places.get(place_id or 0), count) for place_id, count in counts),
        run_of(view.start_at or now, copies, quiet, weight=weight),
    )


async def _by_way(
    session: Session, audience: Audience, style: Style, topic: Topic
) -> dict[Way, int]:
    people = people_in(audience, await paths_of(session, audience)).subquery()
    way = way_of(style, topic)
    rows = await session.execute(
        select(way, func.count())
        .select_from(PersonRow)
        .where(PersonRow.id.in_(select(people.c.id)))
        .group_by(way)
    )
    return {Way(name): count for name, count in rows.all()}
