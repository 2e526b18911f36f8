"""What stays of days, and what many at once cost."""

from datetime import date, timedelta

from sqlalchemy import select

from models.database import transaction
from models.daychecks.actions import answers
from models.daychecks.actions.keeping import AT_ONCE, forget_old
from models.daychecks.queries import month_counts
from models.daychecks.rules.notices import Notice, Reminder
from models.daychecks.rules.states import DayOutcome, DayState
from models.daychecks.tables import DayCountRow, DayToldRow
from models.people.rules import Role
from models.people.tables import PersonRow
from models.places.rules import Change, Reshaping, Verb
from models.reminders.tables import ReminderRow
from models.reshaping.actions.changing import look_at_change, make_change
from tests.care.lane import Lane
from tests.daychecks.watch import Watch, shanghai
from tests.statements import statements

NOVEMBER = date(2026, 11, 1)


async def counted(watch: Watch, code: str = "gui") -> dict[DayState, int]:
    at = watch.street.places[code]
    async with transaction(watch.street.sessions) as session:
        found = await month_counts(session, at.id, at.path, NOVEMBER)
    return {one.state: one.count for one in found if one.count}


async def test_after_thirty_days_only_numbers_are_left(watch: Watch) -> None:
    await watch.family.has("son")
    await watch.on(8)
    await watch.until(shanghai(7))
    await watch.sign()
    await watch.until(shanghai(23, day=25))
    before = {DayState.HEARD: 1, DayState.UNRESOLVED: 1}
    assert await counted(watch) == before
    for days in (27, 45, 45):
        async with transaction(watch.street.sessions) as session:
            await forget_old(session, shanghai(12) + timedelta(days=days))
        assert await counted(watch) == before
    assert await watch.days() == []
    async with transaction(watch.street.sessions) as session:
        assert (await session.scalars(select(DayToldRow))).all() == []
        rows = (await session.scalars(select(DayCountRow))).all()
    assert {(row.place_id, row.month) for row in rows} == {
        (watch.street.places["gui"].id, NOVEMBER)
    }
    assert AT_ONCE >= 1000


async def test_the_numbers_of_merged_places_are_added(watch: Watch) -> None:
    places = watch.street.places
    async with transaction(watch.street.sessions) as session:
        for code, count in (("b1", 2), ("b2", 3)):
            session.add(
                DayCountRow(
                    place_id=places[code].id, month=NOVEMBER, state=DayState.WELL, count=count
                )
            )
    await watch.street.add("root", "b4")
    await watch.street.grant("root", Role.ADMIN, "street")
    change = Change(Verb.MERGE, places["b1"].id, places["b2"].id)
    prospect = await watch.does(look_at_change, "root", change)
    assert await watch.does(make_change, "root", change, prospect.seen) is Reshaping.MERGED
    async with transaction(watch.street.sessions) as session:
        (row,) = (await session.scalars(select(DayCountRow))).all()
    assert (row.place_id, row.count) == (places["b2"].id, 5)


async def test_many_are_asked_in_as_many_statements_as_one(watch: Watch) -> None:
    for number in range(12):
        await watch.street.add(f"n{number}", "b1")
        await watch.on(8, name=f"n{number}")
    async with transaction(watch.street.sessions) as session:
        found = await session.scalars(
            select(ReminderRow).where(ReminderRow.kind == Reminder.ASK).order_by(ReminderRow.id)
        )
        one, *rest = found.all()
    watch.street.now = shanghai(8)
    with statements(watch.street.sessions) as for_one:
        await watch.fire([one])
    with statements(watch.street.sessions) as for_many:
        await watch.fire(rest)
    assert len(for_many) == len(for_one)
    assert len(await watch.street.told(Notice.ASK)) == 12


async def test_whoever_visits_is_told_before_the_desk(watch: Watch) -> None:
    for name in ("li", "chen"):
        await watch.street.add(name, "b2")
    lane = Lane(watch.street)
    await lane.agreed("wang", "li")
    await lane.instead("chen")
    await watch.on(8)
    await watch.until(shanghai(10))
    assert await watch.told() == ["li"]
    (one,) = await watch.days()
    assert await watch.does(answers.hand_on, "li", one.id, rang=False) is DayOutcome.HANDED_ON
    assert await watch.told() == ["li", "zhao", "zhou"]


async def test_the_leader_of_the_building_is_told_where_she_ticked_it(watch: Watch) -> None:
    for name, place in (("near", "b1"), ("grid", "g1"), ("other", "b2")):
        await watch.street.add(name, "b2")
        await watch.street.grant(name, Role.LEADER, place)
    await watch.on(8, leader_too=True)
    await watch.until(shanghai(10))
    assert await watch.told() == ["near"]


async def test_who_has_no_day_check_is_looked_for_by_nobody(watch: Watch) -> None:
    await watch.on(8)
    async with transaction(watch.street.sessions) as session:
        looked_for = await session.scalars(
            select(PersonRow.name).where(PersonRow.sign_from.is_not(None))
        )
        assert looked_for.all() == ["wang"]
    assert await watch.sign_from() == shanghai(5)
