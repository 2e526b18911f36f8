"""What is credited for what: requests that are solved, call-ons of which the home says that
somebody came, and all of these that were confirmed before there were savings."""

from datetime import datetime, timedelta

from sqlalchemy import Select, exists, select

from models.care.rules.states import SEEN, CallWay, HomeSaid
from models.care.tables import CallOnRow, CareHomeRow, CareRingRow
from models.database import Session
from models.help.rules.limits import Line
from models.help.rules.states import ClaimState, State
from models.help.tables import ClaimRow, LineRow, RequestRow
from models.policy.current import policy_of
from models.reminders.actions import remind
from models.reminders.views import Due
from models.routines.tables import OccasionRow
from models.savings.actions.ledger import credit, hold
from models.savings.rules import CauseKind, Confirmer, Reminder, SavingsPolicy
from models.savings.tables import SavingsMoveRow

AT_ONCE = 200
"""Claims, or call-ons, that one reminder credits of what was confirmed before."""
NEXT_AFTER = timedelta(minutes=1)


async def request_solved(
    session: Session, request: RequestRow, actor_id: int, now: datetime
) -> None:
    """Credit all who did a locked request, on the word of whoever says that it is solved."""
    done = (await session.scalars(_done(request.id))).all()
    await hold(session, (claim.person_id for claim in done))
    for claim in done:
        await _credit_claim(session, request, claim, actor_id, now)


async def said_came(session: Session, call_on: CallOnRow, actor_id: int, now: datetime) -> None:
    """Credit whoever looked in, on the word of the home; the visitor has to say so as well.

    Who came because a request asked for it is credited for that one.
    """
    if call_on.found not in SEEN or call_on.reported_at is None:
        return
    if await session.scalar(_asked_by_request(call_on)) is not None:
        return
    home_id = await _home_of(session, call_on)
    await credit(
        session,
        giver_id=call_on.person_id,
        minutes=minutes_of(call_on, policy_of(session, SavingsPolicy)),
        kind=CauseKind.CARE,
        cause_id=call_on.id,
        confirmed_by=actor_id,
        confirmer=Confirmer.HELPED if actor_id == home_id else Confirmer.SPEAKS,
        served_id=home_id,
        done_at=call_on.reported_at,
        now=now,
    )


def minutes_of(call_on: CallOnRow, policy: SavingsPolicy) -> int:
    """Return what a call-on counts: nobody is asked how long they stayed."""
    phoned = call_on.way == CallWay.PHONE
    return int((policy.call_counts if phoned else policy.visit_counts) / timedelta(minutes=1))


async def arrange(session: Session, now: datetime) -> None:
    """Have all credited that was confirmed before there were savings, once."""
    await remind(session, kind=Reminder.CARRY, subject_id=0, due_at=now, dedupe=str(Reminder.CARRY))


async def carry(session: Session, due: Due, now: datetime) -> None:
    """Credit some of what was confirmed and is not credited, and have the next some credited.

    By the same rule as what is confirmed from now on; what it refuses is passed over, so it goes
    by number and never stands still.
    """
    claim_from, call_from = due.detail.get("claim", 0), due.detail.get("call", 0)
    claims = (await session.execute(_claims_left(claim_from))).all()
    calls = (await session.execute(_calls_left(call_from))).all()
    givers = [claim.person_id for claim, _ in claims] + [call_on.person_id for call_on, _ in calls]
    await hold(session, givers)
    for claim, request in claims:
        word = await session.scalar(_who_said_solved(request.id))
        await _credit_claim(session, request, claim, word or request.beneficiary_id, now)
    for call_on, home_id in calls:
        await said_came(session, call_on, home_id, now)
    if claims or calls:
        detail = {
            "claim": claims[-1][0].id if claims else claim_from,
            "call": calls[-1][0].id if calls else call_from,
        }
        await remind(
            session,
            kind=Reminder.CARRY,
            subject_id=0,
            due_at=now + NEXT_AFTER,
            detail=detail,
            dedupe=f"{Reminder.CARRY}:{detail['claim']}:{detail['call']}",
        )


async def _credit_claim(
    session: Session, request: RequestRow, claim: ClaimRow, actor_id: int, now: datetime
) -> None:
    known = {request.requester_id: Confirmer.SPEAKS, request.beneficiary_id: Confirmer.HELPED}
    await credit(
        session,
        giver_id=claim.person_id,
        minutes=claim.minutes or 0,
        kind=CauseKind.HELP,
        cause_id=claim.id,
        confirmed_by=actor_id,
        confirmer=known.get(actor_id, Confirmer.DESK),
        served_id=request.beneficiary_id,
        done_at=claim.done_at,
        now=now,
    )


def _done(request_id: int) -> Select[ClaimRow]:
    done = (ClaimRow.request_id == request_id, ClaimRow.state == ClaimState.DONE)
    return select(ClaimRow).where(*done).order_by(ClaimRow.id)


def _asked_by_request(call_on: CallOnRow) -> Select[int]:
    return (
        select(ClaimRow.id)
        .join(CareRingRow, CareRingRow.request_id == ClaimRow.request_id)
        .where(
            CareRingRow.occasion_id == call_on.occasion_id,
            ClaimRow.person_id == call_on.person_id,
            ClaimRow.state == ClaimState.DONE,
        )
        .limit(1)
    )


async def _home_of(session: Session, call_on: CallOnRow) -> int | None:
    return await session.scalar(
        select(CareHomeRow.person_id)
        .join(OccasionRow, OccasionRow.subject_id == CareHomeRow.id)
        .where(OccasionRow.id == call_on.occasion_id)
    )


def _claims_left(after: int) -> Select[ClaimRow, RequestRow]:
    credited = exists().where(
        SavingsMoveRow.cause_kind == CauseKind.HELP, SavingsMoveRow.cause_id == ClaimRow.id
    )
    return (
        select(ClaimRow, RequestRow)
        .join(RequestRow, RequestRow.id == ClaimRow.request_id)
        .where(
            ClaimRow.id > after,
            ClaimRow.state == ClaimState.DONE,
            RequestRow.state == State.CLOSED,
            RequestRow.solved.is_(True),
            ~credited,
        )
        .order_by(ClaimRow.id)
        .limit(AT_ONCE)
    )


def _calls_left(after: int) -> Select[CallOnRow, int]:
    credited = exists().where(
        SavingsMoveRow.cause_kind == CauseKind.CARE, SavingsMoveRow.cause_id == CallOnRow.id
    )
    return (
        select(CallOnRow, CareHomeRow.person_id)
        .join(OccasionRow, OccasionRow.id == CallOnRow.occasion_id)
        .join(CareHomeRow, CareHomeRow.id == OccasionRow.subject_id)
        .where(
            CallOnRow.id > after,
            CallOnRow.said_by_home == HomeSaid.CAME,
            CallOnRow.reported_at.is_not(None),
            ~credited,
        )
        .order_by(CallOnRow.id)
        .limit(AT_ONCE)
    )


def _who_said_solved(request_id: int) -> Select[int | None]:
    said = (LineRow.request_id == request_id, LineRow.what == Line.SOLVED)
    return select(LineRow.actor_id).where(*said).order_by(LineRow.id.desc()).limit(1)
