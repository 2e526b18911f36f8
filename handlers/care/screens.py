"""How care looks: to whom it is for, to whoever looks in, and to whoever keeps a home."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.care.callbacks import (
    AskCompany,
    CallOnAct,
    ComeOn,
    ConcernAct,
    Confide,
    ConfideAct,
    HomeAct,
    NeedAct,
    OnCallOn,
    OnConcern,
    OnHome,
    OnNeed,
    OnPair,
    PairAct,
    ProposeHome,
    SayCame,
    SayFound,
    ToCallOns,
    ToConcerns,
    ToHomes,
)
from handlers.clock_text import at_clock, on_date
from handlers.desk.screens.board import to_desk
from handlers.form.wording import words_of_day
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.lists import list_screen
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, place_name, quoted
from models.care.rules import (
    CareFound,
    CareReason,
    CareRhythm,
    Concern,
    ConcernState,
    HomeMove,
    HomeSaid,
    HomeState,
    PairMove,
    PairPart,
    PairState,
)
from models.care.views import (
    CallLine,
    CallView,
    ConcernView,
    HomeLine,
    HomeView,
    NeedView,
    PairLine,
    PairView,
)
from models.records.rules import PageOf
from models.routines.rules import Move, OccasionState

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
}


def care_screen(
    home: HomeView | None,
    calls: Sequence[CallLine],
    pairs: Sequence[PairView],
    now: datetime,
    *,
    keeps: bool,
    concerns: int = 0,
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
        ]
    rows.append([button(_("🏠 Home"), Go(to="home"))])
    return Screen(paragraphs(*lines) or _("Who looks in on whom:"), _("🏡 Care"), inline(*rows))


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


def on_need(need: NeedView) -> str:
    """Call a need by nothing but that it is one."""
    return "🎤" if need.voice else _("Need")


def need_words(need: NeedView) -> str:
    """Say what is needed."""
    return need.words or (_("🎤 a voice message") if need.voice else _("🔒 sealed"))


def often(view: HomeView | PairView) -> str:
    """Say how often somebody is looked in on."""
    if view.rhythm is CareRhythm.WEEKLY:
        return _("every week, on {weekday}").format(weekday=_(WEEKDAYS[view.weekday]))
    return _(RHYTHMS[view.rhythm])


def _pair_line(pair: PairLine) -> str:
    state = "" if pair.state is PairState.AGREED else _(PAIR_STATES[pair.state])
    return joined(f"👥 {pair.who.name}", _(PARTS[pair.part]), state, gap=" · ")


def pair_screen(view: PairView, _now: datetime, above: str = "") -> Screen:
    """Show a pair: to the home whom it is about, to the neighbour what is asked of them."""
    if view.own:
        return _pair_for_home(view, above)
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
    text = lines[view.state].format(name=view.neighbour.name, part=_(PARTS[view.part]))
    return Screen(paragraphs(above, text), keyboard=inline(*_pair_rows(view)))


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


def call_screen(view: CallView, now: datetime, above: str = "") -> Screen:
    """Show a call-on: to the home, to whoever comes, or to whoever keeps the home."""
    if view.at_home:
        return _call_at_home(view, above)
    if view.mine or (view.holder is not None and not view.keeps):
        return _call_of_visitor(view, now, above)
    return _call_kept(view, now, above)


def days_screen(view: CallView, _now: datetime) -> Screen:
    """Ask on which day of the window somebody comes."""
    rows = [
        [button(words_of_day(day), ComeOn(id=view.id, day=day.toordinal()))] for day in view.days
    ]
    back = [_at(_("‹ Back"), CallOnAct.OPEN, view)]
    return Screen(_("On which day do you go?"), keyboard=inline(*rows, back))


def found_screen(view: CallView, _now: datetime) -> Screen:
    """Ask staff who looked in themselves how they found somebody."""
    return Screen(
        _("How did you find {name}?").format(name=view.home.name),
        keyboard=inline(*_found_rows(view), [_at(_("‹ Back"), CallOnAct.OPEN, view)]),
    )


def _call_of_visitor(view: CallView, now: datetime, above: str) -> Screen:
    head = f"🏡 {view.home.name} · {place_name(view.place)}"
    if not view.mine:
        thanks = _("Somebody else looks in this time. Thank you all the same!")
        settled = _(CALL_STATES[view.state])
        return Screen(
            paragraphs(above, thanks if view.holder else settled),
            head,
            inline([button(_("🤝 What else is open near me"), Go(to="open_tasks"))]),
        )
    until = _("Any time until {time} is good.").format(time=at_clock(view.ends_at, now))
    comes = ""
    if view.on_day:
        comes = _("🚶 You go: {day}").format(day=words_of_day(view.on_day))
    word = _("🔑 The word of today: {word}. Say it at the door.").format(word=view.door_word)
    needed = joined(
        _("Last time they said:") if view.needs else "",
        *(f"• {need_words(need)}" for need in view.needs),
    )
    text = paragraphs(
        above,
        joined(comes or until, word if view.door_word else ""),
        needed,
        quoted(view.wishes),
        joined(_(CALL_STATES[view.state]), _found_words(view), gap=" · ")
        if view.state not in {OccasionState.DUE, OccasionState.TAKEN}
        else "",
    )
    return Screen(text, head, inline(*_visitor_rows(view)))


def _visitor_rows(view: CallView) -> list[list[InlineKeyboardButton]]:
    writes = [_at(_("💬 Say a word about it"), CallOnAct.WRITE, view)]
    if view.state in {OccasionState.DONE, OccasionState.COVERED}:
        return [writes]
    takes = Move.TAKE in view.moves and view.on_day is None
    later = [_at(_("📅 Another day"), CallOnAct.LATER, view)] if len(view.days) > 1 else []
    cannot = [_at(_("↩️ I cannot"), CallOnAct.CANNOT, view)] if Move.CANNOT in view.moves else []
    if takes:
        return [[_at(_("🚶 I go today"), CallOnAct.COMING, view)], later, cannot]
    return [*_found_rows(view), cannot]


def _found_rows(view: CallView) -> list[list[InlineKeyboardButton]]:
    return [[button(_(label), SayFound(id=view.id, found=one))] for one, label in FOUND.items()]


def _found_words(view: CallView) -> str:
    return _(FOUND[view.found]) if view.found else ""


def _call_at_home(view: CallView, above: str) -> Screen:
    name = view.holder.name if view.holder else _("a neighbour")
    if view.state is OccasionState.EXCUSED:
        return Screen(paragraphs(above, _("Nobody comes this time.")))
    if view.state is OccasionState.TAKEN and view.on_day:
        says = _("🚶 {name} comes to see you: {day}").format(
            name=name, day=words_of_day(view.on_day)
        )
    elif view.state in {OccasionState.DONE, OccasionState.COVERED}:
        says = _("{name} was with you.").format(name=name)
    else:
        says = _("We make sure that somebody looks in on you.")
    word = _("🔑 The word of today: {word}\nOpen only when they say the same word.").format(
        word=view.door_word
    )
    answer = {
        HomeSaid.CAME: _("You said: they came. Thank you!"),
        HomeSaid.DID_NOT: _("You said: nobody came. We see to it."),
    }
    said = answer[view.said] if view.said else ""
    asks = view.holder is not None and view.state in {
        OccasionState.TAKEN,
        OccasionState.DONE,
        OccasionState.COVERED,
    }
    rows = [
        [button(_("✅ They came"), SayCame(id=view.id, said=HomeSaid.CAME))],
        [button(_("❌ Nobody came"), SayCame(id=view.id, said=HomeSaid.DID_NOT))],
    ]
    money = [button(_("💰 I was asked for money"), Confide(act=ConfideAct.MONEY, id=view.home_id))]
    return Screen(
        paragraphs(above, joined(says, word if view.door_word else ""), said),
        keyboard=inline(*(rows if asks and view.said is None else []), money if asks else []),
    )


def _call_kept(view: CallView, now: datetime, above: str) -> Screen:
    comes = ""
    if view.holder and view.state is OccasionState.DUE:
        comes = _("asked: {name}").format(name=view.holder.name)
    elif view.holder:
        comes = view.holder.name
    facts = joined(
        joined(_(CALL_STATES[view.state]), comes, _found_words(view), gap=" · "),
        _("until {time}").format(time=at_clock(view.ends_at, now)),
        _("🤝 Somebody is looked for: No. {number}").format(number=view.ringing)
        if view.ringing and view.state in OPEN_CALL
        else "",
    )
    rows = []
    if view.state in OPEN_CALL and view.state is not OccasionState.TAKEN:
        rows.append([_at(_("🤝 Have somebody go instead"), CallOnAct.COVER, view)])
    if view.state in OPEN_CALL:
        rows.append([_at(_("🚪 I looked in myself"), CallOnAct.MYSELF, view)])
    if view.keeps:
        rows.append([button(_("🏡 The home"), OnHome(act=HomeAct.OPEN, id=view.home_id))])
        rows.append([button(_("‹ To look in today"), ToCallOns())])
    return Screen(
        paragraphs(above, facts),
        f"🏡 {view.home.name} · {place_name(view.place)}",
        inline(*rows),
    )


OPEN_CALL = (OccasionState.DUE, OccasionState.TAKEN, OccasionState.MISSED)


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
    rows = []
    if view.state is ConcernState.OPEN:
        rows = [
            [button(_("🔒 Open it"), OnConcern(act=ConcernAct.OPEN, id=view.id))],
            [button(_("✅ I have seen to it"), OnConcern(act=ConcernAct.SETTLE, id=view.id))],
        ]
    return Screen(
        paragraphs(above, _concern_line(view, now), quoted(view.words), late, settled),
        _("🔒 Told in confidence"),
        inline(
            *rows,
            [button(_("🏡 The home"), OnHome(act=HomeAct.OPEN, id=view.home_id))],
            [button(_("‹ Back"), ToConcerns())],
        ),
    )


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
    return [_on(_("🏡 Looking in on you"), HomeAct.OPEN, view)]


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


def _on(label: str, act: HomeAct, view: HomeView) -> InlineKeyboardButton:
    return button(label, OnHome(act=act, id=view.id))


def _at(label: str, act: CallOnAct, view: CallView) -> InlineKeyboardButton:
    return button(label, OnCallOn(act=act, id=view.id))
