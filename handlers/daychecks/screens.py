"""How day checks look: one's own page, a day to whose it is, a day to whoever was told."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.clock_text import local
from handlers.daychecks.callbacks import (
    CheckAct,
    DayAct,
    OnCheck,
    OnDay,
    ToMonth,
    ToSilent,
)
from handlers.desk.callbacks import OpenCase
from handlers.desk.screens.board import to_desk
from handlers.form.wording import words_of_day
from handlers.help.callbacks import MineAct, OnMine, OpenMine
from handlers.help.screens.alarm import ring_first
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, place_name
from models.circle.views import MemberView
from models.daychecks.rules.states import (
    NOBODY_KNOWS,
    CheckMove,
    CheckState,
    DayMove,
    DayState,
    Known,
    TheySaid,
)
from models.daychecks.views import CheckView, DayView
from models.people.rules import Field

OWN = {
    DayState.WAITING: mark("We have not heard from you yet today."),
    DayState.HEARD: mark("We have heard from you today. Thank you!"),
    DayState.WELL: mark("😊 All is well today. That gladdens us: have a good day!"),
    DayState.LATE_WELL: mark("😊 All is well. Good that you wrote, now everybody is at ease!"),
    DayState.HELP: mark("🙏 You asked for help; it is on its way."),
    DayState.FOUND_WELL: mark("💚 We know that you are well."),
    DayState.EMERGENCY: mark("We could not reach you, so neighbours were asked to look after you."),
    DayState.UNRESOLVED: mark("We could not reach you. Please answer as soon as you read this."),
}
OTHERS = {
    DayState.WAITING: mark("{name} has not answered yet today."),
    DayState.HEARD: mark("💚 {name} was heard from. Thank you!"),
    DayState.WELL: mark("💚 {name} says that all is well. Thank you!"),
    DayState.LATE_WELL: mark("💚 {name} says that all is well. Thank you!"),
    DayState.HELP: mark("🙏 {name} answered and asked for help; a request is filed. Thank you!"),
    DayState.FOUND_WELL: mark("💚 {name} is well: {who} knows. Thank you!"),
    DayState.EMERGENCY: mark("🔴 Nobody knows how {name} is. Neighbours were asked to go there."),
    DayState.UNRESOLVED: mark("🔴 Nobody knows yet whether {name} is well."),
}
HOW = {Known.SPOKE: mark("They have spoken."), Known.SAW: mark("They have seen each other.")}
SAID = {
    TheySaid.GOING: mark("You said: I go there."),
    TheySaid.CANNOT: mark("You said: I cannot. Thank you for saying so."),
    TheySaid.NO_ANSWER: mark("You said: nobody answered. The next is asked."),
    TheySaid.WELL: mark("You said: all is well."),
}
COUNTED = {
    DayState.WELL: mark("😊 said all is well"),
    DayState.HEARD: mark("💚 were heard of"),
    DayState.LATE_WELL: mark("😊 said so after others had been asked"),
    DayState.FOUND_WELL: mark("💚 were found well by somebody"),
    DayState.HELP: mark("🙏 asked for help"),
    DayState.EMERGENCY: mark("🆘 neighbours were asked"),
    DayState.UNRESOLVED: mark("🔴 nobody knew to the end"),
    DayState.WAITING: mark("⏳ are open"),
}


def check_screen(
    view: CheckView | None,
    day: DayView | None,
    circle: Sequence[MemberView],
    above: str = "",
    *,
    silent: int | None = None,
) -> Screen:
    """Show somebody their own day check; `silent` counts who waits at their desk, if any."""
    desk = [] if silent is None else [button(_silent_label(silent), ToSilent())]
    title, home = _("🌅 Daily check"), [button(_("🏠 Home"), Go(to="home"))]
    if view is None or view.state is CheckState.OFF:
        begin = [button(_("🌅 Ask me every day"), OnCheck(act=CheckAct.BEGIN))]
        mine = [button(_("👪 My circle"), Go(to="circle"))]
        return Screen(paragraphs(above, what_it_is()), title, inline(begin, mine, desk, home))
    resting = view.rest_until is not None
    asked = day is not None and view.state is CheckState.ON
    today = own_words(day) if asked and day is not None else ""
    return Screen(
        paragraphs(above, today, _state(view), _around(view, circle)),
        title,
        inline(
            *(own_rows(day) if asked and day is not None else []),
            *_change_rows(view, resting=resting),
            desk,
            home,
        ),
    )


def what_it_is() -> str:
    """Say in two sentences what a day check does."""
    return _(
        "Every day at your hour we ask whether all is well, and one tap answers. If we "
        "hear nothing of you, we ask whom you name, one after the other, until somebody knows how "
        "you are."
    )


def sure_screen() -> Screen:
    """Ask once more before it is switched off."""
    return Screen(
        _("Shall we not ask you any more? For a while you can also pause."),
        keyboard=inline(
            [button(_("⏸ Only pause"), OnCheck(act=CheckAct.PAUSE))],
            [button(_("Yes, switch it off"), OnCheck(act=CheckAct.OFF))],
            [button(_("‹ Back"), Go(to="daily"))],
        ),
    )


def hours_words(view: CheckView) -> str:
    """Say at which hours somebody is asked."""
    hours = [one for one in (view.hours.first, view.hours.second) if one is not None]
    return _(" and ").join(f"{one}:00" for one in hours)


def _state(view: CheckView) -> str:
    if view.state is CheckState.PAUSED:
        return _("⏸ Paused: we do not ask until you say so.")
    at = _("🕗 Every day at {hours}").format(hours=hours_words(view))
    if view.rest_until is not None:
        until = words_of_day(view.rest_until)
        return joined(at, _("🧳 Away until {day}; after that we ask again.").format(day=until))
    return at


def _around(view: CheckView, circle: Sequence[MemberView]) -> str:
    names = [one.member.name if one.member else one.name for one in circle]
    told = _(", ").join(names) if names else _("only the community")
    yes, no = _("gladly"), _("rather not")
    return joined(
        _("👪 Whom we ask about you: {names}").format(names=told),
        _("🏢 Leader of the building may come: {answer}").format(
            answer=yes if view.leader_too else no
        ),
        _("🤝 Neighbours may be sent: {answer}").format(
            answer=yes if view.may_send_neighbours else no
        ),
    )


def _change_rows(view: CheckView, *, resting: bool) -> list[list[InlineKeyboardButton]]:
    moves = view.moves
    change = CheckMove.CHANGE in moves
    leader = _("🏢 Leader: rather not") if view.leader_too else _("🏢 Leader may come")
    near = (
        _("🤝 Neighbours: rather not") if view.may_send_neighbours else _("🤝 Neighbours may come")
    )
    away = [_act(_("🧳 I am away"), CheckAct.AWAY)] if CheckMove.REST in moves else []
    back = [_act(_("🏠 I am back"), CheckAct.BACK)] if CheckMove.REST in moves else []
    pause = [_act(_("⏸ Pause"), CheckAct.PAUSE)] if CheckMove.PAUSE in moves else []
    go_on = [_act(_("▶️ Ask me again"), CheckAct.RESUME)] if CheckMove.RESUME in moves else []
    off = [_act(_("Switch off"), CheckAct.SURE)] if CheckMove.SWITCH_OFF in moves else []
    return [
        go_on,
        [_act(_("🕗 Other hours"), CheckAct.HOURS), *(back if resting else away)] if change else [],
        [button(_("👪 My circle"), Go(to="circle"))],
        [_act(leader, CheckAct.LEADER), _act(near, CheckAct.NEIGHBOURS)] if change else [],
        [*pause, *off],
    ]


def day_screen(view: DayView, _now: datetime, head: str = "") -> Screen:
    """Show a day under a sentence: to whose it is, or to whoever was told."""
    if view.own:
        told = "" if head and view.state in NOBODY_KNOWS else own_words(view)
        return Screen(paragraphs(head, told), keyboard=inline(*own_rows(view)))
    who = view.found_by.name if view.found_by else ""
    name = view.whose.name or _("a neighbour")
    open_ = view.state in NOBODY_KNOWS
    told = _(OTHERS[view.state]).format(name=name, who=who or _("a neighbour"))
    how = _(HOW[view.how]) if view.how and view.state is DayState.FOUND_WELL else ""
    mine = _(SAID[view.said]) if view.said and open_ else ""
    where = (
        f"📍 {place_name(view.where)}" if view.where and open_ and DayMove.GO in view.moves else ""
    )
    hidden = bool(head) and view.state is DayState.WAITING
    return Screen(
        paragraphs(
            head, joined("" if hidden else told, how, _on_the_way(view), where), mine, _danger(view)
        ),
        keyboard=inline(*_other_rows(view)),
    )


def own_words(view: DayView) -> str:
    """Say somebody how their own day stands."""
    return _(OWN[view.state])


def own_rows(view: DayView) -> list[list[InlineKeyboardButton]]:
    """Make the buttons of one's own day: two large ones while nothing is said."""
    if not view.active:
        return []
    if view.state is DayState.HELP:
        return _help_rows(view)
    well = [_on(_("😊 All well"), DayAct.WELL, view)] if DayMove.SAY_WELL in view.moves else []
    help_ = [_on(_("🙏 I need help"), DayAct.HELP, view)] if DayMove.ASK_HELP in view.moves else []
    return [well, help_]


def _help_rows(view: DayView) -> list[list[InlineKeyboardButton]]:
    if view.request_id is None:
        return []
    where = [button(_("📍 Where is it now?"), OpenMine(id=view.request_id, below=True))]
    return [[_on(_("💬 Say what it is about"), DayAct.ABOUT, view)], where]


def how_urgent_screen(view: DayView) -> Screen:
    """Ask how urgent the help is that was asked for just now; with the way back."""
    back = (
        [
            button(
                _("↩️ It was a mistake, no help is needed"),
                OnMine(act=MineAct.ASK_CANCEL, id=view.request_id),
            )
        ]
        if view.request_id is not None
        else []
    )
    return Screen(
        paragraphs(_("🙏 We have asked for help for you. How urgent is it?"), ring_first()),
        keyboard=inline(
            [_on(_("🆘 Danger: somebody at once"), DayAct.PRESS, view)],
            [_on(_("⚡ Today, please"), DayAct.TODAY, view)],
            [_on(_("🙂 It can wait"), DayAct.CALM, view)],
            back,
        ),
    )


def how_known_screen(view: DayView, _now: datetime) -> Screen:
    """Ask how somebody knows that all is well."""
    return Screen(
        _("How do you know that {name} is well?").format(name=view.whose.name),
        keyboard=inline(
            [_on(_("📞 We have spoken"), DayAct.SPOKE, view)],
            [_on(_("👀 I have seen them"), DayAct.SAW, view)],
            [_on(_("‹ Back"), DayAct.OPEN, view)],
        ),
    )


def call_screen(
    view: DayView, own: Mapping[Field, str], ring: Sequence[Mapping[str, str]]
) -> Screen:
    """Show whom to ring: the person, and those of their circle who are without the bot."""
    phone, door = own.get(Field.PHONE, ""), own.get(Field.DOOR, "")
    lines = [
        joined(
            f"👤 {view.whose.name}" if view.calls else "",
            f"📞 {phone}" if phone else "",
            f"🚪 {door}" if door else "",
        ),
        *(joined(f"👪 {one.get('name', '')}", f"📞 {one.get('phone', '')}") for one in ring),
    ]
    none = _("No number is known here.")
    known = bool(phone or door or ring)
    back = button(_("‹ Back"), OnDay(act=DayAct.OPEN, id=view.id))
    return Screen(paragraphs(*lines, "" if known else none), keyboard=inline([back]))


def silent_screen(found: Sequence[DayView], *, month: bool = True) -> Screen:
    """List of whom nobody knows whether they are well, and what is to be listened to."""
    rows = [
        [button(clip(f"{_sign(one)} {one.whose.name}", 40), OnDay(act=DayAct.OPEN, id=one.id))]
        for one in found
    ]
    lines = [
        joined(
            f"{_sign(one)} {one.whose.name}",
            place_name(one.where) if one.where else "",
            joined(words_of_day(one.day), _waits(one), gap=" · "),
        )
        for one in found
    ]
    none = _("💚 Nobody is waited for. Well done!")
    counts = [button(_("📊 The month in numbers"), ToMonth())] if month else []
    return Screen(
        paragraphs(*lines) or none,
        _("🔴 Nobody knows whether they are well"),
        inline(*rows, counts, [to_desk()]),
    )


def month_screen(month: date, found: Mapping[DayState, int], ago: int) -> Screen:
    """Show how many days of a month ended how: numbers, nobody's name."""
    lines = [f"{_(label)}: {found[state]}" for state, label in COUNTED.items() if found.get(state)]
    few = _("Numbers are shown where at least five people are asked.")
    turn = [button(_("‹ Month before"), ToMonth(ago=ago + 1))]
    if ago > 0:
        turn.append(button(_("Month after ›"), ToMonth(ago=ago - 1)))
    return Screen(
        joined(*lines) or few,
        _("📊 Daily checks, {month}").format(month=f"{month:%Y-%m}"),
        inline(turn, [button(_("‹ Back"), ToSilent())]),
    )


def _other_rows(view: DayView) -> list[list[InlineKeyboardButton]]:
    moves, going = view.moves, view.going and view.said is TheySaid.GOING
    listens = [
        [_on(_("🎤 Listen"), DayAct.LISTEN, view)],
        [_on(_("✅ Listened: nothing is the matter"), DayAct.LISTENED, view)],
        [_on(_("🙏 Write a request down for them"), DayAct.FILE, view)],
    ]
    if view.state not in NOBODY_KNOWS or not view.active:
        return listens if view.to_listen else []
    rows = [
        [_on(_("💚 Reached them: all well"), DayAct.REACHED, view)],
        [] if going or view.going else [_on(_("🚶 I go there now"), DayAct.GO, view)],
        [_on(_("☎️ Rang, no answer"), DayAct.NO_ANSWER, view)] if DayMove.HAND_ON in moves else [],
        [_on(_("↩️ I cannot just now"), DayAct.CANNOT, view)] if DayMove.HAND_ON in moves else [],
    ]
    if going:
        rows = [
            [_on(_("👀 I am there: all well"), DayAct.SAW, view)],
            [_on(_("📞 We have spoken: all well"), DayAct.SPOKE, view)],
            [_on(_("🚪 Nobody opens: ask the next"), DayAct.NO_ANSWER, view)],
        ]
    case = (
        [[button(_("🗂 Open the request"), OpenCase(id=view.request_id))]]
        if view.request_id is not None and view.calls
        else []
    )
    call = [[_on(_("📞 Whom to ring"), DayAct.CALL, view)]] if view.calls or view.ring else []
    file = [[_on(_("🙏 Write a request down for them"), DayAct.FILE, view)]] if view.calls else []
    return [*call, *rows, *(listens[:2] if view.to_listen else []), *file, *case]


def _danger(view: DayView) -> str:
    if view.state not in NOBODY_KNOWS or DayMove.GO not in view.moves:
        return ""
    return _("If they lie there or do not open: ring 120 at once.") if view.going else ""


def _sign(view: DayView) -> str:
    return "🔴" if view.state in NOBODY_KNOWS else "🎤"


def _waits(view: DayView) -> str:
    if view.state not in NOBODY_KNOWS:
        return _("a voice message to listen to")
    return _on_the_way(view) or _("nobody knows whether they are well")


def _silent_label(count: int) -> str:
    label = _("🔴 Nobody knows whether they are well ({count})").format(count=count)
    return label if count else _("💚 Daily checks of my places")


def _on_the_way(view: DayView) -> str:
    if view.going_by is None or view.going_at is None or view.own:
        return ""
    if view.state not in NOBODY_KNOWS:
        return ""
    who, at = view.going_by.name, f"{local(view.going_at):%H:%M}"
    if view.going:
        return _("🚶 {who} set out at {time}.").format(who=who, time=at)
    return _("🚶 {who} set out at {time}, and nothing was heard since.").format(who=who, time=at)


def _act(label: str, act: CheckAct) -> InlineKeyboardButton:
    return button(label, OnCheck(act=act))


def _on(label: str, act: DayAct, view: DayView) -> InlineKeyboardButton:
    return button(label, OnDay(act=act, id=view.id))
