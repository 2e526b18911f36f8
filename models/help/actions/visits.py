"""What holders do: confirm, set out, come late, report done; and what happens when nobody comes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from models.database import Session
from models.help import hooks
from models.help.actions.claims import count_done, finish, give_back, release, replace_lost
from models.help.actions.closing import ask_for_the_word, resident_verdict
from models.help.actions.filing import add_media
from models.help.actions.notify import (
    lane_of,
    refresh_cards,
    refresh_parties,
    tell,
    tell_resident,
    tell_residents,
)
from models.help.actions.rows import (
    add_line,
    awaited_all,
    claim_of,
    claims_of,
    end,
    hands_of,
    locked,
    refuse,
    relations_of,
    settle,
)
from models.help.actions.schedule import (
    held_of,
    schedule_answers,
    schedule_start,
    schedule_visit,
    schedule_visit_at,
    schedule_visits_at,
    stop_asking,
    stop_claims,
    stop_request,
)
from models.help.actions.speaking import speak
from models.help.rules.limits import NOTE_LENGTH, Line
from models.help.rules.notices import Notice
from models.help.rules.outcomes import (
    ArrivalOutcome,
    ConfirmOutcome,
    DeskOutcome,
    DoneOutcome,
    HandBackReason,
    VerdictOutcome,
    WorkOutcome,
)
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import ENDED, HOLDING, LIVE, ClaimState, Relation, State, is_finished
from models.help.rules.visits import ask_again_at, has_answered, is_awaited, visit_due
from models.help.tables import ClaimRow, LineRow, MediaRow, RequestRow
from models.media import Media
from models.outbox.crowd import Push, notify_each
from models.people.views import Person
from models.policy.current import policy_of
from models.reminders.views import Due
from models.text import clean_text

JUDGED = {
    VerdictOutcome.UNSOLVED: ArrivalOutcome.UNSOLVED,
    VerdictOutcome.ALREADY: ArrivalOutcome.ALREADY,
    VerdictOutcome.NOT_ALLOWED: ArrivalOutcome.NOT_ALLOWED,
}


NOTED = {
    DeskOutcome.NOTED: ArrivalOutcome.TOLD,
    DeskOutcome.ALREADY: ArrivalOutcome.ALREADY,
    DeskOutcome.NOT_ALLOWED: ArrivalOutcome.NOT_ALLOWED,
}


async def confirm_coming(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    coming: bool,
    now: datetime,
) -> ConfirmOutcome:
    """Answer 'still coming?': yes is noted, no hands the task back (HandBackReason.NO_TIME)."""
    policy = policy_of(session, HelpPolicy)
    request = await locked(session, request_id)
    mine = await claim_of(session, request, actor.id) if request else None
    if request is None or mine is None or mine.state not in HOLDING:
        return ConfirmOutcome.NOT_HOLDER
    if not coming:
        await give_back(session, request, mine, HandBackReason.NO_TIME, now=now, policy=policy)
        return ConfirmOutcome.HANDED_BACK
    if not has_answered(mine.asked_at, mine.confirmed_at):
        add_line(session, request, Line.CONFIRMED, now=now, actor_id=actor.id)
    mine.confirmed_at = now
    if mine.summoned_at is not None:
        mine.summoned_at, detail = None, {"person": actor.id}
        await tell_resident(session, request, Notice.CLAIMED, now=now, detail=detail)
    await stop_asking(session, mine, now)
    if request.start_at is None and mine.state == ClaimState.HELD:
        await schedule_start(session, request, mine, now, policy)
    await refresh_parties(session, request, now, mover_id=actor.id)
    return ConfirmOutcome.CONFIRMED


async def before_start(session: Session, due: Due, now: datetime) -> None:
    """Ask a holder who has not set out 'still coming?', and look for the answer in time."""
    await before_start_all(session, [due], now)


async def before_start_all(session: Session, fired: Sequence[Due], now: datetime) -> None:
    """Ask many holders who have not set out, in as many statements as for one."""
    found = await awaited_all(session, [due.subject_id for due in fired])
    pushes, asked = list[Push](), list[tuple[RequestRow, ClaimRow]]()
    for due in fired:
        request, claim = found.get(due.subject_id, (None, None))
        if request is None or claim is None or claim.state != ClaimState.HELD:
            continue
        if request.start_at is not None and request.start_at <= now:
            continue
        claim.asked_at = now
        lane, detail = lane_of(request, Notice.BEFORE_START), {"late": due.late}
        pushes.append(Push(claim.person_id, request.id, detail, lane))
        asked.append((request, claim))
    await notify_each(session, pushes, kind=Notice.BEFORE_START, now=now)
    await schedule_answers(session, asked, now, policy_of(session, HelpPolicy))


async def no_answer(session: Session, due: Due, now: datetime) -> None:
    """Let go of a holder who has not answered: the next in line is promoted, or others asked."""
    request, claim = await _awaited(session, due)
    if request is None or claim is None or claim.state != ClaimState.HELD:
        return
    if claim.asked_at is None or has_answered(claim.asked_at, claim.confirmed_at):
        return
    await let_go_of(
        session, request, [claim], ClaimState.NO_ANSWER, now, policy_of(session, HelpPolicy)
    )


async def visit(session: Session, due: Due, now: datetime) -> None:
    """Ask holder and resident how it stands, and again a while later for as long as it does."""
    await visit_all(session, [due], now)


async def visit_all(session: Session, fired: Sequence[Due], now: datetime) -> None:
    """Ask many holders and their residents, in as many statements as for one."""
    policy, found = (
        policy_of(session, HelpPolicy),
        await awaited_all(session, [due.subject_id for due in fired]),
    )
    holders, residents = list[Push](), list[tuple[RequestRow, dict[str, Any]]]()
    again = list[tuple[ClaimRow, datetime]]()
    for due in fired:
        request, claim = found.get(due.subject_id, (None, None))
        if request is None or claim is None or claim.state not in HOLDING:
            continue
        urgency = Urgency(request.urgency)
        due_at = visit_due(urgency, held_of(request, claim), policy)
        if due_at is None or due_at > now:
            continue
        detail = {"person": claim.person_id, "late": due.late}
        lane = lane_of(request, Notice.VISIT)
        holders.append(Push(claim.person_id, request.id, detail, lane))
        residents.append((request, detail))
        again.append((claim, ask_again_at(urgency, now, policy)))
    await notify_each(session, holders, kind=Notice.VISIT, now=now)
    await tell_residents(session, residents, Notice.HAS_COME, now=now)
    await schedule_visits_at(session, again)


async def somebody_came(
    session: Session, actor: Person, request_id: int, person_id: int, *, now: datetime
) -> ArrivalOutcome:
    """Take the resident's or the desk's word that a holder has come (CAME)."""
    request = await locked(session, request_id)
    if request is None:
        return ArrivalOutcome.MISSING
    if not await relations_of(session, actor, request):
        await refuse(session, actor, request, "came", now)
        return ArrivalOutcome.NOT_ALLOWED
    claims = await claims_of(session, request)
    claim = next((c for c in claims if c.person_id == person_id and c.state in HOLDING), None)
    if claim is None or request.state not in LIVE:
        return ArrivalOutcome.TOO_LATE
    if not await _said_before(session, request, claim):
        detail = {"person": person_id}
        add_line(session, request, Line.CAME, now=now, actor_id=actor.id, detail=detail)
    if claim.state == ClaimState.HELD:
        claim.state, claim.on_way_at, claim.summoned_at = ClaimState.ON_WAY, now, None
        await settle(session, request, now)
    await stop_claims(session, [claim], "came", now)
    policy = policy_of(session, HelpPolicy)
    await schedule_visit_at(session, claim, ask_again_at(Urgency(request.urgency), now, policy))
    await refresh_parties(session, request, now, mover_id=claim.person_id)
    return ArrivalOutcome.CAME


async def nobody_came(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    words: str,
    now: datetime,
    person_id: int | None = None,
) -> ArrivalOutcome:
    """Take the resident's or the desk's word that nobody came, or that one holder did not.

    Whoever was awaited is let go, which weighs in their score (RECORDED). While nobody should have
    been there yet it is written down for owner and holders, in `words` (TOLD); once it is reported
    done it means not solved (UNSOLVED).
    """
    request = await locked(session, request_id)
    if request is None:
        return ArrivalOutcome.MISSING
    relations = await relations_of(session, actor, request)
    if not relations:
        await refuse(session, actor, request, "nobody came", now)
        return ArrivalOutcome.NOT_ALLOWED
    if request.state == State.DONE:
        judged = await resident_verdict(
            session, actor, request_id, solved=False, now=now, words=words
        )
        return JUDGED.get(judged, ArrivalOutcome.TOO_LATE)
    if request.state in ENDED:
        return ArrivalOutcome.TOO_LATE
    policy = policy_of(session, HelpPolicy)
    lost = await _missed(session, request, relations, person_id, now, policy)
    if lost:
        await let_go_of(session, request, lost, ClaimState.NO_SHOW, now, policy, actor_id=actor.id)
        return ArrivalOutcome.RECORDED
    said = await speak(session, actor, request_id, words=words, now=now, to_resident=False)
    return NOTED.get(said, ArrivalOutcome.TOO_LATE)


async def _said_before(session: Session, request: RequestRow, claim: ClaimRow) -> bool:
    """Return whether it was said of this claim that its holder has come."""
    lines = await session.scalars(
        select(LineRow).where(
            LineRow.request_id == request.id,
            LineRow.what == Line.CAME,
            LineRow.at >= claim.created_at,
        )
    )
    return any((line.detail or {}).get("person") == claim.person_id for line in lines)


async def _awaited(session: Session, due: Due) -> tuple[RequestRow | None, ClaimRow | None]:
    """Return a claim that a reminder is about, with its locked request; none once that is over."""
    found = await awaited_all(session, [due.subject_id])
    return found.get(due.subject_id, (None, None))


async def _missed(
    session: Session,
    request: RequestRow,
    relations: Sequence[Relation],
    person_id: int | None,
    now: datetime,
    policy: HelpPolicy,
) -> list[ClaimRow]:
    """List the holders of whom it can be said that they did not come.

    The desk, which has telephoned, need not wait as long as the clock does.
    """
    if request.state not in LIVE:
        return []
    holding = [
        claim
        for claim in await claims_of(session, request)
        if claim.state in HOLDING and person_id in {None, claim.person_id}
    ]
    begun = request.start_at is None or request.start_at <= now
    if relations[0] is Relation.DESK and begun:
        return holding
    urgency = Urgency(request.urgency)
    return [one for one in holding if is_awaited(urgency, held_of(request, one), now, policy)]


async def let_go_of(
    session: Session,
    request: RequestRow,
    lost: Sequence[ClaimRow],
    state: ClaimState,
    now: datetime,
    policy: HelpPolicy,
    *,
    actor_id: int | None = None,
) -> None:
    """End claims on a locked request that nobody can count on, and fill the hands they leave."""
    what = Line.NO_SHOW if state is ClaimState.NO_SHOW else Line.NO_ANSWER
    await stop_claims(session, lost, str(state), now)
    for claim in lost:
        claim.state, claim.ended_at = state, now
        detail = {"person": claim.person_id}
        add_line(session, request, what, now=now, actor_id=actor_id, detail=detail)
    await replace_lost(session, request, lost, str(state), now, policy, actor_id=actor_id)
    for claim in lost:
        await tell(session, request, Notice.LET_GO, claim.person_id, now=now)
    await refresh_cards(session, request, now)


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
    await schedule_visit(session, request, mine, now, policy_of(session, HelpPolicy))
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
    await hooks.done(session, request, actor_id, now)
