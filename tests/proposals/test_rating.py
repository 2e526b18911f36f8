"""Rating a delivery, the end of the time for it, and what follows."""

import asyncio
from datetime import timedelta

from models.people.rules import Role
from models.proposals.actions import rating
from models.proposals.queries.delivery import delivery_view
from models.proposals.rules.notices import Notice, ProposalEvent, Reminder
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import State
from models.proposals.views import DeliveryView, Opinion
from tests.proposals.delivery_acts import (
    BACKERS,
    day_in,
    deliver,
    delivered,
    details,
    news,
    rate,
    rated_badly,
    ratings,
    sweep_at,
    underway,
)
from tests.proposals.square import Square

DONE = ProposalOutcome.DONE


async def test_everybody_rates_once_and_can_think_again(square: Square) -> None:
    proposal_id = await delivered(square)
    assert await rate(square, "wang", proposal_id, 2) is DONE
    assert await square.act("wang", rating.say_why, proposal_id, "有点慢") is DONE
    assert await rate(square, "wang", proposal_id, 4) is DONE
    assert await rate(square, "wang", proposal_id, 4) is ProposalOutcome.ALREADY
    assert await rate(square, "li", proposal_id, 5) is DONE
    assert await ratings(square, proposal_id) == {"wang": (4, "有点慢"), "li": (5, None)}
    no_stars = await square.act("chen", rating.say_why, proposal_id, "好")
    assert no_stars is ProposalOutcome.WRONG_TIME


async def test_those_who_back_it_rate_and_nobody_what_they_delivered(square: Square) -> None:
    await square.grant("li", Role.STAFF, "gui")
    proposal_id = await delivered(square, "li")
    assert await rate(square, "li", proposal_id, 5) is ProposalOutcome.HAD_A_HAND
    for who in ("he", "zhao", "zhou"):
        assert await rate(square, who, proposal_id, 1) is ProposalOutcome.NOT_ALLOWED
    assert await ratings(square, proposal_id) == {}


async def test_a_secretary_who_delivered_it_does_not_rate_it(square: Square) -> None:
    proposal_id = await underway(square)
    assert await deliver(square, "zhou", proposal_id) is DONE
    told = sorted(await square.told(Notice.DELIVERED))
    assert told == sorted(["wang", "zhao", *BACKERS])
    assert await rate(square, "zhou", proposal_id, 5) is ProposalOutcome.NOT_ALLOWED


async def test_ten_taps_at_once_are_one_rating(square: Square) -> None:
    proposal_id = await delivered(square)
    outcomes = await asyncio.gather(*(rate(square, "wang", proposal_id, 3) for _ in range(10)))
    assert sorted(outcomes) == [ProposalOutcome.ALREADY] * 9 + [DONE]
    assert await ratings(square, proposal_id) == {"wang": (3, None)}


async def test_content_it_is_closed_with_mean_and_count(square: Square) -> None:
    proposal_id = await delivered(square)
    for who, stars in (("wang", 2), ("li", 4)):
        await rate(square, who, proposal_id, stars)
    await sweep_at(square, square.later(days=14))
    proposal = await square.proposal(proposal_id)
    assert proposal.state == State.CLOSED
    assert proposal.closed_at == square.now
    assert await details(square, proposal_id, ProposalEvent.RATED) == [{"count": 2, "mean": 3.0}]
    assert sorted(await square.told(Notice.CLOSED)) == sorted(["wang", "zhao", *BACKERS])
    assert (await square.timeline(proposal_id))[-2:] == [ProposalEvent.RATED, ProposalEvent.CLOSED]


async def test_silence_counts_as_content(square: Square) -> None:
    proposal_id = await delivered(square)
    await sweep_at(square, square.later(days=14))
    assert (await square.proposal(proposal_id)).state == State.CLOSED
    assert await details(square, proposal_id, ProposalEvent.RATED) == [{"count": 0, "mean": None}]


async def test_at_the_instant_it_ends_a_rating_is_too_late(square: Square) -> None:
    proposal_id = await delivered(square)
    square.later(days=14)
    late = ProposalOutcome.TOO_LATE
    assert await rate(square, "wang", proposal_id, 5) is late
    outcomes = await asyncio.gather(
        rate(square, "wang", proposal_id, 1), sweep_at(square, square.now)
    )
    assert outcomes[0] is late
    assert await rate(square, "wang", proposal_id, 1) is late
    assert await ratings(square, proposal_id) == {}


async def test_a_rating_in_the_last_second_counts_or_is_too_late(square: Square) -> None:
    proposal_id = await delivered(square)
    ends = square.now + timedelta(days=14)
    square.later(days=14, seconds=-1)
    outcome, _swept = await asyncio.gather(
        rate(square, "wang", proposal_id, 1), sweep_at(square, ends)
    )
    counted = outcome is DONE
    assert outcome in {DONE, ProposalOutcome.TOO_LATE}
    state = State.RATED if counted else State.CLOSED
    assert (await square.proposal(proposal_id)).state == state
    assert len(await ratings(square, proposal_id)) == counted


async def test_not_content_the_secretary_looks_again_at_what_people_wrote(
    square: Square,
) -> None:
    proposal_id = await delivered(square)
    await rate(square, "wang", proposal_id, 2)
    await square.act("wang", rating.say_why, proposal_id, "门太窄")
    await sweep_at(square, square.later(days=14))
    assert (await square.proposal(proposal_id)).state == State.RATED
    assert sorted(await square.told(Notice.LOOK_AGAIN)) == ["qian", "zhao", "zhou"]
    assert (await news(square, Notice.PROGRESS))["rated"] == sorted(["wang", *BACKERS])
    for who, expected in (("zhou", (Opinion(2, "门太窄"),)), ("li", ())):
        view = await square.act(who, delivery_view, proposal_id)
        assert isinstance(view, DeliveryView)
        assert view.opinions == expected
    assert await square.told(Notice.CLOSED) == []


async def test_taken_up_again_it_is_rated_anew(square: Square) -> None:
    proposal_id = await rated_badly(square)
    day = day_in(square, 30)
    redo = rating.redo
    assert await square.act("zhao", redo, proposal_id, "重做", day) is ProposalOutcome.NOT_ALLOWED
    assert await square.act("zhou", redo, proposal_id, "", day) is ProposalOutcome.EMPTY
    past = await square.act("zhou", redo, proposal_id, "重做", day_in(square, -1))
    assert past is ProposalOutcome.BAD_DATE
    assert await square.act("zhou", redo, proposal_id, "门要加宽", day) is DONE
    proposal = await square.proposal(proposal_id)
    assert (proposal.state, proposal.delivered_at) == (State.UNDERWAY, None)
    assert await ratings(square, proposal_id) == {}
    assert await square.pending(Reminder.DUE) == [proposal.due_at]
    assert (await square.told(Notice.YOURS))[-1] == "zhao"
    assert (await news(square, Notice.PROGRESS))["redo"] == sorted(["wang", *BACKERS])
    assert await rate(square, "wang", proposal_id, 5) is ProposalOutcome.WRONG_TIME
    assert await deliver(square, "zhao", proposal_id) is DONE
    assert await rate(square, "wang", proposal_id, 5) is DONE
    await sweep_at(square, square.later(days=14))
    assert (await square.proposal(proposal_id)).state == State.CLOSED
    kept = await details(square, proposal_id, ProposalEvent.RATED)
    assert kept == [{"count": 2, "mean": 1.5}, {"count": 1, "mean": 5.0}]


async def test_closed_in_spite_of_bad_stars_with_words(square: Square) -> None:
    proposal_id = await rated_badly(square)
    assert await square.act("zhou", rating.close, proposal_id, "") is ProposalOutcome.EMPTY
    assert await square.act("zhou", rating.close, proposal_id, "只能这样") is DONE
    assert (await square.proposal(proposal_id)).state == State.CLOSED
    assert sorted(await square.told(Notice.CLOSED)) == sorted(["wang", "zhao", *BACKERS])
    view = await square.act("li", delivery_view, proposal_id)
    assert isinstance(view, DeliveryView)
    assert view.final_words == "只能这样"
    assert view.proposal.line.ratings == 2


async def test_two_who_look_again_at_once(square: Square) -> None:
    proposal_id = await rated_badly(square)
    outcomes = await asyncio.gather(
        square.act("zhou", rating.close, proposal_id, "只能这样"),
        square.act("qian", rating.redo, proposal_id, "重做", day_in(square, 30)),
    )
    assert sorted(outcomes) == [DONE, ProposalOutcome.WRONG_TIME]
