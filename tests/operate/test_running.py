"""The whole process, as the command line runs it: the port is open while it runs, if asked for."""

import asyncio
import socket
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog

from bot.serve import run
from bot.settings import Settings, SettingsError
from sandbox.world import World
from tests.bot.street import open_to
from tests.waiting import until


@pytest.fixture
def settings(url: str, tmp_path: Path) -> Any:
    def made(**changes: Any) -> Settings:
        town = {"telegram_api_url": url, "database_url": f"sqlite:///{tmp_path}/linli.sqlite3"}
        return open_to(town, **changes)

    return made


async def test_it_answers_from_the_start_to_the_end(settings: Any, world: World) -> None:
    stopping = asyncio.Event()
    with structlog.testing.capture_logs() as lines:
        running = asyncio.create_task(run(settings(operate_port=0), stopping))
        ports: list[int] = []

        def opened() -> bool:
            ports[:] = [line["port"] for line in lines if "operator's port" in line["event"]]
            return bool(ports) or running.done()

        await until(opened)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{ports[0]}") as client:

            async def ready() -> bool:
                return (await client.get("/readyz")).status_code == 200

            await until(ready)
            assert (await client.get("/livez")).json()["parts"].keys() == {
                "sender", "ticker", "receiver",
            }  # fmt: skip
            assert "linli_build_info" in (await client.get("/metrics")).text
            stopping.set()
            await running
            with pytest.raises(httpx.ConnectError):
                await client.get("/livez")


async def test_without_the_setting_no_port_is_opened(settings: Any, world: World) -> None:
    stopping = asyncio.Event()
    with structlog.testing.capture_logs() as lines:
        running = asyncio.create_task(run(settings(), stopping))
        await until(lambda: world.calls.since(0, "getUpdates"))
        stopping.set()
        await running
    assert [line for line in lines if "operator's port" in line["event"]] == []


async def test_a_taken_port_is_a_wrong_setting(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"^OPERATE_PORT: .*{port} cannot be opened"):
            await run(settings(operate_port=port), asyncio.Event())


async def test_an_address_of_elsewhere_is_a_wrong_setting(settings: Any) -> None:
    with pytest.raises(SettingsError, match=r"^OPERATE_"):
        await run(settings(operate_port=0, operate_host="192.0.2.1"), asyncio.Event())
