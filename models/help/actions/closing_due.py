"""What the reminders about a resident's last word do. Each looks at the state first."""

from datetime import datetime

from models.database import Session
from models.help.actions.judging import who_rings
from models.help.actions.reopening import hush
from models.help.actions.rows import add_line, locked
from models.help.actions.tell import refresh_parties, tell, tell_resident
from models.help.policy import policy_of
from models.help.rules import Line, Notice, State, is_overtaken
from models.reminders.views import Due


async def after_done(session: Session, due: Due, now: datetime) -> None:
    """Ask a silent resident again whether it is solved."""
    request = await locked(session, due.subject_id)
    if request is None or request.state != State.DONE or request.unconfirmed:
        return
    if request.done_at and is_overtaken(request.done_at, due.due_at, now, policy_of(session)):
        return
    detail = {"late": due.late}
    await tell_resident(session, request, Notice.AFTER_DONE, now=now, detail=detail)


async def unconfirmed(session: Session, due: Due, now: datetime) -> None:
    """Put a request whose resident stayed silent on the call-back list, and tell the owner."""
    request = await locked(session, due.subject_id)
    if request is None or request.state != State.DONE or request.unconfirmed:
        return
    request.unconfirmed, request.changed_at = True, now
    hush(request)
    add_line(session, request, Line.UNCONFIRMED, now=now, actor_id=None)
    for person_id in await who_rings(session, request, now):
        detail = {"late": due.late}
        await tell(session, request, Notice.UNCONFIRMED, person_id, now=now, detail=detail)
    await refresh_parties(session, request, now)
