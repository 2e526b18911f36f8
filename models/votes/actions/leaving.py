"""What hangs on a place of votes: those that are planned or open."""

from models.database import Session
from models.people.hanging import PlaceHooks, count_below
from models.votes.rules.notices import State
from models.votes.tables import VoteRow


async def _running(session: Session, path: str) -> int:
    running = VoteRow.state.in_([State.PLANNED, State.OPEN])
    return await count_below(session, VoteRow.place_id, path, running)


PLACE_HOOKS = PlaceHooks(_running)
