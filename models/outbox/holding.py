"""Holding up, letting go and dropping what waits about a subject, in one statement each."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import CursorResult, Update, update

from models.database import Session
from models.outbox.rules import UNSENT_STATES, State
from models.outbox.tables import OutboxRow

Kinds = Iterable[str]


async def hold(session: Session, *, kinds: Kinds, subject_id: int) -> int:
    """Hold up every message of these kinds that waits; give how many.

    Once this transaction has committed the sender takes none of them; what it took before leaves.
    """
    return await _turn(session, _about(kinds, subject_id, State.QUEUED).values(state=State.HELD))


async def let_go(session: Session, *, kinds: Kinds, subject_id: int) -> int:
    """Let what is held up go on, each in the place in line that it had; give how many."""
    return await _turn(session, _about(kinds, subject_id, State.HELD).values(state=State.QUEUED))


async def drop(
    session: Session, *, kinds: Kinds, subject_id: int, reason: str, now: datetime
) -> int:
    """Drop all that waits or is held up, for good; give how many."""
    dropped = {"state": State.DROPPED, "reason": reason, "finished_at": now}
    return await _turn(session, _about(kinds, subject_id, *UNSENT_STATES).values(**dropped))


def _about(kinds: Kinds, subject_id: int, *states: State) -> Update:
    """Choose what would be new in its chat: a change of what is there already still goes out, or
    readers would keep words that were corrected."""
    return (
        update(OutboxRow)
        .where(
            OutboxRow.kind.in_(list(kinds)),
            OutboxRow.subject_id == subject_id,
            OutboxRow.target_id.is_(None),
            OutboxRow.state.in_(states),
        )
        .execution_options(synchronize_session=False)
    )


async def _turn(session: Session, statement: Update) -> int:
    await session.flush()
    turned = await session.execute(statement)
    assert isinstance(turned, CursorResult)  # noqa: S101 - what an UPDATE gives
    return int(turned.rowcount)
