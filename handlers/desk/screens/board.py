"""The desk's first screen, and what it leads to: those who offer to help, spreadsheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.broadcasts.callbacks import Browse
from handlers.callbacks import Go
from handlers.categories import category
from handlers.clock_text import at_clock
from handlers.daychecks.callbacks import ToSilent
from handlers.desk.callbacks import (
    ApplicantAct,
    AtDesk,
    DeskAct,
    OnApplicant,
    OnDesk,
    OnSearch,
    OpenCase,
    TakeSheet,
    ToCalls,
)
from handlers.duty.callbacks import OnDuty
from handlers.early.callbacks import ToEarly
from handlers.help.screens import deadlines, lines
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.proposals.callbacks import OnReception
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs, place_name
from handlers.volunteers.words import groups_of, hours_words, skills_words
from models.help.rules.policy import Urgency
from models.help.rules.search import Sheet
from models.help.views import DeskPage, FoundPage, RequestLine
from models.volunteers.rules import State
from models.volunteers.views import Application


@dataclass(frozen=True)
class DeskCounts:
    """What stands on top of the desk."""

    open: int
    mine: int
    applicants: int
    early: int = 0
    """Early items that are not settled; 0 for whoever has no list of them."""
    calls: int = 0
    """Silent residents to be rung now."""
    orders: int = 0
    """Standing orders that the reader supervises or has to put right."""
    proposals: int = 0
    """Proposals that wait at the reception."""
    silent: int = 0
    """Days of which nobody knows whether somebody is well, or with a voice to be listened to."""


def board_screen(page: DeskPage, counts: DeskCounts, now: datetime, *, mine: bool) -> Screen:
    """Show one page of what is open, what is due next first."""
    none = _nothing(counts)
    text = paragraphs(_counted(counts), *(_line(line, now) for line in page.lines))
    if not page.lines:
        text = paragraphs(_counted(counts), none)
    rows = [[_open(line, now)] for line in page.lines]
    title = _("🗂 Desk: mine") if mine else _("🗂 Desk")
    return Screen(text, title, inline(*rows, _pages(page, mine=mine), *_below(counts, mine=mine)))


def _nothing(counts: DeskCounts) -> str:
    """Say that no request is open, and that all is done only where nothing else waits."""
    others = (
        counts.applicants,
        counts.early,
        counts.calls,
        counts.orders,
        counts.proposals,
        counts.silent,
    )
    if any(others):
        return _("No request for help is open here. What else waits stands on the buttons below.")
    return _("Nothing is open here. Well done!")


def _counted(counts: DeskCounts) -> str:
    return _("Open: {open} · Mine: {mine} · Volunteers to approve: {applicants}").format(
        open=counts.open, mine=counts.mine, applicants=counts.applicants
    )


def _line(line: RequestLine, now: datetime) -> str:
    state = f"{lines.state_sign(line.state)} {lines.state(line.state, unsaid=line.unconfirmed)}"
    owner = line.owner.name if line.owner else _("nobody")
    marks = joined(
        _("☎️ ring back") if line.unconfirmed else "",
        "🆘" if line.urgency is Urgency.EMERGENCY else "",
        gap=" ",
    )
    return joined(
        joined(lines.title(line.number, line.category), marks, gap=" · "),
        f"📍 {place_name(line.where)} · 👤 {line.beneficiary.name}",
        joined(
            state,
            deadlines.due(line, now),
            _("owner: {name}").format(name=owner),
            gap=" · ",
        ),
    )


def _open(line: RequestLine, now: datetime) -> InlineKeyboardButton:
    mark = "⏰ " if deadlines.is_late(line, now) else "⏸ " if line.wait else ""
    label = _("No. {number} · {category}").format(
        number=line.number, category=category(line.category)
    )
    return button(mark + label, OpenCase(id=line.request_id))


def _pages(page: DeskPage, *, mine: bool) -> list[InlineKeyboardButton]:
    row = []
    if page.page > 0:
        row.append(button(_("‹ Sooner"), OnDesk(page=page.page - 1, mine=mine)))
    if page.page < page.pages - 1:
        row.append(button(_("Later ›"), OnDesk(page=page.page + 1, mine=mine)))
    return row


def _below(counts: DeskCounts, *, mine: bool) -> list[list[InlineKeyboardButton]]:
    other = (
        button(_("🗂 All open"), OnDesk())
        if mine
        else button(_("👤 Only mine ({count})").format(count=counts.mine), OnDesk(mine=True))
    )
    applicants = _("🙋 Volunteers to approve ({count})").format(count=counts.applicants)
    waiting = [button(applicants, AtDesk(act=DeskAct.APPLICANTS))] if counts.applicants else []
    reception = _("📨 Proposals to answer ({count})").format(count=counts.proposals)
    early = _("🌱 Before the next complaint ({count})").format(count=counts.early)
    unheard = _("🔴 Nobody knows whether they are well ({count})").format(count=counts.silent)
    return [
        [button(unheard, ToSilent())] if counts.silent else [],
        [other, button(_("🔎 Find a request"), AtDesk(act=DeskAct.FIND))],
        waiting,
        _silent(counts),
        [button(reception, OnReception())] if counts.proposals else [],
        [button(early, ToEarly())] if counts.early else [],
        [button(_("➕ Write one down for somebody"), AtDesk(act=DeskAct.FILE))],
        [
            button(_("📢 Broadcasts"), Browse(which="mine")),
            button(_("🚨 Roll-call"), Go(to="rollcall")),
        ],
        [
            button(_("🗓 Duty and desk hours"), OnDuty()),
            button(_("📊 Spreadsheets"), AtDesk(act=DeskAct.SHEETS)),
        ],
    ]


def _silent(counts: DeskCounts) -> list[InlineKeyboardButton]:
    calls = _("☎️ Ring back ({count})").format(count=counts.calls)
    orders = _("📋 Orders ({count})").format(count=counts.orders)
    return [
        *([button(calls, ToCalls())] if counts.calls else []),
        *([button(orders, Go(to="orders"))] if counts.orders else []),
    ]


def found_screen(page: FoundPage, now: datetime) -> Screen:
    """Show a page of what was found. What was sought is not said: it may be a phone number."""
    title = _("🔎 Found: {count}").format(count=page.total)
    below = [button(_("🔎 Find another"), AtDesk(act=DeskAct.FIND)), to_desk()]
    if not page.lines:
        return Screen(_("There is no such request at your places."), title, inline(below))
    turning = [
        button(label, OnSearch(number=page.number, page=to))
        for label, to in ((_("‹ Previous"), page.page - 1), (_("More ›"), page.page + 1))
        if 0 <= to < page.pages
    ]
    text = paragraphs(*(_line(line, now) for line in page.lines))
    return Screen(text, title, inline(*([_open(line, now)] for line in page.lines), turning, below))


def search_again() -> str:
    """Say that a page belongs to a search that is no longer the last."""
    return _("You have searched for something else since. Please search again.")


def no_desk_screen() -> Screen:
    """Tell somebody without a desk."""
    return Screen(_("The desk is for the staff of a community. The attempt has been noted."))


def to_desk() -> InlineKeyboardButton:
    """Make the button that leads back to the desk."""
    return button(_("‹ Desk"), OnDesk())


LABELS = {
    Sheet.REQUESTS: mark("📄 Requests of a year"),
    Sheet.HOURS: mark("🕑 Hours given in a year"),
    Sheet.CALLS: mark("☎️ Who is to be rung"),
}

CAPTIONS = {
    Sheet.REQUESTS: mark("The requests of your places. It names people: keep it to yourself."),
    Sheet.HOURS: mark("What volunteers gave. It names people: keep it to yourself."),
    Sheet.CALLS: mark(
        "Who is to be rung, with phones. Everybody in it can see that you looked. Keep it to "
        "yourself, and delete it when you are through."
    ),
}


def sheets_screen() -> Screen:
    """Offer what can be taken along."""
    words = _(
        "A file of your places, to work on or to report from. That you took it is written down; "
        "phone numbers stand only in the list of who is to be rung."
    )
    rows = [[button(_(label), TakeSheet(sheet=sheet))] for sheet, label in LABELS.items()]
    return Screen(words, _("📊 Spreadsheets"), inline(*rows, [to_desk()]))


DECIDED = {
    State.ACTIVE: mark("✅ Approved."),
    State.PAUSED: mark("✅ Approved; taking a break at the moment."),
    State.REFUSED: mark("✕ Refused."),
    State.LEFT: mark("Withdrawn."),
}


def applicants_screen(waiting: Sequence[Application], said: str = "") -> Screen:
    """List who waits for approval, the oldest first."""
    title = _("🙋 Volunteers to approve")
    text = paragraphs(said, _("Tap a name to see what they offer."))
    if not waiting:
        text = paragraphs(said, _("Nobody is waiting. Well done!"))
    rows = [[_open_applicant(one)] for one in waiting]
    return Screen(text, title, inline(*rows, [to_desk()]))


def _open_applicant(one: Application) -> InlineKeyboardButton:
    return button(f"🙋 {one.name}", OnApplicant(act=ApplicantAct.OPEN, id=one.person_id))


def applicant_screen(one: Application, places: Mapping[int, str], now: datetime) -> Screen:
    """Show what somebody offers, with the decision to be made or made; places named by id."""
    home = places.get(one.place_id or 0, "")
    served = _(", ").join(places[key] for key in sorted(one.offered.places) if key in places)
    offered = joined(
        "🏠 " + _("Lives at {place}").format(place=home) if home else "",
        "🧰 " + (skills_words(one.offered.skills) or _("whatever is needed")),
        "📍 " + served,
        "🕑 " + (hours_words(groups_of(one.offered.hours)) or _("some hours of the week")),
        _("Signed up {time}").format(time=at_clock(one.applied_at, now)),
    )
    title = _("🙋 {name} would like to help").format(name=one.name)
    if one.state is not State.APPLIED:
        return Screen(paragraphs(_(DECIDED[one.state]), offered), title)
    approve = _tap(_("✅ Approve"), ApplicantAct.APPROVE, one.person_id)
    refuse = _tap(_("✕ Refuse"), ApplicantAct.ASK_REFUSE, one.person_id)
    return Screen(offered, title, inline([approve], [refuse]))


def ask_refuse_screen(one: Application) -> Screen:
    """Ask whether to refuse, with a reason or without."""
    text = _("Refuse the sign-up of {name}? A reason in a few words is kind.").format(name=one.name)
    with_reason = _tap(_("✍️ With a reason"), ApplicantAct.REFUSE_WITH_REASON, one.person_id)
    without = _tap(_("✕ Without a reason"), ApplicantAct.REFUSE, one.person_id)
    back = button(_("‹ Back"), AtDesk(act=DeskAct.APPLICANTS))
    return Screen(text, keyboard=inline([with_reason], [without], [back]))


def _tap(label: str, act: ApplicantAct, person_id: int) -> InlineKeyboardButton:
    return button(label, OnApplicant(act=act, id=person_id))
