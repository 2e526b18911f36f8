"""Many at once: one named outcome each, the same on both databases."""

import asyncio

from models.meetings.actions.calling import call_off
from models.meetings.actions.guests import check_in, check_in_at_door, reply, take_place
from models.meetings.actions.minutes import publish_minutes
from models.meetings.rules.notices import Notice, Reply
from models.meetings.rules.outcomes import ArriveOutcome, MeetingOutcome, ReplyOutcome
from tests.meetings.acts import called, guests_of, link_of, meeting_of
from tests.proposals.square import Square


async def test_of_many_who_take_one_link_at_once_one_comes(square: Square) -> None:
    meeting_id = await called(square)
    code = await link_of(square, "li", meeting_id)
    names = ["wu", "he", "lan", "zhao", "qian"]
    found = await asyncio.gather(*(square.act(name, take_place, code) for name in names))
    assert sorted(one.outcome for one in found) == ["taken"] * 4 + ["yours"]
    guests = await guests_of(square, meeting_id)
    assert len(guests) == 5
    assert await square.told(Notice.INSTEAD) == ["li"]


async def test_one_person_taking_a_link_many_times_at_once_takes_it_once(square: Square) -> None:
    meeting_id = await called(square)
    code = await link_of(square, "li", meeting_id)
    found = await asyncio.gather(*(square.act("wu", take_place, code) for _ in range(5)))
    assert sorted(one.outcome for one in found) == ["already"] * 4 + ["yours"]


async def test_taking_a_link_while_its_guest_comes_after_all(square: Square) -> None:
    meeting_id = await called(square)
    code = await link_of(square, "li", meeting_id)
    taken, said = await asyncio.gather(
        square.act("wu", take_place, code), square.act("li", reply, meeting_id, Reply.YES)
    )
    assert said is ReplyOutcome.NOTED
    assert taken.outcome in {"yours", "missing"}
    guests = await guests_of(square, meeting_id)
    assert ("wu" in guests) == (taken.outcome == "yours")
    assert guests["li"].reply == Reply.YES


async def test_answering_while_it_is_called_off(square: Square) -> None:
    meeting_id = await called(square)
    off, *said = await asyncio.gather(
        square.act("zhou", call_off, meeting_id),
        *(square.act(name, reply, meeting_id, Reply.YES) for name in ("wang", "li", "chen")),
    )
    assert off is MeetingOutcome.DONE
    assert set(said) <= {ReplyOutcome.NOTED, ReplyOutcome.OFF}
    guests = await guests_of(square, meeting_id)
    noted = [guests[name].reply == Reply.YES for name in ("wang", "li", "chen")]
    assert noted == [one is ReplyOutcome.NOTED for one in said]


async def test_calling_off_twice_at_once_tells_once(square: Square) -> None:
    meeting_id = await called(square)
    found = await asyncio.gather(
        *(square.act(name, call_off, meeting_id) for name in ("zhou", "qian", "zhou"))
    )
    assert sorted(found) == ["already", "already", "done"]
    assert len(await square.told(Notice.CHANGED)) in {3, 4}


async def test_a_neighbour_scanning_many_times_at_once_listens_once(square: Square) -> None:
    meeting_id = await called(square)
    meeting = await meeting_of(square, meeting_id)
    square.now = meeting.starts_at
    found = await asyncio.gather(
        *(square.act("wu", check_in_at_door, meeting.code) for _ in range(5)),
        square.act("wu", check_in, meeting_id),
    )
    outcomes = [one[0] for one in found[:5]]
    assert sorted(outcomes) == ["already"] * 4 + ["listening"]
    assert found[5] in {ArriveOutcome.ALREADY, ArriveOutcome.NOT_INVITED}


async def test_two_secretaries_publishing_at_once_correct_each_other(square: Square) -> None:
    meeting_id = await called(square)
    square.now = (await meeting_of(square, meeting_id)).starts_at
    found = await asyncio.gather(
        square.act("zhou", publish_minutes, meeting_id, "同意"),
        square.act("qian", publish_minutes, meeting_id, "同意"),
    )
    assert sorted(found) == ["done", "unchanged"]
