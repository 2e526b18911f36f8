"""Calling a meeting: who may, what is on its agenda, who is invited, once."""

import asyncio
from datetime import timedelta

import pytest

from models.database import transaction
from models.meetings.actions.calling import call_meeting, may_call
from models.meetings.rules.notices import GuestGroup, Notice, Reminder, Reply
from models.meetings.rules.outcomes import MeetingCallOutcome
from models.meetings.rules.timing import MeetingPolicy
from models.people.rules import Role
from models.policy.current import policy_of
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import State
from tests.meetings.acts import called, calling, guests_of, meeting_of
from tests.proposals.square import Square


async def test_author_and_supporters_are_invited_and_whoever_calls_comes(square: Square) -> None:
    meeting_id = await called(square)
    guests = await guests_of(square, meeting_id)
    assert set(guests) == {"zhou", "wang", "li", "chen"}
    assert guests["zhou"].reply == Reply.YES
    assert {guests[name].reply for name in ("wang", "li", "chen")} == {None}
    assert sorted(await square.told(Notice.INVITED)) == ["chen", "li", "wang"]
    meeting = await meeting_of(square, meeting_id)
    async with transaction(square.sessions) as session:
        before = policy_of(session, MeetingPolicy).meeting_before
    due = sorted(meeting.starts_at - span for span in before)
    assert await square.pending(Reminder.SOON) == due


async def test_parts_are_joined_and_everybody_is_invited_once(square: Square) -> None:
    await square.add("out", "l1")
    await square.grant("out", Role.PARTY_MEMBER, "lan")
    await square.add("mother", "b4", telegram=False, proxy="wu")
    building = square.places["b4"].id
    parts = frozenset(GuestGroup)
    meeting_id = await called(square, parts=parts, building_id=building)
    guests = await guests_of(square, meeting_id)
    assert set(guests) == {"zhou", "wang", "li", "chen", "zhao", "he", "wu", "qian"}
    assert sorted(await square.told(Notice.INVITED)) == sorted(set(guests) - {"zhou"})


async def test_one_form_sent_many_times_at_once_calls_once(square: Square) -> None:
    proposal_id = await square.put(state=State.DELIBERATION, backers=["li"])
    form = calling(square, proposal_id)
    found = await asyncio.gather(*(square.act("zhou", call_meeting, form) for _ in range(5)))
    assert sorted(one.outcome for one in found) == ["already"] * 4 + ["called"]
    assert len({one.meeting_id for one in found}) == 1
    assert {one.invited for one in found} == {3}
    assert await square.told(Notice.INVITED) == ["wang", "li"]
    assert await square.timeline(proposal_id) == ["meeting"]


async def test_several_proposals_on_one_agenda_and_a_line_on_each(square: Square) -> None:
    first = await square.put(state=State.DELIBERATION, backers=["li"])
    second = await square.put("chen", State.DELIBERATION, backers=["wu"])
    form = calling(square, first, more=(second,))
    found = await square.act("zhou", call_meeting, form)
    assert found.outcome is MeetingCallOutcome.CALLED
    assert set(await guests_of(square, found.meeting_id or 0)) == {
        "zhou",
        "wang",
        "li",
        "chen",
        "wu",
    }
    assert await square.timeline(first) == await square.timeline(second) == ["meeting"]


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("zhao", ProposalOutcome.NOT_ALLOWED),
        ("li", ProposalOutcome.NOT_ALLOWED),
        ("qian", ProposalOutcome.OWN),
    ],
)
async def test_only_whoever_answers_for_the_place_and_did_not_write_it(
    square: Square, name: str, outcome: ProposalOutcome
) -> None:
    proposal_id = await square.put("qian", State.DELIBERATION)
    assert await square.act(name, may_call, proposal_id) is outcome
    form = calling(square, proposal_id)
    assert (await square.act(name, call_meeting, form)).outcome is outcome


async def test_what_is_not_deliberated_is_on_no_agenda(square: Square) -> None:
    voted = await square.put(state=State.VOTE)
    first = await square.put(state=State.DELIBERATION)
    own = await square.put("zhou", State.DELIBERATION)
    found = await square.act("zhou", call_meeting, calling(square, voted))
    assert found.outcome is ProposalOutcome.WRONG_TIME
    assert (await square.act("zhou", may_call, 999)) is ProposalOutcome.MISSING
    for other in (voted, own, 999):
        form = calling(square, first, more=(other,))
        assert (await square.act("zhou", call_meeting, form)).outcome is MeetingCallOutcome.MOVED_ON
    form = calling(square, first, more=tuple(range(50)))
    assert (await square.act("zhou", call_meeting, form)).outcome is MeetingCallOutcome.TOO_MANY


async def test_when_and_where_have_to_make_sense(square: Square) -> None:
    proposal_id = await square.put(state=State.DELIBERATION)
    elsewhere = square.places["l1"].id
    for outcome, fields in (
        (MeetingCallOutcome.PAST, {"start": square.now - timedelta(minutes=1)}),
        (MeetingCallOutcome.TOO_FAR, {"start": square.now + timedelta(days=400)}),
        (MeetingCallOutcome.NO_WHERE, {"where": "\u202e \n"}),
        (MeetingCallOutcome.BAD_BUILDING, {"parts": frozenset({GuestGroup.BUILDING})}),
        (
            MeetingCallOutcome.BAD_BUILDING,
            {"parts": frozenset({GuestGroup.BUILDING}), "building_id": elsewhere},
        ),
    ):
        form = calling(square, proposal_id, **fields)
        assert (await square.act("zhou", call_meeting, form)).outcome is outcome


async def test_of_a_meeting_within_the_hour_nobody_is_reminded(square: Square) -> None:
    await called(square, start=square.now + timedelta(minutes=30))
    assert await square.pending(Reminder.SOON) == []


async def test_who_cannot_be_reached_is_a_guest_all_the_same(square: Square) -> None:
    await square.lose("li")
    meeting_id = await called(square)
    assert "li" in await guests_of(square, meeting_id)
    assert sorted(await square.told(Notice.INVITED)) == ["chen", "wang"]
