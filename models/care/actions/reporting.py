"""What was done about money that was asked for: reported, then signed off by somebody else."""

from datetime import datetime

from models.care.actions.follow_ups import plan_follow_ups
from models.care.concerns import CONCERN, hearers, judges, last_report
from models.care.records import path_of
from models.care.rules.notices import Notice, Reminder
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import WORDS_LENGTH, CarePolicy
from models.care.rules.states import ConcernMove, ConcernState
from models.care.tables import CareConcernRow, CareHomeRow, CareReportRow
from models.database import Session
from models.people.views import Person
from models.policy.current import desk_clock_at, policy_of
from models.records.changing import RecordChange, begin
from models.records.rules import Refusal
from models.records.sealed import sealed
from models.text import clean_text


async def report(
    session: Session, actor: Person, concern_id: int, words: str, *, now: datetime, voice: str = ""
) -> CareOutcome | Refusal:
    """Say what was done about money that was asked for, sealed (CONCERN_REPORTED).

    It is not over with that: somebody else looks at it. Where nobody else may, it is, and
    says so (REPORTED_ALONE). `voice` is Telegram's file of what was spoken instead of written.
    """
    change = await begin(session, CONCERN, concern_id, ConcernMove.REPORT, actor, now)
    if isinstance(change, Refusal):
        return change
    said = clean_text(words, WORDS_LENGTH)
    if not said and not voice:
        return Refusal.EMPTY
    row = CareReportRow(concern_id=concern_id, by_id=actor.id, at=now)
    session.add(row)
    await session.flush()
    row.report = sealed(session, row, "report", said)
    row.voice = sealed(session, row, "voice", voice)
    await change.cancel([Reminder.CONCERN], "reported")
    change.make(ConcernMove.REPORT)
    who = await judges(session, change.row)
    if not who:
        await settle_alone(change)
        return CareOutcome.REPORTED_ALONE
    change.row.due_at = await _signed_by(session, change.row, now)
    await change.remind(Reminder.CONCERN_WAITS, change.row.due_at)
    await change.finish()
    await change.tell(Notice.CONCERN_REPORTED, who)
    return CareOutcome.CONCERN_REPORTED


async def sign(
    session: Session, actor: Person, concern_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Sign off what was done (CONCERN_SIGNED): she is asked later whether it was well.

    Whoever reported it does not, nor whoever it is about, told it, or speaks for them.
    """
    change = await begin(session, CONCERN, concern_id, ConcernMove.SIGN, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(ConcernMove.SIGN)
    await _settled(change, actor.id)
    last = await last_report(session, concern_id)
    await change.tell(Notice.CONCERN_SIGNED, [None if last is None else last.by_id])
    return CareOutcome.CONCERN_SIGNED


async def send_back(
    session: Session, actor: Person, concern_id: int, words: str, *, now: datetime
) -> CareOutcome | Refusal:
    """Say why what was done is not enough, sealed (CONCERN_SENT_BACK): it is open again, with as
    much time as at first."""
    change = await begin(session, CONCERN, concern_id, ConcernMove.SEND_BACK, actor, now)
    if isinstance(change, Refusal):
        return change
    why, last = clean_text(words, WORDS_LENGTH), await last_report(session, concern_id)
    if not why or last is None:
        return Refusal.EMPTY
    last.sent_back = sealed(session, last, "sent_back", why)
    last.sent_back_by, last.sent_back_at = actor.id, now
    change.make(ConcernMove.SEND_BACK)
    change.row.due_at = now + policy_of(session, CarePolicy).concern_within
    await change.cancel([Reminder.CONCERN_WAITS], "sent back")
    await change.remind(Reminder.CONCERN, change.row.due_at)
    await change.finish()
    await change.tell(Notice.CONCERN, await hearers(session, change.row), sent_back=True)
    return CareOutcome.CONCERN_SENT_BACK


async def settle_alone(change: RecordChange[CareConcernRow]) -> None:
    """Let a report settle a concern because nobody else is there who could look at it."""
    change.row.state = ConcernState.SETTLED
    await _settled(change, None)


async def _settled(change: RecordChange[CareConcernRow], signer_id: int | None) -> None:
    change.row.settled_by, change.row.settled_at = signer_id, change.now
    await change.cancel([Reminder.CONCERN_WAITS], "settled")
    await plan_follow_ups(change)
    await change.finish()


async def _signed_by(session: Session, row: CareConcernRow, now: datetime) -> datetime:
    """Return until when somebody else is to look at a report, in working time of the place."""
    home = await session.get_one(CareHomeRow, row.home_id)
    clock = await desk_clock_at(session, await path_of(session, home))
    return clock.after(now, policy_of(session, CarePolicy).concern_signed.by(clock))
