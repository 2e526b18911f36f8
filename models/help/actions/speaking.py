"""Words about a request, said in the chat: they go to everybody else who has to do with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from models.database import Session
from models.help.actions.deadlines import note_answer, resume
from models.help.actions.filing import just_said, keep, last_line
from models.help.actions.notify import refresh_parties, tell_all, tell_resident
from models.help.actions.rows import (
    add_line,
    claim_of,
    claims_of,
    locked,
    owner_now,
    refuse,
    relations_of,
)
from models.help.rules.limits import NOTE_LENGTH, Line
from models.help.rules.notices import Notice
from models.help.rules.outcomes import DeskOutcome
from models.help.rules.states import COUNTED, ENDED, HOLDING, Relation, Waiting
from models.help.tables import RequestRow
from models.media import Media
from models.people.views import Person
from models.text import clean_text


async def speak(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    words: str = "",
    media: Sequence[Media] = (),
    now: datetime,
    to_resident: bool = True,
) -> DeskOutcome:
    """Pass words or media on (NOTED): the resident's to the helpers and the owner, a helper's and
    the desk's to the resident as well, unless the desk writes down what the resident has said.

    ALREADY when the same words were the last thing said; EMPTY when neither is there, or when the
    request has as much media as it can keep; TOO_LATE once it has ended.
    """
    request = await locked(session, request_id)
    if request is None:
        return DeskOutcome.MISSING
    relations = await _relations(session, actor, request)
    if not relations:
        await refuse(session, actor, request, "speak", now)
        return DeskOutcome.NOT_ALLOWED
    if request.state in ENDED:
        return DeskOutcome.TOO_LATE
    said = clean_text(words, NOTE_LENGTH) or None
    if said is not None and not media and await just_said(session, request, actor, said):
        return DeskOutcome.ALREADY
    kept = await keep(session, request, media, actor.id)
    if said is None and not kept:
        return DeskOutcome.EMPTY
    detail = {"media": kept} if kept else None
    line = add_line(
        session, request, Line.NOTE, now=now, actor_id=actor.id, words=said, detail=detail
    )
    await session.flush()
    resumed = False
    if to_resident or Relation.RESIDENT in relations:
        resumed = await _answered(session, request, relations, now)
    aloud = to_resident and Relation.RESIDENT not in relations
    told = {"line": line.id, **({"resumed": True} if resumed else {})}
    await _pass_on(session, request, actor, told, now, aloud=aloud)
    return DeskOutcome.NOTED


async def speak_on(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    media: Sequence[Media],
    now: datetime,
) -> DeskOutcome:
    """Add what belongs to what the same person has said last: the rest of an album (NOTED).

    Whoever was notified of its beginning is not notified once more; cards show how much there is.
    """
    request = await locked(session, request_id)
    if request is None:
        return DeskOutcome.MISSING
    if not await _relations(session, actor, request):
        await refuse(session, actor, request, "speak", now)
        return DeskOutcome.NOT_ALLOWED
    if request.state in ENDED:
        return DeskOutcome.TOO_LATE
    kept = await keep(session, request, media, actor.id)
    if not kept:
        return DeskOutcome.EMPTY
    last = await last_line(session, request)
    if last is not None and (last.what, last.actor_id) == (Line.NOTE, actor.id):
        last.detail = {"media": kept + ((last.detail or {}).get("media") or 0)}
    else:
        add_line(session, request, Line.NOTE, now=now, actor_id=actor.id, detail={"media": kept})
    await refresh_parties(session, request, now)
    return DeskOutcome.NOTED


async def _relations(session: Session, actor: Person, request: RequestRow) -> list[Relation]:
    relations = await relations_of(session, actor, request)
    mine = await claim_of(session, request, actor.id)
    holds = mine is not None and mine.state in COUNTED
    return [*relations, *([Relation.HOLDER] if holds else [])]


async def _answered(
    session: Session, request: RequestRow, relations: Sequence[Relation], now: datetime
) -> bool:
    """Stop the clock that waited for these words.

    Return whether the resident was waited for: then the promises run again.
    """
    if Relation.RESIDENT in relations:
        resumed = await resume(session, request, now, why=Waiting.ANSWER)
        if resumed:
            await refresh_parties(session, request, now)
        return resumed
    if Relation.DESK in relations:
        await note_answer(session, request, now)
        await refresh_parties(session, request, now)
    return False


async def _pass_on(
    session: Session,
    request: RequestRow,
    actor: Person,
    detail: dict[str, Any],
    now: datetime,
    *,
    aloud: bool,
) -> None:
    notified = None
    if aloud:
        notified = await tell_resident(
            session, request, Notice.NOTE, now=now, actor_id=actor.id, detail=detail
        )
    claims = await claims_of(session, request)
    people = {claim.person_id for claim in claims if claim.state in HOLDING}
    owner_id = await owner_now(session, request, now)
    people |= set() if owner_id is None else {owner_id}
    people -= set() if notified is None else {notified}
    await tell_all(session, request, Notice.NOTE, people, now=now, actor_id=actor.id, detail=detail)
