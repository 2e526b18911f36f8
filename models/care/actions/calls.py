"""Call-ons: somebody comes, cannot, was there; the home says so too; what was missed is covered."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import select

from models.audit.actions import deny
from models.care import hooks
from models.care.actions.asking import Call, ask_again, ask_on, end_ring, home_of_call
from models.care.actions.concerns import open_concern
from models.care.records import (
    CALL,
    DOOR,
    HOME,
    NAME,
    call_on_of,
    is_own,
    keeper_of,
)
from models.care.rules.notices import Notice, Reminder
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import WORDS_LENGTH, days_left
from models.care.rules.states import (
    OPEN_HOME,
    SEEN,
    CallWay,
    CareFound,
    Concern,
    HomeSaid,
    HomeState,
)
from models.care.tables import CallOnRow, CareHomeRow, CareRingRow
from models.database import Session
from models.help.tables import RequestRow
from models.hours.rules.local_time import day_of, first_showing
from models.hours.rules.quiet import out_of_quiet
from models.people.actions.personal import look
from models.people.rules import Field
from models.people.views import Because, Person
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin, wake
from models.records.rules import Refusal
from models.records.sealed import sealed
from models.routines.actions import occasions
from models.routines.actions import plans as routines
from models.routines.rules import (
    OPENS,
    UNSETTLED,
    Move,
    OccasionOutcome,
    OccasionState,
    Relation,
    half_of,
)
from models.routines.tables import OccasionRow
from models.text import clean_text

WRITTEN_WITHIN = timedelta(days=3)


async def coming(
    session: Session, actor: Person, occasion_id: int, *, now: datetime, day: date | None = None
) -> CareOutcome | Refusal:
    """Say that one comes, today or on another day of the window (COMING, LATER).

    The home is told, with the word of the day for its door, which is open to whoever comes. Whoever
    has it may choose another day. TAKEN where somebody else has it.
    """
    row = await session.get(OccasionRow, occasion_id, populate_existing=True)
    has = row is not None and row.state == OccasionState.TAKEN and row.person_id == actor.id
    move = Move.LOOK if has else Move.TAKE
    change = await _begin(session, occasion_id, move, actor, now)
    if isinstance(change, Refusal):
        return await _why(session, occasion_id, actor, change)
    today = day_of(now, policy_of(session).zone)
    on = day or today
    if on not in _days(change, today):
        return Refusal.BAD_DATE
    if has and (change.row.state, change.row.person_id) != (OccasionState.TAKEN, actor.id):
        return Refusal.WRONG_TIME
    took = OccasionOutcome.TAKEN if has else await occasions.take(change, actor.id)
    if isinstance(took, Refusal):
        return CareOutcome.TAKEN if took is Refusal.ALREADY else took
    call_on = await _call_on(change, actor.id)
    if has and call_on.on_day == on:
        return Refusal.ALREADY
    call_on.on_day = on
    await change.cancel([Reminder.NEXT, Reminder.DAY], "taken")
    if on > today:
        await change.remind(Reminder.DAY, first_showing(on, OPENS, policy_of(session).zone))
    await end_ring(change, actor.id)
    because = Because(DOOR, occasion_id)
    whose = (await home_of_call(change)).person_id
    await look(session, actor, whose, [Field.DOOR], now=now, because=because)
    await change.finish()
    await _tell_home(change, Notice.COMING)
    return CareOutcome.COMING if on == today else CareOutcome.LATER


async def cannot(
    session: Session, actor: Person, occasion_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Say that one cannot come (CANNOT): those who come instead are asked in order, then a ring."""
    change = await begin(session, CALL, occasion_id, Move.CANNOT, actor, now)
    if isinstance(change, Refusal):
        return await _why(session, occasion_id, actor, change)
    let = await occasions.cannot(change, actor.id)
    if isinstance(let, Refusal):
        return let
    if change.row.person_id is None:
        await change.cancel([Reminder.DAY], "cannot")
    if change.row.person_id is None:
        await ask_on(change)
    await change.finish()
    return CareOutcome.CANNOT


async def report(
    session: Session,
    actor: Person,
    occasion_id: int,
    found: CareFound,
    way: CallWay = CallWay.DOOR,
    *,
    now: datetime,
) -> CareOutcome | Refusal:
    """Report how one found somebody (REPORTED); the home is asked whether that is so.

    Where nobody was seen the call-on is not made, and whoever keeps the home is told at once
    (NOT_SEEN). CHECKED where the home has said already that nobody came.
    """
    row = await session.get(OccasionRow, occasion_id, populate_existing=True)
    missed = row is not None and row.state == OccasionState.MISSED
    move = Move.COVER if missed else Move.DO
    change = await _begin(session, occasion_id, move, actor, now)
    if isinstance(change, Refusal):
        return await _why(session, occasion_id, actor, change)
    if await is_own(session, actor, await home_of_call(change)) is not None:
        return Refusal.OWN
    if found in SEEN:
        why = await _made(change, actor.id)
        if why is not None:
            return why
        await end_ring(change, actor.id)
    call_on = await _call_on(change, actor.id)
    call_on.found, call_on.way, call_on.reported_at = found, way, now
    await change.finish()
    if found in SEEN:
        return await _reported(change, call_on)
    keeper = await keeper_of(session, await home_of_call(change), now, but=actor.id)
    await change.tell(Notice.UNSEEN, [keeper])
    return CareOutcome.NOT_SEEN


async def write_down(
    session: Session, actor: Person, occasion_id: int, words: str, *, now: datetime, voice: str = ""
) -> CareOutcome | Refusal:
    """Write, or keep what was spoken of, what was found at a door, sealed (REPORTED).

    Who reported it can, within three days, and nobody else.
    """
    row = await session.get(OccasionRow, occasion_id, populate_existing=True)
    if row is None or row.subject != NAME:
        return Refusal.MISSING
    call_on = await call_on_of(session, row)
    if call_on is None or call_on.person_id != actor.id or call_on.reported_at is None:
        return Refusal.NOT_ALLOWED
    if now > call_on.reported_at + WRITTEN_WITHIN:
        return Refusal.TOO_LATE
    home = await wake(session, HOME, row.subject_id, now)
    if home is None or home.row.state not in OPEN_HOME:
        return Refusal.WRONG_TIME  # words go with the home: none come after them
    said = clean_text(words, WORDS_LENGTH)
    if not said and not voice:
        return Refusal.EMPTY
    call_on.words = sealed(session, call_on, "words", said)
    call_on.voice = sealed(session, call_on, "voice", voice)
    await session.flush()
    return CareOutcome.REPORTED


async def say(
    session: Session, actor: Person, occasion_id: int, said: HomeSaid, *, now: datetime
) -> CareOutcome | Refusal:
    """Say as the home whether they came (CONFIRMED).

    Where the visitor says otherwise both are rung, neither is accused, and nothing counts for now
    (CHECKED). A visitor who speaks for the home cannot say so of themselves (OWN).
    """
    change = await begin(session, CALL, occasion_id, Move.LOOK, actor, now)
    if isinstance(change, Refusal):
        return change
    home = await home_of_call(change)
    call_on = await call_on_of(session, change.row)
    if why := await _may_not_say(change, actor, home, call_on, said):
        return why
    assert call_on is not None  # noqa: S101 - else there was a reason
    call_on.said_by_home, call_on.said_at = said, now
    await change.finish()
    told = hooks.said_came if said is HomeSaid.CAME else hooks.said_nobody_came
    await told(session, call_on, actor.id, now)
    if said is HomeSaid.CAME or call_on.reported_at is None:
        return CareOutcome.CONFIRMED
    if call_on.found in SEEN:
        await open_concern(session, home, Concern.MISMATCH, call_on.person_id, now, change.row)
    return CareOutcome.CHECKED


async def cover(
    session: Session, actor: Person, occasion_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Have somebody asked to come instead (COVERING): in order, then by a ring.

    Staff do, of what was missed and of what is still open; ALREADY where somebody has it.
    """
    change = await _begin(session, occasion_id, Move.LOOK, actor, now)
    if isinstance(change, Refusal):
        return change
    row = change.row
    if Relation.KEEPER not in await CALL.relations(session, actor, row):
        await deny(session, actor.id, NAME, now=now, subject_id=row.id, detail={"tried": "cover"})
        return Refusal.NOT_ALLOWED
    if row.state not in {*UNSETTLED, OccasionState.MISSED}:
        return Refusal.WRONG_TIME
    if not await ask_on(change) and not await ask_again(change):
        return Refusal.ALREADY
    await change.finish()
    return CareOutcome.COVERING


async def plan_ahead(change: RecordChange[CareHomeRow], routine_id: int) -> None:
    """Plan the next call-on of a home where its plan says, with its reminders."""
    session, now = change.session, change.now
    row = await routines.plan_next(session, routine_id, now, policy_of(session).zone)
    if row is None:
        return
    call = RecordChange(session, CALL, row, None, now)
    await call.remind(Reminder.OPENS, row.opens_at)
    half = out_of_quiet(half_of(row.opens_at, row.ends_at), policy_of(session).quiet)
    await call.remind(Reminder.HALF, half)
    await call.remind(Reminder.ENDS, row.ends_at)


async def stop_calls(
    home: RecordChange[CareHomeRow], occasion_ids: Iterable[int] | Refusal
) -> None:
    """Let every push about a home stop that nobody looks in on any more, or for now.

    What was missed is not excused; but nobody comes, and nobody is looked for.
    """
    await show_excused(home, occasion_ids)
    last = await home.session.scalar(
        select(OccasionRow.id)
        .where(
            OccasionRow.routine_id == home.row.routine_id,
            OccasionRow.state == OccasionState.MISSED,
        )
        .order_by(OccasionRow.id.desc())
        .limit(1)
    )
    call = None if last is None else await wake(home.session, CALL, last, home.now)
    if call is not None:
        await call.cancel([Reminder.NEXT], "nobody looks in for now")
        await end_ring(call, home.actor_id or home.row.person_id)
        await call.finish()


async def show_excused(
    home: RecordChange[CareHomeRow], occasion_ids: Iterable[int] | Refusal
) -> None:
    """Let every push about excused call-ons stop: reminders, cards, whoever was looked for."""
    for occasion_id in [] if isinstance(occasion_ids, Refusal) else occasion_ids:
        call = await wake(home.session, CALL, occasion_id, home.now)
        if call is not None:
            await call.cancel(
                [Reminder.OPENS, Reminder.HALF, Reminder.DAY, Reminder.NEXT, Reminder.ENDS],
                "excused",
            )
            await end_ring(call, home.actor_id or home.row.person_id)
            await call.finish()


async def request_done(
    session: Session, request: RequestRow, person_id: int, now: datetime
) -> None:
    """Take what a neighbour has done who was found by a ring: that call-on is made."""
    ring = await session.scalar(select(CareRingRow).where(CareRingRow.request_id == request.id))
    change = None if ring is None else await wake(session, CALL, ring.occasion_id, now)
    if change is None or change.row.state not in {*UNSETTLED, OccasionState.MISSED}:
        return
    if await _made(change, person_id) is None:
        call_on = await _call_on(change, person_id)
        call_on.way, call_on.reported_at = CallWay.DOOR, now
        await change.finish()


async def on_the_day(change: Call) -> None:
    """Tell both sides of a locked call-on that somebody comes today, as they said before."""
    call_on = await call_on_of(change.session, change.row)
    today = day_of(change.now, policy_of(change.session).zone)
    if change.row.state == OccasionState.TAKEN and call_on is not None and call_on.on_day == today:
        await _tell_home(change, Notice.COMING)
        await change.tell(Notice.CALL, [change.row.person_id])


async def _begin(
    session: Session, occasion_id: int, move: Move, actor: Person, now: datetime
) -> Call | Refusal:
    """Begin a move on a call-on; WRONG_TIME where nobody looks in on the home, or not for now."""
    change = await begin(session, CALL, occasion_id, move, actor, now)
    if isinstance(change, Refusal):
        return change
    stands = (await home_of_call(change)).state == HomeState.AGREED
    return change if stands else Refusal.WRONG_TIME


def _days(change: Call, today: date) -> tuple[date, ...]:
    """Return the days on which somebody can say that they come; of what was missed, today."""
    row, zone = change.row, policy_of(change.session).zone
    if row.state == OccasionState.MISSED:
        return (today,)
    return days_left(row.opens_on, day_of(row.ends_at, zone), today)


async def _may_not_say(
    change: Call, actor: Person, home: CareHomeRow, call_on: CallOnRow | None, said: HomeSaid
) -> Refusal | None:
    if await is_own(change.session, actor, home) is None:
        return Refusal.NOT_ALLOWED
    if call_on is None:
        return Refusal.WRONG_TIME
    if call_on.person_id == actor.id:
        return Refusal.OWN
    return Refusal.ALREADY if call_on.said_by_home == said else None


async def _reported(change: Call, call_on: CallOnRow) -> CareOutcome:
    """Ask the home whether it is so; both are rung where it has said already that nobody came."""
    if call_on.said_by_home == HomeSaid.DID_NOT:
        home, about = await home_of_call(change), call_on.person_id
        await open_concern(change.session, home, Concern.MISMATCH, about, change.now, change.row)
        return CareOutcome.CHECKED
    if call_on.said_by_home == HomeSaid.CAME:
        await hooks.looked_in(change.session, call_on, change.now)
    if call_on.said_by_home is None:
        await _tell_home(change, Notice.CAME)
    return CareOutcome.REPORTED


async def _made(change: Call, person_id: int) -> Refusal | None:
    """Note who has looked in, in time or after; whoever keeps the home hears of what was missed."""
    missed = change.row.state == OccasionState.MISSED
    done = await (occasions.cover if missed else occasions.do)(change, person_id)
    if isinstance(done, Refusal):
        return done
    await change.cancel([Reminder.HALF, Reminder.DAY, Reminder.NEXT, Reminder.ENDS], "looked in")
    if missed:
        await change.tell(Notice.COVERED, [await _keeper(change)])
    return None


async def _why(
    session: Session, occasion_id: int, actor: Person, why: Refusal
) -> CareOutcome | Refusal:
    """Return that somebody else has it, where that is why."""
    row = await session.get(OccasionRow, occasion_id)
    if row is None or why is Refusal.NOT_ALLOWED:
        return why
    settled = row.state in {OccasionState.DONE, OccasionState.COVERED, OccasionState.TAKEN}
    other = actor.id not in {row.person_id, row.done_by}
    return CareOutcome.TAKEN if settled and other else why


async def _call_on(change: Call, person_id: int) -> CallOnRow:
    """Return what somebody says of a locked call-on, a new row where they have said nothing."""
    session, row = change.session, change.row
    found = await session.scalar(
        select(CallOnRow).where(CallOnRow.occasion_id == row.id, CallOnRow.person_id == person_id)
    )
    if found is None:
        today = day_of(change.now, policy_of(session).zone)
        found = CallOnRow(occasion_id=row.id, person_id=person_id, on_day=today)
        session.add(found)
        await session.flush()
    return found


async def _keeper(change: Call) -> int | None:
    return await keeper_of(change.session, await home_of_call(change), change.now)


async def _tell_home(change: Call, notice: Notice) -> None:
    await change.tell(notice, [(await home_of_call(change)).person_id])
