"""`python -m benchmarks.server.unruly`: the sandbox with a crowd, faults on demand and limits kept.

It refuses what comes too soon, breaks, dawdles and leaves some answers unsaid, by a seed of its
own; one reader in twenty has blocked the bot, or is gone. What arrived is read from the sandbox's
own `/sandbox/…`.
"""

import argparse
import asyncio

import uvloop

from benchmarks.contenders import AUTHOR, FIRST_READER, TOKEN
from sandbox.faults import Fault
from sandbox.people import Phone
from sandbox.server import serve
from sandbox.world import World

SEED = 5
GONE_EVERY = 20
SEND = "sendMessage"


def gone(people: int) -> list[int]:
    """List the readers whom nothing reaches."""
    return list(range(FIRST_READER + 7, FIRST_READER + people, GONE_EVERY))


def unruly(people: int) -> World:
    """Make a world of so many readers that misbehaves."""
    phones = tuple(Phone(FIRST_READER + number, "居民") for number in range(people))
    phones += (Phone(AUTHOR, "社工"),)
    world = World(phones, TOKEN, seed=SEED, started=True)
    for number, reader in enumerate(gone(people)):
        chat = world.person(reader).chat
        chat.blocked, chat.deactivated = number % 2 == 0, number % 2 == 1
    for fault in (
        Fault("delay", SEND, times=None, probability=0.3, seconds=0.05),
        Fault("too_many_requests", SEND, times=None, probability=0.01),
        Fault("server_error", SEND, times=None, probability=0.02),
        Fault("drop_answer", SEND, times=None, probability=0.02),
    ):
        world.faults.add(fault)
    world.limits.rules.enforced = True
    return world


async def run(people: int) -> None:
    """Serve; the one line on standard output is the base URL."""
    async with serve(unruly(people)) as url:
        print(url, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, required=True)
    uvloop.run(run(parser.parse_args().people))
