"""What each kind of reminder does when it falls due."""

from models.broadcasts.actions import progress as broadcasts_progress
from models.broadcasts.actions import sending
from models.broadcasts.rules.notices import Reminder as BroadcastReminder
from models.callups.actions import due as callups
from models.callups.rules import Reminder as CallupReminder
from models.care.actions import due as care_due
from models.care.actions import ending as care_ending
from models.care.actions import follow_ups as care_follow_ups
from models.care.actions import gifts as care_gifts
from models.care.actions import surveying
from models.care.rules.notices import Reminder as CareReminder
from models.care.survey_rules import SurveyReminder
from models.cars import actions as cars
from models.cars.rules import CarReminder
from models.daychecks.actions import asking, ladder
from models.daychecks.rules.notices import Reminder as DayCheckReminder
from models.digests.actions.sending import secretaries, staff, volunteers
from models.digests.rules.times import Reminder as DigestReminder
from models.gatherings.actions import due as gatherings_due
from models.gatherings.rules import Reminder as GatheringReminder
from models.hazards.actions import due as hazards_due
from models.hazards.notices import Reminder as HazardReminder
from models.help.actions import (
    deadlines,
    due,
    rings,
    visits,
)
from models.help.rules.notices import Reminder
from models.inspections.actions import due as inspections
from models.inspections.notices import InspectionReminder, WalkReminder
from models.meetings.actions import due as meetings_due
from models.meetings.rules.notices import Reminder as MeetingReminder
from models.orders.actions import orders
from models.orders.actions import visits as return_visits
from models.orders.rules import Reminder as OrderReminder
from models.people.reach import LOST
from models.posts.actions import due as posts_due
from models.posts.notices import Reminder as PostReminder
from models.posts.notices import ShiftReminder
from models.proposals.actions import due as proposals_due
from models.proposals.actions import reception, seconding
from models.proposals.rules.notices import Reminder as ProposalReminder
from models.registrations.actions import due as registrations_due
from models.registrations.notices import Reminder as RegistrationReminder
from models.rollcalls.actions import calling
from models.rollcalls.rules.notices import Reminder as RollCallReminder
from models.savings.actions import deciding as savings_deciding
from models.savings.actions import months as savings_months
from models.savings.rules import Reminder as SavingsReminder
from models.teams import actions as teams
from models.teams.rules import Reminder as TeamReminder
from models.votes.actions import counting as votes_counting
from models.votes.actions import opening as votes_opening
from models.votes.rules.notices import Reminder as VoteReminder
from scheduler.sweep import Effect, InSets

EFFECTS: dict[str, Effect] = {
    Reminder.UNCLAIMED: rings.ring_due,
    Reminder.BEFORE_START: InSets(visits.before_start, visits.before_start_all),
    Reminder.NO_ANSWER: visits.no_answer,
    Reminder.VISIT: InSets(visits.visit, visits.visit_all),
    Reminder.AFTER_DONE: InSets(due.after_done, due.after_done_all),
    Reminder.UNCONFIRMED: InSets(due.unconfirmed, due.unconfirmed_all),
    Reminder.EXPIRE: due.expire,
    LOST: due.out_of_touch,
    Reminder.CONTACT_ENDS: InSets(due.contact_ends, due.contact_ends_all),
    BroadcastReminder.START: sending.start_due,
    BroadcastReminder.PROGRESS: broadcasts_progress.look_due,
    DigestReminder.STAFF: staff,
    DigestReminder.VOLUNTEERS: volunteers,
    DigestReminder.SECRETARIES: secretaries,
    Reminder.CLOCK: deadlines.climb,
    OrderReminder.DUE: orders.due,
    OrderReminder.STREET: orders.street,
    OrderReminder.VISIT: return_visits.visit,
    OrderReminder.SILENT: return_visits.silent,
    HazardReminder.LOOK_AGAIN: hazards_due.look_again,
    HazardReminder.SOON: hazards_due.soon,
    HazardReminder.WAITS: hazards_due.waits,
    ProposalReminder.RECEPTION: reception.watch,
    ProposalReminder.SECONDING: seconding.lapse,
    ProposalReminder.COUNT: seconding.show_seconds,
    ProposalReminder.DUE: proposals_due.due,
    ProposalReminder.STREET: proposals_due.street,
    ProposalReminder.RATING: proposals_due.rating_over,
    MeetingReminder.SOON: meetings_due.soon,
    MeetingReminder.ACTION_DUE: meetings_due.action_due,
    VoteReminder.OPEN: votes_opening.open_due,
    VoteReminder.REMIND: votes_counting.remind_due,
    VoteReminder.COUNT: votes_counting.count_due,
    VoteReminder.END: votes_counting.end_due,
    SavingsReminder.DISPUTED: savings_deciding.undecided,
    SavingsReminder.MONTH: savings_months.write_month,
    GatheringReminder.SOON: gatherings_due.soon,
    GatheringReminder.DOOR: gatherings_due.door,
    GatheringReminder.ASK: gatherings_due.ask,
    GatheringReminder.FILL: gatherings_due.fill,
    GatheringReminder.OVER: gatherings_due.over,
    GatheringReminder.FEEDBACK: gatherings_due.feedback,
    GatheringReminder.ERASE: gatherings_due.erase,
    TeamReminder.UNANSWERED: teams.unanswered,
    CarReminder.SILENT: cars.silent,
    CarReminder.FORGET: cars.forget,
    RegistrationReminder.BEGUN: registrations_due.begun,
    RegistrationReminder.WAITS: registrations_due.waits,
    RegistrationReminder.EXPIRY: InSets(registrations_due.expiry, registrations_due.expiry_all),
    RegistrationReminder.PERMIT: registrations_due.permit,
    RegistrationReminder.ENDORSE: registrations_due.endorse,
    RegistrationReminder.ERASE: registrations_due.erase,
    PostReminder.ASK: posts_due.ask_post,
    PostReminder.FILL: posts_due.fill_post,
    PostReminder.STILL: posts_due.still,
    PostReminder.ERASE: posts_due.erase_post,
    ShiftReminder.SOON: posts_due.soon,
    ShiftReminder.DOOR: posts_due.door,
    ShiftReminder.EARLY: posts_due.early,
    ShiftReminder.ASK: posts_due.ask_shift,
    ShiftReminder.SHORT: posts_due.short,
    ShiftReminder.OVER: posts_due.over,
    ShiftReminder.CONFIRM: posts_due.confirm,
    ShiftReminder.ERASE: posts_due.erase_shift,
    InspectionReminder.DUE: inspections.due_round,
    InspectionReminder.MISSED: inspections.missed_round,
    InspectionReminder.UNSEEN: inspections.unseen_round,
    WalkReminder.HALF: inspections.half_walk,
    WalkReminder.ERASE: inspections.erase_walk,
    CallupReminder.RING: callups.rings,
    CallupReminder.STAND_IN: callups.stand_in,
    CallupReminder.SHORT: callups.short,
    CallupReminder.UNDECIDED: callups.undecided,
    CallupReminder.CONFIRM: callups.confirm_again,
    CallupReminder.SOON: callups.soon,
    CallupReminder.OVER: callups.over,
    CallupReminder.ERASE: callups.erase,
    CareReminder.OPENS: care_due.opens,
    CareReminder.HALF: care_due.half,
    CareReminder.DAY: care_due.day,
    CareReminder.NEXT: care_due.next_,
    CareReminder.ENDS: care_due.ends,
    CareReminder.REVIEW: care_due.review,
    CareReminder.CLOSES: care_ending.closes,
    CareReminder.CONCERN: care_due.concern,
    CareReminder.CONCERN_WAITS: care_due.concern_waits,
    CareReminder.CONCERN_ASK: care_follow_ups.ask,
    CareReminder.CONCERN_SILENT: care_follow_ups.silent,
    DayCheckReminder.ASK: InSets(asking.ask, asking.ask_all),
    DayCheckReminder.CLIMB: InSets(ladder.climb, ladder.climb_all, ladder.FIRST_TOGETHER),
    DayCheckReminder.LISTEN: ladder.listen,
    CareReminder.GIFTS_LEFT: care_gifts.left,
    CareReminder.GIFTS_OVER: care_gifts.over,
    SurveyReminder.OVER: surveying.over,
    SurveyReminder.AGAIN: surveying.again,
    RollCallReminder.ASK: calling.ask_due,
    RollCallReminder.COUNT: calling.count_due,
}
