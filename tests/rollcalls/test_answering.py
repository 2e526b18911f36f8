"""Answering a roll-call: about oneself, for others, at the door, at once, and too late."""

import asyncio

import pytest
from sqlalchemy import func, select

from models.broadcasts.rules.notices import Answer
from models.database import transaction
from models.help.actions.filing import cancel_request
from models.help.rules.limits import Channel
from models.help.rules.outcomes import DeskOutcome
from models.help.rules.policy import Urgency
from models.help.tables import MediaRow
from models.leaving.actions import leave
from models.people.rules import Leaving, Role
from models.rollcalls.actions.answering import add_location
from models.rollcalls.actions.calling import end
from models.rollcalls.rules.notices import BoardStanding
from models.rollcalls.rules.outcomes import Answering, Ending
from models.rollcalls.tables import AnswerRow
from tests.proposals.square import Square
from tests.rollcalls.hall import answers, board, called, requests, rounds, says, standings, tick

SAFE, NEED_HELP, CAN_HELP = Answer


async def test_an_answer_can_be_changed_until_the_end(square: Square) -> None:
    which = await called(square)
    assert (await says(square, "li", which, SAFE)).outcome is Answering.ANSWERED
    assert (await says(square, "li", which, SAFE)).outcome is Answering.ALREADY
    assert (await says(square, "li", which, CAN_HELP)).outcome is Answering.CHANGED
    assert await square.act("zhou", end, which) is Ending.ENDED
    late = await says(square, "li", which, SAFE)
    assert (late.outcome, late.answer) == (Answering.OVER, CAN_HELP)
    assert await answers(square, which) == {"li": "can_help"}


async def test_need_help_files_one_emergency_where_they_live(square: Square) -> None:
    which = await called(square)
    first = await says(square, "li", which, NEED_HELP)
    again = await says(square, "li", which, NEED_HELP)
    (request,) = await requests(square)
    assert (first.filed, again.filed) == (True, False)
    assert first.number == again.number == request.number
    assert (request.urgency, request.category) == (Urgency.EMERGENCY, "emergency")
    assert request.place_id == square.places["b1"].id
    assert request.beneficiary_id == request.requester_id == square.people["li"]
    assert "地震" in request.text


async def test_safe_after_need_help_closes_nothing_but_asks(square: Square) -> None:
    which = await called(square)
    await says(square, "li", which, NEED_HELP)
    safe = await says(square, "li", which, SAFE)
    (request,) = await requests(square)
    assert (safe.may_close, safe.request_id) == (True, request.id)
    assert request.closed_at is None
    await square.act("li", cancel_request, request.id)
    assert (await says(square, "li", which, CAN_HELP)).may_close is False


async def test_help_that_is_needed_again_after_closing_is_filed_again(square: Square) -> None:
    which = await called(square)
    await says(square, "li", which, NEED_HELP)
    await square.act("li", cancel_request, (await requests(square))[0].id)
    assert (await says(square, "li", which, NEED_HELP)).filed
    assert len(await requests(square)) == 2


async def test_a_drill_files_nothing(square: Square) -> None:
    which = await called(square, drill=True)
    given = await says(square, "li", which, NEED_HELP)
    assert (given.outcome, given.drill, given.filed) == (Answering.ANSWERED, True, False)
    assert await requests(square) == []


async def test_a_proxy_answers_for_who_has_no_phone(square: Square) -> None:
    await square.add("grandma", "b2", telegram=False, proxy="li")
    which = await called(square)
    given = await says(square, "li", which, NEED_HELP, about="grandma")
    (request,) = await requests(square)
    assert (given.own, given.name, given.filed) == (False, "grandma", True)
    assert (request.channel, request.place_id) == (Channel.PROXY, square.places["b2"].id)
    assert await answers(square, which) == {"grandma": "need_help"}
    assert (await says(square, "chen", which, SAFE, "grandma")).outcome is Answering.NOT_THEIRS


async def test_the_desk_puts_down_whom_it_met_at_the_door(square: Square) -> None:
    await square.add("grandma", "b2", telegram=False)
    which = await called(square)
    given = await says(square, "zhou", which, NEED_HELP, about="grandma")
    assert given.filed
    assert (await requests(square))[0].channel == Channel.DESK
    assert (await says(square, "zhou", which, SAFE, "chen")).outcome is Answering.ANSWERED


async def test_who_is_not_asked_has_no_answer(square: Square) -> None:
    which = await called(square, at="b1")
    assert (await says(square, "lan", which, SAFE)).outcome is Answering.NOT_THEIRS
    assert (await says(square, "li", which + 1, SAFE)).outcome is Answering.MISSING


async def test_a_location_is_added_to_the_emergency_once_asked_for(square: Square) -> None:
    which = await called(square)
    nowhere = await square.act("li", add_location, 30.2, 120.1)
    await says(square, "li", which, NEED_HELP)
    assert await square.act("li", add_location, 30.2, 120.1) is DeskOutcome.NOTED
    assert nowhere is DeskOutcome.MISSING
    (request,) = await requests(square)
    async with transaction(square.sessions) as session:
        spot = (await session.scalars(select(MediaRow))).one()
        assert (spot.request_id, spot.latitude) == (request.id, 30.2)
    square.later(hours=2)
    assert await square.act("li", add_location, 30.2, 120.1) is DeskOutcome.MISSING


async def test_two_answers_at_once_make_one_row_and_one_request(square: Square) -> None:
    which = await called(square)
    done = await asyncio.gather(*(says(square, "li", which, NEED_HELP) for _ in range(3)))
    assert sorted(one.outcome for one in done) == ["already", "already", "answered"]
    assert [one.filed for one in done].count(True) == 1
    assert len(await requests(square)) == 1


async def test_different_answers_at_once_leave_one_of_them(square: Square) -> None:
    which = await called(square)
    done = await asyncio.gather(*(says(square, "li", which, said) for said in Answer))
    assert sorted(one.outcome for one in done) == ["answered", "changed", "changed"]
    assert len(await answers(square, which)) == 1
    assert len(await requests(square)) == 1


async def test_an_answer_against_the_end_counts_or_is_told_that_it_is_over(square: Square) -> None:
    which = await called(square)
    people = ["li", "chen", "wu", "he"]
    done = await asyncio.gather(
        *(says(square, name, which, SAFE) for name in people), square.act("zhou", end, which)
    )
    taken = {
        name
        for name, one in zip(people, done[:4], strict=True)
        if one.outcome is Answering.ANSWERED
    }
    assert {one.outcome for one in done[:4]} <= {Answering.ANSWERED, Answering.OVER}
    assert set(await answers(square, which)) == taken


async def test_ending_twice_at_once_ends_it_once(square: Square) -> None:
    which = await called(square)
    done = await asyncio.gather(*(square.act("zhou", end, which) for _ in range(2)))
    assert sorted(done) == [Ending.ALREADY, Ending.ENDED]
    assert (await rounds(square, which)).ended_by == square.people["zhou"]


@pytest.mark.parametrize("name", ["li", "lan"])
async def test_a_resident_cannot_end_it(square: Square, name: str) -> None:
    which = await called(square)
    assert await square.act(name, end, which) is Ending.NOT_ALLOWED
    assert (await rounds(square, which)).ended_at is None


async def test_who_leaves_is_not_looked_for_and_what_they_said_still_adds_up(
    square: Square,
) -> None:
    which = await called(square)
    heads = (await board(square, which)).counts.heads
    await says(square, "li", which, SAFE)
    for name in ("li", "wu"):
        async with transaction(square.sessions) as session:
            actor = await square.actor(session, name)
            assert await leave(session, actor, now=square.now) is Leaving.LEFT
    assert await standings(square, which) == {
        BoardStanding.SAFE: 1,
        BoardStanding.SILENT: heads - 2,
    }
    await tick(square, minutes=15)
    async with transaction(square.sessions) as session:
        assert await session.scalar(select(func.count()).select_from(AnswerRow)) == 1


async def test_an_admin_above_leads_too(square: Square) -> None:
    await square.add("boss", None)
    await square.grant("boss", Role.ADMIN, "gui")
    which = await called(square)
    assert await square.act("boss", end, which) is Ending.ENDED
