"""Many at once: the database decides, and nobody is lost."""

import asyncio

import pytest

from models.database import transaction
from models.help.actions import claims as claiming
from models.help.actions import filing
from models.help.rules.outcomes import (
    CancelOutcome,
    Claimed,
    ClaimOutcome,
    FileOutcome,
    HandBackReason,
)
from models.help.rules.states import ClaimState, State
from models.help.tables import RequestRow
from tests.help.street import Street, check_counts, count_rows, draft


async def test_fifty_at_once_for_ten_hands(street: Street) -> None:
    names = [f"v{number}" for number in range(50)]
    for name in names:
        await street.volunteer(name)
    request_id = await street.file(hands=10)
    claims = await asyncio.gather(*(street.claim(name, request_id) for name in names))
    held = [one for one in claims if one.outcome is ClaimOutcome.HELD]
    waiting = [one.position for one in claims if one.outcome is ClaimOutcome.WAITING]
    assert len(held) == 10
    assert sorted(position or 0 for position in waiting) == list(range(1, 41))
    async with transaction(street.sessions) as session:
        await check_counts(session)
        assert (await session.get_one(RequestRow, request_id)).held == 10


async def test_one_person_tapping_five_times_at_once_holds_once(street: Street) -> None:
    await street.volunteer("li")
    request_id = await street.file(hands=3)
    claims = await asyncio.gather(*(street.claim("li", request_id) for _ in range(5)))
    outcomes = sorted(one.outcome for one in claims)
    assert outcomes == [ClaimOutcome.ALREADY_YOURS] * 4 + [ClaimOutcome.HELD]
    assert await street.claims(request_id) == {"li": ClaimState.HELD}


@pytest.mark.parametrize("hands", [1, 2])
async def test_handing_back_against_claiming(street: Street, hands: int) -> None:
    names = [f"v{number}" for number in range(6)]
    for name in names:
        await street.volunteer(name)
    request_id = await street.file(hands=hands)
    for name in names[:hands]:
        await street.claim(name, request_id)

    async def back(name: str) -> None:
        async with transaction(street.sessions) as session:
            actor = await street.actor(session, name)
            await claiming.hand_back(session, actor, request_id, HandBackReason.ILL, now=street.now)

    taking = [street.claim(name, request_id) for name in names[hands:]]
    await asyncio.gather(*(back(name) for name in names[:hands]), *taking)
    async with transaction(street.sessions) as session:
        await check_counts(session)
        assert (await session.get_one(RequestRow, request_id)).held == hands
    assert list((await street.claims(request_id)).values()).count(ClaimState.HELD) == hands


async def test_calling_off_against_claiming(street: Street) -> None:
    names = [f"v{number}" for number in range(5)]
    for name in names:
        await street.volunteer(name)
    request_id = await street.file(hands=2)

    async def call_off() -> CancelOutcome:
        async with transaction(street.sessions) as session:
            actor = await street.actor(session, "wang")
            return await filing.cancel_request(session, actor, request_id, now=street.now)

    outcomes = await asyncio.gather(call_off(), *(street.claim(name, request_id) for name in names))
    assert outcomes[0] is CancelOutcome.CANCELLED
    claimed = [one.outcome for one in outcomes if isinstance(one, Claimed)]
    assert set(claimed) <= {ClaimOutcome.HELD, ClaimOutcome.WAITING, ClaimOutcome.ENDED}
    assert (await street.request(request_id)).state == State.CANCELLED
    assert set((await street.claims(request_id)).values()) <= {ClaimState.RELEASED}
    async with transaction(street.sessions) as session:
        await check_counts(session)


async def test_sending_one_form_ten_times_at_once_files_once(street: Street) -> None:
    form = draft()

    async def send() -> FileOutcome:
        async with transaction(street.sessions) as session:
            actor = await street.actor(session, "wang")
            return (await filing.file_request(session, actor, form, now=street.now)).outcome

    outcomes = await asyncio.gather(*(send() for _ in range(10)))
    assert sorted(outcomes) == [FileOutcome.ALREADY] * 9 + [FileOutcome.FILED]
    async with transaction(street.sessions) as session:
        assert await count_rows(session, RequestRow) == 1


async def test_numbers_given_at_once_are_all_different(street: Street) -> None:
    ids = await asyncio.gather(*(street.file() for _ in range(8)))
    numbers = [(await street.request(request_id)).number for request_id in ids]
    assert sorted(numbers) == list(range(101, 109))
