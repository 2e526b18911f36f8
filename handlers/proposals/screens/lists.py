"""Lists of proposals: by where they stand, by topic, by place; the first screen."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.clock_text import on_date
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.proposals import labels
from handlers.proposals.callbacks import (
    ListScope,
    OnList,
    OnProposal,
    OnReception,
    OnYear,
    ProposalAct,
    ProposalsTo,
    ToProposals,
)
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, place_name
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.states import State
from models.proposals.views import HomeCounts, PlaceCount, PlacesPage, ProposalLine, ProposalsPage

SCOPES = {
    ListScope.OPEN: mark("✋ Gathering support"),
    ListScope.GOING: mark("🚧 In progress"),
    ListScope.OVER: mark("🏁 Closed"),
    ListScope.MINE: mark("📝 Mine"),
    ListScope.BACKED: mark("💚 Ones I support"),
}

NONE_YET = {
    ListScope.OPEN: mark("Nothing is gathering support now. Would you like to propose?"),
    ListScope.GOING: mark("Nothing is under discussion or being done right now."),
    ListScope.OVER: mark("Nothing has been settled yet."),
    ListScope.MINE: mark("You have not proposed anything yet. Would you like to?"),
    ListScope.BACKED: mark("You have not supported anything yet. Have a look at what there is."),
}

LABEL_SHOWN = 40
"""Of a title so much stands on a button: what phones show."""


def list_screen(page: ProposalsPage, asked: OnList, now: datetime) -> Screen:
    """Show a page of a list, with a button for each proposal."""
    title = _title(page, asked)
    leave = [_in_other_ways(asked), *_ways_out(asked)]
    if not page.lines:
        return Screen(_(NONE_YET[asked.scope]), title, inline(*_to_write(asked), *leave))
    text = paragraphs(*(listed(line, now) for line in page.lines))
    rows = [[opens(line)] for line in page.lines]
    return Screen(text, title, inline(*rows, _pages(page, asked), *leave))


def listed(line: ProposalLine, now: datetime) -> str:
    """Say in two lines what a proposal is and where it stands."""
    return joined(named(line), f"    {_stands(line, now)}")


def named(line: ProposalLine) -> str:
    """Name a proposal: its seal, its number, its title."""
    seal = "☭ " if line.seal else ""
    return f"{seal}{line.number} · {line.title}"


def opens(line: ProposalLine) -> InlineKeyboardButton:
    """Make the button that opens a proposal in place."""
    label = clip(named(line), LABEL_SHOWN)
    return button(label, OnProposal(act=ProposalAct.OPEN, id=line.proposal_id))


def _stands(line: ProposalLine, now: datetime) -> str:
    if line.state is State.SECONDING and line.second_by is not None:
        return _("✋ {count} of {needed}, until {day}").format(
            count=line.seconds, needed=line.needed, day=on_date(line.second_by, now)
        )
    state = labels.state(line.state)
    if line.state is State.UNDERWAY and line.due_at is not None:
        late = _("{state}, late") if line.overdue else _("{state}, due by {day}")
        return late.format(state=state, day=on_date(line.due_at, now))
    if line.mean is not None:
        return _("{state} · ⭐ {mean:.1f}").format(state=state, mean=line.mean)
    return state


def _title(page: ProposalsPage, asked: OnList) -> str:
    parts = [_(SCOPES[asked.scope])]
    parts += [labels.topic(asked.topic)] if asked.topic else []
    parts += [place_name(page.where)] if page.where else []
    parts += [str(page.count)] if page.count else []
    return " · ".join(parts)


def _pages(page: ProposalsPage, asked: OnList) -> list[InlineKeyboardButton]:
    row = []
    if page.page > 0:
        row.append(button(_("‹ Previous"), _at(asked, page.page - 1)))
    if page.page < page.pages - 1:
        place_ = {"page": page.page + 1, "pages": page.pages}
        row.append(button(_("More ({page}/{pages}) ›").format(**place_), _at(asked, page.page + 1)))
    return row


def _at(asked: OnList, page: int) -> OnList:
    return asked.model_copy(update={"page": page})


def _in_other_ways(asked: OnList) -> list[InlineKeyboardButton]:
    """Lead to the other lists of the same topic or place."""
    if asked.scope in {ListScope.MINE, ListScope.BACKED}:
        return []
    others = (ListScope.OPEN, ListScope.GOING, ListScope.OVER)
    return [
        button(_(SCOPES[scope]), asked.model_copy(update={"scope": scope, "page": 0}))
        for scope in others
        if scope is not asked.scope
    ]


def _to_write(asked: OnList) -> list[list[InlineKeyboardButton]]:
    if asked.scope not in {ListScope.OPEN, ListScope.MINE}:
        return []
    return [[button(_("✏️ Write a proposal"), ToProposals(to=ProposalsTo.WRITE))]]


def _ways_out(asked: OnList) -> list[list[InlineKeyboardButton]]:
    home = [button(_("‹ Proposals"), ToProposals(to=ProposalsTo.HOME))]
    if asked.topic:
        return [[button(_("‹ Topics"), ToProposals(to=ProposalsTo.TOPICS)), *home]]
    if asked.place_id:
        return [[button(_("‹ Places"), ToProposals(to=ProposalsTo.PLACES)), *home]]
    return [home]


def topics_screen() -> Screen:
    """Choose a topic to look around in."""
    rows = [
        [button(labels.topic(topic), OnList(scope=ListScope.OPEN, topic=topic))]
        for topic in ProposalTopic
    ]
    home = [button(_("‹ Proposals"), ToProposals(to=ProposalsTo.HOME))]
    return Screen(_("What would you like to read about?"), keyboard=inline(*rows, home))


def places_screen(page: PlacesPage) -> Screen:
    """Choose a place to look around at."""
    home = [button(_("‹ Proposals"), ToProposals(to=ProposalsTo.HOME))]
    if not page.lines:
        return Screen(_("There is nothing to be read yet."), keyboard=inline(home))
    rows = [[_place(one)] for one in page.lines]
    return Screen(
        _("Which place would you like to read about?"),
        keyboard=inline(*rows, _place_pages(page), home),
    )


def _place(one: PlaceCount) -> InlineKeyboardButton:
    to = OnList(scope=ListScope.OPEN, place_id=one.where.place_id)
    return button(f"{place_name(one.where)} ({one.count})", to)


def _place_pages(page: PlacesPage) -> list[InlineKeyboardButton]:
    row = []
    if page.page > 0:
        before = ToProposals(to=ProposalsTo.PLACES, page=page.page - 1)
        row.append(button(_("‹ Previous"), before))
    if page.page < page.pages - 1:
        place_ = {"page": page.page + 1, "pages": page.pages}
        more = ToProposals(to=ProposalsTo.PLACES, page=page.page + 1)
        row.append(button(_("More ({page}/{pages}) ›").format(**place_), more))
    return row


IN_COUNTS = {
    ListScope.OPEN: "open",
    ListScope.GOING: "going",
    ListScope.OVER: "over",
    ListScope.MINE: "mine",
    ListScope.BACKED: "backed",
}


def home_screen(counts: HomeCounts, year: int, *, staff: bool) -> Screen:
    """Lead to writing one, to the lists, and staff to the reception."""
    title = _("💡 Proposals")
    if counts.where:
        title = f"{title} · {place_name(counts.where)}"
    text = _(
        "What could be better here? Write it down, and the office answers. What enough neighbours "
        "second is talked about, decided, and done."
    )
    rows = [
        [_to(_("✏️ Write a proposal"), ProposalsTo.WRITE)],
        [_list(ListScope.OPEN, counts)],
        [_list(ListScope.GOING, counts), _list(ListScope.OVER, counts)],
        [_to(_("🗂 By topic"), ProposalsTo.TOPICS), _to(_("📍 By place"), ProposalsTo.PLACES)],
        [_list(ListScope.MINE, counts), _list(ListScope.BACKED, counts)],
        [button(_("🏗 Done for residents this year"), OnYear(year=year))],
        [button(_("📨 Reception"), OnReception())] if staff else [],
    ]
    return Screen(text, title, inline(*rows))


def _list(scope: ListScope, counts: HomeCounts) -> InlineKeyboardButton:
    count = counts.counts.get(IN_COUNTS[scope], 0)
    label = _(SCOPES[scope])
    return button(f"{label} ({count})" if count else label, OnList(scope=scope))


def _to(label: str, to: ProposalsTo) -> InlineKeyboardButton:
    return button(label, ToProposals(to=to))


def by_number_screen() -> Screen:
    """Explain /p."""
    return Screen(
        _("Write the number behind it: /p 123 opens proposal 123. Or look around here:"),
        keyboard=_look_around(),
    )


def no_number_screen(number: int) -> Screen:
    """Say that there is no proposal of that number, and what to do."""
    said = _("In your community there is no proposal {number}. Look around here:")
    return Screen(said.format(number=number), keyboard=_look_around())


def look_around_screen(said: str) -> Screen:
    """Say something, with the way to all proposals."""
    return Screen(said, keyboard=_look_around())


def _look_around() -> InlineKeyboardMarkup:
    return inline([button(_("📋 All proposals"), ToProposals(to=ProposalsTo.HOME))])
