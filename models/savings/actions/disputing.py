"""Time of which the other side says that it was not well, and lines that were a mistake."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from models.audit.actions import deny
from models.care.rules.states import SEEN
from models.care.tables import CallOnRow, CareHomeRow
from models.database import Session, insert_once
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.help.rules.closing import Cause
from models.help.rules.states import ClaimState
from models.help.tables import ClaimRow, RequestRow
from models.outbox.crowd import notify_people
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import begin, wake
from models.records.rules import Refusal
from models.routines.tables import OccasionRow
from models.savings.actions.crediting import minutes_of
from models.savings.actions.ledger import MoveCause, account_of, credit, move
from models.savings.queries import DISPUTE, NAME, paths_of
from models.savings.rules import (
    EARNED,
    REASON_LENGTH,
    CauseKind,
    Confirmer,
    CreditOutcome,
    DisputeMove,
    DisputeState,
    MovePart,
    Notice,
    SavingsOutcome,
    SavingsPolicy,
)
from models.savings.tables import SavingsAccountRow, SavingsDisputeRow, SavingsMoveRow
from models.text import clean_text

Move = SavingsMoveRow


async def dispute(
    session: Session,
    *,
    giver_id: int,
    minutes: int,
    kind: CauseKind,
    cause_id: int,
    said_by: int,
    place_id: int,
    done_at: datetime,
    now: datetime,
) -> None:
    """Have it decided, once, whether time is credited of which the other side says otherwise."""
    values = {
        "state": DisputeState.OPEN,
        "cause_kind": kind,
        "cause_id": cause_id,
        "giver_id": giver_id,
        "said_by": said_by,
        "minutes": minutes,
        "place_id": place_id,
        "done_at": done_at,
        "opened_at": now,
    }
    if not await insert_once(session, SavingsDisputeRow, values):
        return
    opened = await session.scalar(
        select(SavingsDisputeRow.id).where(
            SavingsDisputeRow.cause_kind == kind, SavingsDisputeRow.cause_id == cause_id
        )
    )
    change = await wake(session, DISPUTE, opened or 0, now)
    if change is not None:
        path = (await session.get_one(PlaceRow, place_id)).path
        above = await people_at_level(session, path, Level.SECRETARY)
        await change.tell(Notice.DISPUTED, set(above) - {giver_id, said_by})


async def request_unsolved(
    session: Session, request: RequestRow, cause: Cause, *, now: datetime, actor_id: int
) -> None:
    """Have it decided whether the time counts of those whose help did not solve a locked request.

    What came back later was well at first: that changes nothing about the time that was given.
    """
    if cause is not Cause.UNSOLVED:
        return
    ended = await session.scalars(
        select(ClaimRow)
        .where(
            ClaimRow.request_id == request.id,
            ClaimRow.state == ClaimState.ENDED,
            ClaimRow.ended_at == now,
        )
        .order_by(ClaimRow.id)
    )
    for claim in ended.all():
        if claim.minutes and claim.person_id not in {request.beneficiary_id, actor_id}:
            await dispute(
                session,
                giver_id=claim.person_id,
                minutes=claim.minutes,
                kind=CauseKind.HELP,
                cause_id=claim.id,
                said_by=actor_id,
                place_id=request.place_id,
                done_at=claim.done_at or now,
                now=now,
            )


async def said_nobody_came(
    session: Session, call_on: CallOnRow, actor_id: int, now: datetime
) -> None:
    """Have it decided whether a call-on counts of which its home says that nobody came."""
    if call_on.found not in SEEN or call_on.reported_at is None:
        return
    place_id = await session.scalar(
        select(CareHomeRow.place_id)
        .join(OccasionRow, OccasionRow.subject_id == CareHomeRow.id)
        .where(OccasionRow.id == call_on.occasion_id)
    )
    if place_id is None:
        return
    await dispute(
        session,
        giver_id=call_on.person_id,
        minutes=minutes_of(call_on, policy_of(session, SavingsPolicy)),
        kind=CauseKind.CARE,
        cause_id=call_on.id,
        said_by=actor_id,
        place_id=place_id,
        done_at=call_on.reported_at,
        now=now,
    )


async def keep(
    session: Session, actor: Person, dispute_id: int, *, now: datetime
) -> SavingsOutcome | Refusal:
    """Decide that the time counts (KEPT); whoever gave it is told."""
    change = await begin(session, DISPUTE, dispute_id, DisputeMove.KEEP, actor, now)
    if isinstance(change, Refusal):
        return change
    row = change.row
    done = await credit(
        session,
        giver_id=row.giver_id,
        minutes=row.minutes,
        kind=CauseKind(row.cause_kind),
        cause_id=row.cause_id,
        confirmed_by=actor.id,
        confirmer=Confirmer.SECRETARY,
        done_at=row.done_at,
        now=now,
    )
    if done.outcome in {CreditOutcome.OWN_WORD, CreditOutcome.PROXY_WORD}:
        return Refusal.OWN
    change.make(DisputeMove.KEEP)
    row.decided_by, row.decided_at = actor.id, now
    await change.finish()
    await change.tell(Notice.DECIDED, [row.giver_id])
    return SavingsOutcome.KEPT


async def drop(
    session: Session, actor: Person, dispute_id: int, reason: str, *, now: datetime
) -> SavingsOutcome | Refusal:
    """Decide that the time does not count (DROPPED), with a reason that whoever gave it reads.

    Where it was credited before, it is taken back.
    """
    change = await begin(session, DISPUTE, dispute_id, DisputeMove.DROP, actor, now)
    if isinstance(change, Refusal):
        return change
    said = clean_text(reason, REASON_LENGTH)
    if not said:
        return Refusal.EMPTY
    row = change.row
    kind = CauseKind(row.cause_kind)
    if not await _take_back(session, actor, kind, row.cause_id, row.giver_id, said, now):
        return SavingsOutcome.GIVEN_ON
    change.make(DisputeMove.DROP)
    row.decided_by, row.decided_at, row.reason = actor.id, now, said
    await change.finish()
    await change.tell(Notice.DECIDED, [row.giver_id])
    return SavingsOutcome.DROPPED


async def reverse(
    session: Session, actor: Person, move_id: int, reason: str, *, now: datetime
) -> SavingsOutcome | Refusal:
    """Take credited time back that was a mistake, with a reason (REVERSED); both lines stay.

    Whoever answers for the place where the giver lives can; nobody in their own matter.
    """
    row = await session.get(Move, move_id)
    if why := await _why_not_back(session, actor, move_id, row, now):
        return why
    assert row is not None  # noqa: S101 - else there was a reason
    assert row.giver_id is not None  # noqa: S101 - the same
    said = clean_text(reason, REASON_LENGTH)
    if not said:
        return Refusal.EMPTY
    await account_of(session, row.giver_id)
    if await _back(session, [row.id]):
        return Refusal.ALREADY
    kind = CauseKind(row.cause_kind)
    if not await _take_back(session, actor, kind, row.cause_id, row.giver_id, said, now):
        return SavingsOutcome.GIVEN_ON
    await notify_people(
        session, [row.giver_id], kind=Notice.REVERSED, subject_id=row.id, now=now, name=None
    )
    return SavingsOutcome.REVERSED


async def _why_not_back(
    session: Session, actor: Person, move_id: int, row: Move | None, now: datetime
) -> SavingsOutcome | Refusal | None:
    if row is None:
        return Refusal.MISSING
    if row.giver_id is None or row.cause_kind not in EARNED:
        return SavingsOutcome.NOT_EARNED
    if not await supervises(session, actor, row.giver_id):
        await deny(
            session, actor.id, NAME, now=now, subject_id=move_id, detail={"tried": "reverse"}
        )
        return Refusal.NOT_ALLOWED
    return Refusal.OWN if await is_close(session, actor.id, row.giver_id) else None


async def supervises(session: Session, actor: Person, person_id: int) -> bool:
    """Return whether somebody answers for the place where a person lives."""
    return any(actor.may(Right.SUPERVISE, path) for path in await paths_of(session, person_id))


async def is_close(session: Session, one_id: int, other_id: int) -> bool:
    """Return whether two are one person, or one speaks for the other."""
    rows = await session.scalars(select(PersonRow).where(PersonRow.id.in_([one_id, other_id])))
    speaks = {row.id: row.proxy_id for row in rows}
    return one_id == other_id or speaks.get(one_id) == other_id or speaks.get(other_id) == one_id


async def _take_back(
    session: Session,
    actor: Person,
    kind: CauseKind,
    cause_id: int,
    giver_id: int,
    reason: str,
    now: datetime,
) -> bool:
    """Take back all that was credited for a cause, line by line; False where it was given away."""
    account = await account_of(session, giver_id)
    of_it = (Move.cause_kind == kind, Move.cause_id == cause_id)
    rows = (await session.scalars(select(Move).where(*of_it).order_by(Move.id))).all()
    rows = [row for row in rows if row.id not in await _back(session, [row.id for row in rows])]
    if account.balance < sum(row.minutes for row in rows if row.to_id == account.id):
        return False
    for row in rows:
        back = MoveCause(CauseKind.REVERSAL, row.id, actor.id, giver_id, reason=reason)
        source, to = [
            await session.get_one(SavingsAccountRow, each) for each in (row.to_id, row.from_id)
        ]
        await move(session, source, to, row.minutes, back, now=now, part=MovePart(row.part))
    return True


async def _back(session: Session, move_ids: Sequence[int]) -> set[int]:
    """List those of some moves that were taken back."""
    of_them = (Move.cause_kind == CauseKind.REVERSAL, Move.cause_id.in_(move_ids))
    return set(await session.scalars(select(Move.cause_id).where(*of_them)))
