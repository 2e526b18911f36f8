"""How a home looks: to the person large and simple, to whoever keeps it with all it has."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.care.callbacks import (
    CallOnAct,
    Confide,
    ConfideAct,
    HomeAct,
    OnCallOn,
    OnHome,
    OnPair,
    PairAct,
    ToHomes,
)
from handlers.care.screens.words import (
    HOME_STATES,
    PAIR_STATES,
    PARTS,
    REASONS,
    need_rows,
    need_words,
    often,
    wish_row,
    wish_words,
)
from handlers.clock_text import at_clock
from handlers.form.wording import words_of_day
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, place_name
from models.care.rules.states import HomeMove, HomeState, PairPart, PairState
from models.care.views import (
    HomeView,
    PairLine,
)


def home_screen(view: HomeView, now: datetime, above: str = "") -> Screen:
    """Show a home: to the person large and simple, to whoever keeps it with all that it has."""
    return _own_home(view, now, above) if view.own else _kept_home(view, now, above)


def _own_home(view: HomeView, now: datetime, above: str) -> Screen:
    visitor = next((pair for pair in view.pairs if pair.part is PairPart.MAIN), None)
    if view.state is HomeState.PROPOSED:
        return _proposal(view, visitor, above)
    looks_in = _("🏡 Somebody looks in on you {often}.")
    looked_for = _("🏡 We look for a neighbour who suits you, to look in on you {often}.")
    lines = {
        HomeState.AGREED: (looks_in if visitor else looked_for).format(often=often(view)),
        HomeState.PAUSED: _("⏸ Paused: nobody comes until you say so."),
        HomeState.ENDING: _("Ended. Nobody looks in on you any more."),
        HomeState.ENDED: _("Nobody looks in on you any more. You can always ask us again."),
        HomeState.DECLINED: _("You said no. You can always ask us."),
    }
    coming = ""
    if view.state is HomeState.AGREED and view.next_on:
        coming = _("📅 Next time: {day}").format(day=words_of_day(view.next_on))
    people = joined(*(_pair_line(pair, own=True) for pair in view.pairs))
    text = paragraphs(above, joined(lines[view.state], coming), people, _slip(view, now))
    return Screen(text, _("🏡 Looking in on you"), inline(*_own_rows(view)))


def needs_screen(view: HomeView, _now: datetime) -> Screen:
    """Show the person what they said that they need: to ask for help with it, or take it off."""
    lines = [f"• {need_words(need)}" for need in view.needs]
    rows = [row for need in view.needs for row in need_rows(need, view.id, own=view.own)]
    return Screen(
        joined(*lines) or _("Nothing is on the list."),
        _("🙏 What you need"),
        inline(
            *rows,
            [_on(_("➕ I need something"), HomeAct.NEED, view)] if _wishes(view) else [],
            [_on(_("‹ Back"), HomeAct.OPEN, view)],
        ),
    )


def _wishes(view: HomeView) -> bool:
    return HomeMove.WISH in view.moves


def _proposal(view: HomeView, visitor: PairLine | None, above: str) -> Screen:
    if visitor is None:
        asks = _(
            "{name}, the community would like a neighbour to look in on you {often}, to chat and "
            "lend a hand. Would you like that?"
        ).format(name=view.who.name, often=often(view))
    else:
        asks = _(
            "{name}, the community would like your neighbour {visitor} to look in on you {often}, "
            "to chat and lend a hand. Would you like that?"
        ).format(name=view.who.name, visitor=visitor.who.name, often=often(view))
    rest = _("You can stop at any time, without a reason.")
    paper = _("The community first has to see the paper that says you may agree for them.")
    other = [_on(_("🔄 Somebody else"), HomeAct.AGREE_OTHER, view)]
    return Screen(
        paragraphs(above, asks, rest, "" if view.can_agree else paper),
        keyboard=inline(
            [_on(_("😊 Yes, please"), HomeAct.AGREE, view)] if view.can_agree else [],
            [_on(_("Not now"), HomeAct.DECLINE, view)],
            other if visitor and view.can_agree else [],
        ),
    )


def _own_rows(view: HomeView) -> list[list[InlineKeyboardButton]]:
    moves = view.moves
    needs = [_on(_("🙏 What I need ({count})").format(count=len(view.needs)), HomeAct.NEEDS, view)]
    says = [_on(_("🙏 I need something"), HomeAct.NEED, view)] if _wishes(view) else []
    met = any(pair.state in {PairState.AGREED, PairState.RESTING} for pair in view.pairs)
    return [
        _today_row(view),
        needs if view.needs else says,
        [_on(_("⏸ Pause"), HomeAct.PAUSE, view)] if HomeMove.PAUSE in moves else [],
        [_on(_("▶️ Come again, please"), HomeAct.RESUME, view)] if HomeMove.RESUME in moves else [],
        *(_confide_rows(view) if HomeMove.TELL in moves and met else []),
        [button(_("🌅 Ask me every day whether all is well"), Go(to="daily"))],
        [_on(_("End it"), HomeAct.END, view)] if HomeMove.END in moves else [],
        _back_row(view),
        [button(_("🏠 Home"), Go(to="home"))],
    ]


def _slip(view: HomeView, now: datetime) -> str:
    """Say until when it can be taken back that it has ended."""
    if view.back_until is None:
        return ""
    until = at_clock(view.back_until, now)
    if view.own:
        back = _("A slip of the finger? Until {time} one tap brings everything back as it was.")
    else:
        back = _("A slip of the finger? It can be taken back until {time}.")
    return back.format(time=until)


def _back_row(view: HomeView) -> list[InlineKeyboardButton]:
    back = [_on(_("↩️ A slip of the finger"), HomeAct.BACK, view)]
    return back if HomeMove.TAKE_BACK in view.moves else []


def _today_row(view: HomeView) -> list[InlineKeyboardButton]:
    if view.open_call is None or view.state is not HomeState.AGREED:
        return []
    return [button(_("👀 The visit of today"), OnCallOn(act=CallOnAct.OPEN, id=view.open_call))]


def _confide_rows(view: HomeView) -> list[list[InlineKeyboardButton]]:
    """Offer what is said in confidence, once there is somebody of whom it could be said."""
    return [
        [button(_("🔄 Somebody else, please"), Confide(act=ConfideAct.ANOTHER, id=view.id))],
        [button(_("💰 I was asked for money"), Confide(act=ConfideAct.MONEY, id=view.id))],
    ]


def _kept_home(view: HomeView, now: datetime, above: str) -> Screen:
    facts = joined(
        f"👤 {view.who.name} · 📍 {place_name(view.place)}",
        joined(_(HOME_STATES[view.state]), often(view), gap=" · "),
        _("📅 Next time: {day}").format(day=words_of_day(view.next_on)) if view.next_on else "",
        _("☎️ Nothing we send reaches them: the bot is blocked. Please ring.")
        if view.silent
        else "",
        "" if view.can_agree else _("📄 Their proxy agrees once you have seen the paper."),
    )
    people = joined(*(_pair_line(pair) for pair in view.pairs)) or _("Nobody looks in yet.")
    sealed = joined(
        _(", ").join(_(REASONS[reason]) for reason in view.reasons),
        wish_words(view),
    )
    needed = joined(*(f"🙏 {need_words(need)}" for need in view.needs))
    return Screen(
        paragraphs(above, facts, people, sealed, needed, _slip(view, now)),
        f"🏡 {view.who.name}",
        inline(*_kept_rows(view)),
    )


def _kept_rows(view: HomeView) -> list[list[InlineKeyboardButton]]:
    moves = view.moves
    acts = (
        (HomeMove.NAME, _("👥 Propose a neighbour"), HomeAct.NAME),
        (HomeMove.WISH, _("🙏 Note what is needed"), HomeAct.NEED),
        (HomeMove.REVIEW, _("✅ Talked over: stays so"), HomeAct.REVIEWED),
        (HomeMove.WITHDRAW, _("✕ Take it back"), HomeAct.WITHDRAW),
        (HomeMove.END, _("✕ They want it to end"), HomeAct.END),
    )
    opened = [need for need in view.needs if need.words or need.voice]
    shut = not (view.reasons or view.wishes or view.wishes_spoken or opened)
    sealed = [_on(_("🔒 Reasons, wishes, needs"), HomeAct.SEALED, view)]
    how = [
        _on(_("💬 Wishes"), HomeAct.WISHES, view),
        _on(_("📅 How often"), HomeAct.RHYTHM, view),
    ]
    paper = [_on(_("📄 I have seen the paper"), HomeAct.PAPER, view)]
    return [
        sealed if HomeMove.OPEN_SEALED in moves and shut else [],
        wish_row(view, view.id),
        paper if HomeMove.SEE_PAPER in moves and not view.can_agree else [],
        *(row for need in opened for row in need_rows(need, view.id, own=view.own)),
        how if HomeMove.CHANGE in moves else [],
        *([_on(label, act, view)] for move, label, act in acts if move in moves),
        *([_end_pair(pair)] for pair in view.pairs),
        _back_row(view),
        [button(_("‹ Homes"), ToHomes())],
    ]


def _end_pair(pair: PairLine) -> InlineKeyboardButton:
    label = _("✕ {name} no longer").format(name=clip(pair.who.name, 16))
    return button(label, OnPair(act=PairAct.END, id=pair.id))


def _pair_line(pair: PairLine, *, own: bool = False) -> str:
    """Say who a neighbour is to the home; `own` where the home itself reads it."""
    state = "" if pair.state is PairState.AGREED else _(PAIR_STATES[pair.state])
    if own and pair.state is PairState.PROPOSED:
        state = _("⏳ we ask you: is that all right?")
    return joined(f"👥 {pair.who.name}", _(PARTS[pair.part]), state, gap=" · ")


def _on(label: str, act: HomeAct, view: HomeView) -> InlineKeyboardButton:
    return button(label, OnHome(act=act, id=view.id))
