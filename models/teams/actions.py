"""Founding teams, joining and leaving them, naming leads, telling a team something, ending one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from models.audit.actions import deny
from models.database import Session
from models.help.queries.desk import desk_ids
from models.people.hanging import PlaceHooks, count_below
from models.people.rules import Right
from models.people.ties import LeaveHooks
from models.people.views import Person
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin, wake
from models.records.rules import Refusal
from models.reminders.views import Due
from models.teams.queries import NAME, TEAMS, leads_of, membership
from models.teams.rules import (
    A_DAY,
    AIM_LENGTH,
    ANSWER_WITHIN,
    NAME_LENGTH,
    WORDS_LENGTH,
    Membership,
    Move,
    Notice,
    Relation,
    Reminder,
    State,
    TeamOutcome,
    TeamPolicy,
)
from models.teams.tables import MemberRow, TeamRow, TeamWordsRow
from models.text import clean_line, clean_text

Team = RecordChange[TeamRow]
DESK_ASKED = 2
"""Of a desk so many are asked who wants to join: staff first, those with least to do."""


@dataclass(frozen=True)
class Founded:
    """What became of founding a team."""

    outcome: TeamOutcome | Refusal
    team_id: int | None = None


async def found(
    session: Session,
    actor: Person,
    place_id: int,
    *,
    token: str,
    name: str,
    aim: str,
    now: datetime,
) -> Founded:
    """Found a team at a place, by its desk; EMPTY without a name or an aim.

    ALREADY with its number where this form (`token`) was sent before.
    """
    place = await session.get(PlaceRow, place_id)
    if place is None or place.ended_at is not None:
        return Founded(Refusal.MISSING)
    if not actor.may(Right.WORK_DESK, place.path):
        await deny(session, actor.id, NAME, now=now, detail={"tried": "found"})
        return Founded(Refusal.NOT_ALLOWED)
    called, what_for = clean_line(name, NAME_LENGTH), clean_text(aim, AIM_LENGTH)
    if not called or not what_for:
        return Founded(Refusal.EMPTY)
    sent = await session.scalar(select(TeamRow.id).where(TeamRow.token == token))
    if sent is not None:
        return Founded(Refusal.ALREADY, sent)
    row = TeamRow(
        place_id=place_id,
        token=token,
        state=State.ACTIVE,
        created_by=actor.id,
        created_at=now,
        name=called,
        aim=what_for,
    )
    session.add(row)
    await session.flush()
    return Founded(TeamOutcome.FOUNDED, row.id)


async def join(
    session: Session, actor: Person, team_id: int, *, now: datetime
) -> TeamOutcome | Refusal:
    """Ask to join (ASKED): the leads are asked, and the desk where there is none.

    ALREADY for whoever is in it or has asked. The desk itself is in at once (JOINED).
    """
    change = await begin(session, TEAMS, team_id, Move.JOIN, actor, now)
    if isinstance(change, Refusal):
        return change
    mine = await membership(session, team_id, actor.id)
    if mine is not None and mine.state in {Membership.ASKED, Membership.IN}:
        return Refusal.ALREADY
    here = Relation.HOST in await TEAMS.relations(session, actor, change.row)
    state = Membership.IN if here else Membership.ASKED
    if mine is None:
        mine = MemberRow(team_id=team_id, person_id=actor.id, state=state, lead=False)
        session.add(mine)
    mine.state, mine.asked_at, mine.changed_at = state, now, now
    await change.finish()
    if here:
        return TeamOutcome.JOINED
    await change.tell(Notice.WANTS, await _who_answers(change), person=actor.id)
    await change.remind(Reminder.UNANSWERED, now + ANSWER_WITHIN)
    return TeamOutcome.ASKED


async def leave(
    session: Session, actor: Person, team_id: int, *, now: datetime
) -> TeamOutcome | Refusal:
    """Leave a team (LEFT), or no longer want to join it (TAKEN_BACK)."""
    change = await begin(session, TEAMS, team_id, Move.LEAVE, actor, now)
    if isinstance(change, Refusal):
        return change
    mine = await membership(session, team_id, actor.id)
    if mine is None or mine.state not in {Membership.ASKED, Membership.IN}:
        return TeamOutcome.NOT_A_MEMBER
    was_in = mine.state == Membership.IN
    await _put(change, mine, Membership.LEFT)
    return TeamOutcome.LEFT if was_in else TeamOutcome.TAKEN_BACK


async def admit(
    session: Session,
    actor: Person,
    team_id: int,
    person_id: int,
    *,
    take_in: bool,
    now: datetime,
) -> TeamOutcome | Refusal:
    """Take somebody in who has asked (ADMITTED), or not (DECLINED); they are told.

    NOT_IN_IT where they have taken it back, ALREADY where another lead has answered.
    """
    change = await begin(session, TEAMS, team_id, Move.ADMIT, actor, now)
    if isinstance(change, Refusal):
        return change
    asked = await membership(session, team_id, person_id)
    if asked is None or asked.state == Membership.LEFT:
        return TeamOutcome.NOT_IN_IT
    if asked.state != Membership.ASKED:
        return Refusal.ALREADY
    await _put(change, asked, Membership.IN if take_in else Membership.DECLINED)
    await change.tell(Notice.ADMITTED if take_in else Notice.DECLINED, [person_id])
    return TeamOutcome.ADMITTED if take_in else TeamOutcome.DECLINED


async def remove(
    session: Session, actor: Person, team_id: int, person_id: int, *, now: datetime
) -> TeamOutcome | Refusal:
    """Take a member off the list (REMOVED); they are told. A lead is removed by the desk alone."""
    change = await begin(session, TEAMS, team_id, Move.REMOVE, actor, now)
    if isinstance(change, Refusal):
        return change
    member = await membership(session, team_id, person_id)
    if member is None or member.state != Membership.IN:
        return TeamOutcome.NOT_IN_IT
    if member.lead and Relation.HOST not in await TEAMS.relations(session, actor, change.row):
        await deny(session, actor.id, NAME, now=now, subject_id=team_id, detail={"tried": "remove"})
        return Refusal.NOT_ALLOWED
    await _put(change, member, Membership.LEFT)
    await change.tell(Notice.REMOVED, [person_id])
    return TeamOutcome.REMOVED


async def name_lead(
    session: Session,
    actor: Person,
    team_id: int,
    person_id: int,
    *,
    lead: bool,
    now: datetime,
) -> TeamOutcome | Refusal:
    """Make a member a lead, who is told (NAMED_LEAD), or a member like all (LEAD_NO_MORE)."""
    change = await begin(session, TEAMS, team_id, Move.NAME_LEAD, actor, now)
    if isinstance(change, Refusal):
        return change
    member = await membership(session, team_id, person_id)
    if member is None or member.state != Membership.IN:
        return TeamOutcome.NOT_IN_IT
    if member.lead == lead:
        return Refusal.ALREADY
    member.lead, member.changed_at = lead, now
    await change.finish()
    if lead:
        await change.tell(Notice.LEAD, [person_id])
    return TeamOutcome.NAMED_LEAD if lead else TeamOutcome.LEAD_NO_MORE


async def write(
    session: Session, actor: Person, team_id: int, words: str, *, now: datetime
) -> TeamOutcome | Refusal:
    """Tell all members something (WRITTEN); TOO_OFTEN after as many as a day has."""
    change = await begin(session, TEAMS, team_id, Move.WRITE, actor, now)
    if isinstance(change, Refusal):
        return change
    said = clean_text(words, WORDS_LENGTH)
    if not said:
        return Refusal.EMPTY
    lately = TeamWordsRow.team_id == team_id, TeamWordsRow.at > now - A_DAY
    count = await session.scalar(select(func.count()).select_from(TeamWordsRow).where(*lately))
    if (count or 0) >= policy_of(session, TeamPolicy).team_words_a_day:
        return TeamOutcome.TOO_OFTEN
    row = TeamWordsRow(team_id=team_id, person_id=actor.id, at=now, words=said)
    session.add(row)
    await session.flush()
    await change.tell(Notice.WORDS, await _everybody(change, [Membership.IN]), words=row.id)
    return TeamOutcome.WRITTEN


async def say_aim(
    session: Session, actor: Person, team_id: int, aim: str, *, now: datetime
) -> TeamOutcome | Refusal:
    """Say anew what a team is for (CHANGED)."""
    change = await begin(session, TEAMS, team_id, Move.CHANGE, actor, now)
    if isinstance(change, Refusal):
        return change
    said = clean_text(aim, AIM_LENGTH)
    if not said:
        return Refusal.EMPTY
    change.row.aim = said
    await change.finish()
    return TeamOutcome.CHANGED


async def end(
    session: Session, actor: Person, team_id: int, *, now: datetime
) -> TeamOutcome | Refusal:
    """End a team (ENDED): everybody in it, or who wanted to be, is told."""
    change = await begin(session, TEAMS, team_id, Move.END, actor, now)
    if isinstance(change, Refusal):
        return change
    await _end(change)
    return TeamOutcome.ENDED


async def unanswered(session: Session, due: Due, now: datetime) -> None:
    """Ask the leads once more about whoever asked to join then, and the desk of the place."""
    change = await wake(session, TEAMS, due.subject_id, now)
    if change is None or change.row.state != State.ACTIVE:
        return
    asked = await session.scalars(
        select(MemberRow.person_id)
        .where(
            MemberRow.team_id == change.row.id,
            MemberRow.state == Membership.ASKED,
            MemberRow.asked_at == due.due_at - ANSWER_WITHIN,
        )
        .order_by(MemberRow.id)
    )
    people = {*await leads_of(session, change.row.id), *await _desk(change)}
    for person_id in asked.all():
        await change.tell(Notice.WANTS, people, person=person_id, late=due.late)


async def _end(change: Team) -> None:
    people = await _everybody(change, [Membership.IN, Membership.ASKED])
    change.make(Move.END)
    await change.cancel(Reminder, "the team has ended")
    await change.finish()
    await change.tell(Notice.ENDED, people)


async def _put(change: Team, member: MemberRow, state: Membership) -> None:
    member.state, member.lead, member.changed_at = state, False, change.now
    await change.finish()


async def _everybody(change: Team, states: list[Membership]) -> list[int]:
    found = await change.session.scalars(
        select(MemberRow.person_id).where(
            MemberRow.team_id == change.row.id, MemberRow.state.in_(states)
        )
    )
    return list(found)


async def _who_answers(change: Team) -> list[int]:
    return await leads_of(change.session, change.row.id) or await _desk(change)


async def _desk(change: Team) -> list[int]:
    place = await change.session.get_one(PlaceRow, change.row.place_id)
    return (await desk_ids(change.session, place.path))[:DESK_ASKED]


async def _leaves(session: Session, person_id: int, now: datetime) -> None:
    """Take somebody who leaves for good out of all teams; what they wrote to them is forgotten."""
    theirs = await session.scalars(
        select(MemberRow.team_id)
        .where(
            MemberRow.person_id == person_id,
            MemberRow.state.in_([Membership.ASKED, Membership.IN]),
        )
        .order_by(MemberRow.team_id)
    )
    for team_id in theirs.all():
        change = await wake(session, TEAMS, team_id, now)
        member = await membership(session, team_id, person_id)
        if change is not None and member is not None:
            await _put(change, member, Membership.LEFT)
    written = await session.scalars(select(TeamWordsRow).where(TeamWordsRow.person_id == person_id))
    for row in written.all():
        row.words = ""
    await session.flush()


async def _active(session: Session, path: str) -> int:
    return await count_below(session, TeamRow.place_id, path, TeamRow.state == State.ACTIVE)


async def _ends(session: Session, actor: Person, place_id: int, now: datetime) -> None:
    """End the teams of a place that is no more."""
    found = await session.scalars(
        select(TeamRow.id)
        .where(TeamRow.place_id == place_id, TeamRow.state == State.ACTIVE)
        .order_by(TeamRow.id)
    )
    for team_id in found.all():
        row = await TEAMS.held(session, team_id)
        if row is not None:
            await _end(RecordChange(session, TEAMS, row, actor.id, now))


LEAVE_HOOKS = LeaveHooks(_leaves)
PLACE_HOOKS = PlaceHooks(_active, _ends)
