"""What no register may ask for, until when something is good, when it is looked at."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.registrations.guard import Forbidden, forbidden_in
from models.registrations.house import HOUSE
from models.registrations.rules import (
    GRACE,
    LIFECYCLE,
    SOON,
    VALID,
    Move,
    Relation,
    Stage,
    State,
    add_months,
    good_until,
    looks_at,
    stage_of,
    wrong_day,
)
from models.schema import metadata
from models.sheets.rules.answers import AnswerProblem, WrongAnswer
from models.sheets.rules.fields import wrong_with_sheet

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
ASKED = {
    "身份证号码": Forbidden.IDENTITY,
    "身 份 证": Forbidden.IDENTITY,
    "Your ID number": Forbidden.IDENTITY,
    "I.D. card, please": Forbidden.IDENTITY,
    "ID no.?": Forbidden.IDENTITY,
    "11010519491231002X": Forbidden.IDENTITY,
    "什么民族": Forbidden.NATIONALITY,
    "Nationality": Forbidden.NATIONALITY,
    "Race and age": Forbidden.NATIONALITY,
    "信仰什么宗教": Forbidden.FAITH,
    "Religion": Forbidden.FAITH,
    "有无前科": Forbidden.RECORD,
    "Police record": Forbidden.RECORD,
    "是否重点人口": Forbidden.WATCHED,
    "Suspicious visitors": Forbidden.WATCHED,
}


@pytest.mark.parametrize(("words", "what"), ASKED.items())
def test_what_is_asked_nowhere(words: str, what: Forbidden) -> None:
    assert forbidden_in("颜色", words) is what


@pytest.mark.parametrize(
    "words",
    [
        "什么颜色？",
        "Bicycle",
        "Brace or not",
        "住几个人？",
        "13800001111",
        "Which terrace?",
        "How often did nobody come?",
        "A prepaid card?",
        "What is the paid number?",
    ],
)
def test_what_may_be_asked(words: str) -> None:
    assert forbidden_in(words) is None


def test_what_comes_with_the_house_can_be_used_and_asks_nothing_forbidden() -> None:
    for one in HOUSE:
        assert wrong_with_sheet(one.sheet) == ()
        for field in one.sheet.fields:
            said = (field.words, field.label, *((field.help,) if field.help else ()))
            assert forbidden_in(*(w for each in said for w in (each.zh, each.en))) is None
        assert one.until_key is None or one.sheet.field(one.until_key) is not None
    assert len({one.prefix for one in HOUSE}) == len(HOUSE)


NEVER = ("identity", "id_card", "idcard", "nationality", "ethnic", "faith", "religion",
         "criminal", "police", "suspic", "credit_score", "blacklist")  # fmt: skip


def test_no_column_is_named_for_what_is_kept_nowhere() -> None:
    tables = metadata().tables.items()
    named = [f"{table}.{one.name}" for table, at in tables for one in at.columns]
    named += [f"{one.sheet.code}.{field.key}" for one in HOUSE for field in one.sheet.fields]
    found = {name for name in named for word in NEVER if word in name}
    assert found - {"handled_updates.identity"} == set(), "that one names an update of Telegram's"


@given(DAYS, st.integers(0, 120))
def test_months_later_is_the_same_day_or_the_last_of_its_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (
        later.day < day.day and (later + timedelta(days=1)).month != later.month
    )


@given(DAYS, DAYS)
def test_stages_follow_one_another(until: date, today: date) -> None:
    stage = stage_of(until, today)
    assert (stage is Stage.OVER) == (today - until >= GRACE)
    assert (stage is Stage.FAR) == (until - today > SOON)


@given(DAYS, st.integers(-60, 60))
def test_it_is_always_looked_at_once_more(until: date, days: int) -> None:
    now = datetime.combine(until, datetime.min.time(), UTC) + timedelta(days=days, hours=5)
    looks = looks_at(until, "Asia/Shanghai", now)
    assert looks == sorted(looks)
    assert len(looks) in {1, 2, 3, 4}
    assert all(at > now for at in looks)
    assert looks[-1] >= now or days > GRACE.days


@given(DAYS, DAYS)
def test_a_day_that_is_past_is_named(until: date, today: date) -> None:
    wrong = wrong_day("until", {"until": until}, today)
    if until < today:
        assert wrong == WrongAnswer("until", AnswerProblem.PAST_DAY)
    elif until <= add_months(today, 120):
        assert wrong is None
    else:
        assert wrong == WrongAnswer("until", AnswerProblem.FAR_DAY)
    assert wrong_day(None, {"until": until}, today) is None


@given(DAYS, st.none() | st.integers(1, 120))
def test_good_until_what_was_asked_or_so_many_months(today: date, months: int | None) -> None:
    assert good_until(months, "until", {"until": today}, today) == today
    assert good_until(months, None, {}, today) == (months and add_months(today, months))


@given(st.sampled_from(State), st.sampled_from(Move))
def test_nobody_accepts_what_they_had_a_hand_in(state: State, move: Move) -> None:
    mine = LIFECYCLE.open_to(state, {Relation.OWN_DESK, Relation.HOLDER})
    assert not mine & {Move.ACCEPT, Move.RETURN, Move.KEEP_OLD}
    assert move in {Move.EXPIRE, Move.EXPIRE_SOON} or LIFECYCLE.open_to(state, Relation) >= {
        Move.LOOK
    }
    assert VALID.isdisjoint({State.BEGUN, State.FILED, State.RETURNED, State.ENDED})
