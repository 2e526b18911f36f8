"""Full registers: looked into by plate, swept as they end, written as a table.

Each beside the plain way: every sealed plate opened, every row loaded and changed, every row read.
Prints what was measured as JSON.
"""

import argparse
import json
import random
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import uvloop
from sqlalchemy import insert, select, text

from benchmarks.contenders import town
from bot.logs import set_up
from bot.settings import LogFormat
from handlers.registrations.desk_screens import table_of
from handlers.sheet import Table, sheet_file
from models.database import (
    Engine,
    Session,
    Sessions,
    open_engine,
    open_sessions,
    transaction,
    vault_of,
)
from models.outbox.crowd import Push, notify_each
from models.people.queries import person_by_id
from models.people.rules import Role
from models.people.tables import GrantRow, PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.registrations.actions.due import expiry, expiry_all
from models.registrations.notices import Notice, Reminder
from models.registrations.queries import export, search
from models.registrations.rules import NAME, State
from models.registrations.tables import RegistrationKindRow, RegistrationRow
from models.reminders.rules import Lateness
from models.reminders.rules import State as Pending
from models.reminders.tables import ReminderRow
from models.sheets.queries import digest_of
from models.sheets.rules.fields import FieldKind, SheetField, SheetWords, written_fields
from models.sheets.rules.filings import FilingState
from models.sheets.tables import FilingRow, FilingValueRow, SheetRow
from models.vault import SealedCell, Vault
from scheduler.sweep import InSets, sweep

KINDS = 50
STAFF = 1
SEARCHES, SLOW_SEARCHES, TABLES = 200, 3, 5
PLATE = SheetField("plate", FieldKind.PLATE, SheetWords("车牌", "Plate"), sealed=True, indexed=True)
FIELDS = (
    PLATE,
    SheetField("looks", FieldKind.TEXT, SheetWords("样子", "Looks")),
    SheetField("until", FieldKind.DAY, SheetWords("到哪天", "Until")),
)


def plate_of(number: int) -> str:
    """Return a plate that nobody else has."""
    return f"苏{chr(ord('A') + number // 100_000)}{number % 100_000:05d}"


async def build(sessions: Sessions, engine: Engine, count: int, ending: int, now: datetime) -> None:
    """Write a community, its kinds and what is registered; of the last `ending` a reminder is due.

    The rows are those that registering and accepting leave behind.
    """
    today = now.date()
    home = {"kind": "community", "name": "1", "code": "c", "sought": "1", "path": "/1/"}
    people = [
        {"id": n, "telegram_id": n, "name": f"邻居{n}", "language": "zh_Hans", "place_id": 1,
         "created_at": now, "consent_version": "1"} for n in range(1, count // 2 + 2)
    ]  # fmt: skip
    kinds = [
        {"id": n, "state": "open", "code": f"reg_k{n}", "place_id": 1, "title_zh": f"登记{n}",
         "title_en": f"Kind {n}", "prefix": f"K{n}", "until_key": "until", "accepts": "desk",
         "follows": "nothing", "draft": written_fields(FIELDS), "fields_made": 3, "token": str(n),
         "made_at": now} for n in range(1, KINDS + 1)
    ]  # fmt: skip
    sheets = [
        {"id": n, "code": f"reg_k{n}", "version": 1, "subject": NAME, "title_zh": f"登记{n}",
         "title_en": f"Kind {n}", "fields": written_fields(FIELDS), "made_at": now}
        for n in range(1, KINDS + 1)
    ]  # fmt: skip
    async with transaction(sessions) as session:
        await session.execute(insert(PlaceRow), [{"id": 1, **home}])
        await session.execute(insert(PersonRow), people)
        role = {"person_id": STAFF, "role": Role.STAFF, "place_id": 1, "granted_at": now}
        await session.execute(insert(GrantRow), [role])
        await session.execute(insert(SheetRow), sheets)
        await session.execute(insert(RegistrationKindRow), kinds)
        filings, values, rows = [], [], []
        for n in range(1, count + 1):
            kind, holder = 1 + n % KINDS, 2 + n % (count // 2)
            last = today + timedelta(days=30 if n > count - ending else 200)
            filings.append(
                {"id": n, "state": FilingState.FILED, "sheet_id": kind, "subject": NAME,
                 "subject_id": n, "about_id": holder, "by_id": holder, "filed_at": now,
                 "token": str(n)}
            )  # fmt: skip
            where = SealedCell("filing_values", "sealed", 3 * n)
            sealed = vault_of(session).seal(where, plate_of(n))
            digest = digest_of(session, f"reg_k{kind}", PLATE, plate_of(n))
            empty = {"filing_id": n, "plain": None, "sealed": None, "digest": None}
            values += [
                {**empty, "id": 3 * n, "key": "plate", "sealed": sealed, "digest": digest},
                {**empty, "id": 3 * n + 1, "key": "looks", "plain": "白色"},
                {**empty, "id": 3 * n + 2, "key": "until", "plain": last.isoformat()},
            ]
            rows.append(
                {"id": n, "state": State.STANDING, "kind_id": kind, "place_id": 1,
                 "community_id": 1, "number": 1 + n // KINDS, "person_id": holder,
                 "by_id": holder, "begun_at": now, "filed_at": now, "filing_id": n,
                 "valid_until": last}
            )  # fmt: skip
        for table, these in ((FilingRow, filings), (FilingValueRow, values)):
            await session.execute(insert(table), these)
        await session.execute(insert(RegistrationRow), rows)
        due = [
            {"kind": Reminder.EXPIRY, "subject_id": n, "due_at": now - timedelta(minutes=1),
             "lateness": Lateness.SEND_LATE, "state": Pending.PENDING, "dedupe": f"e{n}"}
            for n in range(count - ending + 1, count + 1)
        ]  # fmt: skip
        await session.execute(insert(ReminderRow), due)
    if engine.dialect.name == "postgresql":
        async with engine.begin() as connection:
            await connection.execute(text("ANALYZE"))


async def by_digest(session: Session, reader: Person, number: int) -> list[int]:
    """Look a plate up as Linli does, written as somebody writes it."""
    typed = f"su {plate_of(number)[1:].lower()}"
    return [one.id for one in await search(session, reader, 1 + number % KINDS, typed)]


async def by_opening(session: Session, _reader: Person, number: int) -> list[int]:
    """Open every plate of the kind and compare."""
    kind = 1 + number % KINDS
    found = await session.execute(
        select(FilingValueRow.id, FilingValueRow.sealed, FilingRow.subject_id)
        .join(FilingRow, FilingRow.id == FilingValueRow.filing_id)
        .where(FilingRow.sheet_id == kind, FilingValueRow.key == PLATE.key)
    )
    vault, sought = vault_of(session), plate_of(number)
    return [
        subject_id
        for id_, sealed, subject_id in found.all()
        if sealed and vault.open(SealedCell("filing_values", "sealed", id_), sealed) == sought
    ]


async def written(session: Session, reader: Person, kind: int, now: datetime) -> bytes:
    """Write a kind as a table as Linli does."""
    rows = await export(session, reader, kind, now=now)
    assert isinstance(rows, list), rows
    return sheet_file([table_of(SheetWords("登记", "Kind"), rows)])


async def written_plainly(session: Session, _reader: Person, kind: int, _now: datetime) -> bytes:
    """Read the same rows in one statement each, and write what stands there."""
    rows = (
        await session.scalars(select(RegistrationRow).where(RegistrationRow.kind_id == kind))
    ).all()
    values = await session.scalars(
        select(FilingValueRow).where(FilingValueRow.filing_id.in_([one.filing_id for one in rows]))
    )
    told: dict[int, dict[str, str]] = {}
    for value in values.all():
        told.setdefault(value.filing_id, {})[value.key] = value.plain or ""
    cells = [(f"{one.number}", *told[one.filing_id or 0].values()) for one in rows]
    return sheet_file([Table("登记", ("Number", "Plate", "Looks", "Until"), cells)])


async def swept(sessions: Sessions, now: datetime, ending: int) -> float:
    """Let every reminder that is due do what it does."""
    began = time.perf_counter()
    settled = 0
    while settled < ending:
        done = await sweep(sessions, {Reminder.EXPIRY: InSets(expiry, expiry_all)}, now)
        assert done, "nothing is due"
        settled += done
    return time.perf_counter() - began


async def swept_plainly(sessions: Sessions, now: datetime) -> float:
    """Load what ends soon, change every row, queue every notice, in one transaction."""
    began = time.perf_counter()
    async with transaction(sessions) as session:
        soon = RegistrationRow.valid_until <= (now + timedelta(days=30)).date()
        rows = (await session.scalars(select(RegistrationRow).where(soon))).all()
        for row in rows:
            row.state = State.EXPIRING
        pushes = [Push(row.person_id or 0, row.id) for row in rows]
        await notify_each(session, pushes, kind=Notice.EXPIRES, now=now)
    return time.perf_counter() - began


async def run(options: argparse.Namespace) -> dict[str, Any]:
    """Build the registers once a way of sweeping; look, write and sweep."""
    await town.found(options.database)
    engine = open_engine(options.database)
    sessions = open_sessions(engine, Vault.from_text(Vault.new_key()))
    now, rng = datetime.now(UTC), random.Random(5)
    await build(sessions, engine, options.count, options.ending, now)
    found: dict[str, Any] = {}
    ways = {"digest": (by_digest, SEARCHES), "opening": (by_opening, SLOW_SEARCHES)}
    for name, (look, times) in ways.items():
        numbers = [rng.randint(1, options.count) for _ in range(times)]
        found[name] = [await _timed(sessions, look, n, [n]) for n in numbers]
    for way, write in (("export", written), ("plain_export", written_plainly)):
        found[way] = [
            await _timed(sessions, write, kind, None, now) for kind in range(1, TABLES + 1)
        ]
    found["sweep"] = await swept(sessions, now, options.ending)
    async with transaction(sessions) as session:
        await session.execute(text("UPDATE registrations SET state = 'standing'"))
        await session.execute(text("DELETE FROM outbox"))
    found["plain_sweep"] = await swept_plainly(sessions, now)
    await engine.dispose()
    return found


async def _timed(
    sessions: Sessions,
    does: Callable[..., Awaitable[Any]],
    number: int,
    expected: list[int] | None,
    *more: object,
) -> float:
    async with transaction(sessions) as session:
        reader = await person_by_id(session, STAFF)
        began = time.perf_counter()
        came = await does(session, reader, number, *more)
        seconds = time.perf_counter() - began
    assert expected is None or came == expected, (came, expected)
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", help="not used")
    parser.add_argument("--database", required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--ending", type=int, required=True)
    set_up(LogFormat.TEXT, "WARNING")
    print(json.dumps(uvloop.run(run(parser.parse_args()))))


if __name__ == "__main__":
    main()
