"""One of many webhook workers, `python -m tests.crash.worker <order>`, until SIGTERM."""

import bot.lean  # noqa: F401 - before anything imports aiogram

# isort: split

import json
import sys

from tests.crash.child import live

if __name__ == "__main__":
    order = {"mode": "webhook", "point": None, **json.loads(sys.argv[1])}
    live(order)
