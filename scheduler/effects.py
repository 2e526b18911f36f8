"""What each kind of reminder does when it falls due."""

from models.digests.actions import secretaries, staff, volunteers
from models.digests.rules import Reminder as DigestReminder
from models.help.actions import closing_due, coming, due, ladder, rings
from models.help.rules import Reminder
from models.orders.actions import due as orders_due
from models.orders.rules import Reminder as OrderReminder
from scheduler.sweep import Effect

EFFECTS: dict[str, Effect] = {
    Reminder.UNCLAIMED: rings.ring_due,
    Reminder.BEFORE_START: coming.before_start,
    Reminder.NO_ANSWER: coming.no_answer,
    Reminder.VISIT: coming.visit,
    Reminder.AFTER_DONE: closing_due.after_done,
    Reminder.UNCONFIRMED: closing_due.unconfirmed,
    Reminder.EXPIRE: due.expire,
    Reminder.CONTACT_ENDS: due.contact_ends,
    DigestReminder.STAFF: staff,
    DigestReminder.VOLUNTEERS: volunteers,
    DigestReminder.SECRETARIES: secretaries,
    Reminder.CLOCK: ladder.climb,
    OrderReminder.DUE: orders_due.due,
    OrderReminder.STREET: orders_due.street,
    OrderReminder.VISIT: orders_due.visit,
    OrderReminder.SILENT: orders_due.silent,
}
