"""What happens in one life: a list of events drawn from a seed, which can be made shorter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

SHORT_SECONDS, LONG_SECONDS = 20.0, 40.0
"""So long people are at it in one stretch."""

GAP_SECONDS = 20.0
"""From the end of one stretch to the next, and in the middle of it the night."""


class What(StrEnum):
    """What happens."""

    SAY = "say"
    PRESS = "press"
    BLOCK = "block"
    START = "start"
    REPEAT = "repeat"
    """Telegram gives the newest updates once more."""
    SLEEP = "sleep"
    """Hours pass in which every machine sleeps."""
    KILL = "kill"
    STOP = "stop"
    """A process is stopped for a while and goes on."""
    RESTART = "restart"
    """A process is ended in order."""
    SLOW_DISK = "slow disk"
    NO_DATABASE = "no database"
    FULL_DISK = "full disk"
    DOUBTS = "doubtful commits"
    NO_TELEGRAM = "no Telegram"
    SLOW_TELEGRAM = "slow Telegram"
    LOST = "lost answers"
    BROKEN = "a broken gateway"
    FLOODS = "flood waits"
    CLOCK = "a clock that jumps"


PEOPLE = {What.SAY: 30, What.PRESS: 60, What.BLOCK: 1, What.START: 4}
TROUBLES = {
    What.KILL: 5,
    What.STOP: 3,
    What.RESTART: 1,
    What.SLOW_DISK: 2,
    What.NO_DATABASE: 2,
    What.FULL_DISK: 1,
    What.DOUBTS: 3,
    What.NO_TELEGRAM: 2,
    What.SLOW_TELEGRAM: 2,
    What.LOST: 3,
    What.BROKEN: 2,
    What.FLOODS: 2,
    What.CLOCK: 1,
    What.REPEAT: 2,
}
LASTS = {
    What.STOP: (0.5, 30.0),
    What.SLOW_DISK: (1.0, 15.0),
    What.NO_DATABASE: (0.5, 20.0),
    What.FULL_DISK: (0.5, 8.0),
    What.NO_TELEGRAM: (1.0, 30.0),
    What.SLOW_TELEGRAM: (1.0, 20.0),
    What.CLOCK: (1.0, 20.0),
}
"""Seconds for which each goes on."""


@dataclass(frozen=True)
class Event:
    """One thing that happens, at a second of the life; `dice` decide what is left open."""

    at: float
    what: What
    dice: int
    lasts: float = 0.0

    def __str__(self) -> str:
        lasts = f" for {self.lasts:.1f} s" if self.lasts else ""
        return f"{self.at:7.2f} s  {self.what}{lasts}  (dice {self.dice})"


@dataclass(frozen=True)
class Plan:
    """One life."""

    seed: int
    processes: int
    events: tuple[Event, ...]

    def only(self, numbers: Sequence[int]) -> "Plan":
        """Return the same life with some of its events alone, by their numbers."""
        return Plan(self.seed, self.processes, tuple(self.events[n] for n in numbers))


def draw(seed: int, *, long: bool = False) -> Plan:
    """Draw the life of a seed: one busy stretch, or several with nights between them."""
    dice = Random(seed)
    events: list[Event] = []
    begins, seconds = 0.0, LONG_SECONDS if long else SHORT_SECONDS
    for _ in range(dice.randint(1, 3) if long else 1):
        events += _stretch(dice, begins, seconds)
        begins += seconds + GAP_SECONDS
        asleep = dice.choice((0.5, 2, 9, 26, 80)) * 3600
        events.append(Event(begins - GAP_SECONDS / 2, What.SLEEP, dice.getrandbits(30), asleep))
    events.sort(key=lambda event: event.at)
    return Plan(seed, dice.choice((1, 1, 2, 3)), tuple(events))


def _stretch(dice: Random, begins: float, seconds: float) -> list[Event]:
    """Draw what people do in one busy stretch, and what goes wrong meanwhile."""
    found: list[Event] = []
    acts = dice.randint(round(seconds / 4), round(seconds))
    for weights, count in ((PEOPLE, acts), (TROUBLES, dice.randint(1, 4))):
        for _ in range(count):
            what = dice.choices(list(weights), list(weights.values()))[0]
            lasts = dice.uniform(*LASTS[what]) if what in LASTS else 0.0
            at = begins + dice.uniform(1, seconds)
            found.append(Event(at, what, dice.getrandbits(30), lasts))
    return found


def shrink(plan: Plan, fails: Callable[[Plan], bool], tries: int = 300) -> list[int]:
    """Return the numbers of as few events as still make it fail (delta debugging, ddmin).

    Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing Input, 2002.
    """
    kept, parts = list(range(len(plan.events))), 2
    while len(kept) >= 2 and tries > 0:
        size = -(-len(kept) // parts)
        pieces = [kept[start : start + size] for start in range(0, len(kept), size)]
        for piece in pieces:
            tries -= 1
            left = [number for number in kept if number not in piece]
            if fails(plan.only(left)):
                kept, parts = left, max(parts - 1, 2)
                break
        else:
            if parts >= len(kept):
                break
            parts = min(2 * parts, len(kept))
    return kept
