"""Telling staff, and those who write, which hours may be lost."""

from collections.abc import Callable
from datetime import datetime

from handlers.notices import renders
from handlers.outages import words
from handlers.screen import Pointless, Screen
from models.database import Session
from models.outages.queries import outage
from models.outages.rules import Notice as Kind
from models.outages.views import Outage
from models.outbox.views import Notice


@renders(Kind.STAFF)
async def staff(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell whoever sees the status."""
    return await _told(session, notice, words.for_staff)


@renders(Kind.WRITER)
async def writer(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell whoever writes."""
    return await _told(session, notice, words.for_writer)


async def _told(
    session: Session, notice: Notice, said: Callable[[Outage, datetime], str]
) -> Screen | Pointless:
    found = await outage(session, notice.subject_id)
    return Screen(said(found, notice.now)) if found else Pointless("no such outage")
