"""What is kept while a request goes on: media, a point that moves, and word of a delay."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from models.database import Session
from models.help.actions.intake import add_media
from models.help.actions.rows import add_line, claim_of, hats_of, locked
from models.help.actions.tell import tell_resident
from models.help.rules.kinds import Notice
from models.help.rules.outcomes import DeskOutcome, WorkOutcome
from models.help.rules.states import ENDED, HOLDING, LIVE
from models.help.rules.words import MOST_MEDIA, Line
from models.help.tables import LineRow, MediaRow, RequestRow
from models.media import Media, MediaKind
from models.people.views import Person

LATE_MINUTES = range(1, 601)
"""A delay beyond ten hours is no delay: the task is handed back instead."""


async def move_point(
    session: Session,
    actor: Person,
    request_id: int,
    latitude: float,
    longitude: float,
    *,
    now: datetime,
) -> DeskOutcome:
    """Move a point that the actor added to a request (NOTED): they go on sending where they are.

    Of several the nearest one: nobody moves far between two messages. Nobody is told each time;
    whoever looks at the map sees the newest point. EMPTY when no point is theirs.
    """
    request = await locked(session, request_id)
    if request is None:
        return DeskOutcome.MISSING
    mine = await claim_of(session, request, actor.id)
    holds = mine is not None and mine.state in HOLDING
    if not holds and not await hats_of(session, actor, request):
        return DeskOutcome.NOT_ALLOWED
    if request.state in ENDED:
        return DeskOutcome.TOO_LATE
    points = await session.scalars(
        select(MediaRow).where(
            MediaRow.request_id == request.id,
            MediaRow.sent_by == actor.id,
            MediaRow.kind == MediaKind.LOCATION,
        )
    )
    near = min(points, key=lambda row: _apart(row, latitude, longitude), default=None)
    if near is None:
        return DeskOutcome.EMPTY
    near.latitude, near.longitude, request.changed_at = latitude, longitude, now
    return DeskOutcome.NOTED


def _apart(row: MediaRow, latitude: float, longitude: float) -> float:
    return ((row.latitude or 0) - latitude) ** 2 + ((row.longitude or 0) - longitude) ** 2


async def running_late(
    session: Session, actor: Person, request_id: int, *, minutes: int, now: datetime
) -> WorkOutcome:
    """Tell the resident that a holder comes `minutes` later (TOLD_LATE, then ALREADY)."""
    request = await locked(session, request_id)
    if request is None:
        return WorkOutcome.MISSING
    mine = await claim_of(session, request, actor.id)
    holds = mine is not None and mine.state in HOLDING and request.state in LIVE
    if not holds or minutes not in LATE_MINUTES:
        return WorkOutcome.NOT_HOLDER
    detail = {"person": actor.id, "minutes": minutes}
    last = await last_line(session, request)
    if last is not None and (last.what, last.detail) == (Line.LATE, detail):
        return WorkOutcome.ALREADY
    add_line(session, request, Line.LATE, now=now, actor_id=actor.id, detail=detail)
    await tell_resident(session, request, Notice.LATE, now=now, actor_id=actor.id, detail=detail)
    return WorkOutcome.TOLD_LATE


async def last_line(session: Session, request: RequestRow) -> LineRow | None:
    """Give the latest line: a tap that Telegram brings twice would write it a second time."""
    await session.flush()
    return await session.scalar(
        select(LineRow).where(LineRow.request_id == request.id).order_by(LineRow.id.desc()).limit(1)
    )


async def just_said(session: Session, request: RequestRow, actor: Person, words: str) -> bool:
    """Return whether these words are the last thing said about it, by the same person."""
    last = await last_line(session, request)
    return last is not None and (last.what, last.actor_id, last.words) == (
        Line.NOTE,
        actor.id,
        words,
    )


async def keep(session: Session, request: RequestRow, media: Sequence[Media], sent_by: int) -> int:
    """Keep media of a request as far as it has room; return how many were kept."""
    there = select(func.count()).where(MediaRow.request_id == request.id)
    count = await session.scalar(there) or 0
    last = select(func.max(MediaRow.position)).where(MediaRow.request_id == request.id)
    after = await session.scalar(last)
    room = tuple(media)[: max(2 * MOST_MEDIA - count, 0)]
    start = 0 if after is None else after + 1
    add_media(session, request, room, sent_by, evidence=False, after=start)
    return len(room)
