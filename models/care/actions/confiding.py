"""What a home says in confidence of whoever looks in on it, and what comes of it."""

from datetime import datetime

from models.care.actions.concerns import open_concern
from models.care.actions.pairs import end_pairs, set_aside
from models.care.concerns import CONCERN
from models.care.records import HOME, standing_pairs
from models.care.rules.notices import Reminder
from models.care.rules.outcomes import CareOutcome
from models.care.rules.states import (
    BY_ITSELF,
    Concern,
    ConcernMove,
    HomeMove,
    PairMove,
    PairPart,
    PairState,
)
from models.care.tables import CareConcernRow
from models.database import Session
from models.people.views import Person
from models.records.changing import begin, wake
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
    voice: str = "",
) -> CareOutcome | Refusal:
    """Say that money, keys or papers were asked for, or that one wants another visitor (HEARD).

    The secretary alone is told; of money whoever signs it off reads it too. Until it is settled
    whoever it is about looks in no more, and those who come instead are asked; they learn only
    that somebody else goes. `about_id` None means the main visitor; `voice` is Telegram's file of
    what was spoken instead. A proxy says nothing of themselves (OWN).
    """
    if kind in BY_ITSELF:
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
    await open_concern(
        session, change.row, kind, known, now, words=words, voice=voice, told_by=actor.id
    )
    if about is not None and about.state == PairState.AGREED:
        await set_aside(change, about)
    await change.finish()
    return CareOutcome.HEARD


async def settle(
    session: Session, actor: Person, concern_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Note that one has seen to a concern (SETTLED): rung both, or found another visitor.

    Of money a few words are needed of what was done (EMPTY): see `reporting`. Where she asked for
    somebody else their pair ends with it: nobody comes back to her unasked.
    """
    found = await session.get(CareConcernRow, concern_id)
    home = None if found is None else await wake(session, HOME, found.home_id, now)
    change = await begin(session, CONCERN, concern_id, ConcernMove.SETTLE, actor, now)
    if isinstance(change, Refusal):
        return change
    change.row.settled_by, change.row.settled_at = actor.id, now
    change.make(ConcernMove.SETTLE)
    await change.cancel([Reminder.CONCERN], "settled")
    await change.finish()
    if home is not None and change.row.kind == Concern.ANOTHER:
        theirs = [
            pair
            for pair in await standing_pairs(session, [home.row.id])
            if pair.person_id == change.row.about_id and pair.part != PairPart.BUDDY
        ]
        await end_pairs(home, theirs, PairMove.END)
    return CareOutcome.SETTLED
