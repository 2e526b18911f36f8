"""The rules of rounds and checklists, by properties."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.inspections.checklists import (
    BUILT_IN,
    own_checklist,
    own_code,
    place_of,
    read_points,
    wrong_checklist,
)
from models.inspections.rules import (
    LASTS,
    RoundRhythm,
    WalkMark,
    plan_for,
    point_at,
    rhythm_of,
    tally,
    turned,
)
from models.routines.lunar import festival_day
from models.routines.rules import next_window, wrong_plan
from models.sheets.rules.fields import CODE, wrong_with_sheet

DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
RHYTHMS = st.sampled_from(RoundRhythm)
ORDERS = st.lists(st.integers(1, 99), unique=True, max_size=8)


@given(RHYTHMS, DAYS)
def test_a_preset_is_a_sound_plan_that_begins_on_its_day(rhythm: RoundRhythm, day: date) -> None:
    plan = plan_for(rhythm, day)
    assert wrong_plan(plan) is None
    assert rhythm_of(plan) is rhythm
    first = next_window(plan, day, festival_day)
    assert first is not None
    assert first.opens_on == day
    second = next_window(plan, first.opens_on + timedelta(days=1), festival_day)
    assert second is not None
    assert second.opens_on > first.ends_on
    assert (first.ends_on - first.opens_on).days + 1 == LASTS[rhythm]


@given(ORDERS)
def test_everybody_has_their_turn_before_anybody_has_it_again(order: list[int]) -> None:
    turns, now = [], order
    for _time in order:
        turns.append(now[0])
        now = turned(now, now[0])
    assert turns == order == now
    assert turned(order, None) == order


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.sets(st.sampled_from("abcdef")))
def test_the_point_that_comes_is_the_first_of_which_nothing_is_said(
    keys: list[str], marked: set[str]
) -> None:
    at = point_at(keys, marked)
    if at is None:
        assert {*keys} <= marked
    else:
        assert keys[at] not in marked
        assert {*keys[:at]} <= marked


@given(st.dictionaries(st.text(max_size=3), st.sampled_from(WalkMark)))
def test_every_mark_is_counted_once(marks: dict[str, WalkMark]) -> None:
    assert sum(tally(marks).values()) == len(marks)


def test_what_comes_with_the_house_are_sound_sheets() -> None:
    assert [wrong_with_sheet(one) for one in BUILT_IN] == [()] * len(BUILT_IN)
    assert {place_of(one.code) for one in BUILT_IN} == {None}


@given(st.integers(1, 10**9), st.text(max_size=40))
def test_a_checklist_of_a_community_is_named_after_it(place_id: int, token: str) -> None:
    code = own_code(place_id, token)
    assert CODE.fullmatch(code)
    assert place_of(code) == place_id


@given(st.text(max_size=80), st.lists(st.text(max_size=200), max_size=40))
def test_what_is_read_as_a_checklist_is_a_sound_sheet(title: str, texts: list[str]) -> None:
    points = read_points(texts)
    draft = own_checklist("at1_a", title, points)
    if wrong_checklist(title, points) is None:
        assert wrong_with_sheet(draft) == ()
