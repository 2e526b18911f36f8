"""`python -m sandbox`: a process of its own."""

import asyncio
import signal
import sys

import aiohttp

from sandbox.people import DEMO_TOKEN


async def test_the_sandbox_runs_alone() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout
        async with asyncio.timeout(30):
            line = (await process.stdout.readline()).decode()
        url = line.split()[-1]
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{url}/bot{DEMO_TOKEN}/getMe") as answer,
        ):
            assert (await answer.json())["result"]["id"] == 7000001
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(10):
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
