"""How long a stop takes while a crowd writes, and that the next start answers all that waits."""

import signal
import time

from benchmarks.figures import Spread, spread, table
from benchmarks.processes import STOP_SECONDS, FailedError
from benchmarks.scene import Scene
from benchmarks.turns import WAIT_SECONDS

PEOPLE = 30
DELAYS = (0.0, 0.05)
"""Seconds until the server answers a message."""
LEAST = 300
"""Messages, so that the stop comes in the middle of them."""
KINDS = ("sqlite", "postgresql")


def section(scene: Scene) -> list[str]:
    """Measure and write the section."""
    rows = []
    for kind in KINDS if scene.postgresql else KINDS[:1]:
        for delay in DELAYS:
            scene.tell(f"stopping, {kind}, answered after {delay:.2f} s")
            rows.append([kind, f"{1000 * delay:.0f}", stops(scene, kind, delay)])
    return [
        "## Stopping",
        "",
        (
            f"{PEOPLE} people write, each again as soon as they are answered, and SIGTERM comes in "
            "the middle: milliseconds until the process has ended. The next start answers all "
            "that waits, which is checked. Nobody paces."
        ),
        "",
        *table(["database", "Telegram answers after, ms", "until it has ended, ms"], rows),
    ]


def stops(scene: Scene, kind: str, delay: float = 0.0) -> Spread | None:
    """Stop so many times as it is started; milliseconds from the signal to the end."""
    taken = []
    for _ in range(scene.counts.starts):
        try:
            taken.append(1000 * _stop_once(scene, kind, delay))
        except FailedError as error:
            scene.tell(f"  not measured: {error}")
    return spread(taken)


def _stop_once(scene: Scene, kind: str, delay: float) -> float:
    messages = max(scene.counts.turns, LEAST)
    scene.ask("reset", delay=delay)
    with scene.database(kind) as url:
        arguments = ("--database", url, "--people", PEOPLE)
        with scene.child("linli", *arguments) as child:
            scene.wait_polling(child)
            scene.ask("converse", people=PEOPLE, messages=messages)
            scene.wait(child, lambda now: bool(now["replied"] >= messages // 4), WAIT_SECONDS)
            began = time.monotonic()
            child.process.send_signal(signal.SIGTERM)
            if child.process.wait(STOP_SECONDS) != 0:
                raise FailedError(f"ended badly: {child.last_words()}")
            seconds = time.monotonic() - began
        if scene.ask("progress")["replied"] >= messages:
            raise FailedError("all was answered before the stop")
        with scene.child("linli", "--database", url, "--founded") as child:
            scene.wait(child, lambda now: bool(now["replied"] >= messages), WAIT_SECONDS)
        if scene.ask("progress")["sent"] != messages:
            raise FailedError("not each was answered once")
    return seconds
