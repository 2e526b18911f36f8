"""Who is at a site today stands in the day's digest of whoever may call people up there."""

from datetime import timedelta

from handlers.digests.screens import staff_screen
from handlers.i18n import CHINESE, ENGLISH, speaking
from models.callups.actions import calling
from models.callups.boards import desks_with_callups
from models.callups.rules import CallupOutcome
from models.database import transaction
from models.digests.queries.reading import staff_day
from models.digests.rules.times import Period
from models.digests.views import StaffDay
from models.people.rules import Role
from tests.callups.muster import Muster


async def the_day(muster: Muster, name: str = "zhao") -> StaffDay:
    street = muster.street
    since = Period(street.now - timedelta(days=1), street.now)
    async with transaction(street.sessions) as session:
        reader = await street.actor(session, name)
        return await staff_day(session, reader, since, now=street.now, zone="Asia/Shanghai")


async def desks(muster: Muster) -> set[str]:
    street = muster.street
    names = {person_id: name for name, person_id in street.people.items()}
    async with transaction(street.sessions) as session:
        until = street.now + timedelta(days=1)
        return {names[one] for one in await desks_with_callups(session, street.now, until)}


async def test_each_day_of_a_call_up_stands_there_with_its_own_numbers(muster: Muster) -> None:
    await muster.street.add("far", "l1")
    await muster.street.grant("far", Role.STAFF, "lan")
    await muster.called(number=2, days=2)
    assert (await muster.comes("li"), await muster.comes("chen")) == (CallupOutcome.COMING,) * 2
    assert (await the_day(muster)).empty
    assert await desks(muster) == set()
    await muster.goes_to(hour=6)
    (line,) = (await the_day(muster)).callups
    assert (line.coming, line.wanted, line.starts_at.day) == (2, 2, 30)
    assert {"zhao", "zhou"} <= await desks(muster)
    assert "far" not in await desks(muster)
    assert (await the_day(muster, "far")).empty
    assert not (await the_day(muster, "li")).callups
    await muster.goes_to(on=1, hour=6)
    (line,) = (await the_day(muster)).callups
    assert (line.coming, line.wanted) == (0, 2)
    with speaking(ENGLISH):
        assert (
            "· today 07:00 🟥 装沙袋，加高河堤: 0 of 2 come"
            in staff_screen(await the_day(muster), muster.street.now, late=False).text
        )
    await muster.goes_to(on=1, hour=17)
    assert (await the_day(muster)).empty


async def test_a_drill_is_marked_there_and_what_was_called_off_is_not_there(muster: Muster) -> None:
    one = await muster.called(days=1, drill=True)
    await muster.goes_to(hour=6)
    for language, said in ((CHINESE, "演练"), (ENGLISH, "DRILL")):
        with speaking(language):
            shown = staff_screen(await the_day(muster), muster.street.now, late=False)
        assert said in shown.text
        assert "cl:0" in str(shown.keyboard)
    assert await muster.does(calling.call_off, "zhou", one, "雨停了") is CallupOutcome.CALLED_OFF
    assert (await the_day(muster)).empty
