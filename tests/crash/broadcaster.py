"""The whole bot at Telegram's own pace, which ends itself by SIGKILL at a named point."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from bot import serve
from bot.app import open_house, working
from bot.settings import Settings
from tests.crash.child import POINTS, set_point, write_to


def live(order: dict[str, Any]) -> None:
    """Run until the point is reached, or until SIGTERM; `ahead`: its clock's seconds of lead."""
    write_to(order["log"])
    if order["point"]:
        set_point(POINTS[order["point"]], order["times"])
    ahead = timedelta(seconds=order["ahead"])
    asyncio.run(run(Settings(_env_file=None, **order["settings"]), ahead))


async def run(settings: Settings, ahead: timedelta) -> None:
    stopping = serve.stop_on_signals()
    async with (
        open_house(settings, lambda: datetime.now(UTC) + ahead) as house,
        working(house),
    ):
        await serve.polling(house, stopping)
