"""The running bot writes down who has left once it is committed, and erases who came back."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.erasing import EraseKeeper
from models.database import open_sessions, transaction
from models.keeping import erasures
from models.leaving.actions import ON_LEFT, leave
from models.people.queries import person_by_id
from models.people.tables import PersonRow
from models.vault import Vault
from tests.town import Town
from tests.waiting import until


async def test_who_leaves_is_written_down_once_it_is_committed(
    town: Town, vault: Vault, tmp_path: Path
) -> None:
    people = [await town.settle(number) for number in (1, 2)]
    path = tmp_path / "erasures.log"
    keeper = EraseKeeper(path, lambda: town.now)
    sessions = open_sessions(town.sessions.kw["bind"], vault, **{ON_LEFT: keeper.wake})
    running = asyncio.create_task(keeper.run(sessions))
    await asyncio.sleep(0)
    session = sessions()
    await leave(session, people[0], now=town.now)
    await session.rollback()
    await session.close()
    async with transaction(sessions) as session:
        await leave(session, people[1], now=town.now)
    await until(lambda: len(erasures.read(path)) == 1)
    keeper.stop()
    await running
    assert len(erasures.read(path)) == 1


async def test_who_came_back_by_whatever_way_is_erased_at_the_start(
    town: Town, tmp_path: Path
) -> None:
    ann = await town.settle(1)
    path = tmp_path / "erasures.log"
    async with transaction(town.sessions) as session:
        await leave(session, ann, now=town.now)
    await erasures.write_down(town.sessions, path)
    async with transaction(town.sessions) as session:
        row = await session.get_one(PersonRow, ann.id)
        row.name, row.telegram_id, row.left_at = "Ann", 1, None
    later = town.now + timedelta(days=1)
    keepers = [EraseKeeper(path, lambda: later) for _ in range(3)]
    await asyncio.gather(*(keeper.erase_again(town.sessions) for keeper in keepers))
    async with transaction(town.sessions) as session:
        assert await person_by_id(session, ann.id) is None
        row = await session.get_one(PersonRow, ann.id)
        assert (row.name, row.telegram_id, row.left_at) == ("", None, later)
