"""What becomes of proposals, seconds and ratings of somebody who leaves."""

import pytest
from sqlalchemy import select

from models.database import transaction
from models.leaving.actions import leave
from models.people.rules import Leaving
from models.proposals.actions import rating
from models.proposals.queries.detail import proposal_view, secretaries
from models.proposals.rules.notices import Notice, ProposalEvent
from models.proposals.rules.outcomes import Refusal
from models.proposals.rules.states import State
from models.proposals.tables import (
    GramRow,
    ProposalLineRow,
    ProposalMediaRow,
    ProposalRow,
    VersionRow,
)
from models.proposals.views import ProposalView
from tests.proposals.delivery_acts import (
    date_it,
    deliver,
    delivered,
    rate,
    rated_badly,
    ratings,
    underway,
)
from tests.proposals.square import Square


async def goes(square: Square, name: str) -> Leaving:
    """Let somebody leave for good."""
    async with transaction(square.sessions) as session:
        return await leave(session, await square.actor(session, name), now=square.now)


async def test_whoever_has_to_deliver_cannot_leave_before_it_is_there(square: Square) -> None:
    proposal_id = await underway(square)
    assert await goes(square, "zhao") is Leaving.OPEN_DUTIES
    await deliver(square, "zhao", proposal_id)
    assert await goes(square, "zhao") is Leaving.LEFT


async def test_whoever_receives_a_proposal_cannot_leave_before_it_is_answered(
    square: Square,
) -> None:
    zhao = square.people["zhao"]
    await square.put(state=State.SUBMITTED, desk_id=zhao)
    assert await goes(square, "zhao") is Leaving.OPEN_DUTIES


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RETURNED])
async def test_what_nobody_received_is_withdrawn_and_erased(square: Square, state: State) -> None:
    proposal_id = await square.put("li", state, desk_id=square.people["zhao"])
    async with transaction(square.sessions) as session:
        session.add_all(
            [
                VersionRow(
                    proposal_id=proposal_id,
                    version=1,
                    title="加装电梯",
                    problem="老人",
                    wish="",
                    at=square.now,
                ),
                ProposalMediaRow(
                    proposal_id=proposal_id,
                    position=1,
                    kind="photo",
                    file_id="f",
                    sent_by=square.people["li"],
                ),
                GramRow(
                    proposal_id=proposal_id,
                    gram="电梯",
                    community_id=square.places["gui"].id,
                ),
                ProposalLineRow(
                    proposal_id=proposal_id,
                    at=square.now,
                    actor_id=square.people["zhao"],
                    what=ProposalEvent.RETURNED,
                    words="几号楼",
                    readers="author",
                ),
            ]
        )
    assert await goes(square, "li") is Leaving.LEFT
    proposal = await square.proposal(proposal_id)
    assert proposal.state == State.WITHDRAWN
    assert (proposal.title, proposal.problem, proposal.wish) == ("", "", "")
    assert await square.told(Notice.WITHDRAWN) == ["zhao"]
    async with transaction(square.sessions) as session:
        for table in (VersionRow, ProposalMediaRow, GramRow):
            assert (await session.scalars(select(table))).all() == []
        words = await session.scalars(select(ProposalLineRow.words))
        assert [one for one in words if one] == []


async def test_what_was_received_stays_without_a_name(square: Square) -> None:
    proposal_id = await square.put("li", State.SECONDING, backers=["wang", "chen"])
    assert await goes(square, "li") is Leaving.LEFT
    view = await square.act("wang", proposal_view, proposal_id)
    assert isinstance(view, ProposalView)
    assert view.line.title == "加装电梯"
    assert view.author is None
    assert view.line.state is State.SECONDING


async def test_their_seconds_no_longer_count(square: Square) -> None:
    first = await square.put(backers=["li", "chen"])
    second = await square.put(state=State.DELIBERATION, backers=["li", "wu", "chen"])
    assert await goes(square, "li") is Leaving.LEFT
    assert set(await square.backing(first)) == {"chen"}
    assert set(await square.backing(second)) == {"wu", "chen"}
    assert (await square.proposal(first)).seconds == 1
    assert (await square.proposal(second)).seconds == 2


async def test_their_stars_stay_without_their_words(square: Square) -> None:
    proposal_id = await delivered(square)
    await rate(square, "li", proposal_id, 4)
    await square.act("li", rating.say_why, proposal_id, "我家门口好走了")
    assert await goes(square, "li") is Leaving.LEFT
    assert await ratings(square, proposal_id) == {"li": (4, None)}


async def test_taken_up_again_it_never_falls_to_somebody_who_left(square: Square) -> None:
    proposal_id = await rated_badly(square)
    assert await goes(square, "zhao") is Leaving.LEFT
    day = (square.now.date()).replace(year=square.now.year + 1)
    await square.act("zhou", rating.redo, proposal_id, "重做", day)
    async with transaction(square.sessions) as session:
        proposal = await session.get_one(ProposalRow, proposal_id)
        assert proposal.person_id in await secretaries(session, proposal)
    assert await date_it(square, proposal_id, 100)
    assert not isinstance(await square.act("li", proposal_view, proposal_id), Refusal)
