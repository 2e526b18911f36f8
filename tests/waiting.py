"""Waiting for what must come to hold.

No test here is held to a speed. PATIENCE is what tells something that hangs from a machine that
is busy: it is so long that only the first can use it up (PATIENCE=5 while you write a test).
"""

import asyncio
import os
import time
from collections.abc import Callable
from typing import Any

PATIENCE = float(os.environ.get("PATIENCE", "90"))
"""Seconds until something counts as stuck; pytest itself ends a test after more than that."""


async def until(holds: Callable[[], Any], seconds: float = PATIENCE) -> None:
    """Wait until something holds; AssertionError when it never does."""
    deadline = time.monotonic() + seconds
    while True:
        found = holds()
        if await found if asyncio.iscoroutine(found) else found:
            return
        assert time.monotonic() < deadline, "it never came to hold"
        await asyncio.sleep(0.01)
