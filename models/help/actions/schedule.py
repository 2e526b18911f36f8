"""Scheduling the reminders of a request, and cancelling those that a move makes pointless."""

from collections.abc import Iterable
from datetime import datetime

from models.database import Session
from models.help.actions.deadlines import cancel_steps, pause
from models.help.rules.notices import CLAIM_REMINDERS, Reminder
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import ClaimState, Waiting
from models.help.rules.visits import ClaimTimes, answer_due, check_at, summons_due, visit_due
from models.help.tables import ClaimRow, RequestRow
from models.reminders.actions import cancel, remind, remind_all


async def _set(
    session: Session,
    kind: Reminder,
    subject_id: int,
    due_at: datetime,
    detail: dict[str, bool] | None = None,
) -> None:
    await remind(
        session,
        kind=kind,
        subject_id=subject_id,
        due_at=due_at,
        detail=detail,
    )


async def schedule_ring(
    session: Session,
    request: RequestRow,
    due_at: datetime,
    now: datetime,
    *,
    again: bool = False,
) -> None:
    """Take the next step towards missing hands at `due_at`, and at no other time."""
    await _stop(session, [Reminder.UNCLAIMED], request.id, "asked anew", now)
    detail = {"again": True} if again else None
    await _set(session, Reminder.UNCLAIMED, request.id, due_at, detail)


async def schedule_start(
    session: Session, request: RequestRow, claim: ClaimRow, now: datetime, policy: HelpPolicy
) -> None:
    """Ask a holder 'still coming?' before the start, or a while after taking the task."""
    due_at = check_at(Urgency(request.urgency), request.start_at, now, policy)
    if due_at is not None:
        await _set(session, Reminder.BEFORE_START, claim.id, due_at)


async def schedule_answers(
    session: Session,
    asked: Iterable[tuple[RequestRow, ClaimRow]],
    now: datetime,
    policy: HelpPolicy,
) -> None:
    """Look whether holders have answered, once there was time to."""
    due = [
        (claim.id, answer_due(Urgency(request.urgency), request.start_at, now, policy))
        for request, claim in asked
    ]
    wanted = [(claim_id, due_at) for claim_id, due_at in due if due_at is not None]
    await remind_all(session, kind=Reminder.NO_ANSWER, wanted=wanted)


async def schedule_summons(
    session: Session, request: RequestRow, claim: ClaimRow, now: datetime, policy: HelpPolicy
) -> None:
    """Look whether somebody called in so near to the start that nobody asks again says yes."""
    urgency, start_at = Urgency(request.urgency), request.start_at
    due_at = summons_due(urgency, start_at, now, policy)
    if due_at is not None and check_at(urgency, start_at, now, policy) is None:
        claim.asked_at = now
        await _set(session, Reminder.NO_ANSWER, claim.id, due_at)


async def schedule_visit(
    session: Session, request: RequestRow, claim: ClaimRow, now: datetime, policy: HelpPolicy
) -> None:
    """Ask holder and resident how it stands, a while after the start or after setting out."""
    await _stop(session, [Reminder.VISIT], claim.id, "set anew", now)
    due_at = visit_due(Urgency(request.urgency), held_of(request, claim), policy)
    if due_at is not None:
        await schedule_visit_at(session, claim, max(due_at, now))


async def schedule_visit_at(session: Session, claim: ClaimRow, due_at: datetime) -> None:
    """Ask holder and resident how it stands at an instant."""
    await _set(session, Reminder.VISIT, claim.id, due_at)


async def schedule_visits_at(session: Session, wanted: Iterable[tuple[ClaimRow, datetime]]) -> None:
    """Ask holders and residents how it stands, each at an instant."""
    due = [(claim.id, due_at) for claim, due_at in wanted]
    await remind_all(session, kind=Reminder.VISIT, wanted=due)


def held_of(request: RequestRow, claim: ClaimRow) -> ClaimTimes:
    """Return the view of a claim for the rules."""
    return ClaimTimes(
        state=ClaimState(claim.state),
        start_at=request.start_at,
        held_at=claim.held_at,
        asked_at=claim.asked_at,
        confirmed_at=claim.confirmed_at,
        on_way_at=claim.on_way_at,
        ended_at=claim.ended_at,
        reason=claim.reason,
    )


async def schedule_verdict(
    session: Session, request: RequestRow, now: datetime, policy: HelpPolicy
) -> None:
    """Wait for the resident's word after 'done', follow them up, and tell the owner in the end."""
    await pause(session, request, Waiting.VERDICT, now)
    for wait in policy.after_done:
        await _set(session, Reminder.AFTER_DONE, request.id, now + wait)
    await _set(session, Reminder.UNCONFIRMED, request.id, now + policy.unconfirmed_after)


async def schedule_expiry(
    session: Session, request: RequestRow, now: datetime, policy: HelpPolicy
) -> None:
    """Let a request that nobody took end after a long time."""
    await _set(session, Reminder.EXPIRE, request.id, now + policy.expire_after)


async def schedule_contact(session: Session, request: RequestRow, policy: HelpPolicy) -> None:
    """Hide door and phone a set time after a request has closed, from those who helped."""
    if request.closed_at is not None and request.held:
        due_at = request.closed_at + policy.contact_kept
        await _set(session, Reminder.CONTACT_ENDS, request.id, due_at)


async def stop_claims(
    session: Session, claims: Iterable[ClaimRow], reason: str, now: datetime
) -> None:
    """Cancel what was to be asked of these claims' holders."""
    for claim in claims:
        await _stop(session, [*CLAIM_REMINDERS], claim.id, reason, now)


async def stop_asking(session: Session, claim: ClaimRow, now: datetime) -> None:
    """Cancel what is asked about coming: the holder has said yes."""
    kinds = [Reminder.BEFORE_START, Reminder.NO_ANSWER]
    await _stop(session, kinds, claim.id, "confirmed", now)


async def stop_unclaimed(session: Session, request: RequestRow, now: datetime) -> None:
    """Stop looking for hands: all are found."""
    await _stop(session, [Reminder.UNCLAIMED], request.id, "all hands found", now)


async def stop_request(session: Session, request: RequestRow, reason: str, now: datetime) -> None:
    """Cancel every reminder about a request itself, and stop its clocks."""
    kinds = [
        Reminder.UNCLAIMED,
        Reminder.AFTER_DONE,
        Reminder.UNCONFIRMED,
        Reminder.EXPIRE,
    ]
    await _stop(session, kinds, request.id, reason, now)
    await cancel_steps(session, request, now)


async def _stop(
    session: Session, kinds: list[Reminder], subject_id: int, reason: str, now: datetime
) -> None:
    await cancel(session, subject_id=subject_id, kinds=[*kinds], reason=reason, now=now)
