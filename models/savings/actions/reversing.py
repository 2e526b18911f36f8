"""Lines that were a mistake: taken back by a second line, with a third where other minutes count.

The reason is not in the ledger.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select, update

from models.audit.actions import deny
from models.database import Session
from models.outbox.crowd import notify_people
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.rules import Refusal
from models.records.sealed import sealed
from models.savings.actions.ledger import (
    MoveCause,
    account_of,
    move,
    of_nobody,
    pool_or_void,
)
from models.savings.claims import NAME, household_of
from models.savings.rules import (
    EARNED,
    REASON_LENGTH,
    AccountKind,
    CauseKind,
    Confirmer,
    MovePart,
    Notice,
    SavingsOutcome,
    SavingsPolicy,
    most_of,
    split,
    wrong_minutes,
)
from models.savings.tables import SavingsAccountRow, SavingsMoveRow, SavingsReasonRow
from models.text import clean_text

Move = SavingsMoveRow
Reason = SavingsReasonRow


async def reverse(
    session: Session, actor: Person, move_id: int, reason: str, *, now: datetime, instead: int = 0
) -> SavingsOutcome | Refusal:
    """Take back all that was credited for the cause of a move (REVERSED); all lines stay.

    Where other minutes count `instead`, they are credited on the word of whoever decides so
    (PUT_RIGHT), as of the day of the help, and can be put right in turn.

    Whoever answers for the place where the giver lives can; nobody in their own matter, nor in
    that of whoever they speak for or who speaks for them.
    """
    if why := await may_not_reverse(session, actor, move_id, now=now):
        return why
    said = clean_text(reason, REASON_LENGTH)
    if not said:
        return Refusal.EMPTY
    row = await session.get_one(Move, move_id)
    account = await account_of(session, row.giver_id or 0)
    rows = await _standing(session, row)
    if wrong := await _credit_instead(session, actor.id, account, rows, instead, now):
        return wrong
    for one in rows:
        await _back(session, actor.id, one, said, now)
    told = [row.giver_id or 0]
    await notify_people(
        session, told, kind=Notice.REVERSED, subject_id=rows[0].id, now=now, name=None
    )
    return SavingsOutcome.PUT_RIGHT if instead else SavingsOutcome.REVERSED


async def _credit_instead(
    session: Session,
    by_id: int,
    account: SavingsAccountRow,
    rows: Sequence[Move],
    minutes: int,
    now: datetime,
) -> SavingsOutcome | Refusal | None:
    """Credit what counts instead of some lines, before these go back: what was given on since
    needs it. Return why nothing can be changed; None where it can."""
    if not rows:
        return Refusal.ALREADY
    if minutes and wrong_minutes(minutes):
        return SavingsOutcome.BAD_TIME
    if minutes == sum(one.minutes for one in rows):
        return SavingsOutcome.SAME_TIME
    freed = sum(one.minutes for one in rows if one.to_id == account.id)
    most = most_of(policy_of(session, SavingsPolicy))
    saved, pooled = split(account.balance - freed, minutes, most)
    if account.balance + saved < freed:
        return SavingsOutcome.GIVEN_ON
    row = rows[0]
    about = (Confirmer.SECRETARY, row.done_at, row.community_id)
    cause = MoveCause(CauseKind.CORRECTION, row.id, by_id, row.giver_id, *about)
    issued = await of_nobody(session, AccountKind.ISSUED)
    if saved:
        await move(session, issued, account, saved, cause, now=now)
    if pooled:
        pool = await pool_or_void(session, row.community_id)
        await move(session, issued, pool, pooled, cause, now=now, part=MovePart.POOL)
    return None


async def minutes_standing(session: Session, move_id: int) -> int:
    """Return what stands credited for the cause of a move, in minutes."""
    row = await session.get(Move, move_id)
    return 0 if row is None else sum(one.minutes for one in await _standing(session, row))


async def _standing(session: Session, row: Move) -> list[Move]:
    """List what stands credited for the cause of a move."""
    of_it = (Move.cause_kind == row.cause_kind, Move.cause_id == row.cause_id)
    rows = (await session.scalars(select(Move).where(*of_it).order_by(Move.id))).all()
    gone = await taken_back(session, [one.id for one in rows])
    return [one for one in rows if one.id not in gone]


async def first_lines(session: Session, rows: Sequence[Move]) -> dict[int, Move]:
    """Return, by their numbers, for what moves were credited at first, past all corrections."""
    found = {row.id: row for row in rows}
    while ids := {one.cause_id for one in found.values() if one.cause_kind == CauseKind.CORRECTION}:
        before = await session.scalars(select(Move).where(Move.id.in_(ids)))
        by_id = {one.id: one for one in before}
        found = {
            number: by_id[one.cause_id] if one.cause_kind == CauseKind.CORRECTION else one
            for number, one in found.items()
        }
    return found


async def taken_back(session: Session, move_ids: Sequence[int]) -> set[int]:
    """List those of some moves that were taken back."""
    of_them = (Move.cause_kind == CauseKind.REVERSAL, Move.cause_id.in_(move_ids))
    return set(await session.scalars(select(Move.cause_id).where(*of_them)))


async def forget_reasons(session: Session, person_id: int) -> None:
    """Erase why moves were taken back, where somebody leaves who wrote or read it."""
    theirs = or_(Reason.giver_id == person_id, Reason.by_id == person_id)
    await session.execute(update(Reason).where(theirs).values(words=None))


async def may_not_reverse(
    session: Session, actor: Person, move_id: int, *, now: datetime
) -> SavingsOutcome | Refusal | None:
    """Return why somebody may not take a move back; None where they may."""
    row = await session.get(Move, move_id)
    if row is None:
        return Refusal.MISSING
    if row.giver_id is None or row.cause_kind not in EARNED:
        return SavingsOutcome.NOT_EARNED
    lives = select(PlaceRow.path).join(PersonRow, PersonRow.place_id == PlaceRow.id)
    path = await session.scalar(lives.where(PersonRow.id == row.giver_id))
    if path is None or not actor.may(Right.SUPERVISE, path):
        detail = {"tried": "reverse"}
        await deny(session, actor.id, NAME, now=now, subject_id=move_id, detail=detail)
        return Refusal.NOT_ALLOWED
    own = actor.id in await household_of(session, {row.giver_id})
    return Refusal.OWN if own else None


async def _back(session: Session, by_id: int, row: Move, said: str, now: datetime) -> None:
    giver_id = row.giver_id or 0
    cause = MoveCause(CauseKind.REVERSAL, row.id, by_id, giver_id, community_id=row.community_id)
    source = await session.get_one(SavingsAccountRow, row.to_id)
    to = await session.get_one(SavingsAccountRow, row.from_id)
    part = MovePart(row.part)
    back = await move(session, source, to, row.minutes, cause, now=now, part=part)
    kept = Reason(move_id=back.id, giver_id=giver_id, by_id=by_id)
    session.add(kept)
    await session.flush()
    kept.words = sealed(session, kept, "words", said)
    await session.flush()
