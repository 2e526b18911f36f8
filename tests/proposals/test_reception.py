"""The reception: its clock, accepting, returning and mending, turning into a request, its queue."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.database import transaction
from models.help.rules.outcomes import FileOutcome
from models.help.tables import RequestRow
from models.people.rules import Role
from models.proposals.actions import reception, submitting, terms
from models.proposals.actions.reception import schedule_reception
from models.proposals.queries.reception import count_reception, reception_queue, said_last
from models.proposals.rules.changes import Text
from models.proposals.rules.notices import Notice, ProposalEvent, ProposalTopic, Reminder
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.reception import TermsOutcome
from models.proposals.rules.states import State
from models.proposals.tables import ProposalRow, VersionRow
from models.proposals.views import PassedOn
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.proposals.square import Square

DONE = ProposalOutcome.DONE


async def submitted(square: Square, author: str = "wang", **fields: object) -> int:
    """Put a proposal before the desk (zhao), with its clock running."""
    proposal_id = await square.put(
        author, State.SUBMITTED, desk_id=square.people["zhao"], needed=0, **fields
    )
    async with transaction(square.sessions) as session:
        proposal = await session.get_one(ProposalRow, proposal_id)
        await schedule_reception(session, proposal, square.now)
    return proposal_id


async def test_accepting_opens_it_for_seconding(square: Square) -> None:
    one = await submitted(square)
    assert await square.act("zhao", reception.accept, one) is DONE
    row = await square.proposal(one)
    assert (row.state, row.needed, row.seconds) == (State.SECONDING, 10, 0)
    assert row.second_by == square.now + timedelta(days=14)
    assert row.received_at == square.now
    assert await square.pending(Reminder.RECEPTION) == []
    assert await square.pending(Reminder.SECONDING) == [row.second_by]
    assert await square.told(Notice.ACCEPTED) == ["wang"]
    assert await square.timeline(one) == [ProposalEvent.ACCEPTED]
    assert await square.act("zhao", reception.accept, one) is ProposalOutcome.WRONG_TIME


async def test_where_no_seconds_are_asked_for_it_goes_straight_on(square: Square) -> None:
    one = await submitted(square)
    gui = square.places["gui"].id
    assert (
        await square.act("zhou", terms.set_terms, gui, None, needed=0, days=7) is TermsOutcome.SET
    )
    assert await square.act("zhao", reception.accept, one) is DONE
    assert (await square.proposal(one)).state == State.DELIBERATION
    assert await square.timeline(one) == [ProposalEvent.ACCEPTED, ProposalEvent.REACHED]
    assert await square.pending(Reminder.SECONDING) == []
    assert set(await square.told(Notice.REACHED)) == {"wang", "zhou", "qian"}


async def test_the_nearest_place_above_says_what_is_asked_for(square: Square) -> None:
    street, gui, g1 = (square.places[code].id for code in ("street", "gui", "g1"))
    await square.grant("he", Role.ADMIN, "street")
    for who, place, topic, needed in (
        ("he", street, ProposalTopic.FACILITIES, 50),
        ("zhou", gui, None, 5),
        ("zhou", gui, ProposalTopic.FACILITIES, 20),
    ):
        await square.act(who, terms.set_terms, place, topic, needed=needed, days=30)
    ones = [await submitted(square), await submitted(square, topic=ProposalTopic.CULTURE)]
    ones.append(await submitted(square, place_id=g1))
    await square.act("zhou", terms.set_terms, g1, None, needed=2, days=3)
    for one in ones:
        assert await square.act("zhao", reception.accept, one) is DONE
    rows = [await square.proposal(one) for one in ones]
    assert [row.needed for row in rows] == [20, 5, 2]
    assert rows[2].second_by == square.now + timedelta(days=3)


@pytest.mark.parametrize(("needed", "days"), [(-1, 7), (10_001, 7), (3, 0), (3, 367)])
async def test_terms_have_bounds(square: Square, needed: int, days: int) -> None:
    gui = square.places["gui"].id
    found = await square.act("zhou", terms.set_terms, gui, None, needed=needed, days=days)
    assert found is TermsOutcome.BAD


async def test_terms_are_the_secretarys(square: Square) -> None:
    gui, lan = square.places["gui"].id, square.places["lan"].id
    for who, place in (("zhao", gui), ("wang", gui), ("zhou", lan)):
        found = await square.act(who, terms.set_terms, place, None, needed=1, days=1)
        assert found is TermsOutcome.NOT_ALLOWED
    found = await square.act("zhou", terms.set_terms, 999, None, needed=1, days=1)
    assert found is TermsOutcome.NO_PLACE


async def test_returned_mended_and_submitted_again(square: Square) -> None:
    one = await submitted(square)
    assert await square.act("zhao", reception.return_for, one, " ") is ProposalOutcome.EMPTY
    assert await square.act("zhao", reception.return_for, one, "请写明楼号") is DONE
    row = await square.proposal(one)
    assert row.state == State.RETURNED
    assert await square.told(Notice.RETURNED) == ["wang"]
    assert await square.pending(Reminder.RECEPTION) == []
    async with transaction(square.sessions) as session:
        assert await said_last(session, one, ProposalEvent.RETURNED) == "请写明楼号"

    square.later(days=1)
    same = Text(row.title, row.problem, row.wish)
    assert await square.act("wang", submitting.resubmit, one, same) is ProposalOutcome.UNCHANGED
    empty = Text("", "", "")
    assert await square.act("wang", submitting.resubmit, one, empty) is ProposalOutcome.EMPTY
    mended = Text(row.title, "三号楼的老人上下楼很吃力", row.wish)
    assert await square.act("wang", submitting.resubmit, one, mended) is DONE
    row = await square.proposal(one)
    assert (row.state, row.version, row.problem) == (State.SUBMITTED, 2, mended.problem)
    assert row.receive_by > square.now + timedelta(days=2)
    assert await square.told(Notice.NEW) == ["zhao"]
    assert len(await square.pending(Reminder.RECEPTION)) == 1
    async with transaction(square.sessions) as session:
        kept = await session.scalars(select(VersionRow.version).order_by(VersionRow.version))
        assert list(kept) == [1, 2]


async def test_somebody_else_receives_it_where_the_first_works_there_no_more(
    square: Square,
) -> None:
    one = await square.put("wang", State.RETURNED, desk_id=square.people["chen"])
    text = Text("新标题", "新问题", "")
    assert await square.act("wang", submitting.resubmit, one, text) is DONE
    assert (await square.proposal(one)).desk_id == square.people["zhao"]


async def test_the_clock_nudges_and_then_tells_secretary_and_author(square: Square) -> None:
    one = await submitted(square)
    (nudge,) = await square.pending(Reminder.RECEPTION)
    row = await square.proposal(one)
    assert square.now < nudge < row.receive_by
    await sweep(square.sessions, EFFECTS, nudge)
    assert await square.told(Notice.WAITS) == ["zhao"]
    assert await square.told(Notice.LATE_TOLD) == []
    assert await square.pending(Reminder.RECEPTION) == [row.receive_by]
    await sweep(square.sessions, EFFECTS, row.receive_by)
    assert sorted(await square.told(Notice.WAITS)) == ["qian", "zhao", "zhao", "zhou"]
    assert await square.told(Notice.LATE_TOLD) == ["wang"]
    assert await square.timeline(one) == [ProposalEvent.RECEPTION_LATE]
    assert await square.pending(Reminder.RECEPTION) == []


async def test_after_an_outage_the_breach_alone_is_told(square: Square) -> None:
    one = await submitted(square)
    await sweep(square.sessions, EFFECTS, square.later(days=30))
    assert sorted(await square.told(Notice.WAITS)) == ["qian", "zhao", "zhou"]
    assert await square.timeline(one) == [ProposalEvent.RECEPTION_LATE]
    assert await square.act("zhao", reception.accept, one) is DONE


async def test_a_clock_of_before_says_nothing_of_what_was_submitted_again(square: Square) -> None:
    one = await submitted(square)
    async with transaction(square.sessions) as session:
        row = await session.get_one(ProposalRow, one)
        row.receive_by += timedelta(days=5)
    await sweep(square.sessions, EFFECTS, square.later(days=4))
    assert await square.told(Notice.WAITS) == []


async def test_it_becomes_the_request_that_it_was(square: Square) -> None:
    one = await submitted(square, title="路灯坏了", problem="三号楼门口很黑", wish="")
    found = await square.act("zhao", reception.turn, one)
    assert isinstance(found, PassedOn)
    assert found.outcome is DONE
    row = await square.proposal(one)
    assert (row.state, row.request_id) == (State.TURNED, found.other_id)
    async with transaction(square.sessions) as session:
        request = await session.get_one(RequestRow, row.request_id)
        assert request.beneficiary_id == square.people["wang"]
        assert request.text == "路灯坏了\n三号楼门口很黑"
        assert request.category == "public.light"
    assert await square.told(Notice.TURNED) == ["wang"]
    assert await square.pending(Reminder.RECEPTION) == []
    again = await square.act("zhao", reception.turn, one)
    assert again == PassedOn(ProposalOutcome.WRONG_TIME)


async def test_what_was_proposed_without_a_name_becomes_the_desks_own_request(
    square: Square,
) -> None:
    one = await submitted(square, title="路灯坏了", anonymous=True)
    found = await square.act("zhao", reception.turn, one)
    assert isinstance(found, PassedOn)
    async with transaction(square.sessions) as session:
        request = await session.get_one(RequestRow, found.other_id)
        people = {request.requester_id, request.beneficiary_id}
    assert people == {square.people["zhao"]}
    assert await square.told(Notice.TURNED) == ["wang"]


@pytest.mark.parametrize("category", ["nonsense", "emergency"])
async def test_what_is_no_kind_of_request_is_not_turned(square: Square, category: str) -> None:
    one = await submitted(square)
    assert await square.act("zhao", reception.turn, one, category) is FileOutcome.BAD_CHOICE
    assert (await square.proposal(one)).state == State.SUBMITTED


async def test_the_desk_reads_its_own_places_first_due_first(square: Square) -> None:
    late = await submitted(square, receive_by=square.now - timedelta(hours=1))
    soon = await submitted(square, "li", receive_by=square.now + timedelta(hours=1))
    await submitted(square, "zhao")
    await square.put("lan", State.SUBMITTED, community_id=square.places["lan"].id,
                     place_id=square.places["lan"].id)  # fmt: skip
    await square.put("li", State.SECONDING)
    async with transaction(square.sessions) as session:
        zhao, li = await square.actor(session, "zhao"), await square.actor(session, "li")
        queue = await reception_queue(session, zhao, now=square.now)
        assert [line.proposal_id for line in queue.lines] == [late, soon]
        assert [line.overdue for line in queue.lines] == [True, False]
        assert (queue.total, queue.overdue, queue.pages) == (2, 1, 1)
        second = await reception_queue(session, zhao, now=square.now, page=9, size=1)
        assert [line.proposal_id for line in second.lines] == [soon]
        assert (second.page, second.pages) == (1, 2)
        assert await count_reception(session, zhao) == 2
        assert await count_reception(session, li) == 0
        assert (await reception_queue(session, li, now=square.now)).lines == ()


async def test_nobody_receives_what_is_not_theirs_to_receive(square: Square) -> None:
    one, own = await submitted(square), await submitted(square, "zhao")
    await square.add("gao", "l1")
    await square.grant("gao", Role.STAFF, "lan")
    for who, which, why in (
        ("zhao", own, ProposalOutcome.OWN),
        ("gao", one, ProposalOutcome.NOT_ALLOWED),
        ("wang", one, ProposalOutcome.NOT_ALLOWED),
        ("li", one, ProposalOutcome.NOT_ALLOWED),
    ):
        assert await square.act(who, reception.accept, which) is why
        assert await square.act(who, reception.return_for, which, "不行") is why
        assert await square.act(who, reception.turn, which) == PassedOn(why)
    assert {(await square.proposal(each)).state for each in (one, own)} == {State.SUBMITTED}
    assert await square.act("zhao", reception.accept, 999) is ProposalOutcome.MISSING
