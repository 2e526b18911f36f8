"""What the reminders about a resident's last word do. Each looks at the state first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from models.database import Session
from models.help.actions.judging import who_rings, whose_owner_rings
from models.help.actions.reopening import hush
from models.help.actions.rows import add_line, locked_all
from models.help.actions.tell import lane_of, refresh_parties_of, tell_residents
from models.help.rules.kinds import Notice
from models.help.rules.policy import HelpPolicy, is_overtaken
from models.help.rules.states import State
from models.help.rules.words import Line
from models.help.tables import RequestRow
from models.outbox.crowd import Push, notify_each
from models.policy.current import policy_of
from models.reminders.views import Due


async def after_done(session: Session, due: Due, now: datetime) -> None:
    """Ask a silent resident again whether it is solved."""
    await after_done_all(session, [due], now)


async def after_done_all(session: Session, fired: Sequence[Due], now: datetime) -> None:
    """Ask many silent residents again, in as many statements as for one."""
    found, policy = await _silent(session, fired), policy_of(session, HelpPolicy)
    told = list[tuple[RequestRow, dict[str, Any]]]()
    for due in fired:
        request = found.get(due.subject_id)
        if request is None:
            continue
        if request.done_at and is_overtaken(request.done_at, due.due_at, now, policy):
            continue
        told.append((request, {"late": due.late}))
    await tell_residents(session, told, Notice.AFTER_DONE, now=now)


async def unconfirmed(session: Session, due: Due, now: datetime) -> None:
    """Put a request whose resident stayed silent on the call-back list, and tell the owner."""
    await unconfirmed_all(session, [due], now)


async def unconfirmed_all(session: Session, fired: Sequence[Due], now: datetime) -> None:
    """Put many requests on the call-back list, in about as many statements as one."""
    found, pushes = await _silent(session, fired), list[Push]()
    owners = await whose_owner_rings(session, found.values())
    for due in fired:
        request = found.get(due.subject_id)
        if request is None or request.unconfirmed:
            continue
        request.unconfirmed, request.changed_at = True, now
        hush(request)
        add_line(session, request, Line.UNCONFIRMED, now=now, actor_id=None)
        detail, lane = {"late": due.late}, lane_of(request, Notice.UNCONFIRMED)
        theirs = request.owner_id if request.id in owners else None
        ringing = [theirs] if theirs is not None else await who_rings(session, request, now)
        pushes += [Push(one, request.id, detail, lane) for one in ringing]
    await notify_each(session, pushes, kind=Notice.UNCONFIRMED, now=now)
    if found:
        await refresh_parties_of(session, found, now)


async def _silent(session: Session, fired: Sequence[Due]) -> dict[int, RequestRow]:
    """Return the requests that reminders are about and of which the resident's word is awaited."""
    held = await locked_all(session, [due.subject_id for due in fired])
    return {
        number: request
        for number, request in held.items()
        if request.state == State.DONE and not request.unconfirmed
    }
