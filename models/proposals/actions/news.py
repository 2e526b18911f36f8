"""Telling those who back a proposal how its delivery goes."""

from collections.abc import Iterable
from datetime import datetime

from models.database import Session
from models.people.views import Person
from models.proposals.actions.tell import tell
from models.proposals.queries.parts import supporters
from models.proposals.rules.delivery import News
from models.proposals.rules.kinds import Notice
from models.proposals.tables import ProposalLineRow, ProposalRow


async def tell_others(
    session: Session,
    proposal: ProposalRow,
    news: News,
    *,
    now: datetime,
    actor: Person | None = None,
    line: ProposalLineRow | None = None,
    late: bool = False,
    carded: Iterable[int] = (),
) -> None:
    """Tell author and backers, in whatever text they backed it, but for those who have a card.

    Whoever answers for it has one, and `carded`. `line` is what is told of; `late` says that it
    comes late.
    """
    people = {proposal.author_id, *await supporters(session, proposal, any_text=True)}
    detail = {"what": str(news), "line": line.id if line else None, "late": late}
    await tell(
        session,
        proposal,
        Notice.PROGRESS,
        people - {proposal.person_id, *carded},
        now=now,
        actor_id=actor.id if actor else None,
        detail=detail,
    )
