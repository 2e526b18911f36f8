"""The Bot API's paths, and `/bench/…` by which the driver sets the scene and reads the outcome."""

import asyncio
import json
import time
from collections import deque
from itertools import count, islice
from typing import Any
from urllib.parse import parse_qsl

from benchmarks.server.crowd import Crowd, encode
from benchmarks.server.http import Answer, Request
from benchmarks.server.webhooks import Webhooks

BOT = {"id": 7_000_001, "is_bot": True, "first_name": "bench", "username": "bench_bot"}
TRUE = b'{"ok":true,"result":true}'
NOTHING = b'{"ok":true,"result":[]}'
FIRST_UPDATE = 100_000_000
LIMIT = 100


class Api:
    """One bot's queue of updates, one crowd, and the instants at which messages arrived."""

    def __init__(self) -> None:
        self._next_update = FIRST_UPDATE
        self._numbers = count(1)
        self._poll: Answer | None = None
        self._poll_limit = LIMIT
        self._expiry: asyncio.TimerHandle | None = None
        self._delay = 0.0
        self._pending: deque[tuple[int, bytes]] = deque()
        self._sent: list[float] = []
        self._webhooks: Webhooks | None = None
        self._crowd = Crowd(self._queue, self._numbers)

    def take(self, request: Request, answer: Answer) -> None:
        """Take one request."""
        arguments = _arguments(request)
        if request.path.startswith("/bench/"):
            command = getattr(self, f"_{request.path.removeprefix('/bench/')}")
            answer(encode(command(arguments)))
            return
        method = request.path.rpartition("/")[2]
        if method == "getUpdates":
            self._get_updates(arguments, answer)
        elif method == "sendMessage":
            self._send(arguments, answer)
        elif method == "getMe":
            answer(encode({"ok": True, "result": BOT}))
        else:
            answer(TRUE)

    def forget(self, answer: Answer) -> None:
        """Drop the poll of a client that is gone."""
        if self._poll == answer:
            self._poll = None
            self._stop_waiting()

    def _reset(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Forget everything; `delay` is how long a message's answer takes, in seconds."""
        self._delay = float(arguments.get("delay", 0.0))
        self._pending, self._sent = deque(), []
        if self._webhooks is not None:
            self._webhooks.stop()
            self._webhooks = None
        self._new_crowd({})
        return {}

    def _call(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Give updates to workers by webhook from now on; `ports` are theirs."""
        self._webhooks = Webhooks(arguments["ports"])
        return {}

    def _converse(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._new_crowd(arguments).converse(arguments["people"], arguments["messages"])
        return {}

    def _trickle(self, arguments: dict[str, Any]) -> dict[str, Any]:
        crowd = self._new_crowd(arguments)
        crowd.trickle(arguments["people"], arguments["per_second"], arguments["seconds"])
        return {}

    def _new_crowd(self, arguments: dict[str, Any]) -> Crowd:
        self._crowd.stop()
        self._crowd = Crowd(self._queue, self._numbers)
        self._crowd.text = arguments.get("text", self._crowd.text)
        return self._crowd

    def _progress(self, _arguments: dict[str, Any]) -> dict[str, Any]:
        return {
            "polled": self._poll is not None,
            "wanted": self._crowd.wanted,
            "replied": len(self._crowd.replies),
            "sent": len(self._sent),
        }

    def _report(self, _arguments: dict[str, Any]) -> dict[str, Any]:
        """Give every reply (asked, answered) and when each message arrived."""
        return {"replies": self._crowd.replies, "sent": self._sent}

    def _queue(self, update: dict[str, object]) -> None:
        encoded = encode({"update_id": self._next_update, **update})
        self._next_update += 1
        if self._webhooks is not None:
            self._webhooks.push(encoded)
            return
        self._pending.append((self._next_update - 1, encoded))
        if self._poll is not None:
            self._hand_out()

    def _get_updates(self, arguments: dict[str, Any], answer: Answer) -> None:
        offset = int(arguments.get("offset") or 0)
        while self._pending and self._pending[0][0] < offset:
            self._pending.popleft()
        self._stop_waiting()
        self._poll, self._poll_limit = answer, int(arguments.get("limit") or LIMIT)
        if self._pending or not int(arguments.get("timeout") or 0):
            self._hand_out()
            return
        loop = asyncio.get_running_loop()
        self._expiry = loop.call_later(int(arguments["timeout"]), self._hand_out)

    def _hand_out(self) -> None:
        """Answer the poll that waits with what there is."""
        answer, self._poll = self._poll, None
        self._stop_waiting()
        if answer is not None:
            found = [payload for _, payload in islice(self._pending, self._poll_limit)]
            answer(b'{"ok":true,"result":[' + b",".join(found) + b"]}" if found else NOTHING)

    def _stop_waiting(self) -> None:
        if self._expiry is not None:
            self._expiry.cancel()
            self._expiry = None

    def _send(self, arguments: dict[str, Any], answer: Answer) -> None:
        self._sent.append(time.perf_counter())
        chat_id = int(arguments["chat_id"])
        result = {
            "message_id": next(self._numbers),
            "from": BOT,
            "chat": {"id": chat_id, "type": "private", "first_name": "居民"},
            "date": int(time.time()),
            "text": arguments["text"],
        }
        body = encode({"ok": True, "result": result})
        if self._delay:
            asyncio.get_running_loop().call_later(self._delay, answer, body)
        else:
            answer(body)
        self._crowd.hear(chat_id)


def _arguments(request: Request) -> dict[str, Any]:
    if request.is_json:
        found = json.loads(request.body)
        assert isinstance(found, dict)
        return found
    return dict(parse_qsl(request.body.decode()))
