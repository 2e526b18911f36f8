"""Certificates of time that was given, and whether one is ours."""

import base64
import hashlib
import re
import secrets
from datetime import datetime

from sqlalchemy import func, select, update

from models.database import Session
from models.people.views import Person
from models.places.queries import community_above
from models.savings.queries import given_by
from models.savings.rules import CODE_LENGTH
from models.savings.tables import SavingsPaperRow
from models.savings.views import CheckedPaper, SavingsPaper

Paper = SavingsPaperRow
_OTHER = re.compile(r"[^A-Z2-7]")
_BYTES = 10
"""More than the 60 bits that the letters of a code hold."""


async def certify(session: Session, actor: Person, *, now: datetime) -> SavingsPaper | None:
    """Write a certificate of the time somebody has saved; None where that is nothing.

    From now on it alone counts. Its code stands on the paper; only what it is looked up by is kept.
    """
    minutes = await given_by(session, actor.id)
    if minutes < 1:
        return None
    code = base64.b32encode(secrets.token_bytes(_BYTES)).decode()[:CODE_LENGTH]
    row = Paper(
        person_id=actor.id,
        minutes=minutes,
        surname=actor.name[:1],
        made_at=now,
        digest=_digest(code),
    )
    session.add(row)
    await session.flush()
    community = None
    if actor.place_id is not None:
        community = await community_above(session, actor.place_id)
    where = community.name if community else ""
    return SavingsPaper(row.id, actor.name, where, minutes, now, code)


async def check(session: Session, code: str) -> CheckedPaper | None:
    """Return what a certificate with a code says; None where there is none of ours."""
    row = await session.scalar(select(Paper).where(Paper.digest == _digest(code)))
    if row is None:
        return None
    newest = await session.scalar(
        select(func.max(Paper.id)).where(Paper.person_id == row.person_id)
    )
    return CheckedPaper(
        number=row.id,
        surname=row.surname,
        minutes=row.minutes,
        made_at=row.made_at,
        newer=newest != row.id,
        corrected=await given_by(session, row.person_id) < row.minutes,
    )


async def forget_name(session: Session, person_id: int) -> None:
    """Keep no letter of the name of somebody who leaves."""
    await session.execute(update(Paper).where(Paper.person_id == person_id).values(surname=""))


def _digest(code: str) -> str:
    read = _OTHER.sub("", code.upper())
    return hashlib.sha256(read.encode()).hexdigest()
