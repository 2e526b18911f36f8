"""Pairs: she is asked first, then the neighbour; either ends it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from models.care.actions.asking import ask_on
from models.care.concerns import told_of
from models.care.records import (
    CALL,
    HOME,
    PAIR,
    keeper_of,
    standing_pairs,
)
from models.care.rules.notices import Notice
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import CarePolicy
from models.care.rules.states import PAIRS, HomeMove, HomeState, PairMove, PairPart, PairState
from models.care.tables import CareHomeRow, CarePairRow
from models.database import Session
from models.people.tables import PersonRow
from models.people.views import Person
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin, wake
from models.records.rules import Refusal
from models.routines.actions import plans as routines

Home = RecordChange[CareHomeRow]
Pair = RecordChange[CarePairRow]


async def name_neighbour(
    session: Session, actor: Person, home_id: int, person_id: int, part: PairPart, *, now: datetime
) -> CareOutcome | Refusal:
    """Propose to a home somebody who looks in, comes instead, or fetches them in danger (NAMED).

    The home is asked first, of a proposal together with it; the neighbour when it has said yes.
    HAS_PAIR, NOT_OWN_HOME or TOO_MANY_HOMES say why it cannot be this neighbour.
    """
    change = await begin(session, HOME, home_id, HomeMove.NAME, actor, now)
    if isinstance(change, Refusal):
        return change
    put = await put_pair(change, person_id, part)
    if not isinstance(put, CarePairRow):
        return put
    if change.row.state == HomeState.PROPOSED:
        await change.finish()
    else:
        pair = RecordChange(session, PAIR, put, actor.id, now)
        await pair.tell(Notice.WELCOME, [change.row.person_id])
    return CareOutcome.NAMED


async def welcome(
    session: Session, actor: Person, pair_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Say yes to a neighbour (WELCOMED), who is asked now."""
    found = await _begin(session, pair_id, PairMove.WELCOME, actor, now)
    if isinstance(found, Refusal):
        return found
    home, change = found
    if home.row.state not in {HomeState.AGREED, HomeState.PAUSED}:
        return Refusal.WRONG_TIME
    await ask_neighbour(home, change.row)
    return CareOutcome.WELCOMED


async def refuse(
    session: Session, actor: Person, pair_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Say that one would rather have somebody else (REFUSED), before anybody is paired."""
    found = await _begin(session, pair_id, PairMove.REFUSE, actor, now)
    if isinstance(found, Refusal):
        return found
    home, change = found
    await end_pairs(home, [change.row], PairMove.REFUSE)
    await change.tell(Notice.PAIRED, [await keeper_of(session, home.row, now)])
    return CareOutcome.REFUSED


async def take_on(
    session: Session, actor: Person, pair_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Say as a neighbour that one looks in (PAIRED); TOO_MANY_HOMES where one has as many as one
    can."""
    found = await _begin(session, pair_id, PairMove.TAKE_ON, actor, now)
    if isinstance(found, Refusal):
        return found
    home, change = found
    if change.row.part != PairPart.BUDDY and await _has_many(session, actor.id):
        return CareOutcome.TOO_MANY_HOMES
    change.row.by_visitor_at = now
    change.make(PairMove.TAKE_ON)
    await change.finish()
    await set_people(home)
    await home.finish()
    people = [home.row.person_id, await keeper_of(session, home.row, now)]
    await change.tell(Notice.PAIRED, people)
    return CareOutcome.PAIRED


async def turn_down(
    session: Session, actor: Person, pair_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Say as a neighbour that one cannot (TURNED_DOWN), with thanks."""
    found = await _begin(session, pair_id, PairMove.TURN_DOWN, actor, now)
    if isinstance(found, Refusal):
        return found
    home, change = found
    await end_pairs(home, [change.row], PairMove.TURN_DOWN)
    people = [home.row.person_id, await keeper_of(session, home.row, now)]
    await change.tell(Notice.PAIRED, people)
    return CareOutcome.TURNED_DOWN


async def rest(
    session: Session, actor: Person, pair_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Look in on nobody for a while (RESTING): those who come instead are asked."""
    found = await _begin(session, pair_id, PairMove.REST, actor, now)
    if isinstance(found, Refusal):
        return found
    home, change = found
    await set_aside(home, change.row)
    return CareOutcome.RESTING


async def come_back(
    session: Session, actor: Person, pair_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Look in again (RETURNED); ARRANGED_OTHERWISE until what she told in confidence is settled.

    Why that is so nobody says.
    """
    found = await _begin(session, pair_id, PairMove.RETURN, actor, now)
    if isinstance(found, Refusal):
        return found
    home, change = found
    if await told_of(session, home.row.id, actor.id):
        return CareOutcome.ARRANGED_OTHERWISE
    change.make(PairMove.RETURN)
    await change.finish()
    await set_people(home)
    await home.finish()
    return CareOutcome.RETURNED


async def part_with(
    session: Session, actor: Person, pair_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """End a pair as the neighbour, or as whoever keeps the home (PARTED)."""
    found = await _begin(session, pair_id, PairMove.END, actor, now)
    if isinstance(found, Refusal):
        return found
    home, change = found
    await end_pairs(home, [change.row], PairMove.END)
    people = [change.row.person_id, await keeper_of(session, home.row, now)]
    await change.tell(Notice.PAIRED, people)
    return CareOutcome.PARTED


async def put_pair(
    home: Home, person_id: int, part: PairPart
) -> CarePairRow | CareOutcome | Refusal:
    """Propose a neighbour to a locked home; the reason where it cannot be this one."""
    session, row = home.session, home.row
    neighbour = await session.get(PersonRow, person_id)
    if neighbour is None or neighbour.left_at is not None or neighbour.telegram_id is None:
        return Refusal.BAD_CHOICE
    person = await session.get_one(PersonRow, row.person_id)
    if person_id in {person.id, person.proxy_id} or neighbour.proxy_id == person.id:
        return CareOutcome.NOT_OWN_HOME
    standing = await standing_pairs(session, [row.id])
    taken = any(pair.part == PairPart.MAIN for pair in standing) and part is PairPart.MAIN
    same = any(pair.person_id == person_id and pair.part == part for pair in standing)
    if taken or same:
        return CareOutcome.HAS_PAIR
    if part is not PairPart.BUDDY and await _has_many(session, person_id):
        return CareOutcome.TOO_MANY_HOMES
    pair = CarePairRow(
        home_id=row.id,
        person_id=person_id,
        part=part,
        state=PairState.PROPOSED,
        proposed_by=home.actor_id,
        proposed_at=home.now,
    )
    session.add(pair)
    await session.flush()
    return pair


async def ask_neighbour(home: Home, row: CarePairRow) -> None:
    """Ask a neighbour to whom a locked home has said yes."""
    change = RecordChange(home.session, PAIR, row, home.actor_id, home.now)
    row.by_home_at = home.now
    change.make(PairMove.WELCOME)
    await change.finish()
    await change.tell(Notice.TAKE_ON, [row.person_id])


async def end_pairs(home: Home, rows: Iterable[CarePairRow], move: PairMove) -> None:
    """End pairs of a locked home; what was theirs to do is asked of the next."""
    for row in rows:
        row.state = PAIRS.after(row.state, move)
        row.ended_at = row.ended_at or home.now
        await RecordChange(home.session, PAIR, row, home.actor_id, home.now).finish()
    await set_people(home)
    await home.finish()


async def set_aside(home: Home, row: CarePairRow) -> None:
    """Let a neighbour of a locked home look in no more for now; the next are asked."""
    change = RecordChange(home.session, PAIR, row, home.actor_id, home.now)
    change.make(PairMove.REST)
    await change.finish()
    await set_people(home)
    await home.finish()


async def set_people(home: Home) -> None:
    """Say who does the routine of a locked home: the main visitor, then those who come instead."""
    session, row = home.session, home.row
    if row.routine_id is None:
        return
    people = [
        pair.person_id
        for pair in await standing_pairs(session, [row.id])
        if pair.state == PairState.AGREED and pair.part != PairPart.BUDDY
    ]
    freed = await routines.set_people(session, row.routine_id, people, home.now)
    for occasion_id in freed if isinstance(freed, list) else []:
        call = await wake(session, CALL, occasion_id, home.now)
        if call is not None and row.state == HomeState.AGREED:
            await ask_on(call)
            await call.finish()


async def _begin(
    session: Session, pair_id: int, move: PairMove, actor: Person, now: datetime
) -> tuple[Home, Pair] | Refusal:
    """Begin a move on a pair, with its home locked before it: as everything about a home is."""
    found = await session.get(CarePairRow, pair_id)
    if found is None:
        return Refusal.MISSING
    home = await wake(session, HOME, found.home_id, now)
    change = await begin(session, PAIR, pair_id, move, actor, now)
    if home is None or isinstance(change, Refusal):
        return change if isinstance(change, Refusal) else Refusal.MISSING
    if change.row.ended_at is not None:  # it may be taken back, by the home alone
        return Refusal.WRONG_TIME
    return RecordChange(session, HOME, home.row, actor.id, now), change


async def _has_many(session: Session, person_id: int) -> bool:
    """Return whether somebody looks in on as many homes as one can; held against a second at once.

    Who comes instead counts as well: they may be needed on any day; and so does a home that was
    ended while that can be taken back, so that nobody then has too many.
    """
    await session.get(PersonRow, person_id, with_for_update=True)
    count = await session.scalar(
        select(func.count(func.distinct(CarePairRow.home_id))).where(
            CarePairRow.person_id == person_id,
            CarePairRow.state.in_([PairState.AGREED, PairState.RESTING]),
            CarePairRow.part != PairPart.BUDDY,
        )
    )
    return (count or 0) >= policy_of(session, CarePolicy).most_homes
