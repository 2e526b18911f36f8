"""What there is of care for somebody, and the lists of whoever keeps homes."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.care.callbacks import (
    AskCompany,
    CallOnAct,
    HomeAct,
    OnCallOn,
    OnHome,
    OnPair,
    PairAct,
    ProposeHome,
    ToCallOns,
    ToConcerns,
    ToHomes,
)
from handlers.care.entries import keeper_rows, survey_rows, visitor_rows
from handlers.care.screens.words import (
    CALL_STATES,
    HOME_STATES,
    RHYTHMS,
)
from handlers.clock_text import at_clock
from handlers.desk.screens.board import to_desk
from handlers.i18n import gettext as _
from handlers.records.lists import list_screen
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, place_name
from models.care.rules.states import PairState
from models.care.views import (
    CallLine,
    HomeLine,
    HomeView,
    PairView,
)
from models.names.views import Who
from models.records.rules import PageOf
from models.routines.rules import OccasionState


def care_screen(
    home: HomeView | None,
    calls: Sequence[CallLine],
    pairs: Sequence[PairView],
    now: datetime,
    *,
    keeps: bool,
    concerns: int = 0,
    surveys: Sequence[tuple[int, Who, bool]] = (),
) -> Screen:
    """Show what care there is for somebody, and by them."""
    rows = [
        *([_home_row(home)] if home else []),
        *([_call_button(one, now)] for one in calls),
        *([_pair_button(one)] for one in pairs),
    ]
    lines = []
    if not rows:
        lines.append(
            _("Would you like a neighbour to look in on you, to chat and lend a hand? Just ask.")
        )
    if home is None:
        rows.append([button(_("🏡 Please look in on me"), AskCompany())])
    if calls:
        lines.append(_("It is a day to look in on somebody:"))
    if keeps:
        heard = _("🔒 Told in confidence ({count})").format(count=concerns)
        rows += [
            [button(_("📅 To look in today"), ToCallOns()), button(_("🏡 Homes"), ToHomes())],
            [button(heard, ToConcerns())] if concerns else [],
            *keeper_rows(),
        ]
    rows += survey_rows(surveys)
    rows += visitor_rows(keeps=keeps, visits=bool(pairs))
    rows.append([button(_("🌅 Ask me every day whether all is well"), Go(to="daily"))])
    rows.append([button(_("🏠 Home"), Go(to="home"))])
    return Screen(paragraphs(*lines) or _("Who looks in on whom:"), _("🏡 Care"), inline(*rows))


def homes_screen(page: PageOf[HomeLine], _now: datetime) -> Screen:
    """List the homes at somebody's desk."""
    return list_screen(
        page,
        _("🏡 Homes"),
        line=lambda one: joined(
            f"👤 {one.who.name} · {place_name(one.place)}",
            joined(
                _(HOME_STATES[one.state]),
                _(RHYTHMS[one.rhythm]),
                one.visitor.name if one.visitor else _("nobody looks in yet"),
                _("needs: {count}").format(count=one.open_needs) if one.open_needs else "",
                gap=" · ",
            ),
        ),
        label=lambda one: f"{one.who.name} · {place_name(one.place)}",
        opens=lambda one: OnHome(act=HomeAct.OPEN, id=one.id),
        to=lambda number: ToHomes(page=number),
        none=_("Nobody is looked in on yet. Ask somebody who lives alone."),
        below=[
            [button(_("➕ Propose a home"), ProposeHome())],
            [button(_("📅 To look in today"), ToCallOns()), to_desk()],
        ],
    )


def calls_screen(page: PageOf[CallLine], now: datetime) -> Screen:
    """List today's call-ons at somebody's desk, missed ones first."""
    return list_screen(
        page,
        _("📅 To look in today"),
        line=lambda one: joined(
            f"👤 {one.home.name} · {place_name(one.place)}",
            joined(
                _(CALL_STATES[one.state]),
                one.holder.name if one.holder else _("nobody"),
                _("until {time}").format(time=at_clock(one.ends_at, now)),
                gap=" · ",
            ),
        ),
        label=lambda one: joined(
            "🔴" if one.state is OccasionState.MISSED else "", one.home.name, gap=" "
        ),
        opens=lambda one: OnCallOn(act=CallOnAct.OPEN, id=one.id),
        to=lambda number: ToCallOns(page=number),
        none=_("Nobody is waiting to be looked in on. Well done!"),
        below=[[button(_("🏡 Homes"), ToHomes()), to_desk()]],
    )


def _home_row(view: HomeView) -> list[InlineKeyboardButton]:
    return [button(_("🏡 Looking in on you"), OnHome(act=HomeAct.OPEN, id=view.id))]


def _call_button(one: CallLine, now: datetime) -> InlineKeyboardButton:
    late = "🔴 " if one.state is OccasionState.MISSED else "🚶 "
    return button(
        f"{late}{clip(one.home.name, 20)} · {at_clock(one.ends_at, now)}",
        OnCallOn(act=CallOnAct.OPEN, id=one.id),
    )


def _pair_button(one: PairView) -> InlineKeyboardButton:
    name = one.home.name if one.home else _("a neighbour")
    sign = "❔ " if one.state is PairState.ASKED else "👥 "
    return button(f"{sign}{clip(name, 24)}", OnPair(act=PairAct.OPEN, id=one.id))
