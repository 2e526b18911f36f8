"""Many at once at one shift: no place is held by two, none is empty in between, nobody is lost."""

import asyncio

from sqlalchemy import select

from models.database import transaction
from models.leaving.actions import leave
from models.people.rules import Leaving
from models.posts.actions import coming, planning, swapping
from models.posts.notices import ShiftNotice
from models.posts.rules import PostOutcome
from models.records.rules import Refusal
from models.seats.rules import COUNTED, SeatOutcome, SeatState, Took
from models.seats.tables import SeatListRow, SeatRow
from tests.posts.quarter import TUESDAYS, Quarter

NAMES = [f"n{number:02}" for number in range(12)]
IN, SEEKS = SeatState.HELD, PostOutcome.ASKED_SWAP


async def counted(quarter: Quarter, one: int = 1, subject: str = "shifts") -> int:
    """Return how many places are taken, by the list and by the seats alike."""
    async with transaction(quarter.street.sessions) as session:
        listed = await session.get_one(SeatListRow, (subject, one))
        about = SeatRow.subject == subject, SeatRow.subject_id == one
        taken = list(await session.scalars(select(SeatRow).where(*about)))
    number = sum(seat.size for seat in taken if seat.state in COUNTED)
    assert listed.taken == number <= (listed.seats or number) + listed.beyond
    return number


async def test_two_tap_for_one_place(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b")
    await quarter.one()
    took = await asyncio.gather(*(quarter.comes(name) for name in ("a", "b", "a", "b")))
    assert sorted(map(str, took)) == sorted([Took.HELD, Took.WAITING, *[Refusal.ALREADY] * 2])
    assert await counted(quarter) == 1


async def test_all_tap_for_a_post_that_is_held(quarter: Quarter) -> None:
    await quarter.neighbours(*NAMES)
    one = await quarter.held(seats=3)
    took = await asyncio.gather(*(quarter.takes(name, one) for name in NAMES))
    assert (took.count(Took.HELD), took.count(Took.WAITING)) == (3, 9)
    assert await counted(quarter, one, "posts") == 3


async def test_two_stand_in_at_once(quarter: Quarter) -> None:
    await quarter.neighbours("a", *NAMES)
    await quarter.one()
    await quarter.comes("a")
    assert await quarter.seeks("a") is SEEKS
    done = await asyncio.gather(*(quarter.stands_in(name, "a") for name in NAMES))
    assert (done.count(PostOutcome.STEPPED_IN), done.count(PostOutcome.GONE)) == (1, 11)
    winner = NAMES[done.index(PostOutcome.STEPPED_IN)]
    assert await quarter.roster() == {winner: IN}
    assert await quarter.street.told(ShiftNotice.STEPPED_IN) == ["a"]
    assert await counted(quarter) == 1


async def test_a_stand_in_against_the_place_being_given_up(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b", "c")
    await quarter.one()
    await quarter.comes("a")
    await quarter.seeks("a")
    await quarter.comes("c")
    gave_up, stood_in = await asyncio.gather(
        quarter.says("a", comes=False), quarter.stands_in("c", "a")
    )
    if stood_in is PostOutcome.STEPPED_IN:
        assert gave_up is SeatOutcome.NOT_SIGNED_UP
        assert await quarter.roster() == {"c": SeatState.HELD}
    else:
        assert (gave_up, stood_in) == (SeatOutcome.LET_GO, PostOutcome.GONE)
        assert await quarter.roster() == {"c": SeatState.ASKED}
    assert await counted(quarter) == 1


async def test_a_stand_in_against_the_ask_being_withdrawn(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b")
    await quarter.one()
    await quarter.comes("a")
    await quarter.seeks("a")
    kept, stood_in = await asyncio.gather(
        quarter.does(swapping.withdraw_swap, "a", 1), quarter.stands_in("b", "a")
    )
    both = {
        (PostOutcome.SWAP_WITHDRAWN, PostOutcome.GONE),
        (PostOutcome.GONE, PostOutcome.STEPPED_IN),
    }
    assert (kept, stood_in) in both
    holder = "b" if stood_in is PostOutcome.STEPPED_IN else "a"
    assert await quarter.roster() == {holder: IN}


async def test_a_stand_in_against_taking_a_free_place(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b")
    await quarter.one(seats=2)
    await quarter.comes("a")
    await quarter.seeks("a")
    took, stood_in = await asyncio.gather(quarter.comes("b"), quarter.stands_in("b", "a"))
    assert (took, stood_in) in {
        (Took.HELD, Refusal.ALREADY),
        (Refusal.ALREADY, PostOutcome.STEPPED_IN),
    }
    assert await counted(quarter) == len(await quarter.roster())


async def test_ending_a_post_against_taking_places_and_leaving(quarter: Quarter) -> None:
    await quarter.neighbours(*NAMES)
    one = await quarter.one(weekly=TUESDAYS, once=None, seats=2)
    for name in NAMES[:4]:
        await quarter.comes(name, 1)
        await quarter.comes(name, 2)

    async def leaves(name: str) -> Leaving:
        async with transaction(quarter.street.sessions) as session:
            actor = await quarter.street.actor(session, name)
            return await leave(session, actor, now=quarter.street.now)

    ended, *rest = await asyncio.gather(
        quarter.does(planning.end_post, "zhao", one, "不办了"),
        leaves(NAMES[0]),
        leaves(NAMES[1]),
        *(quarter.comes(name, 2) for name in NAMES[4:]),
        *(quarter.says(name, comes=False, one=1) for name in NAMES[2:4]),
    )
    assert ended is PostOutcome.ENDED
    assert rest[:2] == [Leaving.LEFT] * 2
    assert [await counted(quarter, shift) for shift in (1, 2)] == [0, 0]


async def test_two_confirm_at_once(quarter: Quarter) -> None:
    await quarter.neighbours("a")
    await quarter.one()
    await quarter.comes("a")
    await quarter.until((await quarter.row()).starts_at)
    await quarter.does(coming.arrive, "a", 1)
    await quarter.passes(hours=2)
    done = await asyncio.gather(
        *(quarter.does(coming.confirm_all, name, 1) for name in ("zhao", "zhou"))
    )
    assert sorted(done) == sorted([PostOutcome.CONFIRMED, PostOutcome.NOBODY_TO_CONFIRM])
    assert await quarter.minutes() == {"a": 90}
