"""What stands out to a secretary: pairs, overlaps, long days, and nothing else."""

from datetime import UTC, datetime, timedelta

from models.savings.flags import Flag, GivenTime, flags_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _given(
    giver: int, by: int, day: int, minutes: int = 60, hours: int = 0, *, by_lead: bool = False
) -> GivenTime:
    at = NOON + timedelta(days=day, hours=hours)
    return GivenTime(giver, by, minutes, at, at.date(), by_lead)


def test_three_between_the_same_two_in_either_direction_stand_out() -> None:
    given = [_given(1, 2, 0), _given(2, 1, 1), _given(1, 2, 2), _given(3, 1, 3)]
    assert [(one.flag, one.people, one.count) for one in flags_of(given)] == [
        (Flag.PAIR, (1, 2), 3)
    ]


def test_overlaps_and_long_days_stand_out_and_neighbouring_hours_do_not() -> None:
    assert flags_of([_given(1, 2, 0), _given(1, 3, 0, hours=1)]) == []
    found = flags_of([_given(1, 2, 0, 300), _given(1, 3, 0, 200, hours=1)])
    assert [one.flag for one in found] == [Flag.OVERLAP, Flag.LONG_DAY]


def test_a_lead_who_confirms_a_weekly_shift_does_not_stand_out_unless_it_goes_both_ways() -> None:
    weekly = [_given(1, 2, 7 * week, by_lead=True) for week in range(4)]
    assert flags_of(weekly) == []
    back = [*weekly, _given(2, 1, 3)]
    assert [(one.flag, one.people, one.count) for one in flags_of(back)] == [(Flag.PAIR, (1, 2), 5)]


def test_what_is_rare_stands_first_and_then_the_pair_with_the_most() -> None:
    given = [_given(1, 2, day) for day in range(3)] + [_given(3, 4, day) for day in range(4)]
    given += [_given(5, 6, 0, 500)]
    found = [(one.flag, one.people) for one in flags_of(given)]
    assert found == [(Flag.LONG_DAY, (5,)), (Flag.PAIR, (3, 4)), (Flag.PAIR, (1, 2))]
