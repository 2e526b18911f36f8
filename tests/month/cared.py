"""Who is looked in on in the town, and who is asked every day."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from models.care.actions.proposing import CareWish, propose
from models.care.rules.plans import CareRhythm
from models.care.rules.states import CareReason
from models.circle.actions import add_contact
from models.circle.rules import Tie
from models.database import Session
from models.daychecks.actions.wishes import switch_on
from models.daychecks.rules.hours import CheckHours
from models.people.rules import Role
from models.people.views import Person
from tests.month.canaries import Canaries
from tests.month.town import Neighbour, Town


@dataclass(frozen=True)
class Cared:
    """Somebody who lives alone, who looks in on them, and whom they trust."""

    home: Neighbour
    keeper: Neighbour
    visitor: Neighbour
    friend: Neighbour
    weekday: int
    hour: int
    wishes: str
    """Sealed, and nobody else's."""


def choose(town: Town, canaries: Canaries, rng: Random) -> list[Cared]:
    """Choose who is looked in on: a home in seven, forty in a town; each visitor a few."""
    found, homes = [], rng.sample(town.residents, min(40, len(town.residents) // 7))
    for number, home in enumerate(homes):
        community = home.home.partition("-")[0]
        near = [one for one in town.volunteers if one.home.startswith(community)]
        staff = [one for one in town.having(Role.STAFF) if one.at == community]
        if not near or not staff:
            continue
        found.append(
            Cared(
                home,
                staff[number % len(staff)],
                near[number % len(near)],
                rng.choice(near),
                rng.randrange(7),
                rng.randint(7, 10),
                canaries.words(staff[number % len(staff)].account),
            )
        )
        town.wishes[found[-1].wishes] = home.id
    return found


async def proposes(one: Cared, session: Session, actor: Person, now: datetime) -> None:
    """Let the office propose a home with a visitor."""
    wish = CareWish(
        CareRhythm.WEEKLY, one.weekday, (CareReason.ALONE,), one.wishes, visitor_id=one.visitor.id
    )
    await propose(session, actor, one.home.id, wish, now=now)


async def asks_daily(one: Cared, session: Session, actor: Person, now: datetime) -> None:
    """Let somebody be asked every day, and name one whom they trust."""
    await switch_on(session, actor, CheckHours(one.hour), now=now)
    if one.friend.id != actor.id:
        await add_contact(session, actor, one.friend.id, Tie.NEIGHBOUR, now=now)
