"""What was told in confidence: opened, told to whom it belongs, settled, told above when late."""

from datetime import datetime

from models.care.records import CONCERN, hearers
from models.care.rules import (
    WORDS_LENGTH,
    CareOutcome,
    CarePolicy,
    Concern,
    ConcernMove,
    ConcernState,
    Notice,
    Reminder,
)
from models.care.tables import CareConcernRow, CareHomeRow
from models.database import Session
from models.people.views import Person
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin
from models.records.rules import Refusal
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
) -> CareConcernRow:
    """Keep what was told in confidence, and tell whom it belongs to; never whom it is about."""
    row = CareConcernRow(
        home_id=home.id,
        about_id=about_id,
        occasion_id=None if occasion is None else occasion.id,
        kind=kind,
        state=ConcernState.OPEN,
        opened_at=now,
        due_at=now + policy_of(session, CarePolicy).concern_within,
    )
    session.add(row)
    await session.flush()
    row.words = sealed(session, row, "words", clean_text(words, WORDS_LENGTH))
    change = RecordChange(session, CONCERN, row, None, now)
    await change.remind(Reminder.CONCERN, row.due_at)
    await change.tell(Notice.CONCERN, await hearers(session, row))
    return row


async def settle(
    session: Session, actor: Person, concern_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Note that one has seen to a concern (SETTLED): rung both, or found another visitor."""
    change = await begin(session, CONCERN, concern_id, ConcernMove.SETTLE, actor, now)
    if isinstance(change, Refusal):
        return change
    change.row.settled_by, change.row.settled_at = actor.id, now
    change.make(ConcernMove.SETTLE)
    await change.cancel([Reminder.CONCERN], "settled")
    await change.finish()
    return CareOutcome.SETTLED
