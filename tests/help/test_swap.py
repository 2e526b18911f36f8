"""Two holders change tasks: both at once or not at all, whatever happens at the same time."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from models.database import transaction
from models.help.actions import claims, contact, swap
from models.help.actions import visits as visiting
from models.help.queries.resident import contact_card
from models.help.queries.swaps import swap_card, swap_choices
from models.help.rules.notices import Notice, Reminder
from models.help.rules.outcomes import (
    ConfirmOutcome,
    ContactOutcome,
    HandBackOutcome,
    HandBackReason,
    SwapOutcome,
)
from models.help.rules.states import ClaimState, SwapState
from models.help.tables import ClaimRow, RequestRow, SwapRow
from models.people.actions.personal import set_personal
from models.people.rules import Field
from models.volunteers import actions as volunteers
from tests.help.street import Street, check_counts


async def two_tasks(street: Street) -> tuple[int, int]:
    """Li holds the first, Chen the second, on the same day."""
    for name in ("li", "chen"):
        await street.volunteer(name)
    ids = [
        await street.file(start_at=street.now + timedelta(hours=hours), text=f"nr {hours}")
        for hours in (6, 9)
    ]
    await street.claim("li", ids[0])
    await street.claim("chen", ids[1])
    return ids[0], ids[1]


async def claim_of(street: Street, request_id: int, name: str) -> int:
    async with transaction(street.sessions) as session:
        found = await session.scalars(
            select(ClaimRow.id)
            .where(ClaimRow.request_id == request_id, ClaimRow.person_id == street.people[name])
            .order_by(ClaimRow.line)
        )
        return list(found)[-1]


async def propose(street: Street, name: str, mine: int, theirs: int, whose: str) -> SwapOutcome:
    wanted = await claim_of(street, theirs, whose)
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        return await swap.propose_swap(session, actor, mine, wanted, now=street.now)


async def answer(street: Street, name: str, *, yes: bool) -> SwapOutcome:
    async with transaction(street.sessions) as session:
        swap_id = await session.scalar(select(SwapRow.id).order_by(SwapRow.id).limit(1))
        actor = await street.actor(session, name)
        outcome = await swap.answer_swap(session, actor, swap_id or 0, yes=yes, now=street.now)
        await check_counts(session)
        return outcome


async def test_both_tasks_change_hands_and_everybody_is_told(street: Street) -> None:
    first, second = await two_tasks(street)
    assert await propose(street, "li", first, second, "chen") is SwapOutcome.ASKED
    assert await propose(street, "li", first, second, "chen") is SwapOutcome.ALREADY
    assert await street.told(Notice.SWAP) == ["chen"]
    assert await answer(street, "li", yes=True) is SwapOutcome.NOT_YOURS
    assert await answer(street, "chen", yes=True) is SwapOutcome.SWAPPED
    assert await answer(street, "chen", yes=True) is SwapOutcome.ALREADY
    assert await street.claims(first) == {"li": ClaimState.SWAPPED, "chen": ClaimState.HELD}
    assert await street.claims(second) == {"chen": ClaimState.SWAPPED, "li": ClaimState.HELD}
    assert await street.told(Notice.SWAP_ANSWER) == ["li"]
    assert await street.told(Notice.SWAPPED) == ["wang", "wang"]
    assert [(await street.request(one)).held for one in (first, second)] == [1, 1]


async def test_what_was_to_be_asked_is_asked_of_the_new_holders(street: Street) -> None:
    first, second = await two_tasks(street)
    before = await street.pending(Reminder.BEFORE_START)
    visits = await street.pending(Reminder.VISIT)
    await propose(street, "li", first, second, "chen")
    await answer(street, "chen", yes=True)
    assert await street.pending(Reminder.BEFORE_START) == before
    assert await street.pending(Reminder.VISIT) == visits
    async with transaction(street.sessions) as session:
        li, chen = await street.actor(session, "li"), await street.actor(session, "chen")
        for actor, request_id, expected in (
            (li, first, ConfirmOutcome.NOT_HOLDER),
            (chen, first, ConfirmOutcome.CONFIRMED),
        ):
            outcome = await visiting.confirm_coming(
                session, actor, request_id, coming=True, now=street.now
            )
            assert outcome is expected


async def test_door_and_phone_vanish_with_the_task_and_open_for_the_new_holder(
    street: Street,
) -> None:
    first, second = await two_tasks(street)
    mine = await claim_of(street, first, "li")
    async with transaction(street.sessions) as session:
        wang, li = await street.actor(session, "wang"), await street.actor(session, "li")
        await set_personal(session, wang, wang.id, Field.PHONE, "13800000000", now=street.now)
        await contact.show_contact(session, li, first, now=street.now)
        card = await contact_card(session, li.id, first, mine, now=street.now)
        assert card is not None
        assert card.contact is not None
    await propose(street, "li", first, second, "chen")
    await answer(street, "chen", yes=True)
    async with transaction(street.sessions) as session:
        li, chen = await street.actor(session, "li"), await street.actor(session, "chen")
        card = await contact_card(session, li.id, first, mine, now=street.now)
        assert card is not None
        assert card.contact is None
        assert await contact.show_contact(session, li, first, now=street.now) == "not_allowed"
        shown = await contact.show_contact(session, chen, first, now=street.now)
        assert shown is ContactOutcome.SHOWN


async def test_no_thank_you_changes_nothing(street: Street) -> None:
    first, second = await two_tasks(street)
    await propose(street, "li", first, second, "chen")
    assert await answer(street, "chen", yes=False) is SwapOutcome.DECLINED
    assert await street.claims(first) == {"li": ClaimState.HELD}
    assert await propose(street, "li", first, second, "chen") is SwapOutcome.ALREADY
    assert await street.told(Notice.SWAP_ANSWER) == ["li"]


async def test_only_what_both_can_take_on_is_offered(street: Street) -> None:
    first, second = await two_tasks(street)
    await street.volunteer("away", "l1", serves="lan")
    await street.volunteer("busy")
    third = await street.file(start_at=street.now + timedelta(hours=20))
    await street.claim("busy", third)
    clash = await street.file(start_at=street.now + timedelta(hours=7))
    await street.claim("busy", clash)
    async with transaction(street.sessions) as session:
        li = await street.actor(session, "li")
        choices = await swap_choices(session, li, first, now=street.now)
        assert [one.task.request_id for one in choices] == [clash, second]
        assert await swap_choices(session, li, second, now=street.now) == []
        later = street.now + timedelta(hours=7)
        assert await swap_choices(session, li, first, now=later) == []
    assert await propose(street, "li", first, third, "busy") is SwapOutcome.NOT_FIT
    assert await propose(street, "chen", first, third, "busy") is SwapOutcome.NOT_HOLDER
    assert await propose(street, "li", first, first, "li") is SwapOutcome.OVER
    async with transaction(street.sessions) as session:
        chen = await street.actor(session, "chen")
        await volunteers.pause(session, chen, now=street.now)
    assert await propose(street, "li", first, second, "chen") is SwapOutcome.NOT_FIT


async def test_a_proposal_is_over_once_either_task_has_left_its_hands(street: Street) -> None:
    first, second = await two_tasks(street)
    await propose(street, "li", first, second, "chen")
    async with transaction(street.sessions) as session:
        li = await street.actor(session, "li")
        await claims.hand_back(session, li, first, HandBackReason.ILL, now=street.now)
        swap_id = await session.scalar(select(SwapRow.id)) or 0
        seen = await swap_card(session, street.people["chen"], swap_id, now=street.now)
        stranger = await swap_card(session, street.people["wang"], swap_id, now=street.now)
    assert seen is not None
    assert seen.state is SwapState.OVER
    assert stranger is None
    assert await answer(street, "chen", yes=True) is SwapOutcome.OVER


@pytest.mark.parametrize("round_", range(4))
async def test_agreeing_twice_and_handing_back_at_once(street: Street, round_: int) -> None:
    first, second = await two_tasks(street)
    await propose(street, "li", first, second, "chen")

    async def back(name: str, request_id: int) -> HandBackOutcome:
        async with transaction(street.sessions) as session:
            actor = await street.actor(session, name)
            return await claims.hand_back(
                session, actor, request_id, HandBackReason.NO_TIME, now=street.now
            )

    race = [
        answer(street, "chen", yes=True),
        answer(street, "chen", yes=True),
        back("li", first),
        back("chen", second),
    ]
    outcomes = await asyncio.gather(*race[round_:], *race[:round_])
    agreed = [one for one in outcomes if isinstance(one, SwapOutcome)]
    backs = [one for one in outcomes if isinstance(one, HandBackOutcome)]
    assert agreed.count(SwapOutcome.SWAPPED) <= 1
    assert set(agreed) <= {SwapOutcome.SWAPPED, SwapOutcome.ALREADY, SwapOutcome.OVER}
    assert set(backs) <= {HandBackOutcome.HANDED_BACK, HandBackOutcome.NOT_HOLDER}
    if SwapOutcome.SWAPPED in agreed:
        assert (await street.claims(first))["li"] == ClaimState.SWAPPED
    async with transaction(street.sessions) as session:
        await check_counts(session)
        for request_id in (first, second):
            request = await session.get_one(RequestRow, request_id)
            open_claims = await session.scalars(
                select(ClaimRow.person_id).where(
                    ClaimRow.request_id == request_id, ClaimRow.state == ClaimState.HELD
                )
            )
            assert len(open_claims.all()) == request.held


async def test_two_proposals_across_swap_once(street: Street) -> None:
    first, second = await two_tasks(street)
    await propose(street, "li", first, second, "chen")
    await propose(street, "chen", second, first, "li")
    async with transaction(street.sessions) as session:
        ids = list(await session.scalars(select(SwapRow.id).order_by(SwapRow.id)))

    async def agree(name: str, swap_id: int) -> SwapOutcome:
        async with transaction(street.sessions) as session:
            actor = await street.actor(session, name)
            return await swap.answer_swap(session, actor, swap_id, yes=True, now=street.now)

    outcomes = await asyncio.gather(agree("chen", ids[0]), agree("li", ids[1]))
    assert sorted(outcomes) == [SwapOutcome.OVER, SwapOutcome.SWAPPED]
    assert (await street.claims(first))["chen"] == ClaimState.HELD
