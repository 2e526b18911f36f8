"""Asking whether it was well after a concern about money, and what comes of the answer."""

from datetime import datetime

from sqlalchemy import select

from models.care.actions.pairs import set_aside
from models.care.concerns import CONCERN, FOLLOW_UP, hearers, ringers
from models.care.records import HOME, standing_pairs
from models.care.rules.follow_ups import FollowUpMove, FollowUpState, asked_at
from models.care.rules.notices import Notice, Reminder
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import WORDS_LENGTH, CarePolicy
from models.care.rules.states import ConcernMove, ConcernState, HomeState, PairPart, PairState
from models.care.tables import CareConcernRow, CareFollowUpRow, CareHomeRow
from models.database import Session
from models.help.rules.policy import HelpPolicy
from models.hours.rules.quiet import out_of_quiet
from models.outbox.readers import readers_by_person
from models.people.views import Person
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin, wake
from models.records.rules import Refusal
from models.records.sealed import sealed
from models.reminders.actions import cancel, remind
from models.reminders.views import Due
from models.text import clean_text

FollowUp = RecordChange[CareFollowUpRow]
STANDS = frozenset({HomeState.AGREED, HomeState.PAUSED})


async def plan_follow_ups(change: RecordChange[CareConcernRow]) -> None:
    """Plan to ask a home whether it was well, after a concern about money was settled."""
    session, row = change.session, change.row
    rows = [
        CareFollowUpRow(
            concern_id=row.id,
            home_id=row.home_id,
            days=days,
            state=FollowUpState.PLANNED,
            due_at=asked_at(change.now, days, policy_of(session).quiet),
        )
        for days in policy_of(session, CarePolicy).concern_asked
    ]
    session.add_all(rows)
    await session.flush()
    for one in rows:
        await remind(session, kind=Reminder.CONCERN_ASK, subject_id=one.id, due_at=one.due_at)


async def ask(session: Session, due: Due, now: datetime) -> None:
    """Ask a home whether it was well, out of quiet hours; where nobody can be asked, say so.

    Nobody is asked where it is open again, care has ended, or a later question is due as well.
    """
    change = await wake(session, FOLLOW_UP, due.subject_id, now)
    if change is None or change.row.state != FollowUpState.PLANNED:
        return
    row = change.row
    if not await _stands(session, row) or await _overtaken(session, row, now):
        row.state = FollowUpState.DROPPED
        return
    awake = out_of_quiet(now, policy_of(session).quiet)
    if awake > now:
        await change.remind(Reminder.CONCERN_ASK, awake)
        return
    row.asked_at = now
    if not await _can_be_asked(session, row):
        await _note_silence(change, late=due.late)
        return
    row.state = FollowUpState.ASKED
    home = await session.get_one(CareHomeRow, row.home_id)
    await change.remind(
        Reminder.CONCERN_SILENT, now + policy_of(session, HelpPolicy).unconfirmed_after
    )
    await change.finish()
    await change.tell(Notice.CONCERN_ASKED, [home.person_id], late=due.late)


async def silent(session: Session, due: Due, now: datetime) -> None:
    """Note that a home has not answered whether it was well, and tell who signed it off to ring."""
    change = await wake(session, FOLLOW_UP, due.subject_id, now)
    if change is None or change.row.state != FollowUpState.ASKED:
        return
    if await _stands(session, change.row):
        await _note_silence(change, late=due.late)
    else:
        change.row.state = FollowUpState.DROPPED
        await change.finish()


async def was_well(
    session: Session, actor: Person, follow_up_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Say that it was well (WAS_WELL): the home, or whoever rang it where it was silent."""
    change = await begin(session, FOLLOW_UP, follow_up_id, FollowUpMove.WELL, actor, now)
    if isinstance(change, Refusal):
        return change
    await _answer(change, actor, FollowUpMove.WELL)
    concern = await session.get_one(CareConcernRow, change.row.concern_id)
    await RecordChange(session, CONCERN, concern, actor.id, now).finish()
    return CareOutcome.WAS_WELL


async def not_well(
    session: Session, actor: Person, follow_up_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Say that it happened again (NOT_WELL): the concern is open again, and told at once.

    ALREADY where it is open. Whoever it is about looks in no more, as when it was first told.
    """
    change = await begin(session, FOLLOW_UP, follow_up_id, FollowUpMove.AGAIN, actor, now)
    if isinstance(change, Refusal):
        return change
    concern = await session.get_one(CareConcernRow, change.row.concern_id)
    if concern.state != ConcernState.SETTLED:
        return Refusal.ALREADY
    await _answer(change, actor, FollowUpMove.AGAIN)
    await _open_again(RecordChange(session, CONCERN, concern, actor.id, now))
    return CareOutcome.NOT_WELL


async def say_more(
    session: Session,
    actor: Person,
    follow_up_id: int,
    words: str,
    *,
    now: datetime,
    voice: str = "",
) -> CareOutcome | Refusal:
    """Say more of what happened again, sealed (SAID_MORE); nothing where it was skipped."""
    change = await begin(session, FOLLOW_UP, follow_up_id, FollowUpMove.MORE, actor, now)
    if isinstance(change, Refusal):
        return change
    row, said = change.row, clean_text(words, WORDS_LENGTH)
    if said or voice:
        row.words, row.voice = (
            sealed(session, row, name, text) for name, text in (("words", said), ("voice", voice))
        )
        await change.finish()
    return CareOutcome.SAID_MORE


async def _answer(change: FollowUp, actor: Person, move: FollowUpMove) -> None:
    change.make(move)
    change.row.answered_by, change.row.answered_at = actor.id, change.now
    await change.cancel([Reminder.CONCERN_SILENT], "answered")
    await change.finish()


async def _open_again(change: RecordChange[CareConcernRow]) -> None:
    """Open a concern again, of a locked home; its other questions are asked no more."""
    session, row, now = change.session, change.row, change.now
    change.make(ConcernMove.REOPEN)
    row.settled_by = row.settled_at = None
    row.due_at = now + policy_of(session, CarePolicy).concern_within
    await change.remind(Reminder.CONCERN, row.due_at)
    for one in await session.scalars(
        select(CareFollowUpRow).where(
            CareFollowUpRow.concern_id == row.id,
            CareFollowUpRow.state.in_([FollowUpState.PLANNED, FollowUpState.ASKED]),
        )
    ):
        one.state = FollowUpState.DROPPED
        kinds: list[str] = [Reminder.CONCERN_ASK, Reminder.CONCERN_SILENT]
        await cancel(session, subject_id=one.id, kinds=kinds, reason="open again", now=now)
        await RecordChange(session, FOLLOW_UP, one, change.actor_id, now).finish()
    await change.finish()
    await change.tell(Notice.CONCERN, await hearers(session, row), again=True)
    home = await session.get_one(CareHomeRow, row.home_id)
    for pair in await standing_pairs(session, [home.id]):
        theirs = pair.person_id == row.about_id and pair.part != PairPart.BUDDY
        if theirs and pair.state == PairState.AGREED:
            await set_aside(RecordChange(session, HOME, home, change.actor_id, now), pair)


async def _note_silence(change: FollowUp, *, late: bool) -> None:
    session, row = change.session, change.row
    row.state = FollowUpState.SILENT
    await change.finish()
    concern = await session.get_one(CareConcernRow, row.concern_id)
    about = RecordChange(session, CONCERN, concern, None, change.now)
    await about.finish()
    await about.tell(Notice.CONCERN_SILENT, await ringers(session, concern), late=late)


async def _stands(session: Session, row: CareFollowUpRow) -> bool:
    """Return whether there is somebody to ask: care has not ended, and it is settled still."""
    concern = await session.get_one(CareConcernRow, row.concern_id)
    home = await session.get_one(CareHomeRow, row.home_id)
    return concern.state == ConcernState.SETTLED and home.state in STANDS


async def _can_be_asked(session: Session, row: CareFollowUpRow) -> bool:
    """Return whether the question reaches the home without going through whom it is about."""
    concern = await session.get_one(CareConcernRow, row.concern_id)
    home = await session.get_one(CareHomeRow, row.home_id)
    reader = (await readers_by_person(session, [home.person_id])).get(home.person_id)
    return reader is not None and reader.person_id != concern.about_id


async def _overtaken(session: Session, row: CareFollowUpRow, now: datetime) -> bool:
    """Return whether a later question about the same is due too, as after an outage."""
    later = await session.scalar(
        select(CareFollowUpRow.id)
        .where(
            CareFollowUpRow.concern_id == row.concern_id,
            CareFollowUpRow.state == FollowUpState.PLANNED,
            CareFollowUpRow.due_at > row.due_at,
            CareFollowUpRow.due_at <= now,
        )
        .limit(1)
    )
    return later is not None
