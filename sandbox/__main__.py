"""`python -m sandbox --port 8081`: the sandbox alone, until interrupted."""

import argparse
import asyncio

from sandbox.people import DEMO_TOKEN
from sandbox.server import serve
from sandbox.world import World


async def run(host: str, port: int, token: str) -> None:
    async with serve(World(token=token), host, port) as url:
        print(f"sandbox on {url}, bot token {token}", flush=True)
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=DEMO_TOKEN)
    options = parser.parse_args()
    try:
        asyncio.run(run(options.host, options.port, options.token))
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
