"""Reading what is offered to relatives, and who they are."""

from datetime import datetime

from sqlalchemy import and_, or_, select

from models.circle.rules import State as CircleState
from models.circle.rules import Tie
from models.circle.tables import CircleRow
from models.database import Session
from models.names.queries import names_for
from models.names.views import Who
from models.people.queries import person_by_id
from models.people.tables import PersonRow
from models.people.views import Person
from models.records.changing import RecordKind
from models.records.reading import seen, seen_by_id
from models.records.rules import Refusal
from models.savings.rules import GIFTS, Notice, TransferMove, TransferRelation, TransferState
from models.savings.tables import SavingsGiftRow
from models.savings.views import TransferView

FAMILY = frozenset({Tie.CHILD, Tie.SPOUSE, Tie.KIN})
RELATIVES_SHOWN = 6


async def _relations(
    _session: Session, who: Person, row: SavingsGiftRow
) -> frozenset[TransferRelation]:
    holds = {
        TransferRelation.GIVER: who.id == row.from_id,
        TransferRelation.RECEIVER: who.id == row.to_id,
    }
    return frozenset(relation for relation, held in holds.items() if held)


GIFT = RecordKind("savings", SavingsGiftRow, GIFTS, _relations, cards=(Notice.GIFT,))


async def relatives_of(session: Session, person_id: int) -> list[Who]:
    """List the family of somebody, of their circle or in whose circle they are, whom the bot
    reaches; those alone can be given time."""
    standing = and_(CircleRow.state == CircleState.AGREED, CircleRow.relation.in_(FAMILY))
    rows = await session.execute(
        select(CircleRow.person_id, CircleRow.member_id).where(
            standing, or_(CircleRow.person_id == person_id, CircleRow.member_id == person_id)
        )
    )
    near = {one for row in rows.all() for one in row} - {person_id, None}
    there = (PersonRow.telegram_id.is_not(None), PersonRow.left_at.is_(None))
    reached = await session.scalars(
        select(PersonRow.id)
        .where(PersonRow.id.in_(near), PersonRow.consent_version.is_not(None), *there)
        .order_by(PersonRow.name, PersonRow.id)
        .limit(RELATIVES_SHOWN)
    )
    ids = list(reached)
    names = await names_for(session, ids)
    return [names.known(one) for one in ids]


async def are_relatives(session: Session, one_id: int, other_id: int) -> bool:
    """Return whether somebody can give time to another."""
    return any(one.id == other_id for one in await relatives_of(session, one_id))


async def gift(
    session: Session, reader: Person, gift_id: int, *, now: datetime
) -> TransferView | Refusal:
    """Return what is offered to whoever gives or is given it."""
    row = await seen(session, GIFT, gift_id, TransferMove.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _view(session, reader, row)


async def gift_told(
    session: Session, reader_id: int, gift_id: int, _now: datetime
) -> TransferView | None:
    """Return what is offered to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, GIFT, gift_id, TransferMove.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _view(session, reader, row) if row and reader else None


async def _view(session: Session, reader: Person, row: SavingsGiftRow) -> TransferView:
    names = await names_for(session, [row.from_id, row.to_id])
    mine = row.to_id == reader.id
    state = TransferState(row.state)
    return TransferView(
        id=row.id,
        giver=names.person(row.from_id),
        receiver=names.person(row.to_id),
        minutes=row.minutes,
        pooled=row.pooled,
        state=state,
        mine=mine,
        moves=GIFTS.open_to(row.state, await _relations(session, reader, row)),
    )
