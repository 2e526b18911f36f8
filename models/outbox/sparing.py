"""What may wait for somebody who wants to be left alone, and until when it does.

When something may leave is decided where it is queued: the sender asks for nothing but that.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, or_, select, update

from models.base import table_of
from models.database import Session, selected
from models.hours.rules.sparing import Spared, rings_at
from models.outbox.kinds import Waits, that_wait, waits_of
from models.outbox.rules import LAST_IN_QUIET, Lane, State
from models.outbox.tables import OutboxRow
from models.people.tables import PersonRow
from models.policy.current import policy_of

AT_ONCE = 1000
"""Ids in one statement: SQLite takes 32,766 values at the most."""

_people = table_of(PersonRow)
_has_wishes = or_(_people.c.paused_until.is_not(None), _people.c.quiet_from.is_not(None))
"""Written as the index has it, or SQLite would go through everybody."""
_SPARED = select(
    _people.c.id, _people.c.paused_until, _people.c.quiet_from, _people.c.quiet_until
).where(
    _has_wishes, or_(_people.c.paused_until > bindparam("now"), _people.c.quiet_from.is_not(None))
)


def may_wait(kind: str, lane: Lane) -> bool:
    """Return whether a notice waits while its reader wants to be left alone."""
    return waits_of(kind) is not Waits.NEVER and lane > LAST_IN_QUIET


def _rings(session: Session, spared: Spared, now: datetime, *, by_a_date: bool) -> datetime:
    wanted = replace(spared, paused_until=None) if by_a_date else spared
    return rings_at(now, wanted, policy_of(session).quiet)


def leaves_at(session: Session, kind: str, lane: Lane, spared: Spared, now: datetime) -> datetime:
    """Return when a notice that is queued now may leave."""
    if not may_wait(kind, lane):
        return now
    return _rings(session, spared, now, by_a_date=waits_of(kind) is Waits.AT_NIGHT)


async def put_off(session: Session, kinds: Iterable[str], lane: Lane, now: datetime) -> None:
    """Let what was queued at this instant for many wait, for the few who want to be left alone."""
    waiting = [kind for kind in kinds if may_wait(kind, lane)]
    rows = await selected(session, _SPARED, {"now": now}) if waiting else []
    readers: dict[datetime, list[int]] = defaultdict(list)
    by_a_date = {waits_of(kind) for kind in waiting} == {Waits.AT_NIGHT}
    for person_id, *wanted in map(tuple, rows):
        at = _rings(session, Spared(*wanted), now, by_a_date=by_a_date)
        readers[at].append(person_id)
    for at, ids in readers.items():
        for start in range(0, len(ids), AT_ONCE):
            await session.execute(
                update(OutboxRow)
                .where(
                    OutboxRow.kind.in_(waiting),
                    OutboxRow.recipient_id.in_(ids[start : start + AT_ONCE]),
                    OutboxRow.state == State.QUEUED,
                    OutboxRow.created_at == now,
                    OutboxRow.lane > LAST_IN_QUIET,
                )
                .values(due_at=at)
                .execution_options(synchronize_session=False)
            )


async def put_off_again(session: Session, person_id: int, spared: Spared, now: datetime) -> None:
    """Let what waits for somebody wait until what they have set by now; nothing for longer."""
    for waits in (Waits.ALWAYS, Waits.AT_NIGHT):
        at = _rings(session, spared, now, by_a_date=waits is Waits.AT_NIGHT)
        await session.execute(
            update(OutboxRow)
            .where(
                OutboxRow.kind.in_(that_wait(waits)),
                OutboxRow.recipient_id == person_id,
                OutboxRow.state == State.QUEUED,
                OutboxRow.lane > LAST_IN_QUIET,
                OutboxRow.attempts == 0,
            )
            .values(due_at=at)
            .execution_options(synchronize_session=False)
        )
