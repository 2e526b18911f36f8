"""Who voted what in an open vote, page by page, after its end."""

from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.names.views import Who
from models.people.tables import PersonRow
from models.people.views import Person
from models.votes.queries.whole import vote_view
from models.votes.rules.kinds import Choice, State
from models.votes.rules.outcomes import Refusal
from models.votes.tables import MarkRow
from models.votes.views import VoterLine, VoterPage

NAMES_A_PAGE = 20


async def who_voted(
    session: Session, actor: Person, vote_id: int, page: int, *, now: datetime
) -> VoterPage | Refusal:
    """List who voted what, by name, for everybody on the roll and for the desk of the place."""
    view = await vote_view(session, actor, vote_id, now=now)
    if isinstance(view, Refusal):
        return view
    if view.secret:
        return Refusal.SECRET
    if not view.names:
        return Refusal.NOT_ALLOWED if view.state is State.COUNTED else Refusal.NOT_YET
    rows = await session.execute(
        select(PersonRow.id, PersonRow.name, PersonRow.left_at, MarkRow.choice)
        .join(PersonRow, PersonRow.id == MarkRow.person_id)
        .where(MarkRow.vote_id == vote_id)
        .order_by(PersonRow.name, PersonRow.id)
        .offset(page * NAMES_A_PAGE)
        .limit(NAMES_A_PAGE + 1)
    )
    found = [
        VoterLine(None if left_at else Who(person_id, name), Choice(choice))
        for person_id, name, left_at, choice in rows.all()
        if choice is not None
    ]
    shown, more = tuple(found[:NAMES_A_PAGE]), len(found) > NAMES_A_PAGE
    return VoterPage(vote_id, view.number, view.title, shown, page, more)
