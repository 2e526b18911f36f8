"""A database in which every growing table is long, and most of what it holds is over.

PostgreSQL makes the rows itself, one statement a table, by their number alone: they make no sense,
but are as many, as different and as much over as after years, which is all that its planner knows.
No table is longer than what `ANALYZE` reads of one (300 rows for each of the 100 of
`default_statistics_target`), so that it counts the same in every run.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    insert,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from models.base import Instant
from models.database import Engine
from models.schema import metadata

STREETS, COMMUNITIES, GRIDS, BUILDINGS = 4, 10, 5, 20
PEOPLE = 10_000
ROWS = 20_000
"""Of every table that is not in SMALL, and of which nothing else bounds the rows."""

SMALL = {
    "admin_codes": "one a new house",
    "audit_keys": "one when the key of the house is changed",
    "callups": "a few a year and a community",
    "callup_parts": "a few a day of a call-up",
    "canned_reasons": "a few a community",
    "care_festivals": "a few a year and a community",
    "care_ledgers": "one a year and a community",
    "care_surveys": "one a year and a community",
    "conversations": "one for each who is in the middle of something",
    "day_check_counts": "a few a month and a community",
    "desk_hours": "one a place",
    "duty": "seven a place",
    "failed_updates": "what broke, until somebody has looked at it",
    "grants": "one for each who works here or has done so",
    "help_counters": "one a community",
    "inspection_rounds": "a few a place; their walks grow, not they",
    "leases": "one a role",
    "outages": "what a community remembers of the line to Telegram",
    "places": "what a town has of houses, and a path below another is compared as words",
    "posts": "what a community has; its shifts grow, not they",
    "proposal_counters": "one a community",
    "car_mutes": "a few a community, who do not want to be asked",
    "builder_mutes": "a few a building, who do not want to be told",
    "registration_counters": "one a community and a kind",
    "registration_kinds": "a few a community, beside those of the house",
    "seconding_terms": "a few a community",
    "savings_team_months": "one a month and a team",
    "teams": "a few a community",
    "sheets": "forms that somebody has made, by their versions",
}
"""Tables that do not grow with what is done, and what bounds them: they may be read whole."""

FEW = 100

UNDER_WAY = 50
"""One record of so many is not over yet."""

STATES = {
    "broadcasts": ("sending", "ended"),
    "callup_parts": ("open", "over"),
    "callups": ("called", "closed"),
    "care_askings": ("asked", "declined"),
    "care_concerns": ("open", "settled"),
    "care_festivals": ("on", "over"),
    "care_follow_ups": ("planned", "well"),
    "care_gifts": ("taken", "received"),
    "care_homes": ("agreed", "ended"),
    "care_ledgers": ("asked", "refused"),
    "care_needs": ("open", "met"),
    "care_pairs": ("agreed", "ended"),
    "care_surveys": ("on", "over"),
    "circle": ("agreed", "ended"),
    "day_check_days": ("asked", "well"),
    "early_items": ("open", "settled"),
    "failed_updates": ("failed", "dropped"),
    "filings": ("filed", "confirmed"),
    "gatherings": ("announced", "over"),
    "hazards": ("ordered", "closed"),
    "help_claims": ("held", "ended"),
    "help_offers": ("asked", "declined"),
    "help_requests": ("open", "closed"),
    "help_swaps": ("asked", "declined"),
    "inspections": ("open", "dropped"),
    "meetings": ("called", "over"),
    "occasions": ("taken", "missed"),
    "orders": ("open", "signed"),
    "outbox": ("queued", "sent"),
    "posts": ("open", "ended"),
    "proposals": ("seconding", "closed"),
    "registration_kinds": ("open", "retired"),
    "registrations": ("standing", "ended"),
    "car_calls": ("moved", "unreached"),
    "reminders": ("pending", "fired"),
    "savings_claims": ("reported", "saved"),
    "savings_gifts": ("offered", "taken"),
    "seats": ("held", "free"),
    "shifts": ("open", "over"),
    "team_members": ("in", "left"),
    "teams": ("active", "ended"),
    "volunteers": ("approved", "left"),
    "votes": ("open", "counted"),
}
"""The state of what is under way, and of what is over."""

PAST = "(timestamptz '2026-08-26' + n * 17 % 90 * interval '1 day')"
"""An instant of the last ninety days, in no order."""

LATER = f"({PAST} + interval '1 day')"

GIVEN = {
    "callup_arrivals.confirmed_by": "NULL",
    "callup_arrivals.left_at": "NULL",
    "callup_parts.ends_at": LATER,
    "callups.approved_by": "NULL",
    "care_homes.agreed_at": PAST,
    "care_ledgers.decided_by": "NULL",
    "care_pairs.by_home_at": PAST,
    "care_pairs.by_visitor_at": PAST,
    "care_reports.sent_back_by": "NULL",
    "day_checks.hour": "8",
    "duty.weekday": "n % 7",
    "filing_values.plain": "NULL",
    "gatherings.ends_at": LATER,
    "grants.person_id": "n * 97",
    "help_requests.held": "0",
    "inspection_points.hazard_id": "NULL",
    "inspections.finished_at": "NULL",
    "inspections.occasion_id": "n",
    "occasions.done_by": "NULL",
    "occasions.ends_at": LATER,
    "outbox.finished_at": PAST,
    "outbox.kind": "'help.asked'",
    "outbox.lane": "n % 3",
    "outbox.message_id": "n",
    "posts.weekdays": "0",
    "people.language": "'zh_Hans'",
    "people.proxy_id": "CASE WHEN n % 50 = 0 THEN n - 1 END",
    "people.quiet_from": "CASE WHEN n % 50 = 0 THEN 22 END",
    "people.quiet_until": "CASE WHEN n % 50 = 0 THEN 6 END",
    "people.telegram_id": "n",
    "registration_kinds.months": "12",
    "registrations.number": "n",
    "car_calls.answered_by": "NULL",
    "reminders.kind": "'help.kind' || (n % 40)",
    "reminders.settled_at": PAST,
    "savings_accounts.kind": "'person'",
    "savings_accounts.place_id": "NULL",
    "savings_moves.from_id": "n % 2000 + 1",
    "savings_moves.to_id": "n % 2000 + 2001",
    "savings_papers.surname": "'w'",
    "seat_lists.seats": "NULL",
    "seats.children": "0",
    "shifts.ends_at": "(timestamptz '2026-08-27' + n * interval '6 minutes')",
    "shifts.starts_at": "(timestamptz '2026-08-26' + n * interval '6 minutes')",
    "team_members.lead": "false",
    "votes.ends_at": LATER,
}
"""What a column holds where its table has a rule for it, or where its use tells."""

PLAIN: dict[type[Any], str] = {
    Instant: PAST,
    Date: "date '2026-09-01' + n % 90",
    Boolean: "false",
    Integer: "n",
    Float: "n",
    JSON: "'[]'",
    LargeBinary: "'\\x00'::bytea",
}
"""What a column of a type holds."""

UNCHECKED = """
    SELECT set_config('session_replication_role', 'replica', false)
    FROM pg_roles WHERE rolname = current_user AND rolsuper
"""
"""Every row belongs to one that there is; to look each up takes most of the time. Where our role
may not leave it out, it takes that time."""


async def fill(engine: Engine) -> None:
    """Fill every table of an empty database on PostgreSQL, and let it count what it has."""
    async with engine.begin() as connection:
        await connection.execute(text(UNCHECKED))
        rows = {"places": await _insert_places(connection), "people": PEOPLE}
        for table in metadata().sorted_tables:
            if table.name != "places":
                rows[table.name] = _how_many(table, rows)
                await connection.execute(text(_filling(table, rows)))
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("VACUUM ANALYZE"))  # else a background one could, midway


async def _insert_places(connection: AsyncConnection) -> int:
    """Insert streets with all that lies in them; return how many places that is."""
    rows: list[dict[str, Any]] = []

    def add(kind: str, above: dict[str, Any] | None) -> dict[str, Any]:
        number = len(rows) + 1
        place = {"id": number, "kind": kind, "name": f"{kind} {number}", "code": f"c{number}"}
        place |= {"path": f"{above['path'] if above else '/'}{number}/", "sought": f"x{number}"}
        rows.append(place | {"parent_id": above and above["id"]})
        return place

    for _street in range(STREETS):
        street = add("street", None)
        for _community in range(COMMUNITIES):
            community = add("community", street)
            for _grid in range(GRIDS):
                grid = add("grid", community)
                for _building in range(BUILDINGS):
                    add("building", grid)
    await connection.execute(insert(metadata().tables["places"]), rows)
    return len(rows)


def _how_many(table: Table, rows: dict[str, int]) -> int:
    """Return how many rows a table gets: where its key is another's, no more than that one has."""
    wanted = FEW if table.name in SMALL else rows.get(table.name, ROWS)
    keys = (group[0] for group in _keys(table) if len(group) == 1 and group[0].foreign_keys)
    return min([wanted, *(rows[_parent(column)] for column in keys)])


def _filling(table: Table, rows: dict[str, int]) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    values = ", ".join(_value(column, rows) for column in table.columns)
    numbers = f"generate_series(1, {rows[table.name]}) AS numbers(n)"
    return f'INSERT INTO "{table.name}" ({columns}) SELECT {values} FROM {numbers}'


def _value(column: Column[Any], rows: dict[str, int]) -> str:
    """Return what a column of row n holds, in SQL."""
    table = column.table.name
    if (given := GIVEN.get(f"{table}.{column.name}")) is not None:
        return given
    if column.name == "state" and table in STATES:
        under_way, over = STATES[table]
        return f"CASE WHEN n % {UNDER_WAY} = 0 THEN '{under_way}' ELSE '{over}' END"
    if column.foreign_keys:
        return _reference(column, rows)
    if column.nullable and not isinstance(column.type, String | Integer | Float):
        return "NULL"
    return _plain(column)


def _reference(column: Column[Any], rows: dict[str, int]) -> str:
    """Return which row of another table row n belongs to: in order for a key, else anywhere."""
    there, here = rows[_parent(column)], rows[column.table.name]
    if any(group[0] is column for group in _keys(column.table)):
        return f"1 + (n - 1) * {there} / {here}" if here > there else "n"
    return f"1 + (n * {7 + 2 * len(column.name)} + n / {there}) % {there}"


def _plain(column: Column[Any]) -> str:
    kind, in_key = column.type, any(column in group for group in _keys(column.table))
    if isinstance(kind, SmallInteger):
        return "1 + n % 30000" if in_key else "1 + n % 5"
    if isinstance(kind, String):
        name = column.name[:3]
        return f"'{name}' || n" if in_key or column.name == "digest" else f"'{name}' || n % 300"
    return next(value for of, value in PLAIN.items() if isinstance(kind, of))


def _parent(column: Column[Any]) -> str:
    [key] = column.foreign_keys
    return key.column.table.name


def _keys(table: Table) -> Iterator[list[Column[Any]]]:
    """Yield the groups of columns by which no two rows of a table are the same."""
    yield list(table.primary_key.columns)
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield list(constraint.columns)
    for index in table.indexes:
        if index.unique:
            yield list(index.columns)
