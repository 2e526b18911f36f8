"""A decision, and who delivers what was adopted."""

import asyncio
from datetime import timedelta

import pytest

from models.categories import Body
from models.people.rules import Role
from models.proposals.actions import deciding, delivering
from models.proposals.rules.notices import Notice, ProposalEvent, Reminder
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import State
from tests.proposals.delivery_acts import (
    BACKERS,
    adopted,
    date_it,
    day_in,
    details,
    name,
    news,
    sweep_at,
    underway,
)
from tests.proposals.square import Square

DONE = ProposalOutcome.DONE


async def test_a_decision_is_told_with_its_reasons_to_author_and_backers(square: Square) -> None:
    proposal_id = await adopted(square)
    proposal = await square.proposal(proposal_id)
    assert proposal.state == State.ADOPTED
    assert (proposal.reasons, proposal.promise) == ("大家都需要", "年底前装好")
    assert proposal.decided_at == square.now
    assert sorted(await square.told(Notice.DECIDED)) == sorted(["wang", *BACKERS])
    assert await square.timeline(proposal_id) == [ProposalEvent.ADOPTED]


async def test_what_is_declined_has_reasons_and_ends(square: Square) -> None:
    proposal_id = await square.put(state=State.DELIBERATION, backers=BACKERS)
    outcome = await square.act("zhou", deciding.decline, proposal_id, "地下有管道")
    assert outcome is DONE
    proposal = await square.proposal(proposal_id)
    assert (proposal.state, proposal.reasons) == (State.DECLINED, "地下有管道")
    assert proposal.closed_at == square.now
    assert sorted(await square.told(Notice.DECIDED)) == sorted(["wang", *BACKERS])


@pytest.mark.parametrize("words", ["", " \n "])
async def test_nothing_is_decided_without_words(square: Square, words: str) -> None:
    proposal_id = await square.put(state=State.DELIBERATION)
    empty = ProposalOutcome.EMPTY
    assert await square.act("zhou", deciding.adopt, proposal_id, words, "好") is empty
    assert await square.act("zhou", deciding.adopt, proposal_id, "好", words) is empty
    assert await square.act("zhou", deciding.decline, proposal_id, words) is empty
    assert (await square.proposal(proposal_id)).state == State.DELIBERATION


async def test_the_secretary_decides_and_nobody_their_own(square: Square) -> None:
    proposal_id = await square.put("zhou", state=State.DELIBERATION)
    for who, expected in (
        ("zhou", ProposalOutcome.OWN),
        ("zhao", ProposalOutcome.NOT_ALLOWED),
        ("li", ProposalOutcome.NOT_ALLOWED),
    ):
        assert await square.act(who, deciding.adopt, proposal_id, "好", "好") is expected
    assert await square.act("qian", deciding.adopt, proposal_id, "好", "好") is DONE
    again = await square.act("qian", deciding.adopt, proposal_id, "好", "好")
    assert again is ProposalOutcome.ALREADY


async def test_of_two_who_decide_at_once_the_first_does(square: Square) -> None:
    proposal_id = await square.put(state=State.DELIBERATION, backers=["li"])
    outcomes = await asyncio.gather(
        square.act("zhou", deciding.adopt, proposal_id, "好", "年底前"),
        square.act("qian", deciding.decline, proposal_id, "不行"),
    )
    assert sorted(outcomes) == [DONE, ProposalOutcome.WRONG_TIME]
    decided = State.ADOPTED if outcomes[0] is DONE else State.DECLINED
    assert (await square.proposal(proposal_id)).state == decided
    assert sorted(await square.told(Notice.DECIDED)) == ["li", "wang"]


async def test_it_is_underway_once_person_and_date_are_named(square: Square) -> None:
    proposal_id = await adopted(square)
    assert await square.act("zhou", delivering.set_body, proposal_id, Body.PROPERTY) is DONE
    assert await name(square, "zhao", proposal_id) is DONE
    assert (await square.proposal(proposal_id)).state == State.ADOPTED
    assert await square.told(Notice.YOURS) == []
    assert await date_it(square, proposal_id, 30) is DONE
    proposal = await square.proposal(proposal_id)
    assert proposal.state == State.UNDERWAY
    assert proposal.due_at is not None
    assert await square.told(Notice.YOURS) == ["zhao"]
    assert await news(square, Notice.PROGRESS) == {"underway": sorted(["wang", *BACKERS])}
    [detail] = await details(square, proposal_id, ProposalEvent.ASSIGNED)
    assert detail["body"] == Body.PROPERTY
    assert detail["person"] == square.people["zhao"]
    assert await square.pending(Reminder.DUE) == [proposal.due_at]
    assert len(await square.pending(Reminder.STREET)) == 1


async def test_who_answers_and_also_backs_it_has_one_message(square: Square) -> None:
    await square.grant("li", Role.STAFF, "gui")
    await underway(square, "li")
    assert await square.told(Notice.YOURS) == ["li"]
    assert await news(square, Notice.PROGRESS) == {"underway": ["chen", "wang", "wu"]}


async def test_handed_on_both_are_told_and_a_new_date_moves_the_reminders(square: Square) -> None:
    await square.add("sun", "b2")
    await square.grant("sun", Role.STAFF, "gui")
    proposal_id = await underway(square)
    assert await name(square, "sun", proposal_id) is DONE
    assert await square.told(Notice.YOURS) == ["zhao", "zhao", "sun"]
    assert await date_it(square, proposal_id, 60) is DONE
    proposal = await square.proposal(proposal_id)
    assert await square.pending(Reminder.DUE) == [proposal.due_at]
    assert (await news(square, Notice.PROGRESS))["date"] == sorted(["wang", *BACKERS])
    assert await square.act("zhou", delivering.set_promise, proposal_id, "三月前装好") is DONE
    assert (await square.proposal(proposal_id)).promise == "三月前装好"


async def test_what_cannot_be_named_is_refused(square: Square) -> None:
    proposal_id = await underway(square)
    assert await name(square, "li", proposal_id) is ProposalOutcome.NOT_STAFF
    assert await name(square, "zhao", proposal_id) is ProposalOutcome.ALREADY
    assert await date_it(square, proposal_id, 30) is ProposalOutcome.ALREADY
    for days in (-1, 800):
        assert await date_it(square, proposal_id, days) is ProposalOutcome.BAD_DATE
    missing = await square.act("zhou", delivering.set_due, 999, day_in(square, 1))
    assert missing is ProposalOutcome.MISSING
    for who in ("zhao", "wang", "li"):
        given = await square.act(who, delivering.set_body, proposal_id, Body.POLICE)
        assert given is not DONE


async def test_what_nobody_is_named_for_is_not_forgotten(square: Square) -> None:
    await square.add("ma", "b2")
    await square.grant("ma", Role.SECRETARY, "street")
    await adopted(square)
    await sweep_at(square, square.later(days=8))
    assert sorted(await square.told(Notice.OVERDUE)) == ["qian", "zhou"]
    await sweep_at(square, square.later(days=8))
    assert sorted(await square.told(Notice.OVERDUE)) == ["ma", "qian", "zhou"]
    assert await square.told(Notice.PROGRESS) == []


async def test_once_somebody_is_named_nobody_is_asked_for_a_name(square: Square) -> None:
    await underway(square, days=60)
    await sweep_at(square, square.later(days=20))
    assert await square.told(Notice.OVERDUE) == []
    assert square.now < (await square.pending(Reminder.DUE))[0] + timedelta(days=60)
