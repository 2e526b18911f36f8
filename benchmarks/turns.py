"""Turns a second and reply latency: a crowd writes, each person again as soon as answered."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.figures import milliseconds, percentile, spread, table
from benchmarks.processes import Child, FailedError
from benchmarks.scene import Scene

CROWD = 64
FEW = 4
WAIT_SECONDS = 60.0


@dataclass(frozen=True)
class Bot:
    """A contender: which module, on which database if any."""

    name: str
    module: str
    database: str | None = None

    @contextmanager
    def at_work(self, scene: Scene) -> Iterator[Child]:
        """Run it until it polls."""
        if self.database is None:
            with scene.child(self.module) as child:
                scene.wait_polling(child)
                yield child
            return
        people = ("--people", CROWD) if self.module == "linli" else ()
        with (
            scene.database(self.database) as url,
            scene.child(self.module, "--database", url, *people) as child,
        ):
            scene.wait_polling(child)
            yield child


BARE = Bot("aiogram alone, nothing stored", "bare")
STORED = Bot("aiogram, one insert and a state write, SQLite", "stored", "sqlite")
STORED_POSTGRESQL = Bot("aiogram, one insert and a state write, PostgreSQL", "stored", "postgresql")
LINLI = Bot("**Linli, every promise, SQLite**", "linli", "sqlite")
LINLI_POSTGRESQL = Bot("**Linli, every promise, PostgreSQL**", "linli", "postgresql")


@dataclass(frozen=True)
class Measured:
    """One crowd's outcome: replies a second, and how long a reply took in milliseconds."""

    rate: float
    p50: float
    p99: float
    cpu: float
    """Milliseconds of processor time a turn, which a busy machine changes least."""


def bots(scene: Scene) -> list[Bot]:
    """List the contenders in the order of a round."""
    on_postgresql = [STORED_POSTGRESQL, LINLI_POSTGRESQL] if scene.postgresql else []
    return [BARE, STORED, LINLI, *on_postgresql]


def section(scene: Scene) -> list[str]:
    """Measure and write the section."""
    found: dict[tuple[str, int], list[Measured]] = defaultdict(list)
    for number in range(scene.counts.rounds):
        for bot in bots(scene):
            scene.tell(f"turns, round {number + 1}: {bot.name}")
            take_round(scene, bot, found)
    return _section(scene, found)


def take_round(scene: Scene, bot: Bot, found: dict[tuple[str, int], list[Measured]]) -> None:
    """Let both crowds converse with a bot once; add what they found."""
    scene.ask("reset")
    try:
        with bot.at_work(scene) as child:
            converse(scene, child, CROWD, scene.counts.warm_up)
            found[bot.name, CROWD].append(converse(scene, child, CROWD, scene.counts.turns))
            found[bot.name, FEW].append(converse(scene, child, FEW, scene.counts.turns // 4))
    except FailedError as error:
        scene.tell(f"  not measured: {error}")


def converse(scene: Scene, child: Child, people: int, messages: int, text: str = "") -> Measured:
    """Let people converse until so many messages are answered."""
    told = {"text": text} if text else {}
    before = child.cpu_seconds()
    scene.ask("converse", people=people, messages=messages, **told)
    scene.wait(child, lambda progress: bool(progress["replied"] >= messages), WAIT_SECONDS)
    cpu = (child.cpu_seconds() - before) * 1000 / messages
    replies = scene.ask("report")["replies"]
    seconds = max(reply[1] for reply in replies) - min(reply[0] for reply in replies)
    delays = milliseconds(replies)
    return Measured(len(replies) / seconds, percentile(delays, 0.5), percentile(delays, 0.99), cpu)


def _section(scene: Scene, found: dict[tuple[str, int], list[Measured]]) -> list[str]:
    rows = []
    for bot in bots(scene):
        crowd, few = found[bot.name, CROWD], found[bot.name, FEW]
        rows.append(
            [
                bot.name,
                spread(m.rate for m in crowd),
                spread(m.p50 for m in crowd),
                spread(m.p99 for m in crowd),
                spread(m.cpu for m in crowd),
                spread(m.rate for m in few),
                spread(m.p50 for m in few),
                spread(m.p99 for m in few),
            ]
        )
    few_head = [f"{FEW} people: turns/s", "p50 ms", "p99 ms"]
    head = ["bot", f"{CROWD} people: turns/s", "p50 ms", "p99 ms", "CPU ms a turn", *few_head]
    return [
        "## Turns a second",
        "",
        (
            f"Each of {CROWD} people (then of {FEW}) writes again as soon as they are answered, "
            f"{scene.counts.turns:,} messages ({scene.counts.turns // 4:,}) a round. A reply's "
            "time runs from the writing to the arrival of the answer at the server. The echo of "
            "Linli reads and writes one conversation state; the second bot inserts a row and "
            "writes a state in one transaction on a database opened the same way (SQLite: one "
            "connection on the loop's own thread, WAL, synchronous FULL), and promises nothing. "
            "Nobody paces."
        ),
        "",
        *table(head, rows),
    ]
