"""What was told in confidence is kept, and told to whom it belongs."""

from datetime import datetime

from sqlalchemy import select, update

from models.care.concerns import CONCERN, hearers
from models.care.rules.notices import Notice, Reminder
from models.care.rules.plans import WORDS_LENGTH, CarePolicy
from models.care.rules.states import Concern, ConcernState
from models.care.tables import CareConcernRow, CareFollowUpRow, CareHomeRow, CareReportRow
from models.database import Session
from models.policy.current import policy_of
from models.records.changing import RecordChange
from models.records.sealed import sealed
from models.routines.tables import OccasionRow
from models.text import clean_text


async def open_concern(
    session: Session,
    home: CareHomeRow,
    kind: Concern,
    about_id: int | None,
    now: datetime,
    occasion: OccasionRow | None = None,
    words: str = "",
    voice: str = "",
    told_by: int | None = None,
) -> CareConcernRow:
    """Keep what was told in confidence, and tell whom it belongs to; never whom it is about.

    About one occasion a kind is open once.
    """
    if occasion is not None and (known := await _open_about(session, kind, occasion)):
        return known
    row = CareConcernRow(
        home_id=home.id,
        about_id=about_id,
        told_by=told_by,
        occasion_id=None if occasion is None else occasion.id,
        kind=kind,
        state=ConcernState.OPEN,
        opened_at=now,
        due_at=now + policy_of(session, CarePolicy).concern_within,
    )
    session.add(row)
    await session.flush()
    row.words = sealed(session, row, "words", clean_text(words, WORDS_LENGTH))
    row.voice = sealed(session, row, "voice", voice)
    change = RecordChange(session, CONCERN, row, None, now)
    await change.remind(Reminder.CONCERN, row.due_at)
    await change.tell(Notice.CONCERN, await hearers(session, row))
    return row


async def _open_about(
    session: Session, kind: Concern, occasion: OccasionRow
) -> CareConcernRow | None:
    return await session.scalar(
        select(CareConcernRow).where(
            CareConcernRow.occasion_id == occasion.id,
            CareConcernRow.kind == kind,
            CareConcernRow.state == ConcernState.OPEN,
        )
    )


async def forget_told(session: Session, home_id: int) -> None:
    """Erase what a home told in confidence, what was reported of it, and what was said after."""
    theirs = select(CareConcernRow.id).where(CareConcernRow.home_id == home_id)
    await session.execute(
        update(CareReportRow)
        .where(CareReportRow.concern_id.in_(theirs))
        .values(report=None, voice=None, sent_back=None)
    )
    await session.execute(
        update(CareFollowUpRow)
        .where(CareFollowUpRow.home_id == home_id)
        .values(words=None, voice=None)
    )
    await session.execute(
        update(CareConcernRow)
        .where(CareConcernRow.home_id == home_id)
        .values(words=None, voice=None)
    )
