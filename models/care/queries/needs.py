"""Reading what homes need."""

from datetime import datetime

from models.care.records import NAME, NEED, open_needs
from models.care.rules.states import NeedMove, NeedState
from models.care.tables import CareHomeRow, CareNeedRow
from models.care.views import NeedView
from models.database import Session
from models.people.views import Person
from models.records.reading import seen
from models.records.rules import Refusal
from models.records.sealed import look_at, opened


async def needs_of(session: Session, home_id: int, *, open_: bool) -> tuple[NeedView, ...]:
    """Return what a home needs still; sealed words for whom the caller has checked alone."""
    return tuple(
        NeedView(
            need.id,
            opened(session, need, "words") if open_ else "",
            opened(session, need, "voice") if open_ else "",
            NeedState(need.state),
            need.noted_at,
            None,
        )
        for need in await open_needs(session, home_id)
    )


async def look_at_needs(
    session: Session,
    reader: Person,
    home: CareHomeRow,
    now: datetime,
    since: datetime | None = None,
) -> None:
    """Write down that somebody reads what a home needs; the caller has checked that they may."""
    for need in await open_needs(session, home.id):
        await _look(session, reader, need, home.person_id, now, since)


async def need_voice(
    session: Session, reader: Person, need_id: int, *, now: datetime
) -> str | Refusal:
    """Return Telegram's file of a need that was spoken, for whom it helps; the look is on record.

    '' where it was written.
    """
    row = await seen(session, NEED, need_id, NeedMove.LOOK, reader, now)
    if isinstance(row, Refusal):
        return row
    home = await session.get_one(CareHomeRow, row.home_id)
    await _look(session, reader, row, home.person_id, now, None)
    return opened(session, row, "voice")


async def _look(
    session: Session,
    reader: Person,
    need: CareNeedRow,
    whose: int,
    now: datetime,
    since: datetime | None,
) -> None:
    subject, names = f"{NAME}.needs", ["words", "voice"]
    await look_at(
        session, reader.id, subject, need, names, concerning_id=whose, now=now, since=since
    )
