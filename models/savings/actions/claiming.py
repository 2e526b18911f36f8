"""Time that was given: said by whoever gave it, credited on the word of whoever was served."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select

from models.audit.actions import deny
from models.care.rules.states import SEEN, CallWay
from models.care.tables import CallOnRow, CareHomeRow, CareRingRow
from models.database import Session
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.help.actions.notify import refresh_cards
from models.help.actions.rows import locked
from models.help.rules.closing import Cause
from models.help.rules.limits import Channel
from models.help.rules.states import ClaimState
from models.help.tables import ClaimRow, RequestRow
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import RecordChange, wake
from models.records.rules import Refusal
from models.routines.tables import OccasionRow
from models.savings.actions.crediting import credit
from models.savings.actions.ledger import hold
from models.savings.claims import NAME, TIME, sides_of
from models.savings.rules import (
    AGAIN_AFTER,
    UNSAVED,
    CauseKind,
    Confirmer,
    CreditOutcome,
    Notice,
    Reminder,
    SavingsOutcome,
    SavingsPolicy,
    TimeMove,
    TimeState,
    wrong_minutes,
)
from models.savings.tables import SavingsClaimRow

Claim = SavingsClaimRow
Claimed = RecordChange[SavingsClaimRow]


async def say_time(
    session: Session, actor: Person, request_id: int, minutes: int, *, now: datetime
) -> SavingsOutcome | Refusal:
    """Say how long one's own help took (SAID); the other side reads it when they are asked.

    Once they have spoken nothing is added (CONFIRMED). Until then it can be said anew.
    """
    if wrong_minutes(minutes):
        return SavingsOutcome.BAD_TIME
    request = await locked(session, request_id)
    if request is None:
        return Refusal.MISSING
    done = await session.scalar(_done(request.id).where(ClaimRow.person_id == actor.id))
    if done is None:
        await deny(session, actor.id, NAME, now=now, subject_id=request_id, detail={"tried": "say"})
        return Refusal.NOT_ALLOWED
    if request.beneficiary_id == actor.id:
        return Refusal.OWN
    row = await _claim_of(session, CauseKind.HELP, done.id)
    if request.solved is not None or (row is not None and row.state != TimeState.REPORTED):
        return SavingsOutcome.CONFIRMED
    if row is None:
        row = _new(CauseKind.HELP, done.id, actor.id, request.beneficiary_id, request.place_id)
        row.done_at = done.done_at or now
        session.add(row)
    row.minutes = minutes
    await refresh_cards(session, request, now)
    return SavingsOutcome.SAID


async def minutes_said(session: Session, request_id: int) -> dict[int, int]:
    """Return how long those who did a request say that it took, by person."""
    rows = await session.execute(
        select(Claim.giver_id, Claim.minutes)
        .join(ClaimRow, ClaimRow.id == Claim.cause_id)
        .where(
            Claim.kind == CauseKind.HELP,
            ClaimRow.request_id == request_id,
            ClaimRow.state == ClaimState.DONE,
            Claim.state != TimeState.WITHDRAWN,
        )
        .order_by(Claim.id)
    )
    return {row.giver_id: row.minutes for row in rows.all()}


async def request_solved(
    session: Session, request: RequestRow, actor_id: int, now: datetime
) -> None:
    """Credit what was said of a locked request, on the word of whoever says that it is solved.

    Where nobody did anything about it since it was disputed, they say so after all.
    """
    done = (await session.scalars(_done(request.id))).all()
    ids = [one.id for one in done] or list(await session.scalars(_ever(request.id)))
    state = TimeState.REPORTED if done else TimeState.DISPUTED
    found = await _open_of(session, CauseKind.HELP, ids, [state], now)
    await hold(session, (one.row.giver_id for one in found))
    proxy_id = await session.scalar(
        select(PersonRow.proxy_id).where(PersonRow.id == request.beneficiary_id)
    )
    as_what = _as_what(request, actor_id, proxy_id)
    for change in found:
        await _save(change, actor_id, as_what)


async def request_unsolved(
    session: Session,
    request: RequestRow,
    cause: Cause,
    *,
    now: datetime,
    actor_id: int,  # noqa: ARG001 - of the hook
) -> None:
    """Have it decided whether time counts that did not solve a locked request, by their word.

    What came back later was well at first: that changes nothing about the time that was given.
    """
    if cause is Cause.UNSOLVED:
        ids = list(await session.scalars(_ever(request.id)))
        for change in await _open_of(session, CauseKind.HELP, ids, [TimeState.REPORTED], now):
            await _dispute(change)


async def said_came(session: Session, call_on: CallOnRow, actor_id: int, now: datetime) -> None:
    """Credit whoever looked in, on the word of the home; the visitor has to say so as well.

    Who came because a request asked for it is credited for that one.
    """
    row = await _call_claim(session, call_on, now)
    if row is not None:
        row.word_by = actor_id
        await _on_their_word(session, call_on, row, now)


async def looked_in(session: Session, call_on: CallOnRow, now: datetime) -> None:
    """Credit whoever reports a call-on of which the home has said before that they came."""
    row = await _call_claim(session, call_on, now)
    if row is not None and row.word_by is not None:
        await _on_their_word(session, call_on, row, now)


async def said_nobody_came(
    session: Session,
    call_on: CallOnRow,
    actor_id: int,  # noqa: ARG001 - of the hook
    now: datetime,
) -> None:
    """Have it decided whether a call-on counts of which its home says that nobody came."""
    if call_on.found not in SEEN or call_on.reported_at is None:
        return
    row = await _call_claim(session, call_on, now)
    change = None if row is None else await wake(session, TIME, row.id, now)
    if change is not None and change.row.state == TimeState.REPORTED:
        change.row.minutes = _counts(session, call_on)
        await _dispute(change)


async def end_all(session: Session, person_id: int, now: datetime) -> None:
    """Let nothing wait any more for the word of somebody who leaves, nor be theirs."""
    theirs = or_(Claim.giver_id == person_id, Claim.served_id == person_id)
    ids = await session.scalars(select(Claim.id).where(theirs, Claim.state.in_(UNSAVED)))
    for change in await _changes(session, ids.all(), UNSAVED, now):
        change.make(TimeMove.END)
        await change.cancel([Reminder.DISPUTED], "left")
        await change.finish()


async def deciders(session: Session, row: Claim, level: Level) -> set[int]:
    """List who is told on a level, none of both sides; where nobody is left, on the other one."""
    path = (await session.get_one(PlaceRow, row.place_id)).path
    sides = await sides_of(session, row)
    other = Level.STREET if level is Level.SECRETARY else Level.SECRETARY
    found = set(await people_at_level(session, path, level)) - sides
    return found or set(await people_at_level(session, path, other)) - sides


async def save(change: Claimed, by_id: int, as_what: Confirmer, served_id: int | None) -> bool:
    """Credit a locked claim (True); False where the word of that person does not count for it."""
    row = change.row
    done = await credit(
        change.session,
        giver_id=row.giver_id,
        minutes=row.minutes,
        kind=CauseKind(row.kind),
        cause_id=row.cause_id,
        confirmed_by=by_id,
        confirmer=as_what,
        served_id=served_id,
        done_at=row.done_at,
        now=change.now,
    )
    return done.outcome not in {CreditOutcome.OWN_WORD, CreditOutcome.PROXY_WORD}


async def _save(change: Claimed, by_id: int, as_what: Confirmer) -> None:
    disputed = change.row.state == TimeState.DISPUTED
    if not await save(change, by_id, as_what, change.row.served_id):
        return
    change.make(TimeMove.CONFIRM)
    await change.cancel([Reminder.DISPUTED], "both say so")
    await change.finish()
    if disputed:
        await change.tell(Notice.DECIDED, [change.row.giver_id])


async def _dispute(change: Claimed) -> None:
    change.make(TimeMove.DISPUTE)
    change.row.disputed_at = change.now
    await change.finish()
    await change.tell(Notice.DISPUTED, await deciders(change.session, change.row, Level.SECRETARY))
    await change.tell(Notice.HEARD, [change.row.giver_id])
    await change.remind(Reminder.DISPUTED, change.now + AGAIN_AFTER)


async def _on_their_word(session: Session, call_on: CallOnRow, row: Claim, now: datetime) -> None:
    if call_on.found not in SEEN or call_on.reported_at is None or row.word_by is None:
        return
    change = await wake(session, TIME, row.id, now)
    if change is None or change.row.state not in UNSAVED:
        return
    row.minutes, row.done_at = _counts(session, call_on), call_on.reported_at
    own = row.word_by == row.served_id
    await _save(change, row.word_by, Confirmer.HELPED if own else Confirmer.SPEAKS)


def _counts(session: Session, call_on: CallOnRow) -> int:
    """Return what a call-on counts by the policy: nobody is asked how long they stayed."""
    policy = policy_of(session, SavingsPolicy)
    phoned = call_on.way == CallWay.PHONE
    return int((policy.call_counts if phoned else policy.visit_counts) / timedelta(minutes=1))


def _as_what(request: RequestRow, actor_id: int, proxy_id: int | None) -> Confirmer:
    if actor_id == request.beneficiary_id:
        return Confirmer.HELPED
    asked = actor_id == request.requester_id and request.channel == Channel.PROXY
    return Confirmer.SPEAKS if asked or actor_id == proxy_id else Confirmer.DESK


async def _call_claim(session: Session, call_on: CallOnRow, now: datetime) -> Claim | None:
    """Return the claim of a call-on, opened where there was none; None where it has no place."""
    if await session.scalar(_asked_by_request(call_on)) is not None:
        return None
    row = await _claim_of(session, CauseKind.CARE, call_on.id)
    home = await session.scalar(
        select(CareHomeRow)
        .join(OccasionRow, OccasionRow.subject_id == CareHomeRow.id)
        .where(OccasionRow.id == call_on.occasion_id)
    )
    if row is None and home is not None and home.place_id is not None:
        row = _new(CauseKind.CARE, call_on.id, call_on.person_id, home.person_id, home.place_id)
        row.minutes, row.done_at = _counts(session, call_on), call_on.reported_at or now
        session.add(row)
        await session.flush()
    return row


def _new(kind: CauseKind, cause_id: int, giver_id: int, served_id: int, place_id: int) -> Claim:
    return Claim(
        state=TimeState.REPORTED,
        kind=kind,
        cause_id=cause_id,
        giver_id=giver_id,
        served_id=served_id,
        place_id=place_id,
    )


async def _claim_of(session: Session, kind: CauseKind, cause_id: int) -> Claim | None:
    return await session.scalar(
        select(Claim)
        .where(Claim.kind == kind, Claim.cause_id == cause_id)
        .execution_options(populate_existing=True)
    )


async def _open_of(
    session: Session,
    kind: CauseKind,
    cause_ids: Iterable[int],
    states: Iterable[TimeState],
    now: datetime,
) -> list[Claimed]:
    found = select(Claim.id).where(Claim.kind == kind, Claim.cause_id.in_([*cause_ids]))
    ids = await session.scalars(found.where(Claim.state.in_([*states])).order_by(Claim.id))
    return await _changes(session, ids.all(), states, now)


async def _changes(
    session: Session, ids: Iterable[int], states: Iterable[TimeState], now: datetime
) -> list[Claimed]:
    wanted = set(states)
    found = [await wake(session, TIME, one, now) for one in sorted(ids)]
    return [one for one in found if one is not None and one.row.state in wanted]


def _done(request_id: int) -> Select[ClaimRow]:
    done = (ClaimRow.request_id == request_id, ClaimRow.state == ClaimState.DONE)
    return select(ClaimRow).where(*done).order_by(ClaimRow.id)


def _ever(request_id: int) -> Select[int]:
    return select(ClaimRow.id).where(ClaimRow.request_id == request_id).order_by(ClaimRow.id)


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
