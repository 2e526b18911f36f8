"""Desks to watch: China's, and those where clocks are changed while the desk is open."""

from datetime import date, time

from models.hours.holidays import is_workday
from models.hours.rules.desk import DESK, DeskHours, Interval, weekdays
from tests.hours.oracle import Watch

FULL_DAY = Interval(time(0), time(0))


def every_day(_day: date) -> bool:
    return True


def nights(zone: str, opens: time = time(0, 15)) -> DeskHours:
    """Hours that begin, end and lie where clocks are put forward and back."""
    around_the_change = (
        Interval(opens, time(1, 45)),
        Interval(time(2, 10), time(2, 40)),
        Interval(time(2, 40), time(3)),
        Interval(time(22, 50), time(0)),
    )
    return DeskHours((around_the_change,) * 7, zone)


def uneven(zone: str) -> DeskHours:
    """Another length every day, none on Wednesdays, and Saturday's own hours on make-up days."""
    morning, long, short = (
        Interval(time(9), time(12)),
        Interval(time(8), time(19, 30)),
        Interval(time(10, 15), time(10, 45)),
    )
    return DeskHours(((morning,), (long,), (), (short,), (FULL_DAY,), (morning,), ()), zone)


WATCHES = [
    Watch("China", DESK, is_workday, date(2023, 9, 1), date(2027, 2, 1)),
    Watch("uneven", uneven("Asia/Shanghai"), is_workday, date(2024, 1, 1), date(2025, 1, 1)),
    Watch("Berlin", nights("Europe/Berlin"), weekdays, date(2025, 1, 1), date(2027, 1, 1)),
    Watch("Berlin daily", nights("Europe/Berlin"), every_day, date(2026, 3, 1), date(2026, 11, 9)),
    Watch("New York", nights("America/New_York"), every_day, date(2025, 1, 1), date(2027, 1, 1)),
    Watch(
        "Lord Howe", nights("Australia/Lord_Howe"), every_day, date(2026, 3, 1), date(2026, 11, 1)
    ),
    Watch("Havana", nights("America/Havana"), every_day, date(2026, 3, 1), date(2026, 11, 9)),
    Watch("Santiago", nights("America/Santiago"), every_day, date(2026, 3, 1), date(2026, 11, 1)),
    Watch("Apia", nights("Pacific/Apia"), every_day, date(2011, 9, 1), date(2012, 5, 1)),
    Watch(
        "Goose Bay",
        nights("America/Goose_Bay", time(0)),
        every_day,
        date(2010, 3, 1),
        date(2010, 12, 1),
    ),
]
"""China's is watched into a year whose holidays are not known. Lord Howe moves its clocks by half
an hour, Havana and Santiago at midnight, Apia left out a day, Goose Bay put its clocks back over
midnight."""

CLOCK_CHANGES = {
    "Berlin": [date(2025, 3, 30), date(2025, 10, 26), date(2026, 3, 29), date(2026, 10, 25)],
    "Berlin daily": [date(2026, 3, 29), date(2026, 10, 25)],
    "New York": [date(2025, 3, 9), date(2025, 11, 2), date(2026, 3, 8), date(2026, 11, 1)],
    "Lord Howe": [date(2026, 4, 5), date(2026, 10, 4)],
    "Havana": [date(2026, 3, 8), date(2026, 11, 1)],
    "Santiago": [date(2026, 4, 5), date(2026, 9, 6)],
    "Apia": [date(2011, 9, 24), date(2011, 12, 30), date(2012, 4, 1)],
    "Goose Bay": [date(2010, 3, 14), date(2010, 11, 7)],
}
FEASTS = [
    date(2024, 2, 10),
    date(2024, 9, 29),
    date(2025, 1, 26),
    date(2025, 10, 1),
    date(2026, 1, 1),
    date(2026, 2, 17),
    date(2026, 10, 1),
    date(2027, 1, 1),
]
"""Spring Festivals, National Days, year ends, and make-up days on either side of them."""


def near(watch: Watch) -> list[date]:
    """Give the days around which counting is hard."""
    days = CLOCK_CHANGES.get(watch.name, FEASTS)
    return [day for day in days if watch.first < day < watch.last]
