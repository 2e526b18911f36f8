"""The way to Telegram: the sandbox by a call, with whatever may happen on the way.

What the sandbox carries out is looked at at that moment: nothing may be said that is not committed,
and nothing twice but where it is told so.
"""

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from http import HTTPStatus
from random import Random
from typing import Any

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.calls import Calls
from bot.packing import Parcel
from bot.request import NotActedError
from models.outbox.rules import Attempt, Lane
from sandbox.api import FAMILIES
from sandbox.dispatch import find_method, perform
from sandbox.params import Params, Upload
from sandbox.world import World
from tests.simulation.loop import PROCESS, Process

assert FAMILIES, "the Bot API's methods are registered where they are imported"

PARCEL: ContextVar[Parcel | None] = ContextVar("parcel", default=None)


class NotedCalls(Calls):
    """The calls of a sender, each of which says of which row it is."""

    async def _carry(self, parcel: Parcel) -> Attempt:
        PARCEL.set(parcel)
        return await super()._carry(parcel)


@dataclass
class Network:
    """What is wrong between all processes and Telegram."""

    dice: Random
    slow: float = 0.03
    """Seconds that each way takes at the most."""
    away: bool = False
    lost: int = 0
    """So many answers still never come."""
    lost_pushes: int = 0
    """So many answers to pushes still never come."""
    broken: int = 0
    """So many calls a gateway still answers, without passing them on."""
    floods: int = 0
    """So many calls Telegram still asks to wait."""


@dataclass
class Ledger:
    """What Telegram was asked to do for which row, in order, and what of it our side was told."""

    done: dict[int, list[bool]] = field(default_factory=lambda: defaultdict(list))
    """By row: for each time it was carried out, whether the answer reached a process that lives."""
    order: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """By chat: rows of answers in the order in which they first arrived."""
    lanes: dict[int, Lane] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class Wire(BaseRequest):
    """python-telegram-bot's way to Telegram, of one process."""

    def __init__(
        self,
        world: World,
        network: Network,
        ledger: Ledger,
        process: Process,
        committed: Callable[[int], str | None],
    ) -> None:
        self._world, self._network, self._ledger, self._fate = world, network, ledger, process
        self._committed = committed
        """Tells the state of a row as everybody sees it; None where nobody does."""

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Carry one call out, or not, and let the answer come, or not."""
        del method
        net = self._network
        await asyncio.sleep(net.dice.uniform(0, net.slow))
        if net.away or not self._fate.alive:
            raise NotActedError("no connection")
        if net.broken:
            net.broken -= 1
            raise NotActedError("Telegram answered 502")
        if net.floods:
            net.floods -= 1
            return HTTPStatus.TOO_MANY_REQUESTS, _flood(net.dice.randint(1, 4))
        row = self._leaves()
        status, body = await self._perform(url.rpartition("/")[2], request_data)
        arrives = self._note(row, status)
        if self._is_lost(row):
            raise net.dice.choice((TimedOut("no answer in time"), NetworkError("broken off")))
        await asyncio.sleep(net.dice.uniform(0, net.slow))
        if net.away:
            raise NetworkError("no answer")
        arrives()
        return status, body

    async def _perform(self, name: str, data: RequestData | None) -> tuple[int, bytes]:
        name, function = find_method(name)
        self._ledger.calls[name] += 1
        token = PROCESS.set(None)  # what happens at Telegram belongs to no process of ours
        try:
            return await perform(self._world, self._world.bot, name, function, _params(data))
        finally:
            PROCESS.reset(token)

    def _is_lost(self, parcel: Parcel | None) -> bool:
        net = self._network
        if parcel is not None and parcel.row.kind and net.lost_pushes:
            net.lost_pushes -= 1
            return True
        lost = net.lost > 0
        net.lost -= lost
        return lost

    def _leaves(self) -> Parcel | None:
        """Look at what leaves, at the moment in which it does."""
        parcel = PARCEL.get()
        if parcel is None:
            return None
        state = self._committed(parcel.row.id)
        if state is None:
            self._ledger.wrong.append(f"row {parcel.row.id} left and is not committed")
        return parcel

    def _note(self, parcel: Parcel | None, status: int) -> Callable[[], None]:
        """Note that Telegram has done something; give how to note that we were told."""
        if parcel is None or status != HTTPStatus.OK:
            return lambda: None
        row, ledger = parcel.row, self._ledger
        before = ledger.done[row.id]
        if not before and row.lane is Lane.ANSWER and row.chat_id is not None:
            ledger.order[row.chat_id].append(row.id)
        ledger.lanes[row.id] = row.lane
        place = len(before)
        before.append(False)

        def told() -> None:
            before[place] = self._fate.alive

        return told


def _flood(seconds: int) -> bytes:
    return json.dumps(
        {
            "ok": False,
            "error_code": 429,
            "description": f"Too Many Requests: retry after {seconds}",
            "parameters": {"retry_after": seconds},
        }
    ).encode()


def _params(data: RequestData | None) -> Params:
    if data is None:
        return Params({})
    files = {
        key: Upload(name, content if isinstance(content, bytes) else content.read(), mime_type)
        for key, (name, content, mime_type) in (data.multipart_data or {}).items()
    }
    values: dict[str, object] = {key: f"attach://{key}" for key in files}
    return Params(values | data.json_parameters, files)
