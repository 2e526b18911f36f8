"""A new key: everything is sealed anew, no column is forgotten, and the bot goes on meanwhile."""

import ast
import asyncio
from base64 import urlsafe_b64encode
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.keeping import rotate
from bot.keys import FileVault, begin_new_key, drop_older_key, key_file, open_vault
from bot.settings import Settings, SettingsError
from models.audit.chain import check, link_new
from models.conversations.tables import ConversationRow
from models.database import Sessions, open_engine, open_sessions, transaction
from models.help.actions.searching import phone_digests
from models.keeping.backup import Keeper, back_up, verify
from models.keeping.manifest import BackupError
from models.keeping.rotation import seal_anew, under_older
from models.keeping.sealed import OPEN_BYTES, sealed_columns
from models.people.actions.personal import seal
from models.people.rules import Field
from models.people.tables import PersonalRow
from models.schema import metadata
from models.vault import SealedCell, SealError, Vault
from models.votes.actions.sealing import households, new_slip, open_slip, open_urn, seal_urn
from models.votes.rules.counting import VoteTally
from models.votes.rules.notices import VoteChoice
from tests.town import Town

OLD, NEW = Vault.new_key(), Vault.new_key()
PHONE = "13812345678"
ROOT = Path(__file__).parents[2]


def under(town: Town, *keys: str) -> Sessions:
    return open_sessions(town.sessions.kw["bind"], Vault.from_text(*keys))


async def fill(town: Town, sessions: Sessions, people: int = 3) -> None:
    """Seal phones, a form that is being filled in, and the key of the chain."""
    own = town.moved_to(sessions)
    for number in range(1, people + 1):
        person = await own.settle(number)
        async with transaction(sessions) as session:
            await seal(session, person.id, Field.PHONE, PHONE, town.now)
            await seal(session, person.id, Field.DOOR, f"{number}-101", town.now)
    async with transaction(sessions) as session:
        await link_new(session, town.now)
        cell = SealedCell("conversations", "phone", "token")
        kept = urlsafe_b64encode(session.info["vault"].seal(cell, '"139"')).decode()
        value = {"~": "sealed", "text": kept}
        run = {"token": "token", "answers": {"phone": {"value": value}}}
        row = {"key": "k", "state": "form", "data": {"form": run}, "updated_at": town.now}
        await session.execute(insert(ConversationRow).values(**row))


async def test_all_is_sealed_anew_and_the_old_key_opens_nothing(town: Town) -> None:
    await fill(town, under(town, OLD))
    both = under(town, NEW, OLD)
    left = await under_older(both)
    assert left == {"audit_keys.sealed": 1, "personal_fields.sealed": 6, "conversations.data": 1}
    assert await seal_anew(both, town.now) == 8
    assert await under_older(both) == {}
    assert await seal_anew(both, town.now) == 0
    new = Vault.from_text(NEW)
    async with transaction(under(town, NEW)) as session:
        for row in await session.scalars(select(PersonalRow)):
            cell = SealedCell("personal_fields", row.field, row.person_id)
            assert new.open(cell, row.sealed)
            with pytest.raises(SealError):
                Vault.from_text(OLD).open(cell, row.sealed)
            if row.field == Field.PHONE:
                assert [row.digest] == phone_digests(session, PHONE)
        assert (await check(session)).broken is None


async def test_it_goes_on_after_it_broke_off_and_beside_who_writes(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(town, under(town, OLD), people=12)
    monkeypatch.setattr("models.keeping.rotation.AT_A_TIME", 5)
    both = under(town, NEW, OLD)
    running = asyncio.create_task(seal_anew(both, town.now))
    await asyncio.sleep(0)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    async def write() -> None:
        for number in range(100, 110):
            person = await town.moved_to(both).settle(number)
            async with transaction(both) as session:
                await seal(session, person.id, Field.PHONE, PHONE, town.now)
            await asyncio.sleep(0)

    await asyncio.gather(write(), seal_anew(both, town.now))
    assert await under_older(both) == {}


async def test_a_value_that_no_key_opens_is_left_alone(town: Town) -> None:
    await fill(town, under(town, OLD), people=1)
    async with transaction(town.sessions) as session:
        await session.execute(
            update(PersonalRow).where(PersonalRow.field == "door").values(sealed=b"\x01" * 60)
        )
    both = under(town, NEW, OLD)
    assert await seal_anew(both, town.now) == 3
    assert await under_older(both) == {}


def test_what_a_vote_seals_opens_under_both_keys() -> None:
    old, both = Vault.from_text(OLD), Vault.from_text(NEW, OLD)
    tally = VoteTally(yes=2, no=1)
    assert open_urn(both, 1, seal_urn(old, 1, tally)) == tally
    slip = new_slip(old, 1, "h:x", VoteChoice.YES)
    assert open_slip(both, 1, "h:x", slip.text) is VoteChoice.YES
    assert households(old, 1, 2, "3")[0] in households(both, 1, 2, "3")
    with pytest.raises(SealError):
        open_urn(both.present_alone(), 1, seal_urn(old, 1, tally))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_running_bot_follows_its_key_file(
    town: Town, database_url: str, tmp_path: Path
) -> None:
    settings = Settings(_env_file=None, database_url=database_url)
    running = open_sessions(town.sessions.kw["bind"], open_vault(settings))
    path = key_file(settings)
    assert path is not None
    before = path.read_text()
    await fill(town, running)
    url = Keeper(database_url, open_vault(settings), tmp_path / "erasures.log")
    await back_up(url, tmp_path / "old.backup", town.now)
    told = await rotate(settings)
    assert "8 values" in told[0]
    assert path.read_text() != before
    assert len(path.read_text().split()) == 1
    async with transaction(running) as session:
        vault = session.info["vault"]
        for row in await session.scalars(select(PersonalRow)):
            assert vault.is_present(
                SealedCell("personal_fields", row.field, row.person_id), row.sealed
            )
    with pytest.raises(BackupError, match="another key"):
        await verify(
            Keeper(database_url, open_vault(settings), url.erasures), tmp_path / "old.backup"
        )
    both = Vault.from_text(path.read_text(), before)
    await verify(Keeper(database_url, both, url.erasures), tmp_path / "old.backup")


async def test_without_the_older_key_it_is_said_what_to_do(town: Town, database_url: str) -> None:
    settings = Settings(_env_file=None, database_url=database_url, encryption_key=NEW)
    with pytest.raises(SettingsError, match="ENCRYPTION_KEY_OLD"):
        await rotate(settings)


def test_a_key_file_is_whole_whenever_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "encryption.key"
    path.write_text(OLD)
    vault, cell = FileVault(path), SealedCell("t", "c", 1)
    kept = vault.seal(cell, "door 3")
    begin_new_key(path)
    begin_new_key(path)
    new, old = path.read_text().split()
    assert old == OLD
    assert vault.open(cell, kept) == "door 3"
    assert not vault.is_present(cell, kept)
    path.write_text("")
    assert vault.open(cell, kept) == "door 3"
    path.write_text(f"{new}\n{old}")
    drop_older_key(path)
    assert path.read_text() == new
    with pytest.raises(SealError):
        vault.open(cell, kept)
    assert path.stat().st_mode & 0o777 == 0o600


def sealed_by_use() -> set[str]:
    """Name every column that the code seals or opens, by the calls in it."""
    named: set[str] = set()
    for path in [*ROOT.glob("models/**/*.py"), *ROOT.glob("handlers/**/*.py")]:
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                place = {"sealed": 2, "opened": 2, "SealedCell": 1}.get(call.func.id)
                if place is not None and len(call.args) > place:
                    argument = call.args[place]
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        named.add(argument.value)
    return named


def test_no_sealed_column_is_forgotten() -> None:
    known = {place.column.name for place in sealed_columns()}
    assert sealed_by_use() >= {"sealed", "words", "reasons"}
    assert sealed_by_use() <= known
    assert {name for name, _ in OPEN_BYTES} == {"made_files"}


async def test_every_sealed_column_is_sealed_anew(now: datetime, tmp_path: Path) -> None:
    """Write one value into each column of the schema, whatever else its row needs."""
    engine = open_engine(f"sqlite:///{tmp_path / 'all.sqlite3'}")
    sessions = open_sessions(engine, Vault.from_text(NEW, OLD))
    async with engine.begin() as connection:
        await connection.run_sync(metadata().create_all)
    for place in sealed_columns():
        if place.name == "audit_keys.sealed":
            continue  # made by the chain itself: the tests above
        needed = [one for one in place.table.columns if one.primary_key or not one.nullable]
        row: dict[str, Any] = {one.name: some(one.type.python_type, now) for one in needed}
        row[place.column.name] = Vault.from_text(OLD).seal(place.cell(row), "words")
        async with engine.connect() as connection:
            raw = (await connection.get_raw_connection()).driver_connection
            assert raw is not None
            for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON"):
                raw.execute(f"PRAGMA {pragma}")
            await connection.execute(place.table.delete())
            await connection.execute(place.table.insert().values(**row))
            await connection.commit()
        assert (await under_older(sessions)).get(place.name) == 1, place.name
        await seal_anew(sessions, now)
        assert place.name not in await under_older(sessions)
    await engine.dispose()


def some(kind: type, now: datetime) -> Any:
    values = {
        int: 1, str: "a", bool: False, bytes: b"", datetime: now,
        date: now.date(), time: now.time(), dict: {}, list: [],
    }  # fmt: skip
    return values.get(kind, now)
