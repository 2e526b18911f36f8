"""Lives in which something was once found wrong; each as short as it still showed."""

from tests.simulation.plan import Event, Plan, What

AHEAD = "a worker whose clock is ahead: its answers waited, and later ones overtook them"
IN_DOUBT = "a turn's commit that is made and reported as failed: its answer was left in hand"

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
    IN_DOUBT: Plan(
        200,
        1,
        (
            Event(1.58, What.PRESS, 663261738),
            Event(5.37, What.SLOW_TELEGRAM, 1015908741, 9.8),
            Event(6.07, What.PRESS, 12318995),
            Event(6.28, What.SAY, 493706413),
            Event(13.20, What.DOUBTS, 130716042),
            Event(13.32, What.SAY, 129993430),
        ),
    ),
}
