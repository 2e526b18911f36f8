"""Short ways to decide, deliver and rate as anybody of the square."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from models.database import transaction
from models.help.rules.policy import Urgency
from models.help.views import Draft
from models.media import Media, MediaKind
from models.outbox.tables import OutboxRow
from models.proposals.actions import deciding, delivering, rating
from models.proposals.rules.notices import ProposalEvent
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import State
from models.proposals.tables import ProposalLineRow, RatingRow
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.proposals.square import Square

PHOTO = Media(MediaKind.PHOTO, "photo")
BACKERS = ("li", "chen", "wu")


async def adopted(square: Square, **fields: Any) -> int:
    """Let zhou adopt a proposal of wang's that li, chen and wu second; give it."""
    proposal_id = await square.put(state=State.DELIBERATION, backers=BACKERS, **fields)
    done = await square.act("zhou", deciding.adopt, proposal_id, "大家都需要", "年底前装好")
    assert done is ProposalOutcome.DONE
    return proposal_id


async def underway(square: Square, owner: str = "zhao", days: int = 30, **fields: Any) -> int:
    """Let somebody answer for the delivery of an adopted proposal, so many days from now."""
    proposal_id = await adopted(square, **fields)
    assert await name(square, owner, proposal_id) is ProposalOutcome.DONE
    assert await date_it(square, proposal_id, days) is ProposalOutcome.DONE
    return proposal_id


async def name(square: Square, owner: str, proposal_id: int) -> ProposalOutcome:
    """Let zhou name who delivers it."""
    owner_id = square.people[owner]
    return await square.act("zhou", delivering.set_person, proposal_id, owner_id)


async def date_it(square: Square, proposal_id: int, days: int) -> ProposalOutcome:
    """Let zhou name the date."""
    return await square.act("zhou", delivering.set_due, proposal_id, day_in(square, days))


def day_in(square: Square, days: int) -> date:
    """Give the day so many days from now."""
    return (square.now + timedelta(days=days)).date()


async def delivered(square: Square, owner: str = "zhao") -> int:
    """Let it be delivered by its owner; give the proposal."""
    proposal_id = await underway(square, owner)
    assert await deliver(square, owner, proposal_id) is ProposalOutcome.DONE
    return proposal_id


async def deliver(square: Square, who: str, proposal_id: int) -> ProposalOutcome:
    """Say that it is delivered."""
    return await square.act(who, delivering.deliver, proposal_id, "装好了", media=[PHOTO])


async def rate(square: Square, who: str, proposal_id: int, stars: int) -> ProposalOutcome:
    """Rate it."""
    return await square.act(who, rating.rate, proposal_id, stars)


async def rated_badly(square: Square) -> int:
    """Let a delivery be rated badly, and the time for it end; give the proposal."""
    proposal_id = await delivered(square)
    for who, stars in (("wang", 2), ("li", 1)):
        assert await rate(square, who, proposal_id, stars) is ProposalOutcome.DONE
    await sweep_at(square, square.later(days=14, minutes=1))
    assert (await square.proposal(proposal_id)).state == State.RATED
    return proposal_id


async def sweep_at(square: Square, instant: datetime) -> None:
    """Have what is due by an instant done."""
    await sweep(square.sessions, EFFECTS, instant)


async def ratings(square: Square, proposal_id: int) -> dict[str, tuple[int, str | None]]:
    """Read who gave which stars and words."""
    names = {person_id: name for name, person_id in square.people.items()}
    async with transaction(square.sessions) as session:
        rows = await session.scalars(select(RatingRow).where(RatingRow.proposal_id == proposal_id))
        return {names[row.person_id]: (row.stars, row.words) for row in rows}


async def details(square: Square, proposal_id: int, what: ProposalEvent) -> list[dict[str, Any]]:
    """List the details of a kind of line."""
    async with transaction(square.sessions) as session:
        rows = await session.scalars(
            select(ProposalLineRow)
            .where(ProposalLineRow.proposal_id == proposal_id, ProposalLineRow.what == what)
            .order_by(ProposalLineRow.id)
        )
        return [row.detail or {} for row in rows]


async def news(square: Square, kind: str) -> dict[str, list[str]]:
    """List what was told in a kind of notice to whom: names by `detail['what']`."""
    names = {person_id: name for name, person_id in square.people.items()}
    async with transaction(square.sessions) as session:
        rows = await session.scalars(
            select(OutboxRow)
            .where(OutboxRow.kind == kind, OutboxRow.target_id.is_(None))
            .order_by(OutboxRow.id)
        )
        found: dict[str, list[str]] = {}
        for row in rows:
            if row.recipient_id is not None:
                what = str((row.detail or {}).get("what"))
                found.setdefault(what, []).append(names[row.recipient_id])
        return {what: sorted(people) for what, people in found.items()}


def part(token: str = "part-1", **fields: Any) -> Draft:
    """Make a form that asks volunteers for a part."""
    given: dict[str, Any] = {
        "token": token,
        "category": "repairs.moving",
        "urgency": Urgency.ORDINARY,
        "text": "搬水泥",
        "hands": 3,
    }
    return Draft(**(given | fields))
