"""How things of the status are called."""

from handlers.i18n import gettext as _
from handlers.i18n import mark
from models.broadcasts.rules.notices import Notice as BroadcastNotice
from models.broadcasts.rules.notices import Reminder as BroadcastReminder
from models.digests.rules.times import Notice as Digest
from models.digests.rules.times import Reminder as DigestReminder
from models.early.rules import Notice as Early
from models.help.rules.notices import Notice, Reminder
from models.meetings.rules.notices import Notice as MeetingNotice
from models.meetings.rules.notices import Reminder as MeetingReminder
from models.orders.rules import Notice as OrderNotice
from models.orders.rules import Reminder as OrderReminder
from models.outbox.rules import Lane, Said
from models.people.reach import LOST
from models.proposals.rules.notices import Notice as ProposalNotice
from models.proposals.rules.notices import Reminder as ProposalReminder
from models.rollcalls.rules.notices import Notice as RollCallNotice
from models.rollcalls.rules.notices import Reminder as RollCallReminder
from models.status.rules import LISTED_AT_MOST, LetGo, Mending, Trouble, UpdateKind
from models.status.views import BrokenReminder
from models.votes.rules.notices import Notice as VoteNotice
from models.votes.rules.notices import Reminder as VoteReminder

LANES = {
    Lane.ANSWER: mark("Answers"),
    Lane.URGENT: mark("Urgent"),
    Lane.LIVE: mark("On the way, and changed cards"),
    Lane.NOTICE: mark("Ordinary notices"),
    Lane.BULK: mark("Broadcasts"),
}

UPDATES = {
    UpdateKind.TEXT: mark("a written message"),
    UpdateKind.PHOTO: mark("a photo"),
    UpdateKind.VOICE: mark("a voice message"),
    UpdateKind.LOCATION: mark("a location"),
    UpdateKind.CONTACT: mark("a contact"),
    UpdateKind.OTHER_MESSAGE: mark("another kind of message"),
    UpdateKind.EDITED: mark("a changed message"),
    UpdateKind.TAP: mark("a tap on a button"),
    UpdateKind.MEMBERSHIP: mark("the bot was added, blocked or removed"),
    UpdateKind.UNKNOWN: mark("something unknown"),
}

NOTICES: dict[str, str] = {
    Notice.OFFER: mark("a volunteer is asked"),
    Notice.NEW: mark("a new request for its owner"),
    Notice.FILED_FOR: mark("a request was written down for a resident"),
    Notice.OWNER: mark("another owner"),
    Notice.UNCLAIMED: mark("nobody has taken a task"),
    Notice.CLAIMED: mark("somebody has taken a task"),
    Notice.ASSIGNED: mark("a task was given to a volunteer"),
    Notice.PROMOTED: mark("moved up from the waiting list"),
    Notice.HANDED_BACK: mark("a task was handed back"),
    Notice.BEFORE_START: mark("still coming?"),
    Notice.ON_WAY: mark("a volunteer is on the way"),
    Notice.LATE: mark("a volunteer comes later"),
    Notice.DONE: mark("done: solved or not?"),
    Notice.AFTER_DONE: mark("asked again: solved or not?"),
    Notice.UNCONFIRMED: mark("a resident is to be rung back"),
    Notice.THANKS: mark("thanks to who helped"),
    Notice.UNSOLVED: mark("a resident says: not solved"),
    Notice.CANCELLED: mark("a request was called off"),
    Notice.EXPIRED: mark("a request has expired"),
    Notice.ASKED_AGAIN: mark("a request was opened again"),
    Notice.NOTE: mark("a note on a request"),
    Notice.CONTACT: mark("door and phone for a volunteer"),
    "volunteers.applied": mark("somebody offers to help"),
    "volunteers.approved": mark("a volunteer was approved"),
    "volunteers.refused": mark("a sign-up was refused"),
    "people.granted": mark("a role was given"),
    "people.revoked": mark("a role was taken back"),
    Early.OPENED: mark("the same trouble again in one building"),
    Early.SETTLED: mark("an early item was settled"),
    Digest.STAFF: mark("the day's digest for staff"),
    Digest.VOLUNTEER: mark("the week's digest for a volunteer"),
    Digest.RATES: mark("the week's rates"),
    Digest.CHART: mark("the week's rates as a picture"),
    Notice.GIVEN_UP: mark("closed after calls that nobody answered"),
    Notice.WAITING: mark("the desk waits for the resident"),
    Notice.NUDGE: mark("a promise is nearly used up"),
    Notice.BREACH: mark("a promise is broken"),
    Notice.LATE_TOLD: mark("a resident is told that it takes longer"),
    Notice.NOBODY_YET: mark("a resident is told that hands are missing"),
    Notice.OUT_OF_TOUCH: mark("somebody counted on is out of reach"),
    Said.REFUSED: mark("an answer that could not be shown"),
    Notice.LET_GO: mark("a task was taken away from a silent volunteer"),
    Notice.VISIT: mark("a volunteer is asked how it stands"),
    Notice.HAS_COME: mark("a resident is asked whether somebody came"),
    Notice.SWAP: mark("somebody would change tasks"),
    Notice.SWAP_ANSWER: mark("an answer about changing tasks"),
    Notice.SWAPPED: mark("two volunteers have changed tasks"),
    OrderNotice.OPENED: mark("an order to put right was opened"),
    OrderNotice.YOURS: mark("something is to be put right"),
    OrderNotice.AGAIN: mark("a second complaint about the same"),
    OrderNotice.REPORTED: mark("something is reported put right"),
    OrderNotice.SENT_BACK: mark("a report was not enough"),
    OrderNotice.SIGNED: mark("an order was signed off"),
    OrderNotice.LATE: mark("an order is late"),
    OrderNotice.VISIT: mark("return visit: is it still well?"),
    OrderNotice.SILENT: mark("no answer to a return visit"),
    ProposalNotice.CARD: mark("the card of a proposal"),
    ProposalNotice.NEW: mark("a new proposal for the office"),
    ProposalNotice.WAITS: mark("a proposal waits for the office"),
    ProposalNotice.LATE_TOLD: mark("an author is told that it takes longer"),
    ProposalNotice.ACCEPTED: mark("a proposal was accepted"),
    ProposalNotice.RETURNED: mark("a proposal was returned"),
    ProposalNotice.MERGED: mark("a proposal was merged"),
    ProposalNotice.TURNED: mark("a proposal became a request"),
    ProposalNotice.CHANGED: mark("a text was changed: still support it?"),
    ProposalNotice.WITHDRAWN: mark("a proposal was withdrawn"),
    ProposalNotice.REACHED: mark("a proposal has enough supporters"),
    ProposalNotice.LAPSED: mark("a proposal had too few supporters"),
    ProposalNotice.DECIDED: mark("a proposal was decided"),
    ProposalNotice.YOURS: mark("somebody is to deliver a proposal"),
    ProposalNotice.PROGRESS: mark("how a proposal goes"),
    ProposalNotice.OVERDUE: mark("a delivery is overdue"),
    ProposalNotice.DELIVERED: mark("a proposal was delivered: stars"),
    ProposalNotice.LOOK_AGAIN: mark("a delivery was rated badly"),
    ProposalNotice.CLOSED: mark("a proposal is done"),
    MeetingNotice.INVITED: mark("an invitation to a meeting"),
    MeetingNotice.CHANGED: mark("a meeting was changed"),
    MeetingNotice.SOON: mark("a meeting is soon"),
    MeetingNotice.INSTEAD: mark("somebody comes instead"),
    MeetingNotice.MINUTES: mark("the minutes of a meeting"),
    MeetingNotice.ACTION: mark("an action item of a meeting"),
    MeetingNotice.ACTION_DUE: mark("an action item is due"),
    BroadcastNotice.COPY: mark("a broadcast"),
    BroadcastNotice.ALBUM: mark("what goes before a broadcast"),
    BroadcastNotice.TEST: mark("a broadcast to look at before it goes"),
    BroadcastNotice.APPROVE: mark("asking a second person about a broadcast"),
    BroadcastNotice.DECIDED: mark("a broadcast was approved or sent back"),
    BroadcastNotice.WHILE_AWAY: mark("how many broadcasts were missed"),
    BroadcastNotice.MISSED: mark("what to do with a broadcast that missed its day"),
    BroadcastNotice.NOT_BEGUN: mark("a broadcast did not begin"),
    BroadcastNotice.CORRECTED: mark("a notice was corrected"),
    BroadcastNotice.CHANGED: mark("a broadcast was corrected or recalled"),
    BroadcastNotice.PROGRESS: mark("how far a broadcast is"),
    BroadcastNotice.ENDED: mark("the report of a broadcast"),
    VoteNotice.BALLOT: mark("a ballot"),
    VoteNotice.REMIND: mark("a vote ends soon"),
    VoteNotice.OFF: mark("a vote was called off"),
    VoteNotice.RESULT: mark("the result of a vote"),
    RollCallNotice.BOARD: mark("the live board of a roll-call"),
    RollCallNotice.ASK: mark("a roll-call asks once more"),
    RollCallNotice.SILENT: mark("who is silent in a roll-call"),
    RollCallNotice.COME: mark("those who can help are asked to come"),
    RollCallNotice.OVER: mark("a roll-call is over"),
}

REMINDERS: dict[str, str] = {
    Reminder.UNCLAIMED: mark("nobody has taken it: ask more"),
    Reminder.BEFORE_START: mark("ask the volunteer: still coming?"),
    Reminder.AFTER_DONE: mark("ask the resident: solved?"),
    Reminder.UNCONFIRMED: mark("ring the resident back"),
    Reminder.EXPIRE: mark("let an old request expire"),
    Reminder.CONTACT_ENDS: mark("hide door and phone again"),
    LOST: mark("tell whoever counts on somebody out of reach"),
    DigestReminder.STAFF: mark("tell staff what waits today"),
    DigestReminder.VOLUNTEERS: mark("thank volunteers for the week"),
    DigestReminder.SECRETARIES: mark("tell secretaries the week's rates"),
    Reminder.CLOCK: mark("watch over a promise"),
    Reminder.NO_ANSWER: mark("a volunteer has not answered: ask the next"),
    Reminder.VISIT: mark("ask how a visit went"),
    OrderReminder.DUE: mark("an order's date has come"),
    OrderReminder.STREET: mark("tell the street of a late order"),
    OrderReminder.VISIT: mark("ask the resident: still well?"),
    OrderReminder.SILENT: mark("ring about a return visit"),
    ProposalReminder.RECEPTION: mark("watch over the answer to a proposal"),
    ProposalReminder.SECONDING: mark("the date for seconding has come"),
    ProposalReminder.COUNT: mark("show how many support it"),
    ProposalReminder.DUE: mark("a delivery's date has come"),
    ProposalReminder.STREET: mark("tell the street of a late delivery"),
    ProposalReminder.RATING: mark("count the stars of a delivery"),
    MeetingReminder.SOON: mark("remind of a meeting"),
    MeetingReminder.ACTION_DUE: mark("remind of an action item"),
    BroadcastReminder.START: mark("begin a broadcast at its time"),
    BroadcastReminder.PROGRESS: mark("show how far a broadcast is"),
    VoteReminder.OPEN: mark("open a vote"),
    VoteReminder.REMIND: mark("remind who has not voted"),
    VoteReminder.END: mark("count a vote"),
    VoteReminder.COUNT: mark("show how many have voted"),
    RollCallReminder.ASK: mark("ask once more who is silent"),
    RollCallReminder.COUNT: mark("show how many have answered"),
}

LET_GO = {
    LetGo.TOO_LATE: mark("it came too late to be of use"),
    LetGo.BY_STAFF: mark("somebody dropped it"),
    LetGo.TURNED_OFF: mark("it is turned off"),
    LetGo.NO_USE: mark("there was nothing left to say"),
}

TROUBLES = {
    Trouble.OVERDUE: mark("overdue"),
    Trouble.FAILED: mark("failed"),
    Trouble.LET_GO: mark("let go"),
}

MENDED = {
    Mending.REPLAY_ASKED: mark("It is taken again in a moment. If it fails, it comes back here."),
    Mending.SENT_AGAIN: mark("It goes out again."),
    Mending.TRIED_AGAIN: mark("It is tried again in a moment. If it fails, it comes back here."),
    Mending.TOO_LATE: mark("Too late for it to be of use: it was let go."),
    Mending.DROPPED: mark("Dropped."),
    Mending.ALREADY: mark("Somebody was quicker, or it is no longer there."),
    Mending.NOT_ALLOWED: mark("This is not of your places. The attempt has been noted."),
}


def lane(value: Lane) -> str:
    """Call a lane."""
    return _(LANES[value])


def update(kind: UpdateKind) -> str:
    """Call a kind of update."""
    return _(UPDATES[kind])


def notice(kind: str | None) -> str:
    """Call a kind of notice; None is an answer."""
    if kind is None:
        return _("an answer")
    return _(NOTICES[kind]) if kind in NOTICES else kind


def reminder(kind: str) -> str:
    """Call a kind of reminder."""
    return _(REMINDERS[kind]) if kind in REMINDERS else kind


def why(value: LetGo | None) -> str:
    """Say why a reminder was let go."""
    return _(LET_GO[value or LetGo.NO_USE])


def trouble(one: BrokenReminder) -> str:
    """Say in a word or two what is the matter with a reminder."""
    return why(one.why) if one.why else _(TROUBLES[one.trouble])


def said(outcome: Mending) -> str:
    """Say what an act has come to."""
    return _(MENDED[outcome])


def counted(number: int) -> str:
    """Say how many: lists end somewhere."""
    return f"{number}+" if number >= LISTED_AT_MOST else str(number)
