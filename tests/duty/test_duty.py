"""Who owns a request from its first minute: the roster, else the longest idle."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.database import transaction
from models.duty.actions import let_go, set_duty
from models.duty.queries import roster
from models.duty.rules import DutyEntry, DutySet, in_turn, weekday_at
from models.help.queries.desk import who_may_be_on_duty
from models.people.rules import Role
from tests.help.street import Street

MONDAY = 0


@given(st.lists(st.builds(DutyEntry, st.integers(1, 5), st.integers(0, 4)), max_size=6))
def test_the_nearest_roster_counts_first(entries: list[DutyEntry]) -> None:
    turn = in_turn(entries)
    assert set(turn) == {one.person_id for one in entries}
    assert len(turn) == len(set(turn))
    deepest = max((one.depth for one in entries), default=0)
    assert not turn or DutyEntry(turn[0], deepest) in entries


def test_the_day_is_that_of_the_place() -> None:
    late_on_sunday = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
    assert weekday_at(late_on_sunday, "UTC") == 6
    assert weekday_at(late_on_sunday, "Asia/Shanghai") == MONDAY


async def put(
    street: Street, by: str, place: str, day: int, who: str | None, at: datetime | None = None
) -> DutySet:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, by)
        person_id = street.people[who] if who else None
        place_id = street.places[place].id
        return await set_duty(session, actor, place_id, day, person_id, now=at or street.now)


async def owner_of(street: Street, **fields: object) -> str:
    names = {person_id: name for name, person_id in street.people.items()}
    request = await street.request(await street.file(**fields))  # type: ignore[arg-type]  # fields of a form
    assert request.owner_id is not None
    assert request.owned_at == street.now
    return names[request.owner_id]


async def a_street(street: Street) -> Street:
    for name, place in (("qian", "gui"), ("sun", "g1")):
        await street.add(name, "b4")
        await street.grant(name, Role.STAFF, place)
    return street


async def test_who_is_on_duty_owns_what_is_filed_that_day(street: Street) -> None:
    await a_street(street)
    assert await put(street, "zhou", "gui", MONDAY, "qian") is DutySet.SET
    assert [await owner_of(street) for _ in range(3)] == ["qian"] * 3
    assert await put(street, "zhou", "g1", MONDAY, "zhao") is DutySet.SET
    assert await owner_of(street) == "zhao"
    assert await put(street, "zhou", "g1", MONDAY, None) is DutySet.CLEARED
    assert await owner_of(street) == "qian"
    street.now += timedelta(days=1)
    assert await owner_of(street) == "sun"


async def test_without_a_roster_the_longest_idle_of_the_nearest(street: Street) -> None:
    await a_street(street)
    assert [await owner_of(street) for _ in range(2)] == ["sun", "sun"]
    owners = []
    await street.add("wu", "b4")
    for _ in range(4):
        street.now += timedelta(minutes=1)
        owners.append(await owner_of(street, name="wu"))
    assert sorted(owners[:2]) == sorted(owners[2:]) == ["qian", "zhao"]


async def test_who_cannot_be_reached_owns_only_where_there_is_nobody_else(street: Street) -> None:
    await a_street(street)
    await put(street, "zhou", "gui", MONDAY, "qian")
    for name in ("qian", "sun"):
        await street.lose(name)
    assert await owner_of(street) == "zhao"
    for name in ("zhao", "zhou"):
        await street.lose(name)
    assert await owner_of(street) == "sun"


async def test_whoever_no_longer_works_there_or_needs_the_help_is_passed_over(
    street: Street,
) -> None:
    await a_street(street)
    await put(street, "zhou", "gui", MONDAY, "zhao")
    assert await owner_of(street, name="zhao") == "sun"
    async with transaction(street.sessions) as session:
        await let_go(session, street.people["zhao"], street.now)
        actor = await street.actor(session, "zhou")
        shown = await roster(session, actor, street.places["gui"].id)
    assert shown is not None
    assert shown.days == (None,) * 7
    assert await owner_of(street) == "sun"


async def test_the_roster_is_set_by_who_answers_for_the_place_and_seen_by_its_desk(
    street: Street,
) -> None:
    await a_street(street)
    assert await put(street, "zhao", "gui", MONDAY, "zhao") is DutySet.NOT_ALLOWED
    assert await put(street, "zhou", "lan", MONDAY, "zhao") is DutySet.NOT_ALLOWED
    assert await put(street, "zhou", "gui", MONDAY, "wang") is DutySet.NOT_STAFF
    assert await put(street, "zhou", "gui", 7, "zhao") is DutySet.BAD_DAY
    assert await put(street, "zhou", "gui", 6, "zhao") is DutySet.SET
    async with transaction(street.sessions) as session:
        zhao, zhou, wang = [await street.actor(session, one) for one in ("zhao", "zhou", "wang")]
        gui = street.places["gui"].id
        by_staff, by_secretary = await roster(session, zhao, gui), await roster(session, zhou, gui)
        assert by_staff is not None
        assert by_secretary is not None
        assert [card.name for card in by_staff.days if card] == ["zhao"]
        assert (by_staff.may_set, by_secretary.may_set) == (False, True)
        assert await roster(session, wang, gui) is None
        assert [card.name for card in await who_may_be_on_duty(session, zhou, gui)] == [
            "zhao",
            "qian",
            "zhou",
        ]
        assert await who_may_be_on_duty(session, zhao, gui) == []
