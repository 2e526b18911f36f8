"""What a home says of whoever looks in on it, in confidence."""

from datetime import datetime

from models.care.actions.concerns import open_concern
from models.care.actions.pairs import set_aside
from models.care.records import HOME, standing_pairs
from models.care.rules import CareOutcome, Concern, HomeMove, PairPart, PairState
from models.database import Session
from models.people.views import Person
from models.records.changing import begin
from models.records.rules import Refusal


async def confide(
    session: Session,
    actor: Person,
    home_id: int,
    kind: Concern,
    *,
    now: datetime,
    about_id: int | None = None,
    words: str = "",
) -> CareOutcome | Refusal:
    """Say that money, keys or papers were asked for, or that one wants another visitor (HEARD).

    The secretary alone hears of it. Until it is settled whoever it is about looks in no more, and
    those who come instead are asked; they learn only that somebody else goes. `about_id` None
    means the main visitor. A proxy says nothing of themselves (OWN).
    """
    if kind is Concern.MISMATCH:
        return Refusal.BAD_CHOICE
    change = await begin(session, HOME, home_id, HomeMove.TELL, actor, now)
    if isinstance(change, Refusal):
        return change
    pairs = [
        pair
        for pair in await standing_pairs(session, [home_id])
        if pair.part != PairPart.BUDDY
        and pair.state in {PairState.AGREED, PairState.RESTING}
        and about_id in {None, pair.person_id}
    ]
    about = pairs[0] if pairs else None
    if about_id == actor.id or (about is not None and about.person_id == actor.id):
        return Refusal.OWN
    known = about_id if about is None else about.person_id
    await open_concern(session, change.row, kind, known, now, words=words)
    if about is not None and about.state == PairState.AGREED:
        await set_aside(change, about)
    await change.finish()
    return CareOutcome.HEARD
