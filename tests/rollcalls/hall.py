"""Short ways to begin a roll-call and to answer it."""

from datetime import datetime
from itertools import count

from sqlalchemy import select

from models.broadcasts.queries.reach import paths_of, people_in
from models.broadcasts.rules.audience import Audience, Group
from models.broadcasts.rules.content import Content
from models.broadcasts.rules.notices import Answer, Medium, Style, Topic, Way
from models.broadcasts.rules.states import State
from models.broadcasts.tables import BroadcastRow, RecipientRow
from models.database import Session, transaction
from models.help.tables import RequestRow
from models.people.tables import PersonRow
from models.rollcalls.actions.answering import answer
from models.rollcalls.actions.calling import began
from models.rollcalls.queries.board import board_of
from models.rollcalls.rules.notices import BoardStanding
from models.rollcalls.tables import AnswerRow, RoundRow
from models.rollcalls.views import Answered, Board
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.proposals.square import Square

_tokens = count()

WORDS = "刚刚发生地震"


async def put_out(
    session: Session, author_id: int, place_id: int, now: datetime, *, drill: bool = False
) -> int:
    """Let a roll-call of everybody at a place begin, as a broadcast that is on its way."""
    audience = Audience((Group(place_id),))
    row = BroadcastRow(
        token=f"rollcall-{next(_tokens)}",
        author_id=author_id,
        place_id=place_id,
        style=Style.DRILL if drill else Style.ROLL_CALL,
        topic=Topic.COMMUNITY,
        state=State.SENDING,
        language="zh_Hans",
        content=Content(Medium.TEXT, WORDS).kept(),
        content_other=Content(Medium.TEXT, "An earthquake").kept(),
        buttons=[],
        audience=audience.kept(),
        created_at=now,
        changed_at=now,
        started_at=now,
    )
    session.add(row)
    await session.flush()
    await send_out(session, row, now)
    return row.id


async def send_out(session: Session, row: BroadcastRow, now: datetime) -> None:
    """Fix whom a roll-call asks, and let it begin."""
    audience = Audience.of(row.audience)
    row.state, row.started_at = State.SENDING, now
    people = people_in(audience, await paths_of(session, audience))
    for person in (await session.scalars(select(PersonRow).where(PersonRow.id.in_(people)))).all():
        session.add(_recipient(row.id, person))
        row.heads += 1
    await session.flush()
    await began(session, row, now)


def _recipient(broadcast_id: int, person: PersonRow) -> RecipientRow:
    way, reader_id = Way.CHAT, person.id
    if person.telegram_id is None:
        way, reader_id = (Way.PROXY, person.proxy_id) if person.proxy_id else (Way.NO_PHONE, None)
    elif person.unreachable_at is not None:
        way, reader_id = Way.UNREACHABLE, None
    return RecipientRow(
        broadcast_id=broadcast_id,
        person_id=person.id,
        way=way,
        reader_id=reader_id,
        place_id=person.place_id,
    )


async def called(square: Square, *, drill: bool = False, at: str = "gui", by: str = "zhou") -> int:
    """Begin a roll-call at a place; give it."""
    async with transaction(square.sessions) as session:
        place_id = square.places[at].id
        return await put_out(session, square.people[by], place_id, square.now, drill=drill)


async def says(
    square: Square, name: str, which: int, said: Answer, about: str | None = None
) -> Answered:
    """Let somebody answer, about themselves or somebody else."""
    return await square.act(name, answer, which, square.people[about or name], said)


async def board(square: Square, which: int, name: str = "zhou") -> Board:
    """Read the board as somebody who may."""
    async with transaction(square.sessions) as session:
        found = await board_of(session, await square.actor(session, name), which)
        assert isinstance(found, Board)
        return found


async def standings(square: Square, which: int) -> dict[BoardStanding, int]:
    """Read the counts that are not nought."""
    counts = (await board(square, which)).counts
    return {each: counts.of(each) for each in BoardStanding if counts.of(each)}


async def answers(square: Square, which: int) -> dict[str, str]:
    """Read what is written down, by name."""
    names = {person_id: name for name, person_id in square.people.items()}
    async with transaction(square.sessions) as session:
        rows = await session.scalars(select(AnswerRow).where(AnswerRow.broadcast_id == which))
        return {names[row.person_id]: row.answer for row in rows}


async def rounds(square: Square, which: int) -> RoundRow:
    """Read where the asking stands."""
    async with transaction(square.sessions) as session:
        return await session.get_one(RoundRow, which)


async def requests(square: Square) -> list[RequestRow]:
    """Read every request that there is."""
    async with transaction(square.sessions) as session:
        return list((await session.scalars(select(RequestRow).order_by(RequestRow.id))).all())


async def tick(square: Square, **span: float) -> None:
    """Let time pass, and the clock do what falls due."""
    square.later(**span)
    await sweep(square.sessions, EFFECTS, square.now)
