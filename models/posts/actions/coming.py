"""Taking a post or a place in a shift, saying whether one comes, being there, being confirmed."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from models.audit.actions import deny
from models.database import Session
from models.people.holding import hold_person
from models.people.queries import spoken_for
from models.people.views import Person
from models.policy.current import policy_of
from models.posts.hooks import served
from models.posts.notices import Notice, Reminder, ShiftNotice, ShiftReminder
from models.posts.records import (
    POSTS,
    SHIFTS,
    SHIFTS_NAME,
    PostChange,
    ShiftChange,
    clashing,
    desk_of,
    end_stands,
    is_of_place,
    minutes_by_person,
    post_of,
    who_leads,
)
from models.posts.rules import (
    SHORT_DESK,
    Move,
    PostKind,
    PostOutcome,
    ShiftMove,
    ShiftState,
    answer_by,
    claim_closed,
    door_closed,
    late_to_give_up,
    minutes_of,
    missing,
)
from models.posts.tables import PostRow, ShiftConfirmationRow, ShiftRow
from models.records.changing import begin, wake
from models.records.rules import Refusal
from models.seats import actions as seats
from models.seats.queries import holders, somebody_is_late
from models.seats.rules import SeatOutcome, SeatState, Took
from models.seats.views import TimeGiven

Listed = PostChange | ShiftChange
"""What has a list of seats."""
OneMove = TypeVar("OneMove", bound=StrEnum)


async def claim_post(
    session: Session, actor: Person, post_id: int, *, now: datetime, whom: int | None = None
) -> Took | PostOutcome | Refusal:
    """Take a post that is held, or a plot, or stand in its line. IN_SHIFTS for one with shifts.

    For oneself, for somebody one speaks for, or (`whom`) at the desk for anybody of the community,
    who is told.
    """
    person_id, move = await _for_whom(session, actor, whom, Move.CLAIM, Move.SIGN_FOR)
    change = await begin(session, POSTS, post_id, move, actor, now)
    if isinstance(change, Refusal):
        return change
    if change.row.kind == PostKind.SHIFT:
        return PostOutcome.IN_SHIFTS
    if move is not Move.SIGN_FOR:
        return await _take(change, person_id)
    return await _sign_up(change, actor, person_id, Notice.SIGNED)


async def claim_shift(
    session: Session, actor: Person, shift_id: int, *, now: datetime, whom: int | None = None
) -> Took | PostOutcome | Refusal:
    """Take a place in a shift, or stand in its line.

    For oneself, for somebody one speaks for, or (`whom`) at the desk for anybody of the community,
    who is told. CLASH for whoever has another shift then: nobody has two at once.
    """
    own, other = ShiftMove.CLAIM, ShiftMove.SIGN_FOR
    person_id, move = await _for_whom(session, actor, whom, own, other)
    await hold_person(session, person_id)
    change = await begin(session, SHIFTS, shift_id, move, actor, now)
    if isinstance(change, Refusal):
        return change
    if why := claim_closed(change.row.starts_at, now):
        return why
    if await clashing(session, person_id, change.row):
        return PostOutcome.CLASH
    if move is not ShiftMove.SIGN_FOR:
        return await _take(change, person_id)
    return await _sign_up(change, actor, person_id, ShiftNotice.SIGNED)


async def take_instead(
    session: Session, actor: Person, shift_id: int, *, now: datetime
) -> Took | SeatOutcome | PostOutcome | Refusal:
    """Take a place in a shift, and give up the shifts that one has at that time.

    Where it is full one stands in its line, and keeps the others until a place is one's own. CLASH
    where another has begun.
    """
    await hold_person(session, actor.id)
    wanted = await session.get(ShiftRow, shift_id)
    others = [] if wanted is None else await clashing(session, actor.id, wanted)
    for one in sorted({shift_id, *(row.id for row in others)}):
        await wake(session, SHIFTS, one, now)
    change = await begin(session, SHIFTS, shift_id, ShiftMove.CLAIM, actor, now)
    if isinstance(change, Refusal):
        return change
    if why := claim_closed(change.row.starts_at, now):
        return why
    if any(claim_closed(row.starts_at, now) for row in others):
        return PostOutcome.CLASH
    asked = actor.id in await holders(session, SHIFTS_NAME, shift_id, [SeatState.ASKED])
    if asked:
        took: Took | SeatOutcome | Refusal = await _answer(change, actor.id, comes=True)
    else:
        took = await _take(change, actor.id)
    if took in {Took.HELD, SeatOutcome.HELD}:
        for row in others:
            await _give_up(replace(change, row=row), actor.id)
    return took


async def _give_up(change: ShiftChange, person_id: int) -> None:
    await end_stands(change, [person_id])
    await _answer(change, person_id, comes=False)
    await tell_if_short(change)


async def _for_whom(
    session: Session, actor: Person, whom: int | None, own: OneMove, at_desk: OneMove
) -> tuple[int, OneMove]:
    """Return whose place it is, and as which move: one's own, or the desk's for somebody else."""
    if whom is None or whom == actor.id:
        return actor.id, own
    speaks = whom in {card.id for card in await spoken_for(session, actor.id)}
    return whom, own if speaks else at_desk


async def _sign_up(
    change: Listed, actor: Person, person_id: int, notice: Notice | ShiftNotice
) -> Took | Refusal:
    """Give a place to whom the desk signs up, and tell them; a stranger gets none, on record."""
    session = change.session
    post = change.row if isinstance(change.row, PostRow) else await post_of(change)
    if not await is_of_place(session, post, person_id):
        tried = {"tried": str(Move.SIGN_FOR)}
        name, one = change.kind.name, change.row.id
        await deny(session, actor.id, name, now=change.now, subject_id=one, detail=tried)
        return Refusal.NOT_ALLOWED
    took = await _take(change, person_id)
    if isinstance(took, Took):
        await change.tell(notice, [person_id], person=person_id)
    return took


async def _take(change: Listed, person_id: int) -> Took | Refusal:
    took = await seats.take(change, person_id)
    if isinstance(took, Took):
        late = await somebody_is_late(change.session, change.kind.name, change.row.id, change.now)
        if took is Took.WAITING and late:
            await change.remind(_reminder(change), change.now)
        await change.finish()
    return took


async def answer_post(
    session: Session,
    actor: Person,
    post_id: int,
    *,
    comes: bool,
    now: datetime,
    whom: int | None = None,
) -> SeatOutcome | Refusal:
    """Say whether one takes a post that became free, or goes on; a no hands it back.

    The desk says so of anybody, by word of mouth.
    """
    person_id, move = await _for_whom(session, actor, whom, Move.ANSWER, Move.SIGN_FOR)
    change = await begin(session, POSTS, post_id, move, actor, now)
    if isinstance(change, Refusal):
        return change
    return await _answer(change, person_id, comes=comes)


async def answer_shift(
    session: Session,
    actor: Person,
    shift_id: int,
    *,
    comes: bool,
    now: datetime,
    whom: int | None = None,
) -> SeatOutcome | PostOutcome | Refusal:
    """Say whether one comes to a shift; a place that is given up goes to the next at once.

    The desk says so of anybody, by word of mouth. Whoever sought a stand-in seeks none any more.
    CLASH for a yes to a place that became free while they have another shift then. Of a place that
    is given up late, its lead hears at once.
    """
    own, other = ShiftMove.ANSWER, ShiftMove.SIGN_FOR
    person_id, move = await _for_whom(session, actor, whom, own, other)
    await hold_person(session, person_id)
    change = await begin(session, SHIFTS, shift_id, move, actor, now)
    if isinstance(change, Refusal):
        return change
    if why := claim_closed(change.row.starts_at, now):
        return why
    had = person_id in await holders(session, SHIFTS_NAME, shift_id, [SeatState.HELD])
    if comes and not had and await clashing(session, person_id, change.row):
        return PostOutcome.CLASH
    await end_stands(change, [person_id])
    said = await _answer(change, person_id, comes=comes)
    if had and said is SeatOutcome.LET_GO:
        await tell_if_short(change)
    return said


async def tell_if_short(change: ShiftChange) -> None:
    """Tell who looks after a shift that hands are missing, where its hours of warning are past and
    nobody can be asked; in the last two the desk, too."""
    session, starts_at = change.session, change.row.starts_at
    if not late_to_give_up(starts_at, change.now):
        return
    coming = [SeatState.HELD, SeatState.CAME, SeatState.ASKED]
    listed = await holders(session, SHIFTS_NAME, change.row.id, coming)
    post = await post_of(change)
    if missing(post.seats, len(listed)):
        last = starts_at - change.now <= SHORT_DESK
        desk = await desk_of(session, post) if last else []
        await change.tell(ShiftNotice.SHORT, [*await who_leads(session, post), *desk])


async def _answer(change: Listed, person_id: int, *, comes: bool) -> SeatOutcome | Refusal:
    said = await seats.answer(change, person_id, comes=comes)
    if await move_up(change) or said is SeatOutcome.LET_GO:
        await change.finish()
    else:
        await change.finish_for(person_id)
    return said


async def move_up(change: Listed) -> bool:
    """Ask the next in the line while places are free, those of who did not answer in time too.

    Returns whether anybody's place is another now.
    """
    shift = change.row if isinstance(change.row, ShiftRow) else None
    starts_at = shift.starts_at if shift else None
    until = answer_by(starts_at, change.now, policy_of(change.session))
    gone = await seats.lapse(change)
    await change.tell(ShiftNotice.MOVED_BACK if shift else Notice.MOVED_BACK, gone)
    moved = await seats.ask_next(change, until)
    if moved.asked:
        await change.remind(_reminder(change), until)
        await change.tell(ShiftNotice.ASKED if shift else Notice.ASKED, moved.asked)
    return bool(gone or moved.asked)


def _reminder(change: Listed) -> Reminder | ShiftReminder:
    return ShiftReminder.ASK if isinstance(change.row, ShiftRow) else Reminder.ASK


async def arrive(
    session: Session, actor: Person, shift_id: int, *, now: datetime
) -> SeatOutcome | Refusal:
    """Say 'I am here', with a place in the shift."""
    change = await begin(session, SHIFTS, shift_id, ShiftMove.ARRIVE, actor, now)
    if isinstance(change, Refusal):
        return change
    if why := door_closed(change.row.starts_at, change.row.ends_at, now):
        return why
    came = await seats.check_in(change, actor.id)
    if came is SeatOutcome.CAME:
        await end_stands(change, [actor.id])
    await change.finish()
    return came


async def tick(
    session: Session,
    actor: Person,
    shift_id: int,
    person_id: int,
    *,
    there: bool,
    now: datetime,
) -> SeatOutcome | Refusal:
    """Note that somebody is there, or not; afterwards too, as from a list on paper.

    WRONG_TIME to take back who is confirmed.
    """
    change = await begin(session, SHIFTS, shift_id, ShiftMove.TICK, actor, now)
    if isinstance(change, Refusal):
        return change
    if door_closed(change.row.starts_at, change.row.ends_at, now) is Refusal.TOO_EARLY:
        return Refusal.TOO_EARLY
    if not there:
        if person_id in await minutes_by_person(session, shift_id):
            return Refusal.WRONG_TIME
        came = await seats.untick(change, person_id)
    else:
        came = await seats.check_in(change, person_id, by=actor.id)
        if came is SeatOutcome.CAME:
            await end_stands(change, [person_id])
    if came is SeatOutcome.UNTICKED and change.row.state == ShiftState.OVER:
        await seats.close_list(change)
    await change.finish()
    return came


async def confirm_all(
    session: Session, actor: Person, shift_id: int, *, now: datetime
) -> PostOutcome | Refusal:
    """Confirm everybody who came, with the length of the shift (CONFIRMED); each once.

    Nobody confirms themselves, or somebody they speak for: OWN where only these are left, for
    somebody else of the desk to confirm.
    """
    change = await begin(session, SHIFTS, shift_id, ShiftMove.CONFIRM, actor, now)
    if isinstance(change, Refusal):
        return change
    done = await minutes_by_person(session, shift_id)
    came = await holders(session, SHIFTS_NAME, shift_id, [SeatState.CAME])
    left = [one for one in came if one not in done]
    own = {actor.id, *(card.id for card in await spoken_for(session, actor.id))}
    if not left:
        return PostOutcome.NOBODY_TO_CONFIRM
    if own.issuperset(left):
        return Refusal.OWN
    minutes = minutes_of(change.row.starts_at, change.row.ends_at)
    confirmed = [
        ShiftConfirmationRow(
            shift_id=shift_id,
            person_id=person_id,
            minutes=minutes,
            confirmed_by=actor.id,
            confirmed_at=now,
        )
        for person_id in left
        if person_id not in own
    ]
    session.add_all(confirmed)
    await change.finish()
    ended = change.row.ends_at
    given = [TimeGiven(one.person_id, one.minutes, one.id, ended) for one in confirmed]
    await served(session, given, confirmed_by=actor.id, now=now)
    return PostOutcome.CONFIRMED
