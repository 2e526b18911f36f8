"""Announcing gatherings, naming another time or place, calling them off."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from models.audit.actions import deny, record
from models.audit.rules import AuditAct
from models.database import Session
from models.gatherings.actions.coming import Gathering, held_from_on, move_up
from models.gatherings.queries import GATHERINGS, NAME, roster_of
from models.gatherings.rules import (
    DOOR_OPENS,
    FILL_UP,
    TITLE_LENGTH,
    WHERE_LENGTH,
    WORDS_LENGTH,
    Bad,
    GatheringOutcome,
    GatheringPolicy,
    Move,
    Notice,
    Plan,
    Reminder,
    State,
    answer_by,
    door_closed,
    sign_up_closed,
    span_of,
    wrong_time,
    wrong_with,
)
from models.gatherings.tables import GatheringRow
from models.gatherings.views import RosterView
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin
from models.records.rules import Refusal
from models.seats import actions as seats
from models.seats.queries import holders
from models.seats.rules import OPEN
from models.text import clean_text

CODE_BYTES = 12
"""Nobody guesses 96 bits; as letters they are 16, and fit a link."""


@dataclass(frozen=True)
class Announced:
    """What became of a plan; `gathering_id` is the first time of a series."""

    outcome: GatheringOutcome | Refusal | Bad
    gathering_id: int | None = None


async def announce(
    session: Session, actor: Person, place_id: int, plan: Plan, *, now: datetime
) -> Announced:
    """Announce a gathering, or a series of them week by week, for a community.

    The desk of the place does. ALREADY with its number where this form was sent before.
    """
    place = await session.get(PlaceRow, place_id)
    if place is None:
        return Announced(Refusal.MISSING)
    if not actor.may(Right.WORK_DESK, place.path):
        await deny(session, actor.id, NAME, now=now, detail={"tried": "announce"})
        return Announced(Refusal.NOT_ALLOWED)
    zone = policy_of(session).zone
    if bad := wrong_with(plan, zone, now):
        return Announced(bad)
    first = f"{plan.token}:0"
    sent = await session.scalar(select(GatheringRow.id).where(GatheringRow.token == first))
    if sent is not None:
        return Announced(Refusal.ALREADY, sent)
    series: int | None = None
    for week in range(plan.weeks):
        row = _row_of(plan, week, place.id, zone)
        row.series_id, row.created_by, row.created_at = series, actor.id, now
        session.add(row)
        await session.flush()
        series = series or row.id
        change = RecordChange(session, GATHERINGS, row, actor.id, now)
        await seats.open_list(change, plan.seats)
        await _set_reminders(change)
    return Announced(GatheringOutcome.ANNOUNCED, series)


def _row_of(plan: Plan, week: int, place_id: int, zone: str) -> GatheringRow:
    """Return one time of a plan, counted from 0, as it is announced."""
    day = plan.day + timedelta(weeks=week)
    starts_at, ends_at = span_of(day, plan.at, plan.ends, zone)
    return GatheringRow(
        place_id=place_id,
        token=f"{plan.token}:{week}",
        state=State.ANNOUNCED,
        kind=plan.kind,
        title=clean_text(plan.title, TITLE_LENGTH),
        words=clean_text(plan.words, WORDS_LENGTH),
        topic=clean_text("".join(plan.topics[week : week + 1]), TITLE_LENGTH),
        where=clean_text(plan.where, WHERE_LENGTH),
        rain=clean_text(plan.rain, WHERE_LENGTH),
        starts_at=starts_at,
        ends_at=ends_at,
        age_from=plan.ages[0] if plan.ages else None,
        age_to=plan.ages[1] if plan.ages else None,
        code=secrets.token_urlsafe(CODE_BYTES),
    )


async def move_to(
    session: Session,
    actor: Person,
    gathering_id: int,
    day: date,
    at: time,
    ends: time,
    where: str,
    *,
    now: datetime,
) -> GatheringOutcome | Refusal | Bad:
    """Hold a gathering at another time or place (CHANGED).

    Everybody on the list is told; at another time whoever has a seat is asked anew.
    """
    change = await begin(session, GATHERINGS, gathering_id, Move.CHANGE, actor, now)
    if isinstance(change, Refusal):
        return change
    row, said = change.row, clean_text(where, WHERE_LENGTH)
    if not said:
        return Bad.NO_WHERE
    starts_at, ends_at = span_of(day, at, ends, policy_of(session).zone)
    if (row.starts_at, row.ends_at, row.where) == (starts_at, ends_at, said):
        return Refusal.ALREADY
    if bad := wrong_time(starts_at, ends_at, now):
        return bad
    anew = (row.starts_at, row.ends_at) != (starts_at, ends_at)
    if anew:
        row.starts_at, row.ends_at, row.version = starts_at, ends_at, row.version + 1
        await change.cancel(Reminder, "another time")
        await _set_reminders(change)
        until = answer_by(starts_at, now, policy_of(session))
        if await seats.reopen_sure(change, until):
            await change.remind(Reminder.ASK, until)
        if door_closed(starts_at, ends_at, now):
            await seats.clear_door(change)
    return await _moved_to(change, said, anew=anew)


async def move_inside(
    session: Session, actor: Person, gathering_id: int, *, now: datetime
) -> GatheringOutcome | Refusal:
    """Hold a gathering where it is planned for rain (CHANGED); BAD_CHOICE without such a plan."""
    change = await begin(session, GATHERINGS, gathering_id, Move.CHANGE, actor, now)
    if isinstance(change, Refusal):
        return change
    if not change.row.rain:
        return Refusal.BAD_CHOICE
    inside, change.row.rain = change.row.rain, ""
    return await _moved_to(change, inside, anew=False)


async def call_off(
    session: Session, actor: Person, gathering_id: int, words: str, *, now: datetime
) -> GatheringOutcome | Refusal:
    """Call a gathering off (CALLED_OFF), with a reason that everybody on its list reads."""
    return await _call_off(session, actor, gathering_id, [], words, now)


async def call_off_all(
    session: Session, actor: Person, gathering_id: int, words: str, *, now: datetime
) -> GatheringOutcome | Refusal:
    """Call off this time of a series and every later one; everybody on any list is told once."""
    later = await held_from_on(session, gathering_id)
    return await _call_off(session, actor, gathering_id, later, words, now)


async def _call_off(
    session: Session,
    actor: Person,
    gathering_id: int,
    later: Sequence[int],
    words: str,
    now: datetime,
) -> GatheringOutcome | Refusal:
    """Call one off and `later` ones, of which one that is off or over already is passed over."""
    told: set[int] = set()
    for one in (gathering_id, *later):
        change = await begin(session, GATHERINGS, one, Move.CALL_OFF, actor, now)
        if isinstance(change, Refusal):
            if one == gathering_id:
                return change
            continue
        if not (said := clean_text(words, WORDS_LENGTH)):
            return Refusal.EMPTY
        change.row.why_off = said
        change.make(Move.CALL_OFF)
        await change.cancel(Reminder, "called off")
        people = {*await holders(session, NAME, one, OPEN)} - told
        await seats.clear_door(change)
        await seats.call_off(change)
        await forget_later(change)
        await change.finish()
        await change.tell(Notice.OFF, people, all=bool(later))
        told |= people
    return GatheringOutcome.CALLED_OFF


async def resize(
    session: Session, actor: Person, gathering_id: int, number: int, *, now: datetime
) -> GatheringOutcome | Refusal:
    """Change the number of seats (RESIZED): nobody loses theirs, and the line moves up.

    TOO_LATE once it has begun: nobody could still be asked.
    """
    change = await begin(session, GATHERINGS, gathering_id, Move.CHANGE, actor, now)
    if isinstance(change, Refusal):
        return change
    if why := sign_up_closed(change.row.starts_at, now) or await seats.resize(change, number):
        return why
    await move_up(change)
    await change.finish()
    return GatheringOutcome.RESIZED


async def list_to_print(
    session: Session, actor: Person, gathering_id: int, *, now: datetime
) -> RosterView | Refusal:
    """Return who is on the list, for a sheet of names; that it was made is on record."""
    view = await roster_of(session, actor, gathering_id, now=now)
    if isinstance(view, RosterView):
        await record(
            session,
            AuditAct.SHEET_MADE,
            now=now,
            actor_id=actor.id,
            subject=NAME,
            subject_id=gathering_id,
        )
    return view


async def forget_later(change: Gathering) -> None:
    """Have who was on the list erased when it is no longer needed."""
    kept = policy_of(change.session, GatheringPolicy).keep_attendance
    await change.remind(Reminder.ERASE, max(change.row.ends_at, change.now) + kept)


async def _moved_to(change: Gathering, where: str, *, anew: bool) -> GatheringOutcome:
    change.row.where = where
    people = await holders(change.session, NAME, change.row.id, OPEN)
    await change.finish()
    await change.tell(Notice.CHANGED, people, time=anew)
    return GatheringOutcome.CHANGED


async def _set_reminders(change: Gathering) -> None:
    starts_at, before = change.row.starts_at, policy_of(change.session, GatheringPolicy)
    for span in before.gathering_before:
        if starts_at - span > change.now:
            await change.remind(Reminder.SOON, starts_at - span)
    if starts_at - FILL_UP > change.now:
        await change.remind(Reminder.FILL, starts_at - FILL_UP)
    if starts_at - DOOR_OPENS > change.now:
        await change.remind(Reminder.DOOR, starts_at - DOOR_OPENS)
    await change.remind(Reminder.OVER, change.row.ends_at)
