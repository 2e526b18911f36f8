"""Who has left stays erased, whatever is brought back: a list that no backup takes back.

It lies outside the database. A line is an instant and a keyed digest of who it was: whoever reads
it without the key learns how many have left and when, and nobody's name or number. What is missing
in it is found in the database, so nothing is lost between a commit and the line.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.engine import make_url

from models.database import Session, Sessions, async_url, lock_key, transaction, vault_of
from models.leaving.actions import leave, leave_anyway
from models.people.queries import person_by_id
from models.people.rules import Leaving
from models.people.tables import PersonRow
from models.vault import Vault

PURPOSE = "who has left"
ERASING = -(2**61) + 1
"""The lock that is held meanwhile: far from chats, beside that of migrations."""
LINE = re.compile(r"([0-9a-f]{64}) (\S+)")


NAME = "erasures.log"


def erasures_beside(url: str) -> Path:
    """Name the list where none is set: beside an SQLite database, else in `data`."""
    named = make_url(async_url(url))
    sqlite = named.get_backend_name() == "sqlite"
    return (Path(str(named.database)).parent if sqlite else Path("data")) / NAME


def read(path: Path) -> frozenset[str]:
    """Return the digests in a list; a line that broke off is none. No file: an empty list."""
    try:
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return frozenset()
    return frozenset(found[1] for line in lines if (found := LINE.fullmatch(line)))


async def write_down(sessions: Sessions, path: Path) -> int:
    """Append who has left by now and is not in the list; give how many. OSError: it has no room.

    A database away raises as a transaction does. Two processes at once may write a line twice,
    which changes nothing.
    """
    async with transaction(sessions) as session:
        gone = select(PersonRow.id, PersonRow.created_at, PersonRow.left_at)
        rows = (await session.execute(gone.where(PersonRow.left_at.is_not(None)))).all()
        vault = vault_of(session)
    if not rows:
        return 0
    known = read(path)
    named = ((_digests(vault, row.id, row.created_at)[0], row.left_at) for row in rows)
    lines = [f"{digest} {left_at.isoformat()}" for digest, left_at in named if digest not in known]
    if lines:
        _append(path, lines)
    return len(lines)


async def apply(sessions: Sessions, path: Path, now: datetime) -> list[int]:
    """Erase again whoever stands in the database and is in the list; give those who were bound.

    Bound is who owed something to others when the backup was made, or was a place's last admin.
    """
    gone = read(path)
    if not gone:
        return []
    async with transaction(sessions) as session:
        found = await _standing(session, gone)
    return [number for number in found if await _erase(sessions, number, now)]


async def _standing(session: Session, gone: Iterable[str]) -> list[int]:
    gone = frozenset(gone)
    there = select(PersonRow.id, PersonRow.created_at).where(PersonRow.left_at.is_(None))
    vault = vault_of(session)
    return [
        row.id
        for row in (await session.execute(there.order_by(PersonRow.id))).all()
        if not gone.isdisjoint(_digests(vault, row.id, row.created_at))
    ]


async def _erase(sessions: Sessions, person_id: int, now: datetime) -> bool:
    """Erase one, in a transaction of their own; True where they could not have left like that."""
    async with transaction(sessions) as session:
        await lock_key(session, ERASING)  # processes that start together find the same people
        person = await person_by_id(session, person_id)
        if person is None or await leave(session, person, now=now) is Leaving.LEFT:
            return False
        await leave_anyway(session, person, now=now)
        return True


def _digests(vault: Vault, person_id: int, created_at: datetime) -> list[str]:
    """Name somebody under every key that is held, the present one first.

    With the instant of their coming: after a restore a number can be given a second time.
    """
    who = f"{person_id}|{created_at.isoformat()}".encode()
    keys = vault.all_derived(PURPOSE)
    return [hmac.new(key, who, hashlib.sha256).hexdigest() for key in keys]


def _append(path: Path, lines: list[str]) -> None:
    """Append lines that last; what broke off before stays on a line of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        ahead = "\n" if size and file.read(1) != b"\n" else ""
        file.write((ahead + "\n".join(lines) + "\n").encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
