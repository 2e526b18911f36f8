"""Many webhook workers on one PostgreSQL: what four do beside one, and what they wait for."""

import asyncio
import socket
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

import asyncpg  # type: ignore[import-untyped]  # it brings no stubs

from benchmarks.figures import milliseconds, number, percentile, spread, table
from benchmarks.processes import Child, FailedError
from benchmarks.scene import START_SECONDS, Scene
from models.outbox.triggers import POSTGRESQL_OFF
from models.vault import Vault

CROWD = 64
WAIT_SECONDS = 60.0
SETTLE_SECONDS = 2.5
"""Until the seats are taken and the sender listens."""
SAMPLE_SECONDS = 0.02
FEW_PEOPLE = 100
FEW_A_SECOND = 4.0

BOTS = {
    "aiogram, one insert and a state write": "stored",
    "**Linli, every promise**": "linli",
}
WAITS = {
    "the sender takes the turn itself": (0, True),
    "another worker does, the sender is woken": (1, True),
    "another worker does, the sender's own look alone": (1, False),
}
"""Who waits -> (which worker is called, the first sends; whether NOTIFY wakes the sender)."""

WAITING = """
SELECT coalesce(wait_event_type || ': ' || wait_event, 'CPU') AS what FROM pg_stat_activity
WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True)
class Measured:
    """One round: replies a second, milliseconds, and what connections were at, on average."""

    rate: float
    p50: float
    p99: float
    cpu: float
    """Milliseconds of processor time a turn, of all workers together."""
    at: dict[str, float]
    """What the database was at for us -> in how many connections, on average."""


def section(scene: Scene) -> list[str]:
    """Measure and write the section; nothing without PostgreSQL."""
    if scene.postgresql is None:
        return []
    found: dict[tuple[str, int], list[Measured]] = defaultdict(list)
    waits: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for number_ in range(scene.counts.rounds):
        for name, count in ((name, count) for name in BOTS for count in (1, 4)):
            scene.tell(f"workers, round {number_ + 1}: {count} of {name}")
            with _told(scene):
                found[name, count].append(converse(scene, BOTS[name], count))
    for name, (called, woken) in WAITS.items():
        scene.tell(f"workers, a wait: {name}")
        with _told(scene):
            waits[name].append(wait(scene, called, woken=woken))
    return _section(scene, found, waits)


@contextmanager
def _told(scene: Scene) -> Iterator[None]:
    try:
        yield
    except FailedError as error:
        scene.tell(f"  not measured: {error}")


@contextmanager
def at_work(scene: Scene, module: str, count: int) -> Iterator[tuple[str, list[int], list[Child]]]:
    """Run so many workers; gives the database's address, their ports, and the processes."""
    ports, key = [_free_port() for _ in range(count)], Vault.new_key()
    with ExitStack() as stack:
        url = stack.enter_context(scene.database("postgresql"))
        children = []
        for place, port in enumerate(ports):
            own: list[object] = ["--database", url, "--webhook", port]
            own += ["--key", key] if module == "linli" else []
            own += ["--founded"] if place else []
            own += ["--people", CROWD] if module == "linli" and not place else []
            child = stack.enter_context(scene.child(module, *own))
            _wait_open(child, port)
            children.append(child)
            if not place:
                time.sleep(SETTLE_SECONDS)  # the first has the seats
        yield url, ports, children


def converse(scene: Scene, module: str, count: int) -> Measured:
    """Let a crowd converse with so many workers, each update at the next of them."""
    scene.ask("reset")
    turns = scene.counts.turns
    with at_work(scene, module, count) as (url, ports, children):
        scene.ask("call", ports=ports)
        _speak(scene, children, scene.counts.warm_up)
        before = sum(child.cpu_seconds() for child in children)
        with sampled(url) as seen:
            _speak(scene, children, turns)
        cpu = (sum(child.cpu_seconds() for child in children) - before) * 1000 / turns
        replies = scene.ask("report")["replies"]
        scene.ask("reset")
    seconds = max(reply[1] for reply in replies) - min(reply[0] for reply in replies)
    delays = milliseconds(replies)
    rate, p50, p99 = len(replies) / seconds, percentile(delays, 0.5), percentile(delays, 0.99)
    return Measured(rate, p50, p99, cpu, dict(seen))


def wait(scene: Scene, called: int, *, woken: bool) -> tuple[float, float]:
    """Let a few people write at random instants to one of two workers; give p50 and p99 in ms."""
    scene.ask("reset")
    with at_work(scene, "linli", 2) as (url, ports, children):
        if not woken:
            asyncio.run(_execute(url, *POSTGRESQL_OFF))
        scene.ask("call", ports=[ports[called]])
        seconds = scene.counts.light_seconds * 2
        scene.ask("trickle", people=FEW_PEOPLE, per_second=FEW_A_SECOND, seconds=seconds)
        scene.wait(children[0], lambda at: bool(at["replied"] >= at["wanted"]), seconds * 3)
        delays = milliseconds(scene.ask("report")["replies"])
        scene.ask("reset")
    return percentile(delays, 0.5), percentile(delays, 0.99)


def _speak(scene: Scene, children: list[Child], messages: int) -> None:
    scene.ask("converse", people=CROWD, messages=messages)
    scene.wait(children[0], lambda at: bool(at["replied"] >= messages), WAIT_SECONDS)


@contextmanager
def sampled(url: str) -> Iterator[dict[str, float]]:
    """Look again and again at what each connection is at; the means are there at the end."""
    done, seen = threading.Event(), {}

    def look() -> None:
        seen.update(asyncio.run(_look(url, done)))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield seen
    finally:
        done.set()
        looking.join()


async def _look(url: str, done: threading.Event) -> dict[str, float]:
    connection = await asyncpg.connect(url)
    seen: Counter[str] = Counter()
    looks = 0
    try:
        while not done.is_set():
            seen.update(row["what"] for row in await connection.fetch(WAITING))
            looks += 1
            await asyncio.sleep(SAMPLE_SECONDS)
    finally:
        await connection.close()
    return {what: count / max(looks, 1) for what, count in seen.items()}


async def _execute(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _wait_open(child: Child, port: int) -> None:
    """Wait until a worker listens."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        child.check()
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise FailedError(f"does not listen; {child.last_words()}")


def _section(
    scene: Scene,
    found: dict[tuple[str, int], list[Measured]],
    waits: dict[str, list[tuple[float, float]]],
) -> list[str]:
    rows = [
        [
            name,
            count,
            spread(m.rate for m in rounds),
            spread(m.p50 for m in rounds),
            spread(m.p99 for m in rounds),
            spread(m.cpu for m in rounds),
            _most(rounds),
        ]
        for (name, count), rounds in found.items()
    ]
    head = ["bot", "workers", "turns/s", "p50 ms", "p99 ms", "CPU ms a turn"]
    who = [[name, *map(number, figures)] for name, [figures] in waits.items()]
    return [
        "## Many workers on one PostgreSQL",
        "",
        (
            f"Each of {CROWD} people writes again as soon as they are answered, "
            f"{scene.counts.turns:,} messages a round; the server calls the workers in turn by "
            "webhook. Workers, PostgreSQL and the server share the machine's cores. The processor "
            "time is that of all workers, PostgreSQL's own is not in it. The last column is what "
            "the database's connections were at, as `pg_stat_activity` has it, in how many of "
            "them on average: CPU is work, Lock is a wait for another transaction, IO and LWLock "
            "are mostly the commit to disk. Nobody paces."
        ),
        "",
        *table([*head, "connections at"], rows),
        "",
        (
            f"{FEW_A_SECOND:.0f} messages a second at random instants to one of two workers, "
            "of which the first sends. The sender looks once a second by itself."
        ),
        "",
        *table(["who takes the turn", "reply p50 ms", "p99 ms"], who),
    ]


def _most(rounds: list[Measured]) -> str:
    seen: Counter[str] = Counter()
    for measured in rounds:
        seen.update(measured.at)  # type: ignore[arg-type]  # a Counter adds up any numbers
    return ", ".join(f"{what} {number(at / len(rounds))}" for what, at in seen.most_common(4))
