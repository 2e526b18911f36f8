"""Every line of one turn names its update, also those of its answers on their way to Telegram."""

import io
import json
from typing import Any

import pytest
import structlog

from bot import origins
from bot.logs import LogFormat
from bot.replay import Replayer
from models.database import transaction
from models.updates.actions import kept
from models.updates.rules import FailedState
from models.updates.tables import FailedRow
from tests.bot.street import A, B, Street, living, message
from tests.bot.test_logs import lines
from tests.waiting import until

__all__ = ["lines"]

pytestmark = [
    pytest.mark.usefixtures("soon_again"),
    pytest.mark.parametrize("lines", [LogFormat.JSON], indirect=True),
]


def said(lines: io.StringIO, event: str) -> list[dict[str, Any]]:
    """Read what was logged, line by line, and give the lines of one event."""
    read = [json.loads(line) for line in lines.getvalue().splitlines()]
    return [line for line in read if line["event"] == event]


async def test_a_turn_that_fails(lines: io.StringIO, street: Street) -> None:
    street.broken.add("bang")
    await street.take(message(5, "bang"))
    (line,) = said(lines, "update failed")
    assert line["update_id"] == 5
    assert "row" not in line


async def test_an_answer_that_telegram_refuses_or_puts_off(
    lines: io.StringIO, street: Street
) -> None:
    """On SQLite a turn's answers are carried at once, on PostgreSQL they stand in the queue."""
    async with living(street):
        await until(lambda: street.house.figures.elected.get("sender"))
        await street.take(message(7, "double", 1))
        await street.all_sent()
        street.world.faults.too_many_requests(retry_after=1, method="sendMessage")
        await street.take(message(8, "hello", 2, person_id=B))
        await until(lambda: street.told(B) == ["heard hello"])
    rows = {row.id: row for row in await street.rows()}
    (refused,) = said(lines, "waits for a human")
    assert refused["update_id"] == 7
    assert rows[refused["row"]].chat_id == A
    (waits,) = said(lines, "Telegram asks to wait")
    assert waits["update_id"] == 8
    assert rows[waits["row"]].chat_id == B


async def test_a_replay_names_what_it_replays(lines: io.StringIO, street: Street) -> None:
    street.broken.add("bang")
    await street.take(message(9, "bang"))
    async with transaction(street.sessions) as session:
        ((failed_id, _),) = await kept(session)
        row = await session.get(FailedRow, failed_id)
        assert row is not None
        row.state = FailedState.ASKED
    await Replayer(street.sessions, street.house.turn).replay_asked()
    (line,) = said(lines, "replay failed")
    assert (line["failed_update"], line["update_id"]) == (failed_id, 9)


async def test_what_a_turn_binds_ends_with_it(lines: io.StringIO, street: Street) -> None:
    street.broken.add("bang")
    await street.take(message(5, "bang"))
    await street.house.turn.replay(1)
    structlog.get_logger("test").info("afterwards", row=0)
    (line,) = said(lines, "afterwards")
    assert {"update_id", "failed_update"} & line.keys() == set()


async def test_only_the_newest_rows_are_remembered(
    lines: io.StringIO, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(origins, "MOST", 3)
    origins._updates.clear()
    for number in range(1, 6):
        await street.take(message(number, f"word {number}", number))
    ids = [row.id for row in await street.rows()]
    assert origins._updates == dict(zip(ids[-3:], (3, 4, 5), strict=True))
