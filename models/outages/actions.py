"""Noting that Telegram answers, and telling people which hours may be lost."""

from datetime import datetime

from sqlalchemy import select, update

from models.database import Session
from models.outages.queries import view_of
from models.outages.rules import Notice, is_lossy
from models.outages.tables import OutageRow
from models.outages.views import Outage
from models.outbox.actions import notify
from models.outbox.crowd import notify_crowd
from models.outbox.rules import Lane
from models.people.rules import RIGHTS, Right
from models.people.tables import GrantRow
from models.people.views import Person

SEES_STATUS = tuple(role for role, rights in RIGHTS.items() if Right.SEE_STATUS in rights)


async def hear(session: Session, now: datetime, *, interrupted: bool) -> Outage | None:
    """Note that Telegram answers; return the outage that ends with it, of which staff are told.

    Where nothing was `interrupted` there was none, whatever the clock says: somebody has set it.
    """
    row = await session.scalar(
        select(OutageRow)
        .where(OutageRow.heard_again_at.is_(None))
        .order_by(OutageRow.id.desc())
        .limit(1)
        .with_for_update()
    )
    if row is None:
        session.add(OutageRow(last_heard_at=now))
        return None
    if not (interrupted and is_lossy(row.last_heard_at, now)):
        row.last_heard_at = now
        return None
    row.heard_again_at = now
    session.add(OutageRow(last_heard_at=now))
    await session.flush()
    staff = select(GrantRow.person_id).where(
        GrantRow.role.in_(SEES_STATUS), GrantRow.revoked_at.is_(None)
    )
    await notify_crowd(session, staff, kind=Notice.STAFF, subject_id=row.id, now=now)
    return view_of(row)


async def brought_back(session: Session, now: datetime) -> None:
    """Count anew from a backup's return: what came since it was made had reached us then."""
    await session.execute(
        update(OutageRow).where(OutageRow.heard_again_at.is_(None)).values(last_heard_at=now)
    )


async def tell_writer(session: Session, person: Person, outage: Outage, now: datetime) -> None:
    """Tell somebody who writes that what they sent may be lost, once; staff have been told."""
    if person.may_anywhere(Right.SEE_STATUS):
        return
    await notify(
        session,
        recipient_id=person.id,
        kind=Notice.WRITER,
        subject_id=outage.id,
        now=now,
        lane=Lane.ANSWER,
        dedupe=f"{Notice.WRITER}:{outage.id}:{person.id}",
    )
