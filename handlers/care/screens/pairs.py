"""How a pair looks: to the home, to the neighbour, to whoever keeps the home."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.care.callbacks import (
    HomeAct,
    OnHome,
    OnPair,
    PairAct,
)
from handlers.care.screens.words import PAIR_STATES, PARTS, often
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs, place_name
from models.care.rules.states import PairMove, PairPart, PairState
from models.care.views import (
    PairView,
)


def pair_screen(view: PairView, _now: datetime, above: str = "") -> Screen:
    """Show a pair: to the home whom it is about, to the neighbour what is asked of them."""
    if view.own:
        return _pair_for_home(view, above)
    if view.keeps:
        return _pair_kept(view, above)
    whom = view.home.name if view.home else _("a neighbour")
    where = place_name(view.place)
    lines = {
        PairPart.MAIN: _(
            "🏡 Would you look in on {name} at {place} {often}? A chat, a small hand."
        ),
        PairPart.INSTEAD: _(
            "🏡 Would you look in on {name} at {place} when their usual visitor cannot come?"
        ),
        PairPart.BUDDY: _(
            "🏡 If there is danger, such as a flood: would you knock at the door of {name} at "
            "{place} first? Only then."
        ),
    }
    stands = {
        PairPart.MAIN: _("🏡 You look in on {name} at {place} {often}."),
        PairPart.INSTEAD: _("🏡 You look in on {name} at {place} when others cannot."),
        PairPart.BUDDY: _("🏡 In danger you knock first at the door of {name} at {place}."),
    }
    asked = view.state is PairState.ASKED
    said = (lines if asked else stands)[view.part]
    over = _(PAIR_STATES[view.state])
    text = said.format(name=whom, place=where, often=often(view))
    gone = view.state in {PairState.ENDED, PairState.DECLINED}
    hidden = _("Their name is told to whoever says yes.") if asked and view.home is None else ""
    return Screen(
        paragraphs(above, over if gone else text, hidden), keyboard=inline(*_pair_rows(view))
    )


def _pair_for_home(view: PairView, above: str) -> Screen:
    lines = {
        PairState.PROPOSED: _("May {name} look in on you? ({part})"),
        PairState.ASKED: _("We have asked {name}. ({part})"),
        PairState.AGREED: _("✅ {name} has said yes. ({part})"),
        PairState.RESTING: _("⏸ {name} is taking a rest. Others look in meanwhile."),
        PairState.ENDED: _("{name} no longer looks in. We look for somebody else."),
        PairState.DECLINED: _("It is not {name}. We look for somebody else."),
    }
    gone = _("{name} no longer looks in.")
    line = gone if view.over and view.state is PairState.ENDED else lines[view.state]
    text = line.format(name=view.neighbour.name, part=_(PARTS[view.part]))
    return Screen(paragraphs(above, text), keyboard=inline(*_pair_rows(view)))


def _pair_kept(view: PairView, above: str) -> Screen:
    """Show whoever keeps the home who looks in on whom."""
    home = view.home.name if view.home else _("a neighbour")
    facts = joined(
        f"👥 {view.neighbour.name} → 🏡 {home}",
        joined(_(PARTS[view.part]), _(PAIR_STATES[view.state]), gap=" · "),
    )
    back = [button(_("🏡 The home"), OnHome(act=HomeAct.OPEN, id=view.home_id))]
    return Screen(paragraphs(above, facts), keyboard=inline(back))


def _pair_rows(view: PairView) -> list[list[InlineKeyboardButton]]:
    acts = (
        (PairMove.WELCOME, _("😊 Yes, please"), PairAct.WELCOME),
        (PairMove.REFUSE, _("🔄 Somebody else"), PairAct.REFUSE),
        (PairMove.TAKE_ON, _("✅ Gladly"), PairAct.TAKE_ON),
        (PairMove.TURN_DOWN, _("↩️ I cannot"), PairAct.TURN_DOWN),
        (PairMove.REST, _("⏸ I need a rest"), PairAct.REST),
        (PairMove.RETURN, _("▶️ I can again"), PairAct.RETURN),
    )
    rows = [
        [button(label, OnPair(act=act, id=view.id))]
        for move, label, act in acts
        if move in view.moves
    ]
    paired = view.state in {PairState.AGREED, PairState.RESTING} and not view.own
    ends = [button(_("✕ End it"), OnPair(act=PairAct.END, id=view.id))]
    back = [button(_("🏡 Care"), Go(to="care"))]
    return [*rows, ends if paired and PairMove.END in view.moves else [], back]
