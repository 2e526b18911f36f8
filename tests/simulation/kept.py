"""Lives in which something was once found wrong; each as short as it still showed."""

from collections.abc import Iterator

from tests.simulation.plan import Event, Plan, What

AHEAD = "a worker whose clock is ahead: its answers waited, and later ones overtook them"
IN_DOUBT = "a turn's commit that is made and reported as failed: its answer was left in hand"


def _doubtful() -> Iterator[Event]:
    """Let somebody write, again and again, just as a commit comes to be in doubt."""
    for number in range(12):
        at = 2.3 + 1.5 * number
        yield Event(at, What.DOUBTS, number)
        yield Event(at + 0.01, What.SAY, 31 * number)


KEPT = {
    AHEAD: Plan(
        125,
        2,
        (
            Event(8.15, What.CLOCK, 680994029, 15.9),
            Event(8.92, What.PRESS, 107516179),
            Event(12.37, What.PRESS, 609026104),
            Event(13.02, What.PRESS, 912521052),
            Event(14.22, What.PRESS, 916286984),
        ),
    ),
    IN_DOUBT: Plan(200, 1, tuple(_doubtful())),
}
