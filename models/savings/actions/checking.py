"""What the secretary of a place reads of everybody's time; every look is on record."""

from collections import defaultdict
from datetime import datetime, timedelta

from sqlalchemy import Select, select

from models.audit.actions import deny, record
from models.audit.rules import AuditAct
from models.database import Session
from models.hours.rules.local_time import day_of
from models.names.queries import names_for
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import at_or_below
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.reading import page_of
from models.records.rules import Refusal
from models.savings.actions.reversing import taken_back
from models.savings.claims import NAME
from models.savings.flags import GivenTime, flags_of
from models.savings.rules import EARNED, CauseKind, Confirmer, MovePart
from models.savings.tables import SavingsMoveRow
from models.savings.views import CheckedLine, FlagView, SavingsChecks, SavingsSheet

Move = SavingsMoveRow
A_PAGE = 6
LOOKED_BACK = timedelta(days=31)
ROWS_AT_MOST = 5000
"""Of one sheet."""


async def checks(
    session: Session, actor: Person, page: int, *, now: datetime
) -> SavingsChecks | Refusal:
    """Return what stands out in the last month, and a page of what was credited, with names."""
    if why := await _may_not(session, actor, now):
        return why
    found = await page_of(session, _theirs(actor).order_by(Move.id.desc()), page, A_PAGE)
    flags = await _standing_out(session, actor, now)
    await record(session, AuditAct.LOOKED, now=now, actor_id=actor.id, subject=NAME)
    return SavingsChecks(flags, found.of(await _lines(session, found.lines)))


async def _standing_out(session: Session, actor: Person, now: datetime) -> tuple[FlagView, ...]:
    """List what stands out in the last month in somebody's places, with names."""
    lately = await session.scalars(_theirs(actor).where(Move.at > now - LOOKED_BACK))
    zone = policy_of(session).zone
    pieces = defaultdict[tuple[str, int], list[Move]](list)
    for row in lately:
        pieces[row.cause_kind, row.cause_id].append(row)
    given = [
        GivenTime(
            giver_id=rows[0].giver_id or 0,
            by_id=rows[0].by_id,
            minutes=sum(one.minutes for one in rows),
            done_at=rows[0].done_at or rows[0].at,
            day=day_of(rows[0].done_at or rows[0].at, zone),
            by_lead=rows[0].confirmer == Confirmer.LEAD,
        )
        for rows in pieces.values()
    ]
    standing = flags_of(given)
    names = await names_for(session, [one for flag in standing for one in flag.people])
    return tuple(
        FlagView(one.flag, tuple(names.known(each).name for each in one.people), one.count)
        for one in standing
    )


async def ledger_sheet(session: Session, actor: Person, *, now: datetime) -> SavingsSheet | Refusal:
    """Return every move of time in somebody's places, with names, and all that stands out; that it
    was made is on record.

    What was taken back and what was passed on stand in it too: whoever checks sees both lines.
    """
    if why := await _may_not(session, actor, now):
        return why
    rows = await session.scalars(_all_theirs(actor).order_by(Move.id.desc()).limit(ROWS_AT_MOST))
    lines = await _lines(session, tuple(rows.all()))
    detail = {"sheet": NAME, "rows": len(lines)}
    await record(
        session, AuditAct.SHEET_MADE, now=now, actor_id=actor.id, subject=NAME, detail=detail
    )
    return SavingsSheet(await _standing_out(session, actor, now), tuple(lines))


async def _may_not(session: Session, actor: Person, now: datetime) -> Refusal | None:
    if actor.may_anywhere(Right.SUPERVISE):
        return None
    await deny(session, actor.id, NAME, now=now, detail={"tried": "checks"})
    return Refusal.NOT_ALLOWED


def _all_theirs(actor: Person) -> Select[Move]:
    """Select the moves of the communities for which somebody answers."""
    at = select(PlaceRow.id).where(at_or_below(actor.paths_with(Right.SUPERVISE)))
    return select(Move).where(Move.community_id.in_(at))


def _theirs(actor: Person) -> Select[Move]:
    """Select what stands credited in the communities for which somebody answers."""
    gone = select(Move.cause_id).where(Move.cause_kind == CauseKind.REVERSAL)
    return _all_theirs(actor).where(Move.cause_kind.in_(EARNED), Move.id.not_in(gone))


async def _lines(session: Session, rows: tuple[Move, ...]) -> list[CheckedLine]:
    names = await names_for(session, [one for row in rows for one in (row.giver_id, row.by_id)])
    gone = await taken_back(session, [row.id for row in rows])
    return [
        CheckedLine(
            id=row.id,
            at=row.at,
            giver=names.person(row.by_id if row.giver_id is None else row.giver_id),
            by=names.person(row.by_id),
            minutes=row.minutes,
            kind=CauseKind(row.cause_kind),
            part=MovePart(row.part),
            confirmer=None if row.confirmer is None else Confirmer(row.confirmer),
            reversed=row.id in gone,
        )
        for row in rows
    ]
