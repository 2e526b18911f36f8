"""How far a broadcast is, and what came of it: counts, buildings, lists of people."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from handlers.broadcasts import labels
from handlers.broadcasts.callbacks import OnBroadcast, OnDoor, OnReport, OpenBroadcast
from handlers.broadcasts.screens.card import MOVES, title
from handlers.clock_text import at_clock
from handlers.i18n import gettext as _
from handlers.i18n import ngettext
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs, place_name
from models.broadcasts.rules.notices import Delivery, Does
from models.broadcasts.rules.reports import ARRIVED, NOT_REACHED, OPEN, Listing
from models.broadcasts.rules.states import Move, State
from models.broadcasts.views import (
    BroadcastReport,
    BuildingTally,
    KnockAt,
    Progress,
    RecipientLine,
    RecipientPage,
    RecipientTally,
)
from models.people.rules import Field

BAR = 12
"""Squares in the bar: they fit on one line of a small phone."""

SHOWN = (Move.PAUSE, Move.RESUME, Move.CANCEL)
NEVER_TRIED = (Delivery.MUTED, Delivery.OUT_OF_REACH)


def progress_screen(progress: Progress) -> Screen:
    """Show how far a broadcast is, with what its author may do about it."""
    view, tally = progress.broadcast, progress.tally
    text = paragraphs(_(labels.STATES[view.state]), _counts(tally), _rest(progress))
    moves = [
        button(_(MOVES[move]), OnBroadcast(id=view.id, move=move, version=view.version))
        for move in SHOWN
        if move in view.moves
    ]
    report: list[InlineKeyboardButton] = [button(_("📊 Report"), OnReport(id=view.id))]
    return Screen(text, title(view), inline(moves, report))


def bar(done: int, heads: int) -> str:
    """Draw how much is done; full only when all is."""
    filled = BAR if heads <= 0 else BAR * done // heads
    return "▓" * filled + "░" * (BAR - filled)


def left_of(tally: RecipientTally) -> int:
    """Count the copies that are not settled."""
    return sum(tally.by.get(one, 0) for one in OPEN)


def _counts(tally: RecipientTally) -> str:
    tried = tally.heads - sum(tally.by.get(one, 0) for one in NEVER_TRIED)
    left = left_of(tally)
    done = tried - left
    percent = 100 if tried <= 0 else 100 * done // tried
    failed = sum(tally.by.get(one, 0) for one in (Delivery.REFUSED, Delivery.FAILED))
    unsure = tally.by.get(Delivery.UNCERTAIN, 0)
    return joined(
        f"{bar(done, tried)} {percent}%",
        _("✅ sent {sent} of {tried}").format(sent=tally.by.get(Delivery.SENT, 0), tried=tried),
        _("🚫 refused or failed: {count}").format(count=failed) if failed else "",
        _("❔ uncertain: {count}").format(count=unsure) if unsure else "",
        _("⏳ left: {count}").format(count=left) if left else "",
        _("👀 received: {count}").format(count=tally.confirmed) if tally.confirmed else "",
    )


def _rest(progress: Progress) -> str:
    """Say how long it still takes; nothing where nothing is left, or where it does not go on."""
    if progress.broadcast.state is not State.SENDING or not left_of(progress.tally):
        return ""
    if progress.morning is not None:
        when = at_clock(progress.morning, progress.now)
        return _("🌙 Quiet hours: it goes on {when}.").format(when=when)
    minutes = progress.minutes_left
    return ngettext("About {count} minute left.", "About {count} minutes left.", minutes).format(
        count=minutes
    )


BUILDINGS = "building"
SHEET = "sheet"
REMIND = "remind"
"""Parts of a report beside its lists."""

BUILDINGS_A_PAGE = 12


def report_screen(report: BroadcastReport, told: str = "") -> Screen:
    """Show all counts, with a button for each list that has somebody on it."""
    text = paragraphs(told, _heads(report), _deliveries(report), _answers(report))
    return Screen(text, _title(report), inline(*_rows(report)))


def _title(report: BroadcastReport) -> str:
    return _("📊 Report · {broadcast}").format(broadcast=title(report.broadcast))


def _heads(report: BroadcastReport) -> str:
    heads = report.tally.heads
    return ngettext("👥 {count} recipient", "👥 {count} recipients", heads).format(count=heads)


def _deliveries(report: BroadcastReport) -> str:
    """Return a line for each delivery somebody stands in: they add up to the recipients."""
    lines = []
    for which, (sign, _called) in labels.DELIVERIES.items():
        count = report.tally.by.get(which, 0)
        if not count:
            continue
        lines.append(f"{sign} " + _counted(labels.delivery(which), count))
        if which is Delivery.REFUSED:
            lines += ["　· " + _counted(labels.why(w), n) for w, n in report.whys.items()]
    return joined(*lines)


def _answers(report: BroadcastReport) -> str:
    tally = report.tally
    offers = {offer.does for offer in report.broadcast.offers}
    asked = Does.RECEIVED in offers
    repeated = _("🔁 went twice, as an answer was lost, and say so: {count}")
    return joined(
        "👀 " + _counted(_("confirmed 'received'"), tally.confirmed) if asked else "",
        "✋ " + _counted(_("signed up"), tally.signed_up) if Does.SIGN_UP in offers else "",
        repeated.format(count=tally.repeated) if tally.repeated else "",
    )


def _counted(called: str, count: int) -> str:
    return _("{what}: {count}").format(what=called, count=count)


def _rows(report: BroadcastReport) -> list[list[InlineKeyboardButton]]:
    broadcast_id = report.broadcast.id
    lists = [
        button(f"{labels.listing(which)} ({count})", OnReport(id=broadcast_id, part=which))
        for which, count in listed(report).items()
        if count
    ]
    pairs = [lists[at : at + 2] for at in range(0, len(lists), 2)]
    silent = listed(report)[Listing.UNCONFIRMED]
    remind = button(
        _("🔔 Remind those who have not confirmed"), OnReport(id=broadcast_id, part=REMIND)
    )
    return [
        *pairs,
        [
            button(_("🏠 By building"), OnReport(id=broadcast_id, part=BUILDINGS)),
            button(_("📄 Spreadsheet"), OnReport(id=broadcast_id, part=SHEET)),
        ],
        [remind] if silent and report.mine else [],
        [
            button(_("🔄 Look again"), OnReport(id=broadcast_id)),
            button(_("‹ Broadcast"), OpenBroadcast(id=broadcast_id)),
        ],
    ]


def listed(report: BroadcastReport) -> dict[Listing, int]:
    """Count who stands on each list: what its button says. Whoever has left stands on none.

    Nobody has to confirm what has no button for it, as a roll-call has not.
    """
    tally = report.tally
    asked = any(offer.does is Does.RECEIVED for offer in report.broadcast.offers)
    arrived = sum(tally.by.get(one, 0) for one in ARRIVED) if asked else 0
    return {
        Listing.UNCONFIRMED: max(0, arrived - tally.confirmed),
        Listing.SIGNED_UP: tally.signed_up,
        Listing.REFUSED: tally.by.get(Delivery.REFUSED, 0),
        Listing.FAILED: tally.by.get(Delivery.FAILED, 0),
        Listing.UNCERTAIN: tally.by.get(Delivery.UNCERTAIN, 0),
        Listing.KNOCK: sum(tally.by.get(one, 0) for one in NOT_REACHED),
        Listing.KEPT: report.kept,
    }


def buildings_screen(
    report: BroadcastReport, buildings: Sequence[BuildingTally], page: int
) -> Screen:
    """Show the counts of each building, page by page."""
    start = page * BUILDINGS_A_PAGE
    shown = buildings[start : start + BUILDINGS_A_PAGE]
    more = len(buildings) > start + BUILDINGS_A_PAGE
    text = paragraphs(*(_building(one) for one in shown)) or _("Nobody is on this list.")
    broadcast_id = report.broadcast.id
    keys = inline(_turning(broadcast_id, BUILDINGS, page, more=more), _back(broadcast_id))
    return Screen(
        text, _("🏠 By building · {broadcast}").format(broadcast=title(report.broadcast)), keys
    )


def _building(one: BuildingTally) -> str:
    where = place_name(one.where) if one.where else _("without a home here")
    heads = ngettext("{count} recipient", "{count} recipients", one.heads).format(count=one.heads)
    counts = [
        f"{sign} {one.by[which]}"
        for which, (sign, _called) in labels.DELIVERIES.items()
        if one.by.get(which)
    ]
    return joined(f"📍 {where} · {heads}", " · ".join([*counts, f"👀 {one.confirmed}"]))


def list_screen(page: RecipientPage) -> Screen:
    """Show a page of a list: names by building, why where they were not reached."""
    knock = page.listing is Listing.KNOCK
    intro = _("Nobody of these knows of it. Tap a name for door and phone: the look is noted.")
    text = paragraphs(intro if knock and page.lines else "", _by_place(page.lines))
    doors = (
        [
            button(f"🚪 {line.name}", OnDoor(id=page.broadcast_id, person_id=line.person_id))
            for line in page.lines
        ]
        if knock
        else []
    )
    pairs = [doors[at : at + 2] for at in range(0, len(doors), 2)]
    turning = _turning(page.broadcast_id, page.listing, page.page, more=page.more)
    return Screen(
        text or _("Nobody is on this list."),
        labels.listing(page.listing),
        inline(*pairs, turning, _back(page.broadcast_id)),
    )


def _by_place(lines: Sequence[RecipientLine]) -> str:
    """Put names below their building, which is named once."""
    parts: list[str] = []
    named: object = object()
    for line in lines:
        if line.where != named:
            named = line.where
            where = place_name(line.where) if line.where else _("without a home here")
            parts.append(("\n" if parts else "") + f"📍 {where}")
        name = line.name or _("a neighbour")
        why = labels.why(line.why)
        parts.append(f"· {name} ({why})" if why else f"· {name}")
    return joined(*parts)


def door_screen(broadcast_id: int, door: KnockAt) -> Screen:
    """Show where to knock, and the number to ring."""
    none = _("not given")
    text = joined(
        f"📍 {place_name(door.who.where)}" if door.who.where else "",
        _("Door: {door}").format(door=door.fields.get(Field.DOOR) or none),
        _("Phone: {phone}").format(phone=door.fields.get(Field.PHONE) or none),
        "",
        _("They can see that you looked."),
    )
    back = button(labels.listing(Listing.KNOCK), OnReport(id=broadcast_id, part=Listing.KNOCK))
    return Screen(text, f"🚪 {door.who.name}", inline([back]))


def _back(broadcast_id: int) -> list[InlineKeyboardButton]:
    return [button(_("‹ Report"), OnReport(id=broadcast_id))]


def _turning(broadcast_id: int, part: str, page: int, *, more: bool) -> list[InlineKeyboardButton]:
    row = []
    if page:
        row.append(button("‹", OnReport(id=broadcast_id, part=part, page=page - 1)))
    if more:
        row.append(button("›", OnReport(id=broadcast_id, part=part, page=page + 1)))
    return row
