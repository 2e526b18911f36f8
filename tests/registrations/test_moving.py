"""What follows somebody to their new home, what waits and is corrected, and who ends what."""

import asyncio
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.database import transaction
from models.people.actions.registering import set_place
from models.people.rules import Role
from models.records.rules import Refusal
from models.registrations import queries
from models.registrations.actions import deciding
from models.registrations.notices import Notice
from models.registrations.rules import (
    RegistrationOutcome,
    State,
    WhyEnded,
    endorsed_from,
)
from models.sheets.queries import filing_view
from tests.registrations.register import BUILDERS, CAR, DOG, Register

STAY = {"arrived": "2026-11-24"}
NEW_HOME = "l1"
"""A building of the other community."""


async def moves(register: Register, who: str = "wang", to: str = NEW_HOME) -> None:
    place = register.street.places[to].id
    async with transaction(register.street.sessions) as session:
        actor = await register.street.actor(session, who)
        await set_place(session, actor, place, now=register.street.now)


async def holders_at(register: Register, community: str) -> list[int]:
    async with transaction(register.street.sessions) as session:
        place = register.street.places[community].id
        return await queries.holders_of_plate(session, place, "苏A12345")


async def test_a_car_and_a_dog_move_along_and_their_holder_hears(register: Register) -> None:
    car = await register.stands()
    dog = await register.stands("wang", DOG, "reg_pet")
    await moves(register)
    assert await holders_at(register, "gui") == []
    assert await holders_at(register, "lan") == [register.street.people["wang"]]
    assert [await register.state(one) for one in (car, dog)] == [State.STANDING] * 2
    assert await register.street.told(Notice.MOVED) == ["wang", "wang"]
    assert await register.view("zhao", car) is Refusal.NOT_ALLOWED


async def test_within_a_community_it_goes_along_in_silence(register: Register) -> None:
    car = await register.stands()
    number = (await register.row(car)).number
    await moves(register, to="b2")
    row = await register.row(car)
    assert (row.place_id, row.number) == (register.street.places["b2"].id, number)
    assert await register.street.told(Notice.MOVED) == []


async def test_what_waits_asks_the_new_desk(register: Register) -> None:
    await register.street.add("lanzhao", NEW_HOME)
    await register.street.grant("lanzhao", Role.STAFF, "lan")
    car = await register.registers("wang")
    await moves(register)
    assert await register.accepts("zhao", car) is Refusal.NOT_ALLOWED
    assert "lanzhao" in await register.street.told(Notice.FILED)
    assert await register.accepts("lanzhao", car) is RegistrationOutcome.ACCEPTED


async def test_within_a_community_what_waits_asks_who_is_new_at_the_desk(
    register: Register,
) -> None:
    await register.street.add("grid", "b4")
    await register.street.grant("grid", Role.STAFF, "g2")
    await register.registers("wang")
    asked = await register.street.told(Notice.FILED)
    await moves(register, to="b4")
    assert (await register.street.told(Notice.FILED))[len(asked) :] == ["grid"]


async def test_what_is_said_of_a_home_stays_and_a_stay_there_has_ended(register: Register) -> None:
    builders = await register.stands("wang", BUILDERS, "reg_renovation")
    stay = await register.stands("wang", STAY, "reg_temporary")
    kind = await register.makes_kind()
    own = await register.stands("wang", {"f1": "红"}, f"reg_k{kind}")
    await moves(register)
    assert (await register.row(builders)).place_id == register.street.places["b1"].id
    assert await register.state(builders) is State.STANDING
    for one in (stay, own):
        assert (await register.row(one)).why_ended == WhyEnded.MOVED
    assert await register.street.told(Notice.MOVED) == ["wang", "wang"]


async def test_moving_against_accepting(register: Register) -> None:
    ones = [await register.registers("wang"), await register.registers("wang", DOG, "reg_pet")]
    done = await asyncio.gather(moves(register), *(register.accepts("zhao", one) for one in ones))
    for one, accepted in zip(ones, done[1:], strict=True):
        assert accepted in {RegistrationOutcome.ACCEPTED, Refusal.NOT_ALLOWED}
        stands = accepted is RegistrationOutcome.ACCEPTED
        assert await register.state(one) is (State.STANDING if stands else State.FILED)
        assert (await register.row(one)).community_id == register.street.places["lan"].id


async def test_what_waits_is_corrected_and_what_was_not_seen_is_not_accepted(
    register: Register,
) -> None:
    one = await register.registers("wang")
    seen = (await register.row(one)).filing_id
    assert await register.files("wang", one, CAR | {"looks": "蓝色"}) is RegistrationOutcome.FILED
    assert await register.street.told(Notice.FILED) == ["zhao", "zhou"]
    assert [row.plain for row in await register.kept()] == [None, "蓝色"]
    stale = await register.does(deciding.accept, "zhao", one, filing_id=seen)
    assert stale is RegistrationOutcome.CHANGED_SINCE
    now_ = (await register.row(one)).filing_id
    fresh = await register.does(deciding.accept, "zhao", one, filing_id=now_)
    assert fresh is RegistrationOutcome.ACCEPTED
    assert await register.files("wang", one, CAR) is RegistrationOutcome.RENEWING
    again = await register.files("wang", one, CAR | {"looks": "红色"})
    assert again is RegistrationOutcome.RENEWING
    row = await register.row(one)
    old = await register.does(deciding.accept, "zhao", one, filing_id=row.filing_id)
    assert old is RegistrationOutcome.CHANGED_SINCE
    assert await register.accepts("zhao", one) is RegistrationOutcome.ACCEPTED


async def test_correcting_against_accepting(register: Register) -> None:
    one = await register.registers("wang")
    seen = (await register.row(one)).filing_id
    corrected, accepted = await asyncio.gather(
        register.files("wang", one, CAR | {"looks": "蓝色"}),
        register.does(deciding.accept, "zhao", one, filing_id=seen),
    )
    if accepted is RegistrationOutcome.ACCEPTED:
        assert corrected in {Refusal.WRONG_TIME, RegistrationOutcome.RENEWING}
    else:
        assert accepted is RegistrationOutcome.CHANGED_SINCE
        assert corrected is RegistrationOutcome.FILED
    looks = "蓝色" if accepted is RegistrationOutcome.CHANGED_SINCE else "白色"
    row = await register.row(one)
    async with transaction(register.street.sessions) as session:
        filing = await filing_view(session, row.filing_id or 0)
    assert filing is not None
    assert filing.value("looks") == looks


async def test_builders_whose_days_change_are_told_again_and_only_then(register: Register) -> None:
    await register.street.add("li", "b1")
    await register.street.add("chen", "b1")
    await register.does(deciding.hear_of_builders, "chen", hears=False)
    one = await register.stands("wang", BUILDERS, "reg_renovation")
    assert await register.street.told(Notice.BUILDING) == ["li"]
    for answers, told in (
        (BUILDERS | {"firm_phone": "13900002222"}, ["li"]),
        (BUILDERS | {"until": "2027-03-01"}, ["li", "li"]),
    ):
        await register.files("wang", one, answers, "reg_renovation")
        assert await register.accepts("zhao", one) is RegistrationOutcome.ACCEPTED
        assert await register.street.told(Notice.BUILDING) == told


async def test_the_desk_ends_what_is_of_somebody_without_a_phone(register: Register) -> None:
    await register.street.add("qian", None)
    await register.street.grant("qian", Role.STAFF, "gui")
    await register.street.add("old", "b1", telegram=False, proxy="zhao")
    one = await register.registers("zhao", DOG, "reg_pet", "old")
    assert await register.ends("wang", one) is Refusal.NOT_ALLOWED
    assert await register.ends("qian", one) is RegistrationOutcome.ENDED
    other = await register.stands()
    assert await register.ends("qian", other) is Refusal.NOT_ALLOWED


async def test_a_permit_is_endorsed_once_a_year_while_they_stay(register: Register) -> None:
    one = await register.stands("wang", STAY, "reg_temporary")
    await register.passes(days=350)
    await register.files("wang", one, STAY, "reg_temporary")
    await register.accepts("zhao", one)
    await register.passes(days=183 + 365 - 31 - 350)
    assert await register.street.told(Notice.ENDORSE) == []
    await register.passes(days=3)
    assert await register.street.told(Notice.ENDORSE) == ["wang"]
    await register.ends("wang", one)
    await register.passes(days=400)
    assert await register.street.told(Notice.ENDORSE) == ["wang"]


@given(
    st.dates(date(2020, 1, 1), date(2026, 1, 1)),
    st.integers(31, 800),
    st.integers(0, 4000),
)
def test_the_next_day_of_endorsing_is_ahead_and_a_month_before_a_whole_year(
    since: date, every: int, after: int
) -> None:
    today, year = since + timedelta(days=after), timedelta(days=every)
    day = endorsed_from(since, year, today)
    assert day is not None
    assert day > today
    assert day <= max(today, since) + year
    assert (day + timedelta(days=30) - since) % year == timedelta()
    assert day + timedelta(days=30) - since >= year
    assert endorsed_from(since, timedelta(), today) is None
