"""Messages a second out of the outbox, against python-telegram-bot alone."""

from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass

from benchmarks.figures import spread, table
from benchmarks.processes import FailedError
from benchmarks.scene import Scene


@dataclass(frozen=True)
class Way:
    """A contender: a way of sending, so many calls at once."""

    name: str
    module: str
    arguments: tuple[str, ...]
    at_once: int = 100
    database: str | None = None


WAYS = (
    Way("python-telegram-bot on httpx", "alone", ("--request", "httpx"), 20),
    Way("python-telegram-bot on httpx", "alone", ("--request", "httpx")),
    Way("python-telegram-bot on aiohttp's session", "alone", ("--request", "session")),
    Way("python-telegram-bot with our request on aiohttp", "alone", ("--request", "ours")),
    Way("**outbox, composed answers, SQLite**", "ledger", ("--rows", "answers"), database="sqlite"),
    Way("**outbox, rendered pushes, SQLite**", "ledger", ("--rows", "notices"), database="sqlite"),
)
WAY_POSTGRESQL = Way(
    "**outbox, composed answers, PostgreSQL**",
    "ledger",
    ("--rows", "answers"),
    database="postgresql",
)


def ways(scene: Scene) -> list[Way]:
    """List the contenders in the order of a round."""
    return [*WAYS, *([WAY_POSTGRESQL] if scene.postgresql else [])]


def section(scene: Scene) -> list[str]:
    """Measure and write the section."""
    found: dict[tuple[Way, float], list[float]] = defaultdict(list)
    for number in range(scene.counts.rounds):
        for delay in scene.counts.delays:
            for way in ways(scene):
                scene.tell(f"sends, round {number + 1}, {delay * 1000:.0f} ms: {way.name}")
                try:
                    found[way, delay].append(rate(scene, way, delay))
                except FailedError as error:
                    scene.tell(f"  not measured: {error}")
    rows = [
        [way.name, way.at_once, *(spread(found[way, delay]) for delay in scene.counts.delays)]
        for way in ways(scene)
    ]
    return [
        "## Messages a second",
        "",
        (
            f"{scene.counts.messages:,} messages a round, each to another chat, nothing paced. "
            "The outbox rows exist before the clock starts; it stops when every outcome is "
            "committed."
        ),
        "",
        *table(["sender", "at once", *_heads(scene.counts.delays)], rows),
    ]


def _heads(delays: tuple[float, ...]) -> list[str]:
    return [f"answer after {delay * 1000:.0f} ms: messages/s" for delay in delays]


def rate(scene: Scene, way: Way, delay: float) -> float:
    """Send all messages in one way; give messages a second."""
    messages = scene.counts.messages
    scene.ask("reset", delay=delay)
    told = [*way.arguments, "--messages", messages, "--at-once", way.at_once]
    with ExitStack() as stack:
        if way.database:
            told += ["--database", stack.enter_context(scene.database(way.database))]
        seconds = float(stack.enter_context(scene.child(way.module, *told)).line())
    arrived = scene.ask("progress")["sent"]
    if arrived != messages:
        raise FailedError(f"{arrived} messages arrived, not {messages}")
    return messages / seconds
