"""Backups are whole or not there, and bring back everything but who has left since."""

import asyncio
import signal
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.policy import in_force
from bot.settings import Settings
from models.database import Sessions, open_engine, open_sessions, transaction
from models.keeping import erasures
from models.keeping.archive import unpack
from models.keeping.backup import Keeper, back_up, restore, verify
from models.keeping.manifest import BackupError
from models.leaving.actions import leave
from models.outages.actions import hear
from models.people.actions.personal import seal
from models.people.queries import person_by_id
from models.people.rules import Field, Leaving, Role
from models.people.tables import PersonalRow, PersonRow
from models.vault import Vault
from tests.town import Town

PHONE = "13812345678"


@pytest.fixture
def keeper(database_url: str, vault: Vault, tmp_path: Path) -> Keeper:
    return Keeper(
        database_url, vault, tmp_path / "erasures.log", in_force(Settings(_env_file=None))
    )


@pytest.fixture
async def people(town: Town) -> list[int]:
    """Two residents with a phone, and an admin."""
    found = [(await town.settle(number)).id for number in (1, 2)]
    async with transaction(town.sessions) as session:
        for number in found:
            await seal(session, number, Field.PHONE, PHONE, town.now)
    return [*found, (await town.settle(3, "b3", (Role.ADMIN, "street"))).id]


async def names(sessions: Sessions) -> dict[int, str]:
    async with transaction(sessions) as session:
        rows = await session.execute(select(PersonRow.id, PersonRow.name))
        return {row.id: row.name for row in rows}


def beside(folder: Path, start: str) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(start)]


async def goes(town: Town, person_id: int) -> None:
    async with transaction(town.sessions) as session:
        person = await person_by_id(session, person_id)
        assert person is not None
        assert await leave(session, person, now=town.now + timedelta(days=1)) is Leaving.LEFT


async def brought_back(town: Town, keeper: Keeper, file: Path) -> tuple[list[int], dict[int, str]]:
    """Restore in the place of what is there, and read it through an engine of its own."""
    bind = town.sessions.kw["bind"]
    await bind.dispose()
    bound = await restore(keeper, file, town.now, replace=True)
    engine = open_engine(keeper.url)
    found = await names(open_sessions(engine, keeper.vault))
    await engine.dispose()
    return bound, found


async def test_a_backup_brings_back_what_was_there(
    town: Town, people: list[int], keeper: Keeper, tmp_path: Path
) -> None:
    file = tmp_path / "linli.backup"
    manifest = await back_up(keeper, file, town.now)
    assert manifest.rows["people"] == 3
    assert file.stat().st_mode & 0o777 == 0o600
    assert await verify(keeper, file) == manifest
    before = await names(town.sessions)
    await town.settle(9)
    bound, after = await brought_back(town, keeper, file)
    assert (bound, after) == ([], before)
    assert not beside(tmp_path, ".")


async def test_what_came_since_it_was_made_is_not_told_as_lost(
    town: Town, keeper: Keeper, people: list[int], tmp_path: Path
) -> None:
    """It had reached us: an old copy says nothing of Telegram."""
    file, now = tmp_path / "linli.backup", town.now
    async with transaction(town.sessions) as session:
        await hear(session, now - timedelta(days=9), interrupted=True)
    await back_up(keeper, file, now)
    await brought_back(town, keeper, file)
    engine = open_engine(keeper.url)
    async with transaction(open_sessions(engine, keeper.vault)) as session:
        assert await hear(session, now + timedelta(hours=1), interrupted=True) is None
        later = await hear(session, now + timedelta(hours=30), interrupted=True)
    await engine.dispose()
    assert later is not None
    assert people


async def test_the_key_and_what_is_sealed_lie_nowhere_in_it(
    town: Town, people: list[int], keeper: Keeper, tmp_path: Path
) -> None:
    file = tmp_path / "linli.backup"
    await back_up(keeper, file, town.now)
    unpack(file, tmp_path / "unpacked")
    for key in keeper.vault._keys:
        assert key._key not in (tmp_path / "unpacked").read_bytes()
        assert key._key not in file.read_bytes()
    assert PHONE.encode() not in file.read_bytes()


async def test_who_has_left_since_stays_erased(
    town: Town, people: list[int], keeper: Keeper, tmp_path: Path
) -> None:
    file = tmp_path / "linli.backup"
    await back_up(keeper, file, town.now)
    gone, stays, _ = people
    await goes(town, gone)
    assert await erasures.write_down(town.sessions, keeper.erasures) == 1
    assert await erasures.write_down(town.sessions, keeper.erasures) == 0
    bound, found = await brought_back(town, keeper, file)
    assert bound == []
    assert found[gone] == ""
    assert found[stays] == "Person 2"
    async with transaction(town.sessions) as session:
        fields = await session.scalars(select(PersonalRow.person_id))
        assert list(fields) == [stays]
        accounts = select(func.count()).where(PersonRow.telegram_id == 1)
        assert await session.scalar(accounts) == 0
    told = keeper.erasures.read_text()
    assert "Person" not in told
    assert keeper.erasures.stat().st_mode & 0o777 == 0o600


async def test_the_last_admin_of_that_time_stays_erased_too(
    town: Town, people: list[int], keeper: Keeper, tmp_path: Path
) -> None:
    file = tmp_path / "linli.backup"
    await back_up(keeper, file, town.now)
    await town.settle(4, "b3", (Role.ADMIN, "street"))
    await goes(town, people[2])
    await erasures.write_down(town.sessions, keeper.erasures)
    bound, found = await brought_back(town, keeper, file)
    assert bound == [people[2]]
    assert found[people[2]] == ""


async def test_a_list_that_broke_off_is_gone_on_with(
    town: Town, people: list[int], keeper: Keeper
) -> None:
    await goes(town, people[0])
    await erasures.write_down(town.sessions, keeper.erasures)
    whole = keeper.erasures.read_bytes()
    for length in range(len(whole)):
        keeper.erasures.write_bytes(whole[:length])
        wrote = await erasures.write_down(town.sessions, keeper.erasures)
        assert wrote == (0 if erasures.LINE.fullmatch(whole[:length].decode()) else 1)
        assert len(erasures.read(keeper.erasures)) == 1


async def test_a_number_given_again_is_somebody_else(
    town: Town, people: list[int], keeper: Keeper
) -> None:
    await goes(town, people[0])
    await erasures.write_down(town.sessions, keeper.erasures)
    async with transaction(town.sessions) as session:
        row = await session.get_one(PersonRow, people[0])
        row.left_at, row.created_at, row.name = None, town.now + timedelta(days=2), "Another"
    assert await erasures.apply(town.sessions, keeper.erasures, town.now) == []
    assert (await names(town.sessions))[people[0]] == "Another"


async def test_what_is_there_is_not_overwritten_unasked(
    town: Town, people: list[int], keeper: Keeper, tmp_path: Path
) -> None:
    file = tmp_path / "linli.backup"
    await back_up(keeper, file, town.now)
    before = await names(town.sessions)
    await town.sessions.kw["bind"].dispose()
    with pytest.raises(BackupError, match="not empty"):
        await restore(keeper, file, town.now, replace=False)
    assert await names(town.sessions) == before


async def test_another_key_is_named_and_changes_nothing(
    town: Town, people: list[int], keeper: Keeper, tmp_path: Path
) -> None:
    file = tmp_path / "linli.backup"
    await back_up(keeper, file, town.now)
    other = Keeper(keeper.url, Vault.from_text(Vault.new_key()), keeper.erasures)
    for attempt in (verify(other, file), restore(other, file, town.now, replace=True)):
        with pytest.raises(BackupError, match="another key"):
            await attempt
    assert len(await names(town.sessions)) == 3


async def test_a_value_that_does_not_open_is_found(
    town: Town, people: list[int], keeper: Keeper, tmp_path: Path
) -> None:
    async with transaction(town.sessions) as session:
        row = await session.get_one(PersonalRow, (people[0], "phone"))
        row.sealed = row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])
    file = tmp_path / "linli.backup"
    await back_up(keeper, file, town.now)
    with pytest.raises(BackupError, match=r"personal_fields\.sealed"):
        await verify(keeper, file)


async def test_a_backup_of_a_later_version_waits_for_it(
    town: Town, keeper: Keeper, tmp_path: Path
) -> None:
    file = tmp_path / "linli.backup"
    async with transaction(town.sessions) as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await back_up(keeper, file, town.now)
    with pytest.raises(BackupError, match="later version"):
        await restore(keeper, file, town.now, replace=True)


async def test_a_torn_or_changed_file_is_no_backup(
    town: Town, people: list[int], keeper: Keeper, tmp_path: Path
) -> None:
    file = tmp_path / "linli.backup"
    await back_up(keeper, file, town.now)
    whole = file.read_bytes()
    for length in (0, 1, 511, 512, 700, 1024, 5000, len(whole) // 2, len(whole) - 11_000):
        file.write_bytes(whole[:length])
        with pytest.raises(BackupError):
            await restore(keeper, file, town.now, replace=True)
    for place in (600, len(whole) // 3, len(whole) // 2):
        changed = bytearray(whole)
        changed[place] ^= 1
        file.write_bytes(changed)
        with pytest.raises(BackupError):
            await verify(keeper, file)
    assert len(await names(town.sessions)) == 3


async def test_it_is_consistent_while_others_write(
    town: Town, people: list[int], keeper: Keeper, tmp_path: Path
) -> None:
    done = asyncio.Event()

    async def write() -> None:
        number = 100
        while not done.is_set():
            await town.settle(number)
            number += 1
            await asyncio.sleep(0)  # with SQLite nothing else lets the loop turn

    writing = asyncio.create_task(write())
    file = tmp_path / "linli.backup"
    for _ in range(2):
        await back_up(keeper, file, town.now)
        await verify(keeper, file)
    done.set()
    await writing


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_backup_killed_at_any_time_leaves_the_older_one(
    town: Town, people: list[int], keeper: Keeper, tmp_path: Path
) -> None:
    file = tmp_path / "linli.backup"
    await back_up(keeper, file, town.now)
    whole = file.read_bytes()
    program = (
        "import os, signal, sys\n"
        "from models.keeping import archive\n"
        "from pathlib import Path\n"
        "archive.settle = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "m = archive.read_manifest(Path(sys.argv[1]))\n"
        "archive.pack(Path(sys.argv[1]), m, Path(sys.argv[2]))\n"
    )
    unpack(file, tmp_path / "unpacked")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, str(file), str(tmp_path / "unpacked")
    )
    assert await process.wait() == -signal.SIGKILL
    assert file.read_bytes() == whole
    assert beside(tmp_path, f".{file.name}")
    await verify(keeper, file)
