"""Reading savings."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import aliased

from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import at_or_below, community_above
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.reading import page_of
from models.records.sealed import opened
from models.savings.rules import (
    EARNED,
    CauseKind,
    Confirmer,
    MovePart,
    SavingsPolicy,
    TimeState,
    most_of,
)
from models.savings.tables import (
    SavingsAccountRow,
    SavingsClaimRow,
    SavingsMonthRow,
    SavingsMoveRow,
    SavingsReasonRow,
    TeamMonthRow,
)
from models.savings.views import (
    DecidedView,
    MonthView,
    PooledMove,
    SavingsBook,
    SavingsLine,
    TeamMonth,
)
from models.teams.tables import TeamRow

A_PAGE = 6
MONTHS_SHOWN = 12
TEAM_MONTHS_SHOWN = 20
Move = SavingsMoveRow


async def decided_told(
    session: Session, reader_id: int, claim_id: int, _now: datetime
) -> DecidedView | None:
    """Return to whoever gave the time how it was decided; None to anybody else."""
    row = await session.get(SavingsClaimRow, claim_id, populate_existing=True)
    if row is None or row.giver_id != reader_id:
        return None
    return DecidedView(row.state == TimeState.SAVED, row.minutes, row.done_at, "")


async def reversed_told(
    session: Session, reader_id: int, move_id: int, _now: datetime
) -> DecidedView | None:
    """Return to whoever gave the time why it was taken back; None to anybody else."""
    row = await session.get(Move, move_id)
    if row is None or row.giver_id != reader_id:
        return None
    of_it = (Move.cause_kind == row.cause_kind, Move.cause_id == row.cause_id)
    minutes = await session.scalar(select(func.sum(Move.minutes)).where(*of_it)) or 0
    why = await session.scalar(
        select(SavingsReasonRow)
        .join(Move, Move.id == SavingsReasonRow.move_id)
        .where(Move.cause_kind == CauseKind.REVERSAL, Move.cause_id == move_id)
    )
    words = opened(session, why, "words") if why else ""
    instead = await session.scalar(
        select(func.sum(Move.minutes)).where(
            Move.cause_kind == CauseKind.CORRECTION, Move.cause_id == move_id
        )
    )
    return DecidedView(
        counts=False,
        minutes=minutes,
        done_at=row.done_at or row.at,
        reason=words,
        instead=instead or 0,
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
    beside = (Move.cause_kind == row.cause_kind, Move.cause_id == row.cause_id, Move.id != row.id)
    saved = await session.scalar(select(Move.minutes).where(*beside)) or 0
    return PooledMove(saved, row.minutes, most_of(policy_of(session, SavingsPolicy)))


async def months_of(session: Session, reader: Person) -> list[MonthView] | None:
    """List the months that are over of the community where somebody lives, the last first.

    None for whoever lives nowhere.
    """
    community = None
    if reader.place_id is not None:
        community = await community_above(session, reader.place_id)
    if community is None:
        return None
    rows = await session.scalars(
        select(SavingsMonthRow)
        .where(SavingsMonthRow.community_id == community.id)
        .order_by(SavingsMonthRow.month.desc())
        .limit(MONTHS_SHOWN)
    )
    return [MonthView(row.month, row.hours, row.pooled_hours) for row in rows]


async def team_months(session: Session, reader: Person) -> list[TeamMonth]:
    """List what teams gave in the months that are over, to whoever answers for their places."""
    below = select(PlaceRow.id).where(at_or_below(reader.paths_with(Right.SUPERVISE)))
    rows = await session.execute(
        select(TeamMonthRow.month, TeamRow.name, TeamMonthRow.hours)
        .join(TeamRow, TeamRow.id == TeamMonthRow.team_id)
        .where(TeamRow.place_id.in_(below))
        .order_by(TeamMonthRow.month.desc(), TeamRow.name, TeamRow.id)
        .limit(TEAM_MONTHS_SHOWN)
    )
    return [TeamMonth(one.month, one.name, one.hours) for one in rows]


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
