"""Live counts: many taps, few changes, and the last count on every card."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from models.database import Session, Sessions, transaction
from models.outbox import actions, refreshing
from models.outbox.counting import COUNTED_FOR, count_soon, show_count
from models.outbox.rules import EDITS_A_SECOND, LIVE_EVERY, Lane, State, gather, next_count
from models.outbox.tables import OutboxRow
from models.people.tables import PersonRow
from models.proposals.rules.notices import Reminder
from models.reminders.tables import ReminderRow
from models.reminders.views import Due
from scheduler.sweep import sweep

KIND = str(Reminder.COUNT)
CARDS = ["card", "other"]


@given(st.integers(0, 10**7))
def test_counts_are_gathered_so_long_that_the_pace_is_kept(cards: int) -> None:
    span = gather(cards)
    assert span >= LIVE_EVERY
    assert cards <= span.total_seconds() * EDITS_A_SECOND
    assert span <= LIVE_EVERY or gather(cards - EDITS_A_SECOND) < span


@given(st.integers(-600, 600) | st.none(), st.datetimes())
def test_no_count_comes_before_its_time(after: int | None, now: datetime) -> None:
    bound = None if after is None else now + timedelta(seconds=after)
    found = next_count(now, bound)
    assert found >= now + LIVE_EVERY
    assert bound is None or found >= bound
    assert found in {now + LIVE_EVERY, bound}


def test_there_are_no_fewer_than_no_cards() -> None:
    with pytest.raises(ValueError, match="-1"):
        gather(-1)


@dataclass
class Chats:
    """What readers see of a count; edits leave at once."""

    sessions: Sessions
    now: datetime
    count: int = 0
    count_after: datetime | None = None
    edits: int = 0
    seen: dict[int, int] = field(default_factory=dict)

    async def card(self, reader_id: int, kind: str = "card") -> None:
        async with transaction(self.sessions) as session:
            await actions.notify(
                session, recipient_id=reader_id, kind=kind, subject_id=1, now=self.now
            )
        await self.leave()

    async def tap(self) -> None:
        self.count += 1
        async with transaction(self.sessions) as session:
            await count_soon(
                session, kind=KIND, subject_id=1, count_after=self.count_after, now=self.now
            )

    async def until(self, now: datetime) -> None:
        self.now = now
        await sweep(self.sessions, {KIND: self._shown}, now)
        await self.leave()

    async def _shown(self, session: Session, _due: Due, now: datetime) -> None:
        self.count_after = await show_count(session, kinds=CARDS, subject_id=1, now=now)

    async def leave(self) -> None:
        async with transaction(self.sessions) as session:
            queued = await session.scalars(select(OutboxRow).where(OutboxRow.state == State.QUEUED))
            for row in queued.all():
                row.state, row.finished_at = State.SENT, self.now
                self.edits += row.target_id is not None
                self.seen[row.target_id or row.id] = self.count


async def readers(sessions: Sessions, now: datetime, many: int) -> list[int]:
    async with transaction(sessions) as session:
        people = [
            PersonRow(telegram_id=number, name=f"{number}", language="en", created_at=now)
            for number in range(1, many + 1)
        ]
        session.add_all(people)
        await session.flush()
        return [one.id for one in people]


async def test_two_hundred_taps_in_a_minute_over_fifty_cards(
    sessions: Sessions, now: datetime
) -> None:
    chats, taps = Chats(sessions, now), random.Random(4)
    for reader_id in await readers(sessions, now, 50):
        await chats.card(reader_id)
    for second in sorted(taps.uniform(0, 60) for _ in range(200)):
        await chats.until(now + timedelta(seconds=second))
        await chats.tap()
    await chats.until(now + timedelta(seconds=75))
    assert set(chats.seen.values()) == {200}
    assert len(chats.seen) == 50
    assert chats.edits <= 50 * 7
    await chats.until(now + timedelta(seconds=600))
    assert chats.edits <= 50 * 7, "nothing is changed where nothing has changed"


async def test_only_the_newest_card_of_a_reader_counts(sessions: Sessions, now: datetime) -> None:
    chats = Chats(sessions, now)
    one, two = await readers(sessions, now, 2)
    for reader_id, kind in ((one, "card"), (one, "other"), (one, "card"), (two, "card")):
        await chats.card(reader_id, kind)
    await chats.card(two, "unrelated")
    await chats.tap()
    await chats.until(now + LIVE_EVERY)
    assert list(chats.seen.values()) == [0, 0, 1, 1, 0]
    assert chats.edits == 2


async def test_an_old_card_counts_no_more(sessions: Sessions, now: datetime) -> None:
    chats = Chats(sessions, now)
    (reader_id,) = await readers(sessions, now, 1)
    await chats.card(reader_id)
    chats.now = now + COUNTED_FOR
    await chats.tap()
    await chats.until(now + COUNTED_FOR + LIVE_EVERY)
    assert chats.edits == 0


async def test_a_count_waits_behind_notices_and_a_move_brings_it_forward(
    sessions: Sessions, now: datetime
) -> None:
    chats = Chats(sessions, now)
    (reader_id,) = await readers(sessions, now, 1)
    await chats.card(reader_id)
    async with transaction(sessions) as session:
        await show_count(session, kinds=CARDS, subject_id=1, now=now)
        await show_count(session, kinds=CARDS, subject_id=1, now=now)
    assert await lanes(sessions) == [Lane.BULK]
    async with transaction(sessions) as session:
        changed = await refreshing.refresh(session, kinds=CARDS, subject_ids=[1], now=now)
    assert changed == 0
    assert await lanes(sessions) == [Lane.LIVE]


async def test_a_broken_effect_does_not_stop_the_count(sessions: Sessions, now: datetime) -> None:
    chats = Chats(sessions, now)
    (reader_id,) = await readers(sessions, now, 1)
    await chats.card(reader_id)
    await chats.tap()
    async with transaction(sessions) as session:
        await session.execute(update(ReminderRow).values(state="failed"))
    await chats.until(now + timedelta(seconds=1))
    await chats.tap()
    await chats.until(now + timedelta(seconds=1) + LIVE_EVERY)
    assert list(chats.seen.values()) == [2]


async def lanes(sessions: Sessions) -> list[int]:
    async with transaction(sessions) as session:
        found = await session.scalars(
            select(OutboxRow.lane).where(OutboxRow.target_id.is_not(None))
        )
        return list(found)
