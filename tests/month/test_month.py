"""A month in the life of a town, held against the promises.

`make test` lives five days of a hamlet: a feast, a weekend and the nights are among them. A soak
lives the month of a town.
"""

import calendar
import logging
import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from models.database import transaction
from models.help.rules.policy import HelpPolicy
from models.people.queries import person_by_id
from models.people.rules import Role
from models.policy.current import DEFAULT
from tests.month import care_invariants, feasts, guard_invariants, service_invariants, surveyed
from tests.month.asked import asked_only_whom_one_may
from tests.month.canaries import SINGS
from tests.month.clock import local
from tests.month.invariants import CHECKS
from tests.month.month import BEGINS, FEAST, Month, opened
from tests.month.overdue import what_is_late_is_seen
from tests.month.privacy import doors_are_shut_again, doors_stay_shut
from tests.month.recount import promises_hold, rates_are_right, the_ladder_was_climbed
from tests.month.rows import read
from tests.month.town import Size
from tests.profile import SEED, SOAK, length

DAYS = int(os.environ.get("LINLI_MONTH_DAYS", length(5, 30)))
NEEDS = float(os.environ.get("LINLI_MONTH_NEEDS", "3"))
"""Requests a day; a quiet core lives one in about half a second."""

HAMLET = Size(residents=40, volunteers=12, staff=2, without_phone=3, needs=NEEDS)

WHERE = (Size(needs=NEEDS), BEGINS) if SOAK else (HAMLET, FEAST)
"""Who lives, and from when on."""

ALL = (
    *CHECKS,
    asked_only_whom_one_may,
    promises_hold,
    the_ladder_was_climbed,
    doors_stay_shut,
    doors_are_shut_again,
    *care_invariants.CHECKS,
    *feasts.CHECKS,
    *surveyed.CHECKS,
    *service_invariants.CHECKS,
    *guard_invariants.CHECKS,
)


@pytest.mark.timeout(5400 if SOAK else 1800)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_month(
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.INFO)
    async with opened(database_url, SEED, monkeypatch, *WHERE) as month:
        found = await live_and_look(month, DAYS)
    logged = caplog.text + "".join(capfd.readouterr())
    found += [f"logged: {words}" for words in sorted(set(SINGS.findall(logged)))]
    soak = "SOAK=1 " if SOAK else ""
    again = f"{soak}SEED={SEED} LINLI_MONTH_DAYS={DAYS} LINLI_MONTH_NEEDS={NEEDS}"
    again += " .venv/bin/pytest tests/month"
    assert not found, "\n".join([f"{len(found)} complaints; again with: {again}", *found])


@pytest.mark.timeout(300)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_some_days_on_postgresql(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(database_url, SEED, monkeypatch, HAMLET, BEGINS) as month:
        found = await live_and_look(month, length(2, 4))
    assert not found, "\n".join(found)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_same_seed_lives_the_same_days(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    again = tmp_path / "again.sqlite3"
    shutil.copy(database_url.removeprefix("sqlite:///"), again)
    lived = []
    for url in (database_url, f"sqlite:///{again}"):
        async with opened(url, SEED, monkeypatch, HAMLET, BEGINS) as month:
            await month.life.live(1)
        lived.append(sorted((sent.at, sent.account, sent.text) for sent in month.crowd.sent))
    assert lived[0] == lived[1]
    assert len(lived[0]) > 50, "somebody lived"


async def live_and_look(month: Month, days: int) -> list[str]:
    """Live so many days; list what is not as promised, each Monday's digests looked at that day."""
    found: list[str] = []

    async def look() -> None:
        if month.house.real is not None:
            rows = await read(month.house.real.sessions)
            found.extend(rates_are_right(month, rows, month.clock.now()))

    evenings = [month.clock.now() + timedelta(days=day, hours=20) for day in range(1, days)]
    for evening in evenings:
        if local(evening).weekday() == calendar.MONDAY:
            month.life.agenda.add(evening, look)
    await month.life.live(days)
    assert month.house.real is not None
    rows = await read(month.house.real.sessions)
    assert any(rows.seats.values()), "somebody came together"
    assert rows.occasions, "somebody is looked in on"
    assert rows.days, "somebody is asked every day"
    async with transaction(month.house.real.sessions) as session:
        found += await what_is_late_is_seen(month, rows, session)
        found += await surveyed.sung(month, rows, session)
        for one in month.town.having(Role.SECRETARY):
            actor = await person_by_id(session, one.id)
            assert actor is not None
            await month.office.closes_the_book(session, actor, month.clock.read())
    found += month.office.found
    assert rows.gifts, "somebody is brought a gift"
    assert any(rows.shift_seats.values()), "somebody lends a hand in a shift"
    assert rows.moves or days < DAYS, "somebody's time is saved"
    assert rows.arrivals or days < DAYS, "somebody was at a site"
    assert rows.askings, "somebody is asked in the survey"
    assert rows.walks, "somebody walks a round"
    assert rows.registrations, "somebody registers something"
    assert rows.car_calls, "a car is in the way"
    assert rows.hazards or days < DAYS, "something dangerous is found"
    assert rows.filings or days < DAYS, "a sheet was filled in"
    assert month.office.books == len(month.town.having(Role.SECRETARY))
    for check in ALL:
        found += [
            f"{check.__name__}: {told}" for told in check(month, rows, DEFAULT.of(HelpPolicy))
        ]
    return found
