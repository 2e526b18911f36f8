"""How the yearly list of practical things 为民办实事 looks."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.clock_text import on_date
from handlers.i18n import gettext as _
from handlers.proposals import labels
from handlers.proposals.callbacks import (
    OnProposal,
    OnYear,
    OnYearPlaces,
    ProposalAct,
    ProposalsTo,
    ToProposals,
)
from handlers.proposals.screens.delivery import stars_line
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, place_name
from models.proposals.rules.states import State
from models.proposals.rules.yearly import Totals
from models.proposals.views import YearLine, YearPage, YearPlaces

PROMISE_SHOWN = 120
"""Characters of a promise in the list; all of it stands in the proposal."""


def yearly_screen(page: YearPage, now: datetime) -> Screen:
    """Show a page of what was adopted in a year, the totals on top."""
    title = _("🏗 Done for residents in {year} · {place}").format(
        year=page.year, place=place_name(page.where)
    )
    things = [_thing(one, now) for one in page.lines]
    nothing = "" if things else _("Nothing was adopted in this year so far.")
    text = paragraphs(_totals(page.totals), nothing, *things)
    return Screen(text, title, inline(*_rows(page)))


def _totals(totals: Totals) -> str:
    if not totals.promised:
        return ""
    return joined(
        _("Promised: {count}").format(count=totals.promised),
        joined(
            _("to be assigned: {count}").format(count=totals.waiting) if totals.waiting else "",
            _("🚧 under way: {count}").format(count=totals.underway),
            _("⏰ late: {count}").format(count=totals.overdue) if totals.overdue else "",
            _("🎁 delivered: {count}").format(count=totals.delivered),
            gap=" · ",
        ),
        stars_line(totals.mean, totals.ratings),
    )


def _thing(one: YearLine, now: datetime) -> str:
    line = one.line
    promise = _("Promised: {words}").format(words=clip(one.promise or "", PROMISE_SHOWN))
    return joined(
        _("{number} · {title}").format(number=line.number, title=line.title),
        promise if one.promise else "",
        joined(_stands(one, now), one.person.name if one.person else "", gap=" · "),
    )


def _stands(one: YearLine, now: datetime) -> str:
    line = one.line
    if line.state is State.UNDERWAY and line.due_at is not None:
        late = _("⏰ late: it was due {day}") if line.overdue else _("🚧 under way, by {day}")
        return late.format(day=on_date(line.due_at, now))
    rated = ""
    if line.mean is not None:
        rated = _("⭐ {mean:.1f} from {count}").format(mean=line.mean, count=line.ratings)
    return joined(labels.state(line.state), rated, gap=" · ")


def _rows(page: YearPage) -> list[list[InlineKeyboardButton]]:
    def to(year: int = page.year, number: int = 0) -> OnYear:
        place_id = None if page.own else page.where.place_id
        return OnYear(year=year, place_id=place_id, page=number)

    before = [button(f"‹ {page.year - 1}", to(page.year - 1))] if page.earlier else []
    after = [button(f"{page.year + 1} ›", to(page.year + 1))] if page.later else []
    back = [button(_("‹ Previous"), to(number=page.page - 1))] if page.page else []
    more = page.page < page.pages - 1
    place_ = {"page": page.page + 1, "pages": page.pages}
    label = _("More ({page}/{pages}) ›").format(**place_)
    elsewhere = button(_("📍 Another community"), OnYearPlaces(year=page.year))
    return [
        *([_open(one)] for one in page.lines),
        [*back, *([button(label, to(number=page.page + 1))] if more else [])],
        [*before, *after],
        [elsewhere] if page.elsewhere else [],
        [button(_("‹ Proposals"), ToProposals(to=ProposalsTo.HOME))],
    ]


def _open(one: YearLine) -> InlineKeyboardButton:
    sign = "⏰ " if one.line.overdue else ""
    label = f"{sign}{one.line.number} · {one.line.title}"
    return button(label, OnProposal(act=ProposalAct.BELOW, id=one.line.proposal_id))


def places_screen(found: YearPlaces) -> Screen:
    """Choose the community whose list is shown."""
    rows = [
        [button(f"📍 {place_name(one)}", OnYear(year=found.year, place_id=one.place_id))]
        for one in found.places
    ]

    def to(page: int) -> OnYearPlaces:
        return OnYearPlaces(year=found.year, page=page)

    back = [button(_("‹ Previous"), to(found.page - 1))] if found.page else []
    more = [button(_("More ›"), to(found.page + 1))] if found.page < found.pages - 1 else []
    own = [button(_("‹ Back"), OnYear(year=found.year))]
    text = _("Whose list would you like to see?") if rows else _("There is no other list.")
    return Screen(text, _("🏗 Done for residents this year"), inline(*rows, [*back, *more], own))


def no_place_screen() -> Screen:
    """Say that nobody knows yet which community is theirs."""
    text = _("Please choose your building first: /settings.")
    return Screen(
        text, keyboard=inline([button(_("‹ Proposals"), ToProposals(to=ProposalsTo.HOME))])
    )
