"""What waits and what is broken, counted at one glance."""

from datetime import datetime

from models.database import Session
from models.outages.queries import latest
from models.outbox.queries import put_off
from models.people.views import Person
from models.status.queries.messages import refused_messages, uncertain_messages
from models.status.queries.queues import queues
from models.status.queries.reminders import broken_reminders, let_go_reminders
from models.status.queries.updates import failed_updates
from models.status.rules import Trouble
from models.status.views import Overview


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
        outage=await latest(session, now),
    )
