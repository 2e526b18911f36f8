"""What stands out to a secretary: pairs, overlaps, long days, and nothing else."""

from datetime import UTC, datetime, timedelta

from models.savings.flags import Flag, GivenTime, flags_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _given(giver: int, by: int, day: int, minutes: int = 60, hours: int = 0) -> GivenTime:
    at = NOON + timedelta(days=day, hours=hours)
    return GivenTime(giver, by, minutes, at, at.date())


def test_three_between_the_same_two_in_either_direction_stand_out() -> None:
    given = [_given(1, 2, 0), _given(2, 1, 1), _given(1, 2, 2), _given(3, 1, 3)]
    assert [(one.flag, one.people, one.count) for one in flags_of(given)] == [
        (Flag.PAIR, (1, 2), 3)
    ]


def test_overlaps_and_long_days_stand_out_and_neighbouring_hours_do_not() -> None:
    assert flags_of([_given(1, 2, 0), _given(1, 3, 0, hours=1)]) == []
    found = flags_of([_given(1, 2, 0, 300), _given(1, 3, 0, 200, hours=1)])
    assert [one.flag for one in found] == [Flag.OVERLAP, Flag.LONG_DAY]
