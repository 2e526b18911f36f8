"""The quarter with all who answer for it, somebody who did once, and the community beside it."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.demo import seed_street
from handlers.i18n import CHINESE
from models.callups.actions.calling import approve, draw_up
from models.callups.actions.coming import come
from models.callups.rules import CallupOutcome, Order
from models.care.actions.homes import agree
from models.care.actions.pairs import take_on
from models.care.actions.proposing import CareWish, propose
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import CareRhythm
from models.care.rules.states import CareReason
from models.cars.actions import ask as ask_for_car
from models.cars.rules import CarOutcome
from models.categories import Body
from models.database import Session, Sessions, transaction
from models.gatherings.actions.planning import announce
from models.gatherings.rules import GatheringKind, Plan
from models.hazards.actions.finding import find as find_hazard
from models.hazards.rules import Finding, HazardKind, HazardLevel
from models.inspections.actions import rounds
from models.inspections.actions.walks import begin_walk, mark_point
from models.inspections.rules import InspectionOutcome, RoundPlan, RoundRhythm, WalkMark
from models.people.actions.registering import register
from models.people.queries import find_account, standing_grants
from models.people.rules import Role
from models.places.actions.growing import plant
from models.places.queries import find_code
from models.places.rules import PlaceKind
from models.places.views import Place
from models.posts.actions import planning as posts
from models.posts.actions.coming import claim_post, claim_shift
from models.posts.actions.swapping import ask_swap
from models.posts.rules import PostKind, PostOutcome, PostPlan
from models.registrations.actions import deciding
from models.registrations.actions import kinds as registering
from models.registrations.actions.filing import RegistrationBegun
from models.registrations.actions.filing import register as file_registration
from models.registrations.rules import KindOutcome, RegistrationOutcome
from models.roles.actions.granting import appoint, strike
from models.savings.actions.crediting import credit
from models.savings.rules import CauseKind, TimeState, TransferState
from models.savings.tables import SavingsClaimRow, SavingsGiftRow
from models.seats.rules import Took
from models.sheets.rules.fields import SheetWords
from models.teams.actions import admit, found, join, name_lead
from models.teams.rules import TeamOutcome
from tests.matrix.quarter import OWNER, SECRETARY, STAFF, VOLUNTEER, person_at, settle


class Who(StrEnum):
    """People by what they are to what is tapped: the owner has asked, proposed and was asked."""

    STRANGER = "stranger"
    NEWCOMER = "newcomer"
    OUTSIDER = "outsider"
    STAFF_BESIDE = "staff-beside"
    SECRETARY_BESIDE = "secretary-beside"
    REVOKED = "revoked"
    NEIGHBOUR = "neighbour"
    OWNER = "owner"
    LEADER = "leader"
    VOLUNTEER = "volunteer"
    MEMBER = "member"
    STAFF = "staff"
    SECRETARY = "secretary"
    STREET = "street"
    ADMIN = "admin"


ACCOUNTS = {
    Who.STRANGER: 9001,
    Who.NEWCOMER: 9002,
    Who.OWNER: OWNER,
    Who.NEIGHBOUR: 1002,
    Who.VOLUNTEER: 1003,
    Who.MEMBER: 1004,
    Who.STAFF: STAFF,
    Who.SECRETARY: SECRETARY,
    Who.STREET: 1007,
    Who.ADMIN: 1008,
    Who.LEADER: 9101,
    Who.REVOKED: 9102,
    Who.OUTSIDER: 9201,
    Who.STAFF_BESIDE: 9202,
    Who.SECRETARY_BESIDE: 9203,
}
"""By Telegram account. The member is a volunteer, too; the revoked one was secretary."""

BESIDE = (Who.OUTSIDER, Who.STAFF_BESIDE, Who.SECRETARY_BESIDE)
"""They live in another community of the same street; theirs is nothing here."""


async def settle_everybody(sessions: Sessions, now: datetime) -> None:
    """Settle the quarter, and whoever it needs beside."""
    await settle(sessions, now)
    async with transaction(sessions) as session:
        await seed_street(session, now)
        beside = await _plant_beside(session)
        home = await find_code(session, "b5")
        guihua = await find_code(session, "guihua")
        assert home is not None
        assert guihua is not None
        roles = {
            Who.LEADER: (home, Role.LEADER, home),
            Who.REVOKED: (home, Role.SECRETARY, guihua),
            Who.OUTSIDER: (beside[1], None, None),
            Who.STAFF_BESIDE: (beside[1], Role.STAFF, beside[0]),
            Who.SECRETARY_BESIDE: (beside[1], Role.SECRETARY, beside[0]),
        }
        for who, (lives, role, at) in roles.items():
            person = await register(session, ACCOUNTS[who], f"某{who}", CHINESE, lives.id, now)
            if role is not None and at is not None:
                await appoint(session, person.id, role, at.id, now=now)
        await revoke_all(session, Who.REVOKED, now)
        await _come_together(session, now)
        await _lend_hands(session, now)
        await _register_something(session, now)
        await _call_up(session, now)
        await _hand_on_a_hazard(session, now)
        await _walk_rounds(session, now)


async def _come_together(session: Session, now: datetime) -> None:
    """Leave behind a gathering, a team that the volunteer leads, and a home that is looked in on:
    the owner's, by the volunteer."""
    secretary = await person_at(session, SECRETARY, now)
    owner, visitor = [await person_at(session, who, now) for who in (OWNER, VOLUNTEER)]
    place = await find_code(session, "guihua")
    assert place is not None
    plan = Plan(
        token="rights",
        kind=GatheringKind.CLASS,
        title="<课> & *太极*",
        words="穿宽松的衣服",
        where="花园",
        day=now.date() + timedelta(days=3),
        at=time(9, 30),
        ends=time(10, 30),
        seats=5,
    )
    announced = await announce(session, secretary, place.id, plan, now=now)
    assert announced.gathering_id == 1, announced
    made = await found(session, secretary, place.id, token="r", name="<队>", aim="*帮忙*", now=now)
    assert made.team_id == 1, made
    for who in (visitor, owner):
        assert await join(session, who, 1, now=now) is TeamOutcome.ASKED
    assert await admit(session, secretary, 1, visitor.id, take_in=True, now=now)
    assert await name_lead(session, secretary, 1, visitor.id, lead=True, now=now)
    wish = CareWish(
        CareRhythm.WEEKLY, 2, (CareReason.ALONE,), "<喜欢> & *下棋*", visitor_id=visitor.id
    )
    assert (await propose(session, secretary, owner.id, wish, now=now)).home_id == 1
    assert await agree(session, owner, 1, now=now) is CareOutcome.AGREED
    assert await take_on(session, visitor, 1, now=now) is CareOutcome.PAIRED
    await _give_time(session, owner.id, visitor.id, now)


async def _give_time(session: Session, owner_id: int, visitor_id: int, now: datetime) -> None:
    """Leave behind time that the volunteer gave, offers the owner, and what is seen differently."""
    credited = await credit(
        session,
        giver_id=visitor_id,
        minutes=90,
        kind=CauseKind.SHIFT,
        cause_id=1,
        confirmed_by=owner_id,
        now=now,
    )
    assert credited.saved == 90
    place = await find_code(session, "guihua")
    assert place is not None
    session.add(
        SavingsClaimRow(
            state=TimeState.DISPUTED,
            kind=CauseKind.SHIFT,
            cause_id=2,
            giver_id=visitor_id,
            served_id=owner_id,
            minutes=60,
            place_id=place.id,
            done_at=now,
            disputed_at=now,
        )
    )
    session.add(
        SavingsGiftRow(
            state=TransferState.OFFERED,
            token="rights",
            from_id=visitor_id,
            to_id=owner_id,
            minutes=30,
            asked_at=now,
        )
    )


async def _call_up(session: Session, now: datetime) -> None:
    """Leave behind a call-up of the volunteer's team and of anybody; the volunteer comes."""
    secretary = await person_at(session, SECRETARY, now)
    street = await person_at(session, ACCOUNTS[Who.STREET], now)
    volunteer = await person_at(session, VOLUNTEER, now)
    place = await find_code(session, "guihua")
    assert place is not None
    order = Order(
        token="rights",
        words="<装沙袋> & *加高*",
        sites=("<东堤>",),
        day=now.date() + timedelta(days=2),
        days=2,
        at=time(7),
        ends=time(15),
        teams=(1, None),
        number=4,
    )
    earlier = now - timedelta(hours=1)
    made = await draw_up(session, secretary, place.id, order, now=earlier)
    assert made.callup_id == 1, made
    assert await approve(session, street, 1, now=earlier) is CallupOutcome.CALLED
    came = await come(session, volunteer, 1, order.day, now=now, grown_up=True)
    assert came is CallupOutcome.COMING


async def _lend_hands(session: Session, now: datetime) -> None:
    """Leave behind a shift, of which the owner has a place and seeks a stand-in, and a post that
    the volunteer holds."""
    secretary = await person_at(session, SECRETARY, now)
    owner, volunteer = [await person_at(session, who, now) for who in (OWNER, VOLUNTEER)]
    place = await find_code(session, "guihua")
    assert place is not None
    plan = PostPlan(
        token="shifts",
        kind=PostKind.SHIFT,
        title="<岗> & *板报*",
        words="写字",
        where="门房",
        seats=2,
        once=(now.date() + timedelta(days=3), time(9, 30), time(10, 30)),
    )
    made = await posts.announce(session, secretary, place.id, plan, now=now)
    assert made.post_id == 1, made
    held = replace(plan, token="held", kind=PostKind.STANDING, once=None)
    assert (await posts.announce(session, secretary, place.id, held, now=now)).post_id == 2
    assert await claim_shift(session, owner, 1, now=now) is Took.HELD
    assert await claim_post(session, volunteer, 2, now=now) is Took.HELD
    assert await ask_swap(session, owner, 1, now=now) is PostOutcome.ASKED_SWAP


async def _register_something(session: Session, now: datetime) -> None:
    """Let somebody register a dog, which waits for the desk, and the secretary begin a kind."""
    await registering.ensure_house(session, now=now)
    owner = await person_at(session, OWNER, now)
    secretary = await person_at(session, SECRETARY, now)
    pet = {"looks": "<狗> & *泰迪*", "vaccinated": f"{now.date() + timedelta(days=200)}"}
    made = await file_registration(session, owner, 2, None, pet, "pet", now=now)
    assert isinstance(made, RegistrationBegun), made
    assert made.outcome is RegistrationOutcome.FILED, made
    car = {"plate": "苏A12345", "looks": "<白> & *色*"}
    parked = await file_registration(session, owner, 1, None, car, "car", now=now)
    accepted = await deciding.accept(session, secretary, parked.registration_id or 0, now=now)
    assert accepted is RegistrationOutcome.ACCEPTED, accepted
    volunteer = await person_at(session, VOLUNTEER, now)
    asked = await ask_for_car(session, volunteer, "苏A12345", "<门> & *口*", token="car", now=now)
    assert asked.outcome is CarOutcome.ASKED, asked
    place = await find_code(session, "guihua")
    assert place is not None
    plan = registering.KindPlan("kind", SheetWords("<车> & *自行车*", "Bicycle"))
    begun = await registering.begin_kind(session, secretary, place.id, plan, now=now)
    assert begun.outcome is KindOutcome.BEGUN, begun


async def _hand_on_a_hazard(session: Session, now: datetime) -> None:
    """Leave behind something dangerous that waits for an authority."""
    secretary = await person_at(session, SECRETARY, now)
    home = await find_code(session, "b5")
    assert home is not None
    finding = Finding(
        "rights",
        home.id,
        "<墙> & *屋顶*",
        HazardKind.STRUCTURE,
        HazardLevel.BEYOND,
        authority="<住建局>",
    )
    assert (await find_hazard(session, secretary, finding, now=now)).hazard_id == 1


async def _walk_rounds(session: Session, now: datetime) -> None:
    """Leave behind a round of the community, and a walk of it that the secretary has begun."""
    secretary = await person_at(session, SECRETARY, now)
    place = await find_code(session, "guihua")
    assert place is not None
    plan = RoundPlan(
        token="rights",
        title="<巡> & *查*",
        checklist="fire_safety",
        rhythm=RoundRhythm.DAILY,
        starts_on=now.date() + timedelta(days=1),
        body=Body.PROPERTY,
        walkers=(secretary.id,),
    )
    made = await rounds.set_up(session, secretary, place.id, plan, now=now)
    assert made.round_id == 1, made
    begun = await begin_walk(session, secretary, 1, now=now)
    assert begun.outcome is InspectionOutcome.BEGUN
    marked = await mark_point(session, secretary, 1, 0, WalkMark.GOOD, now=now)
    assert marked is InspectionOutcome.MARKED


async def revoke_all(session: Session, who: Who, now: datetime) -> None:
    """Take every role back from somebody."""
    admin = await person_at(session, ACCOUNTS[Who.ADMIN], now)
    card = await find_account(session, ACCOUNTS[who])
    assert card is not None
    for grant in await standing_grants(session, card.id):
        await strike(session, grant, by=admin, now=now)


async def _plant_beside(session: Session) -> tuple[Place, Place]:
    street = await find_code(session, "guihua-street")
    assert street is not None
    place = await plant(
        session, parent=street, kind=PlaceKind.COMMUNITY, name="木兰社区", code="mulan"
    )
    grid = await plant(session, parent=place, kind=PlaceKind.GRID, name="木兰网格", code="mg")
    home = await plant(session, parent=grid, kind=PlaceKind.BUILDING, name="9号楼", code="m9")
    return place, home
