"""How savings look to whoever has them, and disputes to whoever decides them."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.callups.callbacks import CallupAct, OnCallup
from handlers.clock_text import at_date, dated, local, on_date
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.poster import Poster
from handlers.posts.callbacks import MyShifts, ShiftsFile
from handlers.records.lists import LABEL_LENGTH, turn_row
from handlers.savings.callbacks import (
    AskPaper,
    OnTime,
    OnTransfer,
    PassOn,
    TimeAct,
    ToAccount,
    ToChecks,
    ToDisputes,
    ToSavings,
    TransferAct,
)
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, quoted
from handlers.volunteers.screens import spent
from models.callups.views import CallupDue
from models.names.views import Who
from models.posts.views import ShiftDue
from models.savings.rules import (
    CauseKind,
    Confirmer,
    MovePart,
    TimeMove,
    TimeState,
    TransferMove,
    TransferState,
)
from models.savings.views import (
    CheckedPaper,
    DecidedView,
    MonthView,
    PooledMove,
    SavingsBook,
    SavingsLine,
    SavingsPaper,
    TeamMonth,
    TimeView,
    TransferView,
)

CAUSES = {
    CauseKind.HELP: mark("🤝 Help for a neighbour"),
    CauseKind.CARE: mark("☕ Looking in on somebody"),
    CauseKind.SHIFT: mark("🧹 A shift"),
    CauseKind.CALLUP: mark("🚩 A call-up"),
    CauseKind.GIFT: mark("🎁 Passed on"),
    CauseKind.REVERSAL: mark("↩️ Put right: an earlier line was a mistake"),
    CauseKind.CORRECTION: mark("✏️ Put right: what counts instead"),
    CauseKind.LEFT: mark("👋 Left"),
}
CONFIRMED = {
    Confirmer.HELPED: mark("confirmed by whoever was helped"),
    Confirmer.SPEAKS: mark("confirmed by whoever speaks for them"),
    Confirmer.DESK: mark("confirmed on the phone, noted by the office"),
    Confirmer.LEAD: mark("confirmed by whoever led the shift"),
    Confirmer.SECRETARY: mark("confirmed by the community after hearing both sides"),
}
GIVEN = {
    TransferState.OFFERED: mark("🎁 {name} is asked whether they take {time}."),
    TransferState.TAKEN: mark("🎁 {name} has taken the {time} with thanks."),
    TransferState.DECLINED: mark("{name} would rather not have the {time}; it stays where it was."),
    TransferState.WITHDRAWN: mark("You have taken the {time} for {name} back."),
}
MINE = {
    TransferState.OFFERED: mark("🎁 {name} offers you {time}."),
    TransferState.TAKEN: mark("🎁 You have taken the {time} of {name}."),
    TransferState.DECLINED: mark("You said no to the {time} of {name}."),
    TransferState.WITHDRAWN: mark("{name} has taken the offer of {time} back."),
}
STATES = {
    TimeState.SAVED: mark("✅ Decided: it counts."),
    TimeState.DROPPED: mark("✕ Decided: it does not count."),
    TimeState.WITHDRAWN: mark("↩️ Taken back by whoever said so."),
}
DUE_SHOWN = 3
"""Shifts to come that stand above one's book; all stand in their own list."""
SHOWN = 6
"""Disputes on one screen, each with a button."""


def book_screen(
    book: SavingsBook,
    due: Sequence[ShiftDue | CallupDue],
    now: datetime,
    above: str = "",
    *,
    decides: bool = False,
) -> Screen:
    """Show when somebody is due, what they have given and have, and a page of their moves."""
    desk = [button(_("⚖️ Seen differently"), ToDisputes())] if decides else []
    looks = [button(_("🔎 A look at the time"), ToChecks())] if decides else []
    ours = [button(_("📊 Our community"), ToAccount())]
    comes = _due(due, now)
    if not book.lines.lines:
        none = _(
            "Nothing is here yet. When you have helped and your neighbour says that it was well, "
            "the time is noted by itself."
        )
        rows = [*_due_rows(due), ours, desk, looks, _back()]
        return Screen(paragraphs(above, comes, none), _("📒 My service"), inline(*rows))
    given = _("You have helped your neighbours for {time} in all. Thank you!")
    have = _("Of that {time} is yours to pass on.")
    text = paragraphs(
        above,
        comes,
        joined(given.format(time=spent(book.given)), have.format(time=spent(book.balance))),
        *(_line(one, now) for one in book.lines.lines),
    )
    turn = turn_row(book.lines, lambda page: ToSavings(page=page))
    pass_on = [
        [button(_("🎁 To my family"), PassOn(pool=False))],
        [button(_("🌱 To the pool"), PassOn(pool=True))],
    ]
    paper = [button(_("📜 Certificate"), AskPaper())] if book.given else []
    given_on = pass_on if book.balance else []
    rows = [turn, *_due_rows(due), *given_on, paper, ours, desk, looks, _back()]
    return Screen(text, _("📒 My service"), inline(*rows))


def _due(due: Sequence[ShiftDue | CallupDue], now: datetime) -> str:
    if not due:
        return ""
    lines = (
        f"🕑 {at_date(one.starts_at, now)}–{local(one.ends_at):%H:%M} · {one.title}\n📍 {one.where}"
        for one in due[:DUE_SHOWN]
    )
    rest = len(due) - DUE_SHOWN
    more = _("And {count} more.").format(count=rest) if rest > 0 else ""
    return joined(_("🗓 You are expected:"), *lines, more)


def _due_rows(due: Sequence[ShiftDue | CallupDue]) -> list[list[InlineKeyboardButton]]:
    file = [button(_("📅 Put into my calendar"), ShiftsFile())] if due else []
    called = dict.fromkeys(one.callup_id for one in due if isinstance(one, CallupDue))
    calls = [
        [button(_("🚩 The call-up"), OnCallup(act=CallupAct.OPEN, id=one))] for one in [*called][:2]
    ]
    return [*calls, [button(_("🗓 My shifts"), MyShifts())], file]


def gift_screen(view: TransferView, _now: datetime, above: str = "") -> Screen:
    """Show time that is passed on, to whoever offers or is offered it."""
    giver, time = _name(view.giver), spent(view.minutes)
    if TransferMove.TAKE not in view.moves:
        stands = (MINE if view.mine else GIVEN)[view.state]
        told = _(stands).format(name=giver if view.mine else _name(view.receiver), time=time)
        more = _("{time} of it was more than one person keeps, and went to the pool.")
        pooled = more.format(time=spent(view.pooled)) if view.pooled else ""
        back = button(_("↩️ Take it back"), OnTransfer(act=TransferAct.WITHDRAW, id=view.id))
        rows = [[back]] if TransferMove.WITHDRAW in view.moves else []
        return Screen(paragraphs(above, told, pooled), keyboard=inline(*rows, _look()))
    asks = _(
        "🎁 {name} helped neighbours and would like to pass {time} of it on to you. It is thanks, "
        "worth no money, and help stays free for everybody. Are you family, 60 or older, and do "
        "you take it?"
    )
    rows = [
        [button(_("✅ Yes, thank you"), OnTransfer(act=TransferAct.TAKE, id=view.id))],
        [button(_("No, thank you"), OnTransfer(act=TransferAct.DECLINE, id=view.id))],
    ]
    return Screen(paragraphs(above, asks.format(name=giver, time=time)), keyboard=inline(*rows))


def said_screen(told: str) -> Screen:
    """Say what came of saying how long it took."""
    return Screen(told, keyboard=inline([button(_("📋 My tasks"), Go(to="tasks"))], _look()))


def account_screen(months: Sequence[MonthView] | None, teams: Sequence[TeamMonth] = ()) -> Screen:
    """Show the months of a community that are over, in sums; `teams` to whoever answers for it."""
    if months is None:
        text = _("Please set your building in the settings first.")
    elif not months:
        text = _("Nothing is here yet: the sums of a month come when it is over.")
    else:
        text = paragraphs(*(_month(one) for one in months))
    by_team = (f"{one.month:%Y-%m} · {one.team} · {spent(60 * one.hours)}" for one in teams)
    of_teams = joined(_("🚩 Teams, for you alone:"), *by_team) if teams else ""
    return Screen(paragraphs(text, of_teams), _("📊 Our community"), inline(_look()))


def _month(one: MonthView) -> str:
    pooled = ""
    if one.pooled_hours is not None:
        pooled = _("🌱 To the pool: {time}").format(time=spent(60 * one.pooled_hours))
    return joined(
        f"{one.month:%Y-%m}", _("🤝 Time given: {time}").format(time=spent(60 * one.hours)), pooled
    )


def certificate(paper: SavingsPaper) -> Poster:
    """Return the page to print that says how much time somebody gave."""
    return Poster(
        _("Certificate of voluntary service"),
        (
            paper.name,
            _("has given neighbours {time}, free of charge").format(time=spent(paper.minutes)),
            _("up to {day}").format(day=dated(paper.made_at)),
            paper.community,
            _("No. {number} · code {code}").format(number=paper.number, code=paper.code),
        ),
        _("To check it, write to this bot: /check {code}").format(code=paper.code),
    )


def checked_screen(found: CheckedPaper | None) -> Screen:
    """Say what a certificate with a code says, without the name."""
    home = inline([button(_("🏠 Home"), Go(to="home"))])
    if found is None:
        none = _("No certificate of ours has this code. Please look at it once more: /check CODE")
        return Screen(none, keyboard=home)
    text = joined(
        _("This certificate is ours, but there is a newer one.")
        if found.newer
        else _("✅ This certificate is ours."),
        _("No. {number} · {day}").format(number=found.number, day=dated(found.made_at)),
        _("Given to: {surname}…").format(surname=found.surname) if found.surname else "",
        _("{time} of voluntary service").format(time=spent(found.minutes)),
        _("Time was put right since.") if found.corrected else "",
    )
    return Screen(text, keyboard=home)


def capped_screen(view: PooledMove, _now: datetime, above: str = "") -> Screen:
    """Say how much of some time went where: one person keeps only so much."""
    told = _(
        "Your time is confirmed, thank you! {saved} are yours, {pooled} went to the pool, for "
        "those who need it: one person keeps {most} at most."
    )
    text = told.format(saved=spent(view.saved), pooled=spent(view.pooled), most=spent(view.most))
    return Screen(paragraphs(above, text), keyboard=inline(_look()))


def disputes_screen(views: Sequence[TimeView], now: datetime, above: str = "") -> Screen:
    """List what both sides see differently, the oldest first."""
    title = _("⚖️ Seen differently")
    if not views:
        none = _("Nothing is disputed just now.")
        return Screen(paragraphs(above, none), title, inline(_look()))
    rest = len(views) - SHOWN
    more = _("And {count} more.").format(count=rest) if rest > 0 else ""
    rows = [
        [button(clip(_disputed(one, now), LABEL_LENGTH), OnTime(act=TimeAct.OPEN, id=one.id))]
        for one in views[:SHOWN]
    ]
    what = _(
        "Somebody says that they helped, and the other side that it was not so. Please hear both."
    )
    return Screen(paragraphs(above, what, more), title, inline(*rows, _look()))


def time_screen(view: TimeView, now: datetime, above: str = "") -> Screen:
    """Show time that was given, to whoever decides on it, or gave it."""
    text = joined(
        _(CAUSES[view.kind]),
        f"🕑 {on_date(view.done_at, now)} · {spent(view.minutes)}",
        _("🙋 {name} says: I was there.").format(name=_name(view.giver)),
        _("🏠 {name} says: it was not so.").format(name=_name(view.other)),
        _(STATES[view.state]) if view.state in STATES else "",
    )
    acts = (
        (TimeMove.KEEP, TimeAct.KEEP, _("✅ It counts")),
        (TimeMove.DROP, TimeAct.DROP, _("✕ It does not count")),
        (TimeMove.WITHDRAW, TimeAct.WITHDRAW, _("↩️ Take it back")),
    )
    rows = [
        [button(label, OnTime(act=act, id=view.id))]
        for move, act, label in acts
        if move in view.moves
    ]
    back = _look() if view.mine else [button(_("‹ Seen differently"), ToDisputes())]
    return Screen(paragraphs(above, text), _("⚖️ Whose word?"), inline(*rows, back))


def decided_screen(view: DecidedView, now: datetime, above: str = "") -> Screen:
    """Tell whoever gave time how it was decided."""
    told = _(
        "The community has heard both sides: the {time} of {day} are not counted. "
        "You can always talk to them about it."
    )
    if view.counts:
        told = _("✅ Your {time} of {day} count. Thank you!")
    return _told(told, view, now, above)


def reversed_screen(view: DecidedView, now: datetime, above: str = "") -> Screen:
    """Tell whoever gave time why a line was taken back."""
    told = _(
        "↩️ A line of your savings was put right: the {time} of {day} were taken back. Both lines "
        "stay in your book. You can always talk to the community about it."
    )
    if view.instead:
        told = _(
            "↩️ A line of your savings was put right: the {time} of {day} count as {instead} now. "
            "All lines stay in your book. You can always talk to the community about it."
        )
    return _told(told, view, now, above)


def _told(sentence: str, view: DecidedView, now: datetime, above: str) -> Screen:
    text = sentence.format(
        time=spent(view.minutes), day=on_date(view.done_at, now), instead=spent(view.instead)
    )
    why = quoted(view.reason) if view.reason else ""
    return Screen(paragraphs(above, text, why), keyboard=inline(_look()))


def _disputed(one: TimeView, now: datetime) -> str:
    return f"{on_date(one.done_at, now)} · {_name(one.giver)} · {spent(one.minutes)}"


def _name(who: Who | None) -> str:
    return who.name if who else _("a neighbour")


def _look() -> list[InlineKeyboardButton]:
    return [button(_("📒 My service"), ToSavings())]


def _back() -> list[InlineKeyboardButton]:
    return [button(_("‹ Lend a hand"), Go(to="lend"))]


def _line(one: SavingsLine, now: datetime) -> str:
    pooled = one.part is MovePart.POOL
    sign = "" if pooled else "+" if one.received else "−"
    return joined(
        f"{on_date(one.at, now)} · {_(CAUSES[one.kind])} · {sign}{spent(one.minutes)}",
        joined(
            _(CONFIRMED[one.confirmer]) if one.confirmer else "",
            _("went to the pool") if pooled else "",
            _("taken back") if one.reversed else "",
            gap=" · ",
        ),
    )
