"""Delivery of updates to a bot's webhook: in order within a chat, again until it says 2xx."""

import asyncio
import json
import logging
from urllib.parse import parse_qsl

import aiohttp

from sandbox.bots import Bot, WebhookSettings
from sandbox.dispatch import AnswerDroppedError, find_method, perform
from sandbox.params import Params
from sandbox.updates import Pending
from sandbox.wire import ApiError
from sandbox.world import World

log = logging.getLogger(__name__)
TIMEOUT_S = 60.0
BACKOFF_FACTOR = 2.0
MAX_RETRY_S = 60.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # a header's name


async def start_webhook(world: World, bot: Bot, settings: WebhookSettings) -> None:
    """Begin to deliver what waits and what comes, in place of any webhook there is."""
    await bot.start_webhook(settings, _Delivery(world, bot, settings).run)


class _Delivery:
    """Up to `max_connections` updates under way, at most one of each chat.

    The first retry comes after `world.webhook_retry_s` seconds, each further one after twice
    the time, at most a minute. A body with "method" is carried out as a call.
    """

    def __init__(self, world: World, bot: Bot, settings: WebhookSettings) -> None:
        self.world = world
        self.bot = bot
        self.settings = settings
        self.changed = asyncio.Event()
        self.busy: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        queue = self.bot.queue
        queue.on_push = self.changed.set
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            try:
                while True:
                    self.changed.clear()
                    self._begin_deliveries(session)
                    await self.changed.wait()
            finally:
                queue.on_push = None
                under_way = list(self.busy.values())
                for task in under_way:
                    task.cancel()
                await asyncio.gather(*under_way, return_exceptions=True)

    def _begin_deliveries(self, session: aiohttp.ClientSession) -> None:
        for update in self.bot.queue.pending():
            if len(self.busy) >= self.settings.max_connections:
                return
            # Updates of no chat (injected ones) share a lane of their own: 0.
            if update.chat_id not in self.busy:
                task = asyncio.create_task(self._deliver(session, update))
                self.busy[update.chat_id] = task

    async def _deliver(self, session: aiohttp.ClientSession, update: Pending) -> None:
        wait = self.world.webhook_retry_s
        try:
            while self.bot.queue.keeps(update) and not await self._post(session, update):
                await asyncio.sleep(wait)
                wait = min(wait * BACKOFF_FACTOR, MAX_RETRY_S)
            self.bot.queue.remove(update)
        finally:
            del self.busy[update.chat_id]
            self.changed.set()

    async def _post(self, session: aiohttp.ClientSession, update: Pending) -> bool:
        headers = {"Content-Type": "application/json"}
        if self.settings.secret_token:
            headers[SECRET_HEADER] = self.settings.secret_token
        try:
            async with session.post(
                self.settings.url, data=update.payload, headers=headers, ssl=False
            ) as answer:
                body = await answer.read()
                if 200 <= answer.status < 300:
                    await self._carry_out(body, answer.content_type)
                    return True
                problem = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except TimeoutError:
            problem = "Read timeout expired"
        except aiohttp.ClientConnectorError:
            problem = "Connection refused"
        except aiohttp.ClientError as error:
            problem = f"Connection closed: {type(error).__name__}"
        self.settings.last_error_date = self.world.clock.timestamp()
        self.settings.last_error_message = problem
        return False

    async def _carry_out(self, body: bytes, content_type: str) -> None:
        """A method call in the answer's body; its result is told to nobody."""
        values = _call_in(body, content_type)
        name = values.pop("method", None)
        if not isinstance(name, str):
            return
        try:
            spelled, function = find_method(name)
            await perform(self.world, self.bot, spelled, function, Params(values))
        except (ApiError, AnswerDroppedError) as error:
            log.info("call %s in a webhook's answer came to nothing: %s", name, error)


def _call_in(body: bytes, content_type: str) -> dict[str, object]:
    if content_type == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    try:
        value = json.loads(body) if body else None
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
