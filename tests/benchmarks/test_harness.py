"""Every kind of measurement, on a handful of messages: real processes, no clock asserted."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

from benchmarks import delays, footprint, reminders, rings, sends, turns
from benchmarks.processes import FailedError
from benchmarks.scene import Counts, Scene, scene

TINY = Counts(
    rounds=1,
    turns=40,
    warm_up=8,
    messages=20,
    delays=(0.0,),
    steady_rounds=1,
    light_seconds=1.0,
    alone_seconds=0.5,
    broadcast_seconds=1.0,
    pushes=40,
    people=20,
    starts=1,
    volunteers=300,
    pending=2_000,
    due=40,
    postgresql=False,
)


@pytest.fixture(scope="module")
def here() -> Iterator[Scene]:
    with scene(TINY, print) as made:
        yield made


def test_linli_answers_both_crowds(here):
    found = defaultdict(list)
    turns.take_round(here, turns.LINLI, found)
    assert {people for _, people in found} == {turns.CROWD, turns.FEW}
    assert all(measured.rate > 0 for [measured] in found.values())


def test_the_outbox_is_emptied_by_its_sender(here):
    [answers] = [way for way in sends.WAYS if way.arguments == ("--rows", "answers")]
    assert sends.rate(here, answers, 0.0) > 0
    assert here.ask("progress")["sent"] == TINY.messages


def test_people_are_answered_while_pushes_go_out(here):
    [load] = [found for found in delays.LOADS if found.broadcasts and found.module == "linli"]
    measured = delays.measure(here, load)
    assert measured.p50 <= measured.p99
    assert 0 < measured.fullest <= delays.LIMIT


def test_a_start_ends_with_its_first_answer(here):
    command = ["-m", "benchmarks.contenders.bare", "--api", here.url]
    with footprint.first_answer(here, command, {}) as (child, seconds):
        assert seconds > 0
        assert child.resident_mib() > 1


@pytest.mark.parametrize("everywhere", [True, False])
def test_a_ring_is_chosen_in_both_ways(here, everywhere):
    found = rings.measure(here, "sqlite", everywhere=everywhere)
    assert [(one["way"], one["limit"]) for one in found] == [
        (way, limit) for limit in rings.LIMITS for way in rings.NAMES
    ]
    assert all(one["lost"] < 1 for one in found if one["way"] == "best")


@pytest.mark.parametrize("way", [reminders.SWEEP, reminders.EMPTY_JOBS, reminders.JOBS])
def test_what_is_due_fires_while_turns_are_taken(here, way):
    found = reminders.measure(here, way)
    assert found["rate"] > 0
    assert 0 < found["turn_p50"] <= found["turn_max"]


def test_a_bot_that_ends_is_told_of_with_its_last_words(here):
    with (
        here.child("linli", "--database", "nonsense") as child,
        pytest.raises(FailedError, match="ended with code"),
    ):
        here.wait_polling(child)
