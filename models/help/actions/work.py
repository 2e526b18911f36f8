"""What the holder of a task does: set out and report done."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from models.database import Session
from models.help.actions.ending import count_done, finish, release
from models.help.actions.intake import add_media
from models.help.actions.judging import ask_for_the_word
from models.help.actions.rows import (
    add_line,
    claim_of,
    claims_of,
    end,
    hands_of,
    locked,
    settle,
)
from models.help.actions.tell import refresh_cards, refresh_parties, tell_resident
from models.help.actions.timing import stop_claims, stop_request, watch_visit
from models.help.rules.kinds import Notice
from models.help.rules.outcomes import DoneOutcome, WorkOutcome
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import HOLDING, LIVE, ClaimState, State, is_finished
from models.help.rules.words import NOTE_LENGTH, Line
from models.help.tables import MediaRow, RequestRow
from models.media import Media
from models.people.views import Person
from models.policy.current import policy_of
from models.text import clean_text


async def on_my_way(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> WorkOutcome:
    """Tell the resident that the holder has set out."""
    request = await locked(session, request_id)
    if request is None:
        return WorkOutcome.MISSING
    mine = await claim_of(session, request, actor.id)
    if mine is not None and mine.state in {ClaimState.ON_WAY, ClaimState.DONE}:
        return WorkOutcome.ALREADY
    if mine is None or mine.state not in HOLDING or request.state not in LIVE:
        return WorkOutcome.NOT_HOLDER
    mine.state, mine.on_way_at, mine.summoned_at = ClaimState.ON_WAY, now, None
    await stop_claims(session, [mine], "on the way", now)
    await watch_visit(session, request, mine, now, policy_of(session, HelpPolicy))
    add_line(session, request, Line.ON_WAY, now=now, actor_id=actor.id)
    await settle(session, request, now)
    await tell_resident(session, request, Notice.ON_WAY, now=now, detail={"person": actor.id})
    await refresh_parties(session, request, now, mover_id=actor.id)
    return WorkOutcome.ON_WAY


async def report_done(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    now: datetime,
    all_finished: bool = False,
    media: Sequence[Media] = (),
    minutes: int | None = None,
    words: str = "",
) -> DoneOutcome:
    """Report one's own part done, with photos and words if wanted, and minutes if known.

    The request is done (ALL_DONE) when every hand was found and has reported, or when the reporter
    says that nothing is left (`all_finished`); the resident is asked then.
    """
    policy = policy_of(session, HelpPolicy)
    request = await locked(session, request_id)
    if request is None:
        return DoneOutcome.MISSING
    mine = await claim_of(session, request, actor.id)
    if mine is None or mine.state == ClaimState.WAITING:
        return DoneOutcome.NOT_HOLDER
    if request.state not in LIVE or (mine.state == ClaimState.DONE and not all_finished):
        return DoneOutcome.ALREADY
    if mine.state in HOLDING:
        await stop_claims(session, [mine], "done", now)
        finish(mine, now, minutes)
    await _show(session, request, media, actor.id)
    said = clean_text(words, NOTE_LENGTH) or None
    finished = is_finished(await hands_of(session, request), all_finished=all_finished)
    if finished:
        await _finish_request(session, request, actor.id, now, policy, said)
    else:
        add_line(session, request, Line.PART_DONE, now=now, actor_id=actor.id, words=said)
        await settle(session, request, now)
    await refresh_cards(session, request, now)
    return DoneOutcome.ALL_DONE if finished else DoneOutcome.PART_DONE


async def _show(
    session: Session, request: RequestRow, media: Sequence[Media], sent_by: int
) -> None:
    last = await session.scalar(
        select(func.max(MediaRow.position)).where(MediaRow.request_id == request.id)
    )
    after = 0 if last is None else last + 1
    add_media(session, request, tuple(media), sent_by, evidence=True, after=after)


async def _finish_request(
    session: Session,
    request: RequestRow,
    actor_id: int,
    now: datetime,
    policy: HelpPolicy,
    words: str | None,
) -> None:
    """Put a locked request to done: who was on the way has done it, the others are let go."""
    claims = await claims_of(session, request)
    for claim in claims:
        if claim.state == ClaimState.ON_WAY:
            finish(claim, now)
    await release(session, claims, "done", now)
    request.held = count_done(claims)
    request.done_at, request.unconfirmed = now, False
    end(request, State.DONE, now)
    await stop_request(session, request, "done", now)
    add_line(session, request, Line.DONE, now=now, actor_id=actor_id, words=words)
    await ask_for_the_word(session, request, now, policy)
    await tell_resident(session, request, Notice.DONE, now=now, detail={"person": actor_id})
