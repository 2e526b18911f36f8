"""Lines that were a mistake: taken back by a second line; the reason is not in the ledger."""

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
from models.records.rules import Refusal
from models.records.sealed import sealed
from models.savings.actions.ledger import MoveCause, account_of, move
from models.savings.claims import NAME, household_of
from models.savings.rules import (
    EARNED,
    REASON_LENGTH,
    CauseKind,
    MovePart,
    Notice,
    SavingsOutcome,
)
from models.savings.tables import SavingsAccountRow, SavingsMoveRow, SavingsReasonRow
from models.text import clean_text

Move = SavingsMoveRow
Reason = SavingsReasonRow


async def reverse(
    session: Session, actor: Person, move_id: int, reason: str, *, now: datetime
) -> SavingsOutcome | Refusal:
    """Take back all that was credited for the cause of a move (REVERSED); both lines stay.

    Whoever answers for the place where the giver lives can; nobody in their own matter, nor in
    that of whoever they speak for or who speaks for them.
    """
    if why := await may_not_reverse(session, actor, move_id, now=now):
        return why
    said = clean_text(reason, REASON_LENGTH)
    if not said:
        return Refusal.EMPTY
    row = await session.get_one(Move, move_id)
    giver_id = row.giver_id or 0
    account = await account_of(session, giver_id)
    of_it = (Move.cause_kind == row.cause_kind, Move.cause_id == row.cause_id)
    rows = (await session.scalars(select(Move).where(*of_it).order_by(Move.id))).all()
    gone = await taken_back(session, [one.id for one in rows])
    rows = [one for one in rows if one.id not in gone]
    if not rows:
        return Refusal.ALREADY
    if account.balance < sum(one.minutes for one in rows if one.to_id == account.id):
        return SavingsOutcome.GIVEN_ON
    for one in rows:
        await _back(session, actor.id, one, giver_id, said, now)
    await notify_people(
        session, [giver_id], kind=Notice.REVERSED, subject_id=rows[0].id, now=now, name=None
    )
    return SavingsOutcome.REVERSED


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


async def _back(
    session: Session, by_id: int, row: Move, giver_id: int, said: str, now: datetime
) -> None:
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
