"""Many at once: the database decides, and nobody is lost."""

import asyncio
from itertools import repeat

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from models.database import transaction
from models.records.changing import wake
from models.records.rules import Refusal
from models.seats import actions, queries
from models.seats.rules import Party, SeatOutcome, SeatState, Took
from models.seats.tables import SeatListRow, SeatRow
from tests.records.hall import KIND, SUBJECT, Hall
from tests.seats.concert import HALF_A_DAY, check, concert_of

FIFTY = [f"n{number}" for number in range(50)]
ASKED, HELD, WAITING = SeatState.ASKED, SeatState.HELD, SeatState.WAITING


async def test_fifty_tap_at_once_for_ten_seats(hall: Hall) -> None:
    await hall.add(*FIFTY)
    concert = await concert_of(hall, 10)
    took = await asyncio.gather(*(concert.take(name) for name in FIFTY))
    assert sorted(took) == [Took.HELD] * 10 + [Took.WAITING] * 40
    counts = await concert.counts()
    assert (counts.taken, counts.free, counts.waiting) == (10, 0, 40)
    waiting = await concert.who(WAITING)
    assert [(await concert.stands(name)).place_in_line for name in waiting] == [*range(1, 41)]


async def test_five_taps_of_one_person_at_once_are_one_seat(hall: Hall) -> None:
    await hall.add("li")
    concert = await concert_of(hall, 3)
    took = await asyncio.gather(*(concert.take("li") for _ in range(5)))
    assert sorted(took) == [Refusal.ALREADY] * 4 + [Took.HELD]
    assert (await concert.counts()).taken == 1


async def test_the_last_seats_against_parties_of_two(hall: Hall) -> None:
    await hall.add(*FIFTY[:12])
    concert = await concert_of(hall, 9)
    took = await asyncio.gather(*(concert.take(name, 2) for name in FIFTY[:12]))
    assert took.count(Took.HELD) == 4
    assert (await concert.counts()).free == 1


async def test_letting_go_against_asking_the_next(hall: Hall) -> None:
    await hall.add(*FIFTY[:12])
    concert = await concert_of(hall, 4)
    for name in FIFTY[:12]:
        await concert.take(name)
    gone = [concert.does(actions.let_go, name) for name in FIFTY[:6]]
    done = await asyncio.gather(*gone, *(concert.ask_next() for _ in range(4)))
    assert done[:6] == [SeatOutcome.LET_GO] * 6
    await concert.ask_next()
    assert await concert.who(ASKED) == FIFTY[6:10]
    assert await concert.who(WAITING) == FIFTY[10:12]
    assert (await concert.counts()).free == 0


async def test_taking_against_letting_go_never_jumps_the_line(hall: Hall) -> None:
    await hall.add(*FIFTY[:10])
    concert = await concert_of(hall, 2)
    for name in FIFTY[:5]:
        await concert.take(name)
    taking = [concert.take(name) for name in FIFTY[5:10]]
    took = await asyncio.gather(concert.does(actions.let_go, FIFTY[0]), *taking)
    assert took[1:] == [Took.WAITING] * 5
    assert (await concert.ask_next())[0] == [FIFTY[2]]


async def test_an_answer_against_its_lapse_is_one_or_the_other(hall: Hall) -> None:
    await hall.add(*FIFTY[:3])
    concert = await concert_of(hall, 1)
    for name in FIFTY[:3]:
        await concert.take(name)
    await concert.does(actions.let_go, FIFTY[0])
    await concert.ask_next()
    hall.now += HALF_A_DAY
    said, lapsed = await asyncio.gather(
        concert.does(actions.answer, FIFTY[1], comes=True), concert.lapse()
    )
    assert (said, lapsed) in [(SeatOutcome.HELD, []), (Refusal.TOO_LATE, [FIFTY[1]])]
    assert await concert.state(FIFTY[1]) is (WAITING if lapsed else HELD)


async def test_one_poster_scanned_five_times_at_once_counts_once(hall: Hall) -> None:
    await hall.add("li", "chen")
    concert = await concert_of(hall, 1)
    await concert.take("li")
    scans = (concert.does(actions.walk_in, "chen") for _ in range(5))
    assert await asyncio.gather(*scans) == [*repeat(SeatOutcome.WALKED_IN, 5)]
    counts = await concert.counts()
    assert (counts.came, counts.walked_in, counts.taken) == (1, 1, 2)


async def test_leaving_for_good_against_everything_else(hall: Hall) -> None:
    ids = await hall.add(*FIFTY[:8])
    first, second = await concert_of(hall, 3), await concert_of(hall, 3)
    for concert in (first, second):
        for name in FIFTY[:6]:
            await concert.take(name)

    async def leave(person_id: int) -> list[tuple[str, int]]:
        async with transaction(hall.sessions) as session:
            return await actions.leave(session, person_id)

    moves = [
        move
        for concert in (second, first)
        for move in (
            concert.does(actions.let_go, FIFTY[0]),
            concert.ask_next(),
            concert.take(FIFTY[6]),
            concert.does(actions.walk_in, FIFTY[7]),
            concert.lapse(),
        )
    ]
    done = await asyncio.gather(leave(ids[0]), leave(ids[1]), leave(ids[2]), *moves)
    assert done[1] == done[2] == [(SUBJECT, first.id), (SUBJECT, second.id)]
    for concert in (first, second):
        assert await concert.state(FIFTY[0]) is None
        await concert.counts()


async def test_whoever_leaves_makes_room_for_the_next_at_once(hall: Hall) -> None:
    ids = await hall.add(*FIFTY[:9])
    concerts = [await concert_of(hall, 3) for _ in range(2)]
    for concert in concerts:
        for name in FIFTY[:8]:
            await concert.take(name)

    async def leave(person_id: int) -> None:
        async with transaction(hall.sessions) as session:
            theirs = await queries.open_of(session, person_id, SUBJECT)
            held = [await wake(session, KIND, record_id, hall.now) for record_id, _ in theirs]
            freed = await actions.leave(session, person_id, subject=SUBJECT)
            for change in held:
                if (SUBJECT, change.row.id) in freed:
                    await actions.ask_next(change, hall.now + HALF_A_DAY)

    others = [
        move
        for concert in reversed(concerts)
        for move in (concert.does(actions.let_go, FIFTY[5]), concert.take(FIFTY[8]))
    ]
    await asyncio.gather(*(leave(one) for one in ids[:3]), *others)
    for concert in concerts:
        asked = await concert.who(ASKED)
        assert asked[:2] == FIFTY[3:5]
        assert asked[2:] in ([FIFTY[5]], [FIFTY[6]], [])
        await concert.ask_next()
        assert (await concert.counts()).free == 0


@pytest.mark.parametrize(
    "party",
    [Party(1, 1), Party(2, 2), Party(2, 3, brought_by="外婆"), Party(0), Party(2, -1)],
)
async def test_the_database_keeps_no_children_alone_and_no_party_of_none(
    hall: Hall, party: Party
) -> None:
    (li,) = await hall.add("li")
    concert = await concert_of(hall, 5)
    assert await concert.act(actions.take, li, party) is Refusal.BAD_CHOICE
    row = SeatRow(
        subject=SUBJECT,
        subject_id=concert.id,
        person_id=li,
        state=HELD,
        size=party.size,
        children=party.children,
        brought_by=party.brought_by,
        line=1,
    )
    with pytest.raises(IntegrityError, match="party"):
        await hall.insert(row)


async def test_the_database_counts_nobody_above_the_seats(hall: Hall) -> None:
    concert = await concert_of(hall, 5)
    of = update(SeatListRow).where(SeatListRow.subject_id == concert.id)
    for values in ({"taken": 6}, {"taken": -1}, {"seats": 0}, {"beyond": -1}, {"walked_in": 1}):
        with pytest.raises(IntegrityError):
            async with transaction(hall.sessions) as session:
                await session.execute(of.values(**values))
    async with transaction(hall.sessions) as session:
        await check(session, concert.id)
        assert (await queries.counts(session, SUBJECT, [concert.id]))[concert.id].free == 5


async def test_the_database_keeps_one_open_seat_a_person(hall: Hall) -> None:
    (li,) = await hall.add("li")
    concert = await concert_of(hall, 5)
    await concert.take("li")
    with pytest.raises(IntegrityError):
        await hall.insert(
            SeatRow(subject=SUBJECT, subject_id=concert.id, person_id=li, state=WAITING, line=9)
        )
