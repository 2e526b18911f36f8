"""Pacing, against a brute-force count of every window, on a clock of our own."""

import heapq
import itertools
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pacer import Limits, Load, Pacer, Window
from models.outbox.rules import Lane
from tests.profile import examples

LANES = st.sampled_from(list(Lane))
CHATS = st.sampled_from([1, 2, 3, -1, -2, None])


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def worst(acts: Iterable[tuple[float, int]], seconds: float) -> int:
    """The most messages in any window that is open at its end."""
    found = sorted(acts)
    return max(
        (sum(n for at, n in found if start <= at < start + seconds) for start, _ in found),
        default=0,
    )


@given(
    wishes=st.lists(
        st.tuples(LANES, CHATS, st.sampled_from([1, 1, 1, 1, 4]), st.floats(0, 0.9)),
        max_size=150,
    ),
    per_second=st.integers(4, 12),
    travel=st.floats(0, 1),
)
@examples(120)
def test_no_window_at_telegram_ever_holds_too_many(
    wishes: list[tuple[Lane, int | None, int, float]], per_second: int, travel: float
) -> None:
    """Telegram acts at any moment between our leaving and its answer: the worst is tried."""
    clock = Clock()
    limits = Limits(per_second=per_second, group_per_minute=7)
    pacer = Pacer(limits, clock)
    ends: list[tuple[float, int, Load]] = []
    acts: list[tuple[float, Load]] = []
    queue = [(Load(lane, "sendMessage", chat, n), took) for lane, chat, n, took in wishes]
    for _ in range(4000):
        for position, (load, took) in enumerate(queue):
            if pacer.admits(load):
                pacer.leave(load)
                acts.append((clock.now + took * travel, load))
                heapq.heappush(ends, (clock.now + took, len(acts), load))
                del queue[position]
                break
        else:
            clock.now += 0.0313
            while ends and ends[0][0] <= clock.now:
                pacer.answered(heapq.heappop(ends)[2])
        if not queue:
            break
    assert worst([(at, load.messages) for at, load in acts], 1.0) <= per_second
    for chat in (-1, -2):
        in_group = [(at, load.messages) for at, load in acts if load.chat_id == chat]
        assert worst(in_group, 60.0) <= limits.group_per_minute
    for chat in (1, 2, 3):
        pushed = [
            (at, 1) for at, load in acts if load.chat_id == chat and load.lane is not Lane.ANSWER
        ]
        assert worst(pushed, 1.0) <= 1


@given(
    limit=st.integers(1, 5),
    steps=st.lists(st.tuples(st.floats(0.01, 0.7), st.integers(1, 3)), max_size=40),
)
def test_a_window_frees_a_place_as_soon_as_it_may(
    limit: int, steps: list[tuple[float, int]]
) -> None:
    window, now, held = Window(limit, 1.0), 0.0, [(-5.0, 0)]
    for gap, wanted in steps:
        now += gap
        places = min(wanted, limit)
        free = window.free_at(now, wanted)
        candidates = [now, *(at + 1.0 for at, _ in held if at + 1.0 > now)]
        fits = [
            at for at in sorted(candidates)
            if sum(n for done, n in held if done + 1.0 > at) + places <= limit
        ]  # fmt: skip
        assert free == pytest.approx(fits[0])
        if free <= now:
            window.leave(places)
            window.answered(now, places)
            held.append((now, places))


def test_a_call_without_an_answer_keeps_its_place() -> None:
    window = Window(1, 1.0)
    window.leave()
    assert window.free_at(1e9) == float("inf")
    window.answered(5.0)
    assert window.free_at(5.5) == 6.0


def test_pushes_are_spread_and_answers_find_room() -> None:
    clock = Clock()
    pacer = Pacer(Limits(), clock)
    sent = 0
    for _ in range(1000):
        push = Load(Lane.BULK, "sendMessage", 10_000 + sent)
        if pacer.admits(push):
            pacer.leave(push)
            pacer.answered(push)
            sent += 1
        clock.now += 0.001
    assert 29 <= sent <= 31
    free = [pacer.admits(Load(Lane.ANSWER, "sendMessage", 1))]
    clock.now += 1 / 30
    free.append(pacer.admits(Load(Lane.ANSWER, "sendMessage", 1)))
    assert any(free)


def test_the_wait_of_one_chat_holds_that_chat_and_nobodys_push() -> None:
    clock = Clock()
    pacer = Pacer(Limits(), clock)
    assert not pacer.hold(1, 503.0)
    assert not pacer.hold(1, 503.0)
    assert not pacer.admits(Load(Lane.ANSWER, "answerInlineQuery", 1))
    assert not pacer.admits(Load(Lane.URGENT, "sendMessage", 1))
    assert pacer.admits(Load(Lane.URGENT, "sendMessage", 2))
    clock.now += 503.001
    assert pacer.admits(Load(Lane.URGENT, "sendMessage", 1))


def test_where_others_are_refused_too_all_pushes_wait_for_the_shortest_wait() -> None:
    clock = Clock()
    pacer = Pacer(Limits(), clock)
    pacer.hold(1, 503.0)
    assert pacer.hold(2, 7.0)
    clock.now += 6.999
    assert not pacer.admits(Load(Lane.URGENT, "sendMessage", 3))
    assert pacer.admits(Load(Lane.ANSWER, "sendMessage", 3))
    clock.now += 0.002
    assert pacer.admits(Load(Lane.URGENT, "sendMessage", 3))
    assert not pacer.admits(Load(Lane.URGENT, "sendMessage", 1))


@pytest.mark.parametrize("served", [True, False])
def test_two_chats_that_wait_each_for_itself_hold_nobody_else(served: bool) -> None:
    """Another call was carried out between them, or the first one's wait was over."""
    clock = Clock()
    pacer = Pacer(Limits(), clock)
    pacer.hold(1, 503.0 if served else 5.0)
    clock.now += 6.0
    if served:
        pacer.carried_out(Load(Lane.URGENT, "sendMessage", 3))
    assert not pacer.hold(2, 480.0)
    assert pacer.admits(Load(Lane.URGENT, "sendMessage", 4))


def test_a_full_group_is_closed_to_answers_too() -> None:
    """Else its waiting answers fill every round and nobody else is served."""
    clock = Clock()
    pacer = Pacer(Limits(), clock)
    for _ in range(20):
        load = Load(Lane.ANSWER, "sendMessage", -5)
        assert pacer.admits(load)
        pacer.leave(load)
        pacer.answered(load)
    assert pacer.closed_to_all() == {-5}
    clock.now += 60
    assert pacer.closed_to_all() == set()


def test_what_an_earlier_process_sent_still_counts() -> None:
    clock = Clock()
    pacer = Pacer(Limits(), clock)
    for number in range(20):
        pacer.remember(Load(Lane.NOTICE, "sendMessage", -5), 40.0 - number)
    assert not pacer.admits(Load(Lane.NOTICE, "sendMessage", -5))
    clock.now += 20.1
    assert pacer.admits(Load(Lane.NOTICE, "sendMessage", -5))


def send(pacer: Pacer, lane: Lane, chat: int) -> bool:
    """Send one message whose answer comes at once, if it may leave."""
    load = Load(lane, "sendMessage", chat)
    if not pacer.admits(load):
        return False
    pacer.leave(load)
    pacer.answered(load)
    return True


@given(writing=st.integers(0, 12), burst=st.integers(1, 10))
@examples(20)
def test_a_broadcast_leaves_places_to_whoever_writes_and_takes_all_but_one_while_nobody_does(
    writing: int, burst: int
) -> None:
    clock, chats = Clock(), itertools.count(10_000)
    pacer = Pacer(Limits(), clock)
    pushes = waiting = 0
    for step in range(2400):
        waiting += bool(writing and step % (200 // writing) == 0)
        waiting -= bool(waiting and send(pacer, Lane.ANSWER, next(chats)))
        pushes += send(pacer, Lane.BULK, next(chats))
        clock.now += 0.005
    kept = min(max(-(-writing * 3 // 4), 4), 10) if writing else 1
    at_once = [send(pacer, Lane.ANSWER, next(chats)) for _ in range(burst)]
    assert not waiting
    assert all(at_once[:kept])
    assert pushes >= 12 * (30 - writing - kept) - 5


def test_the_first_of_a_burst_makes_room_for_the_others() -> None:
    clock, chats = Clock(), itertools.count(10_000)
    pacer = Pacer(Limits(), clock)

    def pushes_for(seconds: float) -> None:
        for _ in range(round(seconds * 200)):
            send(pacer, Lane.BULK, next(chats))
            clock.now += 0.005

    pushes_for(3.0)
    assert [send(pacer, Lane.ANSWER, next(chats)) for _ in range(2)] == [True, False]
    pushes_for(0.2)
    assert all(send(pacer, Lane.ANSWER, next(chats)) for _ in range(4))
