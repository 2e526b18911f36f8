"""Notes, help, dates that pass, and the delivery."""

import asyncio

from models.database import transaction
from models.help.rules.outcomes import FileOutcome
from models.help.views import Filed
from models.people.queries import standing_grants
from models.people.rules import Role
from models.proposals.actions import delivering
from models.proposals.queries.delivery import count_readers, delivery_view
from models.proposals.rules.notices import Notice, ProposalEvent, Reminder
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import State
from models.proposals.views import DeliveryView
from models.roles.actions.granting import revoke
from tests.proposals.delivery_acts import (
    BACKERS,
    PHOTO,
    adopted,
    date_it,
    deliver,
    delivered,
    details,
    name,
    news,
    part,
    sweep_at,
    underway,
)
from tests.proposals.square import Square

DONE = ProposalOutcome.DONE


async def seen(square: Square, who: str, proposal_id: int) -> DeliveryView:
    view = await square.act(who, delivery_view, proposal_id)
    assert isinstance(view, DeliveryView)
    return view


async def test_a_note_is_read_by_author_and_backers_with_its_pictures(square: Square) -> None:
    proposal_id = await underway(square)
    report = delivering.report
    done = await square.act("zhao", report, proposal_id, "开工了", token="1", media=[PHOTO])
    assert done is DONE
    again = await square.act("zhao", report, proposal_id, "开工了", token="1")
    assert again is ProposalOutcome.ALREADY
    empty = await square.act("zhao", report, proposal_id, " ", token="2")
    assert empty is ProposalOutcome.EMPTY
    assert (await news(square, Notice.PROGRESS))["note"] == sorted(["wang", *BACKERS])
    view = await seen(square, "li", proposal_id)
    [note] = view.notes
    assert (note.words, note.media) == ("开工了", (PHOTO,))
    assert note.who is not None
    assert note.who.name == "zhao"
    async with transaction(square.sessions) as session:
        actor = await square.actor(session, "zhao")
        assert await count_readers(session, actor, proposal_id) == 4


async def test_only_whoever_answers_for_it_or_the_place_writes_delivers_and_asks(
    square: Square,
) -> None:
    await square.add("sun", "b2")
    await square.grant("sun", Role.STAFF, "gui")
    proposal_id = await underway(square)
    for who in ("wang", "li", "sun"):
        assert await deliver(square, who, proposal_id) is ProposalOutcome.NOT_ALLOWED
        helped = await square.act(who, delivering.get_help, proposal_id, part())
        assert helped is ProposalOutcome.NOT_ALLOWED
        told = await square.act(who, delivering.report, proposal_id, "好", token="1")
        assert told is ProposalOutcome.NOT_ALLOWED
    assert await square.act("zhou", delivering.report, proposal_id, "好", token="1") is DONE


async def test_volunteers_are_asked_for_a_part_as_a_request_of_the_owner(square: Square) -> None:
    await square.volunteer("sun")
    proposal_id = await underway(square)
    for who, token in (("zhao", "a"), ("zhou", "b"), ("zhou", "b")):
        filed = await square.act(who, delivering.get_help, proposal_id, part(token))
        assert isinstance(filed, Filed)
        assert filed.outcome in {FileOutcome.FILED, FileOutcome.ALREADY}
    links = await details(square, proposal_id, ProposalEvent.HELP)
    assert len(links) == 2
    for link in links:
        request = await square.request(link["request"])
        assert request.beneficiary_id == square.people["zhao"]
        assert request.place_id == square.places["gui"].id
        assert request.number == link["number"]
    view = await seen(square, "wang", proposal_id)
    assert [(task.hands, task.held) for task in view.tasks] == [(3, 0), (3, 0)]
    await square.claim("sun", links[0]["request"])
    assert [task.held for task in (await seen(square, "wang", proposal_id)).tasks] == [0, 1]


async def test_an_owner_from_elsewhere_is_not_spoken_for(square: Square) -> None:
    await square.add("hu", "l1")
    await square.grant("hu", Role.STAFF, "gui")
    proposal_id = await underway(square, "hu")
    filed = await square.act("zhou", delivering.get_help, proposal_id, part())
    assert isinstance(filed, Filed)
    assert filed.outcome is FileOutcome.FILED
    [link] = await details(square, proposal_id, ProposalEvent.HELP)
    request = await square.request(link["request"])
    assert request.beneficiary_id == square.people["zhou"]


async def test_a_date_that_passes_is_told_to_all_whom_it_concerns(square: Square) -> None:
    await square.add("ma", "b2")
    await square.grant("ma", Role.SECRETARY, "street")
    proposal_id = await underway(square)
    await sweep_at(square, square.later(days=31))
    assert sorted(await square.told(Notice.OVERDUE)) == ["qian", "zhao", "zhou"]
    assert (await news(square, Notice.PROGRESS))["overdue"] == sorted(["wang", *BACKERS])
    assert (await square.timeline(proposal_id))[-1] == ProposalEvent.OVERDUE
    await sweep_at(square, square.later(days=9))
    assert (await square.told(Notice.OVERDUE))[3:] == ["ma"]
    await sweep_at(square, square.later(days=30))
    assert len(await square.told(Notice.OVERDUE)) == 4


async def test_another_date_is_kept_to(square: Square) -> None:
    proposal_id = await underway(square)
    await sweep_at(square, square.later(days=31))
    assert await date_it(square, proposal_id, 40) is DONE
    await sweep_at(square, square.later(days=20))
    assert len(await square.told(Notice.OVERDUE)) == 3
    await sweep_at(square, square.later(days=21))
    assert len(await square.told(Notice.OVERDUE)) == 6


async def test_after_the_delivery_no_date_is_asked_about(square: Square) -> None:
    await delivered(square)
    assert await square.pending(Reminder.DUE) == []
    assert await square.pending(Reminder.STREET) == []
    await sweep_at(square, square.later(days=90))
    assert await square.told(Notice.OVERDUE) == []


async def test_who_is_no_longer_staff_hands_it_to_whoever_answers_for_the_place(
    square: Square,
) -> None:
    proposal_id = await underway(square)
    async with transaction(square.sessions) as session:
        secretary = await square.actor(session, "zhou")
        for grant in await standing_grants(session, square.people["zhao"]):
            await revoke(session, secretary, grant.id, now=square.now)
    await sweep_at(square, square.later(days=31))
    assert (await square.proposal(proposal_id)).person_id == square.people["zhou"]
    assert sorted(await square.told(Notice.OVERDUE)) == ["qian", "zhou"]
    assert (await square.timeline(proposal_id))[-2:] == [
        ProposalEvent.ASSIGNED,
        ProposalEvent.OVERDUE,
    ]


async def test_delivered_is_told_once_to_all_who_may_rate(square: Square) -> None:
    proposal_id = await delivered(square)
    proposal = await square.proposal(proposal_id)
    assert proposal.state == State.DELIVERED
    assert proposal.delivered_at == square.now
    assert await square.pending(Reminder.RATING) == [proposal.rate_by]
    assert sorted(await square.told(Notice.DELIVERED)) == sorted(["wang", *BACKERS])
    assert await details(square, proposal_id, ProposalEvent.DELIVERED) == [{"media": 1}]


async def test_delivered_twice_at_once_is_delivered_once(square: Square) -> None:
    proposal_id = await underway(square)
    outcomes = await asyncio.gather(
        *(deliver(square, who, proposal_id) for who in ("zhao", "zhou", "zhao"))
    )
    assert sorted(outcomes) == [ProposalOutcome.ALREADY] * 2 + [DONE]
    told = [one for one in await square.told(Notice.DELIVERED) if one != "zhao"]
    assert sorted(told) == sorted(["wang", *BACKERS])
    assert (await square.timeline(proposal_id)).count(ProposalEvent.DELIVERED) == 1


async def test_a_vote_adopts_without_a_promise(square: Square) -> None:
    proposal_id = await square.put(state=State.ADOPTED, backers=BACKERS)
    assert await name(square, "zhao", proposal_id) is DONE
    assert await square.act("zhou", delivering.set_promise, proposal_id, "装电梯") is DONE
    assert await date_it(square, proposal_id, 3) is DONE
    assert (await square.proposal(proposal_id)).state == State.UNDERWAY


async def test_nothing_is_delivered_that_is_not_underway(square: Square) -> None:
    proposal_id = await adopted(square)
    assert await deliver(square, "zhou", proposal_id) is ProposalOutcome.WRONG_TIME
