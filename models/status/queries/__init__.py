"""Reading what waits and what is broken, as far as somebody's right reaches."""

from datetime import datetime

from models.database import Session
from models.outbox.queries import put_off
from models.people.views import Person
from models.status.queries.messages import (
    place_of_message,
    refused_message,
    refused_messages,
    uncertain_message,
    uncertain_messages,
)
from models.status.queries.queues import queues
from models.status.queries.reach import paths_of
from models.status.queries.reminders import (
    broken_reminder,
    broken_reminders,
    by_kind,
    let_go_reminder,
    let_go_reminders,
    place_of_reminder,
)
from models.status.queries.updates import failed_update, failed_updates, place_of_update
from models.status.rules import Trouble
from models.status.views import Overview

__all__ = [
    "broken_reminder",
    "broken_reminders",
    "by_kind",
    "failed_update",
    "failed_updates",
    "let_go_reminder",
    "let_go_reminders",
    "overview",
    "paths_of",
    "place_of_message",
    "place_of_reminder",
    "place_of_update",
    "queues",
    "refused_message",
    "refused_messages",
    "uncertain_message",
    "uncertain_messages",
]


async def overview(session: Session, actor: Person, now: datetime) -> Overview:
    """Show all at a glance."""
    broken = await broken_reminders(session, actor, now)
    waits = await put_off(session, now)
    failed = sum(one.trouble is Trouble.FAILED for one in broken)
    return Overview(
        queues=await queues(session, now),
        updates=len(await failed_updates(session, actor)),
        messages=len(await uncertain_messages(session, actor)),
        refused=len(await refused_messages(session, actor)),
        overdue=len(broken) - failed,
        failed=failed,
        let_go=len(await let_go_reminders(session, actor, now)),
        waiting_chats=len({chat_id for chat_id, _ in waits}),
        waiting_until=max((until for _, until in waits), default=None),
    )
