"""What each kind of reminder does when it falls due."""

from models.help.actions import due
from models.help.rules import Reminder
from scheduler.sweep import Effect

EFFECTS: dict[str, Effect] = {
    Reminder.UNCLAIMED: due.unclaimed,
    Reminder.BEFORE_START: due.before_start,
    Reminder.AFTER_DONE: due.after_done,
    Reminder.UNCONFIRMED: due.unconfirmed,
    Reminder.EXPIRE: due.expire,
    Reminder.CONTACT_ENDS: due.contact_ends,
}
