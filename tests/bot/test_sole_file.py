"""One process a SQLite file, by whichever name it is opened, and however the first one ended."""

import asyncio
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from bot.serve import run
from bot.settings import Settings, SettingsError
from models import sole
from models.sole import TakenError, sole_process
from models.vault import Vault


@pytest.mark.parametrize(
    "way", ["the same path", "a link to the file", "a link to the folder", "..", "relative"]
)
async def test_every_way_to_one_file_is_the_same_file(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sole, "WAIT_SECONDS", 0.1)
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data"
    folder.mkdir()
    path = folder / "linli.sqlite3"
    path.touch()
    (tmp_path / "link.sqlite3").symlink_to(path)
    (tmp_path / "folder").symlink_to(folder)
    ways = {
        "the same path": str(path),
        "a link to the file": str(tmp_path / "link.sqlite3"),
        "a link to the folder": str(tmp_path / "folder" / "linli.sqlite3"),
        "..": str(folder / ".." / "data" / "linli.sqlite3"),
        "relative": "data/linli.sqlite3",
    }
    async with sole_process(f"sqlite:///{path}", asyncio.Event()):
        with pytest.raises(TakenError) as error:
            async with sole_process(f"sqlite:///{ways[way]}", asyncio.Event()):
                pytest.fail("two at work")
    assert str(error.value) == ways[way]


HOLDS = """
import asyncio, sys
from models.sole import sole_process

async def hold():
    async with sole_process(sys.argv[1], asyncio.Event()):
        print("held", flush=True)
        await asyncio.Event().wait()

asyncio.run(hold())
"""


async def test_a_killed_process_leaves_the_file_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sole, "WAIT_SECONDS", 0.1)
    url = f"sqlite:///{tmp_path / 'linli.sqlite3'}"
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDS, url, stdout=asyncio.subprocess.PIPE
    )
    assert other.stdout is not None
    assert await other.stdout.readline() == b"held\n"
    with pytest.raises(TakenError):
        async with sole_process(url, asyncio.Event()):
            pytest.fail("two at work")
    other.kill()
    await other.wait()
    async with sole_process(url, asyncio.Event()):
        assert (tmp_path / "linli.sqlite3.lock").exists()


async def test_the_next_waits_for_one_that_stops_and_is_refused_by_one_that_serves(
    tmp_path: Path,
) -> None:
    url, told, order = f"sqlite:///{tmp_path / 'linli.sqlite3'}", asyncio.Event(), []
    serving = sole._serving(str(tmp_path / "linli.sqlite3"))

    async def comes_next() -> None:
        async with sole_process(url, asyncio.Event()):
            order.append("the next works")

    async with sole_process(url, told):
        with pytest.raises(TakenError):  # at once, not after all that is waited for who stops
            await comes_next()
        told.set()
        await asyncio.to_thread(_until_free, serving)
        coming = asyncio.create_task(comes_next())
        for _ in range(50):  # far more turns than the next would need, were it let in
            await asyncio.to_thread(serving.encode)
        order.append("the first has ended")
    await coming
    assert order == ["the first has ended", "the next works"]


def _until_free(path: str) -> None:
    with FileLock(path, timeout=60):
        pass


async def test_a_second_process_is_refused_before_it_migrates_or_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sole, "WAIT_SECONDS", 0.1)
    url = f"sqlite:///{tmp_path / 'linli.sqlite3'}"
    settings = Settings(
        _env_file=None,
        bot_token="7000001:AAFake_Token_for_a_start_0123456789",
        telegram_api_url="http://127.0.0.1:9",
        database_url=url,
        encryption_key=Vault.new_key(),
    )
    async with sole_process(url, asyncio.Event()):
        with pytest.raises(SettingsError, match=r"DATABASE_URL: .*is taken"):
            await run(settings, asyncio.Event())
    assert not (tmp_path / "linli.sqlite3").exists()
