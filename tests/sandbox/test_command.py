"""`python -m sandbox`: a process of its own."""

import asyncio
import signal
import sys

import aiohttp

from sandbox.people import DEMO_TOKEN


async def test_the_sandbox_runs_alone() -> None:
    """Each wait ends by the child itself: by what it says or by its end, whenever that is."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout
        line = (await process.stdout.readline()).decode()
        assert line, f"it ended with {await process.wait()} before it served"
        url = line.split()[-1]
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{url}/bot{DEMO_TOKEN}/getMe") as answer,
        ):
            assert (await answer.json())["result"]["id"] == 7000001
        process.send_signal(signal.SIGINT)
        assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
