"""What becomes of votes of somebody who leaves: nothing.

A vote that was given counts, and whoever was on the roll stays on it, under a number: else one
who leaves would change the result, or the quorum. Of a secret vote nobody knows what to take out.
Their name and account go with them, so that an open vote says 'somebody who has left'.
"""

from datetime import datetime

from models.database import Session
from models.people.actions import TIES, Ties
from models.places.hanging import HANGING, Hanging, count_below
from models.votes.rules import State
from models.votes.tables import VoteRow


async def duties(_session: Session, _person_id: int) -> int:
    """Count what a person owes others by a vote: nobody has to vote."""
    return 0


async def let_go(_session: Session, _person_id: int, _now: datetime) -> None:
    """Leave roll and marks as they are."""


async def _running(session: Session, path: str) -> int:
    running = VoteRow.state.in_([State.PLANNED, State.OPEN])
    return await count_below(session, VoteRow.place_id, path, running)


TIES["votes"] = Ties(duties=duties, let_go=let_go)
HANGING["votes"] = Hanging(_running)
