"""The ledger: accounts are opened, and minutes go from one to another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.database import Session, insert_once
from models.outbox.crowd import notify_people
from models.people.tables import PersonRow
from models.places.queries import community_above
from models.policy.current import policy_of
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
from models.savings.tables import SavingsAccountRow, SavingsDisputeRow, SavingsMoveRow

Account = SavingsAccountRow
Dispute = SavingsDisputeRow
CONFIRMS = {
    CauseKind.HELP: Confirmer.HELPED,
    CauseKind.CARE: Confirmer.HELPED,
    CauseKind.SHIFT: Confirmer.LEAD,
}
"""As what somebody confirms who is not said to be anything else."""


@dataclass(frozen=True)
class MoveCause:
    """Why minutes move, and by whom; `giver_id`, `confirmer` and `done_at` of what is earned."""

    kind: CauseKind
    id: int
    by_id: int
    giver_id: int | None = None
    confirmer: Confirmer | None = None
    done_at: datetime | None = None
    reason: str | None = None


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
    """
    if wrong_minutes(minutes):
        return Credited(CreditOutcome.BAD_MINUTES)
    giver = await session.get(PersonRow, giver_id, populate_existing=True)
    if giver is None or giver.left_at is not None:
        return Credited(CreditOutcome.GONE)
    for by_id in dict.fromkeys([confirmed_by, served_id or confirmed_by]):
        word = await session.get_one(PersonRow, by_id, populate_existing=True)
        if why := whose_word(giver_id, giver.proxy_id, by_id, word.proxy_id):
            return Credited(why)
    account = await account_of(session, giver_id)
    as_what = confirmer or CONFIRMS[kind]
    open_to_all = as_what is Confirmer.SECRETARY or await is_undisputed(session, kind, cause_id)
    if not open_to_all or await is_credited(session, kind, cause_id):
        return Credited(CreditOutcome.KNOWN)
    cause = MoveCause(kind, cause_id, confirmed_by, giver_id, as_what, done_at or now)
    most = most_of(policy_of(session, SavingsPolicy))
    saved, pooled = split(account.balance, minutes, most)
    issued = await of_nobody(session, AccountKind.ISSUED)
    if saved:
        await move(session, issued, account, saved, cause, now=now)
    if pooled:
        rest = await _pool_or_void(session, giver.place_id)
        row = await move(session, issued, rest, pooled, cause, now=now, part=MovePart.POOL)
        await notify_people(
            session, [giver_id], kind=Notice.CAPPED, subject_id=row.id, now=now, name=None
        )
    return Credited(CreditOutcome.CAPPED if pooled else CreditOutcome.SAVED, saved, pooled)


async def hold(session: Session, person_ids: Iterable[int]) -> None:
    """Lock the accounts of several people, in the order in which everybody does."""
    for person_id in sorted(set(person_ids)):
        await account_of(session, person_id)


async def is_credited(session: Session, kind: CauseKind, cause_id: int) -> bool:
    """Return whether anything was credited for a cause."""
    of_it = (SavingsMoveRow.cause_kind == kind, SavingsMoveRow.cause_id == cause_id)
    return await session.scalar(select(SavingsMoveRow.id).where(*of_it).limit(1)) is not None


async def is_undisputed(session: Session, kind: CauseKind, cause_id: int) -> bool:
    """Return whether nobody has to decide, or has decided, whether a cause is credited."""
    of_it = (Dispute.cause_kind == kind, Dispute.cause_id == cause_id)
    return await session.scalar(select(Dispute.id).where(*of_it).limit(1)) is None


async def account_of(session: Session, person_id: int) -> Account:
    """Return somebody's account, locked; opened where they had none.

    Of several people whoever has the smaller number comes first.
    """
    values = {"kind": AccountKind.PERSON, "person_id": person_id, "balance": 0}
    await insert_once(session, Account, values)
    found = await session.scalars(
        select(Account)
        .where(Account.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.one()


async def pool_of(session: Session, place_id: int | None) -> Account | None:
    """Return the pool of the community in which a place lies; None where it lies in none."""
    community = None if place_id is None else await community_above(session, place_id)
    if community is None:
        return None
    values = {"kind": AccountKind.POOL, "place_id": community.id, "balance": 0}
    await insert_once(session, Account, values)
    found = await session.scalars(select(Account).where(Account.place_id == community.id))
    return found.one()


async def of_nobody(session: Session, kind: AccountKind) -> Account:
    """Return where minutes come from, or where those go that nobody has."""
    await insert_once(session, Account, {"kind": kind, "balance": 0})
    found = await session.scalars(select(Account).where(Account.kind == kind))
    return found.one()


async def move(
    session: Session,
    source: Account,
    to: Account,
    minutes: int,
    cause: MoveCause,
    *,
    now: datetime,
    part: MovePart = MovePart.SAVED,
) -> SavingsMoveRow:
    """Write one move; accounts of people are locked, and who gives has as much."""
    row = SavingsMoveRow(
        at=now,
        from_id=source.id,
        to_id=to.id,
        minutes=minutes,
        cause_kind=cause.kind,
        cause_id=cause.id,
        part=part,
        by_id=cause.by_id,
        confirmer=cause.confirmer,
        giver_id=cause.giver_id,
        done_at=cause.done_at,
        reason=cause.reason,
    )
    session.add(row)
    for account, sign in ((source, -1), (to, 1)):
        if account.kind == AccountKind.PERSON:
            account.balance += sign * minutes
    await session.flush()
    return row


async def _pool_or_void(session: Session, place_id: int | None) -> Account:
    return await pool_of(session, place_id) or await of_nobody(session, AccountKind.VOID)
