"""Reading savings."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import aliased

from models.database import Session
from models.names.queries import names_for
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import at_or_below
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import RecordKind
from models.records.reading import page_of, seen, seen_by_id
from models.records.rules import Refusal
from models.savings.rules import (
    DISPUTES,
    EARNED,
    CauseKind,
    Confirmer,
    DisputeMove,
    DisputeRelation,
    DisputeState,
    MovePart,
    Notice,
    SavingsPolicy,
    most_of,
)
from models.savings.tables import SavingsAccountRow, SavingsDisputeRow, SavingsMoveRow
from models.savings.views import DecidedView, DisputeView, PooledMove, SavingsBook, SavingsLine

NAME = "savings"
A_PAGE = 6
DISPUTES_AT_MOST = 30
Move = SavingsMoveRow


async def paths_of(session: Session, person_id: int) -> list[str]:
    """List the path of the place where somebody lives; of whoever lives nowhere, none."""
    lives = select(PlaceRow.path).join(PersonRow, PersonRow.place_id == PlaceRow.id)
    return list(await session.scalars(lives.where(PersonRow.id == person_id)))


async def _relations(
    session: Session, who: Person, row: SavingsDisputeRow
) -> frozenset[DisputeRelation]:
    both = {row.giver_id, row.said_by}
    people = await session.scalars(select(PersonRow).where(PersonRow.id.in_([*both, who.id])))
    speaks = {one.id: one.proxy_id for one in people}
    if who.id in both | {speaks.get(one) for one in both} or speaks.get(who.id) in both:
        return frozenset({DisputeRelation.SIDE})
    path = (await session.get_one(PlaceRow, row.place_id)).path
    return frozenset({DisputeRelation.SECRETARY} if who.may(Right.SUPERVISE, path) else ())


DISPUTE = RecordKind(
    NAME,
    SavingsDisputeRow,
    DISPUTES,
    _relations,
    cards=tuple(kind for kind in Notice if kind.declared.changes),
)


async def dispute_seen(
    session: Session, reader: Person, dispute_id: int, *, now: datetime
) -> DisputeView | Refusal:
    """Return a dispute to whoever decides it."""
    row = await seen(session, DISPUTE, dispute_id, DisputeMove.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _dispute(session, reader, row)


async def dispute_told(
    session: Session, reader_id: int, dispute_id: int, _now: datetime
) -> DisputeView | None:
    """Return a dispute to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, DISPUTE, dispute_id, DisputeMove.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _dispute(session, reader, row) if row and reader else None


async def decided_told(
    session: Session, reader_id: int, dispute_id: int, _now: datetime
) -> DecidedView | None:
    """Return to whoever gave the time how it was decided; None to anybody else."""
    row = await session.get(SavingsDisputeRow, dispute_id, populate_existing=True)
    if row is None or row.giver_id != reader_id:
        return None
    return DecidedView(DisputeState(row.state), row.minutes, row.done_at, row.reason or "")


async def reversed_told(
    session: Session, reader_id: int, move_id: int, _now: datetime
) -> DecidedView | None:
    """Return to whoever gave the time why it was taken back; None to anybody else."""
    row = await session.get(Move, move_id)
    back = await session.scalar(
        select(Move).where(Move.cause_kind == CauseKind.REVERSAL, Move.cause_id == move_id)
    )
    if row is None or back is None or row.giver_id != reader_id:
        return None
    return DecidedView(DisputeState.DROPPED, row.minutes, row.done_at or row.at, back.reason or "")


async def open_disputes(session: Session, reader: Person) -> list[DisputeView]:
    """List the disputes that wait for whoever answers for their places, the oldest first."""
    at = select(PlaceRow.id).where(at_or_below(reader.paths_with(Right.SUPERVISE)))
    rows = await session.scalars(
        select(SavingsDisputeRow)
        .where(
            SavingsDisputeRow.state == DisputeState.OPEN,
            SavingsDisputeRow.place_id.in_(at),
        )
        .order_by(SavingsDisputeRow.id)
        .limit(DISPUTES_AT_MOST)
        .execution_options(populate_existing=True)
    )
    views = [await _dispute(session, reader, row) for row in rows.all()]
    return [view for view in views if view.moves]


async def _dispute(session: Session, reader: Person, row: SavingsDisputeRow) -> DisputeView:
    names = await names_for(session, [row.giver_id, row.said_by])
    return DisputeView(
        id=row.id,
        giver=names.person(row.giver_id),
        other=names.person(row.said_by),
        minutes=row.minutes,
        kind=CauseKind(row.cause_kind),
        done_at=row.done_at,
        state=DisputeState(row.state),
        reason=row.reason or "",
        moves=DISPUTES.open_to(row.state, await _relations(session, reader, row)),
    )


async def my_book(session: Session, reader: Person, page: int = 0) -> SavingsBook:
    """Return what somebody has given, what is theirs, and a page of their moves, the last first."""
    account = await session.scalar(
        select(SavingsAccountRow)
        .where(SavingsAccountRow.person_id == reader.id)
        .execution_options(populate_existing=True)
    )
    own = account.id if account else 0
    theirs = or_(Move.from_id == own, Move.to_id == own, Move.giver_id == reader.id)
    found = await page_of(
        session, select(Move).where(theirs).order_by(Move.id.desc()), page, A_PAGE
    )
    return SavingsBook(
        given=await given_by(session, reader.id),
        balance=account.balance if account else 0,
        lines=found.of(await _lines(session, own, found.lines)),
    )


async def given_by(session: Session, person_id: int) -> int:
    """Return how many minutes of somebody others have confirmed, less what was taken back."""
    return await session.scalar(select(earned()).where(Move.giver_id == person_id)) or 0


def earned() -> ColumnElement[int]:
    """Return the sum of what was earned by help, less what was taken back of it."""
    counts = case(
        (Move.cause_kind.in_(EARNED), Move.minutes),
        (Move.cause_kind == CauseKind.REVERSAL, -Move.minutes),
        else_=0,
    )
    return func.coalesce(func.sum(counts), 0)


async def pooled_move(
    session: Session, reader_id: int, move_id: int, _now: datetime
) -> PooledMove | None:
    """Return a move to the pool to whoever gave the time; None to anybody else."""
    row = await session.get(Move, move_id)
    if row is None or row.giver_id != reader_id:
        return None
    return PooledMove(row.minutes, most_of(policy_of(session, SavingsPolicy)))


async def _lines(session: Session, own: int, rows: Sequence[Move]) -> list[SavingsLine]:
    back = aliased(Move)
    reversed_ = await session.scalars(
        select(back.cause_id).where(
            back.cause_kind == CauseKind.REVERSAL, back.cause_id.in_([row.id for row in rows])
        )
    )
    gone = set(reversed_)
    return [
        SavingsLine(
            id=row.id,
            at=row.at,
            minutes=row.minutes,
            kind=CauseKind(row.cause_kind),
            part=MovePart(row.part),
            received=row.to_id == own,
            confirmer=None if row.confirmer is None else Confirmer(row.confirmer),
            reversed=row.id in gone,
        )
        for row in rows
    ]
