"""The desk waits for the resident: the clocks stand still, and the resident is told so."""

from datetime import datetime

from models.database import Session
from models.help.actions.clocks import RUNNING, note_answer, pause, resume
from models.help.actions.rows import add_line, is_desk, locked, refuse
from models.help.actions.tell import refresh_parties, tell_resident
from models.help.queries.clocks import waits_of
from models.help.rules.clocks import waiting_now
from models.help.rules.kinds import Notice
from models.help.rules.outcomes import DeskOutcome
from models.help.rules.states import Waiting
from models.help.rules.words import NOTE_LENGTH, Line
from models.help.tables import RequestRow
from models.people.views import Person
from models.text import clean_text


async def wait_for_resident(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    now: datetime,
    words: str | None = None,
) -> DeskOutcome:
    """Wait for something that only the resident can say or do (WAITING), with a question or none.

    They are told, so that no clock stands still unseen. It ends when they write or add something,
    when the desk says so, and when the work is reported done.
    """
    request = await _at_desk(session, actor, request_id, now)
    if isinstance(request, DeskOutcome):
        return request
    if request.state not in RUNNING:
        return DeskOutcome.TOO_LATE
    waits = (await waits_of(session, [request.id])).get(request.id, [])
    waiting = waiting_now(waits, now)
    if waiting is not None and waiting.why is Waiting.ANSWER:
        return DeskOutcome.ALREADY
    said = clean_text(words or "", NOTE_LENGTH) or None
    line = add_line(session, request, Line.WAITING, now=now, actor_id=actor.id, words=said)
    await session.flush()
    await note_answer(session, request, now)
    await pause(session, request, Waiting.ANSWER, now)
    await tell_resident(
        session, request, Notice.WAITING, now=now, actor_id=actor.id, detail={"line": line.id}
    )
    await refresh_parties(session, request, now)
    return DeskOutcome.WAITING


async def go_on(session: Session, actor: Person, request_id: int, *, now: datetime) -> DeskOutcome:
    """Wait for the resident no longer (RESUMED): they have rung, say; ALREADY if nobody waits."""
    request = await _at_desk(session, actor, request_id, now)
    if isinstance(request, DeskOutcome):
        return request
    if not await resume(session, request, now, why=Waiting.ANSWER):
        return DeskOutcome.ALREADY
    add_line(session, request, Line.RESUMED, now=now, actor_id=actor.id)
    await refresh_parties(session, request, now)
    return DeskOutcome.RESUMED


async def _at_desk(
    session: Session, actor: Person, request_id: int, now: datetime
) -> RequestRow | DeskOutcome:
    request = await locked(session, request_id)
    if request is None:
        return DeskOutcome.MISSING
    if await is_desk(session, actor, request):
        return request
    await refuse(session, actor, request, "wait", now)
    return DeskOutcome.NOT_ALLOWED
