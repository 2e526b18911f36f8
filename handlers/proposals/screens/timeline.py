"""What happened to a proposal, in plain words."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from aiogram.types import InlineKeyboardButton

from handlers import categories
from handlers.clock_text import at_date, on_date
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.media import media_line
from handlers.proposals.callbacks import NotePictures, OnProposal, OnTimeline, ProposalAct
from handlers.proposals.screens.reception import reason_said
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined
from models.categories import Body
from models.proposals.rules.notices import ProposalEvent
from models.proposals.views import ProposalTimelineLine, TimelinePage
from models.votes.rules.notices import Result

WORDS_SHOWN = 200
"""Of a reason or note this much is shown here; the card shows what holds in full."""
PICTURES_OFFERED = 4
"""Buttons for pictures on one page, the latest."""

BY_SOMEBODY = {
    ProposalEvent.SUBMITTED: mark("{name} sent it to the office"),
    ProposalEvent.RESUBMITTED: mark("{name} mended it and sent it again"),
    ProposalEvent.WITHDRAWN: mark("{name} withdrew it"),
    ProposalEvent.RETURNED: mark("{name} returned it, to be mended"),
    ProposalEvent.MERGED: mark("{name} merged it into proposal {number}"),
    ProposalEvent.TURNED: mark("{name} made it request No. {request} for help"),
    ProposalEvent.MEETING: mark("{name} called a meeting about it"),
    ProposalEvent.MEETING_OFF: mark("{name} called the meeting off"),
    ProposalEvent.MINUTES: mark("{name} published the minutes of the meeting"),
    ProposalEvent.VOTE: mark("{name} had a vote prepared"),
    ProposalEvent.VOTE_OFF: mark("{name} called the vote off"),
    ProposalEvent.ADOPTED: mark("{name} adopted it"),
    ProposalEvent.DECLINED: mark("{name} declined it"),
    ProposalEvent.PROGRESS: mark("{name} wrote how it goes"),
    ProposalEvent.HELP: mark("{name} asked volunteers for a part of it: request No. {number}"),
    ProposalEvent.DELIVERED: mark("{name} reported it delivered"),
    ProposalEvent.REDO: mark("{name} had it taken up again"),
    ProposalEvent.CLOSED: mark("{name} closed it"),
    ProposalEvent.LOOKED: mark("{name} looked at who wrote it"),
}

BY_ITSELF = {
    ProposalEvent.MERGED: mark("It was merged into proposal {number}"),
    ProposalEvent.RECEPTION_LATE: mark("The office did not answer in time; the secretary was told"),
    ProposalEvent.MEETING: mark("A meeting was called about it"),
    ProposalEvent.MEETING_OFF: mark("The meeting was called off"),
    ProposalEvent.MINUTES: mark("The minutes of the meeting were published"),
    ProposalEvent.VOTE: mark("A vote was prepared"),
    ProposalEvent.VOTE_OFF: mark("The vote was called off"),
    ProposalEvent.ADOPTED: mark("It was adopted"),
    ProposalEvent.DECLINED: mark("It was declined"),
    ProposalEvent.OVERDUE: mark("Its date has passed, and it is not delivered"),
    ProposalEvent.CLOSED: mark("It is done"),
}

RESULTS = {
    Result.PASSED: mark("passed"),
    Result.FAILED: mark("not passed"),
    Result.NO_QUORUM: mark("too few took part"),
}

Detail = dict[str, Any]


def timeline_screen(page: TimelinePage, now: datetime) -> Screen:
    """Tell a page of what happened, oldest first, with the ways to earlier and later pages."""
    text = "\n".join(told(line, now) for line in page.lines) or _("Nothing has happened yet.")
    seal = "☭ " if page.seal else ""
    title = _("🕰 {seal}Proposal {number} · {title}").format(
        seal=seal, number=page.number, title=page.title
    )
    back = button(_("‹ The proposal"), OnProposal(act=ProposalAct.OPEN, id=page.proposal_id))
    return Screen(text, title, inline(*_pictures(page, now), _pages(page), [back]))


def _pictures(page: TimelinePage, now: datetime) -> list[list[InlineKeyboardButton]]:
    shown = [line for line in page.lines if line.media][-PICTURES_OFFERED:]
    return [
        [
            button(
                f"{media_line(line.media)} · {at_date(line.at, now)}",
                NotePictures(id=page.proposal_id, line_id=line.line_id),
            )
        ]
        for line in shown
    ]


def _pages(page: TimelinePage) -> list[InlineKeyboardButton]:
    row = []
    if page.page < page.pages - 1:
        row.append(button(_("‹ Earlier"), OnTimeline(id=page.proposal_id, page=page.page + 1)))
    if page.page > 0:
        row.append(button(_("Later ›"), OnTimeline(id=page.proposal_id, page=page.page - 1)))
    return row


def told(line: ProposalTimelineLine, now: datetime) -> str:
    """Tell one line: when, what, in whose words, with what pictures."""
    lock = "🔒 " if line.private else ""
    return joined(
        f"{at_date(line.at, now)} · {lock}{what(line, now)}",
        _("    “{words}”").format(words=clip(reason_said(line.words), WORDS_SHOWN))
        if line.words
        else "",
        f"    {media_line(line.media)}" if line.media else "",
    )


def what(line: ProposalTimelineLine, now: datetime) -> str:
    """Say in a sentence what a line tells."""
    if line.what in COUNTING:
        return COUNTING[line.what](line.detail, _name(line), now)
    by_nobody = line.who is None and not line.by_author
    said = BY_ITSELF.get(line.what) if by_nobody else None
    return _(said or BY_SOMEBODY.get(line.what) or BY_ITSELF[line.what]).format(
        name=_name(line),
        number=line.detail.get("number") or "",
        request=line.detail.get("request") or "",
    )


def _name(line: ProposalTimelineLine) -> str:
    if line.who is not None:
        return line.who.name or _("Somebody")
    return _("The author") if line.by_author else _("The office")


def _int(detail: Detail, key: str) -> int:
    value = detail.get(key)
    return value if isinstance(value, int) else 0


def _day(detail: Detail, key: str, now: datetime) -> str:
    try:
        return on_date(datetime.fromisoformat(str(detail.get(key))), now)
    except ValueError:
        return ""


def _edited(detail: Detail, name: str, _now: datetime) -> str:
    said = _("{name} changed the text").format(name=name)
    asked = _int(detail, "asked")
    if not asked:
        return said
    again = ngettext("{count} was asked again", "{count} were asked again", asked)
    return f"{said} · {again.format(count=asked)}"


def _accepted(detail: Detail, name: str, now: datetime) -> str:
    needed, until = _int(detail, "needed"), _day(detail, "until", now)
    if not needed or not until:
        return _("{name} accepted it").format(name=name)
    return ngettext(
        "{name} accepted it: {count} supporter is needed by {day}",
        "{name} accepted it: {count} supporters are needed by {day}",
        needed,
    ).format(name=name, count=needed, day=until)


def _moved(detail: Detail, name: str, now: datetime) -> str:
    """Tell of another time; the place is for those inside, so of it only that it is another."""
    try:
        starts = at_date(datetime.fromisoformat(str(detail.get("starts"))), now)
    except ValueError:
        return _("{name} named another place for the meeting").format(name=name)
    return _("{name} moved the meeting to {time}").format(name=name, time=starts)


def _took_in(detail: Detail, _who: str, _now: datetime) -> str:
    said = _("Proposal {number} was merged into this one").format(number=detail.get("number") or "")
    moved = _int(detail, "moved")
    if not moved:
        return said
    came = ngettext("{count} supporter came along", "{count} supporters came along", moved)
    return f"{said} · {came.format(count=moved)}"


def _reached(detail: Detail, _who: str, _now: datetime) -> str:
    count = _int(detail, "count")
    return ngettext(
        "It has enough supporters: {count} neighbour",
        "It has enough supporters: {count} neighbours",
        count,
    ).format(count=count)


def _lapsed(detail: Detail, _who: str, _now: datetime) -> str:
    return _("The time is over: {count} of {needed} supported it").format(
        count=_int(detail, "count"), needed=_int(detail, "needed")
    )


def _counted(detail: Detail, _who: str, _now: datetime) -> str:
    result = str(detail.get("result"))
    outcome = _(RESULTS[Result(result)]) if result in set(Result) else ""
    said = _("The vote: {yes} yes, {no} no, {abstain} abstained, of {eligible}").format(
        yes=_int(detail, "yes"),
        no=_int(detail, "no"),
        abstain=_int(detail, "abstain"),
        eligible=_int(detail, "eligible"),
    )
    return joined(said, outcome, gap=" · ")


def _assigned(detail: Detail, _who: str, now: datetime) -> str:
    body = str(detail.get("body"))
    who = joined(
        categories.body(Body(body)) if body in set(Body) else "",
        str(detail.get("name") or ""),
        gap=" · ",
    )
    by = _day(detail, "due", now)
    said = _("It is to be done by: {who}").format(who=who) if who else _("It is to be done")
    return f"{said} · " + _("due {day}").format(day=by) if by else said


def _rated(detail: Detail, _who: str, _now: datetime) -> str:
    count, mean = _int(detail, "count"), detail.get("mean")
    if not count or not isinstance(mean, int | float):
        return _("The time for rating is over; nobody has rated it")
    return ngettext(
        "Rated by {count} neighbour: ⭐ {mean:.1f}",
        "Rated by {count} neighbours: ⭐ {mean:.1f}",
        count,
    ).format(count=count, mean=mean)


COUNTING: dict[ProposalEvent, Callable[[Detail, str, datetime], str]] = {
    ProposalEvent.EDITED: _edited,
    ProposalEvent.ACCEPTED: _accepted,
    ProposalEvent.MEETING_MOVED: _moved,
    ProposalEvent.TOOK_IN: _took_in,
    ProposalEvent.REACHED: _reached,
    ProposalEvent.LAPSED: _lapsed,
    ProposalEvent.COUNTED: _counted,
    ProposalEvent.ASSIGNED: _assigned,
    ProposalEvent.RATED: _rated,
}
"""Lines that tell more than who did what."""
