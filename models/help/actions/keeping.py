"""How long it is kept who was asked about a request."""

from datetime import datetime

from sqlalchemy import delete, select

from models.database import Session
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import UNENDED
from models.help.tables import OfferRow, RequestRow
from models.policy.current import policy_of

AT_ONCE = 10_000
"""Rows dropped in one transaction, which holds up writers for as long."""


async def forget_old(session: Session, now: datetime) -> None:
    """Drop offers older than they are kept, of requests that have ended; claims stay."""
    old = (
        select(OfferRow.id)
        .join(RequestRow, RequestRow.id == OfferRow.request_id)
        .where(
            OfferRow.asked_at < now - policy_of(session, HelpPolicy).offers_kept,
            RequestRow.state.not_in(list(UNENDED)),
        )
        .limit(AT_ONCE)
    )
    await session.execute(
        delete(OfferRow).where(OfferRow.id.in_(old)).execution_options(synchronize_session=False)
    )
