"""A database of the first version, with requests in it, becomes one of this version and back."""

from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from sqlalchemy import Connection, select, text

from models.database import Engine, Sessions, transaction
from models.escalation.rules import Level
from models.help.actions.deadlines import arrange
from models.help.rules.matching import next_step
from models.help.rules.notices import Reminder
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.tables import ClaimRow, PauseRow, RequestRow
from models.migrate import alembic_config
from models.reminders.tables import ReminderRow
from tests.conftest import NOON

POLICY = HelpPolicy()

FILED = NOON - timedelta(days=2)
BY = NOON + timedelta(days=5)
TAKEN = FILED + timedelta(hours=1)

REQUESTS = {
    1: ("open", "self", None, None),
    2: ("claimed", "self", TAKEN, None),
    3: ("open", "desk", None, None),
    4: ("done", "self", TAKEN, NOON),
    5: ("closed", "self", TAKEN, NOON),
}
"""State, channel, when it was taken and when it was done, by id."""

PEOPLE = """INSERT INTO people (id, name, language, place_id, created_at)
VALUES (1, '王秀英', 'zh_Hans', 1, :filed), (2, '李强', 'zh_Hans', 1, :filed)"""
PLACE = """INSERT INTO places (id, kind, name, code, path, sought)
VALUES (1, 'community', '桂花社区', 'gui', '/1/', '桂花社区')"""
REQUEST = """INSERT INTO help_requests (id, community_id, number, token, requester_id,
beneficiary_id, place_id, channel, category, text, urgency, hands, held, line, ring, state,
promised_by, created_at, changed_at, claimed_at, done_at, unconfirmed)
VALUES (:id, 1, :number, :token, 1, 1, 1, :channel, 'errands.shopping', '米和油', 'ordinary', 1,
:held, :line, 9, :state, :by, :filed, :filed, :taken, :done, :unconfirmed)"""
CLAIM = """INSERT INTO help_claims (id, request_id, person_id, state, line, created_at, held_at)
VALUES (:id, :request, 2, :state, 1, :taken, :taken)"""


def stored(connection: Connection, at: datetime | None) -> object:
    """Give an instant as either database keeps it."""
    if at is None or connection.dialect.name == "postgresql":
        return at
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


def back_to_the_first(connection: Connection) -> None:
    command.downgrade(alembic_config(connection), "0001")


def filled(connection: Connection) -> None:
    """Write what the first version left behind."""
    filed, by = stored(connection, FILED), stored(connection, BY)
    connection.execute(text(PLACE))
    connection.execute(text(PEOPLE), {"filed": filed})
    for number, (state, channel, taken, done) in REQUESTS.items():
        values = {
            "id": number,
            "number": number,
            "line": 1 if taken else 0,
            "token": f"form-{number}",
            "channel": channel,
            "held": 1 if taken else 0,
            "state": state,
            "by": by,
            "filed": filed,
            "taken": stored(connection, taken),
            "done": stored(connection, done),
            "unconfirmed": False,
        }
        connection.execute(text(REQUEST), values)
        if taken:
            claim = {
                "id": number,
                "request": number,
                "state": "done" if done else "held",
                "taken": values["taken"],
            }
            connection.execute(text(CLAIM), claim)


@pytest.fixture
async def upgraded(engine: Engine) -> Engine:
    """A database that was of the first version, with rows, and is of this one."""
    async with engine.begin() as connection:
        await connection.run_sync(back_to_the_first)
    async with engine.begin() as connection:
        await connection.run_sync(filled)
    async with engine.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(alembic_config(sync), "head"))
    return engine


async def test_requests_keep_their_promises_and_know_who_answered(
    upgraded: Engine, sessions: Sessions
) -> None:
    async with transaction(sessions) as session:
        rows = (await session.scalars(select(RequestRow).order_by(RequestRow.id))).all()
        assert [(row.promised_by, row.answer_by, row.owned_at) for row in rows] == [
            (BY, BY, FILED)
        ] * len(REQUESTS)
        assert [row.answered_at for row in rows] == [None, TAKEN, FILED, TAKEN, TAKEN]
        assert [row.calls for row in rows] == [0] * len(REQUESTS)
        assert len((await session.scalars(select(ClaimRow))).all()) == 3


async def test_the_clocks_of_what_goes_on_begin_to_run(
    upgraded: Engine, sessions: Sessions
) -> None:
    for _ in range(2):
        async with transaction(sessions) as session:
            await arrange(session, NOON)
    async with transaction(sessions) as session:
        clocks = await session.scalars(
            select(ReminderRow.subject_id).where(ReminderRow.kind == Reminder.CLOCK)
        )
        assert sorted(clocks) == [1, 2, 3]
        waits = (await session.scalars(select(PauseRow))).all()
        assert [(row.request_id, row.began_at, row.ended_at) for row in waits] == [(4, NOON, None)]


async def test_the_alarms_are_still_to_come_for_whoever_was_looked_for_long(
    upgraded: Engine, sessions: Sessions
) -> None:
    async with transaction(sessions) as session:
        rows = (await session.scalars(select(RequestRow).order_by(RequestRow.id))).all()
        assert [row.ring for row in rows] == [3, 3, 3, 9, 9]
        step = next_step(Urgency.ORDINARY, rows[0].ring, POLICY)
        assert step is not None
        assert step.alarm is Level.OWNER


async def test_and_back_again_with_every_row(upgraded: Engine) -> None:
    async with upgraded.begin() as connection:
        await connection.run_sync(back_to_the_first)
    async with upgraded.begin() as connection:
        kept = await connection.execute(text("SELECT id, state FROM help_requests ORDER BY id"))
        assert [tuple(row) for row in kept] == [(key, one[0]) for key, one in REQUESTS.items()]


BEFORE_DAY_CHECKS = "0011"
OF_DAY_CHECKS = (
    """INSERT INTO circle (id, state, person_id, position, member_id, relation, asked_at)
    VALUES (1, 'agreed', 1, 0, 2, 'child', :at)""",
    """INSERT INTO day_checks (id, state, person_id, hour, may_send_neighbours, leader_too,
    agreed_at) VALUES (1, 'on', 1, 8, false, false, :at)""",
    """INSERT INTO day_check_days (id, state, person_id, day, part, rung, asked, asked_at,
    to_listen) VALUES (1, 'waiting', 1, '2026-11-24', 0, 2, 1, :at, false)""",
    """INSERT INTO day_check_told (id, day_id, person_id, circle_id, rung)
    VALUES (1, 1, 2, 1, 2)""",
    """INSERT INTO day_check_counts (place_id, month, state, count)
    VALUES (1, '2026-10-01', 'well', 5)""",
    "UPDATE people SET sign_from = :at WHERE id = 1",
)


def with_day_checks(connection: Connection) -> None:
    """Write what circles and day checks leave behind."""
    when = {"at": stored(connection, NOON)}
    for row in OF_DAY_CHECKS:
        connection.execute(text(row), when if ":at" in row else {})


async def test_day_checks_go_and_come_again_and_leave_all_else(upgraded: Engine) -> None:
    async with upgraded.begin() as connection:
        await connection.run_sync(with_day_checks)
    async with upgraded.begin() as connection:
        await connection.run_sync(
            lambda sync: command.downgrade(alembic_config(sync), BEFORE_DAY_CHECKS)
        )
    async with upgraded.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(alembic_config(sync), "head"))
    async with upgraded.begin() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM people")) == 2
        assert await connection.scalar(text("SELECT count(*) FROM circle")) == 0
        await connection.run_sync(with_day_checks)


BEFORE_GATHERINGS = "0009"
GATHERING = """INSERT INTO gatherings (id, state, place_id, token, series_id, created_by,
created_at, kind, title, words, topic, "where", rain, starts_at, ends_at, version, code)
VALUES (:id, :state, 1, :token, :series, 1, :at, 'class', '太极', '来', '', '花园', '', :at, :later,
0, :token)"""
OF_GATHERINGS = (
    """INSERT INTO seat_lists (subject, subject_id, seats, beyond, taken, line, walked_in, came)
    VALUES ('gatherings', 2, 2, 0, 1, 1, 0, 0)""",
    """INSERT INTO seats (id, subject, subject_id, person_id, signed_by, state, size, children,
    ages, brought_by, line) VALUES (1, 'gatherings', 2, 1, 1, 'held', 1, 0, '', '', 1)""",
    """INSERT INTO marks (subject, subject_id, aspect, rater_id, mark, at)
    VALUES ('gatherings', 1, '', 1, 3, :at)""",
    """INSERT INTO kept_marks (subject, subject_id, aspect, mark, many)
    VALUES ('gatherings', 1, '', 3, 5)""",
)


BEFORE_ROUTINES = "0011"
OF_ROUTINES = (
    """INSERT INTO routines (id, state, subject, subject_id, rhythm, every, on_day, festival, lead,
    starts_on, lasts) VALUES (1, 'running', 'care', 1, 'days', 7, 0, '', 0, '2026-12-01', 7)""",
    "INSERT INTO routine_people (routine_id, person_id, position) VALUES (1, 1, 0)",
    """INSERT INTO occasions (id, state, subject, routine_id, subject_id, opens_on, opens_at,
    ends_at, person_id, with_routine) VALUES (1, 'due', 'care', 1, 1, '2026-12-01', :at, :later, 1,
    false)""",
    """INSERT INTO occasion_asks (occasion_id, person_id, asked_at, state)
    VALUES (1, 1, :at, 'asked')""",
)


def with_routines(connection: Connection) -> None:
    """Write what a routine leaves behind."""
    when = {"at": stored(connection, NOON), "later": stored(connection, BY)}
    for row in OF_ROUTINES:
        named = {name: at for name, at in when.items() if f":{name}" in row}
        connection.execute(text(row), named)


BEFORE_SHEETS = "0012"
OF_SHEETS = (
    """INSERT INTO sheets (id, code, version, subject, title_zh, title_en, fields, made_at)
    VALUES (1, 'survey', 1, 'care', '摸底表', 'Survey', '[]', :at)""",
    """INSERT INTO filings (id, state, sheet_id, subject, subject_id, about_id, by_id, filed_at,
    token) VALUES (1, 'filed', 1, 'care', 1, 1, 2, :at, 't')""",
    """INSERT INTO filing_values (id, filing_id, "key", plain) VALUES (1, 1, 'floors', '3')""",
)


def with_sheets(connection: Connection) -> None:
    """Write what sheets and filings leave behind."""
    for row in OF_SHEETS:
        connection.execute(text(row), {"at": stored(connection, NOON)} if ":at" in row else {})


async def test_sheets_go_and_come_again_and_leave_all_else(upgraded: Engine) -> None:
    async with upgraded.begin() as connection:
        await connection.run_sync(with_sheets)
    async with upgraded.begin() as connection:
        await connection.run_sync(
            lambda sync: command.downgrade(alembic_config(sync), BEFORE_SHEETS)
        )
    async with upgraded.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(alembic_config(sync), "head"))
    async with upgraded.begin() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM people")) == 2
        assert await connection.scalar(text("SELECT count(*) FROM filings")) == 0
        await connection.run_sync(with_sheets)


def with_gatherings(connection: Connection) -> None:
    """Write what gatherings, their seats and marks leave behind."""
    when = {"at": stored(connection, NOON), "later": stored(connection, BY)}
    for number, state, series in ((1, "off", None), (2, "announced", 1)):
        one = {"id": number, "state": state, "token": f"t:{number}", "series": series}
        connection.execute(text(GATHERING), one | when)
    for row in OF_GATHERINGS:
        connection.execute(text(row), {"at": when["at"]} if ":at" in row else {})


async def test_gatherings_go_and_come_again_and_leave_all_else(upgraded: Engine) -> None:
    async with upgraded.begin() as connection:
        await connection.run_sync(with_gatherings)
    async with upgraded.begin() as connection:
        await connection.run_sync(
            lambda sync: command.downgrade(alembic_config(sync), BEFORE_GATHERINGS)
        )
    async with upgraded.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(alembic_config(sync), "head"))
    async with upgraded.begin() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM people")) == 2
        assert await connection.scalar(text("SELECT count(*) FROM seats")) == 0
        await connection.run_sync(with_gatherings)


async def test_routines_go_and_come_again_and_leave_all_else(upgraded: Engine) -> None:
    async with upgraded.begin() as connection:
        await connection.run_sync(with_gatherings)
        await connection.run_sync(with_routines)
    async with upgraded.begin() as connection:
        await connection.run_sync(
            lambda sync: command.downgrade(alembic_config(sync), BEFORE_ROUTINES)
        )
    async with upgraded.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(alembic_config(sync), "head"))
    async with upgraded.begin() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM seats")) == 1
        assert await connection.scalar(text("SELECT count(*) FROM occasions")) == 0
        await connection.run_sync(with_routines)
