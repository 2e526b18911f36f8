"""Letting a broadcast go: approval, sending, holding on, weekly repeats, a test to oneself."""

from datetime import datetime

from models.audit.actions import deny
from models.broadcasts.actions.beginning import begin
from models.broadcasts.actions.drafts import show_copies, show_for_approval
from models.broadcasts.actions.progress import moved
from models.broadcasts.actions.rows import SUBJECT, locked, refusal, relations_of
from models.broadcasts.queries.copies import heads_of
from models.broadcasts.queries.reach import approvers
from models.broadcasts.rules.audience import Audience
from models.broadcasts.rules.notices import Notice, Reminder, Style
from models.broadcasts.rules.outcomes import BroadcastOutcome
from models.broadcasts.rules.sending import (
    COPIES,
    REASON_LENGTH,
    BroadcastPolicy,
    a_week_on,
    missed_its_day,
)
from models.broadcasts.rules.states import Move, Relation, State, needs_approval
from models.broadcasts.tables import BroadcastRow
from models.database import Session
from models.outbox import holding
from models.outbox.actions import notify
from models.outbox.refreshing import refresh
from models.outbox.rules import Lane
from models.people.queries import person_by_id
from models.people.views import Person
from models.policy.current import policy_of
from models.reminders.actions import cancel as cancel_reminder
from models.reminders.actions import remind
from models.reminders.views import Due

MEANT_FOR = "meant_for"
"""Where the detail of a notice names the hour at which a broadcast was to go, in ISO 8601."""


async def ask(
    session: Session, actor: Person, broadcast_id: int, version: int, *, now: datetime
) -> BroadcastOutcome:
    """Have one's draft go: at once, at its time, or once a second person has approved it."""
    row = await held(session, actor, broadcast_id, Move.ASK, now=now)
    if isinstance(row, BroadcastOutcome):
        return row
    heads = await heads_of(session, Audience.of(row.audience))
    if why := _cannot_go(row, version, heads, now):
        return why
    row.reason, row.approved_by, row.approved_at = None, None, None
    if needs_approval(
        Style(row.style), heads, policy_of(session, BroadcastPolicy).second_pair_over
    ):
        return await _ask_a_second(session, row, now)
    row.asked_at = now
    return await _let_go(session, row, now)


async def approve(
    session: Session, actor: Person, broadcast_id: int, version: int, *, now: datetime
) -> BroadcastOutcome:
    """Let somebody else's broadcast go, in the version that was seen."""
    row = await held(session, actor, broadcast_id, Move.APPROVE, now=now)
    if isinstance(row, BroadcastOutcome):
        return row
    if row.version != version:
        return BroadcastOutcome.CHANGED
    row.approved_by, row.approved_at = actor.id, now
    await _let_go(session, row, now)
    await _tell_decided(session, row, now)
    return BroadcastOutcome.APPROVED


async def send_back(
    session: Session, actor: Person, broadcast_id: int, reason: str, *, now: datetime
) -> BroadcastOutcome:
    """Return a broadcast back to its author, with what should be changed."""
    row = await held(session, actor, broadcast_id, Move.SEND_BACK, now=now)
    if isinstance(row, BroadcastOutcome):
        return row
    row.state, row.changed_at, row.reason = State.DRAFT, now, reason.strip()[:REASON_LENGTH]
    await _tell_decided(session, row, now)
    return BroadcastOutcome.SENT_BACK


async def take_back(
    session: Session, actor: Person, broadcast_id: int, *, now: datetime
) -> BroadcastOutcome:
    """Make one's broadcast a draft again before it has begun."""
    row = await held(session, actor, broadcast_id, Move.TAKE_BACK, now=now)
    if isinstance(row, BroadcastOutcome):
        return row
    row.state, row.changed_at = State.DRAFT, now
    await call_off_start(session, row.id, now)
    return BroadcastOutcome.TAKEN_BACK


async def start_due(session: Session, due: Due, now: datetime) -> None:
    """Begin a broadcast whose time has come, and plan the one of next week where there is one.

    One whose day is over by now does not go: its author is asked.

    Rights and heads may have changed since it was asked for: what nobody has approved begins only
    if its author could have it go at this moment. Otherwise a second person is asked, or it is a
    draft again where there is none; its author is told.
    """
    row = await locked(session, due.subject_id)
    if row is None or row.state != State.SCHEDULED:
        return
    if row.start_at is not None and row.start_at > now:
        return
    zone = policy_of(session).zone
    if row.start_at is not None and missed_its_day(Style(row.style), row.start_at, now, zone):
        await _ask_author(session, row, row.start_at, now)
        return
    if row.approved_by is None and not await _may_begin_alone(session, row):
        await _stop_before_start(session, row, now)
        return
    await begin(session, row, now)
    if row.weekly:
        await plan_next(session, row, now)


async def _ask_author(
    session: Session, row: BroadcastRow, meant_for: datetime, now: datetime
) -> None:
    """Make what missed its day a draft again, and ask its author; a weekly one goes on next week.

    What was approved were words for that day: sent now, it is looked at anew.
    """
    if row.weekly:
        await plan_next(session, row, now)
    row.state, row.changed_at, row.start_at, row.weekly = State.DRAFT, now, None, False
    row.approved_by, row.approved_at = None, None
    await notify(
        session,
        recipient_id=row.author_id,
        kind=Notice.MISSED,
        subject_id=row.id,
        now=now,
        detail={MEANT_FOR: meant_for.isoformat()},
    )


async def _may_begin_alone(session: Session, row: BroadcastRow) -> bool:
    author = await person_by_id(session, row.author_id)
    if author is None or Relation.AUTHOR not in await relations_of(session, author, row):
        return False
    heads = await heads_of(session, Audience.of(row.audience))
    return not needs_approval(
        Style(row.style), heads, policy_of(session, BroadcastPolicy).second_pair_over
    )


async def _stop_before_start(session: Session, row: BroadcastRow, now: datetime) -> None:
    if await _ask_a_second(session, row, now) is BroadcastOutcome.NO_APPROVER:
        row.state, row.changed_at = State.DRAFT, now
    await notify(
        session, recipient_id=row.author_id, kind=Notice.NOT_BEGUN, subject_id=row.id, now=now
    )


async def held(
    session: Session, actor: Person, broadcast_id: int, move: Move, *, now: datetime
) -> BroadcastRow | BroadcastOutcome:
    """Return a broadcast that somebody may do this to, held; else why not: attempts are noted."""
    row = await locked(session, broadcast_id)
    if row is None:
        return BroadcastOutcome.MISSING
    why = await refusal(session, actor, row, move)
    if why is BroadcastOutcome.NOT_ALLOWED:
        detail = {"move": str(move)}
        await deny(session, actor.id, SUBJECT, now=now, subject_id=row.id, detail=detail)
    return row if why is None else why


async def call_off_start(session: Session, broadcast_id: int, now: datetime) -> None:
    """Let a broadcast not begin by itself, and show so on the cards that ask to approve it."""
    kinds = [str(Reminder.START)]
    await cancel_reminder(
        session, subject_id=broadcast_id, kinds=kinds, reason="taken back", now=now
    )
    await refresh(session, kinds=[Notice.APPROVE], subject_ids=[broadcast_id], now=now)


def _cannot_go(
    row: BroadcastRow, version: int, heads: int, now: datetime
) -> BroadcastOutcome | None:
    if row.version != version:
        return BroadcastOutcome.CHANGED
    if row.start_at is not None and row.start_at <= now:
        return BroadcastOutcome.PAST
    return None if heads else BroadcastOutcome.NOBODY


async def _ask_a_second(session: Session, row: BroadcastRow, now: datetime) -> BroadcastOutcome:
    asked = await approvers(session, row)
    if not asked:
        return BroadcastOutcome.NO_APPROVER
    row.state, row.asked_at, row.changed_at = State.WAITING, now, now
    await show_for_approval(session, row, asked, now)
    return BroadcastOutcome.WAITING


async def _let_go(session: Session, row: BroadcastRow, now: datetime) -> BroadcastOutcome:
    """Begin it, or have it begin at its time."""
    row.state, row.changed_at = State.SCHEDULED, now
    if row.start_at is not None and row.start_at > now:
        await remind(session, kind=Reminder.START, subject_id=row.id, due_at=row.start_at)
        return BroadcastOutcome.SCHEDULED
    await begin(session, row, now)
    if row.weekly and row.start_at is not None:
        await plan_next(session, row, now)
    return BroadcastOutcome.BEGUN


async def _tell_decided(session: Session, row: BroadcastRow, now: datetime) -> None:
    await notify(
        session,
        recipient_id=row.author_id,
        kind=Notice.DECIDED,
        subject_id=row.id,
        now=now,
        lane=Lane.LIVE,
        dedupe=f"{Notice.DECIDED}:{row.id}:{now.isoformat()}",
    )
    await refresh(session, kinds=[Notice.APPROVE], subject_ids=[row.id], now=now)


async def pause(
    session: Session, actor: Person, broadcast_id: int, *, now: datetime
) -> BroadcastOutcome:
    """Hold up every copy that has not left; the few in the sender's hands still arrive."""
    row = await held(session, actor, broadcast_id, Move.PAUSE, now=now)
    if isinstance(row, BroadcastOutcome):
        return row
    row.state, row.changed_at = State.PAUSED, now
    await holding.hold(session, kinds=COPIES, subject_id=row.id)
    await moved(session, row, now)
    return BroadcastOutcome.PAUSED


async def resume(
    session: Session, actor: Person, broadcast_id: int, *, now: datetime
) -> BroadcastOutcome:
    """Let what is held up go on where it was."""
    row = await held(session, actor, broadcast_id, Move.RESUME, now=now)
    if isinstance(row, BroadcastOutcome):
        return row
    row.state, row.changed_at = State.SENDING, now
    await holding.let_go(session, kinds=COPIES, subject_id=row.id)
    await moved(session, row, now)
    return BroadcastOutcome.RESUMED


async def cancel(
    session: Session, actor: Person, broadcast_id: int, *, now: datetime, reason: str = ""
) -> BroadcastOutcome:
    """End a broadcast: nobody is sent it who has not been; what was sent stays."""
    row = await held(session, actor, broadcast_id, Move.CANCEL, now=now)
    if isinstance(row, BroadcastOutcome):
        return row
    row.reason = reason.strip()[:REASON_LENGTH] or None
    await end_sending(session, row, now)
    return BroadcastOutcome.CANCELLED


async def end_sending(session: Session, row: BroadcastRow, now: datetime) -> None:
    """Drop what waits of a broadcast whose lock is held, and write down that it is over."""
    row.state, row.ended_at, row.changed_at = State.CANCELLED, now, now
    await call_off_start(session, row.id, now)
    if row.started_at is not None:
        reason = "the broadcast was cancelled"
        await holding.drop(session, kinds=COPIES, subject_id=row.id, reason=reason, now=now)
        await moved(session, row, now)


REPEATED = ("author_id", "place_id", "style", "topic", "language", "content", "content_other")


AS_WELL = ("buttons", "audience", "version", "approved_by", "approved_at")


async def plan_next(session: Session, row: BroadcastRow, now: datetime) -> None:
    """Make the same ready for a week later; called once, as one begins.

    An approval holds for what was approved. Whether one is needed is asked as it begins.
    """
    start_at = a_week_on(row.start_at or now, now, policy_of(session).zone)
    same = {name: getattr(row, name) for name in (*REPEATED, *AS_WELL)}
    following = BroadcastRow(
        **same,
        token=f"weekly:{row.id}",
        state=State.SCHEDULED,
        start_at=start_at,
        weekly=True,
        series_id=row.id,
        created_at=now,
        changed_at=now,
        asked_at=now,
        heads=0,
    )
    session.add(following)
    await session.flush()
    await remind(session, kind=Reminder.START, subject_id=following.id, due_at=start_at)


async def test(
    session: Session, actor: Person, broadcast_id: int, *, now: datetime
) -> BroadcastOutcome:
    """Send its author a copy in each language, unmistakably a test."""
    row = await held(session, actor, broadcast_id, Move.TEST, now=now)
    if isinstance(row, BroadcastOutcome):
        return row
    await show_copies(session, row, [actor.id], now, lane=Lane.ANSWER)
    return BroadcastOutcome.TESTED
