"""Reminders that failed, that should have come by now, or that were let go."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select

from models.broadcasts.rules.notices import Reminder as BroadcastReminder
from models.broadcasts.tables import BroadcastRow
from models.callups.rules import Reminder as CallupReminder
from models.callups.tables import CallupRow
from models.care.rules.notices import Reminder as CareReminder
from models.care.survey_rules import SurveyReminder
from models.care.tables import (
    CareConcernRow,
    CareFestivalRow,
    CareFollowUpRow,
    CareHomeRow,
    CareSurveyRow,
)
from models.cars.rules import CarReminder
from models.cars.tables import CarCallRow
from models.database import Session
from models.daychecks.rules.notices import Reminder as DayCheckReminder
from models.daychecks.tables import DayCheckRow, DayRow
from models.digests.rules.times import Reminder as DigestReminder
from models.gatherings.rules import Reminder as GatheringReminder
from models.gatherings.tables import GatheringRow
from models.hazards.notices import Reminder as HazardReminder
from models.hazards.tables import HazardRow
from models.help.rules.notices import CLAIM_REMINDERS, Reminder
from models.help.tables import ClaimRow, RequestRow
from models.inspections.notices import InspectionReminder, WalkReminder
from models.inspections.tables import InspectionRoundRow, InspectionRow
from models.meetings.rules.notices import Reminder as MeetingReminder
from models.meetings.tables import ActionRow, MeetingRow
from models.orders.rules import Reminder as OrderReminder
from models.orders.tables import OrderRow, VisitRow
from models.people.reach import LOST
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.posts.notices import Reminder as PostReminder
from models.posts.notices import ShiftReminder
from models.posts.tables import PostRow, ShiftRow
from models.proposals.rules.notices import Reminder as ProposalReminder
from models.proposals.tables import ProposalRow
from models.registrations.notices import Reminder as RegistrationReminder
from models.registrations.tables import RegistrationRow
from models.reminders.rules import ON_TIME, State
from models.reminders.tables import ReminderRow
from models.rollcalls.rules.notices import Reminder as RollCallReminder
from models.routines.tables import OccasionRow
from models.savings.rules import Reminder as SavingsReminder
from models.savings.tables import SavingsClaimRow
from models.status.queries.reach import paths_of, within
from models.status.rules import LET_GO_SHOWN, LISTED_AT_MOST, Trouble, why_let_go
from models.status.views import BrokenReminder, KindCount
from models.teams.rules import Reminder as TeamReminder
from models.teams.tables import TeamRow
from models.votes.rules.notices import Reminder as VoteReminder
from models.votes.tables import VoteRow

ABOUT_CLAIMS = frozenset(CLAIM_REMINDERS)
ABOUT_REQUESTS = frozenset(Reminder) - ABOUT_CLAIMS
ABOUT_VISITS = frozenset({OrderReminder.VISIT, OrderReminder.SILENT})
ABOUT_ORDERS = frozenset(OrderReminder) - ABOUT_VISITS
ABOUT_HAZARDS = frozenset(HazardReminder)
ABOUT_PROPOSALS = frozenset(ProposalReminder)
ABOUT_VOTES = frozenset(VoteReminder)
ABOUT_ITEMS = frozenset({MeetingReminder.ACTION_DUE})
ABOUT_MEETINGS = frozenset(MeetingReminder) - ABOUT_ITEMS
ABOUT_GATHERINGS = frozenset(GatheringReminder)
ABOUT_TEAMS = frozenset(TeamReminder)
ABOUT_POSTS = frozenset(PostReminder)
ABOUT_REGISTRATIONS = frozenset(RegistrationReminder)
ABOUT_CARS = frozenset(CarReminder)
ABOUT_SHIFTS = frozenset(ShiftReminder)
ABOUT_CALLUPS = frozenset(CallupReminder)
ABOUT_ROUNDS = frozenset(InspectionReminder)
ABOUT_WALKS = frozenset(WalkReminder)
ABOUT_HOMES = frozenset({CareReminder.REVIEW, CareReminder.CLOSES})
ABOUT_CONCERNS = frozenset({CareReminder.CONCERN, CareReminder.CONCERN_WAITS})
ABOUT_FOLLOW_UPS = frozenset({CareReminder.CONCERN_ASK, CareReminder.CONCERN_SILENT})
ABOUT_TIMES = frozenset({SavingsReminder.DISPUTED})
ABOUT_CHECKS = frozenset({DayCheckReminder.ASK})
ABOUT_DAYS = frozenset(DayCheckReminder) - ABOUT_CHECKS
ABOUT_FESTIVALS = frozenset({CareReminder.GIFTS_LEFT, CareReminder.GIFTS_OVER})
ABOUT_SURVEYS = frozenset(SurveyReminder)
ABOUT_CALLS = frozenset(CareReminder).difference(
    ABOUT_HOMES, ABOUT_CONCERNS, ABOUT_FOLLOW_UPS, ABOUT_FESTIVALS
)
ABOUT_BROADCASTS = frozenset(BroadcastReminder) | frozenset(RollCallReminder)
ABOUT_EVERYBODY = frozenset(DigestReminder) | {LOST, SavingsReminder.MONTH}

AT_A_PLACE: tuple[tuple[Any, frozenset[str]], ...] = (
    (HazardRow, ABOUT_HAZARDS),
    (GatheringRow, ABOUT_GATHERINGS),
    (TeamRow, ABOUT_TEAMS),
    (RegistrationRow, ABOUT_REGISTRATIONS),
    (CarCallRow, ABOUT_CARS),
    (CallupRow, ABOUT_CALLUPS),
    (InspectionRoundRow, ABOUT_ROUNDS),
    (InspectionRow, ABOUT_WALKS),
    (CareFestivalRow, ABOUT_FESTIVALS),
    (CareSurveyRow, ABOUT_SURVEYS),
    (SavingsClaimRow, ABOUT_TIMES),
    (BroadcastRow, ABOUT_BROADCASTS),
)
"""Records that are at a place by a column of their own, and the reminders that are about them."""


async def broken_reminders(session: Session, actor: Person, now: datetime) -> list[BrokenReminder]:
    """List the reminders that failed or are overdue, oldest first."""
    overdue = and_(ReminderRow.state == State.PENDING, ReminderRow.due_at < now - ON_TIME)
    rows = await session.execute(
        _reminders()
        .where(or_(overdue, ReminderRow.state == State.FAILED), within(paths_of(actor)))
        .order_by(ReminderRow.due_at, ReminderRow.id)
        .limit(LISTED_AT_MOST)
    )
    return [_view(row, number) for row, number, _ in rows.all()]


async def let_go_reminders(session: Session, actor: Person, now: datetime) -> list[BrokenReminder]:
    """List the reminders that were let go within LET_GO_SHOWN, the latest first."""
    lately = ReminderRow.settled_at > now - LET_GO_SHOWN
    rows = await session.execute(
        _reminders()
        .where(ReminderRow.state == State.LAPSED, lately, within(paths_of(actor)))
        .order_by(ReminderRow.settled_at.desc(), ReminderRow.id.desc())
        .limit(LISTED_AT_MOST)
    )
    return [_view(row, number) for row, number, _ in rows.all()]


def by_kind(broken: Iterable[BrokenReminder]) -> tuple[KindCount, ...]:
    """Count reminders by kind, the kind with the oldest first."""
    kinds: dict[str, list[BrokenReminder]] = {}
    for one in broken:
        kinds.setdefault(one.kind, []).append(one)
    counts = (
        KindCount(
            kind=kind,
            overdue=sum(one.trouble is Trouble.OVERDUE for one in ones),
            failed=sum(one.trouble is Trouble.FAILED for one in ones),
            oldest=min(one.due_at for one in ones),
        )
        for kind, ones in kinds.items()
    )
    return tuple(sorted(counts, key=lambda count: count.oldest))


async def broken_reminder(
    session: Session, actor: Person, reminder_id: int, now: datetime
) -> BrokenReminder | None:
    """Return one of them; None where it is mended, unknown, or of other places."""
    found = await broken_reminders(session, actor, now)
    return next((one for one in found if one.id == reminder_id), None)


async def place_of_reminder(session: Session, reminder_id: int) -> str | None:
    """Return the path of the place that a reminder is about; None where it is about none."""
    rows = await session.execute(_reminders().where(ReminderRow.id == reminder_id))
    return next((path for _, _, path in rows.all()), None)


async def let_go_reminder(
    session: Session, actor: Person, reminder_id: int, now: datetime
) -> BrokenReminder | None:
    """Return one that was let go; None where it is unknown, of other places, or long ago."""
    found = await let_go_reminders(session, actor, now)
    return next((one for one in found if one.id == reminder_id), None)


def _reminders() -> Select[ReminderRow, int | None, str | None]:
    """Select reminders with the place they are about, if any, and the number of the request or
    proposal."""
    kind, subject_id = ReminderRow.kind, ReminderRow.subject_id
    of_order = or_(
        and_(kind.in_(ABOUT_ORDERS), OrderRow.id == subject_id), OrderRow.id == VisitRow.order_id
    )
    of_proposal = or_(
        and_(kind.in_(ABOUT_PROPOSALS), ProposalRow.id == subject_id),
        ProposalRow.id == VoteRow.proposal_id,
    )
    of_meeting = or_(
        and_(kind.in_(ABOUT_MEETINGS), MeetingRow.id == subject_id),
        MeetingRow.id == ActionRow.meeting_id,
    )
    of_post = or_(
        and_(kind.in_(ABOUT_POSTS), PostRow.id == subject_id), PostRow.id == ShiftRow.post_id
    )
    request_id = func.coalesce(
        ClaimRow.request_id,
        OrderRow.request_id,
        case((kind.in_(ABOUT_REQUESTS), subject_id)),
    )
    home_id = func.coalesce(
        case((kind.in_(ABOUT_HOMES), subject_id)),
        CareConcernRow.home_id,
        CareFollowUpRow.home_id,
        OccasionRow.subject_id,
    )
    place_id = func.coalesce(
        RequestRow.place_id,
        ProposalRow.place_id,
        MeetingRow.place_id,
        PostRow.place_id,
        CareHomeRow.place_id,
        PersonRow.place_id,
        *(row.place_id for row, _kinds in AT_A_PLACE),
    )
    found = (
        select(ReminderRow, func.coalesce(RequestRow.number, ProposalRow.number), PlaceRow.path)
        .outerjoin(ClaimRow, and_(kind.in_(ABOUT_CLAIMS), ClaimRow.id == subject_id))
        .outerjoin(VisitRow, and_(kind.in_(ABOUT_VISITS), VisitRow.id == subject_id))
        .outerjoin(OrderRow, of_order)
        .outerjoin(RequestRow, RequestRow.id == request_id)
        .outerjoin(VoteRow, and_(kind.in_(ABOUT_VOTES), VoteRow.id == subject_id))
        .outerjoin(ProposalRow, of_proposal)
        .outerjoin(ActionRow, and_(kind.in_(ABOUT_ITEMS), ActionRow.id == subject_id))
        .outerjoin(MeetingRow, of_meeting)
        .outerjoin(ShiftRow, and_(kind.in_(ABOUT_SHIFTS), ShiftRow.id == subject_id))
        .outerjoin(PostRow, of_post)
        .outerjoin(OccasionRow, and_(kind.in_(ABOUT_CALLS), OccasionRow.id == subject_id))
        .outerjoin(CareConcernRow, and_(kind.in_(ABOUT_CONCERNS), CareConcernRow.id == subject_id))
        .outerjoin(
            CareFollowUpRow, and_(kind.in_(ABOUT_FOLLOW_UPS), CareFollowUpRow.id == subject_id)
        )
        .outerjoin(CareHomeRow, CareHomeRow.id == home_id)
        .outerjoin(DayCheckRow, and_(kind.in_(ABOUT_CHECKS), DayCheckRow.id == subject_id))
        .outerjoin(DayRow, and_(kind.in_(ABOUT_DAYS), DayRow.id == subject_id))
        .outerjoin(
            PersonRow, PersonRow.id == func.coalesce(DayCheckRow.person_id, DayRow.person_id)
        )
    )
    for row, kinds in AT_A_PLACE:
        found = found.outerjoin(row, and_(kind.in_(kinds), row.id == subject_id))
    return found.outerjoin(PlaceRow, PlaceRow.id == place_id).execution_options(
        populate_existing=True
    )


TROUBLES = {State.FAILED: Trouble.FAILED, State.LAPSED: Trouble.LET_GO}


def _view(row: ReminderRow, number: int | None) -> BrokenReminder:
    trouble = TROUBLES.get(State(row.state), Trouble.OVERDUE)
    return BrokenReminder(
        id=row.id,
        kind=row.kind,
        number=number,
        due_at=row.due_at,
        trouble=trouble,
        error=(row.reason or "") if trouble is Trouble.FAILED else "",
        why=why_let_go(row.reason) if trouble is Trouble.LET_GO else None,
        settled_at=row.settled_at,
    )
