"""What people are told of care: a sentence above what it is about, as it stands now."""

from handlers.care.screens.calls import OPEN_CALL, call_screen
from handlers.care.screens.homes import home_screen
from handlers.care.screens.pairs import pair_screen
from handlers.i18n import gettext as _
from handlers.records.cards import card
from handlers.screen import Pointless
from handlers.text import place_name
from models.care.queries.calls import call_told
from models.care.queries.homes import home_told, pair_told
from models.care.rules.notices import Notice
from models.care.rules.states import OPEN_HOME, HomeState, PairState
from models.care.views import CallView, HomeView, PairView
from models.outbox import views as outbox
from models.routines.rules import OccasionState

OVER = Pointless("it is over")


def _proposed(view: HomeView, notice: outbox.Notice) -> str | Pointless:
    return "" if notice.in_place or view.state is HomeState.PROPOSED else OVER


def _answered(view: HomeView, notice: outbox.Notice) -> str:
    if notice.detail.get("moved") and view.state in OPEN_HOME:
        told = _("🏡 {name} has moved to {place}. Who looks in is yours to see to now.")
        return told.format(name=view.who.name, place=place_name(view.place))
    if notice.detail.get("back") and view.state in OPEN_HOME:
        told = _("↩️ {name} had ended it by a slip of the finger: all is as it was.")
        return told.format(name=view.who.name)
    if view.state is HomeState.AGREED and view.keeper is None:
        return _(
            "🏡 {name} asks that somebody looks in. Please find a neighbour who suits."
        ).format(name=view.who.name)
    ended = _("🏡 {name} wants nobody to look in any more.")
    sentences = {
        HomeState.PROPOSED: "",
        HomeState.AGREED: _("🏡 {name} has agreed that somebody looks in."),
        HomeState.PAUSED: _("⏸ {name} wants nobody to look in for now."),
        HomeState.ENDING: ended,
        HomeState.ENDED: ended,
        HomeState.DECLINED: _("🏡 {name} has said no. Nobody asks again for a year."),
    }
    return sentences[view.state].format(name=view.who.name)


def _review(view: HomeView, notice: outbox.Notice) -> str | Pointless:
    del notice
    if view.state not in {HomeState.AGREED, HomeState.PAUSED}:
        return OVER
    return _("🗓 A year has gone by. Please talk it over with {name}: is it still good so?").format(
        name=view.who.name
    )


def _asked(view: PairView, notice: outbox.Notice) -> str | Pointless:
    wanted = PairState.PROPOSED if notice.kind == Notice.WELCOME else PairState.ASKED
    return "" if notice.in_place or view.state is wanted else OVER


def _paired(view: PairView, notice: outbox.Notice) -> str:
    del notice
    if view.own:
        return ""
    sentences = {
        PairState.AGREED: _("👥 {name} now looks in on {home}."),
        PairState.DECLINED: _("👥 {name} does not look in on {home}. Please find somebody else."),
        PairState.ENDED: _("👥 {name} no longer looks in on {home}."),
    }
    home = view.home.name if view.home else _("a neighbour")
    return sentences.get(view.state, "").format(name=view.neighbour.name, home=home)


def _call(view: CallView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    if view.state not in OPEN_CALL:
        return OVER
    if not view.mine:
        return Pointless("somebody else has it")
    if view.on_day:
        return _("🏡 You said that you look in on {name}.").format(name=view.home.name)
    if notice.detail.get("half"):
        return _("⏰ Half of the time is over. Shall we ask somebody else?")
    return _("🏡 It is a day to look in.")


def _coming(view: CallView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    return "" if view.on_day else OVER


def _came(view: CallView, notice: outbox.Notice) -> str | Pointless:
    if view.said is not None or view.holder is None:
        return "" if notice.in_place else OVER
    return _("Did {name} come to see you today?").format(name=view.holder.name)


def _unseen(view: CallView, notice: outbox.Notice) -> str:
    del notice
    return _("❗ {name} was not seen at the door. Please find out how they are.").format(
        name=view.home.name
    )


def _missed(view: CallView, notice: outbox.Notice) -> str | Pointless:
    if view.state is not OccasionState.MISSED:
        return "" if notice.in_place else OVER
    return _("🔴 Nobody has looked in on {name} in time.").format(name=view.home.name)


def _covered(view: CallView, notice: outbox.Notice) -> str:
    del notice
    return _("✅ Somebody has looked in on {name} after all.").format(name=view.home.name)


card(Notice.PROPOSED, home_told, home_screen, _proposed)
card(Notice.ANSWERED, home_told, home_screen, _answered)
card(Notice.REVIEW, home_told, home_screen, _review)
card(Notice.WELCOME, pair_told, pair_screen, _asked)
card(Notice.TAKE_ON, pair_told, pair_screen, _asked)
card(Notice.PAIRED, pair_told, pair_screen, _paired)
card(Notice.CALL, call_told, call_screen, _call)
card(Notice.COMING, call_told, call_screen, _coming)
card(Notice.CAME, call_told, call_screen, _came)
card(Notice.UNSEEN, call_told, call_screen, _unseen)
card(Notice.MISSED, call_told, call_screen, _missed)
card(Notice.COVERED, call_told, call_screen, _covered)
