"""Many at once at one gathering: nobody is lost, nothing is done twice, nobody waits for ever."""

import asyncio
from datetime import date, time

from sqlalchemy import select

from models.database import transaction
from models.gatherings.actions import coming, planning
from models.gatherings.rules import GatheringOutcome, Notice, State
from models.leaving.actions import leave
from models.people.rules import Leaving
from models.records.rules import Refusal
from models.seats.rules import COUNTED, SeatOutcome, SeatState, Took
from models.seats.tables import SeatListRow, SeatRow
from tests.gatherings.village import Village

NAMES = [f"n{number:02}" for number in range(20)]
ELSEWHEN = (date(2026, 12, 2), time(15), time(16), "花园")


async def full(village: Village, seats: int, *, weeks: int = 1) -> int:
    """Announce one for which everybody has tapped, one by one."""
    one = await village.one(seats=seats, weeks=weeks)
    for name in NAMES:
        await village.street.add(name, "b1")
        await village.signs_up(name, one)
    return one


async def counted(village: Village, one: int) -> int:
    """Return how many seats are taken, by the list and by the seats alike."""
    async with transaction(village.street.sessions) as session:
        listed = await session.get_one(SeatListRow, ("gatherings", one))
        seats = await session.scalars(select(SeatRow).where(SeatRow.subject_id == one))
        taken = sum(seat.size for seat in seats if seat.state in COUNTED)
    assert listed.taken == taken <= (listed.seats or taken) + listed.beyond
    return taken


async def test_all_tap_at_once(village: Village) -> None:
    one = await village.one(seats=5)
    for name in NAMES:
        await village.street.add(name, "b1")
    took = await asyncio.gather(*(village.signs_up(name, one) for name in NAMES * 2))
    assert (took.count(Took.HELD), took.count(Took.WAITING)) == (5, 15)
    assert took.count(Refusal.ALREADY) == len(NAMES)
    assert await counted(village, one) == 5


async def test_all_who_have_a_seat_give_it_up_at_once_and_the_line_moves_up(
    village: Village,
) -> None:
    one = await full(village, 5)
    said = await asyncio.gather(*(village.says(name, comes=False, one=one) for name in NAMES[:5]))
    assert said == [SeatOutcome.LET_GO] * 5
    states = await village.roster(one)
    assert [name for name, state in states.items() if state is SeatState.ASKED] == NAMES[5:10]
    assert sorted(await village.street.told(Notice.ASKED)) == NAMES[5:10]
    assert await counted(village, one) == 5


async def test_another_time_against_answers_to_the_earlier_one(village: Village) -> None:
    one = await full(village, 5)
    moved, *said = await asyncio.gather(
        village.does(planning.move_to, "zhao", one, *ELSEWHEN),
        *(village.says(name, comes=False, one=one, version=0) for name in NAMES[:5]),
    )
    assert moved is GatheringOutcome.CHANGED
    assert set(said) <= {SeatOutcome.LET_GO, GatheringOutcome.CHANGED_SINCE}
    assert await counted(village, one) == 5


async def test_calling_off_against_signing_up(village: Village) -> None:
    one = await full(village, 5)
    await village.street.add("late", "b1")
    off, again, took = await asyncio.gather(
        village.does(planning.call_off, "zhao", one, "下雨"),
        village.does(planning.call_off, "zhou", one, "下雨"),
        village.signs_up("late", one),
    )
    assert sorted([off, again]) == sorted([GatheringOutcome.CALLED_OFF, Refusal.ALREADY])
    assert took in {Took.WAITING, Refusal.WRONG_TIME}
    told = await village.street.told(Notice.OFF)
    assert sorted(told) == sorted(NAMES + (["late"] if took is Took.WAITING else []))
    assert (await village.row(one)).state == State.OFF
    assert await counted(village, one) == 0


async def test_leaving_against_a_whole_course_and_the_line(village: Village) -> None:
    one = await full(village, 2, weeks=4)

    async def leaves(name: str) -> Leaving:
        async with transaction(village.street.sessions) as session:
            actor = await village.street.actor(session, name)
            return await leave(session, actor, now=village.street.now)

    for name in NAMES[:6]:
        await village.does(coming.sign_up_for_all, name, one)
    done = await asyncio.gather(
        leaves(NAMES[0]),
        leaves(NAMES[1]),
        *(village.does(coming.sign_up_for_all, name, one) for name in NAMES[6:12]),
        *(village.says(name, comes=False, one=one) for name in NAMES[2:6]),
    )
    assert done[:2] == [Leaving.LEFT] * 2
    for each in range(one, one + 4):
        assert await counted(village, each) == 2


async def test_two_tick_the_same_guest_at_once(village: Village) -> None:
    one = await full(village, 5)
    await village.until((await village.row(one)).starts_at)
    guest = village.street.people[NAMES[0]]
    done = await asyncio.gather(
        village.does(coming.arrive, NAMES[0], one),
        village.does(coming.arrive, NAMES[0], one),
    )
    assert sorted(done) == sorted([SeatOutcome.CAME, Refusal.ALREADY])
    assert await village.does(coming.tick, "zhao", one, guest, there=False) is SeatOutcome.UNTICKED
    assert (await village.view("zhao", one)).counts.came == 0


async def test_a_course_of_which_a_time_was_put_off_is_held_in_one_order(village: Village) -> None:
    one = await village.one(seats=30, weeks=4)
    for name in NAMES[:8]:
        await village.street.add(name, "b1")
    await village.does(planning.move_to, "zhao", one + 1, date(2026, 12, 30), *ELSEWHEN[1:])
    done = await asyncio.gather(
        *(village.does(coming.sign_up_for_all, name, one + 2) for name in NAMES[:4]),
        *(village.does(coming.sign_up_for_all, name, one) for name in NAMES[4:8]),
        village.does(planning.move_to, "zhao", one, *ELSEWHEN),
    )
    assert done == [GatheringOutcome.JOINED_ALL] * 8 + [GatheringOutcome.CHANGED]
    assert [await counted(village, one + each) for each in range(4)] == [4, 8, 8, 8]


async def test_all_are_called_off_though_one_of_them_is_just_called_off_by_itself(
    village: Village,
) -> None:
    one = await full(village, 5, weeks=4)
    done = await asyncio.gather(
        village.does(planning.call_off, "zhou", one + 2, "下雨"),
        village.does(planning.call_off_all, "zhao", one, "下雨"),
    )
    assert done[1] is GatheringOutcome.CALLED_OFF
    assert {(await village.row(one + each)).state for each in range(4)} == {State.OFF}
