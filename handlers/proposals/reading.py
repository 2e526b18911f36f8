"""Reading proposals: lists, one whole, its timeline, sharing it, and the yearly list 为民办实事."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.clock_text import local
from handlers.filters import Says
from handlers.form import FormContext
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.media import send_media
from handlers.people.deep_links import leads
from handlers.people.screens import home as first_screen
from handlers.proposals import labels
from handlers.proposals.callbacks import (
    ListScope,
    OnList,
    OnProposal,
    OnTimeline,
    OnYear,
    OnYearPlaces,
    ProposalAct,
    ProposalsTo,
    ToProposals,
)
from handlers.proposals.checks import seen
from handlers.proposals.screens import yearly as screens
from handlers.proposals.screens.card import LINK, author_screen, card_screen, share_screen
from handlers.proposals.screens.lists import (
    by_number_screen,
    home_screen,
    list_screen,
    look_around_screen,
    no_number_screen,
    places_screen,
    topics_screen,
)
from handlers.proposals.screens.timeline import timeline_screen
from handlers.screen import Screen
from handlers.show import answer, follow, replace, toast
from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.proposals.actions.deciding import look_at_author
from models.proposals.actions.notify import show_card
from models.proposals.queries.detail import proposal_view
from models.proposals.queries.lists import (
    ProposalScope,
    find_number,
    home_counts,
    places_page,
    proposals_page,
)
from models.proposals.queries.timeline import timeline_page
from models.proposals.queries.yearly import yearly, yearly_places
from models.proposals.rules.outcomes import ProposalOutcome, Refusal
from models.text import clean_number

router = Router(name="proposals.reading")


SCOPES = {
    ListScope.OPEN: ProposalScope.OPEN,
    ListScope.GOING: ProposalScope.GOING,
    ListScope.OVER: ProposalScope.OVER,
    ListScope.MINE: ProposalScope.MINE,
    ListScope.BACKED: ProposalScope.BACKED,
}

ID_DIGITS = 15
"""Digits of an id in a link; longer ones name nothing and would not fit the database."""


async def _home(session: Session, person: Person, now: datetime) -> Screen:
    counts = await home_counts(session, person)
    return home_screen(counts, local(now).year, staff=person.may_anywhere(Right.WORK_DESK))


@router.message(Command("proposals"))
@router.message(Says("Propose"))
async def proposals(message: Message, session: Session, person: Person, now: datetime) -> None:
    """Show the first screen of proposals."""
    await answer(message, await _home(session, person, now))


@router.callback_query(ToProposals.filter(F.to == ProposalsTo.HOME))
async def to_home(callback: CallbackQuery, session: Session, person: Person, now: datetime) -> None:
    """Show the first screen in place."""
    await replace(callback, await _home(session, person, now))


@router.callback_query(ToProposals.filter(F.to == ProposalsTo.TOPICS))
async def topics(callback: CallbackQuery) -> None:
    """Choose a topic to look around in."""
    await replace(callback, topics_screen())


@router.callback_query(ToProposals.filter(F.to == ProposalsTo.PLACES))
async def places(
    callback: CallbackQuery, callback_data: ToProposals, session: Session, person: Person
) -> None:
    """Choose a place to look around at."""
    await replace(callback, places_screen(await places_page(session, person, callback_data.page)))


@router.callback_query(OnList.filter())
async def show_list(
    callback: CallbackQuery, callback_data: OnList, session: Session, person: Person, now: datetime
) -> None:
    """Show a page of a list in place."""
    page = await proposals_page(
        session,
        person,
        SCOPES[callback_data.scope],
        page=callback_data.page,
        now=now,
        topic=callback_data.topic,
        place_id=callback_data.place_id,
    )
    await replace(callback, list_screen(page, callback_data, now))


@router.message(Command("p"))
async def by_number(
    message: Message, command: CommandObject, session: Session, person: Person, now: datetime
) -> None:
    """Show a proposal by its number; without one, explain."""
    number = clean_number(command.args or "")
    if number is None:
        await answer(message, by_number_screen())
        return
    proposal_id = await find_number(session, person, number)
    if proposal_id is None:
        await answer(message, no_number_screen(number))
        return
    view = await proposal_view(session, person, proposal_id, now=now)
    if isinstance(view, Refusal):
        await answer(message, look_around_screen(labels.said(view)))
        return
    await show_card(session, person.id, proposal_id, now)


@leads(LINK)
async def from_link(ctx: FormContext, rest: str) -> Screen:
    """Show the card that a link names, and say below it what can be done."""
    assert ctx.person is not None  # noqa: S101 - links are followed once somebody has registered
    proposal_id = int(rest) if rest.isdecimal() and len(rest) <= ID_DIGITS else 0
    view = await proposal_view(ctx.session, ctx.person, proposal_id, now=ctx.now)
    if isinstance(view, Refusal):
        return look_around_screen(labels.said(view))
    await show_card(ctx.session, ctx.person.id, proposal_id, ctx.now)
    return first_screen(ctx.person, _("👆 This is the proposal. Tap a button below it."))


@router.callback_query(OnProposal.filter(F.act == ProposalAct.OPEN))
async def open_in_place(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Open a proposal from a list, in place of it."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await replace(callback, card_screen(view, now))


@router.callback_query(OnProposal.filter(F.act == ProposalAct.BELOW))
async def open_below(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Send the card of a proposal below, where it changes by itself."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await toast(callback, "")
        await show_card(session, person.id, callback_data.id, now)


@router.callback_query(OnProposal.filter(F.act == ProposalAct.TIMELINE))
async def timeline(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Tell below what happened to a proposal."""
    page = await timeline_page(session, person, callback_data.id, page=0)
    if isinstance(page, Refusal):
        await toast(callback, labels.said(page), alert=True)
        return
    await follow(callback, timeline_screen(page, now), toast="")


@router.callback_query(OnTimeline.filter())
async def timeline_paged(
    callback: CallbackQuery,
    callback_data: OnTimeline,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Turn a page of what happened, in place."""
    page = await timeline_page(session, person, callback_data.id, page=callback_data.page)
    if isinstance(page, Refusal):
        await toast(callback, labels.said(page), alert=True)
        return
    await replace(callback, timeline_screen(page, now))


@router.callback_query(OnProposal.filter(F.act == ProposalAct.MEDIA))
async def pictures(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Send what came along with a proposal."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await send_media(callback, bot, view.media)


@router.callback_query(OnProposal.filter(F.act == ProposalAct.SHARE))
async def share(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
    bot_username: str | None,
) -> None:
    """Give below a card that can be sent to a group; of what was received alone."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is None:
        return
    if not view.public:
        await toast(callback, labels.said(Refusal.NOT_ALLOWED), alert=True)
    elif bot_username is None:
        await toast(callback, _("Our address is not known yet. Please try again."), alert=True)
    else:
        await follow(callback, share_screen(view, bot_username, now), toast="")


@router.callback_query(OnProposal.filter(F.act == ProposalAct.AUTHOR))
async def who_wrote_it(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show the desk who wrote a proposal; the author reads that somebody looked."""
    looked = await look_at_author(session, person, callback_data.id, now=now)
    if looked.outcome is not ProposalOutcome.DONE:
        await toast(callback, labels.said(looked.outcome), alert=True)
        return
    await follow(callback, author_screen(looked), toast="")


NOT_YOURS = mark("Whoever lives in that community, or works for it, can read its list.")


@router.message(Command("yearly"))
async def this_year(message: Message, session: Session, person: Person, now: datetime) -> None:
    """Show what the reader's community adopted this year."""
    page = await yearly(session, person, None, now=now)
    shown = screens.no_place_screen()
    await answer(message, shown if isinstance(page, Refusal) else screens.yearly_screen(page, now))


@router.callback_query(ToProposals.filter(F.to == ProposalsTo.YEARLY))
async def tapped_this_year(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """Show the same in place."""
    await _show_year(callback, session, person, now, None)


@router.callback_query(OnYear.filter())
async def a_year(
    callback: CallbackQuery, callback_data: OnYear, session: Session, person: Person, now: datetime
) -> None:
    """Show a page of another year, or of another community."""
    year, place_id, page = callback_data.year, callback_data.place_id, callback_data.page
    await _show_year(callback, session, person, now, year, place_id, page)


@router.callback_query(OnYearPlaces.filter())
async def other_places(
    callback: CallbackQuery, callback_data: OnYearPlaces, session: Session, person: Person
) -> None:
    """Choose another community."""
    found = await yearly_places(session, person, callback_data.year, callback_data.page)
    await replace(callback, screens.places_screen(found))


async def _show_year(
    callback: CallbackQuery,
    session: Session,
    person: Person,
    now: datetime,
    year: int | None,
    place_id: int | None = None,
    page: int = 0,
) -> None:
    found = await yearly(session, person, year, place_id, page, now=now)
    if found is Refusal.NOT_ALLOWED:
        await toast(callback, _(NOT_YOURS), alert=True)
        return
    shown: Screen = screens.no_place_screen()
    if not isinstance(found, Refusal):
        shown = screens.yearly_screen(found, now)
    await replace(callback, shown)
