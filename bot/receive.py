"""Receiving: updates are read raw, taken one by one, and acknowledged once their turns committed.

Within a chat updates are taken in the order they came; chats go side by side. Telegram is told
the next number (polling) or 200 (webhook) only after the commit. What does not parse is kept by
the turn and passed over.
"""

import asyncio
import json
import re
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from typing import Any

import aiohttp
import structlog

from bot.figures import Figures, Part
from bot.hearing import Hearing
from bot.request import connector, proxy_trouble
from bot.turn import PostponedError, Turn, TurnOutcome
from models.updates.rules import MOST_ID, chat_of

log = structlog.get_logger(__name__)

POLL_SECONDS = 25
BATCH = 100
"""Telegram gives at most 100 updates at once."""
AT_ONCE = 10
"""Turns side by side: as many as the pool keeps connections to PostgreSQL open."""
DEEPEST_READ = 200
"""Levels of JSON that are read where Python cannot read them all."""
STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]


def _unreachable() -> tuple[type[Exception], ...]:
    """List what asking may raise when Telegram, or the way to it, does not do its part."""
    return aiohttp.ClientError, OSError, ValueError, RecursionError, *proxy_trouble()


class RefusedError(Exception):
    """Telegram will not give updates to this token: it is wrong."""


class Poller:
    """Asks for updates until stopped; one poller a token."""

    def __init__(
        self,
        turn: Turn,
        url: str,
        *,
        proxy: str | None = None,
        poll_seconds: int = POLL_SECONDS,
        figures: Figures | None = None,
        hearing: Hearing | None = None,
    ) -> None:
        self._figures = figures or Figures()
        self._hearing = hearing
        self._turn = turn
        self._url = url
        self._proxy = proxy
        self._poll_seconds = poll_seconds
        self._stopping = asyncio.Event()
        self._told_to_wait = 0.0
        """Seconds for which Telegram asked at the last call."""
        self._offset: int | None = None
        """What acknowledges the last batch; none once Telegram has been told, because after a week
        of silence it numbers updates anew, perhaps lower."""

    def stop(self) -> None:
        """Ask for no more; the turns in hand are finished first."""
        self._stopping.set()

    async def run(self) -> None:
        """Poll until stopped; raises RefusedError for a wrong token."""
        waits = 0
        self._turn.behind()
        async with aiohttp.ClientSession(connector=connector(self._proxy, 2)) as session:
            while not self._stopping.is_set():
                self._figures.begins(Part.RECEIVER)
                batch = await self._until_stopped(self._ask(session))
                if batch is not None or not self._stopping.is_set():
                    self._figures.polled(answered=batch is not None)
                if batch is None:
                    self._behind()
                    waits = await self._pause(waits, self._told_to_wait)
                    continue
                waits = 0
                if self._hearing is not None:
                    await self._hearing.heard()
                await self._take(batch)
            await self._acknowledge(session)

    async def _ask(self, session: aiohttp.ClientSession) -> list[Any] | None:
        """Ask once; None when Telegram could not be reached or said no."""
        arguments: dict[str, Any] = {
            "timeout": self._poll_seconds,
            "limit": BATCH,
            "allowed_updates": ALLOWED_UPDATES,
        }
        if self._offset is not None:
            arguments["offset"] = self._offset
        self._told_to_wait = 0.0
        timeout = aiohttp.ClientTimeout(total=self._poll_seconds + 10, sock_connect=10)
        try:
            async with session.post(self._url, json=arguments, timeout=timeout) as response:
                answer = read_json((await response.read()).decode(errors="replace"))
        except _unreachable() as error:
            log.warning("Telegram unreachable", error=type(error).__name__)
            return None
        self._told_to_wait = _seconds_told(answer)
        return _result(answer)

    async def _take(self, batch: list[Any]) -> None:
        """Take a batch whole, then move the number that acknowledges it."""
        if not batch:
            self._offset = None
            return
        try:
            outcomes = await take_in_order(self._take_one, batch)
        except* PostponedError:
            log.warning("stopped with updates in hand; Telegram will give them again")
            outcomes = []
        if not outcomes:
            return
        numbers = [number for raw in batch if (number := _number(raw)) is not None]
        if numbers:
            self._offset = max(numbers) + 1
        if all(outcome is TurnOutcome.REPEATED for outcome in outcomes):
            await self._pause(0)

    async def _take_one(self, raw: Any) -> TurnOutcome:
        """Take one update, however long the database is away."""
        waits = 0
        while True:
            try:
                return await self._turn.handle(raw if isinstance(raw, dict) else {"raw": raw})
            except PostponedError:
                self._behind()
                if self._stopping.is_set():
                    raise
                waits = await self._pause(waits)

    def _behind(self) -> None:
        """Note that Telegram was not heard, or nobody could be: what comes next has waited."""
        self._turn.behind()
        if self._hearing is not None:
            self._hearing.missed()

    async def _acknowledge(self, session: aiohttp.ClientSession) -> None:
        """Tell Telegram what has been handled, so that the next start is not given it again."""
        if self._offset is None:
            return
        arguments = {"offset": self._offset, "timeout": 0, "limit": 1}
        try:
            async with session.post(self._url, json=arguments, timeout=aiohttp.ClientTimeout(5)):
                return
        except _unreachable() as error:
            log.warning("last batch not acknowledged", error=type(error).__name__)

    async def _pause(self, waits: int, at_least: float = 0.0) -> int:
        seconds = max(min(FIRST_WAIT * 2**waits, LONGEST_WAIT), at_least)
        self._figures.begins(Part.RECEIVER, rests=seconds)
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return min(waits + 1, 10)
        return waits

    async def _until_stopped(
        self, asking: Coroutine[Any, Any, list[Any] | None]
    ) -> list[Any] | None:
        """Await an answer, or nothing as soon as we are stopped."""
        ask = asyncio.ensure_future(asking)
        stop = asyncio.ensure_future(self._stopping.wait())
        await asyncio.wait({ask, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if ask.done():
            return await ask
        ask.cancel()
        with suppress(asyncio.CancelledError):
            await ask
        return None


async def take_in_order(
    take: Callable[[Any], Any], batch: Iterable[Any], at_once: int = AT_ONCE
) -> list[TurnOutcome]:
    """Take a batch: in order within a chat, chats side by side; give the outcomes."""
    queues: dict[int | None, list[Any]] = {}
    for raw in batch:
        chat = chat_of(raw) if isinstance(raw, dict) else None
        queues.setdefault(chat, []).append(raw)
    gate = asyncio.Semaphore(at_once)

    async def drain(queue: list[Any]) -> list[TurnOutcome]:
        async with gate:
            return [await _in_turn(take, raw) for raw in queue]

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(drain(queue)) for queue in queues.values()]
    return [outcome for task in tasks for outcome in task.result()]


async def _in_turn(take: Callable[[Any], Any], raw: Any) -> TurnOutcome:
    """Take one update, then let everything else go on: a turn on SQLite waits for nothing."""
    outcome: TurnOutcome = await take(raw)
    await asyncio.sleep(0)
    return outcome


def _number(raw: Any) -> int | None:
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if type(number) is int and 0 <= number < MOST_ID else None


def read_json(text: str) -> Any:
    """Read JSON with integers of any length, and with what is nested too deep left out.

    Python alone refuses integers of over 4,300 digits, and nesting of some thousand levels.
    """
    try:
        return json.loads(text, parse_int=_integer)
    except RecursionError:
        return json.loads(shallow(text), parse_int=_integer)


def shallow(text: str) -> str:
    """Return JSON text with null in place of what is nested deeper than `DEEPEST_READ`."""
    kept: list[str] = []
    depth, since = 0, 0
    for found in STRING_OR_BRACKET.finditer(text):
        if (sign := found.group()) in {"[", "{"}:
            depth += 1
            if depth == DEEPEST_READ + 1:
                kept += [text[since : found.start()], "null"]
        elif sign in {"]", "}"}:
            if depth == DEEPEST_READ + 1:
                since = found.end()
            depth -= 1
    kept.append(text[since:])
    return "".join(kept)


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) < 40 else digits


def _seconds_told(answer: Any) -> float:
    """Return the seconds that Telegram asks to wait; 0 where it asks for none."""
    told = answer.get("parameters") if isinstance(answer, dict) else None
    seconds = told.get("retry_after") if isinstance(told, dict) else None
    return float(seconds) if type(seconds) is int and 0 < seconds < MOST_ID else 0.0


def _result(answer: Any) -> list[Any] | None:
    if isinstance(answer, dict) and answer.get("ok") is True:
        result = answer.get("result")
        return result if isinstance(result, list) else None
    code = answer.get("error_code") if isinstance(answer, dict) else None
    if code in {401, 404}:
        raise RefusedError("BOT_TOKEN: Telegram does not know this token")
    if code == 409:
        log.error("another process polls with this token, or a webhook is set")
    else:
        log.warning("Telegram refuses updates", code=code)
    return None
