"""Who is what to a home and all that hangs on it, and what belongs to whom."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, select

from models.care.rules.notices import Notice
from models.care.rules.plans import word_of_day
from models.care.rules.states import (
    HOMES,
    NEEDS,
    OPEN_HOME,
    OPEN_PAIR,
    PAIRS,
    HomeRelation,
    HomeState,
    NeedState,
    PairPart,
    PairRelation,
    PairState,
)
from models.care.tables import (
    CallOnRow,
    CareHomeRow,
    CareNeedRow,
    CarePairRow,
)
from models.database import Session, vault_of
from models.help.actions.rows import choose_owner
from models.people.desk import works_at
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import at_or_below
from models.places.tables import PlaceRow
from models.records.changing import RecordKind
from models.routines.kind import occasions_of
from models.routines.rules import UNSETTLED, OccasionState, Relation
from models.routines.tables import OccasionRow

NAME = "care"
DOOR = "care.door"
"""Why whoever comes may know a door: a subject of its own in the book, by the occasion."""


async def path_of(session: Session, home: CareHomeRow) -> str:
    """Return the path of the place of a home."""
    return (await session.get_one(PlaceRow, home.place_id)).path


async def is_own(session: Session, who: Person, home: CareHomeRow) -> HomeRelation | None:
    """Return whether somebody is the person of a home, or their proxy; else None."""
    if who.id == home.person_id:
        return HomeRelation.SELF
    person = await session.get_one(PersonRow, home.person_id)
    return HomeRelation.PROXY if person.proxy_id == who.id else None


async def home_relations(
    session: Session, who: Person, row: CareHomeRow
) -> frozenset[HomeRelation]:
    """Return what somebody is to a home."""
    own = await is_own(session, who, row)
    visits = await session.scalar(
        select(CarePairRow.id)
        .where(
            CarePairRow.home_id == row.id,
            CarePairRow.person_id == who.id,
            CarePairRow.state == PairState.AGREED,
            CarePairRow.ended_at.is_(None),
        )
        .limit(1)
    )
    keeps = who.may(Right.WORK_DESK, await path_of(session, row))
    holds = {
        HomeRelation.KEEPER: keeps,
        HomeRelation.VISITOR: visits is not None,
        HomeRelation.WRITES: keeps and not await _has_voice(session, row),
    }
    return frozenset({*(one for one, so in holds.items() if so), *([own] if own else [])})


async def _has_voice(session: Session, row: CareHomeRow) -> bool:
    """Return whether there is somebody who can tap for a home: the person, or a proxy."""
    person = await session.get_one(PersonRow, row.person_id)
    return person.telegram_id is not None or person.proxy_id is not None


async def pair_relations(
    session: Session, who: Person, row: CarePairRow
) -> frozenset[PairRelation]:
    """Return what somebody is to a pair."""
    home = await session.get_one(CareHomeRow, row.home_id)
    holds = {
        PairRelation.HOME: await is_own(session, who, home) is not None,
        PairRelation.NEIGHBOUR: who.id == row.person_id,
        PairRelation.KEEPER: who.may(Right.WORK_DESK, await path_of(session, home)),
    }
    return frozenset(one for one, so in holds.items() if so)


async def call_relations(session: Session, who: Person, row: OccasionRow) -> frozenset[Relation]:
    """Return what somebody is to the home of a call-on; whose it is the kit knows."""
    home = await session.get_one(CareHomeRow, row.subject_id)
    holds = {
        Relation.KEEPER: who.may(Right.WORK_DESK, await path_of(session, home)),
        Relation.HOME: await is_own(session, who, home) is not None,
    }
    return frozenset(one for one, so in holds.items() if so)


async def need_relations(
    session: Session, who: Person, row: CareNeedRow
) -> frozenset[HomeRelation]:
    """Return what somebody is to the home of a need; of one that has ended it is theirs alone."""
    home = await session.get_one(CareHomeRow, row.home_id)
    own = await is_own(session, who, home)
    if home.state == HomeState.ENDING:
        return frozenset({own} if own else ())
    return await home_relations(session, who, home)


def cards_of(*kinds: Notice) -> tuple[str, ...]:
    """Return those of some kinds of notice that change in place."""
    return tuple(kind for kind in kinds if kind.declared.changes)


HOME = RecordKind(
    NAME,
    CareHomeRow,
    HOMES,
    home_relations,
    cards=cards_of(Notice.PROPOSED, Notice.ANSWERED, Notice.REVIEW),
)
PAIR = RecordKind(
    NAME,
    CarePairRow,
    PAIRS,
    pair_relations,
    cards=cards_of(Notice.WELCOME, Notice.TAKE_ON, Notice.PAIRED),
)
CALL = occasions_of(
    NAME,
    call_relations,
    cards=cards_of(
        Notice.CALL, Notice.COMING, Notice.CAME, Notice.UNSEEN, Notice.MISSED, Notice.COVERED
    ),
)
NEED = RecordKind(NAME, CareNeedRow, NEEDS, need_relations)


async def keeper_of(
    session: Session, home: CareHomeRow, now: datetime, *, but: int | None = None
) -> int | None:
    """Return who keeps a home: who proposed it while they work there, else who is on duty.

    Who cannot be reached does not keep it for now, nor does anybody keep their own while there is
    somebody else. With `but` it is somebody beside that one, who knows already.
    """
    path = await path_of(session, home)
    if (
        home.keeper_id != but
        and await keeps_home(session, home, path)
        and home.keeper_id in await reached(session, [home.keeper_id or 0])
    ):
        return home.keeper_id
    others = {home.person_id, *([] if but is None else [but])}
    return await choose_owner(session, path, rather_not=others, now=now)


async def keeps_home(session: Session, home: CareHomeRow, path: str) -> bool:
    """Return whether who proposed a home works there still, and it is not their own."""
    keeper_id = home.keeper_id
    if keeper_id is None or keeper_id == home.person_id:
        return False
    return await works_at(session, keeper_id, path)


async def reached(session: Session, person_ids: Iterable[int]) -> set[int]:
    """Return which of these people can be reached: they are here, and have not blocked the bot."""
    found = await session.scalars(
        select(PersonRow.id).where(
            PersonRow.id.in_([*person_ids]),
            PersonRow.left_at.is_(None),
            PersonRow.unreachable_at.is_(None),
        )
    )
    return set(found)


def at_desk(reader: Person) -> ColumnElement[bool]:
    """Select the homes at the places of somebody's desk, and below them; none without a desk."""
    below = at_or_below(reader.paths_with(Right.WORK_DESK))
    return CareHomeRow.place_id.in_(select(PlaceRow.id).where(below))


def door_word(session: Session, home_id: int, day: date) -> str:
    """Return the word of a day for a door: the same for both sides, told by nothing but the key."""
    key = vault_of(session).derived("door word")
    drawn = hmac.new(key, f"{home_id}|{day.isoformat()}".encode(), hashlib.sha256).digest()
    return word_of_day(int.from_bytes(drawn[:8], "big"))


async def home_of(session: Session, person_id: int) -> CareHomeRow | None:
    """Return the home of somebody that stands or is proposed; None where there is none."""
    return await session.scalar(
        select(CareHomeRow).where(
            CareHomeRow.person_id == person_id,
            CareHomeRow.state.in_(OPEN_HOME),
        )
    )


async def own_home(session: Session, person_id: int) -> CareHomeRow | None:
    """Return the same for the person: also one that they have ended and can still take back."""
    ended = CareHomeRow.state == HomeState.ENDING
    return await home_of(session, person_id) or await session.scalar(
        select(CareHomeRow).where(CareHomeRow.person_id == person_id, ended)
    )


async def visitors_of(session: Session, person_id: int) -> list[int]:
    """List who looks in on somebody who has agreed to it and does not rest: the main one first.

    Who cannot be reached is not among them.
    """
    found = await session.scalars(
        select(CarePairRow.person_id)
        .join(CareHomeRow, CareHomeRow.id == CarePairRow.home_id)
        .join(PersonRow, PersonRow.id == CarePairRow.person_id)
        .where(
            PersonRow.left_at.is_(None),
            PersonRow.unreachable_at.is_(None),
            CareHomeRow.person_id == person_id,
            CareHomeRow.state == HomeState.AGREED,
            CarePairRow.state == PairState.AGREED,
            CarePairRow.part.in_([PairPart.MAIN, PairPart.INSTEAD]),
        )
        .order_by(main_first(), CarePairRow.id)
    )
    return list(dict.fromkeys(found))


async def buddies_of(session: Session, person_ids: Iterable[int]) -> dict[int, list[int]]:
    """Return who knocks first at whose door when there is danger: by the person of the home.

    Only of homes that have agreed and asked for one.
    """
    rows = await session.execute(
        select(CareHomeRow.person_id, CarePairRow.person_id)
        .join(CarePairRow, CarePairRow.home_id == CareHomeRow.id)
        .where(
            CareHomeRow.person_id.in_([*person_ids]),
            CareHomeRow.state.in_([HomeState.AGREED, HomeState.PAUSED]),
            CarePairRow.part == PairPart.BUDDY,
            CarePairRow.state == PairState.AGREED,
        )
        .order_by(CareHomeRow.person_id, CarePairRow.id)
    )
    found: dict[int, list[int]] = {}
    for person_id, buddy_id in rows.all():
        found.setdefault(person_id, []).append(buddy_id)
    return found


async def standing_pairs(session: Session, home_ids: Iterable[int]) -> list[CarePairRow]:
    """List the pairs of homes that stand or are asked about, the main one of each first."""
    found = await session.scalars(
        select(CarePairRow)
        .where(CarePairRow.home_id.in_([*home_ids]), CarePairRow.state.in_(OPEN_PAIR))
        .order_by(CarePairRow.home_id, main_first(), CarePairRow.id)
    )
    return list(found)


async def comes_to(session: Session, who: Person, home: CareHomeRow, now: datetime) -> bool:
    """Return whether somebody has a call-on of a home that is on, and can still be made."""
    found = await session.scalar(
        select(OccasionRow.id)
        .where(
            OccasionRow.subject == NAME,
            OccasionRow.subject_id == home.id,
            OccasionRow.person_id == who.id,
            OccasionRow.opens_at <= now,
            OccasionRow.state.in_([*UNSETTLED, OccasionState.MISSED]),
        )
        .limit(1)
    )
    return found is not None


async def call_on_of(session: Session, row: OccasionRow) -> CallOnRow | None:
    """Return what whoever has a call-on has said of it; of what is done, who did it."""
    who = row.done_by or row.person_id
    if who is None:
        return None
    return await session.scalar(
        select(CallOnRow).where(CallOnRow.occasion_id == row.id, CallOnRow.person_id == who)
    )


async def open_needs(session: Session, home_id: int) -> list[CareNeedRow]:
    """List what a home needs still, the oldest first."""
    found = await session.scalars(
        select(CareNeedRow)
        .where(CareNeedRow.home_id == home_id, CareNeedRow.state == NeedState.OPEN)
        .order_by(CareNeedRow.id)
    )
    return list(found)


def main_first() -> ColumnElement[int]:
    """Put the main visitor first, then those who come instead."""
    return case({PairPart.MAIN: 0, PairPart.INSTEAD: 1}, value=CarePairRow.part, else_=2)
