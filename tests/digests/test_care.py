"""What of care waits stands in the day's digest: of one's own places, until it is done."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from handlers.digests.screens import staff_screen
from handlers.i18n import ENGLISH, speaking
from models.care.actions import calls, gifts, homes
from models.care.rules.states import CareFound
from models.care.waiting import desks_with_care
from models.database import transaction
from models.digests.queries.reading import staff_day
from models.digests.rules.times import Period
from models.digests.views import StaffDay
from models.people.rules import Role
from models.routines.rules import Festival, OccasionState
from models.routines.tables import OccasionRow
from tests.care.lane import Lane
from tests.help.street import Street


async def the_day(lane: Lane, name: str = "zhao") -> StaffDay:
    street = lane.street
    since = Period(street.now - timedelta(days=1), street.now)
    async with transaction(street.sessions) as session:
        reader = await street.actor(session, name)
        return await staff_day(session, reader, since, now=street.now, zone="Asia/Shanghai")


async def desks(lane: Lane) -> set[str]:
    names = {person_id: name for name, person_id in lane.street.people.items()}
    async with transaction(lane.street.sessions) as session:
        return {names[one] for one in await desks_with_care(session, lane.street.now)}


async def lane_of(street: Street) -> Lane:
    for name in ("li", "chen"):
        await street.add(name, "b1")
    await street.add("far", "l1")
    await street.grant("far", Role.STAFF, "lan")
    return Lane(street)


async def test_what_was_missed_stands_there_until_it_is_made_up_for(street: Street) -> None:
    lane = await lane_of(street)
    await lane.agreed()
    assert (await the_day(lane)).empty
    assert await desks(lane) == set()
    await lane.passes(days=6)  # the first window is over, the next has not opened
    day = await the_day(lane)
    assert (day.calls_missed, day.empty) == (1, False)
    with speaking(ENGLISH):
        shown = staff_screen(day, street.now, late=False)
    assert "Call-ons missed and still open: 1" in shown.text
    assert (await the_day(lane, "far")).calls_missed == 0
    assert {"zhao", "zhou"} <= await desks(lane)
    assert "far" not in await desks(lane)
    async with transaction(street.sessions) as session:
        missed = await session.scalar(
            select(OccasionRow.id).where(OccasionRow.state == OccasionState.MISSED)
        )
    await lane.does(calls.report, "zhao", missed, CareFound.WELL)
    assert (await the_day(lane)).calls_missed == 0
    assert await desks(lane) == set()


async def test_what_the_next_has_followed_and_who_rests_is_not_counted(street: Street) -> None:
    lane = await lane_of(street)
    await lane.agreed()
    await lane.passes(days=9, hours=2)
    assert (await the_day(lane)).calls_missed == 0, "the next window is open"
    await lane.passes(days=4)
    assert (await the_day(lane)).calls_missed == 1, "and over"
    await lane.does(homes.pause, "wang", 1)
    assert (await the_day(lane)).calls_missed == 0


async def test_gifts_that_nobody_took_stand_there(street: Street) -> None:
    lane = await lane_of(street)
    street.now = datetime(2027, 1, 25, 4, tzinfo=UTC)
    await lane.agreed()
    await lane.does(gifts.arrange, "zhao", street.places["gui"].id, Festival.SPRING)
    assert (await the_day(lane)).gifts_open == 1
    assert {"zhao", "zhou"} <= await desks(lane)
    await lane.does(gifts.take, "li", 1)
    assert (await the_day(lane)).empty
