"""/metrics: what is counted is what happened, and nothing in it tells of anybody."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.metrics import build
from models.database import transaction
from models.outbox.tables import OutboxRow
from models.reminders.rules import Lateness
from models.reminders.tables import ReminderRow
from tests.bot.street import A, B, Street, living, message, tap
from tests.operate.conftest import Watcher
from tests.waiting import until

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@SQLITE
async def test_turns_are_counted_by_what_became_of_them(watcher: Watcher) -> None:
    street = watcher.street
    street.broken.add("bang")
    for _ in range(2):
        await street.take(message(1, "hello", 1))
    await street.take(message(2, "bang", 2))
    await street.take(tap(3, "well"))
    found = await watcher.scrapes()
    counts = {
        outcome: found["linli_turns_total", frozenset({("outcome", outcome)})]
        for outcome in ("handled", "repeated", "failed", "postponed")
    }
    assert counts == {"handled": 2, "repeated": 1, "failed": 1, "postponed": 0}
    assert found["linli_turn_seconds_count", frozenset()] == 4
    assert found["linli_turn_seconds_bucket", frozenset({("le", "+Inf")})] == 4
    assert found["linli_turn_seconds_sum", frozenset()] > 0
    assert found["linli_updates_failed", frozenset()] == 1


@pytest.mark.usefixtures("soon_again")
async def test_sends_are_counted_by_what_came_of_them(watcher: Watcher) -> None:
    street = watcher.street
    async with living(street):
        await until(lambda: street.house.figures.polls[True])
        street.world.faults.server_error(method="sendMessage")
        street.world.person(A).send_text("hello")
        await until(lambda: street.told() == ["heard hello"])
        await street.all_sent()
        found = await watcher.scrapes()
        assert found["linli_seat", frozenset({("role", "sender")})] == 1
        await until(lambda: street.house.figures.elected.get("ticker"))
    assert found["linli_sends_total", frozenset({("outcome", "sent")})] == 1
    tried = {"uncertain", "not_sent"}
    assert sum(found["linli_sends_total", frozenset({("outcome", one)})] for one in tried) == 1
    assert found["linli_polls_total", frozenset({("outcome", "answered")})] >= 1
    assert found["linli_database_up", frozenset()] == 1


@SQLITE
@pytest.mark.usefixtures("soon_again")
async def test_failed_polls_are_counted(watcher: Watcher) -> None:
    watcher.street.world.faults.server_error(times=2, method="getUpdates")
    async with living(watcher.street):
        await until(lambda: watcher.street.house.figures.polls[True])
    assert await watcher.reads("linli_polls_total", outcome="failed") == 2


async def test_what_waits_and_for_how_long(watcher: Watcher) -> None:
    street = watcher.street
    await street.take(message(1, "hello", 1))
    await street.take(message(2, "hello", 2, person_id=B))
    labels = {"lane": "answer", "state": "waiting"}
    assert await watcher.reads("linli_outbox_rows", **labels) == 2
    street.world.clock.advance(timedelta(seconds=90))
    assert await watcher.reads("linli_outbox_oldest_seconds", lane="answer") >= 90
    assert await watcher.reads("linli_outbox_oldest_seconds", lane="bulk") == 0
    async with transaction(street.sessions) as session:
        await session.execute(update(OutboxRow).values(state="uncertain"))
    assert await watcher.reads("linli_outbox_broken", state="uncertain") == 2
    assert await watcher.reads("linli_outbox_rows", **labels) == 0


async def set_reminder(street: Street, state: str = "pending", late: float = 0) -> None:
    due = street.world.clock.now() - timedelta(seconds=late)
    async with transaction(street.sessions) as session:
        session.add(
            ReminderRow(
                kind="nobody.knows",
                subject_id=1,
                due_at=due,
                lateness=Lateness.LAPSE,
                state=state,
                dedupe=f"{state} {late}",
            )
        )


async def test_reminders_that_are_due_and_late(watcher: Watcher) -> None:
    assert await watcher.reads("linli_reminders_due") == 0
    assert await watcher.reads("linli_reminders_late_seconds") == 0
    await set_reminder(watcher.street, late=-3600)
    await set_reminder(watcher.street, late=20)
    await set_reminder(watcher.street, late=300)
    await set_reminder(watcher.street, "failed", late=9000)
    assert await watcher.reads("linli_reminders_due") == 2
    assert await watcher.reads("linli_reminders_late_seconds") >= 300
    assert await watcher.reads("linli_reminders_failed") == 1


@SQLITE
async def test_what_a_sweep_settles_is_counted(watcher: Watcher) -> None:
    await set_reminder(watcher.street, late=2 * 24 * 3600)
    assert await watcher.street.house.ticker.sweep_once() == 1
    assert await watcher.reads("linli_reminders_settled_total") == 1


@SQLITE
async def test_nothing_in_it_tells_of_anybody(watcher: Watcher) -> None:
    await watcher.street.take(message(1, "a secret word", 1))
    page = (await watcher.client.get("/metrics")).text
    assert "a secret word" not in page
    assert str(A) not in page
    labels = {name for _, pairs in (await watcher.scrapes()) for name, _ in pairs}
    assert labels <= {
        "lane", "le", "outcome", "part", "python", "role", "schema", "state", "version",
    }  # fmt: skip


@SQLITE
async def test_the_version_is_the_project_s(watcher: Watcher) -> None:
    assert await watcher.reads("linli_build_info", **build()) == 1
    assert build()["version"]
