"""What there is of care for somebody, and the lists of whoever keeps homes."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.care.callbacks import (
    AskCompany,
    CallOnAct,
    ConcernAct,
    HomeAct,
    OnCallOn,
    OnConcern,
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
    CONCERNS,
    HOME_STATES,
    RHYTHMS,
)
from handlers.clock_text import at_clock, on_date
from handlers.desk.screens.board import to_desk
from handlers.i18n import gettext as _
from handlers.records.lists import list_screen
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, place_name, quoted
from models.care.rules.states import ConcernState, PairState
from models.care.views import (
    CallLine,
    ConcernView,
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


def concerns_screen(found: Sequence[ConcernView], now: datetime) -> Screen:
    """List what was told in confidence."""
    rows = [
        [
            button(
                clip(f"{_(CONCERNS[one.kind])} · {one.home.name}", 40),
                OnConcern(act=ConcernAct.OPEN, id=one.id),
            )
        ]
        for one in found
    ]
    text = paragraphs(*(_concern_line(one, now) for one in found))
    none = _("Nothing is open. Thank you!")
    return Screen(text or none, _("🔒 Told in confidence"), inline(*rows, [to_desk()]))


def concern_screen(view: ConcernView, now: datetime, above: str = "") -> Screen:
    """Show what was told in confidence to whom it belongs."""
    settled = _("✅ Settled.") if view.state is ConcernState.SETTLED else ""
    late = _("Nobody has seen to it in time, so it is told here as well.") if view.above else ""
    rows: list[list[InlineKeyboardButton]] = []
    opened = bool(view.words or view.phones)
    if view.state is ConcernState.OPEN:
        shut = [button(_("🔒 Open it"), OnConcern(act=ConcernAct.OPEN, id=view.id))]
        rows = [
            [] if opened else shut,
            [button(_("✅ I have seen to it"), OnConcern(act=ConcernAct.SETTLE, id=view.id))],
        ]
    return Screen(
        paragraphs(
            above, _concern_line(view, now), _words_and_phones(view, opened=opened), late, settled
        ),
        _("🔒 Told in confidence"),
        inline(
            *rows,
            [button(_("🏡 The home"), OnHome(act=HomeAct.OPEN, id=view.home_id))],
            [button(_("‹ Back"), ToConcerns())],
        ),
    )


def _words_and_phones(view: ConcernView, *, opened: bool) -> str:
    numbers = [f"📞 {who.name} {number}" for who, number in view.phones]
    silent = "" if view.wrote or not opened else _("Nothing was written.")
    return joined(quoted(view.words), silent, *numbers)


def _concern_line(view: ConcernView, now: datetime) -> str:
    about = _("about {name}").format(name=view.about.name) if view.about else ""
    return joined(
        _(CONCERNS[view.kind]),
        joined(f"👤 {view.home.name}", place_name(view.place), about, gap=" · "),
        joined(
            on_date(view.opened_at, now),
            _("please see to it until {time}").format(time=at_clock(view.due_at, now))
            if view.state is ConcernState.OPEN
            else "",
            gap=" · ",
        ),
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
