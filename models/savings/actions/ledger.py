"""The ledger: accounts are opened and held, and minutes go from one to another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from models.database import Session, insert_once
from models.places.queries import community_above
from models.savings.rules import AccountKind, CauseKind, Confirmer, MovePart
from models.savings.tables import SavingsAccountRow, SavingsMoveRow

Account = SavingsAccountRow


@dataclass(frozen=True)
class MoveCause:
    """Why minutes move, and by whom; `giver_id`, `confirmer` and `done_at` of what is earned."""

    kind: CauseKind
    id: int
    by_id: int
    giver_id: int | None = None
    confirmer: Confirmer | None = None
    done_at: datetime | None = None
    community_id: int | None = None


async def hold(session: Session, person_ids: Iterable[int]) -> dict[int, Account]:
    """Return the accounts of people, locked in the order in which everybody does: lower first.

    Opened where they had none, before any is locked: whoever held a higher one while opening a
    lower would wait for somebody who waits for them. What is read of these people afterwards is so
    until the end.
    """
    ids = sorted(set(person_ids))
    opened = select(Account.person_id).where(Account.person_id.in_(ids))
    there = set(await session.scalars(opened))
    for person_id in ids:
        if person_id not in there:
            values = {"kind": AccountKind.PERSON, "person_id": person_id, "balance": 0}
            await insert_once(session, Account, values)
    held = {one.person_id: one for one in await _locked(session, ids)}
    return {person_id: held[person_id] for person_id in ids}


async def account_of(session: Session, person_id: int) -> Account:
    """Return somebody's account, locked."""
    return (await hold(session, [person_id]))[person_id]


async def community_of(session: Session, place_id: int | None) -> int | None:
    """Return the community in which a place lies; None where it lies in none."""
    community = None if place_id is None else await community_above(session, place_id)
    return None if community is None else community.id


async def pool_of(session: Session, community_id: int | None) -> Account | None:
    """Return the pool of a community; None for none."""
    if community_id is None:
        return None
    values = {"kind": AccountKind.POOL, "place_id": community_id, "balance": 0}
    return await _opened(session, Account.place_id == community_id, values)


async def pool_or_void(session: Session, community_id: int | None) -> Account:
    """Return the pool of a community; for whoever lives in none what is of nobody."""
    pool = await pool_of(session, community_id)
    return pool or await of_nobody(session, AccountKind.VOID)


async def of_nobody(session: Session, kind: AccountKind) -> Account:
    """Return where minutes come from, or where those go that nobody has."""
    alone = (Account.kind == kind) & Account.person_id.is_(None)  # found by the index of people
    return await _opened(session, alone, {"kind": kind, "balance": 0})


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
        community_id=cause.community_id,
    )
    session.add(row)
    for account, sign in ((source, -1), (to, 1)):
        if account.kind == AccountKind.PERSON:
            account.balance += sign * minutes
    await session.flush()
    return row


async def _locked(session: Session, person_ids: list[int]) -> list[Account]:
    await session.flush()
    found = await session.scalars(
        select(Account)
        .where(Account.person_id.in_(person_ids))
        .order_by(Account.person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(found)


async def _opened(session: Session, which: ColumnElement[bool], values: dict[str, Any]) -> Account:
    found = await session.scalar(select(Account).where(which))
    if found is None:
        await insert_once(session, Account, values)
        found = (await session.scalars(select(Account).where(which))).one()
    return found
