"""Every kind of measurement, on a handful of messages: real processes, no clock asserted.

They are forks of one that has imported what they import; but one starts from scratch, as all do in
a measurement.
"""

from collections import defaultdict
from collections.abc import Iterator

import pytest

from benchmarks import (
    broadcast,
    callups,
    daychecks,
    delays,
    footprint,
    proposals,
    reminders,
    rings,
    sends,
    stopping,
    turns,
    votes,
)
from benchmarks.processes import FailedError
from benchmarks.scene import Counts, Scene, scene
from tests.zygote import Zygote

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
    proposals=200,
    votes=40,
    copies=30,
    paced_copies=20,
    unruly_copies=24,
    checks=30,
    called=40,
    watched_seconds=1.0,
    postgresql=False,
)


@pytest.fixture(scope="module")
def here(zygote: Zygote) -> Iterator[Scene]:
    with scene(TINY, print, zygote.start) as made:
        yield made


def test_linli_answers_both_crowds(here):
    found = defaultdict(list)
    turns.take_round(here, turns.LINLI, found)
    assert {people for _, people in found} == {turns.CROWD, turns.FEW}
    assert all(measured.rate > 0 for [measured] in found.values())


def test_a_stop_loses_nothing_that_a_crowd_writes(here):
    taken = stopping.stops(here, "sqlite")
    assert taken is not None
    assert taken.least > 0


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


def test_a_call_up_is_answered_and_the_board_is_right(here):
    found = callups.measure(here, "sqlite")
    assert found["right"]
    assert sum(found["outcomes"].values()) == here.counts.called
    assert found["outcomes"].get("standing_by", 0) == 0


def test_similar_proposals_are_found_in_every_way(here):
    found = proposals.measure(here, "sqlite")
    assert [one["way"] for one in found] == list(proposals.NAMES)
    assert all(seconds > 0 for one in found for seconds in one["seconds"])
    assert found[0]["lost"] < 1


@pytest.mark.parametrize(
    "way", [reminders.SWEEP, reminders.SWEEP_SETS, reminders.EMPTY_JOBS, reminders.JOBS]
)
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


def test_a_vote_is_held_in_every_way(here):
    found = votes.measure(here, "sqlite")
    assert list(found) == list(votes.WAYS)
    assert all(figures["votes"] == TINY.votes for figures in found.values())


def test_a_broadcast_goes_out_unpaced(here):
    beginning, rate, *_ = broadcast.unpaced(here)
    assert here.ask("progress")["sent"] >= TINY.copies
    assert float(beginning) < 5 < float(rate.replace(",", ""))


@pytest.mark.parametrize("way", list(broadcast.WAYS))
def test_a_broadcast_goes_through_a_server_that_misbehaves(here, way):
    bad = broadcast.unruly(here, way)
    assert bad.within_reach == TINY.unruly_copies - 1
    assert bad.exceeded == 0, "the server takes no more than Telegram does"
    if way == "linli":
        assert bad.twice == bad.refused == 0
        assert bad.within_reach - bad.sent <= bad.uncertain


@pytest.mark.parametrize("way", daychecks.WAYS, ids=lambda way: f"{way.rung}-{way.how}")
def test_all_day_checks_are_seen_to_while_people_write(here, way):
    found = daychecks.measure(here, way)
    assert found.seconds > 0
    assert found.idle
    assert found.fullest <= delays.LIMIT
