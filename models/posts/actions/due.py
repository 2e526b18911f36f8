"""What the reminders of posts and shifts do when they fall due; each looks at the state first."""

from datetime import datetime

from sqlalchemy import delete, or_, select, update

from models.database import Session
from models.outbox.actions import forget_about
from models.people.hanging import PlaceHooks, count_below
from models.people.ties import LeaveHooks
from models.policy.current import policy_of
from models.posts.actions.coming import Listed, move_up
from models.posts.actions.planning import confirm_later, fill, forget_later
from models.posts.notices import Notice, Reminder, ShiftNotice
from models.posts.records import (
    NAME,
    POSTS,
    SHIFTS,
    SHIFTS_NAME,
    PostChange,
    ShiftChange,
    desk_of,
    end_stands,
    minutes_by_person,
    missed_often,
    post_of,
    sought,
    who_confirms,
    who_leads,
)
from models.posts.rules import (
    CONFIRM_AGAIN,
    NEW_FOR,
    SHORT_DESK,
    SHORT_LEAD,
    PostPolicy,
    ShiftMove,
    ShiftState,
    State,
    is_early,
    is_of_use,
    missing,
)
from models.posts.tables import PostRow, ShiftConfirmationRow, ShiftSwapRow
from models.records.changing import wake
from models.reminders.actions import let_go
from models.reminders.views import Due
from models.seats import actions as seats
from models.seats.queries import holders, open_of
from models.seats.rules import SeatState
from models.seats.tables import SeatRow


async def soon(session: Session, due: Due, now: datetime) -> None:
    """Ask whoever has a place whether they still come; after the start nobody."""
    change = await _open_shift(session, due, now)
    if change is None:
        return
    before = policy_of(session, PostPolicy).shift_before
    if not is_of_use(due.due_at, change.row.starts_at, before, now):
        await let_go(session, due.id, f"of no use any more, late by {now - due.due_at}")
        return
    people = await holders(session, SHIFTS_NAME, change.row.id, [SeatState.HELD])
    await change.tell(ShiftNotice.SOON, people, late=due.late)


async def door(session: Session, due: Due, now: datetime) -> None:
    """Put 'I am here' on the cards of whoever has a place; after the end on none."""
    change = await _open_shift(session, due, now)
    if change is not None and now < change.row.ends_at:
        await change.finish()


async def early(session: Session, due: Due, now: datetime) -> None:
    """Ask whoever missed shifts lately whether they come, a day before the others."""
    change = await _open_shift(session, due, now)
    if change is None:
        return
    before = policy_of(session, PostPolicy).shift_before
    if not is_early(change.row.starts_at, before, now):
        await let_go(session, due.id, f"of no use any more, late by {now - due.due_at}")
        return
    people = await holders(session, SHIFTS_NAME, change.row.id, [SeatState.HELD])
    await change.tell(ShiftNotice.SOON, await missed_often(session, people, now), late=due.late)


async def ask_shift(session: Session, due: Due, now: datetime) -> None:
    """Ask the next in the line where somebody did not say whether they take a place."""
    change = await _open_shift(session, due, now)
    if change is None or now >= change.row.starts_at:
        return
    await move_up(change)
    await change.finish()


async def short(session: Session, due: Due, now: datetime) -> None:
    """Tell who looks after a shift that hands are missing, shortly before the desk."""
    change = await _open_shift(session, due, now)
    if change is None:
        return
    starts_at = change.row.starts_at
    if not is_of_use(due.due_at, starts_at, (SHORT_LEAD, SHORT_DESK), now):
        await let_go(session, due.id, f"of no use any more, late by {now - due.due_at}")
        return
    taken = [SeatState.HELD, SeatState.CAME]
    sure = await holders(session, SHIFTS_NAME, change.row.id, taken)
    post = await post_of(change)
    if missing(post.seats, len(sure)):
        last = starts_at - now <= SHORT_DESK
        people = await (desk_of if last else who_leads)(session, post)
        await change.tell(ShiftNotice.SHORT, people, late=due.late)


async def over(session: Session, due: Due, now: datetime) -> None:
    """Close the list, and ask who looks after the shift to confirm who came."""
    change = await _open_shift(session, due, now)
    if change is None or now < change.row.ends_at:
        return
    change.make(ShiftMove.CLOSE)
    signed_up = await holders(session, SHIFTS_NAME, change.row.id, [SeatState.HELD, SeatState.CAME])
    await seats.close_list(change)
    await end_stands(change, await sought(session, change.row.id))
    await forget_later(change)
    await change.finish()
    if signed_up:
        await confirm_later(change)
        people = await who_confirms(session, await post_of(change), signed_up)
        await change.tell(ShiftNotice.CONFIRM, people, late=due.late)


async def confirm(session: Session, due: Due, now: datetime) -> None:
    """Ask once more to confirm who came, while somebody is not confirmed."""
    change = await wake(session, SHIFTS, due.subject_id, now)
    if change is None or change.row.state != ShiftState.OVER:
        return
    came = await holders(session, SHIFTS_NAME, change.row.id, [SeatState.CAME])
    if left := {*came} - {*await minutes_by_person(session, change.row.id)}:
        post = await post_of(change)
        people = await who_confirms(session, post, left)
        if now >= change.row.ends_at + max(CONFIRM_AGAIN):
            people = [*people, *await desk_of(session, post)]
        await change.tell(ShiftNotice.CONFIRM, people, late=due.late)


async def erase_shift(session: Session, due: Due, now: datetime) -> None:
    """Erase who was on the list of a shift and who was told of it; sums, and minutes by person,
    stay."""
    change = await wake(session, SHIFTS, due.subject_id, now)
    if change is None or change.row.state == ShiftState.OPEN:
        return
    one = change.row.id
    await seats.erase(session, SHIFTS_NAME, [one])
    await session.execute(delete(ShiftSwapRow).where(ShiftSwapRow.shift_id == one))
    given = update(ShiftConfirmationRow).where(ShiftConfirmationRow.shift_id == one)
    await session.execute(given.values(shift_id=None))
    await forget_about(session, [*ShiftNotice], one)


async def ask_post(session: Session, due: Due, now: datetime) -> None:
    """Ask the next in the line where somebody did not say whether they take a post."""
    change = await _open_post(session, due, now)
    if change is not None:
        await move_up(change)
        await change.finish()


async def fill_post(session: Session, due: Due, now: datetime) -> None:
    """Announce the shifts of a weekly plan that are not announced yet."""
    change = await _open_post(session, due, now)
    if change is not None:
        await fill(change)
        await change.finish()


async def still(session: Session, due: Due, now: datetime) -> None:
    """Ask whoever has held a post for a while whether they go on."""
    change = await _open_post(session, due, now)
    if change is None:
        return
    found = await session.scalars(
        select(SeatRow.person_id)
        .where(
            SeatRow.subject == NAME,
            SeatRow.subject_id == change.row.id,
            SeatRow.state == SeatState.HELD,
            SeatRow.taken_at <= now - NEW_FOR,
        )
        .order_by(SeatRow.line)
    )
    await change.tell(Notice.STILL, found.all(), late=due.late)
    await change.remind(Reminder.STILL, now + policy_of(session, PostPolicy).post_still_after)


async def erase_post(session: Session, due: Due, now: datetime) -> None:
    """Erase who held a post and who was told of it; the sums stay."""
    change = await wake(session, POSTS, due.subject_id, now)
    if change is not None and change.row.state == State.ENDED:
        await seats.erase(session, NAME, [change.row.id])
        await forget_about(session, [*Notice], change.row.id)


async def _open_shift(session: Session, due: Due, now: datetime) -> ShiftChange | None:
    change = await wake(session, SHIFTS, due.subject_id, now)
    return change if change is not None and change.row.state == ShiftState.OPEN else None


async def _open_post(session: Session, due: Due, now: datetime) -> PostChange | None:
    change = await wake(session, POSTS, due.subject_id, now)
    return change if change is not None and change.row.state == State.OPEN else None


async def leave(session: Session, person_id: int, now: datetime) -> None:
    """Give up the posts and places of somebody who leaves for good; the next in each line are
    asked, and the desk looks after what they looked after."""
    listed = [one for one, _state in await open_of(session, person_id, NAME)]
    theirs = or_(PostRow.lead_id == person_id, PostRow.id.in_(listed))
    ids = await session.scalars(select(PostRow.id).where(theirs).order_by(PostRow.id))
    posts = [await wake(session, POSTS, one, now) for one in [*ids]]
    on = sorted({one for one, _state in await open_of(session, person_id, SHIFTS_NAME)})
    shifts = [await wake(session, SHIFTS, one, now) for one in on]
    freed = {one for _name, one in await seats.leave(session, person_id, subject=NAME)}
    for post in filter(None, posts):
        if post.row.lead_id == person_id:
            post.row.lead_id = None
        if post.row.state == State.OPEN:
            await _moves_up(post, freed)
    freed = {one for _name, one in await seats.leave(session, person_id, subject=SHIFTS_NAME)}
    for shift in filter(None, shifts):
        if shift.row.state == ShiftState.OPEN and now < shift.row.starts_at:
            await end_stands(shift, [person_id])
            await _moves_up(shift, freed)


async def _moves_up(change: Listed, freed: set[int]) -> None:
    if change.row.id in freed:
        await move_up(change)
    await change.finish()


async def _open(session: Session, path: str) -> int:
    return await count_below(session, PostRow.place_id, path, PostRow.state == State.OPEN)


LEAVE_HOOKS = LeaveHooks(leave)
PLACE_HOOKS = PlaceHooks(_open)
