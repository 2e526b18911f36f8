"""How digests look."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from aiogram.types import InlineKeyboardButton
from babel.dates import format_skeleton

from handlers.callbacks import Go
from handlers.callups.callbacks import ToCallups
from handlers.care.callbacks import ToCallOns, ToFestivals
from handlers.categories import body, body_in_a_word, category
from handlers.clock_text import at_clock
from handlers.desk.callbacks import OnDesk
from handlers.digests.chart import Bar, Chart, Panel
from handlers.digests.definitions import DEFINITIONS
from handlers.help.screens import lines
from handlers.i18n import CHINESE, current_language, mark, ngettext
from handlers.i18n import gettext as _
from handlers.rollcalls.labels import said_of
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, late_note, paragraphs, place_name
from handlers.volunteers.screens import spent
from models.categories import Body
from models.digests.rules.rates import Count, Rate
from models.digests.rules.times import Heading
from models.digests.views import Named, RatesReport, Row, StaffDay, Thanks, VolunteerWeek
from models.help.views import RequestLine, TaskLine

SHOWN = 5
"""Lines below one heading; more are counted. With six headings it stays one screen or two."""

HEADINGS = {
    Heading.LATE: mark("⏰ Late ({count})"),
    Heading.DUE: mark("📅 Due today ({count})"),
    Heading.CALLS: mark("☎️ To ring back ({count})"),
    Heading.WAITING: mark("⏸ Waiting for the resident ({count})"),
    Heading.NEW: mark("📥 New ({count})"),
}


def staff_screen(day: StaffDay, now: datetime, *, late: bool) -> Screen:
    """Tell somebody of the desk what waits for them; where nothing presses, in one line."""
    parts = [_under(where, day.under[where], now) for where in HEADINGS if where in day.under]
    if not parts and day.open:
        parts = [_calm(day.open)]
    today = [_orders(day), _care(day), _callups(day, now), _gatherings(day, now)]
    text = paragraphs(late_note(late=late), *parts, *today)
    desk = button(_("🗂 Desk: mine"), OnDesk(mine=True))
    rows = [[desk], _care_row(day), _callup_row(day)]
    return Screen(text, _("☀️ Good morning! Your work today"), inline(*rows))


def _calm(count: int) -> str:
    return ngettext(
        "You answer for {count} open request; nothing is due today.",
        "You answer for {count} open requests; nothing is due today.",
        count,
    ).format(count=count)


def _under(where: Heading, found: Sequence[RequestLine], now: datetime) -> str:
    head = _(HEADINGS[where]).format(count=len(found))
    shown = [_request(line, now) for line in found[:SHOWN]]
    return joined(head, *shown, _more(len(found) - SHOWN))


def _request(line: RequestLine, now: datetime) -> str:
    by = _("promised by {time}").format(time=at_clock(line.promised_by, now))
    title = lines.title(line.number, line.category)
    return "· " + joined(title, line.beneficiary.name, by, gap=" · ")


def _more(count: int) -> str:
    if count <= 0:
        return ""
    return ngettext("and {count} more", "and {count} more", count).format(count=count)


def _orders(day: StaffDay) -> str:
    if not day.orders:
        return ""
    said = _("📌 Rectification orders for you: {count}").format(count=day.orders)
    late = _("{count} of them late").format(count=day.orders_late)
    return joined(said, late if day.orders_late else "", gap=_(", "))


def _care(day: StaffDay) -> str:
    missed = _("🔴 Call-ons missed and still open: {count}").format(count=day.calls_missed)
    gifts = _("🎁 Homes that nobody visits yet for a festival: {count}").format(
        count=day.gifts_open
    )
    return joined(missed if day.calls_missed else "", gifts if day.gifts_open else "")


def _care_row(day: StaffDay) -> list[InlineKeyboardButton]:
    calls = [button(_("📅 To look in"), ToCallOns())] if day.calls_missed else []
    gifts = [button(_("🎁 Festival visits"), ToFestivals())] if day.gifts_open else []
    return [*calls, *gifts]


def _callups(day: StaffDay, now: datetime) -> str:
    lines = [
        _("· {time} {what}: {coming} of {wanted} come").format(
            time=at_clock(one.starts_at, now),
            what=said_of(clip(one.words, 40), drill=one.drill),
            coming=one.coming,
            wanted=one.wanted,
        )
        for one in day.callups[:SHOWN]
    ]
    head = _("🚩 Called up") if lines else ""
    return joined(head, *lines, _more(len(day.callups) - SHOWN))


def _callup_row(day: StaffDay) -> list[InlineKeyboardButton]:
    return [button(_("🚩 Call-ups"), ToCallups())] if day.callups else []


def _gatherings(day: StaffDay, now: datetime) -> str:
    lines = [
        _("· {time} {title}, {count} signed up").format(
            time=at_clock(one.starts_at, now), title=one.title, count=one.counts.taken
        )
        for one in day.gatherings[:SHOWN]
    ]
    head = _("🎈 Gatherings today") if lines else ""
    return joined(head, *lines, _more(len(day.gatherings) - SHOWN))


def volunteer_screen(week: VolunteerWeek, now: datetime, *, late: bool) -> Screen:
    """Thank a volunteer for the week, and say what comes next."""
    hours = week.hours
    given = joined(
        _("These 7 days: {given}").format(given=_given(week.tasks, week.minutes)),
        _("This month: {given}").format(given=_given(hours.month_tasks, hours.month_minutes)),
    )
    text = paragraphs(
        late_note(late=late),
        given,
        _thanks(week.thanks),
        _next(week.next, now),
        _("Thank you for being there for your neighbours!"),
    )
    tasks = button(_("📋 My tasks"), Go(to="tasks"))
    return Screen(text, _("💚 Your week"), inline([tasks]))


def _given(tasks: int, minutes: int) -> str:
    counted = ngettext("{count} task", "{count} tasks", tasks).format(count=tasks)
    return joined(counted, spent(minutes) if minutes else "", gap=_(", "))


def _thanks(thanks: Sequence[Thanks]) -> str:
    if not thanks:
        return ""
    head = ngettext(
        "🌷 {count} neighbour says thank you:", "🌷 {count} neighbours say thank you:", len(thanks)
    ).format(count=len(thanks))
    return joined(head, *map(_thank, thanks[:SHOWN]), _more(len(thanks) - SHOWN))


def _thank(one: Thanks) -> str:
    name = one.name or _("a neighbour")
    return "· " + joined(name, category(one.category), "⭐" * (one.stars or 0), gap=" · ")


def _next(tasks: Sequence[TaskLine], now: datetime) -> str:
    if not tasks:
        return ""
    shown = [_task(task, now) for task in tasks[:SHOWN]]
    return joined(_("📋 Next for you:"), *shown, _more(len(tasks) - SHOWN))


def _task(task: TaskLine, now: datetime) -> str:
    when = lines.when(task.start_at, task.when_text, task.urgency, now)
    title = lines.title(task.number, task.category)
    return "· " + joined(title, place_name(task.where), when, gap=" · ")


def rates_screen(report: RatesReport, *, late: bool) -> Screen:
    """Tell a secretary the week's rates, the week before beside them, and what each counts."""
    if not any(report.busy(rate) for rate in Rate):
        nothing = _("Nothing was due, answered or rated in this week or the one before.")
        return Screen(paragraphs(late_note(late=late), nothing), _rates_title(report))
    text = paragraphs(
        late_note(late=late),
        joined(*(_whole(report.whole, rate) for rate in Rate)),
        _block(_("By place:"), report.places),
        _block(_("By responsible body:"), report.bodies),
        joined(_("What is counted:"), *(_definition(rate) for rate in Rate)),
    )
    return Screen(text, _rates_title(report))


def _rates_title(report: RatesReport) -> str:
    return _("📊 {place}: {week}").format(place=called(report.place), week=week_called(report))


def called(what: Named | Body) -> str:
    """Call a place or a body."""
    if isinstance(what, Body):
        return body(what)
    return what.zh if current_language() == CHINESE else what.en


def week_called(report: RatesReport) -> str:
    """Call the week of a report by its first and last day."""
    days = [_date(report.monday), _date(report.monday + timedelta(days=6))]
    return _("{first} to {last}").format(first=days[0], last=days[1])


def _date(day: date) -> str:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return format_skeleton("MMMd", noon, tzinfo=UTC, locale=current_language())


def _whole(row: Row, rate: Rate) -> str:
    name = _(DEFINITIONS[rate].name)
    now, before = row.now.of(rate), row.before.of(rate)
    silent = _("unconfirmed: {count}").format(count=now.apart) if now.apart else ""
    return _("{rate}: {now}; the week before {before}").format(
        rate=name, now=joined(_counted(now), silent, gap=_(", ")), before=_counted(before)
    )


def _counted(count: Count) -> str:
    if count.percent is None:
        return _("none")
    return _("{good} of {all} ({percent}%)").format(
        good=count.good, all=count.all, percent=count.percent
    )


def _block(head: str, rows: Sequence[Row]) -> str:
    return joined(head, *(_row(row) for row in rows)) if rows else ""


def _row(row: Row) -> str:
    parts = [
        _("{rate} {now} (before: {before})").format(
            rate=_(DEFINITIONS[rate].name),
            now=_short(row.now.of(rate)),
            before=_short(row.before.of(rate)),
        )
        for rate in Rate
        if row.now.of(rate).all or row.before.of(rate).all
    ]
    return "· " + joined(called(row.what), *parts, gap="\n   ")


def _short(count: Count) -> str:
    if not count.all:
        return _("none")
    return _("{good} of {all}").format(good=count.good, all=count.all)


def _definition(rate: Rate) -> str:
    found = DEFINITIONS[rate]
    return _("· {rate}: {counts}").format(rate=_(found.name), counts=_(found.counts))


def chart_of(report: RatesReport) -> Chart | None:
    """Put the same rates as a picture; None where there is nothing to show."""
    shown = [rate for rate in Rate if report.busy(rate)]
    if not shown:
        return None
    return Chart(
        title=called(report.place),
        subtitle=week_called(report),
        now=_("this week"),
        before=_("the week before"),
        nothing=_("none"),
        panels=[_panel(report, rate) for rate in shown],
    )


def _panel(report: RatesReport, rate: Rate) -> Panel:
    whole = Bar(_("All"), report.whole.now.of(rate), report.whole.before.of(rate))
    parts = [
        Bar(_in_a_word(row.what), row.now.of(rate), row.before.of(rate))
        for row in (*report.places, *report.bodies)
        if row.now.of(rate).all or row.before.of(rate).all
    ]
    return Panel(_(DEFINITIONS[rate].name), [whole, *parts])


def _in_a_word(what: Named | Body) -> str:
    return body_in_a_word(what) if isinstance(what, Body) else called(what)


def caption(report: RatesReport) -> str:
    """Say below the picture what it shows."""
    return _("📊 {place}: {week}").format(place=called(report.place), week=week_called(report))
