"""A bot reduced to its hands: one Bot API call at a time, over HTTP."""

from typing import Any, Self

import httpx

from sandbox.people import DEMO_TOKEN


class BotHands:
    """Calls methods of the sandbox's Bot API as the demo bot."""

    def __init__(self, sandbox_url: str) -> None:
        self._client = httpx.AsyncClient(
            base_url=f"{sandbox_url}/bot{DEMO_TOKEN}/", trust_env=False
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def call(self, method: str, **parameters: Any) -> Any:
        """The method's result; AssertionError with Telegram's words if it was refused."""
        response = await self._client.post(method, json=parameters)
        answer = response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def say(self, chat_id: int, text: str, **parameters: Any) -> int:
        """sendMessage; the new message's id."""
        message = await self.call("sendMessage", chat_id=chat_id, text=text, **parameters)
        return int(message["message_id"])

    async def callback_query(self) -> dict[str, Any]:
        """The next button press, waiting for it through other updates."""
        offset = 0
        while True:
            updates = await self.call("getUpdates", offset=offset, timeout=10)
            assert updates, "no button press arrived"
            for update in updates:
                offset = update["update_id"] + 1
                if "callback_query" in update:
                    query: dict[str, Any] = update["callback_query"]
                    return query


def buttons(*rows: list[tuple[str, str]]) -> dict[str, Any]:
    """An inline keyboard of (text, callback data)."""
    return {
        "inline_keyboard": [
            [{"text": text, "callback_data": data} for text, data in row] for row in rows
        ]
    }
