"""Who stands on the ladder: secretaries from the nearest place up, admins where there are none."""

from hypothesis import given
from hypothesis import strategies as st

from models.database import transaction
from models.escalation.queries import people_at_level
from models.escalation.rules import Level, RoleInReach, on_rung
from models.people.rules import Role
from tests.help.street import Street

STANDINGS = st.lists(
    st.builds(
        RoleInReach,
        st.integers(1, 9),
        st.sampled_from([Role.SECRETARY, Role.ADMIN]),
        st.integers(0, 5),
    ),
    max_size=8,
)


@given(STANDINGS)
def test_somebody_stands_on_both_upper_rungs_while_there_is_an_admin(
    standing: list[RoleInReach],
) -> None:
    admins = {one.person_id for one in standing if one.role is Role.ADMIN}
    for rung in (Level.SECRETARY, Level.STREET):
        people = on_rung(rung, standing)
        assert people == sorted(set(people))
        assert people or not admins
        assert set(people) <= {one.person_id for one in standing}


@given(STANDINGS)
def test_the_street_is_above_the_secretary(standing: list[RoleInReach]) -> None:
    depths = sorted({one.depth for one in standing if one.role is Role.SECRETARY}, reverse=True)
    for rung, depth in zip((Level.SECRETARY, Level.STREET), depths, strict=False):
        at = {one.person_id for one in standing if one[1:] == (Role.SECRETARY, depth)}
        assert on_rung(rung, standing) == sorted(at)
    assert on_rung(Level.OWNER, standing) == []


async def test_the_nearest_secretary_then_the_next_above(street: Street) -> None:
    await street.add("street_secretary")
    await street.grant("street_secretary", Role.SECRETARY, "street")
    await street.add("admin")
    await street.grant("admin", Role.ADMIN, "street")
    assert await rungs(street, "b1") == (["zhou"], ["street_secretary"])
    assert await rungs(street, "l1") == (["street_secretary"], ["admin"])


async def test_admins_where_there_is_no_secretary(street: Street) -> None:
    await street.add("admin")
    await street.grant("admin", Role.ADMIN, "street")
    assert await rungs(street, "b1") == (["zhou"], ["admin"])
    assert await rungs(street, "l1") == (["admin"], ["admin"])


async def test_who_cannot_be_reached_is_passed_over(street: Street) -> None:
    await street.add("above")
    await street.grant("above", Role.SECRETARY, "street")
    await street.add("admin")
    await street.grant("admin", Role.ADMIN, "street")
    await street.lose("zhou")
    assert await rungs(street, "b1") == (["above"], ["admin"])


async def rungs(street: Street, place: str) -> tuple[list[str], list[str]]:
    names = {person_id: name for name, person_id in street.people.items()}
    async with transaction(street.sessions) as session:
        path = street.places[place].path
        secretary = await people_at_level(session, path, Level.SECRETARY)
        upper = await people_at_level(session, path, Level.STREET)
    return [names[one] for one in secretary], [names[one] for one in upper]
