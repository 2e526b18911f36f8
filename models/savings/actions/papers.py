"""Certificates of time that was given, and whether one is ours."""

import base64
import hashlib
import hmac
import re
from datetime import datetime

from sqlalchemy import select

from models.database import Session, vault_of
from models.people.tables import PersonRow
from models.people.views import Person
from models.savings.queries import given_by
from models.savings.rules import CODE_LENGTH
from models.savings.tables import SavingsPaperRow
from models.savings.views import CheckedPaper, SavingsPaper

PURPOSE = "savings paper"
_OTHER = re.compile(r"[^A-Z2-7]")


async def certify(session: Session, actor: Person, *, now: datetime) -> SavingsPaper | None:
    """Write a certificate of what others have confirmed of somebody; None where that is nothing.

    Its code is made by the key and cannot be guessed. Only what it is looked up by is kept, so it
    holds when the key is followed by another.
    """
    minutes = await given_by(session, actor.id)
    if minutes < 1:
        return None
    row = SavingsPaperRow(person_id=actor.id, minutes=minutes, made_at=now)
    session.add(row)
    await session.flush()
    key = vault_of(session).derived(PURPOSE)
    said = f"{row.id}|{actor.id}|{minutes}|{now.isoformat()}"
    made = hmac.new(key, said.encode(), hashlib.sha256).digest()
    code = base64.b32encode(made).decode()[:CODE_LENGTH]
    row.digest = _digest(code)
    await session.flush()
    return SavingsPaper(row.id, actor.name, minutes, now, code)


async def check(session: Session, code: str) -> CheckedPaper | None:
    """Return what a certificate with a code says; None where there is none of ours."""
    row = await session.scalar(
        select(SavingsPaperRow).where(SavingsPaperRow.digest == _digest(code))
    )
    if row is None:
        return None
    name = await session.scalar(
        select(PersonRow.name).where(PersonRow.id == row.person_id, PersonRow.left_at.is_(None))
    )
    return CheckedPaper(row.id, (name or "")[:1], row.minutes, row.made_at)


def _digest(code: str) -> str:
    read = _OTHER.sub("", code.upper())
    return hashlib.sha256(read.encode()).hexdigest()
