"""The month in numbers: equal to a recount of every row, of the reader's places alone."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from handlers.care.month import month_screen
from handlers.i18n import ENGLISH, speaking
from models.care.actions import calls, ending, homes, needs
from models.care.month import care_month
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import (
    first_of,
    month_after,
    month_before,
    month_number,
    month_numbered,
)
from models.care.rules.states import CareFound, NeedState
from models.care.tables import CareHomeRow, CareNeedRow
from models.care.views import CareMonth
from models.database import transaction
from models.hours.rules.local_time import day_of
from models.people.rules import Role
from models.records.rules import Refusal
from models.routines.rules import OccasionState
from models.routines.tables import OccasionRow
from tests.care.lane import Lane

ZONE = "Asia/Shanghai"


async def the_month(lane: Lane, name: str = "zhao", month: date | None = None) -> CareMonth:
    found = await lane.does(care_month, name, month)
    assert isinstance(found, CareMonth)
    return found


async def recounted(lane: Lane, month: date) -> tuple[int, ...]:
    """Count every row anew, in Python, by dates of the place."""
    async with transaction(lane.street.sessions) as session:
        occasions = (await session.scalars(select(OccasionRow))).all()
        noted = (await session.scalars(select(CareNeedRow))).all()
        stood = (await session.scalars(select(CareHomeRow))).all()

    def inside(at: datetime) -> bool:
        return first_of(day_of(at, ZONE)) == month

    of = [OccasionState(row.state) for row in occasions if inside(row.ends_at)]
    due = [one for one in of if one is not OccasionState.EXCUSED]
    met = {NeedState.MET, NeedState.REQUEST}
    theirs = [NeedState(row.state) for row in noted if inside(row.noted_at)]
    return (
        sum(
            row.agreed_at is not None
            and day_of(row.agreed_at, ZONE) < month_after(month)
            and (row.ended_at is None or day_of(row.ended_at, ZONE) >= month)
            for row in stood
        ),
        len(due),
        due.count(OccasionState.DONE),
        due.count(OccasionState.COVERED),
        due.count(OccasionState.MISSED),
        len(of) - len(due),
        len(theirs),
        sum(one in met for one in theirs),
    )


def figures(view: CareMonth) -> tuple[int, ...]:
    return (
        view.homes,
        view.due,
        view.made,
        view.covered,
        view.missed,
        view.excused,
        view.needs,
        view.needs_met,
    )


async def lived(lane: Lane) -> None:
    """Let six homes be looked in on for two months, not all of them always."""
    street = lane.street
    for number in range(5):
        await street.add(f"h{number}", "b1")
        await lane.agreed(f"h{number}")
    await lane.agreed("wang", "chen")
    await lane.passes(days=2, hours=2)  # a Wednesday: the windows are open
    for _week in range(9):
        await lane.passes(days=7)
        for home_id in (1, 2, 6):
            on = [one for one in await lane.occasions(home_id) if one.state == OccasionState.DUE]
            on = [one for one in on if one.opens_at <= street.now < one.ends_at]
            whose = "chen" if home_id == 6 else "li"
            for one in on:
                assert await lane.made(whose, one.id, CareFound.WELL) is CareOutcome.REPORTED
    assert await lane.does(homes.pause, "h3", 4) is CareOutcome.PAUSED
    assert await lane.does(ending.end, "h4", 5) is CareOutcome.ENDED
    await lane.passes(days=4)  # the window of this week is over, that of the next not open yet
    missed = [one for one in await lane.occasions(3) if one.state == OccasionState.MISSED]
    said = await lane.does(calls.report, "zhao", missed[-1].id, CareFound.WELL)
    assert said is CareOutcome.REPORTED
    for words in ("纱窗坏了", "想去医院"):
        await lane.does(needs.note_need, "wang", 6, words)
    await lane.does(needs.meet, "zhao", 1)


async def test_the_figures_are_those_of_a_recount(lane: Lane) -> None:
    await lived(lane)
    this = first_of(day_of(lane.street.now, ZONE))
    months = [this, month_before(this), month_before(month_before(this))]
    shown = [figures(await the_month(lane, month=month)) for month in months]
    assert shown == [await recounted(lane, month) for month in months]
    assert all(any(one[index] for one in shown) for index in range(8)), shown
    assert (await the_month(lane)).last
    assert not (await the_month(lane, month=months[1])).last


async def test_each_sees_the_sum_of_their_own_places(lane: Lane) -> None:
    await lane.agreed()
    street = lane.street
    await street.add("far", "l1")
    await street.grant("far", Role.STAFF, "lan")
    assert (await the_month(lane)).homes == 1
    assert (await the_month(lane, "far")).homes == 0
    assert await lane.does(care_month, "li", None) is Refusal.NOT_ALLOWED


async def test_of_few_homes_only_sums_are_shown(lane: Lane) -> None:
    await lane.agreed()
    await lane.passes(days=21)
    view = await the_month(lane)
    assert view.few
    with speaking(ENGLISH):
        few = month_screen(view)
        assert "missed" not in few.text
        await lived_more(lane)
        many = month_screen(await the_month(lane))
    assert "🔴 missed" in many.text
    assert "wang" not in few.full_text() + many.full_text()


async def lived_more(lane: Lane) -> None:
    for number in range(5):
        await lane.street.add(f"h{number}", "b1")
        await lane.agreed(f"h{number}")


async def test_a_month_to_come_or_long_past_is_that_of_today(lane: Lane) -> None:
    this = first_of(day_of(lane.street.now, ZONE))
    for month in (date.min, date.max, this + timedelta(days=40)):
        assert (await the_month(lane, month=month)).month == this


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_months_follow_one_another(day: date) -> None:
    first = first_of(day)
    assert month_before(month_after(first)) == first
    assert first <= day < month_after(first)
    assert month_numbered(month_number(first)) == first


@given(st.integers())
def test_a_number_is_a_month_or_none(number: int) -> None:
    found = month_numbered(number)
    assert found is None or month_number(found) == number
