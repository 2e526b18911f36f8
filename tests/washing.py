"""Washing a database of a test, so that the next test gets it as good as new.

To copy the template takes ten times as long as to empty what one test has filled. Only the very
schema of the template is given out again: whatever else a test has left behind ends the database.
"""

from dataclasses import dataclass

import asyncpg

MOST_USES = 40
"""Rows deleted leave their place behind: after so many tests a fresh copy is quicker."""

TABLES = """
SELECT quote_ident(tablename) FROM pg_tables
WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1
"""

SHAPE = """
SELECT md5(string_agg(line, E'\\n' ORDER BY line)) FROM (
    SELECT format('%s %s %s', c.relname, c.relkind, c.relpersistence) AS line
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT format('%s.%s %s %s', a.attrelid::regclass, a.attname, a.atttypid::regtype, a.attnotnull)
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
    UNION ALL
    SELECT format('%s %s', conrelid::regclass, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT format('%s %s %s', tgrelid::regclass, tgname, tgenabled)
    FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT format('%s %s', proname, prosrc)
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT format('at %s', version_num) FROM alembic_version
) AS lines
"""

OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

NUMBERS = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
"""


@dataclass(frozen=True)
class Pattern:
    """What a database is like when it is as good as new."""

    tables: tuple[str, ...]
    shape: str

    def emptying(self) -> str:
        """Give the statement that empties every table which holds something."""
        each = (
            f"IF EXISTS (SELECT FROM {table}) THEN DELETE FROM {table}; END IF;"
            for table in self.tables
        )
        return f"DO $$ BEGIN {' '.join(each)} END $$"


async def pattern_of(url: str) -> Pattern | None:
    """Read the pattern off the template; None where washing would lose what migrations wrote."""
    connection = await asyncpg.connect(url)
    try:
        tables = tuple(row[0] for row in await connection.fetch(TABLES))
        filled = [await connection.fetchval(f"SELECT EXISTS (SELECT FROM {t})") for t in tables]
        shape = await connection.fetchval(SHAPE)
    finally:
        await connection.close()
    return None if any(filled) else Pattern(tables, shape)


async def wash(url: str, pattern: Pattern) -> bool:
    """Empty a database; False where that cannot make it as good as new."""
    try:
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(OTHERS)
            await _drop_what_is_new(connection, pattern)
            if await connection.fetchval(SHAPE) != pattern.shape:
                return False
            # neither foreign keys nor the audit book's own guard shall stand in the way
            await connection.execute("SET session_replication_role = replica")
            await connection.execute(pattern.emptying())
            await connection.execute(NUMBERS)
        finally:
            await connection.close()
    except (OSError, asyncpg.PostgresError):
        return False
    return True


async def _drop_what_is_new(connection: asyncpg.Connection, pattern: Pattern) -> None:
    """Drop the tables that the test itself has made."""
    for (table,) in await connection.fetch(TABLES):
        if table not in pattern.tables:
            await connection.execute(f"DROP TABLE {table} CASCADE")
