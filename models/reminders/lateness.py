"""What every kind of reminder does when it comes late: the one place where it is declared.

None is let go by the clock alone: each effect looks at the state first, and knows best whether it
is still of use. docs/reminders.md says what each of them does.
"""

from models.broadcasts.rules.notices import Reminder as Broadcast
from models.digests.rules.times import Reminder as Digest
from models.help.rules.notices import Reminder as Help
from models.meetings.rules.notices import Reminder as Meeting
from models.orders.rules import Reminder as Order
from models.people.reach import LOST
from models.proposals.rules.notices import Reminder as Proposal
from models.reminders.rules import Lateness
from models.rollcalls.rules.notices import Reminder as RollCall
from models.votes.rules.notices import Reminder as Vote

LATENESS: dict[str, Lateness] = {
    Help.UNCLAIMED: Lateness.ESCALATE,
    Help.BEFORE_START: Lateness.SEND_LATE,
    Help.NO_ANSWER: Lateness.SEND_LATE,
    Help.VISIT: Lateness.SEND_LATE,
    Help.AFTER_DONE: Lateness.SEND_LATE,
    Help.UNCONFIRMED: Lateness.SEND_LATE,
    Help.EXPIRE: Lateness.SEND_LATE,
    Help.CONTACT_ENDS: Lateness.SEND_LATE,
    LOST: Lateness.SEND_LATE,
    Help.CLOCK: Lateness.SEND_LATE,
    Order.DUE: Lateness.ESCALATE,
    Order.STREET: Lateness.ESCALATE,
    Order.VISIT: Lateness.SEND_LATE,
    Order.SILENT: Lateness.SEND_LATE,
    Proposal.RECEPTION: Lateness.ESCALATE,
    Proposal.SECONDING: Lateness.SEND_LATE,
    Proposal.COUNT: Lateness.SEND_LATE,
    Proposal.DUE: Lateness.ESCALATE,
    Proposal.STREET: Lateness.ESCALATE,
    Proposal.RATING: Lateness.SEND_LATE,
    Meeting.SOON: Lateness.SEND_LATE,
    Meeting.ACTION_DUE: Lateness.SEND_LATE,
    Vote.OPEN: Lateness.SEND_LATE,
    Vote.REMIND: Lateness.SEND_LATE,
    Vote.END: Lateness.SEND_LATE,
    Vote.COUNT: Lateness.SEND_LATE,
    RollCall.ASK: Lateness.SEND_LATE,
    RollCall.COUNT: Lateness.SEND_LATE,
    Broadcast.START: Lateness.SEND_LATE,
    Broadcast.PROGRESS: Lateness.SEND_LATE,
    Digest.STAFF: Lateness.SEND_LATE,
    Digest.VOLUNTEERS: Lateness.SEND_LATE,
    Digest.SECRETARIES: Lateness.SEND_LATE,
}
