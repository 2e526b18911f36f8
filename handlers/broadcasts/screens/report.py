"""What came of a broadcast: the counts, by building, and the lists of people."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from handlers.broadcasts import report_words
from handlers.broadcasts.callbacks import OnDoor, OnReport, OpenBroadcast
from handlers.broadcasts.screens.card import title
from handlers.i18n import gettext as _
from handlers.i18n import ngettext
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs, place_name
from models.broadcasts.rules.notices import Delivery, Does
from models.broadcasts.rules.reports import ARRIVED, NOT_REACHED, Listing
from models.broadcasts.views import BuildingTally, Door, RecipientLine, RecipientPage, Report
from models.people.rules import Field

BUILDINGS = "building"
SHEET = "sheet"
REMIND = "remind"
"""Parts of a report beside its lists."""

BUILDINGS_A_PAGE = 12


def report_screen(report: Report, told: str = "") -> Screen:
    """Show all counts, with a button for each list that has somebody on it."""
    text = paragraphs(told, _heads(report), _deliveries(report), _answers(report))
    return Screen(text, _title(report), inline(*_rows(report)))


def _title(report: Report) -> str:
    return _("📊 Report · {broadcast}").format(broadcast=title(report.broadcast))


def _heads(report: Report) -> str:
    heads = report.tally.heads
    return ngettext("👥 {count} recipient", "👥 {count} recipients", heads).format(count=heads)


def _deliveries(report: Report) -> str:
    """Give a line for each delivery somebody stands in: they add up to the recipients."""
    lines = []
    for which, (sign, _called) in report_words.DELIVERIES.items():
        count = report.tally.by.get(which, 0)
        if not count:
            continue
        lines.append(f"{sign} " + _counted(report_words.delivery(which), count))
        if which is Delivery.REFUSED:
            lines += ["　· " + _counted(report_words.why(w), n) for w, n in report.whys.items()]
    return joined(*lines)


def _answers(report: Report) -> str:
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


def _rows(report: Report) -> list[list[InlineKeyboardButton]]:
    broadcast_id = report.broadcast.id
    lists = [
        button(f"{report_words.listing(which)} ({count})", OnReport(id=broadcast_id, part=which))
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


def listed(report: Report) -> dict[Listing, int]:
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


def buildings_screen(report: Report, buildings: Sequence[BuildingTally], page: int) -> Screen:
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
        for which, (sign, _called) in report_words.DELIVERIES.items()
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
        report_words.listing(page.listing),
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
        why = report_words.why(line.why)
        parts.append(f"· {name} ({why})" if why else f"· {name}")
    return joined(*parts)


def door_screen(broadcast_id: int, door: Door) -> Screen:
    """Show where to knock, and the number to ring."""
    none = _("not given")
    text = joined(
        f"📍 {place_name(door.who.where)}" if door.who.where else "",
        _("Door: {door}").format(door=door.fields.get(Field.DOOR) or none),
        _("Phone: {phone}").format(phone=door.fields.get(Field.PHONE) or none),
        "",
        _("They can see that you looked."),
    )
    back = button(
        report_words.listing(Listing.KNOCK), OnReport(id=broadcast_id, part=Listing.KNOCK)
    )
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
