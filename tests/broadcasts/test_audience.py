"""Who is in an audience: the joined less the left out, as a naive reading of the same people."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.broadcasts.queries.reach import count_by_place, paths_of, people_in
from models.broadcasts.rules.audience import (
    Audience,
    Condition,
    Group,
    is_sound,
    with_group,
    without_group,
)
from models.broadcasts.rules.notices import Way
from models.categories import Skill
from models.database import transaction
from models.leaving.actions import leave
from models.people.rules import Role
from models.people.tables import PersonRow
from models.teams import actions as teams
from tests.broadcasts.sent import To, put
from tests.proposals.conftest import square
from tests.proposals.square import Square

__all__ = ["square"]

ROUNDS = 60

GROUPS = st.builds(
    Group, st.integers(1, 3), st.sampled_from([Condition.ALL, Condition.PARTY, Condition.STAFF])
)
AUDIENCES = st.builds(
    Audience,
    st.lists(GROUPS, max_size=4, unique=True).map(tuple),
    st.lists(GROUPS, max_size=4, unique=True).map(tuple),
)


@given(AUDIENCES, GROUPS, st.booleans())
def test_the_last_word_on_a_group_holds(audience: Audience, group: Group, out: bool) -> None:
    after = with_group(audience, group, out=out)
    assert ((group in after.joined), (group in after.left_out)) == (not out, out)
    assert Audience.of(after.kept()) == after
    last = len(after.left_out if out else after.joined) - 1
    assert group not in without_group(after, last, out=out).groups
    assert without_group(after, 99, out=out) == after


def test_an_audience_that_cannot_be_read_is_not_kept() -> None:
    assert is_sound(Audience((Group(1),)))
    assert not is_sound(Audience(()))
    assert not is_sound(Audience((Group(1), Group(1))))
    assert not is_sound(Audience(tuple(Group(at) for at in range(9))))
    for wrong in (
        Group(1, Condition.SKILL),
        Group(1, value="x"),
        Group(1, Condition.UNCONFIRMED, "x"),
    ):
        assert not is_sound(Audience((Group(1),), (wrong,)))


@dataclass(frozen=True)
class Liver:
    """What the model knows of somebody: a home with all above it, and roles with their places."""

    home: tuple[str, ...]
    language: str = "zh_Hans"
    roles: tuple[tuple[Role, tuple[str, ...]], ...] = ()
    skills: frozenset[Skill] | None = None
    """None: no volunteer."""
    holds: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    """Where the team helps that they are in."""
    unconfirmed: frozenset[int] = field(default_factory=frozenset)


B1, B2, B4 = ("gui", "g1", "b1"), ("gui", "g1", "b2"), ("gui", "g2", "b4")
L1, GUI = ("lan", "l1"), ("gui",)


async def _team_up(square: Square, desk: str, *more: str) -> None:
    """Found a team at the community, with its desk and some neighbours in it."""
    gui, people = square.places["gui"].id, square.people
    async with transaction(square.sessions) as session:
        now, actor = square.now, await square.actor(session, desk)
        await teams.found(session, actor, gui, token="t", name="帮帮队", aim="买菜", now=now)
        await teams.join(session, actor, 1, now=now)
        for name in more:
            await teams.join(session, await square.actor(session, name), 1, now=now)
            await teams.admit(session, actor, 1, people[name], take_in=True, now=now)


async def settled(square: Square) -> tuple[dict[str, Liver], int]:
    """Let people of every sort live there; give what they are, and a broadcast sent before."""
    await square.add("emma", "b4")
    await square.add("party", "l1")
    await square.grant("party", Role.PARTY_MEMBER, "g1")
    await square.add("shut", "b1")
    await square.lose("shut")
    await square.add("old", "b2", telegram=False)
    await square.add("gone", "b1")
    await square.volunteer("pipes", "b1", Skill.PLUMBING)
    await square.volunteer("nurse", "b4", Skill.MEDICAL, Skill.PLUMBING)
    await square.claim("pipes", await square.file("wang"))
    await square.act("gone", leave)
    async with transaction(square.sessions) as session:
        (await session.get_one(PersonRow, square.people["emma"])).language = "en"
        (await session.get_one(PersonRow, square.people["nurse"])).language = "en"
    await _team_up(square, "zhao", "emma")
    before = await put(square, To("wang"), To("emma"), To("old", Way.NO_PHONE, None))
    asked = frozenset({before})
    return {
        "wang": Liver(B1, unconfirmed=asked),
        "zhao": Liver(B2, roles=((Role.STAFF, GUI),), team=GUI),
        "zhou": Liver(B2, roles=((Role.SECRETARY, GUI),)),
        "li": Liver(B1),
        "chen": Liver(B2),
        "wu": Liver(B4),
        "he": Liver(B4, roles=((Role.PARTY_MEMBER, GUI),)),
        "lan": Liver(L1),
        "qian": Liver(B4, roles=((Role.SECRETARY, GUI),)),
        "emma": Liver(B4, "en", unconfirmed=asked, team=GUI),
        "party": Liver(L1, roles=((Role.PARTY_MEMBER, (*GUI, "g1")),)),
        "shut": Liver(B1),
        "old": Liver(B2),
        "pipes": Liver(B1, skills=frozenset({Skill.PLUMBING}), holds=B1),
        "nurse": Liver(B4, "en", skills=frozenset({Skill.MEDICAL, Skill.PLUMBING})),
    }, before


def is_in(one: Liver, group: Group, place: str) -> bool:
    """Read a group plainly."""
    if group.language and one.language != group.language:
        return False
    lives, helps = place in one.home, one.skills or frozenset()
    says: dict[Condition, Callable[[], bool]] = {
        Condition.ALL: lambda: lives,
        Condition.PARTY: lambda: any(r is Role.PARTY_MEMBER and place in at for r, at in one.roles),
        Condition.STAFF: lambda: any(
            r in {Role.STAFF, Role.SECRETARY} and place in at for r, at in one.roles
        ),
        Condition.VOLUNTEERS: lambda: lives and one.skills is not None,
        Condition.SKILL: lambda: lives and group.value in helps,
        Condition.HOLDERS: lambda: place in one.holds,
        Condition.TEAM: lambda: place in one.team,
        Condition.UNCONFIRMED: lambda: lives and int(group.value) in one.unconfirmed,
    }
    return says[group.who]()


def drawn(chance: random.Random, square: Square, before: int, most: int) -> tuple[Group, ...]:
    """Draw groups of every sort, at places of every height."""
    values = {
        Condition.SKILL: chance.choice([Skill.PLUMBING, Skill.MEDICAL]),
        Condition.TEAM: "1",
        Condition.UNCONFIRMED: str(before),
    }

    places = ["gui", "lan", "g1", "g2", "b1", "b2", "b4", "l1"]
    groups = []
    for _ in range(chance.randint(0, most)):
        who = chance.choice(list(Condition))
        language = chance.choice(["", "", "zh_Hans", "en"])
        place = square.places[chance.choice(places)].id
        groups.append(Group(place, who, str(values.get(who, "")), language))
    return tuple(groups)


@pytest.mark.parametrize("seed", [1, 2])
async def test_an_audience_is_the_joined_less_the_left_out(square: Square, seed: int) -> None:
    everybody, before = await settled(square)
    chance = random.Random(seed)
    codes = {place.id: code for code, place in square.places.items()}
    names = {person_id: name for name, person_id in square.people.items()}
    async with transaction(square.sessions) as session:
        for _ in range(ROUNDS):
            audience = Audience(drawn(chance, square, before, 4), drawn(chance, square, before, 2))
            paths = await paths_of(session, audience)
            found = list(await session.scalars(people_in(audience, paths)))
            wanted = {
                name
                for name, one in everybody.items()
                if any(is_in(one, each, codes[each.place_id]) for each in audience.joined)
                and not any(is_in(one, each, codes[each.place_id]) for each in audience.left_out)
            }
            assert sorted(names[each] for each in found) == sorted(wanted), audience
            counts = await count_by_place(session, audience, paths)
            assert sum(count for _place, count in counts) == len(wanted)
