"""/livez and /readyz: what is well, and which part is not."""

import asyncio
import sqlite3
from collections.abc import Callable

import httpx
import pytest
from sqlalchemy import text

from bot.figures import Part
from bot.operate import POLLED_SECONDS, ROUND_SECONDS
from bot.webhook import webhook
from models.database import Engine
from models.migrate import newest
from models.status.queries.backlog import backlog
from tests.bot.gateway import gateway, result
from tests.bot.street import Street, living, message, open_to, opened
from tests.operate.conftest import Watcher, watching
from tests.waiting import until

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_a_bot_at_work_lives_and_is_ready(watcher: Watcher) -> None:
    assert await watcher.asks("/readyz") == (
        503,
        {"database": "ok", "updates": "no poll answered yet"},
    )
    async with living(watcher.street):
        await until(lambda: watcher.street.house.figures.polled_ago() is not None)
        assert await watcher.asks("/livez") == (
            200,
            {"sender": "ok", "ticker": "ok", "receiver": "ok"},
        )
        assert await watcher.asks("/readyz") == (200, {"database": "ok", "updates": "ok"})


@SQLITE
@pytest.mark.parametrize("part", [Part.SENDER, Part.TICKER])
async def test_a_part_that_makes_no_round_is_named(
    watcher: Watcher, part: Part, seconds: Callable[[float], None]
) -> None:
    seconds(ROUND_SECONDS)
    others = set(Part) - {part}
    for other in others:
        watcher.street.house.figures.begins(other)
    status, parts = await watcher.asks("/livez")
    assert status == 503
    assert parts == {**dict.fromkeys(others, "ok"), part: "no round for 120 s"}


@SQLITE
@pytest.mark.usefixtures("soon_again")
async def test_every_part_goes_on_making_rounds(watcher: Watcher) -> None:
    figures = watcher.street.house.figures
    async with living(watcher.street):
        await until(lambda: all(figures.rounds[part] > 1 for part in Part))
    assert await watcher.reads("linli_rounds_total", part="sender") > 1


@SQLITE
async def test_a_receiver_that_was_told_to_wait_hangs_not(
    watcher: Watcher, seconds: Callable[[float], None]
) -> None:
    watcher.street.world.faults.too_many_requests(retry_after=3600, method="getUpdates")
    poller = watcher.street.house.poller(poll_seconds=1)
    polling = asyncio.create_task(poller.run())
    figures = watcher.street.house.figures
    await until(lambda: figures.silent_for().get(Part.RECEIVER, 0) < -3000)
    seconds(3000)
    assert (await watcher.asks("/livez"))[1]["receiver"] == "ok"
    assert (await watcher.asks("/readyz"))[1]["updates"] == "no poll answered yet"
    poller.stop()
    await polling


@SQLITE
async def test_polls_that_are_answered_no_more_are_said(
    watcher: Watcher, seconds: Callable[[float], None]
) -> None:
    figures = watcher.street.house.figures
    figures.polled(answered=True)
    assert (await watcher.asks("/readyz"))[0] == 200
    seconds(POLLED_SECONDS)
    figures.polled(answered=False)
    status, parts = await watcher.asks("/readyz")
    assert (status, parts["updates"]) == (503, "no poll answered for 65 s")


@SQLITE
async def test_a_stop_is_said_while_it_lasts(watcher: Watcher) -> None:
    watcher.street.house.figures.polled(answered=True)
    watcher.stopping.set()
    status, parts = await watcher.asks("/readyz")
    assert (status, parts["process"]) == (503, "stopping")
    assert (await watcher.asks("/livez"))[0] == 200


@SQLITE
async def test_a_database_that_is_away_is_said_and_counted(
    watcher: Watcher,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    seconds: Callable[[float], None],
) -> None:
    monkeypatch.setattr("models.sqlite.LOCKED_WAIT_SECONDS", 0.05)
    holder = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert (await watcher.asks("/readyz"))[1]["database"] == "does not answer"
    seconds(7)
    assert (await watcher.asks("/livez"))[0] == 200  # a new start would mend nothing
    found = await watcher.scrapes()
    assert found["linli_database_up", frozenset()] == 0
    assert found["linli_database_away_seconds", frozenset()] == 7
    assert ("linli_reminders_due", frozenset()) not in found
    holder.execute("ROLLBACK")
    holder.close()
    assert (await watcher.asks("/readyz"))[1]["database"] == "ok"
    assert await watcher.reads("linli_database_away_seconds") == 0


@SQLITE
async def test_a_database_that_never_answers_is_not_waited_for(
    watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.operate.READ_SECONDS", 0.01)

    async def never(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("bot.operate.is_usable", never)
    assert (await watcher.asks("/readyz"))[1]["database"] == "does not answer"
    monkeypatch.undo()
    assert (await watcher.asks("/readyz"))[1]["database"] == "ok"


@pytest.mark.parametrize(
    ("version", "told"), [("0001", "not at the present schema"), ("9999", "ok")]
)
async def test_an_older_schema_is_not_ready_and_a_newer_one_is(
    watcher: Watcher, engine: Engine, version: str, told: str
) -> None:
    assert len(newest()) == len(version)
    async with engine.begin() as connection:
        await connection.execute(text(f"UPDATE alembic_version SET version_num = '{version}'"))
    assert (await watcher.asks("/readyz"))[1]["database"] == told


@SQLITE
async def test_many_who_ask_at_once_share_one_look(
    watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0
    goes_on = asyncio.Event()

    async def slow(*given: object) -> object:
        nonlocal looks
        looks += 1
        await goes_on.wait()
        return await backlog(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.operate.backlog", slow)
    asking = [asyncio.create_task(watcher.asks("/readyz")) for _ in range(10)]
    asking += [asyncio.create_task(watcher.scrapes()) for _ in range(10)]  # type: ignore[arg-type]
    await until(lambda: looks == 1)
    goes_on.set()
    await asyncio.gather(*asking)
    assert looks < 5  # those that came after the first had ended have one more


@SQLITE
async def test_a_webhook_is_ready_once_it_is_set(street: Street, database_url: str) -> None:
    may_set = asyncio.Event()

    def answers(method: str, _before: int) -> bytes:
        if method == "setWebhook" and not may_set.is_set():
            return b""
        return result(found=True)

    async with gateway(answers) as (url, telegram):
        settings = open_to(
            {"telegram_api_url": url, "database_url": database_url},
            webhook_url="https://127.0.0.1/",
            webhook_secret="s3cret",
            webhook_port=0,
        )
        async with (
            opened(street.world, settings, street.sessions) as hooked,
            watching(hooked) as watcher,
        ):
            stopping = asyncio.Event()
            task = asyncio.create_task(webhook(hooked.house, stopping))
            await until(lambda: telegram.calls)
            assert (await watcher.asks("/readyz"))[1]["updates"] == "the webhook is not set yet"
            may_set.set()
            await until(lambda: hooked.house.figures.webhook_set)
            assert await watcher.asks("/readyz") == (200, {"database": "ok", "updates": "ok"})
            assert await watcher.asks("/livez") == (200, {"sender": "ok", "ticker": "ok"})
            stopping.set()
            await task


@SQLITE
async def test_other_paths_and_methods_are_refused(watcher: Watcher) -> None:
    assert (await watcher.client.get("/")).status_code == 404
    assert (await watcher.client.post("/livez")).status_code == 405


@SQLITE
async def test_asking_leaves_turns_as_they_are(watcher: Watcher) -> None:
    async with living(watcher.street):
        asking = [asyncio.create_task(watcher.client.get("/metrics")) for _ in range(5)]
        await watcher.street.take(message(1, "hello"))
        answers: list[httpx.Response] = await asyncio.gather(*asking)
        await watcher.street.all_sent()
    assert {answer.status_code for answer in answers} == {200}
    assert watcher.street.told() == ["heard hello"]
