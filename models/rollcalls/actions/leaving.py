"""What becomes of the answers of somebody who leaves: they stay, under a number.

Else a board that was read would no longer add up. Whoever leaves without an answer is nobody to
be looked for: they are on no list and in no count.
"""

from datetime import datetime

from models.database import Session
from models.people.actions import TIES, Ties


async def duties(_session: Session, _person_id: int) -> int:
    """Count what a person owes others by a roll-call: nobody has to answer."""
    return 0


async def let_go(_session: Session, _person_id: int, _now: datetime) -> None:
    """Leave the answers as they are; who is gone is no longer asked."""


TIES["rollcalls"] = Ties(duties=duties, let_go=let_go)
