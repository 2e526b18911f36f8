"""What a broadcast's buttons open: a proposal or a request that concerns its audience."""

from collections.abc import Sequence

from sqlalchemy import select

from models.broadcasts.queries.reach import paths_of
from models.broadcasts.rules.audience import Audience
from models.broadcasts.rules.content import Offer
from models.broadcasts.rules.kinds import Does
from models.database import Session
from models.help.tables import RequestRow
from models.places.rules import covers
from models.places.tables import PlaceRow
from models.proposals.tables import ProposalRow

SUBJECTS: dict[Does, type[ProposalRow] | type[RequestRow]] = {
    Does.PROPOSAL: ProposalRow,
    Does.REQUEST: RequestRow,
}

NOWHERE = "-"
"""Stands for the path of what is gone: it lies at no place, and no place lies at it."""


async def concerning(
    session: Session, offers: Sequence[Offer], audience: Audience
) -> tuple[Offer, ...]:
    """Give the buttons that fit an audience: all but those of something gone, or of elsewhere.

    Something concerns an audience where its place is one of the joined, above one or below one.
    """
    paths = await paths_of(session, audience)
    tops = [paths[group.place_id] for group in audience.joined if group.place_id in paths]
    fitting = []
    for offer in offers:
        path = await _path_of(session, offer)
        if path is None or any(covers(top, path) or covers(path, top) for top in tops):
            fitting.append(offer)
    return tuple(fitting)


async def _path_of(session: Session, offer: Offer) -> str | None:
    """Give where a button's subject is; None for a button without a subject."""
    table = SUBJECTS.get(offer.does)
    if table is None:
        return None
    found = await session.scalar(
        select(PlaceRow.path)
        .join(table, table.place_id == PlaceRow.id)
        .where(table.id == offer.subject_id)
    )
    return found or NOWHERE
