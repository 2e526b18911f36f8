"""`python -m sandbox --port 8081`: the sandbox alone, until interrupted."""

import argparse
import asyncio
import signal
import sys
from contextlib import suppress

import uvloop

from sandbox.people import DEMO_TOKEN
from sandbox.server import serve
from sandbox.world import World


async def run(host: str, port: int, token: str) -> None:
    """Serve a fresh world; one line on standard output tells that it is ready."""
    async with serve(World(token=token), host, port) as url:
        sys.stdout.write(f"sandbox on {url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081, help="0 for any free port")
    parser.add_argument("--token", default=DEMO_TOKEN, help="the bot's token")
    options = parser.parse_args()
    # a shell that starts it in the background has it ignore the interrupt, and it would never end
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with suppress(KeyboardInterrupt):
            uvloop.run(run(options.host, options.port, options.token))
    except (OSError, OverflowError):
        told = f"--port: takes a free port of {options.host}, {options.port} cannot be opened\n"
        sys.stderr.write(told)
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
