"""How savings look to whoever has them, and disputes to whoever decides them."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.clock_text import on_date
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.poster import Poster
from handlers.records.lists import LABEL_LENGTH, turn_row
from handlers.savings.callbacks import (
    AskPaper,
    DisputeAct,
    OnDispute,
    OnTransfer,
    PassOn,
    ToAccount,
    ToDisputes,
    ToSavings,
    TransferAct,
)
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, quoted
from handlers.volunteers.screens import spent
from models.names.views import Who
from models.savings.rules import (
    CauseKind,
    Confirmer,
    DisputeMove,
    DisputeState,
    MovePart,
    TransferState,
)
from models.savings.views import (
    CheckedPaper,
    DecidedView,
    DisputeView,
    PooledMove,
    PublicAccount,
    SavingsBook,
    SavingsLine,
    SavingsPaper,
    TransferView,
)

CAUSES = {
    CauseKind.HELP: mark("🤝 Help for a neighbour"),
    CauseKind.CARE: mark("☕ Looking in on somebody"),
    CauseKind.SHIFT: mark("🧹 A shift"),
    CauseKind.GIFT: mark("🎁 Passed on"),
    CauseKind.REVERSAL: mark("↩️ Put right: an earlier line was a mistake"),
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
    TransferState.WITHDRAWN: mark("{name} is offered the {time} no more."),
}
STATES = {
    DisputeState.KEPT: mark("✅ Decided: it counts."),
    DisputeState.DROPPED: mark("✕ Decided: it does not count."),
}
SHOWN = 6
"""Disputes on one screen, each with a button."""


def book_screen(
    book: SavingsBook, now: datetime, above: str = "", *, decides: bool = False
) -> Screen:
    """Show what somebody has given and has, and a page of their moves."""
    desk = [button(_("⚖️ Seen differently"), ToDisputes())] if decides else []
    ours = [button(_("📊 Our community"), ToAccount())]
    if not book.lines.lines:
        none = _(
            "Nothing is here yet. When you have helped and your neighbour says that it was well, "
            "the time is noted by itself."
        )
        rows = [ours, desk, _back()]
        return Screen(paragraphs(above, none), _("📒 My service"), inline(*rows))
    given = _("You have helped your neighbours for {time} in all. Thank you!")
    have = _("Of that {time} is yours to pass on.")
    text = paragraphs(
        above,
        joined(given.format(time=spent(book.given)), have.format(time=spent(book.balance))),
        *(_line(one, now) for one in book.lines.lines),
    )
    turn = turn_row(book.lines, lambda page: ToSavings(page=page))
    pass_on = [
        [button(_("🎁 To my family"), PassOn(pool=False))],
        [button(_("🌱 To the pool"), PassOn(pool=True))],
    ]
    paper = [button(_("📜 Certificate"), AskPaper())] if book.given else []
    rows = [turn, *(pass_on if book.balance else []), paper, ours, desk, _back()]
    return Screen(text, _("📒 My service"), inline(*rows))


def gift_screen(view: TransferView, _now: datetime, above: str = "") -> Screen:
    """Show time that is passed on, to whoever offers or is offered it."""
    giver, time = _name(view.giver), spent(view.minutes)
    if not view.asks:
        stands = _(GIVEN[view.state]).format(name=_name(view.receiver), time=time)
        return Screen(paragraphs(above, stands), keyboard=inline(_look()))
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


def account_screen(account: PublicAccount | None) -> Screen:
    """Show the month of a community, in sums."""
    if account is None:
        text = _("Please set your building in the settings first.")
    elif not account.givers:
        text = _("This month it is still few people, so no sums are shown yet.")
    else:
        text = joined(
            _("This month {count} neighbours helped others.").format(count=account.givers),
            _("🤝 Time given: {time}").format(time=spent(account.minutes)),
            _("🌱 To the pool: {time}").format(time=spent(account.pooled)),
        )
    return Screen(text, _("📊 Our community"), inline(_look()))


def certificate(paper: SavingsPaper, now: datetime) -> Poster:
    """Return the page to print that says how much time somebody gave."""
    return Poster(
        _("Certificate of voluntary service"),
        (
            _("{name} has helped neighbours for {time} in all, free of charge.").format(
                name=paper.name, time=spent(paper.minutes)
            ),
            _("Every hour was confirmed by whoever was helped, or who led the service."),
            _("No. {number} · {day}").format(number=paper.number, day=on_date(paper.made_at, now)),
        ),
        _("To check it, write to this bot: /check {code}").format(code=paper.code),
    )


def checked_screen(found: CheckedPaper | None, now: datetime) -> Screen:
    """Say what a certificate with a code says, without the name."""
    home = inline([button(_("🏠 Home"), Go(to="home"))])
    if found is None:
        none = _("No certificate of ours has this code. Please look at it once more: /check CODE")
        return Screen(none, keyboard=home)
    text = joined(
        _("✅ This certificate is ours."),
        _("No. {number} · {day}").format(number=found.number, day=on_date(found.made_at, now)),
        _("Given to: {surname}…").format(surname=found.surname) if found.surname else "",
        _("{time} of voluntary service").format(time=spent(found.minutes)),
    )
    return Screen(text, keyboard=home)


def capped_screen(view: PooledMove, _now: datetime, above: str = "") -> Screen:
    """Say that time went to the pool, for one person keeps only so much."""
    told = _(
        "Your time is confirmed. One person keeps {most} at most, so {time} went to the pool of "
        "the community, for those who need it. Thank you!"
    )
    text = told.format(most=spent(view.most), time=spent(view.minutes))
    return Screen(paragraphs(above, text), keyboard=inline(_look()))


def disputes_screen(views: Sequence[DisputeView], now: datetime, above: str = "") -> Screen:
    """List what both sides see differently, the oldest first."""
    title = _("⚖️ Seen differently")
    if not views:
        none = _("Nothing is disputed just now.")
        return Screen(paragraphs(above, none), title, inline(_look()))
    rest = len(views) - SHOWN
    more = _("And {count} more.").format(count=rest) if rest > 0 else ""
    rows = [
        [button(clip(_disputed(one, now), LABEL_LENGTH), OnDispute(act=DisputeAct.OPEN, id=one.id))]
        for one in views[:SHOWN]
    ]
    what = _("Help was given, and the other side says that it was not well. Whom do you hear?")
    return Screen(paragraphs(above, what, more), title, inline(*rows, _look()))


def dispute_screen(view: DisputeView, now: datetime, above: str = "") -> Screen:
    """Show what both sides say, to whoever decides."""
    text = joined(
        _(CAUSES[view.kind]),
        f"🕑 {on_date(view.done_at, now)} · {spent(view.minutes)}",
        _("🙋 {name} says: I was there.").format(name=_name(view.giver)),
        _("🏠 {name} says: it was not well.").format(name=_name(view.other)),
        _(STATES[view.state]) if view.state in STATES else "",
        quoted(view.reason) if view.reason else "",
    )
    acts = (
        (DisputeMove.KEEP, DisputeAct.KEEP, _("✅ It counts")),
        (DisputeMove.DROP, DisputeAct.DROP, _("✕ It does not count")),
    )
    rows = [
        [button(label, OnDispute(act=act, id=view.id))]
        for move, act, label in acts
        if move in view.moves
    ]
    back = [button(_("‹ Seen differently"), ToDisputes())]
    return Screen(paragraphs(above, text), _("⚖️ Whose word?"), inline(*rows, back))


def decided_screen(view: DecidedView, now: datetime, above: str = "") -> Screen:
    """Tell whoever gave time how it was decided."""
    if view.state is DisputeState.KEPT:
        told = _("✅ The community has heard both sides: your {time} of {day} count. Thank you!")
    else:
        told = _(
            "The community has heard both sides: the {time} of {day} are not counted. "
            "You can always talk to them about it."
        )
    return _told(told, view, now, above)


def reversed_screen(view: DecidedView, now: datetime, above: str = "") -> Screen:
    """Tell whoever gave time why a line was taken back."""
    told = _(
        "↩️ A line of your savings was put right: the {time} of {day} were taken back. Both lines "
        "stay in your book. You can always talk to the community about it."
    )
    return _told(told, view, now, above)


def _told(sentence: str, view: DecidedView, now: datetime, above: str) -> Screen:
    text = sentence.format(time=spent(view.minutes), day=on_date(view.done_at, now))
    why = quoted(view.reason) if view.reason else ""
    return Screen(paragraphs(above, text, why), keyboard=inline(_look()))


def _disputed(one: DisputeView, now: datetime) -> str:
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
