"""What staff do with requests at their places."""

from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.help.actions.claims import hold, take
from models.help.actions.deadlines import note_answer, resume, schedule_steps
from models.help.actions.notify import refresh_cards, refresh_parties, tell, tell_resident
from models.help.actions.rings import ask_anew, offer
from models.help.actions.rows import (
    add_line,
    choose_relation,
    claim_of,
    is_desk,
    locked,
    owner_now,
    path_of,
    refuse,
    relations_of,
    settle,
)
from models.help.actions.schedule import schedule_expiry, schedule_ring, stop_claims
from models.help.queries.fitting import standing
from models.help.rules.limits import NOTE_LENGTH, Channel, Line
from models.help.rules.matching import Reason, may_be_asked
from models.help.rules.notices import Notice
from models.help.rules.outcomes import DeskOutcome
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import (
    ENDED,
    HOLDING,
    LIVE,
    ClaimState,
    Move,
    OfferState,
    Relation,
    State,
    Waiting,
)
from models.help.tables import OfferRow, RequestRow
from models.people.desk import works_at
from models.people.tables import PersonRow
from models.people.views import Person
from models.policy.current import policy_of
from models.text import clean_text
from models.volunteers.rules import State as Standing


async def take_over(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> DeskOutcome:
    """Become the owner (TAKEN_OVER); the promise does not move."""
    request = await _at_desk(session, actor, request_id, "take over", now)
    if isinstance(request, DeskOutcome):
        return request
    if request.state in ENDED:
        return DeskOutcome.TOO_LATE
    if request.owner_id == actor.id:
        return DeskOutcome.ALREADY
    await _change_owner(session, request, actor, actor.id, now)
    return DeskOutcome.TAKEN_OVER


async def hand_over(
    session: Session, actor: Person, request_id: int, to_id: int, *, now: datetime
) -> DeskOutcome:
    """Make other staff of the place the owner (HANDED_OVER); they are told."""
    request = await _at_desk(session, actor, request_id, "hand over", now)
    if isinstance(request, DeskOutcome):
        return request
    if request.state in ENDED:
        return DeskOutcome.TOO_LATE
    if request.owner_id == to_id:
        return DeskOutcome.ALREADY
    if not await works_at(session, to_id, await path_of(session, request)):
        return DeskOutcome.NOT_STAFF
    await _change_owner(session, request, actor, to_id, now)
    return DeskOutcome.HANDED_OVER


async def assign(
    session: Session,
    actor: Person,
    request_id: int,
    person_id: int,
    *,
    now: datetime,
) -> DeskOutcome:
    """Assign a missing hand to a volunteer (ASSIGNED), who is told and may hand it back.

    Staff of the place may be assigned as well, the actor among them (TAKEN_ON). FULL when no hand
    is missing; ALREADY when the person holds it. For what was unsolved the other hands are looked
    for anew.
    """
    policy = policy_of(session, HelpPolicy)
    request = await _at_desk(session, actor, request_id, "assign", now)
    if isinstance(request, DeskOutcome):
        return request
    if refusal := await _not_assignable(session, request, person_id, now):
        return refusal
    if request.state == State.UNSOLVED:
        _reopen(request, now)
        request.ring = 0
        await schedule_ring(session, request, now, now, again=True)
        await schedule_expiry(session, request, now, policy)
    await _give_hand(session, request, person_id, actor, now, policy)
    await tell(session, request, Notice.ASSIGNED, person_id, now=now, actor_id=actor.id)
    return DeskOutcome.TAKEN_ON if person_id == actor.id else DeskOutcome.ASSIGNED


async def exchange(
    session: Session,
    actor: Person,
    request_id: int,
    from_id: int,
    to_id: int,
    *,
    now: datetime,
) -> DeskOutcome:
    """Ask somebody else to go instead of a holder who has not set out (ASSIGNED, or TAKEN_ON by
    the actor); both are told.

    TOO_LATE when the holder is on the way, or holds it no more.
    """
    policy = policy_of(session, HelpPolicy)
    request = await _at_desk(session, actor, request_id, "exchange", now)
    if isinstance(request, DeskOutcome):
        return request
    before = await claim_of(session, request, from_id)
    if request.state not in LIVE or before is None or before.state != ClaimState.HELD:
        return DeskOutcome.TOO_LATE
    if refusal := await _not_fit_to_come(session, request, to_id, now):
        return refusal
    await stop_claims(session, [before], "exchanged", now)
    before.state, before.ended_at = ClaimState.RELEASED, now
    await settle(session, request, now)
    detail = {"person": to_id, "instead_of": from_id}
    add_line(session, request, Line.EXCHANGED, now=now, actor_id=actor.id, detail=detail)
    await _give_hand(session, request, to_id, actor, now, policy)
    await tell(session, request, Notice.ASSIGNED, to_id, now=now, actor_id=actor.id)
    await tell(session, request, Notice.LET_GO, from_id, now=now, actor_id=actor.id)
    return DeskOutcome.TAKEN_ON if to_id == actor.id else DeskOutcome.ASSIGNED


async def _give_hand(
    session: Session,
    request: RequestRow,
    person_id: int,
    actor: Person,
    now: datetime,
    policy: HelpPolicy,
) -> None:
    """Let somebody hold a missing hand; whoever waits in line for one comes to the front."""
    reasons = (Reason.ASSIGNED,)
    await offer(session, request, person_id, OfferState.CLAIMED, now=now, reasons=reasons)
    waiting = await claim_of(session, request, person_id)
    if waiting is None or waiting.state != ClaimState.WAITING:
        await take(session, request, person_id, now, policy, assigned_by=actor.id)
        return
    detail = {"person": person_id}
    add_line(session, request, Line.ASSIGNED, now=now, actor_id=actor.id, detail=detail)
    waiting.summoned_at = now if person_id != actor.id else None
    await hold(session, request, waiting, now, policy)
    await tell_resident(session, request, Notice.CLAIMED, now=now, detail=detail)
    await refresh_cards(session, request, now)


async def add_note(
    session: Session,
    actor: Person,
    request_id: int,
    words: str,
    *,
    now: datetime,
    internal: bool = True,
) -> DeskOutcome:
    """Write a line (NOTED): for the desk alone, or for the resident too, who is told.

    The resident may add words as well, never internal ones; the owner is told.
    """
    request = await locked(session, request_id)
    if request is None:
        return DeskOutcome.MISSING
    relations = await relations_of(session, actor, request)
    if not relations:
        await refuse(session, actor, request, "note", now)
        return DeskOutcome.NOT_ALLOWED
    said = clean_text(words, NOTE_LENGTH)
    if not said:
        return DeskOutcome.EMPTY
    # of what staff found there is nobody else who could be told
    alone = internal or request.channel == Channel.INSPECTION
    inner = alone and Relation.DESK in relations
    line = add_line(
        session, request, Line.NOTE, now=now, actor_id=actor.id, words=said, internal=inner
    )
    await session.flush()
    detail = {"line": line.id}
    if Relation.DESK in relations and not inner:
        await note_answer(session, request, now)
        await refresh_parties(session, request, now)
        await tell_resident(
            session, request, Notice.NOTE, now=now, actor_id=actor.id, detail=detail
        )
    if Relation.DESK not in relations:
        if await resume(session, request, now, why=Waiting.ANSWER):
            await refresh_parties(session, request, now)
        owner_id = await owner_now(session, request, now)
        await tell(
            session, request, Notice.NOTE, owner_id, now=now, actor_id=actor.id, detail=detail
        )
    return DeskOutcome.NOTED


async def ask_again(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> DeskOutcome:
    """Open an unsolved or expired request again (ASKED_AGAIN), number and history kept.

    It is looked for hands from the first ring on; whoever declined is not asked again.
    """
    policy = policy_of(session, HelpPolicy)
    request = await _at_desk(session, actor, request_id, "ask again", now)
    if isinstance(request, DeskOutcome):
        return request
    if choose_relation(request, Move.ASK_AGAIN, [Relation.DESK]) is None:
        live = request.state in {State.OPEN, State.CLAIMED, State.UNDERWAY}
        return DeskOutcome.ALREADY if live else DeskOutcome.TOO_LATE
    _reopen(request, now)
    add_line(session, request, Line.ASKED_AGAIN, now=now, actor_id=actor.id)
    await ask_anew(session, request, now, policy)
    await schedule_expiry(session, request, now, policy)
    await schedule_steps(session, request, now)
    await tell_resident(session, request, Notice.ASKED_AGAIN, now=now, actor_id=actor.id)
    await refresh_cards(session, request, now)
    return DeskOutcome.ASKED_AGAIN


async def _at_desk(
    session: Session, actor: Person, request_id: int, what: str, now: datetime
) -> RequestRow | DeskOutcome:
    request = await locked(session, request_id)
    if request is None:
        return DeskOutcome.MISSING
    if not await is_desk(session, actor, request):
        await refuse(session, actor, request, what, now)
        return DeskOutcome.NOT_ALLOWED
    return request


async def _change_owner(
    session: Session, request: RequestRow, actor: Person, to_id: int, now: datetime
) -> None:
    before = request.owner_id
    request.owner_id, request.owned_at, request.changed_at = to_id, now, now
    detail = {"person": to_id}
    add_line(session, request, Line.OWNER, now=now, actor_id=actor.id, detail=detail)
    for person_id in (before, to_id):
        await tell(
            session, request, Notice.OWNER, person_id, now=now, actor_id=actor.id, detail=detail
        )
    await refresh_parties(session, request, now)


async def _not_assignable(
    session: Session, request: RequestRow, person_id: int, now: datetime
) -> DeskOutcome | None:
    if choose_relation(request, Move.ASSIGN, [Relation.DESK]) is None:
        return DeskOutcome.TOO_LATE
    refusal = await _not_fit_to_come(session, request, person_id, now)
    full = request.held >= request.hands
    if full and refusal not in {DeskOutcome.OWN_REQUEST, DeskOutcome.ALREADY}:
        return DeskOutcome.FULL
    return refusal


async def _not_fit_to_come(
    session: Session, request: RequestRow, person_id: int, now: datetime
) -> DeskOutcome | None:
    if person_id == request.beneficiary_id:
        return DeskOutcome.OWN_REQUEST
    standing_claim = await claim_of(session, request, person_id)
    if standing_claim is not None and standing_claim.state in {*HOLDING, ClaimState.DONE}:
        return DeskOutcome.ALREADY
    return await _unfit(session, request, person_id, now)


async def _unfit(
    session: Session, request: RequestRow, person_id: int, now: datetime
) -> DeskOutcome | None:
    path = await path_of(session, request)
    if await works_at(session, person_id, path):
        return None
    person = await session.get(PersonRow, person_id)
    stands = await standing(session, person_id, path, now=now)
    active = stands is not None and stands.state is Standing.ACTIVE
    if stands is None or person is None or person.left_at or not active:
        return DeskOutcome.NOT_VOLUNTEER
    if not stands.serves and not await _was_offered(session, request, person_id):
        return DeskOutcome.NOT_VOLUNTEER
    over = not may_be_asked(stands.load, stands.load_cap)
    emergency = request.urgency == Urgency.EMERGENCY
    return DeskOutcome.OVER_CAP if over and not emergency else None


async def _was_offered(session: Session, request: RequestRow, person_id: int) -> bool:
    found = await session.scalar(
        select(OfferRow.id).where(
            OfferRow.request_id == request.id, OfferRow.person_id == person_id
        )
    )
    return found is not None


def _reopen(request: RequestRow, now: datetime) -> None:
    """Make a locked request open anew; nobody holds it, and the promise does not move."""
    request.state, request.changed_at = State.OPEN, now
    request.done_at = request.closed_at = request.solved = None
    request.close_reason, request.unconfirmed = None, False
