"""Whatever comes, the line goes on: mutated, broken and malicious updates."""

import asyncio
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.receive import read_json
from bot.turn import TurnOutcome
from models.database import transaction
from models.updates.actions import kept
from tests.bot.street import A, B, Street, living, message, tap
from tests.profile import examples
from tests.waiting import PATIENCE, until

NAN = float("nan")
NASTY: list[Any] = [
    None, True, -1, 0, 2**31, 2**53, 2**63, -(2**64), 10**400, 1.5, NAN, float("inf"),
    "", "\0", "a\0b", "\ud800", "x\udfffy", "\u202e\u2066", "👩\u200d👩\u200d👧" * 50,
    "x" * 5000, "<b>&amp;", [],
    {}, [[]], {"id": {}}, {"": ""}, {"\ud800": "\0"}, [None], "-1", "9" * 30,
]  # fmt: skip
OVER_HTTP = [float("inf"), "\ud800", "x\udfffy", {"\ud800": "\0"}]
"""What the sandbox itself could not send; the turn is given these directly."""

SEEDS = [
    message(1, "hello"),
    message(1, "/start", entities=[{"type": "bot_command", "offset": 0, "length": 6}]),
    message(1, "x", contact={"phone_number": "1", "first_name": "y"}),
    tap(1, "yes"),
    {"update_id": 1, "my_chat_member": {"chat": {"id": A, "type": "private"}, "date": 1}},
    {"update_id": 1, "no_such_kind": {"from": {"id": A}}},
]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List the paths of everything inside a JSON value."""
    inside = (
        value.items() if isinstance(value, dict)
        else enumerate(value) if isinstance(value, list) else ()
    )  # fmt: skip
    return [path, *(found for key, part in inside for found in places(part, (*path, key)))]


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """Put something nasty at some places of a good update."""
    update = json.loads(json.dumps(draw(st.sampled_from(SEEDS))))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from([p for p in places(update) if p]))
        holder = update
        for key in way:
            holder = holder[key]
        holder[last] = json.loads(json.dumps(draw(st.sampled_from(NASTY))))
    return update


async def test_nothing_that_comes_raises(street: Street) -> None:
    loop = asyncio.get_running_loop()

    @given(mutated())
    @examples(150)
    def nothing_raises(update: Any) -> None:
        taking = asyncio.run_coroutine_threadsafe(street.take(update), loop)
        outcomes.append(taking.result(PATIENCE))

    outcomes: list[TurnOutcome] = []
    await asyncio.to_thread(nothing_raises)
    assert set(outcomes) <= set(TurnOutcome)
    assert TurnOutcome.HANDLED in outcomes
    assert await street.take(message(7, "still here", 7)) is TurnOutcome.HANDLED


async def test_a_nasty_value_for_a_whole_update(street: Street) -> None:
    for nasty in NASTY:
        raw = nasty if isinstance(nasty, dict) else {"raw": nasty}
        assert await street.take(raw) in {TurnOutcome.FAILED, TurnOutcome.REPEATED}


async def test_a_deep_update_is_read_as_far_as_it_is_needed(street: Street) -> None:
    deep: Any = "bottom"
    for _ in range(400):
        deep = {"reply_to_message": [deep]}
    assert await street.take(message(1, "x", reply_to_message=deep)) is TurnOutcome.HANDLED
    assert await street.take(message(2, "x", message_id=deep)) is TurnOutcome.FAILED
    async with transaction(street.sessions) as session:
        assert len(await kept(session)) == 1


async def test_the_poller_goes_on_past_nasty_batches(street: Street) -> None:
    queue = street.world.bot.queue
    for value in json.loads(json.dumps([v for v in NASTY if v is not NAN and v not in OVER_HTTP])):
        queue.inject({"message": value})
        if not isinstance(value, int):
            queue.push_raw({"update_id": value}, queue.next_id)
    street.world.person(B).send_text("after")
    async with living(street):
        await until(lambda: street.told(B) == ["heard after"])
        await until(lambda: len(queue) == 0)


def test_json_with_endless_integers_is_read() -> None:
    assert read_json('{"a": ' + "9" * 5000 + ', "b": -12}') == {"a": "9" * 5000, "b": -12}
