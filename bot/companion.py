"""What the sandbox asks of the bot that is played in it, when its clock is moved forward."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.app import House
from models.database import transaction
from models.status.queries.coming import is_settled, next_due
from scheduler.ticker import TIDY_EVERY

SETTLE_SECONDS = 5.0
"""How long what is due at one instant may take to be done and sent, before the clock moves on."""

LOOK_SECONDS = 0.02


class Companion:
    """The bot's work, done instant by instant."""

    def __init__(self, house: House, clock: Callable[[], datetime]) -> None:
        self._house = house
        self._clock = clock
        self._arranged_at: datetime | None = None

    async def settle(self) -> None:
        """Do and send all that is due by now, or as much as there is time for."""
        if self._arranged_at is None or self._clock() - self._arranged_at >= TIDY_EVERY:
            self._arranged_at = self._clock()
            await (
                self._house.ticker.arrange()
            )  # by itself it does so in the hours of the real clock
        loop = asyncio.get_running_loop()
        patience = loop.time() + SETTLE_SECONDS
        while loop.time() < patience:
            await self._house.ticker.sweep_once()
            self._house.sender.wake()
            async with transaction(self._house.sessions) as session:
                if await is_settled(session, self._clock()):
                    return
            await asyncio.sleep(LOOK_SECONDS)

    async def next_due(self) -> datetime | None:
        """Return when the next thing falls due that is not due yet; None for never."""
        async with transaction(self._house.sessions) as session:
            return await next_due(session, self._clock())
