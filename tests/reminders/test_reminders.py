"""Setting, cancelling, and what a late reminder does."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.database import Session, Sessions, transaction
from models.reminders.actions import cancel, remind, take_due
from models.reminders.rules import ON_TIME, Lateness, is_late, lapses

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
SPANS = st.timedeltas(-timedelta(days=400), timedelta(days=400))


@given(st.sampled_from(list(Lateness)), SPANS)
def test_only_a_late_one_that_may_lapse_lapses(policy: Lateness, late_by: timedelta) -> None:
    found = lapses(policy, NOW, NOW + late_by)
    assert found == (policy is Lateness.LAPSE and late_by > ON_TIME)
    assert is_late(NOW, NOW + late_by) == (late_by > ON_TIME)


async def put(session: Session, due_at: datetime, policy: Lateness = Lateness.SEND_LATE) -> bool:
    return await remind(session, kind="k", subject_id=1, due_at=due_at, lateness=policy)


async def test_the_same_reminder_is_set_once(sessions: Sessions, now: datetime) -> None:
    async with transaction(sessions) as session:
        assert await put(session, now)
        assert not await put(session, now)
        taken = await take_due(session, now, 10)
        assert (taken.settled, len(taken.firing)) == (1, 1)
        assert not await put(session, now)


async def test_a_cancelled_one_can_come_back(sessions: Sessions, now: datetime) -> None:
    """A task is handed back and claimed by another: the next volunteer is reminded too."""
    async with transaction(sessions) as session:
        await put(session, now)
        await cancel(session, subject_id=1, kinds=["k"], reason="handed back", now=now)
        assert (await take_due(session, now, 10)).settled == 0
        assert await put(session, now)
        assert len((await take_due(session, now, 10)).firing) == 1


async def test_a_fired_one_is_not_cancelled(sessions: Sessions, now: datetime) -> None:
    async with transaction(sessions) as session:
        await put(session, now)
        await take_due(session, now, 10)
        await cancel(session, subject_id=1, kinds=["k"], reason="late", now=now)
        assert not await put(session, now)
