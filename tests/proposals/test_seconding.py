"""Seconding: once a person, in time, taken back, reached, lapsed, asked anew after a change."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models.database import Sessions, transaction
from models.outbox.rules import State as Sent
from models.outbox.tables import OutboxRow
from models.proposals.actions import reception, seconding, submitting
from models.proposals.actions.notify import show_card
from models.proposals.queries.detail import changed_since, proposal_view
from models.proposals.queries.reception import backed_version
from models.proposals.rules.changes import Text
from models.proposals.rules.notices import Notice, ProposalEvent, Reminder
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import State
from models.proposals.tables import GramRow, ProposalRow, SecondRow
from models.proposals.views import ProposalView
from models.reminders.actions import remind
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.proposals.square import Square

DONE, TOO_LATE = ProposalOutcome.DONE, ProposalOutcome.TOO_LATE
NEW = Text("加装两部电梯", "老人上下楼很吃力，三楼以上更难", "装两部电梯")


async def check_counts(sessions: Sessions) -> None:
    """Recount every open proposal from its seconds: each person once, those of the text alone."""
    async with transaction(sessions) as session:
        for proposal in (await session.scalars(select(ProposalRow))).all():
            rows = await session.scalars(
                select(SecondRow).where(
                    SecondRow.proposal_id == proposal.id, SecondRow.withdrawn_at.is_(None)
                )
            )
            standing = rows.all()
            people = [row.person_id for row in standing]
            assert len(people) == len(set(people))
            assert proposal.author_id not in people
            counted = [row for row in standing if row.version == proposal.version]
            assert proposal.seconds == len(counted)
            if proposal.state == State.SECONDING:
                assert proposal.seconds < proposal.needed


async def test_once_a_person_and_taken_back(square: Square) -> None:
    one = await square.put()
    assert await square.act("li", seconding.second, one) is DONE
    assert await square.act("li", seconding.second, one) is ProposalOutcome.ALREADY
    assert (await square.proposal(one)).seconds == 1
    assert await square.act("li", seconding.unsecond, one) is DONE
    assert await square.act("li", seconding.unsecond, one) is ProposalOutcome.ALREADY
    assert (await square.proposal(one)).seconds == 0
    assert await square.act("li", seconding.second, one) is DONE
    await check_counts(square.sessions)


async def test_the_last_that_is_needed_moves_it_on_at_once(square: Square) -> None:
    one = await square.put(backers=["li", "chen"])
    assert await square.act("wu", seconding.second, one) is DONE
    assert (await square.proposal(one)).state == State.DELIBERATION
    assert sorted(await square.told(Notice.REACHED)) == ["chen", "li", "qian", "wang", "zhou"]
    assert await square.timeline(one) == [ProposalEvent.REACHED]
    assert await square.act("he", seconding.second, one) is ProposalOutcome.WRONG_TIME
    assert await square.act("li", seconding.unsecond, one) is ProposalOutcome.WRONG_TIME


async def test_too_few_by_its_date_close_it_with_thanks(square: Square) -> None:
    one = await square.put(backers=["li", "chen"])
    until = square.now + timedelta(days=14)
    async with transaction(square.sessions) as session:
        await remind(session, kind=Reminder.SECONDING, subject_id=one, due_at=until)
    await sweep(square.sessions, EFFECTS, until - timedelta(seconds=1))
    assert (await square.proposal(one)).state == State.SECONDING
    await sweep(square.sessions, EFFECTS, until)
    row = await square.proposal(one)
    assert (row.state, row.closed_at) == (State.LAPSED, until)
    assert sorted(await square.told(Notice.LAPSED)) == ["chen", "li", "wang"]
    assert await square.act("wu", seconding.second, one) is TOO_LATE


async def test_the_date_itself_is_too_late(square: Square) -> None:
    one = await square.put(second_by=square.now)
    assert await square.act("li", seconding.second, one) is TOO_LATE
    two = await square.put(second_by=square.now + timedelta(microseconds=1))
    assert await square.act("li", seconding.second, two) is DONE


@pytest.mark.parametrize("backers", [["chen"], ["chen", "wu"]])
async def test_a_second_at_the_last_instant_against_the_sweep(
    square: Square, backers: list[str]
) -> None:
    until = square.now + timedelta(microseconds=1)
    ones = [await square.put(backers=backers, second_by=until) for _ in range(6)]
    async with transaction(square.sessions) as session:
        for one in ones:
            await remind(session, kind=Reminder.SECONDING, subject_id=one, due_at=until)
    *outcomes, _count = await asyncio.gather(
        *(square.act("li", seconding.second, one) for one in ones),
        sweep(square.sessions, EFFECTS, until),
    )
    await sweep(square.sessions, EFFECTS, until)
    for one, outcome in zip(ones, outcomes, strict=True):
        row = await square.proposal(one)
        assert outcome in {DONE, TOO_LATE}
        enough = outcome is DONE and len(backers) == 2
        assert row.state == (State.DELIBERATION if enough else State.LAPSED)
        assert ("li" in await square.backing(one)) == (outcome is DONE)
    await check_counts(square.sessions)


async def test_many_at_once_reach_it_once(square: Square) -> None:
    names = [f"n{number}" for number in range(12)]
    for name in names:
        await square.add(name, "b1")
    one = await square.put(needed=8)
    outcomes = await asyncio.gather(*(square.act(name, seconding.second, one) for name in names))
    assert sorted(outcomes) == sorted([DONE] * 8 + [ProposalOutcome.WRONG_TIME] * 4)
    assert (await square.timeline(one)).count(ProposalEvent.REACHED) == 1
    assert (await square.proposal(one)).seconds == 8


async def test_one_person_tapping_at_once_counts_once(square: Square) -> None:
    one = await square.put()
    outcomes = await asyncio.gather(*(square.act("li", seconding.second, one) for _ in range(5)))
    assert sorted(outcomes) == [ProposalOutcome.ALREADY] * 4 + [DONE]
    await check_counts(square.sessions)


async def test_only_neighbours_and_not_the_author(square: Square) -> None:
    one = await square.put("zhao")
    assert await square.act("zhao", seconding.second, one) is ProposalOutcome.OWN
    assert await square.act("lan", seconding.second, one) is ProposalOutcome.NOT_NEIGHBOUR
    await square.add("stranger", None)
    assert await square.act("stranger", seconding.second, one) is ProposalOutcome.NOT_NEIGHBOUR
    assert await square.act("li", seconding.unsecond, one) is ProposalOutcome.NOT_ALLOWED
    assert await square.act("li", seconding.second, 999) is ProposalOutcome.MISSING
    hidden = await square.put("zhao", State.SUBMITTED)
    assert await square.act("li", seconding.second, hidden) is ProposalOutcome.WRONG_TIME


async def test_a_change_asks_those_who_second_it_anew(square: Square) -> None:
    one = await square.put(backers=["li", "chen"])
    assert await square.act("wang", submitting.edit, one, NEW) is DONE
    row = await square.proposal(one)
    assert (row.version, row.seconds, row.title) == (2, 0, NEW.title)
    assert await square.told(Notice.CHANGED) == ["li", "chen"]
    async with transaction(square.sessions) as session:
        assert await backed_version(session, square.people["li"], one) == 1
        assert await changed_since(session, one) == (
            Text("加装电梯", "老人上下楼很吃力", "装一部电梯"), NEW,
        )  # fmt: skip
        assert await session.scalar(select(func.count()).select_from(GramRow)) > 0
    assert await square.act("li", seconding.second, one) is DONE
    assert await square.act("chen", seconding.unsecond, one) is DONE
    assert await square.backing(one) == {"li": 2}
    await check_counts(square.sessions)


async def test_what_it_said_before_its_reception_stays_with_the_office(square: Square) -> None:
    one = await square.put(state=State.SUBMITTED, needed=0)
    assert await square.act("wang", submitting.edit, one, NEW) is DONE
    square.later(hours=1)
    assert await square.act("zhao", reception.accept, one) is DONE
    async with transaction(square.sessions) as session:
        assert await changed_since(session, one) is not None
        assert await changed_since(session, one, public=True) is None
    assert [(await seen_by(square, name, one)).changed for name in ("wang", "zhao", "li")] == [
        True,
        True,
        False,
    ]
    square.later(hours=1)
    newer = Text("加装三部电梯", NEW.problem, NEW.wish)
    assert await square.act("wang", submitting.edit, one, newer) is DONE
    async with transaction(square.sessions) as session:
        assert await changed_since(session, one, public=True) == (NEW, newer)
    assert (await seen_by(square, "li", one)).changed


async def seen_by(square: Square, name: str, proposal_id: int) -> ProposalView:
    view = await square.act(name, proposal_view, proposal_id)
    assert isinstance(view, ProposalView)
    return view


async def test_the_same_text_changes_nothing(square: Square) -> None:
    one = await square.put(backers=["li"])
    same = Text("  加装电梯 ", "老人上下楼很吃力\n", "装一部电梯")
    assert await square.act("wang", submitting.edit, one, same) is ProposalOutcome.UNCHANGED
    empty = Text("🙂", "老人", "")
    assert await square.act("wang", submitting.edit, one, empty) is ProposalOutcome.EMPTY
    assert await square.act("li", submitting.edit, one, NEW) is ProposalOutcome.NOT_ALLOWED
    assert await square.told(Notice.CHANGED) == []
    assert (await square.proposal(one)).version == 1


async def test_before_the_reception_a_change_is_a_version_alone(square: Square) -> None:
    one = await square.put(state=State.SUBMITTED)
    assert await square.act("wang", submitting.edit, one, NEW) is DONE
    assert (await square.proposal(one)).version == 2
    assert await square.timeline(one) == [ProposalEvent.EDITED]


async def test_a_change_against_seconds_counts_only_what_was_read(square: Square) -> None:
    one = await square.put(backers=["li", "chen"])
    names = ["wu", "he"]
    await asyncio.gather(
        square.act("wang", submitting.edit, one, NEW),
        *(square.act(name, seconding.second, one) for name in names),
    )
    await check_counts(square.sessions)


async def test_withdrawing_tells_those_who_second_it(square: Square) -> None:
    one = await square.put(backers=["li"])
    assert await square.act("li", submitting.withdraw, one) is ProposalOutcome.NOT_ALLOWED
    assert await square.act("wang", submitting.withdraw, one) is DONE
    assert (await square.proposal(one)).state == State.WITHDRAWN
    assert await square.told(Notice.WITHDRAWN) == ["li"]
    assert await square.act("wang", submitting.withdraw, one) is ProposalOutcome.WRONG_TIME


async def test_the_count_on_open_cards_follows_in_one_change(square: Square) -> None:
    one = await square.put(needed=50)
    readers = ["li", "chen", "wu"]
    async with transaction(square.sessions) as session:
        for name in (*readers, "li"):
            await show_card(session, square.people[name], one, square.now)
        for row in await session.scalars(select(OutboxRow)):
            row.state = Sent.SENT
    for name in readers:
        assert await square.act(name, seconding.second, one) is DONE
    assert len(await square.pending(Reminder.COUNT)) == 1
    await sweep(square.sessions, EFFECTS, square.later(seconds=10))
    async with transaction(square.sessions) as session:
        edits = await session.scalars(select(OutboxRow).where(OutboxRow.target_id.is_not(None)))
        assert sorted(row.recipient_id or 0 for row in edits) == sorted(
            square.people[name] for name in readers
        )
    assert (await square.proposal(one)).count_after == square.now + timedelta(seconds=10)
    assert await square.pending(Reminder.COUNT) == []


async def test_nobody_backs_a_text_that_they_have_not_read(square: Square) -> None:
    one = await square.put(backers=["chen"])
    assert await square.act("wang", submitting.edit, one, NEW) is DONE
    assert await square.act("li", seconding.second, one, 1) is ProposalOutcome.OTHER_TEXT
    assert await square.act("chen", seconding.second, one, 1) is ProposalOutcome.OTHER_TEXT
    assert (await square.proposal(one)).seconds == 0
    assert await square.act("li", seconding.second, one, 2) is DONE
    assert await square.act("li", seconding.second, one, 1) is ProposalOutcome.ALREADY
    await check_counts(square.sessions)


async def test_a_tap_and_a_change_of_text_at_once(square: Square) -> None:
    one = await square.put()
    _changed, tapped = await asyncio.gather(
        square.act("wang", submitting.edit, one, NEW), square.act("li", seconding.second, one, 1)
    )
    assert tapped in {DONE, ProposalOutcome.OTHER_TEXT}
    assert (await square.proposal(one)).seconds == 0
    assert await square.backing(one) == ({"li": 1} if tapped is DONE else {})
