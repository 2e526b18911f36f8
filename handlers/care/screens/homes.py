"""How a home looks: to the person large and simple, to whoever keeps it with all it has."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.care.callbacks import (
    CallOnAct,
    Confide,
    ConfideAct,
    HomeAct,
    NeedAct,
    OnCallOn,
    OnHome,
    OnNeed,
    OnPair,
    PairAct,
    ToHomes,
)
from handlers.care.screens.words import (
    HOME_STATES,
    PAIR_STATES,
    PARTS,
    REASONS,
    need_words,
    often,
    on_need,
)
from handlers.form.wording import words_of_day
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, place_name, quoted
from models.care.rules import (
    HomeMove,
    HomeState,
    PairPart,
    PairState,
)
from models.care.views import (
    HomeView,
    NeedView,
    PairLine,
)


def home_screen(view: HomeView, _now: datetime, above: str = "") -> Screen:
    """Show a home: to the person large and simple, to whoever keeps it with all that it has."""
    return _own_home(view, above) if view.own else _kept_home(view, above)


def sure_screen(view: HomeView, _now: datetime) -> Screen:
    """Ask once more before nobody looks in any more."""
    text = _("Shall nobody look in on you any more? For a while you can also pause.")
    return Screen(
        text,
        keyboard=inline(
            [_on(_("⏸ Only pause"), HomeAct.PAUSE, view)],
            [_on(_("Yes, end it"), HomeAct.END, view)],
            [_on(_("‹ Back"), HomeAct.OPEN, view)],
        ),
    )


def _own_home(view: HomeView, above: str) -> Screen:
    visitor = next((pair for pair in view.pairs if pair.part is PairPart.MAIN), None)
    if view.state is HomeState.PROPOSED:
        return _proposal(view, visitor, above)
    lines = {
        HomeState.AGREED: _("🏡 Somebody looks in on you {often}.").format(often=often(view)),
        HomeState.PAUSED: _("⏸ Paused: nobody comes until you say so."),
        HomeState.ENDED: _("Nobody looks in on you any more. You can always ask us again."),
        HomeState.DECLINED: _("You said no. You can always ask us."),
    }
    coming = ""
    if view.state is HomeState.AGREED and view.next_on:
        coming = _("📅 Next time: {day}").format(day=words_of_day(view.next_on))
    if view.state is HomeState.AGREED and visitor is None:
        coming = joined(coming, _("We still look for a neighbour who suits you."))
    people = joined(*(_pair_line(pair) for pair in view.pairs))
    needed = joined(*(f"• {need_words(need)}" for need in view.needs))
    text = paragraphs(above, joined(lines[view.state], coming), people, needed)
    return Screen(text, _("🏡 Looking in on you"), inline(*_own_rows(view)))


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
    now = [button(_("👀 The visit of today"), OnCallOn(act=CallOnAct.OPEN, id=view.open_call or 0))]
    return [
        now if view.open_call and view.state is HomeState.AGREED else [],
        [_on(_("🙏 I need something"), HomeAct.NEED, view)] if HomeMove.WISH in moves else [],
        *(_need_row(view, need) for need in view.needs),
        [_on(_("⏸ Pause"), HomeAct.PAUSE, view)] if HomeMove.PAUSE in moves else [],
        [_on(_("▶️ Come again, please"), HomeAct.RESUME, view)] if HomeMove.RESUME in moves else [],
        _confide_row(view) if HomeMove.TELL in moves and view.pairs else [],
        [_on(_("End it"), HomeAct.SURE, view)] if HomeMove.END in moves else [],
        [button(_("🏠 Home"), Go(to="home"))],
    ]


def _confide_row(view: HomeView) -> list[InlineKeyboardButton]:
    return [
        button(_("🔄 Somebody else, please"), Confide(act=ConfideAct.ANOTHER, id=view.id)),
        button(_("💰 I was asked for money"), Confide(act=ConfideAct.MONEY, id=view.id)),
    ]


def _kept_home(view: HomeView, above: str) -> Screen:
    facts = joined(
        f"👤 {view.who.name} · 📍 {place_name(view.place)}",
        joined(_(HOME_STATES[view.state]), often(view), gap=" · "),
        _("📅 Next time: {day}").format(day=words_of_day(view.next_on)) if view.next_on else "",
        "" if view.can_agree else _("📄 Their proxy agrees once you have seen the paper."),
    )
    people = joined(*(_pair_line(pair) for pair in view.pairs)) or _("Nobody looks in yet.")
    sealed = joined(
        _(", ").join(_(REASONS[reason]) for reason in view.reasons), quoted(view.wishes)
    )
    needed = joined(*(f"• {need_words(need)}" for need in view.needs))
    return Screen(
        paragraphs(above, facts, people, sealed, needed),
        f"🏡 {view.who.name}",
        inline(*_kept_rows(view)),
    )


def _kept_rows(view: HomeView) -> list[list[InlineKeyboardButton]]:
    moves = view.moves
    acts = (
        (HomeMove.NAME, _("👥 Propose a neighbour"), HomeAct.NAME),
        (HomeMove.CHANGE, _("💬 Wishes"), HomeAct.WISHES),
        (HomeMove.CHANGE, _("📅 How often"), HomeAct.RHYTHM),
        (HomeMove.WISH, _("🙏 Note what is needed"), HomeAct.NEED),
        (HomeMove.REVIEW, _("✅ Talked over: stays so"), HomeAct.REVIEWED),
        (HomeMove.WITHDRAW, _("✕ Take it back"), HomeAct.WITHDRAW),
    )
    shut = not view.reasons and not view.wishes
    sealed = [_on(_("🔒 Reasons and wishes"), HomeAct.SEALED, view)]
    paper = [_on(_("📄 I have seen the paper"), HomeAct.PAPER, view)]
    return [
        sealed if HomeMove.OPEN_SEALED in moves and shut else [],
        paper if HomeMove.SEE_PAPER in moves and not view.can_agree else [],
        *([_on(label, act, view)] for move, label, act in acts if move in moves),
        *([_end_pair(pair)] for pair in view.pairs),
        *(_need_row(view, need) for need in view.needs),
        [button(_("‹ Homes"), ToHomes())],
    ]


def _end_pair(pair: PairLine) -> InlineKeyboardButton:
    label = _("✕ {name} no longer").format(name=clip(pair.who.name, 16))
    return button(label, OnPair(act=PairAct.END, id=pair.id))


def _need_row(view: HomeView, need: NeedView) -> list[InlineKeyboardButton]:
    what = clip(need.words, 12) if need.words else on_need(need)
    ask = button(
        _("🤝 {what}: ask for help").format(what=what),
        OnNeed(act=NeedAct.ASK_HELP, id=need.id, home=view.id),
    )
    done = NeedAct.DROP if view.own else NeedAct.MEET
    label = _("✕ No longer") if view.own else _("✅ Done")
    return [ask, button(label, OnNeed(act=done, id=need.id, home=view.id))]


def _pair_line(pair: PairLine) -> str:
    state = "" if pair.state is PairState.AGREED else _(PAIR_STATES[pair.state])
    return joined(f"👥 {pair.who.name}", _(PARTS[pair.part]), state, gap=" · ")


def _on(label: str, act: HomeAct, view: HomeView) -> InlineKeyboardButton:
    return button(label, OnHome(act=act, id=view.id))
