"""Every kind of measurement, on a handful of messages: real processes, no clock asserted."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

from benchmarks import delays, footprint, sends, turns
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


def test_a_bot_that_ends_is_told_of_with_its_last_words(here):
    with (
        here.child("linli", "--database", "nonsense") as child,
        pytest.raises(FailedError, match="ended with code"),
    ):
        here.wait_polling(child)
