"""The town: two communities of one street, its people, and what each of them is like."""

from dataclasses import dataclass, field, replace
from datetime import time
from random import Random

from bot.demo import KNOWN_FOR
from models.categories import CATALOGUE, Skill, is_leaf
from models.database import Session, Sessions, transaction
from models.duty.actions import set_duty, set_hours
from models.hours.rules.desk import DeskHours, Interval
from models.people.actions.personal import set_personal
from models.people.actions.registering import register
from models.people.queries import person_by_id
from models.people.rules import CONSENT_VERSION, Field, Role
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.actions.growing import plant
from models.places.rules import PlaceKind
from models.places.views import Place
from models.roles.actions.granting import appoint
from models.volunteers.actions import sign_up
from models.volunteers.rules import ALL_HOURS, Offered
from sandbox.people import Phone
from tests.month.clock import TownClock

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "秀英桂芳建国志强丽华玉兰海燕文静春梅俊杰晓明"
FIRST_ACCOUNT = 3_000
COMMUNITIES = ("gui", "lan")
GRIDS, BUILDINGS = 2, 4
"""Grids of a community, buildings of a grid."""
ASKED_FOR = [code for code in CATALOGUE if is_leaf(code) and code != "emergency"]


_MORNING, _LATE = Interval(time(9), time(12)), Interval(time(14), time(18, 30))
LAN_HOURS = DeskHours((*[(_MORNING, _LATE)] * 5, (_MORNING,), ()), "Asia/Shanghai")
"""The second community's own: half a Saturday, where the calendar calls it a working day."""


@dataclass(frozen=True)
class Size:
    """How many live in the town and how many of them help."""

    residents: int = 300
    volunteers: int = 60
    staff: int = 6
    without_phone: int = 12
    """Elderly people without Telegram, spoken for by one of the residents."""
    needs: float = 5.0
    """Requests a day in the whole town, on average."""


@dataclass(frozen=True)
class Neighbour:
    """Somebody of the town; shares (0 to 1) say how likely they do a thing."""

    account: int
    name: str
    language: str
    home: str
    id: int = 0
    role: Role | None = None
    at: str = ""
    skills: frozenset[Skill] = frozenset()
    cap: int = 8
    hours: int = ALL_HOURS
    keen: float = 0.0
    """Share of the tasks they are asked about that they take."""
    faithful: float = 0.9
    """Share of what they have promised that they do."""
    talkative: float = 0.6
    """Share of the questions they answer."""
    slow: float = 1.0
    """How much longer than others they take to read."""

    @property
    def helps(self) -> bool:
        """Tell whether this is a volunteer."""
        return bool(self.skills)

    @property
    def at_desk(self) -> bool:
        """Tell whether this person works at a desk."""
        return self.role is not None


@dataclass
class Town:
    """Places by code, people by Telegram account, and those who have none by their row's id."""

    size: Size
    places: dict[str, Place] = field(default_factory=dict)
    people: dict[int, Neighbour] = field(default_factory=dict)
    spoken_for: dict[int, int] = field(default_factory=dict)
    """Row id of somebody without Telegram -> account of who speaks for them."""
    wishes: dict[str, int] = field(default_factory=dict)
    """What somebody wishes who is looked in on -> whose wish it is."""
    owners_of: dict[str, int] = field(default_factory=dict)
    """Telephone number or door -> row id of whose it is."""

    def hours_at(self, path: str) -> DeskHours | None:
        """Give the hours a community keeps for itself."""
        return LAN_HOURS if path.startswith(self.places["lan"].path) else None

    def having(self, role: Role) -> list[Neighbour]:
        """List the people of a role."""
        return [one for one in self.people.values() if one.role is role]

    @property
    def residents(self) -> list[Neighbour]:
        """List the people who neither help nor work at a desk."""
        return [one for one in self.people.values() if not one.helps and not one.at_desk]

    @property
    def volunteers(self) -> list[Neighbour]:
        """List the people who help."""
        return [one for one in self.people.values() if one.helps]


def phones(people: list[Neighbour]) -> tuple[Phone, ...]:
    """Give everybody a phone."""
    codes = {"zh_Hans": "zh-hans", "en": "en"}
    return tuple(Phone(n.account, n.name, language_code=codes[n.language]) for n in people)


def invent(size: Size, rng: Random) -> list[Neighbour]:
    """Invent the people of a town, in the order of their accounts."""
    buildings = [f"{c}-{n}" for c in COMMUNITIES for n in range(GRIDS * BUILDINGS)]
    total = size.residents + size.volunteers + size.staff + len(COMMUNITIES) + 2
    people = [_somebody(FIRST_ACCOUNT + n, rng.choice(buildings), rng) for n in range(total)]
    helpers = slice(size.residents, size.residents + size.volunteers)
    people[helpers] = [_helper(one, rng) for one in people[helpers]]
    desks = [(Role.STAFF, COMMUNITIES[n % len(COMMUNITIES)]) for n in range(size.staff)]
    desks += [(Role.SECRETARY, code) for code in COMMUNITIES]
    desks += [(Role.SECRETARY, "street"), (Role.ADMIN, "street")]
    for place, (role, at) in enumerate(desks, start=helpers.stop):
        people[place] = replace(people[place], role=role, at=at, slow=0.5, faithful=0.95)
    return people


def _somebody(account: int, home: str, rng: Random) -> Neighbour:
    name = rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, 2)) + str(account)
    return Neighbour(
        account=account,
        name=name,
        language="en" if rng.random() < 0.1 else "zh_Hans",
        home=home,
        talkative=rng.choice((0.9, 0.7, 0.4, 0.0)),
        slow=rng.uniform(0.5, 3.0),
    )


def _helper(one: Neighbour, rng: Random) -> Neighbour:
    return replace(
        one,
        skills=frozenset(rng.sample(list(Skill), rng.randint(2, 5))),
        cap=rng.choice((2, 4, 8, 8, 12)),
        hours=ALL_HOURS if rng.random() < 0.6 else rng.getrandbits(28) | 1,
        keen=rng.choice((0.05, 0.2, 0.4, 0.7)),
        faithful=rng.choice((0.6, 0.85, 0.95)),
    )


async def build(
    sessions: Sessions, people: list[Neighbour], size: Size, clock: TownClock, rng: Random
) -> Town:
    """Plant the places, register the people, give roles, take the volunteers' offers."""
    town = Town(size)
    async with transaction(sessions) as session:
        await _plant(session, town)
        for one in people:
            town.people[one.account] = await _settle(session, town, one, clock)
        for number in range(size.without_phone):
            await _settle_elder(session, town, number, clock, rng)
        await _open_desks(session, town, clock)
    return town


async def _open_desks(session: Session, town: Town, clock: TownClock) -> None:
    """Let one community keep hours of its own, the other a roster of who is on duty."""
    for secretary in town.having(Role.SECRETARY):
        actor, place = await _actor(session, secretary.id), town.places[secretary.at]
        if secretary.at == "lan":
            await set_hours(session, actor, place.id, LAN_HOURS, now=clock.now())
        if secretary.at == "gui":
            staff = [one for one in town.having(Role.STAFF) if one.at == "gui"]
            for day in range(3):
                worker = staff[day % len(staff)].id
                await set_duty(session, actor, place.id, day, worker, now=clock.now())


async def _plant(session: Session, town: Town) -> None:
    places = town.places
    places["street"] = await plant(
        session, parent=None, kind=PlaceKind.STREET, name="桂花街道", code="street"
    )
    for code, name in zip(COMMUNITIES, ("桂花社区", "兰花社区"), strict=True):
        places[code] = await plant(
            session, parent=places["street"], kind=PlaceKind.COMMUNITY, name=name, code=code
        )
        for grid in range(GRIDS):
            above = await plant(
                session,
                parent=places[code],
                kind=PlaceKind.GRID,
                name=f"第{grid + 1}网格",
                code=f"{code}-g{grid}",
            )
            for number in range(grid * BUILDINGS, (grid + 1) * BUILDINGS):
                places[f"{code}-{number}"] = await plant(
                    session,
                    parent=above,
                    kind=PlaceKind.BUILDING,
                    name=f"{number + 1}号楼",
                    code=f"{code}-{number}",
                )


async def _settle(session: Session, town: Town, one: Neighbour, clock: TownClock) -> Neighbour:
    now, home = clock.now(), town.places[one.home].id
    person = await register(session, one.account, one.name, one.language, home, now - KNOWN_FOR)
    await _keep_sealed(session, town, one.account, person.id, clock)
    if one.role is not None:
        await appoint(session, person.id, one.role, town.places[one.at].id, now=now)
    if one.helps:
        served = frozenset({town.places[one.home.partition("-")[0]].id})
        offered = Offered(one.skills, served, one.hours, one.cap)
        await sign_up(session, person, offered, now=now, at_once=True)
    return replace(one, id=person.id)


async def _keep_sealed(
    session: Session, town: Town, number: int, person_id: int, clock: TownClock
) -> None:
    """Give somebody a telephone number and a door that nobody else has."""
    row = await session.get_one(PersonRow, person_id)
    speaks = await _actor(session, row.proxy_id or row.id)
    for kind, text in ((Field.PHONE, f"138{number:08d}"), (Field.DOOR, f"{number}单元9{number}室")):
        await set_personal(session, speaks, person_id, kind, text, now=clock.now())
        town.owners_of[text] = person_id


async def _actor(session: Session, person_id: int) -> Person:
    person = await person_by_id(session, person_id)
    assert person is not None
    return person


async def _settle_elder(
    session: Session, town: Town, number: int, clock: TownClock, rng: Random
) -> None:
    proxy = rng.choice(town.residents)
    row = PersonRow(
        name=f"老{rng.choice(SURNAMES)}{number}",
        language="zh_Hans",
        place_id=town.places[proxy.home].id,
        proxy_id=proxy.id,
        consent_version=CONSENT_VERSION,
        created_at=clock.now(),
    )
    session.add(row)
    await session.flush()
    town.spoken_for[row.id] = proxy.account
    await _keep_sealed(session, town, 90_000 + number, row.id, clock)
