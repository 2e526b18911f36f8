"""Every kind of notice and reminder there is, subject by subject: for lists that tell of all."""

from models.broadcasts.rules.notices import Notice as Broadcast
from models.broadcasts.rules.notices import Reminder as BroadcastReminder
from models.callups.rules import Notice as Callup
from models.callups.rules import Reminder as CallupReminder
from models.care.rules.notices import Notice as Care
from models.care.rules.notices import Reminder as CareReminder
from models.care.survey_rules import SurveyNotice, SurveyReminder
from models.cars.rules import CarNotice, CarReminder
from models.circle.rules import Notice as Circle
from models.daychecks.rules.notices import Notice as DayCheck
from models.daychecks.rules.notices import Reminder as DayCheckReminder
from models.digests.rules.times import Notice as Digest
from models.digests.rules.times import Reminder as DigestReminder
from models.early.rules import Notice as Early
from models.gatherings.rules import Notice as Gathering
from models.gatherings.rules import Reminder as GatheringReminder
from models.hazards.notices import Notice as Hazard
from models.hazards.notices import Reminder as HazardReminder
from models.help.rules.notices import Notice as Help
from models.help.rules.notices import Reminder as HelpReminder
from models.inspections.notices import (
    InspectionNotice,
    InspectionReminder,
    WalkNotice,
    WalkReminder,
)
from models.meetings.rules.notices import Notice as Meeting
from models.meetings.rules.notices import Reminder as MeetingReminder
from models.orders.rules import Notice as Order
from models.orders.rules import Reminder as OrderReminder
from models.outages.rules import Notice as Outage
from models.outbox.kinds import NoticeKind
from models.outbox.rules import Said
from models.people.reach import Reminder as PeopleReminder
from models.posts.notices import Notice as Post
from models.posts.notices import Reminder as PostReminder
from models.posts.notices import ShiftNotice as Shift
from models.posts.notices import ShiftReminder
from models.proposals.rules.notices import Notice as Proposal
from models.proposals.rules.notices import Reminder as ProposalReminder
from models.registrations.notices import Notice as Registration
from models.registrations.notices import Reminder as RegistrationReminder
from models.reminders.kinds import ReminderKind
from models.roles.actions.granting import Notice as People
from models.rollcalls.rules.notices import Notice as RollCall
from models.rollcalls.rules.notices import Reminder as RollCallReminder
from models.savings.rules import Notice as Savings
from models.savings.rules import Reminder as SavingsReminder
from models.teams.rules import Notice as Team
from models.teams.rules import Reminder as TeamReminder
from models.volunteers.rules import Notice as Volunteer
from models.votes.rules.notices import Notice as Vote
from models.votes.rules.notices import Reminder as VoteReminder

NOTICES: dict[str, NoticeKind] = {
    str(kind): kind
    for subject in (
        Help,
        Order,
        Hazard,
        Early,
        Proposal,
        Meeting,
        Vote,
        Gathering,
        Registration,
        CarNotice,
        Team,
        Savings,
        Post,
        Shift,
        InspectionNotice,
        WalkNotice,
        Callup,
        Care,
        SurveyNotice,
        RollCall,
        Circle,
        DayCheck,
        Broadcast,
        Digest,
        Volunteer,
        People,
        Outage,
        Said,
    )
    for kind in subject
}
"""By code, in the order of the documentation."""

REMINDERS: dict[str, ReminderKind] = {
    str(kind): kind
    for subject in (
        HelpReminder,
        OrderReminder,
        HazardReminder,
        ProposalReminder,
        MeetingReminder,
        VoteReminder,
        GatheringReminder,
        RegistrationReminder,
        CarReminder,
        TeamReminder,
        SavingsReminder,
        PostReminder,
        ShiftReminder,
        InspectionReminder,
        WalkReminder,
        CallupReminder,
        CareReminder,
        SurveyReminder,
        DayCheckReminder,
        RollCallReminder,
        BroadcastReminder,
        DigestReminder,
        PeopleReminder,
    )
    for kind in subject
}
"""By code, in the order of the documentation."""
