"""One-time codes that make the first admin."""

import hashlib
import hmac
import secrets
import unicodedata
from datetime import datetime

from sqlalchemy import select, update

from models.audit.actions import count_since, deny, record
from models.audit.rules import AuditAct
from models.database import Session
from models.outbox.tables import OutboxRow
from models.people.rules import CODE_LIFE, CODE_REFUSALS, CODE_WINDOW, CodeUse, Role
from models.people.tables import AdminCodeRow, PersonRow
from models.people.views import Person
from models.places.actions.growing import plant
from models.places.queries import children
from models.places.rules import PlaceKind
from models.places.views import Place
from models.roles.actions.granting import appoint
from models.updates.tables import HandledRow

SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 12
"""Twelve of 31 signs are 59 bits: five guesses an hour find nothing within half an hour."""


async def make_admin_code(session: Session, now: datetime) -> str:
    """Make a code that serves once within `CODE_LIFE`; only its digest is kept.

    Codes made before no longer serve: one that was mislaid opens nothing. Where the bot goes by a
    clock that is ahead, as on the sandbox's page, the code lives by that one.
    """
    now = max(now, await _last_seen(session) or now)
    await session.execute(
        update(AdminCodeRow)
        .where(AdminCodeRow.used_at.is_(None), AdminCodeRow.expires_at > now)
        .values(expires_at=now)
    )
    code = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    row = AdminCodeRow(digest=_digest(code), created_at=now, expires_at=now + CODE_LIFE)
    session.add(row)
    await session.flush()
    await record(
        session, AuditAct.CODE_MADE, now=now, actor_id=None, subject="admin_code", subject_id=row.id
    )
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


async def _last_seen(session: Session) -> datetime | None:
    """Return when, by the clock of the bot, it last handled or queued anything."""
    handled = select(HandledRow.handled_at).order_by(HandledRow.handled_at.desc()).limit(1)
    queued = select(OutboxRow.created_at).order_by(OutboxRow.id.desc()).limit(1)
    found = [await session.scalar(handled), await session.scalar(queued)]
    return max((instant for instant in found if instant is not None), default=None)


async def use_admin_code(session: Session, actor: Person, code: str, now: datetime) -> CodeUse:
    """Make the actor an admin of everything, once a code; refusals are written down and counted.

    Where there is no place yet, a root is planted, to be named and grown in the chat.
    """
    await session.execute(
        select(PersonRow.id).where(PersonRow.id == actor.id).with_for_update()
    )  # two attempts of one person at once are counted one after the other
    refused = await count_since(
        session, AuditAct.CODE_REFUSED, actor_id=actor.id, since=now - CODE_WINDOW
    )
    if refused >= CODE_REFUSALS:
        await deny(session, actor.id, "admin_code", now=now, detail={"refused": refused})
        return CodeUse.TOO_MANY
    code_id = await _spend(session, actor, code, now)
    if code_id is None:
        await _record(session, AuditAct.CODE_REFUSED, actor, None, now)
        return CodeUse.REFUSED
    await _record(session, AuditAct.CODE_USED, actor, code_id, now)
    for root in await children(session, None) or [await _first_root(session)]:
        await appoint(session, actor.id, Role.ADMIN, root.id, now=now, by=actor)
    return CodeUse.GRANTED


async def _spend(session: Session, actor: Person, code: str, now: datetime) -> int | None:
    digest = _digest(code)
    live = await session.execute(
        select(AdminCodeRow.id, AdminCodeRow.digest).where(
            AdminCodeRow.used_at.is_(None), AdminCodeRow.expires_at > now
        )
    )
    # every live code is compared in full: the time taken tells nothing about any of them
    matching = [row.id for row in live.all() if hmac.compare_digest(row.digest, digest)]
    return await session.scalar(
        update(AdminCodeRow)
        .where(AdminCodeRow.id.in_(matching), AdminCodeRow.used_at.is_(None))
        .values(used_by=actor.id, used_at=now)
        .returning(AdminCodeRow.id)
    )


async def _first_root(session: Session) -> Place:
    return await plant(
        session, parent=None, kind=PlaceKind.CITY, name="邻里", name_en="Linli", code="root"
    )


async def _record(
    session: Session, act: AuditAct, actor: Person, code_id: int | None, now: datetime
) -> None:
    await record(session, act, now=now, actor_id=actor.id, subject="admin_code", subject_id=code_id)


def _digest(code: str) -> str:
    read = unicodedata.normalize("NFKC", code[:100]).upper()
    return hashlib.sha256("".join(filter(str.isalnum, read)).encode()).hexdigest()
