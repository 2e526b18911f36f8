"""How lists of meetings, of guests and of action items look, a page at a time."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Button, Go
from handlers.clock_text import at_date, on_date
from handlers.i18n import gettext as _
from handlers.meetings import labels
from handlers.meetings.callbacks import (
    ItemAct,
    MeetingAct,
    OnGuests,
    OnItem,
    OnItems,
    OnMeeting,
    OnMeetings,
    OpenMeeting,
    Tick,
)
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, place_name
from models.meetings.rules.notices import State
from models.meetings.views import GuestLine, GuestPage, ItemPage, ItemView, MeetingLine, MeetingPage

PAGE = 6
"""Meetings or action items on one page: with their buttons they fill a phone's screen once."""
GUESTS = 25
"""Guests on one page, a line each."""
LABEL_LENGTH = 40
NAME_LENGTH = 20
"""Two names stand side by side."""


def meetings_screen(found: MeetingPage, now: datetime) -> Screen:
    """List the meetings that somebody is invited to or answers for, what is to come first."""
    text = paragraphs(*(_meeting(line, now) for line in found.lines))
    if not found.lines:
        text = _(
            "You are not invited to a meeting yet. Whoever proposes something, or seconds it, is "
            "invited when it is deliberated."
        )
    rows = [[_open(line, now)] for line in found.lines]
    before = OnMeetings(page=max(0, found.page - 1))
    turn = _turn(found.page, found.pages, before, OnMeetings(page=found.page + 1))
    items = [button(_("📋 My action items ({count})").format(count=found.items), OnItems())]
    return Screen(
        text, _("📅 My meetings"), inline(*rows, turn, items, [button(_("🏠 Home"), Go(to="home"))])
    )


def _meeting(line: MeetingLine, now: datetime) -> str:
    titles = _(", ").join(line.titles)
    return joined(
        f"🕑 {at_date(line.starts_at, now)} · {place_name(line.community)}", titles, _state(line)
    )


def _state(line: MeetingLine) -> str:
    if line.state is State.OFF:
        return _("✕ Called off.")
    held = _("📝 The minutes are published.") if line.state is State.HELD else ""
    if held:
        return held
    return labels.reply(line.reply) if line.invited else _("🗂 Of your desk; you are not invited.")


def _open(line: MeetingLine, now: datetime) -> InlineKeyboardButton:
    label = f"📅 {at_date(line.starts_at, now)} · {_(', ').join(line.titles)}"
    return button(clip(label, LABEL_LENGTH), OpenMeeting(id=line.meeting_id))


def _turn(page: int, pages: int, before: Button, after: Button) -> list[InlineKeyboardButton]:
    row = [button(_("‹ Previous"), before)] if page > 0 else []
    return [*row, button(_("More ›"), after)] if page < pages - 1 else row


def guests_screen(found: GuestPage) -> Screen:
    """List the guests: who said what, who came."""
    text = paragraphs(labels.counts(found.counts), joined(*(_guest(line) for line in found.lines)))
    before = OnGuests(id=found.meeting_id, page=max(0, found.page - 1))
    after = OnGuests(id=found.meeting_id, page=found.page + 1)
    turn = _turn(found.page, found.pages, before, after)
    back = [button(_("‹ The meeting"), OpenMeeting(id=found.meeting_id))]
    ticks = [_tick(line, found) for line in found.lines] if found.may_tick else []
    if ticks:
        text = paragraphs(text, _("Somebody came without a phone? Tap their name."))
    rows = [ticks[start : start + 2] for start in range(0, len(ticks), 2)]
    return Screen(text, _("👥 Who comes"), inline(*rows, turn, back))


def _tick(line: GuestLine, found: GuestPage) -> InlineKeyboardButton:
    """Make the button that notes a guest, or takes the note back."""
    to = Tick(guest=line.guest_id, came=not line.came, id=found.meeting_id, page=found.page)
    name = line.name or _("a neighbour")
    return button(clip(f"{'☑️' if line.came else '⬜'} {name}", NAME_LENGTH), to)


def _guest(line: GuestLine) -> str:
    name = line.name or _("a neighbour")
    instead = _("instead of {name}").format(name=line.instead_of.name) if line.instead_of else ""
    came = _("📍 is here") if line.came else ""
    return joined(f"{name} · {labels.reply(line.reply)}", instead, came, gap=" · ")


def items_screen(found: ItemPage, now: datetime, said: str = "") -> Screen:
    """List the action items of a meeting or of the reader, open ones first."""
    own = found.meeting_id is None
    none = _("There is nothing for you to do.") if own else _("No action items yet.")
    text = paragraphs(said, *(item_words(line, now, own=own) for line in found.lines))
    before = OnItems(meeting_id=found.meeting_id, page=max(0, found.page - 1))
    turn = _turn(
        found.page, found.pages, before, OnItems(meeting_id=found.meeting_id, page=found.page + 1)
    )
    rows = [[_item(line)] for line in found.lines]
    return Screen(
        text if found.lines else paragraphs(said, none),
        _("📋 My action items") if own else _("📋 Action items"),
        inline(*rows, turn, *_below(found)),
    )


def _below(found: ItemPage) -> Sequence[list[InlineKeyboardButton]]:
    if found.meeting_id is None:
        return [[button(_("‹ My meetings"), OnMeetings())]]
    add = OnMeeting(act=MeetingAct.ITEM, id=found.meeting_id)
    return [
        [button(_("➕ An action item"), add)] if found.may_add else [],
        [button(_("‹ The meeting"), OpenMeeting(id=found.meeting_id))],
    ]


def _item(line: ItemView) -> InlineKeyboardButton:
    sign = "✅" if line.done_at else "⏰" if line.overdue else "📋"
    label = clip(f"{sign} {line.words}", LABEL_LENGTH)
    return button(label, OnItem(act=ItemAct.OPEN, id=line.item_id))


def item_words(line: ItemView, now: datetime, *, own: bool = False) -> str:
    """Say what is to be done, by whom and when, and how it stands."""
    owner = line.owner.name if line.owner else _("Somebody who has left")
    return joined(
        f"• {line.words}", "" if own else f"👤 {owner}", _due(line, now), line.done_words or ""
    )


def _due(line: ItemView, now: datetime) -> str:
    if line.done_at is not None:
        return _("✅ Done {day}").format(day=on_date(line.done_at, now))
    day = on_date(line.due_at, now)
    if line.overdue:
        return _("⏰ Should have been done by {day}").format(day=day)
    return _("🕑 By {day}").format(day=day)


def item_screen(line: ItemView, now: datetime, said: str = "", *, card: bool = False) -> Screen:
    """Show one action item, with what its reader may do."""
    met = _("Agreed at the meeting of {day}: {titles}").format(
        day=on_date(line.met_at, now), titles=_(", ").join(line.titles)
    )
    done = [button(_("✅ It is done"), OnItem(act=ItemAct.DONE, id=line.item_id))]
    meeting = [button(_("📂 Open the meeting"), OpenMeeting(id=line.meeting_id, below=card))]
    mine = [] if card else [button(_("📋 My action items"), OnItems())]
    text = paragraphs(said, item_words(line, now), met)
    rows = (done if line.may_finish else [], meeting, mine)
    return Screen(text, _("📋 Action item"), inline(*rows))
