"""Starts bots quickly: the imports are paid for once, then each is a fork of this process.

Reads one order a line (JSON); answers with the bot's process id, and with "ended" once it has.
"""

import bot.lean

# isort: split

import gc
import json
import os
import sys
from importlib import import_module
from typing import Any

from tests.crash import broadcaster, child, sweeper, watcher

LATE = ("aiohttp_socks", "apscheduler.executors.asyncio", "asyncpg", "uvicorn.lifespan.on")
"""What a bot imports only once it needs it."""

ROLES = {
    "bot": child.live,
    "broadcaster": broadcaster.live,
    "sweeper": sweeper.live,
    "watcher": watcher.live,
}


def say(what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> None:
    for name in LATE:
        import_module(name)
    bot.lean.build_common()
    gc.freeze()
    say("ready")
    for line in sys.stdin:
        order = json.loads(line)
        number = os.fork()
        if number == 0:
            ROLES[order.get("role", "bot")](order)
            os._exit(0)
        say(number)
        _, status = os.waitpid(number, 0)
        say({"signal": os.WTERMSIG(status), "code": status >> 8})


if __name__ == "__main__":
    main()
