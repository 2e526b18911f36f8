"""A broadcast: what the code costs, how near the pace stays to the limit, what a bad day leaves."""

import json
import signal
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from benchmarks.contenders import FIRST_READER, NOON, PUSH_TEXT
from benchmarks.delays import LIMIT, PEOPLE
from benchmarks.figures import milliseconds, most_within, number, per_second, percentile, table
from benchmarks.processes import Child, FailedError
from benchmarks.scene import START_SECONDS, Scene
from benchmarks.server.unruly import gone

PATIENCE = 60.0
LOOK_SECONDS = 0.1
WAYS = {
    "linli": "**Linli**",
    "sequential": "one after another, a twentieth of a second between two",
    "gather": "`asyncio.gather` over all",
}


def section(scene: Scene) -> list[str]:
    """Measure and write the section."""
    return [
        "## A broadcast",
        "",
        *_tabled(scene, _cost_told(scene), _cost_head(), {"**Linli**": unpaced}),
        "",
        *_tabled(scene, _pace_told(scene), _pace_head(), {"**Linli**": paced}),
        "",
        *_tabled(
            scene,
            _unruly_told(scene),
            _unruly_head(),
            {name: _through(way) for way, name in WAYS.items()},
        ),
    ]


def _tabled(
    scene: Scene, told: str, head: list[str], ways: dict[str, Callable[[Scene], list[object]]]
) -> list[str]:
    rows: list[list[object]] = []
    for name, measure in ways.items():
        scene.tell(f"broadcast, {head[1]}: {name}")
        try:
            rows.append([name, *measure(scene)])
        except FailedError as error:
            scene.tell(f"  not measured: {error}")
    return [told, "", *table(head, rows)]


def _ahead() -> float:
    """Give the lead of a clock that shows noon in Shanghai: at night a broadcast would wait."""
    now = datetime.now(UTC)
    noon = now.replace(hour=0, minute=0, second=0, microsecond=0) + NOON
    return (noon - now).total_seconds()


def _cost_told(scene: Scene) -> str:
    return (
        f"To {scene.counts.copies:,} readers, nothing paced, the whole bot running, SQLite. The "
        "beginning fixes the recipients and queues every copy, in one transaction; a copy is "
        "rendered when its turn comes, and its outcome committed."
    )


def _cost_head() -> list[str]:
    return ["bot", "beginning, s", "copies/s", "CPU ms a copy", "MiB after"]


def unpaced(scene: Scene) -> list[object]:
    """Send as fast as the code can."""
    copies = scene.counts.copies
    scene.ask("reset")
    with ExitStack() as stack:
        told = ["--database", stack.enter_context(scene.database()), "--ahead", _ahead()]
        child = stack.enter_context(scene.child("broadcasting", *told, "--people", copies))
        beginning, before = float(child.line()), child.cpu_seconds()
        _all_sent(child.line(), copies)
        spent = child.cpu_seconds() - before
        rate = per_second(scene.ask("report")["sent"])
        return [
            number(beginning), number(rate), number(spent / copies * 1000),
            number(child.resident_mib()),
        ]  # fmt: skip


def _all_sent(line: str, copies: int) -> None:
    became = json.loads(line)
    if became != {"sent": copies}:
        raise FailedError(f"of {copies} copies became {became}")


def _pace_told(scene: Scene) -> str:
    return (
        f"To {scene.counts.paced_copies:,} readers, at Telegram's limits. For "
        f"{scene.counts.light_seconds:.0f} s before it begins, and then for as long as it lasts "
        f"at {LIMIT}/s, people write {scene.counts.steady_rate:.0f} messages a second at random "
        "instants: their replies go before copies, and count towards the limit. The fullest "
        "second is the fullest of any, wherever it begins."
    )


def _pace_head() -> list[str]:
    head = ["bot", "messages/s", "fullest second", "copies took, s"]
    return [*head, "reply p50 ms idle", "p99 ms", "reply p50 ms meanwhile", "p99 ms"]


def paced(scene: Scene) -> list[object]:
    """Send at the real pace while people write."""
    counts = scene.counts
    idle = replies(scene, 0, counts.light_seconds)
    busy = replies(scene, counts.paced_copies, max(1.0, counts.paced_copies / LIMIT))
    waits = [
        number(percentile(milliseconds(each["replies"]), share))
        for each in (idle, busy)
        for share in (0.5, 0.99)
    ]
    sent = busy["sent"]
    return [number(per_second(sent)), most_within(sent, 1.0), number(busy["seconds"]), *waits]


def replies(scene: Scene, copies: int, seconds: float) -> dict[str, Any]:
    """Let people write for a time while a broadcast goes out, if any; give the server's report."""
    scene.ask("reset")
    with ExitStack() as stack:
        told = ["--database", stack.enter_context(scene.database()), "--ahead", _ahead()]
        told += ["--people", copies, "--paced"]
        child = stack.enter_context(scene.child("broadcasting", *told))
        child.line()
        began = time.monotonic()
        scene.ask("trickle", people=PEOPLE, per_second=scene.counts.steady_rate, seconds=seconds)
        if copies:
            _all_sent(child.line(), copies)
        took = time.monotonic() - began
        patience = seconds * 2 + PATIENCE
        scene.wait(child, lambda now: bool(now["replied"] >= now["wanted"]), patience)
        return {**scene.ask("report"), "seconds": took}


def _unruly_told(scene: Scene) -> str:
    people = scene.counts.unruly_copies
    return (
        f"To {people:,} readers through the sandbox, which keeps Telegram's limits and misbehaves "
        f"by the same seed: {len(gone(people))} readers have blocked the bot or are gone, of all "
        "calls 1 % are answered with a flood wait, 2 % with 502, 2 % are carried out and never "
        "answered, 30 % take 50 ms longer. Every bot is killed with -9 once half the readers have "
        "been sent it, and started again; the seconds include both starts. The first loop is the "
        "broadcaster of aiogram's examples, the second gives its `send` to `asyncio.gather`. "
        "Refused by the limit counts calls that came too soon (a real Telegram answers those with "
        "ever longer waits); listed as uncertain are those of whom the bot itself says that it "
        "cannot know."
    )


def _unruly_head() -> list[str]:
    head = ["way", "of", "sent it", "missing", "twice", "listed as uncertain"]
    return [*head, "refused by the limit", "seconds"]


@dataclass(frozen=True)
class Bad:
    """What a bad day left; the counts of readers are of those within reach."""

    within_reach: int
    sent: int
    twice: int
    uncertain: int | None
    """None: the bot does not know of such a thing."""
    refused: int
    exceeded: int
    seconds: float


def _through(way: str) -> Callable[[Scene], list[object]]:
    def measure(scene: Scene) -> list[object]:
        bad = unruly(scene, way)
        return [
            bad.within_reach, bad.sent, bad.within_reach - bad.sent, bad.twice, bad.uncertain,
            f"{bad.refused:,}", number(bad.seconds),
        ]  # fmt: skip

    return measure


def unruly(scene: Scene, way: str) -> Bad:
    """Send in one way through a server that misbehaves, killed once half are sent it."""
    people = scene.counts.unruly_copies
    with ExitStack() as stack:
        url = stack.enter_context(scene.unruly(people))
        module, told, again = _command(scene, stack, way)
        began = time.monotonic()
        with scene.child(module, *told, api=url) as child:
            _wait_for_half(child, url, people)
            child.process.send_signal(signal.SIGKILL)
            child.process.wait()
        with scene.child(module, *told, *again, api=url) as child:
            became = _last_line(child, way)
        seconds = time.monotonic() - began
        limits, copies = _read(url, "limits"), received(url)
    reach = set(range(FIRST_READER, FIRST_READER + people)) - set(gone(people))
    return Bad(
        within_reach=len(reach),
        sent=sum(copies[reader] > 0 for reader in reach),
        twice=sum(copies[reader] > 1 for reader in reach),
        uncertain=became,
        refused=limits["refused"],
        exceeded=sum(limits["exceeded"].values()),
        seconds=seconds,
    )


def _command(scene: Scene, stack: ExitStack, way: str) -> tuple[str, list[object], list[object]]:
    """Give a way's module, its arguments, and those that it is started again with besides."""
    told: list[object] = ["--people", scene.counts.unruly_copies]
    if way != "linli":
        return "loops", [*told, "--way", way], []
    told += ["--database", stack.enter_context(scene.database()), "--ahead", _ahead(), "--paced"]
    return "broadcasting", told, ["--again"]


def _last_line(child: Child, way: str) -> int | None:
    """Wait until it is through; give how many it lists as uncertain."""
    if way != "linli":
        child.line()
        return None
    child.line()
    return int(json.loads(child.line()).get("uncertain", 0))


def _wait_for_half(child: Child, url: str, people: int) -> None:
    deadline = time.monotonic() + START_SECONDS + people
    while _read(url, "limits")["kinds"].get("send", {}).get("total", 0) < people // 2:
        child.check()
        if time.monotonic() > deadline:
            raise FailedError(f"half were not sent it in time; {child.last_words()}")
        time.sleep(LOOK_SECONDS)


def received(url: str) -> Counter[int]:
    """Count the copies on every reader's phone."""
    return Counter(
        {
            phone["chat_id"]: sum(PUSH_TEXT in message["text"] for message in phone["messages"])
            for phone in _read(url, "state")["phones"]
        }
    )


def _read(url: str, what: str) -> Any:
    with urllib.request.urlopen(f"{url}/sandbox/{what}", timeout=30) as answer:
        return json.load(answer)
