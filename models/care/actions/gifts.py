"""Visits for festivals: arranged by staff, claimed by visitors, confirmed by the home."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from models.audit.actions import deny
from models.care.actions.concerns import open_concern
from models.care.gift_rules import (
    STILL,
    GiftMove,
    GiftState,
    RoundMove,
    RoundState,
    coming_festivals,
    over_at,
    told_at,
)
from models.care.gifts import GIFT, ROUND, homes_below, visitors_below
from models.care.records import NAME, is_own
from models.care.rules.notices import Notice, Reminder
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import CarePolicy
from models.care.rules.states import Concern
from models.care.tables import CareFestivalRow, CareGiftRow, CareHomeRow
from models.database import Session, insert_once
from models.help.actions.rows import choose_owner
from models.hours.rules.local_time import day_of
from models.outbox.refreshing import refresh
from models.people.actions.personal import look
from models.people.desk import works_at
from models.people.rules import Field, Right
from models.people.tables import PersonRow
from models.people.views import Because, Person
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin, wake
from models.records.rules import Refusal
from models.reminders.views import Due
from models.routines.lunar import festival_day
from models.routines.rules import Festival

Gift = RecordChange[CareGiftRow]


@dataclass(frozen=True)
class Arranged:
    """What became of arranging visits; `round_id` where they are on."""

    outcome: CareOutcome | Refusal
    round_id: int | None = None


@dataclass(frozen=True)
class NearFestival:
    """A festival that visits can be arranged for now, and where."""

    path: str
    day: date


async def arrange(
    session: Session, actor: Person, place_id: int, festival: Festival, *, now: datetime
) -> Arranged:
    """Have the homes of a place visited for the coming festival (VISITS_BEGUN).

    Every home there that has agreed to be looked in on and does not rest is on the list, and
    nobody else. Done again, those that have agreed since come on it too (VISITS_MORE).
    """
    found = await _may_arrange(session, actor, place_id, festival, now)
    if not isinstance(found, NearFestival):
        return Arranged(found)
    homes = await homes_below(session, found.path)
    row = await _round(session, place_id, festival, found.day.year)
    if row is None and not homes:
        return Arranged(CareOutcome.NOBODY_AGREED)
    begun = row is None
    row = row or await _insert(session, actor, place_id, festival, found.day, now)
    added = [home_id for home_id in homes if await _add(session, row, home_id)]
    change = RecordChange(session, ROUND, row, actor.id, now)
    if begun and added:
        await _begin(change, found)
    elif begun:  # a place above or below has them all on its list
        await session.delete(row)
        return Arranged(Refusal.ALREADY)
    elif not added:
        return Arranged(Refusal.ALREADY, row.id)
    await change.finish()
    return Arranged(CareOutcome.VISITS_BEGUN if begun else CareOutcome.VISITS_MORE, row.id)


async def take(
    session: Session, actor: Person, gift_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Say that one brings it (GIFT_TAKEN): one alone has it; a look at the door is on record.

    TAKEN where somebody else was quicker. Nobody brings it to those they speak for (OWN).
    """
    change = await begin(session, GIFT, gift_id, GiftMove.TAKE, actor, now)
    if isinstance(change, Refusal):
        row = await session.get(CareGiftRow, gift_id)
        quicker = row is not None and row.state == GiftState.TAKEN and row.person_id != actor.id
        return CareOutcome.TAKEN if quicker and change is not Refusal.NOT_ALLOWED else change
    home = await session.get_one(CareHomeRow, change.row.home_id)
    if await is_own(session, actor, home) is not None:
        return Refusal.OWN
    change.make(GiftMove.TAKE)
    change.row.person_id, change.row.taken_at = actor.id, now
    await _finish(change)
    because = Because(f"{NAME}.gifts", change.row.id)
    await look(session, actor, home.person_id, [Field.DOOR], now=now, because=because)
    return CareOutcome.GIFT_TAKEN


async def let_go(
    session: Session, actor: Person, gift_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Say that one cannot bring it after all (GIFT_LEFT): others may take it."""
    change = await begin(session, GIFT, gift_id, GiftMove.LET_GO, actor, now)
    if isinstance(change, Refusal):
        return change
    await _release(change)
    return CareOutcome.GIFT_LEFT


async def give(
    session: Session, actor: Person, gift_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Tick that one has brought it (GIFT_GIVEN): the home is asked whether it came."""
    change = await begin(session, GIFT, gift_id, GiftMove.GIVE, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(GiftMove.GIVE)
    change.row.given_at = now
    await _finish(change)
    home = await session.get_one(CareHomeRow, change.row.home_id)
    await change.tell(Notice.GIFT_CAME, [home.person_id])
    return CareOutcome.GIFT_GIVEN


async def receive(
    session: Session, actor: Person, gift_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Say as the home that it has come (GIFT_RECEIVED)."""
    change = await begin(session, GIFT, gift_id, GiftMove.RECEIVE, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(GiftMove.RECEIVE)
    change.row.said_at = now
    await _finish(change)
    return CareOutcome.GIFT_RECEIVED


async def miss(
    session: Session, actor: Person, gift_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Say as the home that it has not come (GIFT_NOT): the secretary hears of it in confidence."""
    change = await begin(session, GIFT, gift_id, GiftMove.MISS, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(GiftMove.MISS)
    change.row.said_at = now
    await _finish(change)
    home = await session.get_one(CareHomeRow, change.row.home_id)
    await open_concern(session, home, Concern.GIFT, change.row.person_id, now)
    return CareOutcome.GIFT_NOT


async def call_off(session: Session, home_id: int, now: datetime) -> None:
    """Let nobody come to a locked home that rests or has ended; cards change in this turn."""
    found = await session.scalars(
        select(CareGiftRow.id)
        .where(CareGiftRow.home_id == home_id, CareGiftRow.state.in_(STILL))
        .order_by(CareGiftRow.id)
    )
    for gift_id in found.all():
        change = await wake(session, GIFT, gift_id, now)
        if change is not None and change.row.state in STILL:
            change.make(GiftMove.CALL_OFF)
            await _finish(change)


async def call_on(session: Session, home_id: int, now: datetime) -> None:
    """Let a locked home be visited again, as before, for what festivals are still to come.

    Whoever was to bring something does; where they have left for good others can take it.
    """
    found = await session.scalars(
        select(CareGiftRow.id)
        .join(CareFestivalRow, CareFestivalRow.id == CareGiftRow.festival_id)
        .where(
            CareGiftRow.home_id == home_id,
            CareGiftRow.state == GiftState.OFF,
            CareFestivalRow.state == RoundState.ON,
        )
        .order_by(CareGiftRow.id)
    )
    for gift_id in found.all():
        change = await wake(session, GIFT, gift_id, now)
        if change is None or change.row.state != GiftState.OFF:
            continue
        change.make(GiftMove.CALL_ON)
        brings = await session.get(PersonRow, change.row.person_id or 0)
        if brings is not None and brings.left_at is None:
            change.make(GiftMove.TAKE)
        else:
            change.row.person_id = change.row.taken_at = None
        await _finish(change)


async def hand_back(session: Session, person_id: int, now: datetime) -> None:
    """Let others take what somebody was to bring who leaves for good."""
    found = await session.scalars(
        select(CareGiftRow.id)
        .where(CareGiftRow.person_id == person_id, CareGiftRow.state == GiftState.TAKEN)
        .order_by(CareGiftRow.id)
    )
    for gift_id in found.all():
        change = await wake(session, GIFT, gift_id, now)
        if change is not None and change.row.state == GiftState.TAKEN:
            await _release(change)


async def left(session: Session, due: Due, now: datetime) -> None:
    """Tell staff which homes nobody visits yet, while the festival is still to come."""
    change = await wake(session, ROUND, due.subject_id, now)
    if change is not None and change.row.state == RoundState.ON:
        await _tell_left(change, due)


async def over(session: Session, due: Due, now: datetime) -> None:
    """Note what nobody took as left, and tell staff of it."""
    change = await wake(session, ROUND, due.subject_id, now)
    if change is None or change.row.state != RoundState.ON:
        return
    change.make(RoundMove.CLOSE)
    await _tell_left(change, due)
    found = await session.scalars(
        select(CareGiftRow.id)
        .where(CareGiftRow.festival_id == change.row.id, CareGiftRow.state == GiftState.OPEN)
        .order_by(CareGiftRow.id)
    )
    for gift_id in found.all():
        gift = await wake(session, GIFT, gift_id, now)
        if gift is not None and gift.row.state == GiftState.OPEN:
            gift.make(GiftMove.LEAVE)
    await change.finish()


async def _may_arrange(
    session: Session, actor: Person, place_id: int, festival: Festival, now: datetime
) -> NearFestival | Refusal:
    """Hold the place, so that two who arrange at once arrange it once; else return why not."""
    place = await session.get(PlaceRow, place_id, with_for_update=True)
    if place is None or place.ended_at is not None:
        return Refusal.MISSING
    if not actor.may(Right.WORK_DESK, place.path):
        await deny(session, actor.id, NAME, now=now, detail={"tried": "arrange visits"})
        return Refusal.NOT_ALLOWED
    policy = policy_of(session, CarePolicy)
    today = day_of(now, policy.zone)
    day = dict(coming_festivals(today, policy.festival_ahead, festival_day)).get(festival)
    return Refusal.BAD_DATE if day is None else NearFestival(place.path, day)


async def _insert(
    session: Session, actor: Person, place_id: int, festival: Festival, day: date, now: datetime
) -> CareFestivalRow:
    row = CareFestivalRow(
        place_id=place_id,
        festival=festival,
        year=day.year,
        day=day,
        set_by=actor.id,
        set_at=now,
        state=RoundState.ON,
    )
    session.add(row)
    await session.flush()
    return row


async def _begin(change: RecordChange[CareFestivalRow], coming: NearFestival) -> None:
    """Set what the clock does about it, and tell whoever looks in there."""
    policy = policy_of(change.session, CarePolicy)
    told = told_at(coming.day, policy.gifts_told, policy.zone)
    await change.remind(Reminder.GIFTS_LEFT, max(told, change.now))
    await change.remind(Reminder.GIFTS_OVER, over_at(coming.day, policy.zone))
    await change.tell(Notice.GIFTS, await visitors_below(change.session, coming.path))


async def _tell_left(change: RecordChange[CareFestivalRow], due: Due) -> None:
    session, row = change.session, change.row
    waits = await session.scalar(
        select(CareGiftRow.id)
        .where(CareGiftRow.festival_id == row.id, CareGiftRow.state == GiftState.OPEN)
        .limit(1)
    )
    if waits is None:
        return
    path = (await session.get_one(PlaceRow, row.place_id)).path
    keeper: int | None = row.set_by
    if not await works_at(session, row.set_by, path):
        keeper = await choose_owner(session, path, rather_not=set(), now=change.now)
    await change.tell(Notice.GIFTS_LEFT, [keeper], late=due.late)


async def _release(change: Gift) -> None:
    change.make(GiftMove.LET_GO)
    change.row.person_id = change.row.taken_at = None
    await _finish(change)


async def _finish(change: Gift) -> None:
    """Write the change; the list for all visitors and staff changes with the gift."""
    await change.finish()
    await refresh(
        change.session,
        kinds=ROUND.cards,
        subject_ids=[change.row.festival_id],
        now=change.now,
    )


async def _round(
    session: Session, place_id: int, festival: Festival, year: int
) -> CareFestivalRow | None:
    return await session.scalar(
        select(CareFestivalRow).where(
            CareFestivalRow.place_id == place_id,
            CareFestivalRow.festival == festival,
            CareFestivalRow.year == year,
        )
    )


async def _add(session: Session, row: CareFestivalRow, home_id: int) -> bool:
    """Put a home on the list; False where it is on one for this festival already."""
    values = {
        "festival_id": row.id,
        "festival": row.festival,
        "year": row.year,
        "home_id": home_id,
        "state": GiftState.OPEN,
    }
    return await insert_once(session, CareGiftRow, values)
