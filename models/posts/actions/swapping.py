"""Asking for a stand-in, taking that back, standing in: one place, never free in between."""

from datetime import datetime

from models.database import Session
from models.people.holding import hold_person
from models.people.views import Person
from models.posts.actions.coming import move_up
from models.posts.notices import ShiftNotice
from models.posts.records import (
    SHIFTS,
    SHIFTS_NAME,
    ShiftChange,
    clashing,
    end_stands,
    post_of,
    sought,
    who_knows,
    who_leads,
)
from models.posts.rules import PostOutcome, ShiftMove, claim_closed, may_step_in
from models.posts.tables import ShiftSwapRow
from models.records.changing import begin
from models.records.rules import Refusal
from models.seats import actions as seats
from models.seats.queries import holders
from models.seats.rules import SeatOutcome, SeatState


async def ask_swap(
    session: Session, actor: Person, shift_id: int, *, now: datetime
) -> PostOutcome | SeatOutcome | Refusal:
    """Ask for somebody who takes one's place in a shift: it stays one's own until then.

    The line is asked first; where nobody waits, or on a second time (ASKED_MORE), whoever knows the
    post; where nobody does, whoever looks after it.
    """
    change = await begin(session, SHIFTS, shift_id, ShiftMove.SWAP, actor, now)
    if isinstance(change, Refusal):
        return change
    if why := claim_closed(change.row.starts_at, now):
        return why
    if actor.id not in await holders(session, SHIFTS_NAME, shift_id, [SeatState.HELD]):
        return SeatOutcome.NOT_SIGNED_UP
    mine = (await sought(session, shift_id)).get(actor.id)
    if mine is not None and mine.wide:
        return Refusal.ALREADY
    people = await holders(session, SHIFTS_NAME, shift_id, [SeatState.WAITING])
    wide = mine is not None or not people
    if wide:
        people = await who_knows(session, change.row, now)
        people = people or await who_leads(session, await post_of(change))
    if mine is None:
        session.add(ShiftSwapRow(shift_id=shift_id, person_id=actor.id, asked_at=now, wide=wide))
    else:
        mine.wide = True
    await change.finish()
    await change.tell(ShiftNotice.SWAP, people, by=actor.id)
    return PostOutcome.ASKED_SWAP if mine is None else PostOutcome.ASKED_MORE


async def withdraw_swap(
    session: Session, actor: Person, shift_id: int, *, now: datetime
) -> PostOutcome | Refusal:
    """Seek no stand-in any more (SWAP_WITHDRAWN); GONE where none is sought, or one was found."""
    change = await begin(session, SHIFTS, shift_id, ShiftMove.SWAP, actor, now)
    if isinstance(change, Refusal):
        return change
    if actor.id not in await sought(session, shift_id):
        return PostOutcome.GONE
    await end_stands(change, [actor.id])
    await change.finish()
    return PostOutcome.SWAP_WITHDRAWN


async def step_in(
    session: Session, actor: Person, shift_id: int, for_id: int, *, now: datetime
) -> PostOutcome | Refusal:
    """Take the place of somebody who seeks a stand-in (STEPPED_IN); the first who asks gets it.

    GONE once somebody else has it, or it was given up or kept; LINE_FIRST where others wait; CLASH
    for whoever has another shift then.
    """
    await hold_person(session, actor.id)
    change = await begin(session, SHIFTS, shift_id, ShiftMove.STEP_IN, actor, now)
    if isinstance(change, Refusal):
        return change
    swap = await _open_to(change, actor.id, for_id)
    if not isinstance(swap, ShiftSwapRow):
        return swap
    handed = await seats.hand_over(change, for_id, actor.id)
    if isinstance(handed, Refusal):
        return handed
    swap.ended_at = now
    if handed is SeatOutcome.HELD:
        swap.taken_by = actor.id
        await move_up(change)  # a place that was kept for who steps in is free
        await change.tell(ShiftNotice.STEPPED_IN, [for_id])
    await change.finish()
    return PostOutcome.STEPPED_IN if handed is SeatOutcome.HELD else PostOutcome.GONE


async def _open_to(
    change: ShiftChange, person_id: int, for_id: int
) -> ShiftSwapRow | PostOutcome | Refusal:
    """Return what somebody may step into, else why they may not."""
    if why := claim_closed(change.row.starts_at, change.now):
        return why
    if for_id == person_id:
        return Refusal.OWN
    swap = (await sought(change.session, change.row.id)).get(for_id)
    if swap is None:
        return PostOutcome.GONE
    line = await holders(change.session, SHIFTS_NAME, change.row.id, [SeatState.WAITING])
    if await clashing(change.session, person_id, change.row):
        return PostOutcome.CLASH
    may = may_step_in(in_line=person_id in line, line=len(line), wide=swap.wide)
    return swap if may else PostOutcome.LINE_FIRST
