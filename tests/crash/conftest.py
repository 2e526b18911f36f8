"""The zygote: one for all tests, its imports take longer than many of its children live."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest


@dataclass
class Zygote:
    """The process whose forks are the bots and sweepers, one at a time."""

    process: subprocess.Popen[bytes]
    bot: int | None = None
    """The process id of the bot that lives now."""

    async def start(self, order: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        self.process.stdin.flush()
        self.bot = json.loads(await asyncio.to_thread(self.line))

    async def ended(self, seconds: float = 60.0) -> dict[str, int]:
        """Wait for the end of the bot; one that outlives the time is ended, and fails the test."""
        waiting = asyncio.create_task(asyncio.to_thread(self.line))
        done, _ = await asyncio.wait({waiting}, timeout=seconds)
        if not done:
            self.signal(signal.SIGKILL)
        found: dict[str, int] = json.loads(await waiting)
        self.bot = None
        assert done, "it lived on"
        return found

    def signal(self, number: signal.Signals) -> None:
        assert self.bot is not None
        os.kill(self.bot, number)

    def line(self) -> bytes:
        assert self.process.stdout is not None
        return self.process.stdout.readline()


@pytest.fixture(scope="package")
def bots() -> Iterator[Zygote]:
    """One zygote for all tests."""
    command = [sys.executable, "-m", "tests.crash.zygote"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        bots = Zygote(process)
        assert json.loads(bots.line()) == "ready"
        yield bots
        if bots.bot is not None:
            bots.signal(signal.SIGKILL)
