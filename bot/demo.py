"""The demo neighbourhood of the sandbox: its places, and people with their roles."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from handlers.i18n import guess_language
from models.categories import Skill
from models.database import Session
from models.outbox.reaching import recognise
from models.people.actions.personal import set_personal
from models.people.actions.registering import register
from models.people.rules import Field, Role
from models.people.views import Person
from models.places.actions.growing import plant
from models.places.queries import find_code
from models.places.rules import PlaceKind
from models.places.views import Place
from models.proposals.actions.reception import accept
from models.proposals.actions.submitting import submit
from models.proposals.actions.terms import set_terms
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.outcomes import SubmitOutcome
from models.proposals.views import ProposalForm
from models.roles.actions.granting import appoint
from models.volunteers.actions import sign_up
from models.volunteers.rules import Offered
from sandbox.people import DEMO_PEOPLE

LINE = (
    (PlaceKind.CITY, "滨江市", "Binjiang City", "binjiang"),
    (PlaceKind.DISTRICT, "江北区", "Jiangbei District", "jiangbei"),
    (PlaceKind.STREET, "桂花街道", "Guihua Street", "guihua-street"),
    (PlaceKind.COMMUNITY, "桂花社区", "Guihua Community", "guihua"),
)
GRIDS = (
    ("第一网格", "Grid 1", "g1", range(1, 6)),
    ("第二网格", "Grid 2", "g2", range(6, 7)),
)


@dataclass(frozen=True)
class Neighbour:
    """Where somebody of the demo lives, what they answer for, what they keep sealed."""

    home: str
    role: Role | None = None
    at: str = ""
    personal: dict[Field, str] = field(default_factory=dict)
    skills: frozenset[Skill] = frozenset()
    """What a volunteer offers to the whole community, at any hour."""


KNOWN_FOR = timedelta(days=30)
"""How long ago everybody agreed: nobody of the demo is new."""

NEIGHBOURS = {
    1001: Neighbour("b5", personal={Field.PHONE: "13800001001", Field.DOOR: "2单元301室"}),
    1002: Neighbour("b2", personal={Field.PHONE: "13800001002", Field.DOOR: "Unit 1, 502"}),
    1003: Neighbour("b3", skills=frozenset({Skill.PLUMBING, Skill.ELECTRIC, Skill.CARRYING})),
    1004: Neighbour(
        "b1",
        Role.PARTY_MEMBER,
        "guihua",
        skills=frozenset({Skill.MEDICAL, Skill.FIRST_AID, Skill.COMPANY}),
    ),
    1005: Neighbour("b1", Role.STAFF, "g1"),
    1006: Neighbour("b6", Role.SECRETARY, "guihua"),
}
"""By Telegram account, as in `sandbox.people`."""

STREET = {
    1007: Neighbour("b6", Role.SECRETARY, "guihua-street"),
    1008: Neighbour("b6", Role.ADMIN, "binjiang"),
}
"""Who answers above the community: the second person for what its secretary sends to all, and the
admin, who looks after places and roles."""


async def seed_demo(session: Session, now: datetime) -> None:
    """Plant the tree and register the people; what is there already is left as it is."""
    await _seed(session, NEIGHBOURS, now)


async def seed_street(session: Session, now: datetime) -> None:
    """Register those above the community too."""
    await _seed(session, STREET, now)


async def _seed(session: Session, neighbours: dict[int, Neighbour], now: datetime) -> None:
    places = await _plant_all(session)
    for phone in DEMO_PEOPLE:
        if phone.id in neighbours and await recognise(session, phone.id, now) is None:
            name = f"{phone.first_name} {phone.last_name}"
            language = guess_language(phone.language_code)
            await _settle(session, phone.id, name, language, places, neighbours[phone.id], now)


SAMPLES = (
    (
        1002,
        ProposalTopic.TRAFFIC,
        "Charging shed for e-bikes",
        "E-bikes are charged in the stairwells: a fire risk, and prams cannot get through.",
        "A shed with a roof and chargers beside Building 2",
    ),
    (
        1003,
        ProposalTopic.ELDERLY,
        "花园里放几把长椅",
        "老人走累了没地方坐，只能站着歇。",
        "放几把带靠背的长椅",
    ),
)
"""Proposals by Telegram account: with topic, title, problem and wish."""
NEEDED, NEEDED_DAYS = 3, 14
"""Seconds that the demo asks for, and within how many days: half a dozen neighbours live there."""


async def seed_proposals(session: Session, now: datetime) -> None:
    """Let neighbours propose and the secretary accept it; what is there already stays as it is."""
    secretary = await recognise(session, 1006, now)
    for account, topic, title, problem, wish in SAMPLES:
        author = await recognise(session, account, now)
        if author is None or secretary is None:
            continue
        draft = ProposalForm(f"demo-{account}", topic, title, problem, wish)
        sent = await submit(session, author, draft, now=now)
        if sent.outcome is SubmitOutcome.SUBMITTED and sent.proposal_id is not None:
            await _ask_for_few(session, secretary, now)
            await accept(session, secretary, sent.proposal_id, now=now)


async def _ask_for_few(session: Session, secretary: Person, now: datetime) -> None:
    community = await find_code(session, "guihua")
    if community is not None:
        few = {"needed": NEEDED, "days": NEEDED_DAYS}
        await set_terms(session, secretary, community.id, None, now=now, **few)


async def _plant_all(session: Session) -> dict[str, Place]:
    places: dict[str, Place] = {}
    above: Place | None = None
    for kind, name, name_en, code in LINE:
        above = places[code] = await plant(
            session, parent=above, kind=kind, name=name, name_en=name_en, code=code
        )
    for name, name_en, code, numbers in GRIDS:
        grid = places[code] = await plant(
            session, parent=above, kind=PlaceKind.GRID, name=name, name_en=name_en, code=code
        )
        for number in numbers:
            places[f"b{number}"] = await plant(
                session,
                parent=grid,
                kind=PlaceKind.BUILDING,
                name=f"{number}号楼",
                name_en=f"Building {number}",
                code=f"b{number}",
            )
    return places


async def _settle(
    session: Session,
    telegram_id: int,
    name: str,
    language: str,
    places: dict[str, Place],
    neighbour: Neighbour,
    now: datetime,
) -> None:
    home = places[neighbour.home].id
    person = await register(session, telegram_id, name, language, home, now - KNOWN_FOR)
    for kind, text in neighbour.personal.items():
        await set_personal(session, person, person.id, kind, text, now=now)
    if neighbour.skills:
        offered = Offered(neighbour.skills, frozenset({places["guihua"].id}))
        await sign_up(session, person, offered, now=now, at_once=True)
    if neighbour.role is not None:
        await appoint(session, person.id, neighbour.role, places[neighbour.at].id, now=now)
