"""Waiting for what must come to hold, with a deadline."""

import asyncio
import time
from collections.abc import Callable
from typing import Any


async def until(holds: Callable[[], Any], seconds: float = 10.0) -> None:
    """Wait until something holds; AssertionError when it never does."""
    deadline = time.monotonic() + seconds
    while True:
        found = holds()
        if await found if asyncio.iscoroutine(found) else found:
            return
        assert time.monotonic() < deadline, "it never came to hold"
        await asyncio.sleep(0.01)
