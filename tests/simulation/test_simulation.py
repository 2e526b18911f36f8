"""Hundreds of lives of the real bot on a seeded loop, under every fault there is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.outbox import Desk
from bot.sender import Sender
from bot.turn import Turn
from tests.profile import SEED, length
from tests.simulation import town
from tests.simulation.checks import faults
from tests.simulation.kept import IN_DOUBT, KEPT
from tests.simulation.life import Life, lived, reading
from tests.simulation.plan import Plan, draw, shrink

AT_A_TIME = 10
"""Lives in one test: so that all workers have some."""
LIVES, LONG_LIVES = length(200, 2000), length(10, 500)
SHRINK_TRIES = 80

Break = Callable[[pytest.MonkeyPatch], None]

Short = range(SEED * 1000, SEED * 1000 + LIVES, AT_A_TIME)
Long = range(SEED * 1000, SEED * 1000 + LONG_LIVES, AT_A_TIME)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that every life begins with."""
    return town.template(tmp_path_factory.mktemp("town"))


def wrong(plan: Plan, template: Path, memory: Path) -> list[str]:
    """Live a life and list what was wrong with it."""
    with lived(plan, template, memory) as life:
        return faults(life)


def report(plan: Plan, found: list[str], template: Path, memory: Path, *, long: bool) -> str:
    """Tell what was wrong, in as few events as still show it, and how to live it again."""
    kept = shrink(plan, lambda one: bool(wrong(one, template, memory)), SHRINK_TRIES)
    only = f"--only {','.join(map(str, kept))}"
    again = f"python -m tests.simulation {plan.seed}{' --long' if long else ''} {only}"
    events = [f"  {plan.events[number]}" for number in kept]
    return "\n".join([*found, f"seed: {plan.seed}, {plan.processes} processes", *events, again])


@pytest.mark.parametrize("first", Short)
def test_lives(first: int, template: Path, memory: Path) -> None:
    for seed in range(first, first + AT_A_TIME):
        plan = draw(seed)
        found = wrong(plan, template, memory)
        assert not found, report(plan, found, template, memory, long=False)


@pytest.mark.parametrize("first", Long)
def test_long_lives(first: int, template: Path, memory: Path) -> None:
    for seed in range(first, first + AT_A_TIME):
        plan = draw(seed, long=True)
        found = wrong(plan, template, memory)
        assert not found, report(plan, found, template, memory, long=True)


@pytest.mark.parametrize("name", KEPT)
def test_what_was_found_once_is_found_no_more(name: str, template: Path, memory: Path) -> None:
    assert wrong(KEPT[name], template, memory) == []


def trace(life: Life) -> list[Any]:
    """Tell a life: every row, what was carried out, and when it ended."""
    with reading(life.path) as database:
        rows = database.execute(
            "SELECT id, lane, state, method, chat_id, attempts, created_at, finished_at FROM outbox"
        ).fetchall()
        reminders = database.execute("SELECT id, state, settled_at FROM reminders").fetchall()
    return [rows, reminders, dict(life.ledger.done), life.disk.commits, life.loop.time()]


@pytest.mark.parametrize("seed", [5, 103, 111])
def test_a_seed_is_lived_the_same_way_twice(seed: int, template: Path, memory: Path) -> None:
    with lived(draw(seed), template, memory) as one:
        first = trace(one)
    with lived(draw(seed), template, memory) as other:
        assert trace(other) == first
    assert first[0]


def _forgets_updates(patch: pytest.MonkeyPatch) -> None:
    async def remember(*_: Any) -> bool:
        return True

    patch.setattr("bot.turn.updates.remember", remember)


def _forgets_what_is_in_doubt(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("bot.sender.Sender.doubt", Sender.release)


def _recovers_nothing(patch: pytest.MonkeyPatch) -> None:
    async def recover(*_: Any, **__: Any) -> list[Any]:
        return []

    patch.setattr("bot.sender.recording.recover", recover)


def _sends_before_it_commits(patch: pytest.MonkeyPatch) -> None:
    work = Turn._work

    async def hasty(self: Turn, desk: Desk, admitted: Any) -> None:
        await work(self, desk, admitted)
        if self._hand is not None and desk.taken:
            self._hand.carry(desk.taken)
            desk.taken.clear()

    patch.setattr("tests.simulation.machine.Turn._work", hasty)


BROKEN = {
    _forgets_updates: draw(2008),
    _forgets_what_is_in_doubt: KEPT[IN_DOUBT],
    _recovers_nothing: draw(2014),
    _sends_before_it_commits: draw(2001),
}
"""What is broken, and a life in which that shows."""


@pytest.mark.parametrize("breaks", BROKEN)
def test_what_is_broken_is_found(breaks: Break, template: Path, memory: Path) -> None:
    others = (draw(seed) for seed in range(2000, 2060))
    for plan in (BROKEN[breaks], *others):
        with pytest.MonkeyPatch.context() as patch:
            breaks(patch)
            if wrong(plan, template, memory):
                return
    pytest.fail("sixty lives, and nothing was found wrong")


def test_a_life_is_made_as_short_as_it_still_fails() -> None:
    plan = draw(7, long=True)
    guilty = {3, len(plan.events) - 2}

    def fails(one: Plan) -> bool:
        return {plan.events[number] for number in guilty} <= set(one.events)

    assert set(shrink(plan, fails)) == guilty
