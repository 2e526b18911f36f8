"""Reading call-ons: one of them, and those that are somebody's to make."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import or_, select

from models.care.queries.needs import look_at_needs, needs_of
from models.care.records import (
    CALL,
    DOOR,
    NAME,
    call_on_of,
    door_word,
)
from models.care.rules.plans import SUBSTITUTE_HAS, days_left
from models.care.rules.states import CareFound, HomeSaid, HomeState
from models.care.tables import (
    CallOnRow,
    CareHomeRow,
    CareRingRow,
)
from models.care.views import (
    CallLine,
    CallView,
)
from models.database import Session
from models.help.tables import RequestRow
from models.hours.rules.local_time import day_of
from models.names.queries import names_for
from models.people.actions.personal import look_again
from models.people.queries import person_by_id
from models.people.rules import Field
from models.people.views import Because, Person
from models.policy.current import policy_of
from models.records.reading import seen, seen_by_id
from models.records.rules import Refusal
from models.records.sealed import look_at, opened
from models.routines.rules import OCCASIONS, UNSETTLED, AskState, Move, OccasionState, Relation
from models.routines.tables import OccasionAskRow, OccasionRow


async def call_view(
    session: Session, reader: Person, occasion_id: int, *, now: datetime
) -> CallView | Refusal:
    """Return a call-on as its reader sees it; what whoever comes reads sealed is on record."""
    row = await seen(session, CALL, occasion_id, Move.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _call(session, reader, row, now)


async def call_opened(
    session: Session, reader: Person, occasion_id: int, *, now: datetime
) -> CallView | Refusal:
    """Return a call-on with what was written about it; the look is on record.

    To whoever wrote it, and whoever keeps the home; to anybody else it stays shut.
    """
    row = await seen(session, CALL, occasion_id, Move.LOOK, reader, now)
    if isinstance(row, Refusal):
        return row
    view, said = await _call(session, reader, row, now), await call_on_of(session, row)
    if said is None or not view.wrote or not (view.keeps or said.person_id == reader.id):
        return view
    home = await session.get_one(CareHomeRow, row.subject_id)
    shown = {"words": opened(session, said, "words"), "voice": opened(session, said, "voice")}
    if said.person_id != reader.id:
        subject, whose = f"{NAME}.calls", home.person_id
        await look_at(session, reader.id, subject, said, [*shown], concerning_id=whose, now=now)
    return replace(view, said_words=shown["words"], said_voice=shown["voice"])


async def call_told(
    session: Session, reader_id: int, occasion_id: int, now: datetime
) -> CallView | None:
    """Return a call-on to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, CALL, occasion_id, Move.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _call(session, reader, row, now) if row and reader else None


async def calls_of(session: Session, reader: Person, *, now: datetime) -> list[CallLine]:
    """List the call-ons that are somebody's, or that they are asked for, the first to end first."""
    asked = select(OccasionAskRow.occasion_id).where(OccasionAskRow.person_id == reader.id)
    open_to = or_(
        OccasionRow.person_id == reader.id,
        OccasionRow.person_id.is_(None) & OccasionRow.id.in_(asked),
    )
    rows = await session.scalars(
        select(OccasionRow)
        .join(CareHomeRow, CareHomeRow.id == OccasionRow.subject_id)
        .where(
            OccasionRow.subject == NAME,
            CareHomeRow.state == HomeState.AGREED,
            open_to,
            OccasionRow.opens_at <= now,
            OccasionRow.state.in_([*UNSETTLED, OccasionState.MISSED]),
        )
        .order_by(OccasionRow.ends_at, OccasionRow.id)
        .limit(A_PAGE)
    )
    return await call_lines(session, rows.all())


async def _call(session: Session, reader: Person, row: OccasionRow, now: datetime) -> CallView:
    home = await session.get_one(CareHomeRow, row.subject_id)
    theirs = await CALL.relations(session, reader, row)
    moves = OCCASIONS.open_to(row.state, theirs)
    at_home = Relation.HOME in theirs
    state = OccasionState(row.state)
    if home.state != HomeState.AGREED and state in ON:  # what was missed is over with the home
        state, moves = OccasionState.EXCUSED, moves & {Move.LOOK}
    holds = row.person_id == reader.id and state in ON
    free = Relation.ASKED in theirs and row.person_id is None and Move.TAKE in moves
    mine = holds or free or row.done_by == reader.id
    holder = row.done_by or row.person_id
    names = await names_for(session, [home.person_id, holder], [home.place_id])
    said = await call_on_of(session, row)
    coming = row.state == OccasionState.TAKEN or (row.state in ON and said is not None)
    if holds:
        await _looked(session, reader, home, row, now)
    today = day_of(now, policy_of(session).zone)
    comes = said.on_day if said is not None and coming else None
    return CallView(
        id=row.id,
        home_id=home.id,
        home=names.known(home.person_id),
        place=names.places[home.place_id],
        state=state,
        opens_on=row.opens_on,
        ends_at=row.ends_at,
        holder=names.person(holder),
        mine=mine,
        at_home=at_home,
        keeps=Relation.KEEPER in theirs,
        reported=said is not None and said.reported_at is not None,
        door=await _door(session, reader, home, row) if holds and comes else "",
        moves=moves,
        on_day=comes,
        days=days_left(row.opens_on, day_of(row.ends_at, policy_of(session).zone), today),
        door_word=door_word(session, home.id, today)
        if comes == today and (holds or at_home)
        else "",
        found=CareFound(said.found) if said is not None and said.found else None,
        said=HomeSaid(said.said_by_home) if said is not None and said.said_by_home else None,
        wrote=said is not None and _wrote(said, home),
        said_words="",
        said_voice="",
        needs=await needs_of(session, home.id, open_=holds or at_home),
        wishes=opened(session, home, "wishes") if holds or at_home else "",
        wishes_spoken=(holds or at_home) and home.wishes_voice is not None,
        ringing=await _number_of_ring(session, row),
        asked_lately=await _asked_lately(session, row, now),
    )


def _wrote(said: CallOnRow, home: CareHomeRow) -> bool:
    """Return whether there is anything to read of a call-on; of a home that has ended nothing."""
    kept = said.words is not None or said.voice is not None
    return kept and home.state != HomeState.ENDING


async def _number_of_ring(session: Session, row: OccasionRow) -> int | None:
    """Return the number of the request by which somebody is looked for who comes instead."""
    number: int | None = await session.scalar(
        select(RequestRow.number)
        .join(CareRingRow, CareRingRow.request_id == RequestRow.id)
        .where(CareRingRow.occasion_id == row.id)
    )
    return number


async def _asked_lately(session: Session, row: OccasionRow, now: datetime) -> bool:
    """Return whether somebody beside whose it is was asked, and still has time to answer."""
    asked = await session.scalar(
        select(OccasionAskRow.person_id)
        .where(
            OccasionAskRow.occasion_id == row.id,
            OccasionAskRow.state != AskState.DECLINED,
            OccasionAskRow.asked_at > now - SUBSTITUTE_HAS,
            OccasionAskRow.person_id != (row.person_id or 0),
        )
        .limit(1)
    )
    return asked is not None


async def _door(session: Session, reader: Person, home: CareHomeRow, row: OccasionRow) -> str:
    """Return the door that was opened to whoever has said that they come."""
    because = Because(DOOR, row.id)
    shown = await look_again(session, reader.id, home.person_id, [Field.DOOR], because=because)
    return shown.get(Field.DOOR, "")


async def _looked(
    session: Session, reader: Person, home: CareHomeRow, row: OccasionRow, now: datetime
) -> None:
    """Write down, once for a call-on, that whoever has it reads wishes and needs."""
    whose, since = home.person_id, row.opens_at
    if whose == reader.id:
        return
    names = ["wishes", "wishes_voice"]
    await look_at(session, reader.id, NAME, home, names, concerning_id=whose, now=now, since=since)
    await look_at_needs(session, reader, home, now, since)


async def call_lines(session: Session, rows: Sequence[OccasionRow]) -> list[CallLine]:
    """Return call-ons as lines of a list."""
    found = await session.scalars(
        select(CareHomeRow).where(CareHomeRow.id.in_({row.subject_id for row in rows}))
    )
    homes = {home.id: home for home in found}
    people = [*(home.person_id for home in homes.values()), *(row.person_id for row in rows)]
    names = await names_for(session, people, {home.place_id for home in homes.values()})
    return [
        CallLine(
            id=row.id,
            home=names.known(homes[row.subject_id].person_id),
            place=names.places[homes[row.subject_id].place_id],
            state=OccasionState(row.state),
            opens_on=row.opens_on,
            ends_at=row.ends_at,
            holder=names.person(row.person_id),
        )
        for row in rows
    ]


A_PAGE = 6
ON = (*UNSETTLED, OccasionState.MISSED)
"""What somebody can still look in for."""
