"""A thousand who back a proposal: telling them and changing their cards is a few statements."""

from datetime import timedelta

from sqlalchemy import func, insert, select, update

from models.database import transaction
from models.outbox.rules import State as Sent
from models.outbox.tables import OutboxRow
from models.people.rules import CONSENT_VERSION
from models.people.tables import PersonRow
from models.proposals.actions import submitting
from models.proposals.actions.notify import set_reminder
from models.proposals.rules.changes import Text
from models.proposals.rules.notices import Notice, Reminder
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import State
from models.proposals.tables import ProposalRow, SecondRow
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.proposals.square import Square
from tests.statements import statements

CROWD = 1_000
FEW = 80
"""Statements: far fewer than people, and no more for ten times as many."""


async def backed(square: Square, proposal_id: int) -> None:
    """Let a crowd move in and back a proposal."""
    async with transaction(square.sessions) as session:
        people = [
            {
                "telegram_id": 7_000_000 + number,
                "name": f"n{number}",
                "language": "zh_Hans",
                "place_id": square.places["b1"].id,
                "consent_version": CONSENT_VERSION,
                "created_at": square.now,
            }
            for number in range(CROWD)
        ]
        await session.execute(insert(PersonRow), people)
        ids = await session.scalars(
            select(PersonRow.id).where(PersonRow.telegram_id >= 7_000_000).order_by(PersonRow.id)
        )
        seconds = [
            {"proposal_id": proposal_id, "person_id": one, "version": 1, "at": square.now}
            for one in ids.all()
        ]
        await session.execute(insert(SecondRow), seconds)
        await session.execute(
            update(ProposalRow).where(ProposalRow.id == proposal_id).values(seconds=CROWD)
        )


async def queued(square: Square, kind: Notice) -> int:
    """Count what was told in a kind of notice; then all of it is sent."""
    async with transaction(square.sessions) as session:
        theirs = (OutboxRow.kind == kind, OutboxRow.state == Sent.QUEUED)
        found = await session.scalar(select(func.count()).select_from(OutboxRow).where(*theirs))
        await session.execute(update(OutboxRow).where(*theirs).values(state=Sent.SENT))
        return found or 0


async def test_a_change_asks_all_and_asks_all_again(square: Square) -> None:
    one = await square.put(needed=CROWD + 1)
    await backed(square, one)
    for turn in (1, 2):
        text = Text("加装电梯", "老人上下楼很吃力", f"装一部电梯，第{turn}稿")
        with statements(square.sessions) as told:
            assert await square.act("wang", submitting.edit, one, text) is ProposalOutcome.DONE
        assert len(told) < FEW
        assert await queued(square, Notice.CHANGED) == CROWD * turn  # the second time with cards


async def test_all_are_told_that_it_lapsed(square: Square) -> None:
    one = await square.put(needed=CROWD + 1)
    await backed(square, one)
    async with transaction(square.sessions) as session:
        proposal = await session.get_one(ProposalRow, one)
        proposal.second_by = square.now + timedelta(days=1)
        await set_reminder(session, Reminder.SECONDING, proposal, proposal.second_by)
    square.later(days=1)
    with statements(square.sessions) as told:
        await sweep(square.sessions, EFFECTS, square.now)
    assert len(told) < FEW
    assert (await square.proposal(one)).state == State.LAPSED
    assert await queued(square, Notice.LAPSED) == CROWD + 1
