"""What becomes of orders of somebody who leaves."""

from datetime import datetime

from sqlalchemy import Select, delete, exists, func, select, update
from sqlalchemy.orm import aliased

from models.database import Session
from models.help.rules.limits import Line
from models.help.tables import LineRow, RequestRow
from models.orders.rules import State, VisitAnswer
from models.orders.tables import EvidenceRow, OrderRow, VisitRow
from models.people.ties import Ties


async def duties(session: Session, person_id: int) -> int:
    """Count the standing orders that are a person's to put right."""
    standing = (OrderRow.person_id == person_id, OrderRow.state != State.SIGNED)
    return await session.scalar(select(func.count(OrderRow.id)).where(*standing)) or 0


async def let_go(session: Session, person_id: int, _now: datetime) -> None:
    """Erase what somebody who leaves for good wrote and showed, and what tells of their home.

    Of return visits to them nobody is to be called back any more.
    """
    needed = select(RequestRow.id).where(RequestRow.beneficiary_id == person_id)
    about = OrderRow.request_id.in_(needed)
    shown = EvidenceRow.order_id.in_(select(OrderRow.id).where(about))
    await session.execute(delete(EvidenceRow).where((EvidenceRow.sent_by == person_id) | shown))
    reported = (OrderRow.reported_by == person_id) | about
    await session.execute(update(OrderRow).where(reported).values(report=None))
    named = (OrderRow.set_by == person_id) | about
    await session.execute(update(OrderRow).where(named).values(to_show=None))
    missed = OrderRow.request_id.in_(_sent_back_by(person_id)) | about
    await session.execute(update(OrderRow).where(missed).values(sent_back=None))
    unsaid = VisitRow.answer.is_(None) | (VisitRow.answer == VisitAnswer.SILENT)
    theirs = VisitRow.order_id.in_(select(OrderRow.id).where(about))
    await session.execute(
        update(VisitRow).where(theirs, unsaid).values(answer=VisitAnswer.UNREACHED)
    )


def _sent_back_by(person_id: int) -> Select[int]:
    """Select the requests whose order was last sent back by a person."""
    later = aliased(LineRow)
    again = exists().where(
        later.request_id == LineRow.request_id,
        later.what == Line.ORDER_BACK,
        later.id > LineRow.id,
    )
    return select(LineRow.request_id).where(
        LineRow.actor_id == person_id, LineRow.what == Line.ORDER_BACK, ~again
    )


TIES = Ties(let_go, duties)
