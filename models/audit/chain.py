"""The chain of the book: new lines are tied once a minute, by whoever holds the lock.

A turn that writes a line seals it and waits for nobody: were each tied to the one before in its
own transaction, all turns that write in the book would stand in one line. Until a line is tied its
seal protects it; from then on the chain protects its place as well.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_bytes

from sqlalchemy import func, select

from models.audit.proof import BEGINNING, is_sealed, link, seal_keys
from models.audit.tables import AuditKeyRow, AuditLinkRow, AuditRow
from models.database import Session, insert_new, lock_key, vault_of
from models.vault import SealedCell, SealError

CHAINING = -(2**61) + 2
"""The lock that is held meanwhile: far from chats, beside that of migrations."""

AT_A_TIME = 2000
"""Lines tied in one transaction: so SQLite is held for a moment. More wait for the next minute."""

LATE = 10_000
"""How far behind the newest tied line one is looked for that was committed after it: transactions
that write in the book end within seconds (models.database.IDLE_SECONDS)."""


@dataclass(frozen=True)
class Checked:
    """What a look at the whole chain has found."""

    links: int
    waiting: int
    """Lines that are not tied yet, each under a good seal or from before there were seals."""
    head: str
    """The digest of the last link: whoever writes it down outside can tell a cut-off end."""
    since: datetime | None
    """From when on there is a chain."""
    broken: str | None
    """What is wrong first, with the number of the line."""


async def link_new(session: Session, now: datetime) -> None:
    """Tie lines that are not tied yet, by number, AT_A_TIME at the most."""
    await lock_key(session, CHAINING)
    key, _ = await _key(session, now)
    last = await session.scalar(select(AuditLinkRow).order_by(AuditLinkRow.id.desc()).limit(1))
    newest = await session.scalar(select(func.max(AuditLinkRow.line_id))) or 0
    number, before = (last.id, last.digest) if last else (0, BEGINNING)
    seals = seal_keys(vault_of(session))
    rows = []
    for line in await _untied(session, newest - LATE):
        number += 1
        well = is_sealed(seals, line)
        before = link(key, before, line, sealed_well=well)
        rows.append({"id": number, "line_id": line.id, "sealed_well": well, "digest": before})
    await insert_new(session, AuditLinkRow, rows)


async def check(session: Session) -> Checked:
    """Walk the whole chain; what is broken first is named by the number of its line."""
    row = await session.scalar(select(AuditKeyRow).order_by(AuditKeyRow.id).limit(1))
    if row is None:
        lost = await session.scalar(select(func.min(AuditLinkRow.line_id)))
        waiting = await session.scalar(select(func.count(AuditRow.id))) or 0
        return Checked(0, waiting, BEGINNING, None, _no_key(lost) if lost else None)
    try:
        key = _opened(session, row)
    except SealError:
        return Checked(0, 0, BEGINNING, row.made_at, "the key of the chain does not open")
    walk = _Walk(key, row.begun_after)
    while walk.broken is None and (links := await _links(session, walk.links)):
        for tied, line in links:
            walk.step(tied, line)
    waiting, unsealed = (0, None) if walk.broken else await _look_at_untied(session, row, walk)
    return Checked(walk.links, waiting, walk.before, row.made_at, walk.broken or unsealed)


def _no_key(line_id: int) -> str:
    return f"line {line_id} is tied, and the key of the chain is gone"


class _Walk:
    """How far a walk along the chain has come."""

    def __init__(self, key: bytes, begun_after: int) -> None:
        self._key = key
        self._begun_after = begun_after
        self._seals: set[str] = set()
        self.links = 0
        self.newest = 0
        self.before = BEGINNING
        self.broken: str | None = None

    def step(self, tied: AuditLinkRow, line: AuditRow | None) -> None:
        """Go on to the next link; the first that is wrong stays named."""
        self.broken = self.broken or self._wrong(tied, line)
        if self.broken is None:
            self.links, self.before = tied.id, tied.digest
            self.newest = max(self.newest, tied.line_id)

    def _wrong(self, tied: AuditLinkRow, line: AuditRow | None) -> str | None:
        if tied.id != self.links + 1:
            return f"before line {tied.line_id} a link is missing"
        if line is None:
            return f"line {tied.line_id} is missing"
        digest = link(self._key, self.before, line, sealed_well=tied.sealed_well)
        if digest != tied.digest:
            return f"line {line.id} is not as it was tied"
        return self.seal_trouble(line, well=tied.sealed_well)

    def seal_trouble(self, line: AuditRow, *, well: bool) -> str | None:
        """Say what is wrong with the seal of a line: none of ours, or that of another line."""
        if not well and line.id > self._begun_after:
            return f"line {line.id} was written by something without the key"
        if line.seal is not None and line.seal in self._seals:
            return f"line {line.id} is a copy of another"
        if line.seal is not None:
            self._seals.add(line.seal)
        return None


async def _look_at_untied(
    session: Session, row: AuditKeyRow, walk: _Walk
) -> tuple[int, str | None]:
    seals = seal_keys(vault_of(session))
    waiting = 0
    for line in await _untied(session, 0, None):
        if row.begun_after < line.id <= walk.newest - LATE:
            return waiting, f"line {line.id} was never tied"
        if wrong := walk.seal_trouble(line, well=is_sealed(seals, line)):
            return waiting, wrong
        waiting += 1
    return waiting, None


async def _untied(session: Session, after: int, most: int | None = AT_A_TIME) -> Sequence[AuditRow]:
    untied = select(AuditRow).outerjoin(AuditLinkRow, AuditLinkRow.line_id == AuditRow.id)
    wanted = untied.where(AuditLinkRow.id.is_(None), AuditRow.id > after).order_by(AuditRow.id)
    return (await session.scalars(wanted.limit(most))).all()


async def _links(session: Session, after: int) -> Sequence[tuple[AuditLinkRow, AuditRow | None]]:
    joined = select(AuditLinkRow, AuditRow).outerjoin(AuditRow, AuditRow.id == AuditLinkRow.line_id)
    page = joined.where(AuditLinkRow.id > after).order_by(AuditLinkRow.id).limit(AT_A_TIME)
    return [(row[0], row[1]) for row in (await session.execute(page)).all()]


async def _key(session: Session, now: datetime) -> tuple[bytes, int]:
    """Return the key of the chain, and the last line of before it; drawn where there is none."""
    row = await session.scalar(select(AuditKeyRow).order_by(AuditKeyRow.id).limit(1))
    if row is None:
        newest = select(func.max(AuditRow.id)).where(AuditRow.seal.is_(None))
        row = AuditKeyRow(begun_after=await session.scalar(newest) or 0, made_at=now)
        session.add(row)
        await session.flush()
        key = urlsafe_b64encode(token_bytes(32)).decode()
        row.sealed = vault_of(session).seal(_cell(row), key)
        await session.flush()
    return _opened(session, row), row.begun_after


def _opened(session: Session, row: AuditKeyRow) -> bytes:
    return urlsafe_b64decode(vault_of(session).open(_cell(row), row.sealed or b""))


def _cell(row: AuditKeyRow) -> SealedCell:
    return SealedCell(AuditKeyRow.__tablename__, "sealed", row.id)
