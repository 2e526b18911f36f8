"""People who write to the bot and time its replies."""

import asyncio
import json
import random
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

FIRST_PERSON = 1_000_000
"""Telegram id of the crowd's first person; the others follow."""

SEED = 7

Push = Callable[[dict[str, object]], None]
"""Queues one update for the bot."""


@dataclass
class Crowd:
    """Who writes what, and how long each waited; instants are `time.perf_counter` seconds."""

    push: Push
    numbers: Iterator[int]
    """Message ids, none twice: a message of the same id, instant and text is the same message."""
    text: str = "你好，请问今天社区活动室开门吗？"
    asked: int = 0
    wanted: int = 0
    replies: list[tuple[float, float]] = field(default_factory=list)
    """For each reply: when the person wrote, when the answer came."""
    _waiting: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _again: bool = False
    _steady: asyncio.Task[None] | None = None

    def converse(self, people: int, messages: int) -> None:
        """Let people write, each again as soon as they are answered, until all is said."""
        self.wanted, self._again = messages, True
        for person in range(min(people, messages)):
            self._write(FIRST_PERSON + person)

    def trickle(self, people: int, per_second: float, seconds: float) -> None:
        """Let people write in turn at random instants, whether or not they are answered."""
        dice = random.Random(SEED)
        gaps = [dice.expovariate(per_second) for _ in range(int(per_second * seconds))]
        self.wanted = len(gaps)
        self._steady = asyncio.get_running_loop().create_task(self._trickle(people, gaps))

    def hear(self, chat_id: int) -> None:
        """Take a message of the bot's: the answer to the oldest unanswered one, if any."""
        waiting = self._waiting.get(chat_id)
        if not waiting:
            return
        self.replies.append((waiting.popleft(), time.perf_counter()))
        if self._again and self.asked < self.wanted:
            self._write(chat_id)

    def stop(self) -> None:
        """Write no more."""
        self._again = False
        if self._steady is not None:
            self._steady.cancel()

    async def _trickle(self, people: int, gaps: list[float]) -> None:
        at = time.perf_counter()
        for number, gap in enumerate(gaps):
            at += gap
            await asyncio.sleep(at - time.perf_counter())
            self._write(FIRST_PERSON + number % people)

    def _write(self, person: int) -> None:
        self.asked += 1
        self._waiting[person].append(time.perf_counter())
        self.push(message(person, next(self.numbers), self.text))


def message(person: int, number: int, text: str) -> dict[str, object]:
    """Give a private message as an update carries it."""
    name = {"id": person, "first_name": "居民", "username": f"person_{person}"}
    content: dict[str, object] = {
        "message_id": number,
        "from": {**name, "is_bot": False, "language_code": "zh-hans"},
        "chat": {**name, "type": "private"},
        "date": int(time.time()),
        "text": text,
    }
    if text.startswith("/"):
        content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return {"message": content}


def encode(value: object) -> bytes:
    """Encode as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
