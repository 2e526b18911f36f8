"""Who helps together: teams, shifts, a flood for which people are called up, time passed on."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from models.callups.actions.calling import draw_up
from models.callups.actions.on_site import arrive as reach_site
from models.callups.actions.on_site import leave_site
from models.callups.queries import PARTS_NAME
from models.callups.rules import ARRIVE_FROM, Order
from models.callups.tables import CallupPartRow, CallupRow
from models.circle.actions import add_contact
from models.circle.rules import Tie
from models.database import Session
from models.people.desks import place_of_desk
from models.people.queries import person_by_id
from models.people.rules import Role
from models.people.views import Person
from models.places.queries import find_place
from models.posts.actions.coming import arrive
from models.posts.actions.planning import announce
from models.posts.queries import SHIFTS_NAME
from models.posts.rules import PostKind, PostPlan
from models.posts.tables import PostRow, ShiftRow
from models.savings.actions.reversing import reverse
from models.savings.rules import EARNED
from models.savings.tables import SavingsMoveRow
from models.seats.queries import holders
from models.seats.rules import SeatState
from models.teams.actions import found
from models.teams.queries import teams_at
from tests.month.clock import local, on_wall
from tests.month.town import Neighbour, Town

LOOK_A_DAY = 8
"""People who look by themselves at what needs hands, every day."""
FAITHFUL = 0.85
"""Share of those with a place in a shift who are there."""
A_DAY = 50
"""People whom the flood wants on each of four days, 200 in all, at four sites; where fewer help, as
many as help."""
LEAVES_BY_TAP = 0.5
TAKEN_BACK = 0.4
"""Share of evenings on which a secretary takes back time that was credited by mistake."""

Act = Callable[[Session, Person, datetime], Awaitable[object]]


@dataclass(frozen=True)
class Doing:
    """What somebody does at an instant: an act, or words that they write to the bot."""

    at: datetime
    who: Neighbour
    does: Act | str


def plan(town: Town, begins: datetime, days: int, rng: Random) -> Iterator[Doing]:
    """Say who founds, announces, looks and passes on when."""
    helpers = sorted(town.volunteers, key=lambda one: one.account)
    for number, staff in enumerate(town.having(Role.STAFF)):
        yield Doing(on_wall(begins, rng.uniform(8, 9)), staff, partial(_founds, number))
    for one in rng.sample(helpers, min(4, len(helpers))):
        kin = rng.choice([who for who in town.residents if who.id != one.id])
        yield Doing(on_wall(begins, rng.uniform(9, 12)), one, partial(_names_family, kin.id))
    yield from _flood(town, begins, rng)
    yield from _drill(town, begins, rng)
    for day in range(days):
        midnight = begins + timedelta(days=day)
        yield from _shift(town, midnight, rng)
        for one in rng.sample(town.residents, LOOK_A_DAY // 2) + rng.sample(
            helpers, min(LOOK_A_DAY, len(helpers))
        ):
            said = rng.choice(["/posts", "/posts", "/teams"])
            yield Doing(on_wall(midnight, rng.uniform(9.5, 19)), one, said)
            if one.helps:
                yield Doing(on_wall(midnight, rng.uniform(19, 21.5)), one, "/service")
        for one in town.having(Role.SECRETARY):
            yield Doing(on_wall(midnight, rng.uniform(10, 17)), one, "/service")
            if rng.random() < TAKEN_BACK:
                dice = Random(rng.getrandbits(64))
                yield Doing(on_wall(midnight, rng.uniform(20, 21)), one, partial(_takes_back, dice))


def _shift(town: Town, midnight: datetime, rng: Random) -> Iterator[Doing]:
    """Let the office announce a shift for the day after tomorrow, and let people come to it."""
    lead = rng.choice(town.having(Role.STAFF))
    day, hour = local(midnight).date() + timedelta(days=2), rng.randint(9, 16)
    hands = PostPlan(
        token=f"{day}-{rng.getrandbits(32)}",
        kind=PostKind.SHIFT,
        title="扫落叶",
        words="带副手套",
        where="花园",
        seats=rng.randint(1, 4),
        light=rng.random() < 0.3,
        once=(day, time(hour), time(hour + rng.randint(1, 2), rng.choice((0, 30)))),
    )
    yield Doing(on_wall(midnight, rng.uniform(8, 9)), lead, partial(_announces, hands))
    starts = on_wall(midnight + timedelta(days=2), hour)
    come = partial(_come, hands.token, Random(rng.getrandbits(64)))
    yield Doing(starts - timedelta(minutes=rng.uniform(1, 25)), lead, come)


def _flood(town: Town, begins: datetime, rng: Random) -> Iterator[Doing]:
    """Let the office call people up on the first morning, for the four days that follow."""
    author = town.having(Role.STAFF)[0]
    order = Order(
        token="flood",
        words="装沙袋，加高河堤",
        sites=("东堤", "西堤", "南闸", "北闸"),
        day=local(begins).date() + timedelta(days=1),
        days=4,
        at=time(7),
        ends=time(11),
        teams=(None,),
        number=min(A_DAY, len(town.volunteers)),
    )
    yield Doing(on_wall(begins, rng.uniform(9.1, 10)), author, partial(_draws_up, order))
    for on in range(order.days):
        starts = on_wall(begins + timedelta(days=1 + on), 7)
        come = partial(_at_site, order.token, Random(rng.getrandbits(64)))
        yield Doing(starts - timedelta(minutes=rng.uniform(1, 40)), author, come)
        gone = partial(_gone, order.token, Random(rng.getrandbits(64)))
        yield Doing(starts + timedelta(hours=rng.uniform(2, 4)), author, gone)


def _drill(town: Town, begins: datetime, rng: Random) -> Iterator[Doing]:
    """Let the office try a call-up for an afternoon, which counts no hour."""
    author, day = town.having(Role.STAFF)[0], begins + timedelta(days=2)
    order = Order(
        token="drill",
        words="演练：装沙袋",
        sites=("广场",),
        day=local(day).date(),
        days=1,
        at=time(15),
        ends=time(16),
        teams=(None,),
        number=min(A_DAY, len(town.volunteers)) // 4,
        drill=True,
    )
    yield Doing(on_wall(begins, rng.uniform(10.1, 11)), author, partial(_draws_up, order))
    come = partial(_at_site, order.token, Random(rng.getrandbits(64)))
    yield Doing(on_wall(day, 15) - timedelta(minutes=rng.uniform(1, 20)), author, come)


async def _takes_back(rng: Random, session: Session, actor: Person, now: datetime) -> None:
    """Take a line back, or put it right; what is not theirs to take back is refused."""
    earned = select(SavingsMoveRow.id).where(SavingsMoveRow.cause_kind.in_(EARNED))
    lines = (await session.scalars(earned.order_by(SavingsMoveRow.id))).all()
    if lines:
        line, instead = rng.choice(lines), rng.choice((0, 15, 90))
        await reverse(session, actor, line, "记错了", now=now, instead=instead)


async def _draws_up(order: Order, session: Session, actor: Person, now: datetime) -> None:
    place = await find_place(session, await place_of_desk(session, actor) or 0)
    teams = await teams_at(session, place.path) if place else []
    of_here = replace(order, teams=(*(one.id for one in teams[:1]), None))
    await draw_up(session, actor, place.id if place else 0, of_here, now=now)


async def _called(session: Session, token: str, now: datetime) -> tuple[int, list[int]]:
    """Return a call-up, and the parts whose site is open now."""
    found = await session.execute(
        select(CallupRow.id, CallupPartRow.id)
        .join(CallupPartRow, CallupPartRow.callup_id == CallupRow.id)
        .where(
            CallupRow.token == token,
            CallupPartRow.starts_at <= now + ARRIVE_FROM,
            CallupPartRow.ends_at > now,
        )
        .order_by(CallupPartRow.id)
    )
    rows = found.all()
    return (rows[0][0] if rows else 0), [part_id for _callup, part_id in rows]


async def _at_site(
    token: str, rng: Random, session: Session, _author: Person, now: datetime
) -> None:
    """Let those who are expected say that they are there."""
    callup_id, parts = await _called(session, token, now)
    for part_id in parts:
        for person_id in await holders(session, PARTS_NAME, part_id, [SeatState.HELD]):
            actor = await person_by_id(session, person_id)
            if actor is not None and rng.random() < FAITHFUL:
                await reach_site(session, actor, callup_id, now=now)


async def _gone(token: str, rng: Random, session: Session, _author: Person, now: datetime) -> None:
    """Let half of those who are there say that they leave; the clock sees to the others."""
    callup_id, parts = await _called(session, token, now)
    for part_id in parts:
        for person_id in await holders(session, PARTS_NAME, part_id, [SeatState.CAME]):
            actor = await person_by_id(session, person_id)
            if actor is not None and rng.random() < LEAVES_BY_TAP:
                await leave_site(session, actor, callup_id, now=now)


async def _founds(number: int, session: Session, actor: Person, now: datetime) -> None:
    place_id = await place_of_desk(session, actor) or 0
    said = {"token": f"team-{number}", "name": f"帮帮队{number}", "aim": "帮老人买菜"}
    await found(session, actor, place_id, now=now, **said)


async def _names_family(kin: int, session: Session, actor: Person, now: datetime) -> None:
    await add_contact(session, actor, kin, Tie.KIN, now=now)


async def _announces(hands: PostPlan, session: Session, actor: Person, now: datetime) -> None:
    await announce(session, actor, await place_of_desk(session, actor) or 0, hands, now=now)


async def _come(token: str, rng: Random, session: Session, _lead: Person, now: datetime) -> None:
    """Let those with a place in a shift say that they are there."""
    shift_id = await session.scalar(
        select(ShiftRow.id)
        .join(PostRow, PostRow.id == ShiftRow.post_id)
        .where(PostRow.token == token)
    )
    for person_id in await holders(session, SHIFTS_NAME, shift_id or 0, [SeatState.HELD]):
        actor = await person_by_id(session, person_id)
        if actor is not None and rng.random() < FAITHFUL:
            await arrive(session, actor, shift_id or 0, now=now)
