"""What two or fifty want at once of a call-up."""

import asyncio

from sqlalchemy import func, select

from models.callups.actions import calling, on_site
from models.callups.rules import CallupOutcome, Notice
from models.database import transaction
from models.people.rules import Role
from models.records.rules import Refusal
from models.savings.rules import CauseKind
from models.savings.tables import SavingsMoveRow
from models.seats.rules import SeatState
from tests.callups.muster import DAY, Muster


async def test_fifty_tap_at_once_and_the_quota_is_reached_by_exactly_so_many(
    muster: Muster,
) -> None:
    names = [f"n{number:02}" for number in range(50)]
    await muster.team("二队", *names)
    await muster.called(teams=(2,), number=20)
    said = await asyncio.gather(*(muster.comes(name) for name in names))
    assert said.count(CallupOutcome.COMING) == 20
    assert said.count(CallupOutcome.STANDING_BY) == 30
    seen = await muster.board()
    assert [part.filled.taken for part in seen.parts if part.day == DAY] == [10, 10]


async def test_a_lead_and_the_desk_confirm_at_once_and_each_hour_counts_once(
    muster: Muster,
) -> None:
    await muster.called(sites=("东堤",), days=1)
    await muster.comes("chen")
    await muster.goes_to()
    await muster.does(on_site.arrive, "chen", 1)
    await muster.goes_to(hour=9)
    await muster.does(on_site.leave_site, "chen", 1)
    part = await muster.part_of("chen")
    said = await asyncio.gather(
        *(muster.does(on_site.confirm, who, part) for who in ("li", "zhao", "li", "zhou"))
    )
    assert sorted(said) == sorted(
        [CallupOutcome.CONFIRMED, *[CallupOutcome.NOTHING_TO_CONFIRM] * 3]
    )
    async with transaction(muster.street.sessions) as session:
        moves = select(func.sum(SavingsMoveRow.minutes)).where(
            SavingsMoveRow.cause_kind == CauseKind.CALLUP
        )
        assert await session.scalar(moves) == 120


async def test_two_second_persons_call_at_once_and_everybody_is_asked_once(
    muster: Muster,
) -> None:
    await muster.street.add("wu", "b4")
    await muster.street.grant("wu", *_secretary())
    made = await muster.draws_up()
    said = await asyncio.gather(
        *(muster.does(calling.approve, who, made.callup_id) for who in ("zhou", "wu"))
    )
    assert sorted(said) == sorted([CallupOutcome.CALLED, Refusal.ALREADY])
    assert sorted(await muster.told(Notice.CALL)) == ["chen", "li"]


def _secretary() -> tuple[Role, str]:
    return Role.SECRETARY, "gui"


async def test_a_place_is_given_back_while_another_says_yes_and_none_is_lost(
    muster: Muster,
) -> None:
    await muster.team("二队", "n0", "n1", "n2")
    await muster.called(teams=(2,), sites=("东堤",), number=1, days=1)
    await muster.comes("n0")
    said = await asyncio.gather(muster.away("n0"), muster.comes("n1"), muster.comes("n2"))
    assert said[0] is CallupOutcome.NOT_COMING
    (part,) = (await muster.board()).parts
    assert part.filled.taken == 1
    states = [await muster.stands(name) for name in ("n1", "n2")]
    assert states.count(SeatState.WAITING) == 1


async def test_who_says_yes_to_two_call_ups_at_once_comes_to_one(muster: Muster) -> None:
    first = await muster.called(sites=("东堤",), days=1)
    second = await muster.called(sites=("西堤",), days=1, words="巡堤")
    said = await asyncio.gather(muster.comes("chen", first), muster.comes("chen", second))
    assert sorted(said) == sorted([CallupOutcome.COMING, CallupOutcome.ELSEWHERE])
