"""Time given at shifts and call-ups, credited on the word of whoever led them."""

from collections.abc import Sequence
from datetime import datetime

from models.database import Session
from models.savings.actions.crediting import credit
from models.savings.actions.ledger import hold
from models.savings.rules import CauseKind
from models.seats.views import TimeGiven


async def worked_shift(
    session: Session, given: Sequence[TimeGiven], *, confirmed_by: int, now: datetime
) -> None:
    """Credit who worked on a shift."""
    await _credit_all(session, CauseKind.SHIFT, given, confirmed_by, now)


async def came_to_site(
    session: Session, given: Sequence[TimeGiven], *, confirmed_by: int, now: datetime
) -> None:
    """Credit who was at the site of a call-up."""
    await _credit_all(session, CauseKind.CALLUP, given, confirmed_by, now)


async def _credit_all(
    session: Session,
    kind: CauseKind,
    given: Sequence[TimeGiven],
    confirmed_by: int,
    now: datetime,
) -> None:
    """Credit all of them, their accounts held in one order before the first."""
    await hold(session, [one.person_id for one in given])
    for one in given:
        await credit(
            session,
            giver_id=one.person_id,
            minutes=one.minutes,
            kind=kind,
            cause_id=one.cause_id,
            confirmed_by=confirmed_by,
            now=now,
            done_at=one.done_at,
        )
