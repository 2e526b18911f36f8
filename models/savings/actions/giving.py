"""Time that is passed on: to relatives who agree, or to the pool of the community."""

from datetime import datetime

from sqlalchemy import or_, select

from models.database import Session
from models.people.tables import PersonRow
from models.people.views import Person
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin, wake
from models.records.rules import Refusal
from models.savings.actions.ledger import (
    MoveCause,
    account_of,
    community_of,
    hold,
    move,
    pool_of,
    pool_or_void,
)
from models.savings.gifts import GIFT, are_relatives
from models.savings.rules import (
    CauseKind,
    MovePart,
    Notice,
    SavingsOutcome,
    SavingsPolicy,
    TransferMove,
    TransferState,
    most_of,
    split,
)
from models.savings.tables import SavingsGiftRow

Gift = SavingsGiftRow


async def give_to_pool(
    session: Session, actor: Person, minutes: int, token: str, *, now: datetime
) -> SavingsOutcome | Refusal:
    """Give time to the pool of one's community (GIVEN); the form that was sent gives once."""
    if minutes < 1:
        return SavingsOutcome.BAD_TIME
    account = await account_of(session, actor.id)
    if await session.scalar(select(Gift.id).where(Gift.token == token)) is not None:
        return Refusal.ALREADY
    if await _gone(session, [actor.id]) or account.balance < minutes:
        return SavingsOutcome.NOT_ENOUGH
    community = await community_of(session, actor.place_id)
    pool = await pool_of(session, community)
    if pool is None:
        return SavingsOutcome.NO_POOL
    gift_id = await _write(session, actor.id, None, minutes, token, TransferState.TAKEN, now)
    cause = MoveCause(CauseKind.GIFT, gift_id, actor.id, community_id=community)
    await move(session, account, pool, minutes, cause, now=now, part=MovePart.POOL)
    return SavingsOutcome.GIVEN


async def offer(
    session: Session, actor: Person, to_id: int, minutes: int, token: str, *, now: datetime
) -> SavingsOutcome | Refusal:
    """Ask a relative whether they take time (OFFERED); nothing moves before they agree.

    For service, never for money; they say themselves that they are family and 60 or older.
    """
    if minutes < 1:
        return SavingsOutcome.BAD_TIME
    if not await are_relatives(session, actor.id, to_id):
        return SavingsOutcome.NO_RELATIVE
    held = await hold(session, [actor.id, to_id])
    if await _gone(session, [to_id]):
        return SavingsOutcome.NO_RELATIVE
    if held[actor.id].balance < minutes:
        return SavingsOutcome.NOT_ENOUGH
    if await session.scalar(select(Gift.id).where(Gift.token == token)) is not None:
        return Refusal.ALREADY
    gift_id = await _write(session, actor.id, to_id, minutes, token, TransferState.OFFERED, now)
    change = await wake(session, GIFT, gift_id, now)
    if change is not None:
        await change.tell(Notice.GIFT, [to_id])
    return SavingsOutcome.OFFERED


async def take(
    session: Session, actor: Person, gift_id: int, *, now: datetime
) -> SavingsOutcome | Refusal:
    """Take what a relative offers (TAKEN); what is more than one keeps goes to the pool.

    Whether both are family is asked again; GONE_MEANWHILE where whoever offered it has not got it
    any more.
    """
    from_id = await session.scalar(
        select(Gift.from_id).where(Gift.id == gift_id, Gift.to_id == actor.id)
    )
    # Accounts before the gift, as whoever leaves locks them.
    held = {} if from_id is None else await hold(session, [from_id, actor.id])
    change = await begin(session, GIFT, gift_id, TransferMove.TAKE, actor, now)
    if isinstance(change, Refusal):
        return change
    row = change.row
    source, own = held[row.from_id], held[actor.id]
    if await _gone(session, [row.from_id, actor.id]) or source.balance < row.minutes:
        return SavingsOutcome.GONE_MEANWHILE
    if not await are_relatives(session, row.from_id, actor.id):
        return SavingsOutcome.NO_RELATIVE
    most = most_of(policy_of(session, SavingsPolicy))
    kept, pooled = split(own.balance, row.minutes, most)
    community = await community_of(session, actor.place_id)
    cause = MoveCause(CauseKind.GIFT, row.id, row.from_id, community_id=community)
    if kept:
        await move(session, source, own, kept, cause, now=now)
    if pooled:
        rest = await pool_or_void(session, community)
        await move(session, source, rest, pooled, cause, now=now, part=MovePart.POOL)
    row.pooled = pooled
    await _answered(change, TransferMove.TAKE)
    return SavingsOutcome.TAKEN


async def withdraw_gift(
    session: Session, actor: Person, gift_id: int, *, now: datetime
) -> SavingsOutcome | Refusal:
    """Offer it no more (WITHDRAWN), as long as nobody has answered."""
    change = await begin(session, GIFT, gift_id, TransferMove.WITHDRAW, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(TransferMove.WITHDRAW)
    await change.finish()
    return SavingsOutcome.WITHDRAWN


async def decline(
    session: Session, actor: Person, gift_id: int, *, now: datetime
) -> SavingsOutcome | Refusal:
    """Say no to what a relative offers; nobody asks why."""
    change = await begin(session, GIFT, gift_id, TransferMove.DECLINE, actor, now)
    if isinstance(change, Refusal):
        return change
    await _answered(change, TransferMove.DECLINE)
    return SavingsOutcome.DECLINED


async def withdraw_all(session: Session, person_id: int, now: datetime) -> None:
    """Let nothing be offered any more by somebody, or to them, who leaves for good."""
    theirs = or_(Gift.from_id == person_id, Gift.to_id == person_id)
    open_ = select(Gift.id).where(theirs, Gift.state == TransferState.OFFERED).order_by(Gift.id)
    for gift_id in (await session.scalars(open_)).all():
        change = await wake(session, GIFT, gift_id, now)
        if change is not None and change.row.state == TransferState.OFFERED:
            change.make(TransferMove.WITHDRAW)
            await change.finish()


async def _gone(session: Session, person_ids: list[int]) -> bool:
    """Return whether any of these has left; their accounts are locked, so nobody does meanwhile."""
    left = (PersonRow.id.in_(person_ids), PersonRow.left_at.is_not(None))
    return await session.scalar(select(PersonRow.id).where(*left).limit(1)) is not None


async def _answered(change: RecordChange[Gift], made: TransferMove) -> None:
    change.make(made)
    change.row.answered_at = change.now
    await change.finish()
    await change.tell(Notice.GIFT_SAID, [change.row.from_id])


async def _write(
    session: Session,
    from_id: int,
    to_id: int | None,
    minutes: int,
    token: str,
    state: TransferState,
    now: datetime,
) -> int:
    row = Gift(
        state=state, token=token, from_id=from_id, to_id=to_id, minutes=minutes, asked_at=now
    )
    session.add(row)
    await session.flush()
    return row.id
