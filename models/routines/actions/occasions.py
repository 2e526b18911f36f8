"""One occasion: asked about, taken, done, missed, covered, excused. It is held, with its routine.

Whether somebody may is for its lifecycle to say, where the change begins.
"""

from collections.abc import Iterable

from sqlalchemy import select, update

from models.database import Session
from models.records.changing import RecordChange
from models.records.rules import Refusal
from models.routines.queries import next_has_opened, people_of
from models.routines.rules import UNSETTLED, AskState, Move, OccasionOutcome, OccasionState
from models.routines.tables import OccasionAskRow, OccasionRow

Change = RecordChange[OccasionRow]


async def ask_next(change: Change) -> int | Refusal | None:
    """Ask the next in order who was not asked yet, and return who it is (a person id).

    None: nobody is left. Who was asked before can still take it. ALREADY where somebody has it,
    WRONG_TIME where it is settled.
    """
    if why := _needs_nobody(change.row):
        return why
    before = await _asked(change)
    order = await people_of(change.session, change.row.routine_id)
    following = next((one for one in order if one not in before), None)
    await _lapse(change)
    if following is not None:
        await _note(change, following, AskState.ASKED)
    return following


async def ask(change: Change, people: Iterable[int]) -> list[int] | Refusal:
    """Ask people beside the order, such as neighbours near by; return whom for the first time.

    ALREADY where somebody has it, WRONG_TIME where it is settled.
    """
    if why := _needs_nobody(change.row):
        return why
    before = await _asked(change)
    new = [one for one in dict.fromkeys(people) if one not in before]
    await _lapse(change)
    for one in new:
        await _note(change, one, AskState.ASKED)
    return new


async def take(change: Change, person_id: int) -> OccasionOutcome | Refusal:
    """Make an occasion somebody's: they go. A missed one stays missed until it is covered.

    ALREADY where it is taken, by them or by another; TOO_LATE for a missed one when the next has
    opened.
    """
    row = change.row
    if row.state == OccasionState.MISSED:
        if row.person_id is not None:
            return Refusal.ALREADY
        if await next_has_opened(change.session, row, change.now):
            return Refusal.TOO_LATE
    row.person_id = person_id
    change.make(Move.TAKE)
    await _note(change, person_id, AskState.TOOK)
    await _lapse(change)
    return OccasionOutcome.TAKEN


async def cannot(change: Change, person_id: int) -> OccasionOutcome | Refusal:
    """Note that somebody cannot go; where it was theirs it is nobody's.

    WRONG_TIME where somebody else has it. The next can be asked where it is nobody's now.
    """
    row = change.row
    if row.state == OccasionState.TAKEN and row.person_id != person_id:
        return Refusal.WRONG_TIME
    if row.person_id == person_id:
        row.person_id = None
    change.make(Move.CANNOT)
    await _note(change, person_id, AskState.DECLINED)
    return OccasionOutcome.LET_GO


async def do(change: Change, person_id: int) -> OccasionOutcome | Refusal:
    """Note who did it; TOO_EARLY before its window opens."""
    if change.now < change.row.opens_at:
        return Refusal.TOO_EARLY
    await _settle(change, Move.DO, person_id)
    return OccasionOutcome.DONE


async def miss(change: Change) -> OccasionOutcome | Refusal:
    """Note that a window went by. It is nobody's now; whoever was asked may cover it.

    TOO_EARLY before its end, WRONG_TIME where there is nothing to miss.
    """
    if change.row.state not in UNSETTLED:
        return Refusal.WRONG_TIME
    if change.now < change.row.ends_at:
        return Refusal.TOO_EARLY
    change.make(Move.MISS)
    holder, change.row.person_id = change.row.person_id, None
    await _lapse(change)
    if holder is not None:
        await _note(change, holder, AskState.LAPSED)
    return OccasionOutcome.MISSED


async def cover(change: Change, person_id: int) -> OccasionOutcome | Refusal:
    """Note who did a missed one after its window; TOO_LATE when the next has opened."""
    if await next_has_opened(change.session, change.row, change.now):
        return Refusal.TOO_LATE
    await _settle(change, Move.COVER, person_id)
    return OccasionOutcome.COVERED


async def excuse(change: Change) -> OccasionOutcome:
    """Note that it needs not be done this once; the next stands where the plan says."""
    await _settle(change, Move.EXCUSE, None)
    return OccasionOutcome.EXCUSED


def _needs_nobody(row: OccasionRow) -> Refusal | None:
    """Return why nobody is to be asked."""
    if row.state in {OccasionState.DUE, OccasionState.MISSED}:
        missed_and_taken = row.state == OccasionState.MISSED and row.person_id is not None
        return Refusal.ALREADY if missed_and_taken else None
    return Refusal.ALREADY if row.state == OccasionState.TAKEN else Refusal.WRONG_TIME


async def _asked(change: Change) -> set[int]:
    """Return who was asked, or said something unasked."""
    await change.session.flush()
    of = OccasionAskRow.occasion_id == change.row.id
    return {*(await change.session.scalars(select(OccasionAskRow.person_id).where(of))).all()}


async def _settle(change: Change, move: Move, done_by: int | None) -> None:
    change.row.done_by, change.row.settled_at = done_by, change.now
    change.make(move)
    await _lapse(change)


async def _lapse(change: Change) -> None:
    """Let lapse what nobody answered."""
    await lapse_asks(change.session, [change.row.id])


async def lapse_asks(session: Session, occasion_ids: list[int]) -> None:
    """Let lapse what nobody answered about these occasions."""
    await session.flush()
    open_ones = (
        OccasionAskRow.occasion_id.in_(occasion_ids),
        OccasionAskRow.state == AskState.ASKED,
    )
    await session.execute(update(OccasionAskRow).where(*open_ones).values(state=AskState.LAPSED))


async def _note(change: Change, person_id: int, state: AskState) -> None:
    """Keep what somebody says of an occasion, asked or not."""
    await change.session.flush()
    key = change.row.id, person_id
    ask = await change.session.get(OccasionAskRow, key, populate_existing=True)
    if ask is None:
        ask = OccasionAskRow(occasion_id=key[0], person_id=person_id, asked_at=change.now)
        change.session.add(ask)
    ask.state = state
    await change.session.flush()
