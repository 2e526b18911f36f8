"""Announcing posts and shifts, naming who looks after one, calling off, ending."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from models.audit.actions import deny, record
from models.audit.rules import AuditAct
from models.database import Session
from models.people.desk import works_at
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import community_above
from models.places.rules import covers
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.posts.notices import Notice, Reminder, ShiftNotice, ShiftReminder
from models.posts.queries import shift_roster, weekly_of
from models.posts.records import (
    NAME,
    POSTS,
    SHIFTS,
    SHIFTS_NAME,
    PostChange,
    ShiftChange,
    end_stands,
    sought,
    who_leads,
)
from models.posts.rules import (
    CONFIRM_AGAIN,
    DOOR_OPENS,
    EARLIER,
    SHORT_DESK,
    SHORT_LEAD,
    TITLE_LENGTH,
    WHERE_LENGTH,
    WORDS_LENGTH,
    BadPost,
    Move,
    PostKind,
    PostOutcome,
    PostPlan,
    PostPolicy,
    ShiftMove,
    ShiftState,
    State,
    mask_of,
    shift_of,
    weekly_shifts,
    wrong_time,
    wrong_with,
)
from models.posts.tables import PostRow, ShiftRow
from models.posts.views import ShiftRoster
from models.records.changing import RecordChange, begin, wake
from models.records.rules import Refusal
from models.seats import actions as seats
from models.seats.queries import holders
from models.seats.rules import OPEN
from models.teams.queries import leads_of, teams_for
from models.text import clean_text

NEXT_FILL = timedelta(days=1)


@dataclass(frozen=True)
class PostAnnounced:
    """What became of a plan."""

    outcome: PostOutcome | Refusal | BadPost
    post_id: int | None = None


async def announce(
    session: Session, actor: Person, place_id: int, plan: PostPlan, *, now: datetime
) -> PostAnnounced:
    """Announce a post at a place, with the shifts of its plan; who announces it looks after it.

    The desk of the place does; the leads of its team look after it, too.
    ALREADY with its number where this form was sent before.
    """
    place = await session.get(PlaceRow, place_id)
    if place is None or place.ended_at is not None:
        return PostAnnounced(Refusal.MISSING)
    if not actor.may(Right.WORK_DESK, place.path):
        await deny(session, actor.id, NAME, now=now, detail={"tried": "announce"})
        return PostAnnounced(Refusal.NOT_ALLOWED)
    zone = policy_of(session).zone
    if bad := wrong_with(plan, zone, now):
        return PostAnnounced(bad)
    if plan.team_id is not None and plan.team_id not in await _teams_at(session, place.id):
        return PostAnnounced(BadPost.TEAM)
    sent = await session.scalar(select(PostRow.id).where(PostRow.token == plan.token))
    if sent is not None:
        return PostAnnounced(Refusal.ALREADY, sent)
    row = _row_of(plan, place.id, actor.id, now)
    session.add(row)
    await session.flush()
    change = RecordChange(session, POSTS, row, actor.id, now)
    if plan.kind is PostKind.SHIFT:
        if plan.once:
            await _open_shifts(change, [shift_of(*plan.once, zone)])
        await fill(change)
    else:
        await seats.open_list(change, plan.seats)
        await change.remind(Reminder.STILL, now + policy_of(session, PostPolicy).post_still_after)
    return PostAnnounced(PostOutcome.ANNOUNCED, row.id)


async def _teams_at(session: Session, place_id: int) -> list[int]:
    return [one.id for one in await teams_for(session, place_id)]


def _row_of(plan: PostPlan, place_id: int, actor_id: int, now: datetime) -> PostRow:
    row = PostRow(
        state=State.OPEN,
        place_id=place_id,
        token=plan.token,
        created_by=actor_id,
        created_at=now,
        lead_id=actor_id,
        team_id=plan.team_id,
        kind=plan.kind,
        title=clean_text(plan.title, TITLE_LENGTH),
        words=clean_text(plan.words, WORDS_LENGTH),
        where=clean_text(plan.where, WHERE_LENGTH),
        skills=[str(skill) for skill in plan.skills],
        light=plan.light,
        seats=plan.seats,
    )
    if plan.weekly and plan.kind is PostKind.SHIFT:
        row.weekdays = mask_of(plan.weekly.weekdays)
        row.weekly_from, row.weekly_until = _minute(plan.weekly.at), _minute(plan.weekly.ends)
    return row


async def fill(change: PostChange) -> None:
    """Announce the shifts of a weekly plan that are not announced yet, and come back in a day."""
    weekly = weekly_of(change.row)
    if weekly is None:
        return
    zone = policy_of(change.session).zone
    await _open_shifts(change, weekly_shifts(weekly, zone, change.now))
    await change.remind(Reminder.FILL, change.now + NEXT_FILL)


async def add_shift(
    session: Session,
    actor: Person,
    post_id: int,
    day: date,
    at: time,
    ends: time,
    *,
    now: datetime,
) -> PostOutcome | Refusal | BadPost:
    """Announce one more shift of a post (SHIFT_ADDED); ALREADY where one begins then."""
    change = await begin(session, POSTS, post_id, Move.ADD_SHIFT, actor, now)
    if isinstance(change, Refusal):
        return change
    if change.row.kind != PostKind.SHIFT:
        return PostOutcome.NO_SHIFTS
    span = shift_of(day, at, ends, policy_of(session).zone)
    if bad := wrong_time(*span, now):
        return bad
    if not await _open_shifts(change, [span]):
        return Refusal.ALREADY
    await change.finish()
    return PostOutcome.SHIFT_ADDED


async def _open_shifts(change: PostChange, spans: Sequence[tuple[datetime, datetime]]) -> int:
    """Announce those of some shifts that were not yet, also where they are off; the post is held.

    Returns how many.
    """
    session, post = change.session, change.row
    starts = [starts_at for starts_at, _ends_at in spans]
    there = select(ShiftRow.starts_at).where(
        ShiftRow.post_id == post.id, ShiftRow.starts_at.in_(starts)
    )
    known, opened = set(await session.scalars(there)), 0
    for starts_at, ends_at in spans:
        if starts_at in known:
            continue
        row = ShiftRow(post_id=post.id, state=ShiftState.OPEN, starts_at=starts_at, ends_at=ends_at)
        session.add(row)
        await session.flush()
        shift = RecordChange(session, SHIFTS, row, change.actor_id, change.now)
        await seats.open_list(shift, post.seats)
        await _set_reminders(shift)
        opened += 1
    return opened


async def _set_reminders(shift: ShiftChange) -> None:
    starts_at, now = shift.row.starts_at, shift.now
    before = policy_of(shift.session, PostPolicy).shift_before
    if before and starts_at - max(before) - EARLIER > now:
        await shift.remind(ShiftReminder.EARLY, starts_at - max(before) - EARLIER)
    for span in before:
        if starts_at - span > now:
            await shift.remind(ShiftReminder.SOON, starts_at - span)
    for span in (SHORT_LEAD, SHORT_DESK):
        if starts_at - span > now:
            await shift.remind(ShiftReminder.SHORT, starts_at - span)
    if starts_at - DOOR_OPENS > now:
        await shift.remind(ShiftReminder.DOOR, starts_at - DOOR_OPENS)
    await shift.remind(ShiftReminder.OVER, shift.row.ends_at)


async def name_lead(
    session: Session, actor: Person, post_id: int, person_id: int, *, now: datetime
) -> PostOutcome | Refusal:
    """Let somebody of the community, or of the desk, look after a post (LEAD_NAMED); BAD_CHOICE
    for anybody else."""
    change = await begin(session, POSTS, post_id, Move.NAME_LEAD, actor, now)
    if isinstance(change, Refusal):
        return change
    if change.row.lead_id == person_id:
        return Refusal.ALREADY
    if not await _can_lead(session, change.row, person_id):
        return Refusal.BAD_CHOICE
    change.row.lead_id = person_id
    await change.finish()
    await change.tell(Notice.LEAD, [person_id])
    return PostOutcome.LEAD_NAMED


async def _can_lead(session: Session, row: PostRow, person_id: int) -> bool:
    """Return whether somebody with an account lives in the community of a post, or works there."""
    path = (await session.get_one(PlaceRow, row.place_id)).path
    if await works_at(session, person_id, path):
        return True
    home = await session.scalar(
        select(PlaceRow.path)
        .join(PersonRow, PersonRow.place_id == PlaceRow.id)
        .where(
            PersonRow.id == person_id,
            PersonRow.left_at.is_(None),
            PersonRow.telegram_id.is_not(None),
        )
    )
    community = await community_above(session, row.place_id)
    return home is not None and covers(community.path if community else path, home)


async def lay_down(
    session: Session, actor: Person, post_id: int, *, now: datetime
) -> PostOutcome | Refusal:
    """Look after a post no more (LAID_DOWN); its team's leads do, else the desk, who are told.

    NOT_THEIRS for whoever looks after it because they lead its team.
    """
    change = await begin(session, POSTS, post_id, Move.LAY_DOWN, actor, now)
    if isinstance(change, Refusal):
        return change
    if change.row.lead_id != actor.id:
        return PostOutcome.NOT_THEIRS
    change.row.lead_id = None
    await change.finish()
    await change.tell(Notice.LAID_DOWN, await who_leads(session, change.row))
    return PostOutcome.LAID_DOWN


async def name_team(
    session: Session, actor: Person, post_id: int, team_id: int, *, now: datetime
) -> PostOutcome | Refusal:
    """Give a post to a team of its community, or (0) to none (TEAM_NAMED); places stay theirs who
    have them. BAD_CHOICE for any other team."""
    change = await begin(session, POSTS, post_id, Move.NAME_TEAM, actor, now)
    if isinstance(change, Refusal):
        return change
    if (change.row.team_id or 0) == team_id:
        return Refusal.ALREADY
    if team_id and team_id not in await _teams_at(session, change.row.place_id):
        return Refusal.BAD_CHOICE
    change.row.team_id = team_id or None
    await change.finish()
    if team_id:
        await change.tell(Notice.TEAM, await leads_of(session, team_id))
    return PostOutcome.TEAM_NAMED


async def call_off_shift(
    session: Session, actor: Person, shift_id: int, words: str, *, now: datetime
) -> PostOutcome | Refusal:
    """Call one shift off (CALLED_OFF), with a reason that everybody on its list reads."""
    change = await begin(session, SHIFTS, shift_id, ShiftMove.CALL_OFF, actor, now)
    if isinstance(change, Refusal):
        return change
    if not (said := clean_text(words, WORDS_LENGTH)):
        return Refusal.EMPTY
    people = await _off(change, said)
    await change.tell(ShiftNotice.OFF, people)
    return PostOutcome.CALLED_OFF


async def _off(change: ShiftChange, words: str) -> list[int]:
    """Call a shift off that is held; returns who was on its list."""
    change.row.why_off = words
    change.make(ShiftMove.CALL_OFF)
    await change.cancel(ShiftReminder, "called off")
    people = await holders(change.session, SHIFTS_NAME, change.row.id, OPEN)
    await seats.clear_door(change)
    await seats.call_off(change)
    await end_stands(change, await sought(change.session, change.row.id))
    await forget_later(change)
    await change.finish()
    return people


async def end_post(
    session: Session, actor: Person, post_id: int, words: str, *, now: datetime
) -> PostOutcome | Refusal:
    """End a post with all its shifts to come (ENDED); everybody on any list is told once, with the
    reason."""
    change = await begin(session, POSTS, post_id, Move.END, actor, now)
    if isinstance(change, Refusal):
        return change
    if not (said := clean_text(words, WORDS_LENGTH)):
        return Refusal.EMPTY
    change.row.why_ended = said
    change.make(Move.END)
    await change.cancel(Reminder, "ended")
    told = {change.row.lead_id}
    if change.row.kind != PostKind.SHIFT:
        told |= {*await seats.call_off(change)}
    coming = select(ShiftRow.id).where(
        ShiftRow.post_id == change.row.id, ShiftRow.state == ShiftState.OPEN
    )
    for one in [*await session.scalars(coming.order_by(ShiftRow.id))]:
        shift = await wake(session, SHIFTS, one, now)
        if shift is not None and shift.row.state == ShiftState.OPEN:
            told |= {*await _off(shift, said)}
    kept = policy_of(session, PostPolicy).keep_helpers
    await change.remind(Reminder.ERASE, now + kept)
    await change.finish()
    await change.tell(Notice.ENDED, told)
    return PostOutcome.ENDED


async def list_to_print(
    session: Session, actor: Person, shift_id: int, *, now: datetime
) -> ShiftRoster | Refusal:
    """Return who is on the list of a shift, for a sheet of names; that it was made is on record."""
    view = await shift_roster(session, actor, shift_id, now=now)
    if isinstance(view, ShiftRoster):
        await record(
            session,
            AuditAct.SHEET_MADE,
            now=now,
            actor_id=actor.id,
            subject=SHIFTS_NAME,
            subject_id=shift_id,
        )
    return view


async def confirm_later(change: ShiftChange) -> None:
    """Have whoever looks after a shift asked again to confirm who came."""
    for span in CONFIRM_AGAIN:
        await change.remind(ShiftReminder.CONFIRM, change.row.ends_at + span)


async def forget_later(change: ShiftChange) -> None:
    """Have who was on the list of a shift erased when it is no longer needed."""
    kept = policy_of(change.session, PostPolicy).keep_helpers
    await change.remind(ShiftReminder.ERASE, max(change.row.ends_at, change.now) + kept)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
