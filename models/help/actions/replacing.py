"""Who comes instead of a holder that was lost."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from models.database import Session
from models.help.actions.claim import hold
from models.help.actions.owner import owner_now
from models.help.actions.rings import ask_for_lost
from models.help.actions.rows import add_line, settle
from models.help.actions.tell import tell, tell_resident
from models.help.actions.timing import watch_summons
from models.help.rules.kinds import Notice
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import ClaimState
from models.help.rules.words import Line
from models.help.tables import ClaimRow, RequestRow


async def replace_lost(
    session: Session,
    request: RequestRow,
    lost: Sequence[ClaimRow],
    why: str,
    now: datetime,
    policy: HelpPolicy,
    *,
    actor_id: int | None = None,
) -> None:
    """Promote the next in line for each claim on a locked request that holds no more.

    Where too few wait, others are asked at once. Resident and owner learn who is lost, `why`, and
    who comes instead; whoever has just said so themselves (`actor_id`) is not told.
    """
    instead = [await _promote(session, request, now, policy) for _ in lost]
    if None in instead:
        await settle(session, request, now)
        await ask_for_lost(session, request, now, policy)
    for left, following in zip(lost, instead, strict=True):
        promoted = following.person_id if following else None
        detail = {"person": left.person_id, "reason": why, "promoted": promoted}
        await _tell_lost(session, request, left, detail, now, actor_id)


async def _tell_lost(
    session: Session,
    request: RequestRow,
    left: ClaimRow,
    detail: dict[str, Any],
    now: datetime,
    actor_id: int | None,
) -> None:
    kind = Notice.HANDED_BACK
    await tell_resident(session, request, kind, now=now, actor_id=actor_id, detail=detail)
    owner_id = await owner_now(session, request, now)
    if owner_id != left.person_id:
        await tell(session, request, kind, owner_id, now=now, actor_id=actor_id, detail=detail)


async def _promote(
    session: Session, request: RequestRow, now: datetime, policy: HelpPolicy
) -> ClaimRow | None:
    first = await session.scalar(
        select(ClaimRow)
        .where(ClaimRow.request_id == request.id, ClaimRow.state == ClaimState.WAITING)
        .order_by(ClaimRow.line)
        .limit(1)
    )
    if first is None:
        return None
    add_line(session, request, Line.PROMOTED, now=now, actor_id=first.person_id)
    first.summoned_at = now
    await hold(session, request, first, now, policy)
    await watch_summons(session, request, first, now, policy)
    await tell(session, request, Notice.PROMOTED, first.person_id, now=now)
    return first
