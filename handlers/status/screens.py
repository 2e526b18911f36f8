"""How the status looks."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.clock_text import at_clock, how_long
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.outages.words import lost_hours
from handlers.screen import Screen, button, inline
from handlers.status import words
from handlers.status.callbacks import MendingAct, OnBroken, StatusList, ToPart, ToStatus
from models.status.rules import Trouble
from models.status.views import (
    BrokenReminder,
    FailedUpdate,
    KindCount,
    LaneQueue,
    Overview,
    StuckMessage,
)

PAGE = 6
"""Lines on one page: with their buttons they fill a phone's screen once."""

Broken = FailedUpdate | StuckMessage | BrokenReminder

TITLES = {
    StatusList.UPDATES: mark("⚠️ Failed updates"),
    StatusList.MESSAGES: mark("❔ Uncertain messages"),
    StatusList.REFUSED: mark("⛔ Refused messages"),
    StatusList.REMINDERS: mark("⏰ Reminders"),
    StatusList.LET_GO: mark("🍂 Reminders let go"),
}
EXPLAINED = {
    StatusList.UPDATES: mark("What people sent and the bot could not handle. They were told."),
    StatusList.MESSAGES: mark("These went out, but no answer came: they may have arrived or not."),
    StatusList.REFUSED: mark("Telegram refused these. Sent again, they may be refused again."),
    StatusList.REMINDERS: mark("These failed, or should have come by now."),
    StatusList.LET_GO: mark(
        "In the last 7 days these did not come at all. Look whether it matters."
    ),
}
AGAIN = {
    StatusList.UPDATES: mark("🔁 Replay"),
    StatusList.MESSAGES: mark("🔁 Send again"),
    StatusList.REFUSED: mark("🔁 Send again"),
    StatusList.REMINDERS: mark("🔁 Try again"),
}


def overview_screen(shown: Overview, now: datetime) -> Screen:
    """Show all at a glance."""
    lines = [
        _("As of {time}").format(time=at_clock(now, now)),
        *([lost_hours(shown.outage, now)] if shown.outage else []),
        "",
        _("To be sent:"),
        *(_queue(queue) for queue in shown.queues),
        *_waits(shown, now),
        "",
        _("Failed updates: {count}").format(count=words.counted(shown.updates)),
        _("Uncertain messages: {count}").format(count=words.counted(shown.messages)),
        _("Refused messages: {count}").format(count=words.counted(shown.refused)),
        _("Reminders: {overdue} overdue, {failed} failed").format(
            overdue=words.counted(shown.overdue), failed=words.counted(shown.failed)
        ),
        _("Reminders let go in the last 7 days: {count}").format(count=words.counted(shown.let_go)),
    ]
    counts = {
        StatusList.UPDATES: shown.updates,
        StatusList.MESSAGES: shown.messages,
        StatusList.REFUSED: shown.refused,
        StatusList.REMINDERS: shown.overdue + shown.failed,
        StatusList.LET_GO: shown.let_go,
    }
    rows = [[_to(part, count)] for part, count in counts.items() if count]
    anew = button(_("🔄 Look again"), ToStatus())
    return Screen("\n".join(lines), _("📟 Status"), inline(*rows, [anew]))


def _waits(shown: Overview, now: datetime) -> list[str]:
    """Say how many chats wait, and that the others do not."""
    if shown.waiting_until is None:
        return []
    line = _("⏳ Chats that have to wait: {count}, until {time} at most")
    return [line.format(count=shown.waiting_chats, time=at_clock(shown.waiting_until, now))]


def _queue(queue: LaneQueue) -> str:
    name = words.lane(queue.lane)
    if not (queue.waiting or queue.in_hand or queue.later or queue.held):
        return _("· {lane}: none").format(lane=name)
    counts = _("{waiting} waiting, {in_hand} in hand").format(
        waiting=queue.waiting, in_hand=queue.in_hand
    )
    line = _("· {lane}: {counts}").format(lane=name, counts=counts)
    if queue.oldest is not None:
        line += _(", the oldest for {time}").format(time=how_long(queue.oldest))
    if queue.later:
        line += _(", {later} for later").format(later=queue.later)
    if queue.held:
        line += _(", {held} held until quiet hours end").format(held=queue.held)
    return line


def _to(part: StatusList, count: int) -> InlineKeyboardButton:
    label = f"{_(TITLES[part])} ({words.counted(count)})"
    return button(label, ToPart(part=part))


def list_screen(
    part: StatusList,
    broken: Sequence[Broken],
    page: int,
    now: datetime,
    kinds: Sequence[KindCount] = (),
) -> Screen:
    """Show one page of a list; a page that is no more gives the last one.

    Above the page of reminders each of their `kinds` is counted.
    """
    last = max(0, (len(broken) - 1) // PAGE)
    page = min(page, last)
    shown = broken[page * PAGE : (page + 1) * PAGE]
    rows = [
        [button(f"{one.id} · {_what(one)}", OnBroken(part=part, act=MendingAct.OPEN, id=one.id))]
        for one in shown
    ]
    counted = "\n".join(_count(kind, now) for kind in kinds)
    lines = [_(EXPLAINED[part]), counted, *(_line(one, now) for one in shown)]
    text = "\n\n".join(filter(None, lines))
    if not broken:
        text = _("Nothing here. All is well.")
    turn = _turn(part, page, last)
    return Screen(text, _(TITLES[part]), inline(*rows, turn, [_to_status()]))


def _count(kind: KindCount, now: datetime) -> str:
    return _("· {kind}: {overdue} overdue, {failed} failed, the oldest for {time}").format(
        kind=words.reminder(kind.kind),
        overdue=kind.overdue,
        failed=kind.failed,
        time=how_long(now - kind.oldest),
    )


def _turn(part: StatusList, page: int, last: int) -> list[InlineKeyboardButton]:
    row = []
    if page > 0:
        row.append(button(_("‹ Older"), ToPart(part=part, page=page - 1)))
    if page < last:
        row.append(button(_("Newer ›"), ToPart(part=part, page=page + 1)))
    return row


def _to_status() -> InlineKeyboardButton:
    return button(_("‹ Status"), ToStatus())


def _what(one: Broken) -> str:
    """Name what is broken, for a button."""
    match one:
        case FailedUpdate():
            return words.update(one.kind)
        case StuckMessage():
            return _whom(one)
        case BrokenReminder():
            return words.reminder(one.kind)


def _line(one: Broken, now: datetime) -> str:
    """Say the main things in one line."""
    match one:
        case FailedUpdate():
            what = _("replay asked for") if one.asked else one.error.name or _("reason unknown")
            return f"{one.id} · {at_clock(one.at, now)} · {words.update(one.kind)} · {what}"
        case StuckMessage():
            kind = words.notice(one.kind)
            return f"{one.id} · {at_clock(one.at, now)} · {_whom(one)} · {kind}"
        case BrokenReminder():
            state = words.trouble(one)
            return f"{one.id} · {at_clock(one.due_at, now)} · {words.reminder(one.kind)} · {state}"


def _whom(one: StuckMessage) -> str:
    if one.to_group:
        return _("a group")
    return one.name or _("somebody not registered")


def update_screen(one: FailedUpdate, now: datetime) -> Screen:
    """Show a failed update: when, what kind, where in the code; never what it said."""
    lines = [
        _("When: {time}").format(time=at_clock(one.at, now)),
        _("What: {kind}").format(kind=words.update(one.kind)),
        _("Error: {name}").format(name=one.error.name or _("reason unknown")),
        *one.error.where,
    ]
    if one.asked:
        lines += ["", _("A replay has been asked for.")]
    title = _("⚠️ Failed update {id}").format(id=one.id)
    return _one(StatusList.UPDATES, one.id, title, lines, mendable=not one.asked)


def message_screen(one: StuckMessage, now: datetime) -> Screen:
    """Show a message that is stuck: to whom, what kind, when, and what became of it."""
    refused = one.refusal is not None
    lines = [
        _("To: {name}").format(name=_whom(one)),
        _("What: {kind}").format(kind=words.notice(one.kind)),
        _("When: {time}").format(time=at_clock(one.at, now)),
        "",
        _refused(one.refusal) if one.refusal is not None else _unsure(one),
    ]
    title = _("⛔ Refused message {id}") if refused else _("❔ Uncertain message {id}")
    part = StatusList.REFUSED if refused else StatusList.MESSAGES
    return _one(part, one.id, title.format(id=one.id), lines)


def _unsure(one: StuckMessage) -> str:
    if one.changes:
        return _("It changes an earlier message; to send it again does no harm.")
    return _("It may have arrived. Sent again, it says that it is a repeat.")


def _refused(refusal: str) -> str:
    told = refusal or _("reason unknown")
    return _("Telegram says: {reason}. It has not arrived.").format(reason=told)


def reminder_screen(one: BrokenReminder, now: datetime) -> Screen:
    """Show a reminder that failed, should have come by now, or was let go."""
    number = _("No. {number}").format(number=one.number) if one.number is not None else ""
    lines = [
        _("What: {kind}").format(kind=words.reminder(one.kind)),
        *([_("About: {number}").format(number=number)] if number else []),
        _("Due: {time}").format(time=at_clock(one.due_at, now)),
        _became(one, now),
    ]
    title = _("⏰ Reminder {id}").format(id=one.id)
    part = StatusList.LET_GO if one.trouble is Trouble.LET_GO else StatusList.REMINDERS
    return _one(part, one.id, title, lines, mendable=one.trouble is Trouble.FAILED)


def _became(one: BrokenReminder, now: datetime) -> str:
    """Say what is the matter with a reminder."""
    match one.trouble:
        case Trouble.FAILED:
            return _("Error: {name}").format(name=one.error or _("reason unknown"))
        case Trouble.OVERDUE:
            late = how_long(now - one.due_at)
            return _("Overdue for {time}: it comes as soon as it can.").format(time=late)
        case Trouble.LET_GO:
            at = at_clock(one.settled_at or one.due_at, now)
            return _("Let go {time}: {why}.").format(time=at, why=words.why(one.why))


def _one(
    part: StatusList, number: int, title: str, lines: Sequence[str], *, mendable: bool = True
) -> Screen:
    acts = []
    if mendable:
        again = button(_(AGAIN[part]), OnBroken(part=part, act=MendingAct.AGAIN, id=number))
        acts = [again, button(_("🗑 Drop"), OnBroken(part=part, act=MendingAct.DROP, id=number))]
    back = button(_("‹ Back"), ToPart(part=part))
    return Screen("\n".join(lines), title, inline(acts, [back]))


def not_for_you_screen() -> Screen:
    """Tell somebody without the right."""
    return Screen(_("The status is for staff and admins. The attempt has been noted."))
