"""The audit book is a chain: whoever changes it without the key is found, and the line is named."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text

from bot.doctor import Health, book
from bot.settings import Settings
from models.audit.actions import record
from models.audit.chain import Checked, check, link_new
from models.audit.rules import AuditAct
from models.audit.tables import AuditKeyRow, AuditLinkRow, AuditRow
from models.database import Session, Sessions, is_postgresql, open_sessions, transaction
from models.leaving.actions import leave
from models.vault import Vault
from tests.town import Town


async def written(town: Town, lines: int = 5, first: int = 0) -> None:
    async with transaction(town.sessions) as session:
        for number in range(first, first + lines):
            await record(
                session, AuditAct.LOOKED, now=town.now, actor_id=None, subject="person",
                subject_id=number, detail={"fields": ["phone"]},
            )  # fmt: skip


async def tied(town: Town, sessions: Sessions | None = None) -> None:
    async with transaction(sessions or town.sessions) as session:
        await link_new(session, town.now)


async def found(town: Town) -> Checked:
    async with transaction(town.sessions) as session:
        return await check(session)


async def forge(session: Session, statement: Any, **values: Any) -> None:
    """Change what the database guards, as whoever owns it can."""
    if is_postgresql(session):
        await session.execute(text("SET LOCAL session_replication_role = replica"))
    else:
        names = await session.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit%'")
        )
        for name in names:
            await session.execute(text(f"DROP TRIGGER {name}"))
    await session.execute(text(statement) if isinstance(statement, str) else statement, values)


async def test_lines_are_tied_and_those_to_come_wait(town: Town) -> None:
    assert (await found(town)).since is None
    await written(town)
    await tied(town)
    await written(town, 2, first=5)
    now = await found(town)
    assert (now.links, now.waiting, now.broken) == (5, 2, None)
    await tied(town)
    await tied(town)
    now = await found(town)
    assert (now.links, now.waiting, now.broken) == (7, 0, None)


FORGERIES = {
    "UPDATE audit SET actor_id = NULL, act = 'denied' WHERE id = 3": "line 3 is not as it was tied",
    'UPDATE audit SET detail = \'{"fields": ["door"]}\' WHERE id = 4': "line 4 is not as it was",
    "UPDATE audit SET seal = 'x' WHERE id = 2": "line 2 is not as it was tied",
    "DELETE FROM audit WHERE id = 3": "line 3 is missing",
    "DELETE FROM audit_links WHERE line_id = 3": "before line 4 a link is missing",
    "UPDATE audit_links SET digest = 'x' WHERE line_id = 5": "line 5 is not as it was tied",
    "DELETE FROM audit_keys": "the key of the chain is gone",
}


@pytest.mark.parametrize("statement", FORGERIES)
async def test_a_forged_book_names_its_first_broken_line(town: Town, statement: str) -> None:
    await written(town)
    await tied(town)
    await written(town, 2, first=5)
    async with transaction(town.sessions) as session:
        await forge(session, statement)
    broken = (await found(town)).broken
    assert broken is not None
    assert FORGERIES[statement] in broken


async def test_a_line_of_whoever_has_no_key_is_named_before_and_after_it_is_tied(
    town: Town,
) -> None:
    await written(town)
    await tied(town)
    other = open_sessions(town.sessions.kw["bind"], Vault.from_text(Vault.new_key()))
    async with transaction(other) as session:
        await record(
            session, AuditAct.GRANTED, now=town.now, actor_id=None, subject="grant", subject_id=1
        )
    before = (await found(town)).broken
    await tied(town)
    for broken in (before, (await found(town)).broken):
        assert broken is not None
        assert "written by something without the key" in broken


async def test_a_line_copied_with_its_seal_is_named(town: Town) -> None:
    await written(town)
    await tied(town)
    async with transaction(town.sessions) as session:
        columns = [column for column in AuditRow.__table__.columns if column.name != "id"]
        line = (await session.execute(select(*columns).limit(1))).mappings().one()
        await session.execute(insert(AuditRow).values(**line))
    for _ in range(2):
        broken = (await found(town)).broken
        assert broken is not None
        assert "a copy of another" in broken
        await tied(town)


async def test_lines_of_before_there_were_seals_are_chained_as_they_stand(town: Town) -> None:
    async with transaction(town.sessions) as session:
        for number in range(3):
            line = {"at": town.now, "act": "left", "subject": "person", "subject_id": number}
            await session.execute(insert(AuditRow).values(**line))
    await written(town, 2)
    await tied(town)
    now = await found(town)
    assert (now.links, now.broken) == (5, None)


async def test_leaving_breaks_no_chain(town: Town) -> None:
    ann = await town.settle(1)
    await tied(town)
    async with transaction(town.sessions) as session:
        await leave(session, ann, now=town.now)
    assert (await found(town)).broken is None
    await tied(town)
    now = await found(town)
    assert (now.waiting, now.broken) == (0, None)


async def test_turns_and_sweeps_at_once_tie_each_line_once(town: Town) -> None:
    async def turns(start: int) -> None:
        for number in range(10):
            await written(town, 2, first=start + number)
            await asyncio.sleep(0)

    async def sweeps() -> None:
        for _ in range(10):
            await tied(town)
            await asyncio.sleep(0)

    await asyncio.gather(turns(0), turns(100), turns(200), sweeps(), sweeps())
    await tied(town)
    now = await found(town)
    assert (now.links, now.waiting, now.broken) == (60, 0, None)
    async with transaction(town.sessions) as session:
        assert await session.scalar(select(func.count(AuditLinkRow.id))) == 60
        assert await session.scalar(select(func.count(AuditKeyRow.id))) == 1


async def test_the_doctor_names_the_broken_line(
    town: Town, database_url: str, tmp_path: Path
) -> None:
    key = Vault.new_key()
    own = open_sessions(town.sessions.kw["bind"], Vault.from_text(key))
    await written(Town(own, town.now, town.places))
    await tied(town, own)
    settings = Settings(_env_file=None, database_url=database_url, encryption_key=key)
    assert (await book(settings)).health is Health.FINE
    async with transaction(own) as session:
        newest = await session.scalar(select(func.max(AuditRow.id)))
        await forge(session, "UPDATE audit SET act = 'left' WHERE id = :id", id=newest)
    said = await book(settings)
    assert said.health is Health.BAD
    assert f"line {newest} is not as it was tied" in said.told
