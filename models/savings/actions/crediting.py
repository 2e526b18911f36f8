"""Crediting time: on somebody else's word, once."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.outbox.crowd import notify_people
from models.people.tables import PersonRow
from models.policy.current import policy_of
from models.savings.actions.ledger import (
    MoveCause,
    account_of,
    community_of,
    move,
    of_nobody,
    pool_or_void,
)
from models.savings.rules import (
    AccountKind,
    CauseKind,
    Confirmer,
    Credited,
    CreditOutcome,
    MovePart,
    Notice,
    SavingsPolicy,
    most_of,
    split,
    whose_word,
    wrong_minutes,
)
from models.savings.tables import SavingsMoveRow

CONFIRMS = {
    CauseKind.HELP: Confirmer.HELPED,
    CauseKind.CARE: Confirmer.HELPED,
    CauseKind.SHIFT: Confirmer.LEAD,
    CauseKind.CALLUP: Confirmer.LEAD,
}
"""As what somebody confirms who is not said to be anything else."""


async def credit(
    session: Session,
    *,
    giver_id: int,
    minutes: int,
    kind: CauseKind,
    cause_id: int,
    confirmed_by: int,
    now: datetime,
    confirmer: Confirmer | None = None,
    done_at: datetime | None = None,
    served_id: int | None = None,
) -> Credited:
    """Credit time to whoever gave it, on somebody else's word, once (SAVED, CAPPED).

    Never on one's own word, nor on that of whoever speaks for one or for whom one speaks; nor, for
    time given to any of these (`served_id`), on anybody's who only passes their word on. What is
    more than one person keeps goes to the pool of their community, and they are told.

    Who credits several people in one transaction holds them before (`ledger.hold`).
    """
    if wrong_minutes(minutes):
        return Credited(CreditOutcome.BAD_MINUTES)
    account = await account_of(session, giver_id)
    people = await _people(session, [giver_id, confirmed_by, served_id])
    giver = people.get(giver_id)
    if giver is None or giver.left_at is not None:
        return Credited(CreditOutcome.GONE)
    for by_id in dict.fromkeys([confirmed_by, served_id or confirmed_by]):
        word = people.get(by_id)
        if why := whose_word(giver_id, giver.proxy_id, by_id, word.proxy_id if word else None):
            return Credited(why)
    if await is_credited(session, kind, cause_id):
        return Credited(CreditOutcome.KNOWN)
    community = await community_of(session, giver.place_id)
    as_what = confirmer or CONFIRMS[kind]
    cause = MoveCause(kind, cause_id, confirmed_by, giver_id, as_what, done_at or now, community)
    saved, pooled = split(account.balance, minutes, most_of(policy_of(session, SavingsPolicy)))
    issued = await of_nobody(session, AccountKind.ISSUED)
    if saved:
        await move(session, issued, account, saved, cause, now=now)
    if not pooled:
        return Credited(CreditOutcome.SAVED, saved)
    rest = await pool_or_void(session, community)
    row = await move(session, issued, rest, pooled, cause, now=now, part=MovePart.POOL)
    await notify_people(
        session, [giver_id], kind=Notice.CAPPED, subject_id=row.id, now=now, name=None
    )
    return Credited(CreditOutcome.CAPPED, saved, pooled)


async def is_credited(session: Session, kind: CauseKind, cause_id: int) -> bool:
    """Return whether anything was credited for a cause."""
    of_it = (SavingsMoveRow.cause_kind == kind, SavingsMoveRow.cause_id == cause_id)
    return await session.scalar(select(SavingsMoveRow.id).where(*of_it).limit(1)) is not None


async def _people(session: Session, ids: Iterable[int | None]) -> dict[int, PersonRow]:
    """Read people as they are now: their accounts are locked, so nobody leaves meanwhile."""
    wanted = {one for one in ids if one is not None}
    rows = await session.scalars(
        select(PersonRow).where(PersonRow.id.in_(wanted)).execution_options(populate_existing=True)
    )
    return {row.id: row for row in rows}
