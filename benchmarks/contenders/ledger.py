"""Linli's sender empties its outbox unpaced; prints the seconds until every outcome is committed.

`--rows answers` were composed when they were queued; `--rows notices` are rendered on their way.
"""

import argparse
import asyncio
import time
from collections.abc import Mapping
from typing import Any

import uvloop

from benchmarks.contenders import TOKEN, town
from bot.deliver import Courier, Files
from bot.logs import set_up
from bot.pacer import Limits, Pacer
from bot.rendering import render_notice
from bot.sender import Sender
from bot.settings import LogFormat
from models.database import Sessions, open_engine, open_sessions, transaction
from models.outbox.actions import open_rows
from models.outbox.rules import Attempt
from models.vault import Vault


class Counting:
    """A courier that tells when it has carried the last message."""

    def __init__(self, courier: Courier, messages: int) -> None:
        self._courier = courier
        self._left = messages
        self.done = asyncio.Event()

    async def carry(self, method: str, payload: Mapping[str, Any], files: Files) -> Attempt:
        """Carry one message."""
        attempt = await self._courier.carry(method, payload, files)
        self._left -= 1
        if not self._left:
            self.done.set()
        return attempt


async def run(options: argparse.Namespace) -> None:
    """Queue, send, tell how long sending took."""
    await town.found(options.database)
    engine = open_engine(options.database)
    sessions = open_sessions(engine, Vault.from_text(Vault.new_key()))
    queue = town.queue_answers if options.rows == "answers" else town.queue_pushes
    async with transaction(sessions) as session:
        await queue(session, options.messages)
    courier = Courier(TOKEN, options.api)
    print(await _empty(sessions, courier, options.messages, options.at_once))
    await courier.close()
    await engine.dispose()


async def _empty(sessions: Sessions, courier: Courier, messages: int, at_once: int) -> float:
    """Send what waits; give the seconds it took."""
    carrier = Counting(courier, messages)
    limits = Limits(per_second=None, at_once=at_once)
    pacer = Pacer(limits, asyncio.get_running_loop().time)
    sender = Sender(sessions, carrier, render_notice, pacer, town.by_day)
    started = time.perf_counter()
    running = asyncio.create_task(sender.run())
    await carrier.done.wait()
    sender.stop()
    await running
    seconds = time.perf_counter() - started
    async with transaction(sessions) as session:
        if await open_rows(session):
            raise RuntimeError("rows are left in the outbox")
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--rows", choices=("answers", "notices"), required=True)
    parser.add_argument("--messages", type=int, required=True)
    parser.add_argument("--at-once", type=int, required=True)
    options = parser.parse_args()
    set_up(LogFormat.TEXT, "WARNING")
    uvloop.run(run(options))


if __name__ == "__main__":
    main()
