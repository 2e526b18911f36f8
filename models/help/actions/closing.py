"""Who may say that it is solved, and what follows: the word, stars, opening again."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.help import hooks
from models.help.actions.claims import count_done, finish_holding, release
from models.help.actions.deadlines import leave_out, schedule_steps
from models.help.actions.notify import refresh_cards, refresh_parties, tell, tell_all
from models.help.actions.rows import (
    add_line,
    choose_relation,
    claims_of,
    end,
    locked,
    owner_now,
    path_of,
    refuse,
    relations_of,
)
from models.help.actions.schedule import (
    schedule_contact,
    schedule_verdict,
    stop_claims,
    stop_request,
)
from models.help.rules.closing import Cause, is_low, may_reopen
from models.help.rules.limits import NOTE_LENGTH, STARS, Channel, Line
from models.help.rules.notices import Notice
from models.help.rules.outcomes import RateOutcome, ReopenOutcome, VerdictOutcome, WrongOutcome
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import COUNTED, DID_IT, UNENDED, ClaimState, Move, Relation, State
from models.help.tables import ClaimRow, RequestRow
from models.people.desk import works_at
from models.people.reach import reach_of
from models.people.views import Person
from models.policy.current import policy_of
from models.text import clean_text


async def judging_relations(
    session: Session, actor: Person, request: RequestRow, claims: list[ClaimRow]
) -> list[Relation]:
    """List as what somebody may judge; whoever did the work judges only if it was for them.

    Putting it right under an order is work as well. Of what staff found the sign-off is the word.
    """
    if request.channel == Channel.INSPECTION:
        return []
    worked = {claim.person_id for claim in claims if claim.state in DID_IT}
    worked |= await hooks.who_put_right(session, request.id)
    if actor.id in worked and actor.id != request.beneficiary_id:
        return []
    return await relations_of(session, actor, request)


async def who_rings(session: Session, request: RequestRow, now: datetime) -> list[int]:
    """Choose who is told to ring a silent resident: the owner of the locked request.

    Whoever did it or put it right does not ring about it: the secretary is told instead.
    """
    owner_id = await owner_now(session, request, now)
    doers = await hooks.who_put_right(session, request.id)
    doers |= {one.person_id for one in await claims_of(session, request) if one.state in DID_IT}
    if owner_id is not None and owner_id not in doers:
        return [owner_id]
    above = await people_at_level(session, await path_of(session, request), Level.SECRETARY)
    return [one for one in above if one not in doers]


async def ask_for_the_word(
    session: Session, request: RequestRow, now: datetime, policy: HelpPolicy
) -> None:
    """Have the last word on a locked request asked for that is now done.

    Whom our messages reach, themselves or their proxy, is asked again while they are silent. Whom
    they do not is rung at once: nobody waits for an answer that cannot come.
    """
    if (await reach_of(session, [request.beneficiary_id]))[request.beneficiary_id].arrives:
        await schedule_verdict(session, request, now, policy)
        return
    request.unconfirmed = True
    add_line(session, request, Line.UNCONFIRMED, now=now, actor_id=None)
    for one in await who_rings(session, request, now):
        if one != request.requester_id:  # they are asked for the word themselves
            await tell(session, request, Notice.UNCONFIRMED, one, now=now)


async def whose_owner_rings(session: Session, requests: Collection[RequestRow]) -> set[int]:
    """List those of some locked requests about which `who_rings` would choose the owner they have.

    Of many done at once nearly all are so, and they share few owners and places: that takes few
    statements. The others, those ever put right under an order or done by the owner among them,
    are looked at one by one.
    """
    ids = [one.id for one in requests]
    looked_at = await hooks.ever_ordered(session, ids) | await _done_by_owner(session, ids)
    works: dict[tuple[int, int], bool] = {}
    found = set[int]()
    for request in requests:
        if request.owner_id is None or request.id in looked_at:
            continue
        key = request.owner_id, request.place_id
        if key not in works:
            works[key] = await works_at(session, request.owner_id, await path_of(session, request))
        if works[key]:
            found.add(request.id)
    return found


async def _done_by_owner(session: Session, request_ids: Collection[int]) -> set[int]:
    """Find those whose owner did the work in person."""
    own = (
        select(ClaimRow.request_id)
        .join(RequestRow, RequestRow.id == ClaimRow.request_id)
        .where(
            ClaimRow.request_id.in_(request_ids),
            ClaimRow.person_id == RequestRow.owner_id,
            ClaimRow.state.in_(DID_IT),
        )
    )
    return set(await session.scalars(own))


async def resident_verdict(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    solved: bool,
    now: datetime,
    words: str | None = None,
) -> VerdictOutcome:
    """Say solved (closes) or not solved (to be put right under an order).

    Staff may write down what the resident said on the phone, unless they did the work themselves.
    What was closed without a word can still be given one.
    """
    request = await locked(session, request_id)
    if request is None:
        return VerdictOutcome.MISSING
    claims = await claims_of(session, request)
    relations = await judging_relations(session, actor, request, claims)
    if not relations:
        await refuse(session, actor, request, "verdict", now)
        return VerdictOutcome.NOT_ALLOWED
    move = _move(request, solved=solved)
    if refusal := _refusal(request, claims, relations, move, now, policy_of(session, HelpPolicy)):
        return refusal
    said = clean_text(words or "", NOTE_LENGTH) or None
    match move:
        case Move.CONFIRM:
            await _confirm(session, actor, request, said, now)
        case Move.REOPEN:
            await open_again(session, request, now=now, actor_id=actor.id, words=said)
        case Move.SAY_SOLVED:
            await _close(session, actor, request, claims, said, now)
        case _:
            await _reject(session, actor, request, claims, said, now)
    await refresh_cards(session, request, now)
    return VerdictOutcome.CLOSED if solved else VerdictOutcome.UNSOLVED


async def rate(
    session: Session, actor: Person, request_id: int, *, stars: int, now: datetime
) -> RateOutcome:
    """Return a closed request 1 to 5 stars; the resident's later ones take the earlier ones' place.

    What the desk hears on the phone never does (SAID). Few stars (LOW) open a rectification
    order; the request stays closed.
    """
    request = await locked(session, request_id)
    if request is None:
        return RateOutcome.MISSING
    if stars not in STARS:
        return RateOutcome.BAD_CHOICE
    claims = await claims_of(session, request)
    relations = await judging_relations(session, actor, request, claims)
    if not relations:
        await refuse(session, actor, request, "rate", now)
        return RateOutcome.NOT_ALLOWED
    if request.state != State.CLOSED or not request.solved:
        return RateOutcome.NOT_CLOSED
    if request.rating is not None and Relation.RESIDENT not in relations:
        return RateOutcome.SAID
    if request.rating != stars:
        await _note_stars(session, actor, request, stars, now)
    return RateOutcome.LOW if is_low(stars, policy_of(session, HelpPolicy)) else RateOutcome.RATED


async def _note_stars(
    session: Session, actor: Person, request: RequestRow, stars: int, now: datetime
) -> None:
    request.rating, request.changed_at = stars, now
    add_line(session, request, Line.RATED, now=now, actor_id=actor.id, detail={"stars": stars})
    if is_low(stars, policy_of(session, HelpPolicy)):
        await hooks.fell_short(session, request, Cause.LOW_RATING, now=now, actor_id=actor.id)
    await refresh_parties(session, request, now)


async def say_what_went_wrong(
    session: Session, actor: Person, request_id: int, words: str, *, now: datetime
) -> WrongOutcome:
    """Take what went wrong (NOTED): for the desk and on the order, never for the volunteer."""
    request = await locked(session, request_id)
    if request is None:
        return WrongOutcome.MISSING
    if not await judging_relations(session, actor, request, await claims_of(session, request)):
        await refuse(session, actor, request, "say what went wrong", now)
        return WrongOutcome.NOT_ALLOWED
    said = clean_text(words, NOTE_LENGTH)
    if not said:
        return WrongOutcome.EMPTY
    add_line(session, request, Line.WRONG, now=now, actor_id=actor.id, words=said)
    await hooks.words_added(session, request, now)
    return WrongOutcome.NOTED


def _move(request: RequestRow, *, solved: bool) -> Move:
    """Name the move that a word makes; what was closed without one can still be given it."""
    if request.state == State.CLOSED and request.solved is None:
        return Move.CONFIRM if solved else Move.REOPEN
    return Move.SAY_SOLVED if solved else Move.SAY_UNSOLVED


def _refusal(
    request: RequestRow,
    claims: list[ClaimRow],
    relations: list[Relation],
    move: Move,
    now: datetime,
    policy: HelpPolicy,
) -> VerdictOutcome | None:
    said_before = {Move.SAY_SOLVED: State.CLOSED, Move.SAY_UNSOLVED: State.UNSOLVED}
    if request.state == said_before.get(move):
        return VerdictOutcome.ALREADY
    if choose_relation(request, move, relations) is None:
        over = request.state in {State.CLOSED, State.CANCELLED, State.EXPIRED}
        return VerdictOutcome.TOO_LATE if over else VerdictOutcome.NOT_YET
    if move is Move.REOPEN and not may_reopen(request.closed_at, now, policy):
        return VerdictOutcome.TOO_LATE
    nobody = request.state == State.OPEN and not any(one.state in COUNTED for one in claims)
    return VerdictOutcome.NOT_YET if nobody else None


async def _close(
    session: Session,
    actor: Person,
    request: RequestRow,
    claims: list[ClaimRow],
    words: str | None,
    now: datetime,
) -> None:
    await stop_claims(session, claims, "solved", now)
    finish_holding(claims, now)
    await release(session, claims, "solved", now)
    end(request, State.CLOSED, now)
    request.solved, request.unconfirmed, request.held = True, False, count_done(claims)
    hush(request)
    await stop_request(session, request, "solved", now)
    await schedule_contact(session, request, policy_of(session, HelpPolicy))
    add_line(session, request, Line.SOLVED, now=now, actor_id=actor.id, words=words)
    await hooks.solved(session, request, actor.id, now)
    await _thank(session, actor, request, claims, now)


async def _confirm(
    session: Session, actor: Person, request: RequestRow, words: str | None, now: datetime
) -> None:
    """Take the word at last on what was closed without it."""
    request.solved, request.unconfirmed, request.changed_at = True, False, now
    add_line(session, request, Line.SOLVED, now=now, actor_id=actor.id, words=words)
    await hooks.solved(session, request, actor.id, now)
    await _thank(session, actor, request, await claims_of(session, request), now)


async def _thank(
    session: Session, actor: Person, request: RequestRow, claims: list[ClaimRow], now: datetime
) -> None:
    """Thank everybody who did it, and whoever put it right under an order."""
    helpers = {claim.person_id for claim in claims if claim.state == ClaimState.DONE}
    helpers |= await hooks.who_put_right(session, request.id)
    await tell_all(session, request, Notice.THANKS, helpers, now=now, actor_id=actor.id)


async def _reject(
    session: Session,
    actor: Person,
    request: RequestRow,
    claims: list[ClaimRow],
    words: str | None,
    now: datetime,
) -> None:
    set_back(request, claims, now)
    await stop_request(session, request, "not solved", now)
    add_line(session, request, Line.UNSOLVED, now=now, actor_id=actor.id, words=words)
    await order_it(session, request, Cause.UNSOLVED, now=now, actor_id=actor.id)


async def reopen(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    now: datetime,
    words: str | None = None,
) -> ReopenOutcome:
    """Say of what is closed that it is not solved after all, or came back (REOPENED).

    For a set time after closing. The owner is told, and it is to be put right under an order.
    """
    request = await locked(session, request_id)
    if request is None:
        return ReopenOutcome.MISSING
    relations = await judging_relations(session, actor, request, await claims_of(session, request))
    if not relations:
        await refuse(session, actor, request, "reopen", now)
        return ReopenOutcome.NOT_ALLOWED
    if request.state in UNENDED:
        return ReopenOutcome.ALREADY
    closed = choose_relation(request, Move.REOPEN, relations) is not None
    if not closed or not may_reopen(request.closed_at, now, policy_of(session, HelpPolicy)):
        return ReopenOutcome.TOO_LATE
    said = clean_text(words or "", NOTE_LENGTH) or None
    await open_again(session, request, now=now, actor_id=actor.id, words=said)
    return ReopenOutcome.REOPENED


async def open_again(
    session: Session,
    request: RequestRow,
    *,
    now: datetime,
    actor_id: int,
    words: str | None = None,
    cause: Cause = Cause.CAME_BACK,
) -> None:
    """Put a locked closed request back to 'not solved', with all that follows."""
    await stop_request(session, request, "opened again", now)
    if request.closed_at is not None:
        await leave_out(session, request, request.closed_at, now)
    set_back(request, await claims_of(session, request), now)
    request.rating = None
    add_line(session, request, Line.REOPENED, now=now, actor_id=actor_id, words=words)
    await order_it(session, request, cause, now=now, actor_id=actor_id)
    await refresh_cards(session, request, now)


def set_back(request: RequestRow, claims: list[ClaimRow], now: datetime) -> None:
    """Make a locked request unsolved; what was reported done has not done it."""
    for claim in claims:
        if claim.state == ClaimState.DONE:
            claim.state, claim.ended_at = ClaimState.ENDED, now
    end(request, State.UNSOLVED, now)
    request.solved, request.unconfirmed, request.held = False, False, 0
    request.closed_at = None
    hush(request)


def hush(request: RequestRow) -> None:
    """Forget the calls that nobody answered: the word has come, or is asked for anew."""
    request.calls, request.call_after = 0, None


async def order_it(
    session: Session, request: RequestRow, cause: Cause, *, now: datetime, actor_id: int
) -> None:
    """Have a locked unsolved request put right under an order, and tell the owner so."""
    await schedule_steps(session, request, now)
    await hooks.fell_short(session, request, cause, now=now, actor_id=actor_id)
    owner_id = await owner_now(session, request, now)
    await tell(session, request, Notice.UNSOLVED, owner_id, now=now, actor_id=actor_id)
