"""Who keeps a place safe: rounds, dangers put right, what is declared, cars in the way."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from models.cars.actions import ask, come
from models.cars.rules import CallState
from models.cars.tables import CarAskedRow, CarCallRow
from models.categories import Body
from models.database import Session
from models.hazards.actions.looking import again, still_well
from models.hazards.rules import HazardKind, HazardLevel
from models.hazards.tables import HazardRow, RecheckRow
from models.help.rules.closing import Cause
from models.inspections.actions.rounds import see_missed, set_up
from models.inspections.actions.walks import begin_walk, finish_walk, mark_bad, mark_point
from models.inspections.rules import BadFinding, RoundPlan, RoundRhythm, WalkMark
from models.inspections.tables import InspectionMissRow, InspectionRoundRow, InspectionRow
from models.orders.actions.orders import report_right, sign_off
from models.orders.rules import State as OrderState
from models.orders.tables import OrderRow
from models.people.desks import place_of_desk
from models.people.queries import person_by_id
from models.people.rules import Role
from models.people.views import Person
from models.registrations.actions.deciding import accept, send_back
from models.registrations.actions.filing import register
from models.registrations.actions.kinds import ensure_house
from models.registrations.rules import WAITING
from models.registrations.tables import RegistrationKindRow, RegistrationRow
from models.sheets.tables import SheetRow
from tests.month.canaries import Canaries
from tests.month.clock import local, on_wall
from tests.month.served import Doing
from tests.month.town import Town

WALKED, LEFT_HALF = 0.8, 0.1
"""Shares of the times of a round that are walked, and of walks left half-done for a day."""
SEEN = 0.7
"""Share of evenings on which a secretary says that they know what was missed."""
BAD = 0.08
"""Share of points at which something is dangerous."""
CAME_BACK = 0.15
"""Share of looks again that find a danger as it was."""
DECLARE_A_DAY, ASK_A_DAY = 3, 3
"""People who register a dog or a car, and whom a car is in the way of."""
SENT_BACK = 0.1
COMES = 0.6
"""Share of those asked to move a car who say that they come."""


def plan(
    town: Town, canaries: Canaries, begins: datetime, days: int, rng: Random
) -> Iterator[Doing]:
    """Say who walks, puts right, looks, declares and is in the way when."""
    staff, secretaries = town.having(Role.STAFF), town.having(Role.SECRETARY)
    for number, one in enumerate(staff):
        yield Doing(on_wall(begins, rng.uniform(7, 7.9)), one, partial(_sets_up, number))
    for day in range(days):
        midnight = begins + timedelta(days=day)
        for one in staff:
            dice = Random(rng.getrandbits(64))
            yield Doing(on_wall(midnight, rng.uniform(9, 11)), one, partial(_walks, dice))
            yield Doing(on_wall(midnight, rng.uniform(15, 17)), one, _puts_right)
            yield Doing(on_wall(midnight, rng.uniform(17, 18)), one, partial(_decides, dice))
        for one in secretaries:
            dice = Random(rng.getrandbits(64))
            yield Doing(on_wall(midnight, rng.uniform(17.5, 18)), one, _signs_off)
            yield Doing(on_wall(midnight, rng.uniform(18, 20)), one, partial(_looks, dice))
            if dice.random() < SEEN:
                yield Doing(on_wall(midnight, dice.uniform(20.1, 21.4)), one, _sees)
        for one in rng.sample(town.residents, DECLARE_A_DAY):
            at = on_wall(midnight, rng.uniform(8, 20))
            token, last = f"month-{rng.getrandbits(60)}", local(at).date() + timedelta(
                days=rng.choice((3, 6, 40, 200))
            )  # fmt: skip
            dog = {"looks": "黄狗", "chip": canaries.words(one.account), "vaccinated": str(last)}
            car = {"plate": f"苏A{one.id:05d}", "looks": "白色"}
            what = rng.choice([("reg_pet", dog), ("reg_vehicle", car)])
            yield Doing(at, one, partial(_declares, *what, token))
        for one in rng.sample(town.residents, ASK_A_DAY):
            at, dice = on_wall(midnight, rng.uniform(8, 20)), Random(rng.getrandbits(64))
            yield Doing(at, one, partial(_is_blocked, dice))
            yield Doing(at + timedelta(minutes=rng.uniform(2, 15)), one, partial(_comes, dice))


async def _sets_up(number: int, session: Session, actor: Person, now: datetime) -> None:
    rhythm = RoundRhythm.DAILY if number % 2 == 0 else RoundRhythm.WEEKLY
    given = RoundPlan(
        token=f"round-{number}",
        title=f"巡查{number}",
        checklist="fire_safety",
        rhythm=rhythm,
        starts_on=local(now).date(),
        body=Body.PROPERTY,
        walkers=(actor.id,),
    )
    await set_up(session, actor, await place_of_desk(session, actor) or 0, given, now=now)


async def _walks(rng: Random, session: Session, actor: Person, now: datetime) -> None:
    """Walk one's rounds, or do not; now and then only half of one, the rest another day."""
    rounds = select(InspectionRoundRow.id).where(InspectionRoundRow.made_by == actor.id)
    for round_id in (await session.scalars(rounds.order_by(InspectionRoundRow.id))).all():
        if rng.random() > WALKED:
            continue
        begun = await begin_walk(session, actor, round_id, now=now)
        if begun.walk_id is not None:
            await _walk(rng, session, actor, begun.walk_id, now)


async def _walk(rng: Random, session: Session, actor: Person, walk_id: int, now: datetime) -> None:
    row = await session.get_one(InspectionRow, walk_id)
    sheet = await session.get_one(SheetRow, row.sheet_id)
    half = rng.random() < LEFT_HALF
    points = len(sheet.fields) // 2 if half else len(sheet.fields)
    for at in range(points):
        if rng.random() < BAD:
            level = rng.choice((HazardLevel.BY_DATE, HazardLevel.BY_DATE, HazardLevel.ON_SPOT))
            due = local(now).date() + timedelta(days=3) if level is HazardLevel.BY_DATE else None
            found = BadFinding(rng.choice([*HazardKind]), level, due)
            await mark_bad(session, actor, walk_id, at, found, now=now)
        else:
            await mark_point(session, actor, walk_id, at, WalkMark.GOOD, now=now)
    if not half:
        await finish_walk(session, actor, walk_id, now=now)


async def _sees(session: Session, actor: Person, now: datetime) -> None:
    """Say that one knows what was missed; of another desk it is refused."""
    unseen = select(InspectionMissRow.round_id).where(InspectionMissRow.seen_at.is_(None))
    found = await session.scalars(unseen.distinct().order_by(InspectionMissRow.round_id))
    for round_id in found.all():
        await see_missed(session, actor, round_id, now=now)


async def _puts_right(session: Session, actor: Person, now: datetime) -> None:
    """Report the dangers that one has to put right as done."""
    mine = select(OrderRow.id).where(
        OrderRow.person_id == actor.id,
        OrderRow.state == OrderState.OPEN,
        OrderRow.cause == Cause.HAZARD,
    )
    for order_id in (await session.scalars(mine.order_by(OrderRow.id))).all():
        await report_right(session, actor, order_id, "清理好了", now=now)


async def _signs_off(session: Session, actor: Person, now: datetime) -> None:
    """Sign off what is reported; what one had a hand in is refused."""
    reported = select(OrderRow.id).where(
        OrderRow.state == OrderState.REPORTED, OrderRow.cause == Cause.HAZARD
    )
    for order_id in (await session.scalars(reported.order_by(OrderRow.id))).all():
        await sign_off(session, actor, order_id, now=now)


async def _looks(rng: Random, session: Session, actor: Person, now: datetime) -> None:
    """Look again at what one is asked to; what is not for one is refused."""
    asked = (
        select(HazardRow.id)
        .join(RecheckRow, RecheckRow.hazard_id == HazardRow.id)
        .where(RecheckRow.asked_at.is_not(None), RecheckRow.answer.is_(None))
        .distinct()
    )
    for hazard_id in (await session.scalars(asked.order_by(HazardRow.id))).all():
        if rng.random() < CAME_BACK:
            await again(session, actor, hazard_id, "又堵上了", now=now)
        else:
            await still_well(session, actor, hazard_id, now=now)


async def _declares(
    code: str,
    answers: dict[str, object],
    token: str,
    session: Session,
    actor: Person,
    now: datetime,
) -> None:
    await ensure_house(session, now=now)
    found = select(RegistrationKindRow.id).where(RegistrationKindRow.code == code)
    kind_id = await session.scalar(found)
    await register(session, actor, kind_id or 0, None, answers, token, now=now)


async def _decides(rng: Random, session: Session, actor: Person, now: datetime) -> None:
    """Say yes or no to what waits; what is another desk's is refused."""
    waits = select(RegistrationRow.id).where(RegistrationRow.state.in_(WAITING))
    for one in (await session.scalars(waits.order_by(RegistrationRow.id))).all():
        if rng.random() < SENT_BACK:
            await send_back(session, actor, one, "请写清楚", now=now)
        else:
            await accept(session, actor, one, now=now)


async def _is_blocked(rng: Random, session: Session, actor: Person, now: datetime) -> None:
    """Ask for a car: a neighbour's, or one that nobody has registered."""
    holders = (await session.scalars(select(RegistrationRow.person_id).distinct())).all()
    owner = rng.choice(sorted(one for one in holders if one is not None) or [0])
    plate = f"苏A{owner:05d}" if rng.random() < 0.7 else "苏B54321"
    await ask(session, actor, plate, "门口", token=f"blocked-{rng.getrandbits(60)}", now=now)


async def _comes(rng: Random, session: Session, actor: Person, now: datetime) -> None:
    """Let whoever was asked because of somebody say that they come, or not."""
    asked = (
        select(CarCallRow.id, CarAskedRow.person_id)
        .join(CarAskedRow, CarAskedRow.call_id == CarCallRow.id)
        .where(CarCallRow.sender_id == actor.id, CarCallRow.state == CallState.ASKED)
        .order_by(CarCallRow.id, CarAskedRow.person_id)
    )
    for call_id, owner_id in (await session.execute(asked)).all():
        owner = await person_by_id(session, owner_id)
        if owner is not None and rng.random() < COMES:
            await come(session, owner, call_id, now=now)
