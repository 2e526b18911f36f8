"""What must hold of a life, by the promises of docs/promises.md."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from models.outbox.rules import Lane, State
from tests.simulation.life import Life, reading
from tests.simulation.plan import What

MAKES_TWICE = {What.KILL, What.STOP, What.DOUBTS, What.LOST, What.NO_TELEGRAM, What.SLOW_TELEGRAM}
"""After what a request may have left although nobody knows: RESTART ends in order and is not."""


@dataclass(frozen=True)
class Row:
    """A row of the outbox at the end."""

    id: int
    lane: int
    state: str
    method: str
    repeats: int
    message_id: int | None
    reason: str | None
    kind: str | None


Check = Callable[[Life, list[Row]], Iterator[str]]


def found_at_once(life: Life, _rows: list[Row]) -> Iterator[str]:
    """Nothing wrong was seen at the moment in which it happened."""
    yield from life.ledger.wrong


def each_update_acted_once(life: Life, _rows: list[Row]) -> Iterator[str]:
    """No update is lost, and none acts twice."""
    with reading(life.path) as database:
        facts = Counter(int(word) for (word,) in database.execute("SELECT word FROM test_facts"))
        failed = database.execute("SELECT update_id, reason FROM failed_updates").fetchall()
    for number, reason in failed:
        yield f"update {number} failed: {reason[-300:]}"
    known = {number for number, _ in failed}
    for number in life.caused:
        if facts[number] == 0 and number not in known | life.perhaps_lost:
            yield f"update {number} was lost"
        if facts[number] > 1:
            yield f"update {number} acted {facts[number]} times"


def nothing_was_said_twice(life: Life, rows: list[Row]) -> Iterator[str]:
    """What is carried out twice is noted as repeated, and no push is, but an emergency."""
    unsure = any(event.what in MAKES_TWICE for event in life.plan.events)
    for row in rows:
        times = len(life.ledger.done.get(row.id, ()))
        if times > row.repeats + 1:
            yield f"row {row.id} {row.method} was carried out {times} times, {row.repeats} noted"
        if times > 1 and not unsure:
            yield f"row {row.id} {row.method} was carried out {times} times without a reason"
        pushed = row.lane not in {Lane.ANSWER, Lane.URGENT} and row.method.startswith("send")
        if times > 1 and pushed:
            yield f"push {row.id} {row.kind} was carried out {times} times"
        if row.state == State.UNCERTAIN and not unsure:
            yield f"row {row.id} {row.method} is uncertain without a reason"


def what_was_said_arrived(life: Life, rows: list[Row]) -> Iterator[str]:
    """What counts as sent was carried out; what failed is our own mistake."""
    for row in rows:
        done = life.ledger.done.get(row.id, ())
        if row.state == State.SENT and row.method.startswith("send") and not done:
            yield f"row {row.id} {row.method} counts as sent and never was"
        if row.state == State.FAILED:
            yield f"row {row.id} {row.method} {row.kind} failed: {row.reason}"


def answers_kept_their_order(life: Life, _rows: list[Row]) -> Iterator[str]:
    """Within a chat answers arrived in the order in which they were given."""
    for chat, order in life.ledger.order.items():
        for earlier, later in pairwise(order):
            if later < earlier:
                yield f"chat {chat}: answer {later} arrived behind {earlier}"


def no_limit_was_passed(life: Life, _rows: list[Row]) -> Iterator[str]:
    """Telegram's limits were kept, by its own clock; several taps at once have as many answers."""
    exceeded = life.world.limits.exceeded
    over = {name: exceeded[name] for name in ("overall", "group") if exceeded[name]}
    if over:
        yield f"too much at once: {over}"


def no_reminder_failed(life: Life, _rows: list[Row]) -> Iterator[str]:
    """Whatever fell due did what it does."""
    with reading(life.path) as database:
        for told in database.execute(
            "SELECT id, kind, reason FROM reminders WHERE state = 'failed'"
        ):
            yield f"reminder {told}"


CHECKS: tuple[Check, ...] = (
    found_at_once,
    each_update_acted_once,
    nothing_was_said_twice,
    what_was_said_arrived,
    answers_kept_their_order,
    no_limit_was_passed,
    no_reminder_failed,
)


def faults(life: Life) -> list[str]:
    """List what does not hold, check by check."""
    names = "id, lane, state, method, repeats, message_id, reason, kind"
    with reading(life.path) as database:
        rows = [Row(*each) for each in database.execute(f"SELECT {names} FROM outbox ORDER BY id")]
    return [f"{check.__name__}: {told}" for check in CHECKS for told in check(life, rows)]
