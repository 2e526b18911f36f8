"""What states, parts and reasons of care are called."""

from aiogram.types import InlineKeyboardButton

from handlers.care.callbacks import HomeAct, NeedAct, OnHome, OnNeed
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.screen import button, clip
from models.care.rules.plans import CareRhythm
from models.care.rules.states import CareFound, CareReason, Concern, HomeState, PairPart, PairState
from models.care.views import (
    CallView,
    HomeView,
    NeedView,
    PairView,
)
from models.routines.rules import OccasionState

RHYTHMS = {
    CareRhythm.WEEKLY: mark("every week"),
    CareRhythm.MONTHLY: mark("every month"),
    CareRhythm.QUARTERLY: mark("every three months"),
}


WEEKDAYS = (
    mark("Monday"),
    mark("Tuesday"),
    mark("Wednesday"),
    mark("Thursday"),
    mark("Friday"),
    mark("Saturday"),
    mark("Sunday"),
)


REASONS = {
    CareReason.ALONE: mark("lives alone"),
    CareReason.FRAIL: mark("frail"),
    CareReason.DISABLED: mark("disabled"),
    CareReason.NEED: mark("in need"),
    CareReason.MEMBER_NEED: mark("party member in need"),
    CareReason.FIVE: mark("supported by the state"),
}


HOME_STATES = {
    HomeState.PROPOSED: mark("⏳ not answered yet"),
    HomeState.AGREED: mark("✅ agreed"),
    HomeState.PAUSED: mark("⏸ paused by them"),
    HomeState.ENDING: mark("ended"),
    HomeState.ENDED: mark("ended"),
    HomeState.DECLINED: mark("declined"),
}


PARTS = {
    PairPart.MAIN: mark("looks in"),
    PairPart.INSTEAD: mark("comes instead"),
    PairPart.BUDDY: mark("knocks first in danger"),
}


PAIR_STATES = {
    PairState.PROPOSED: mark("⏳ the home is asked"),
    PairState.ASKED: mark("⏳ the neighbour is asked"),
    PairState.AGREED: mark("✅"),
    PairState.RESTING: mark("⏸ resting"),
    PairState.ENDED: mark("ended"),
    PairState.DECLINED: mark("declined"),
}


CALL_STATES = {
    OccasionState.DUE: mark("⏳ open"),
    OccasionState.TAKEN: mark("🚶 somebody comes"),
    OccasionState.DONE: mark("✅ looked in"),
    OccasionState.MISSED: mark("🔴 missed"),
    OccasionState.COVERED: mark("✅ made up for"),
    OccasionState.EXCUSED: mark("not needed this time"),
}


FOUND = {
    CareFound.WELL: mark("😊 All well"),
    CareFound.NEEDS: mark("🙏 Something is needed"),
    CareFound.AWAY: mark("🚪 Not at home"),
    CareFound.NO_ANSWER: mark("❗ Nobody opened"),
}


CONCERNS = {
    Concern.MONEY: mark("💰 Money, keys or papers were asked for"),
    Concern.ANOTHER: mark("🔄 Another visitor, please"),
    Concern.MISMATCH: mark("☎️ They say different things: ring both, nobody is blamed"),
    Concern.GIFT: mark("🎁 A festival gift has not come: ring both, nobody is blamed"),
}

WHAT = 14
"""Letters of a need that fit beside a verb on a phone."""


def often(view: HomeView | PairView) -> str:
    """Say how often somebody is looked in on."""
    if view.rhythm is CareRhythm.WEEKLY:
        return _("every week, on {weekday}").format(weekday=_(WEEKDAYS[view.weekday]))
    return _(RHYTHMS[view.rhythm])


def need_words(need: NeedView) -> str:
    """Say what is needed."""
    return need.words or (_("🎤 a voice message") if need.voice else _("🔒 sealed"))


def wish_words(view: HomeView | CallView) -> str:
    """Say what somebody wishes; '' where that is nobody's to read, or nothing."""
    words = view.wishes or (_("🎤 a voice message") if view.wishes_spoken else "")
    return _("💬 Wishes: {words}").format(words=words) if words else ""


def wish_row(view: HomeView | CallView, home_id: int) -> list[InlineKeyboardButton]:
    """Offer to listen to wishes that were spoken; of any other nothing."""
    listen = button(_("🎤 Listen: wishes"), OnHome(act=HomeAct.LISTEN, id=home_id))
    return [listen] if view.wishes_spoken else []


def on_need(need: NeedView) -> str:
    """Call a need by nothing but that it is one."""
    return "🎤" if need.voice else _("Need")


def need_rows(need: NeedView, home_id: int, *, own: bool) -> list[list[InlineKeyboardButton]]:
    """Make the buttons of a need: listen to it, ask for help with it, be done with it."""
    what = clip(need.words, WHAT) if need.words else on_need(need)
    done = (NeedAct.DROP, _("✕ No longer: {what}")) if own else (NeedAct.MEET, _("✅ Done: {what}"))
    acts = ((NeedAct.ASK_HELP, _("🤝 Ask for help: {what}")), done)
    return [
        listen_row(need, home_id),
        *(
            [button(label.format(what=what), OnNeed(act=act, id=need.id, home=home_id))]
            for act, label in acts
        ),
    ]


def listen_row(need: NeedView, home_id: int) -> list[InlineKeyboardButton]:
    """Offer to listen to a need that was spoken; of any other nothing."""
    listen = OnNeed(act=NeedAct.LISTEN, id=need.id, home=home_id)
    return [button(_("🎤 Listen"), listen)] if need.voice else []
