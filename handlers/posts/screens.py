"""How posts and shifts look to whoever may lend a hand, and what each outcome says."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.clock_text import at_clock, at_date, local
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.posts.callbacks import (
    AnnouncePost,
    ComesToShift,
    ForOther,
    KeepPost,
    MyShifts,
    OnPost,
    OnShift,
    OtherAct,
    PostAct,
    ShiftAct,
    ShiftsFile,
    StandIn,
    ToPosts,
)
from handlers.posts.words import KINDS, LIGHT, WEEKDAYS
from handlers.records.lists import list_screen
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, place_name, quoted
from handlers.volunteers.words import skills_words
from models.posts.rules import (
    DOOR_OPENS,
    Move,
    PostKind,
    ShiftMove,
    ShiftState,
    State,
    WeeklyPlan,
)
from models.posts.views import Helper, PostLine, PostView, ShiftLine, ShiftView, Stand
from models.records.rules import PageOf
from models.seats.rules import SeatState, ran_out
from models.seats.views import SeatCounts, SeatView

NAME_SHOWN = 16
"""Of a name on a button."""


def posts_screen(page: PageOf[PostLine], now: datetime, *, announces: bool) -> Screen:
    """List what needs hands: own skills first, then what is near."""
    below = [
        [button(_("🗓 My shifts"), MyShifts())],
        [button(_("➕ Announce a post"), AnnouncePost())] if announces else [],
        [button(_("‹ Lend a hand"), Go(to="lend"))],
    ]
    return list_screen(
        page,
        _("📋 Public posts"),
        line=lambda one: joined(
            joined(f"▫️ {one.title}", _(LIGHT) if one.light else "", gap=" · "),
            f"🚩 {one.team}" if one.team else "",
            joined(f"📍 {one.where}", _wanted(one, now), gap=" · "),
            joined(
                _("⭐ fits what you can do") if one.fits else "",
                _("✅ you are in it") if one.mine else "",
                gap=" · ",
            ),
        ),
        label=lambda one: f"{'🌿 ' if one.light else ''}{one.title}",
        opens=lambda one: OnPost(act=PostAct.OPEN, id=one.id),
        to=lambda number: ToPosts(page=number),
        none=_("Nothing needs hands just now. As soon as it does, you find it here."),
        below=below,
    )


def _wanted(one: PostLine, now: datetime) -> str:
    if one.idle:
        return _("no shift is announced just now")
    if not one.wanted:
        return _("full; you can stand in the line")
    short = ngettext("{count} person is missing", "{count} people are missing", one.wanted)
    when = _("next {time}").format(time=at_clock(one.next_at, now)) if one.next_at else ""
    return joined(short.format(count=one.wanted), when, gap=_(", "))


def my_shifts_screen(shifts: Sequence[ShiftLine], now: datetime) -> Screen:
    """List the reader's shifts to come."""
    back = [button(_("‹ Public posts"), ToPosts())]
    if not shifts:
        return Screen(_("You have no shift to come."), _("🗓 My shifts"), inline(back))
    lines = [
        joined(
            f"🕑 {_span(one.starts_at, one.ends_at, now)} · {one.title}",
            joined(f"📍 {one.where}", _(SIGNS[one.mine]) if one.mine in SIGNS else "", gap=" · "),
        )
        for one in shifts
    ]
    rows = [
        [button(f"{at_clock(one.starts_at, now)} {one.title}", _open(one.id))] for one in shifts
    ]
    file = [button(_("📅 Put into my calendar"), ShiftsFile())]
    return Screen(paragraphs(*lines), _("🗓 My shifts"), inline(*rows, file, back))


SIGNS = {
    SeatState.HELD: mark("✅ your place"),
    SeatState.ASKED: mark("🎉 free for you, please say"),
    SeatState.WAITING: mark("⏳ in the line"),
    SeatState.CAME: mark("📍 there"),
}


def post_screen(view: PostView, now: datetime, above: str = "") -> Screen:
    """Show one post, and what its reader can do now; that it has ended stands first."""
    ended = joined(_("✕ This has ended."), quoted(view.why_ended))
    head = ended if view.state is State.ENDED else ""
    facts = joined(
        _(KINDS[view.kind]),
        _(LIGHT) if view.light else "",
        weekly_words(view.weekly) if view.weekly else "",
        f"📍 {view.where} · {place_name(view.place)}",
        f"🧰 {skills_words(view.skills)}" if view.skills else "",
        f"🚩 {view.team}" if view.team else "",
        _held_by(view) if view.kind is not PostKind.SHIFT else "",
        _("🧭 Looked after by {name}").format(name=view.lead.name) if view.lead else "",
    )
    standing = _standing(view.mine, now) if view.state is State.OPEN else ""
    others = _others(view.others)
    text = paragraphs(above, head, facts, view.words, standing, others, _no_shift(view))
    back = [button(_("‹ Public posts"), ToPosts())]
    rows = [*_shift_rows(view, now), *_own(view), *_post_others(view), *_leads(view), back]
    return Screen(text, f"📋 {view.title}", inline(*rows))


def weekly_words(weekly: WeeklyPlan) -> str:
    """Say on which days something comes again, from when until when."""
    days = _(", ").join(_(WEEKDAYS[day]) for day in weekly.weekdays)
    return _("🔁 {days} {start}-{end}").format(
        days=days, start=f"{weekly.at:%H:%M}", end=f"{weekly.ends:%H:%M}"
    )


def _held_by(view: PostView) -> str:
    return free_words(view.counts)


def free_words(counts: SeatCounts) -> str:
    """Say how many hands are still missing."""
    if counts.free:
        short = ngettext("{count} person is missing", "{count} people are missing", counts.free)
        return "👥 " + short.format(count=counts.free)
    if not counts.waiting:
        return "👥 " + _("full; you can stand in the line")
    return "👥 " + _("full, {count} in the line").format(count=counts.waiting)


def _no_shift(view: PostView) -> str:
    none = view.kind is PostKind.SHIFT and view.state is State.OPEN and not view.shifts
    return _("No shift is announced just now.") if none else ""


def _standing(mine: SeatView | None, now: datetime) -> str:
    if mine is None:
        return ""
    if mine.place_in_line is not None:
        return _("⏳ You are number {place} in the line. We tell you at once.").format(
            place=mine.place_in_line
        )
    if ran_out(mine.state, mine.ask_until, now):
        return ""
    if mine.state is SeatState.ASKED and mine.ask_until:
        return _("🎉 It is free for you: do you take it? It is kept until {time}.").format(
            time=at_clock(mine.ask_until, now)
        )
    says = {
        SeatState.HELD: _("✅ It is yours. Thank you!"),
        SeatState.CAME: _("📍 You are there. Thank you!"),
        SeatState.ABSENT: _("You could not come. Perhaps next time!"),
    }
    return says.get(mine.state, "")


def _shift_rows(view: PostView, now: datetime) -> list[list[InlineKeyboardButton]]:
    """Make a button for each shift to come: a free one is taken by a tap."""
    rows = []
    for one in view.shifts:
        joins = one.mine is None and now < one.starts_at
        when = _span(one.starts_at, one.ends_at, now)
        full = "" if one.counts.free else _("full")
        words = _("✋ I come: {time}") if joins else "🕑 {time}"
        sign = _(SIGNS[one.mine]) if one.mine in SIGNS else full
        label = joined(words.format(time=when), sign, gap=" · ")
        act = ShiftAct.JOIN if joins else ShiftAct.OPEN
        rows.append([button(label, OnShift(act=act, id=one.id))])
    return rows


def _own(view: PostView) -> list[list[InlineKeyboardButton]]:
    if view.kind is PostKind.SHIFT or Move.CLAIM not in view.moves:
        return []
    state = view.mine.state if view.mine else None
    no = button(_("↩️ Hand it back"), KeepPost(id=view.id, comes=False))
    if state is None:
        return [[button(_("✋ I do it"), OnPost(act=PostAct.JOIN, id=view.id))]]
    if state is SeatState.WAITING:
        return [[button(_("↩️ Leave the line"), KeepPost(id=view.id, comes=False))]]
    sure = view.mine is not None and view.mine.sure
    label = _("✅ I take it") if state is SeatState.ASKED else _("✅ I go on")
    yes = button(label, KeepPost(id=view.id, comes=True))
    return [[no] if sure else [yes, no]]


def _leads(view: PostView) -> list[list[InlineKeyboardButton]]:
    def tap(label: str, act: PostAct) -> InlineKeyboardButton:
        return button(label, OnPost(act=act, id=view.id))

    if Move.ROSTER not in view.moves:
        return []
    shifts = view.kind is PostKind.SHIFT
    manage = [
        tap(_("🧭 Who looks after it"), PostAct.NAME_LEAD),
        tap(_("🚩 Whose it is"), PostAct.NAME_TEAM),
    ]
    lays_down = view.leads_it and Move.LAY_DOWN in view.moves
    return [
        [] if shifts else [tap(_("👥 Who holds it"), PostAct.ROSTER)],
        [tap(_("➕ Another shift"), PostAct.ADD_SHIFT)]
        if shifts and Move.ADD_SHIFT in view.moves
        else [],
        [tap(_("👀 Lists of the shifts"), PostAct.ROSTER)] if shifts else [],
        manage if Move.NAME_LEAD in view.moves else [],
        [tap(_("🧭 Look after it no more"), PostAct.ASK_DOWN)] if lays_down else [],
        [tap(_("✕ End it"), PostAct.END)] if Move.END in view.moves else [],
    ]


def lay_down_screen(view: PostView, _now: datetime) -> Screen:
    """Ask whoever looks after a post whether they mean to lay that down."""
    yes = [button(_("🧭 Yes, look after it no more"), OnPost(act=PostAct.LAY_DOWN, id=view.id))]
    no = [button(_("‹ No, I go on"), OnPost(act=PostAct.OPEN, id=view.id))]
    text = _("The leads of its team are told, else the office. Places that people have stay.")
    return Screen(text, f"🧭 {view.title}", inline(yes, no))


def shift_screen(view: ShiftView, now: datetime, above: str = "") -> Screen:
    """Show one shift, and what its reader can do now; that it is off stands first."""
    off = joined(_("✕ This was called off."), quoted(view.why_off))
    head = off if view.state is ShiftState.OFF else ""
    facts = joined(
        f"🕑 {_span(view.starts_at, view.ends_at, now)}",
        f"📍 {view.where} · {place_name(view.place)}",
        _(LIGHT) if view.light else "",
        free_words(view.counts) if view.state is ShiftState.OPEN else "",
    )
    begun = now >= view.starts_at
    text = paragraphs(
        above,
        head,
        facts,
        view.words,
        _of_shift(view, now),
        "" if begun else _clash(view, now),
        _others(view.others),
        "" if begun else joined(*map(_sought, view.stands)),
    )
    return Screen(text, f"📋 {view.title}", inline(*_shift_acts(view, now)))


def _of_shift(view: ShiftView, now: datetime) -> str:
    if view.my_minutes:
        return _("💚 {minutes} minutes are noted for you. Thank you!").format(
            minutes=view.my_minutes
        )
    if view.state is ShiftState.OFF:
        return ""
    return _standing(view.mine, now)


def _clash(view: ShiftView, now: datetime) -> str:
    """Say what else the reader has at that time, where it keeps them from taking this."""
    if not _asks_instead(view):
        return ""
    other = view.clash[0]
    words = _("⚠️ You have a shift at that time already: {title}, {time}. Take this one instead?")
    return words.format(title=other.title, time=_span(other.starts_at, other.ends_at, now))


def _asks_instead(view: ShiftView) -> bool:
    state = view.mine.state if view.mine else None
    return bool(view.clash) and state in {None, SeatState.ASKED}


def _others(others: Sequence[Helper]) -> str:
    lines = [
        joined(
            one.who.name or _("a neighbour"),
            _(OF_OTHERS[one.seat.state]) if one.seat.state in OF_OTHERS else "",
            gap=" · ",
        )
        for one in others
    ]
    return joined(_("You speak for:"), *lines) if lines else ""


OF_OTHERS = {
    SeatState.HELD: mark("✅ has a place"),
    SeatState.ASKED: mark("🎉 a place is free, please say whether they take it"),
    SeatState.WAITING: mark("⏳ in the line"),
    SeatState.CAME: mark("📍 there"),
}


def _sought(stand: Stand) -> str:
    if stand.mine:
        return _("🔄 A stand-in is sought for you. Until then the place is yours.")
    return _("🔄 {surname} cannot come. Can you stand in?").format(surname=called(stand.surname))


def called(surname: str) -> str:
    """Call somebody by the surname alone."""
    return (
        _("A neighbour called {surname}").format(surname=surname) if surname else _("A neighbour")
    )


def _shift_acts(view: ShiftView, now: datetime) -> list[list[InlineKeyboardButton]]:
    back = [button(_("‹ To the post"), OnPost(act=PostAct.OPEN, id=view.post_id))]
    leads = ShiftMove.ROSTER in view.moves
    roster = [tap(_("👥 The list"), ShiftAct.ROSTER, view)] if leads else []
    if view.state is not ShiftState.OPEN:
        return [roster, back]
    state = view.mine.state if view.mine else None
    door = view.starts_at - DOOR_OPENS <= now < view.ends_at and state is SeatState.HELD
    here = [tap(_("📍 I am here"), ShiftAct.HERE, view)] if door else []
    ahead = now < view.starts_at
    before = [*_answers(view, state), *_shift_others(view)] if ahead else []
    return [here, *before, roster, back]


def _shift_others(view: ShiftView) -> list[list[InlineKeyboardButton]]:
    """Make the buttons of those whom the reader speaks for, and of signing one more up."""
    rows = [
        _for_other(view.id, one, OtherAct.SHIFT_YES, OtherAct.SHIFT_NO)
        for one in view.others
        if not one.seat.came
    ]
    more = [tap(_("🙋 For somebody without a phone"), ShiftAct.JOIN_FOR, view)]
    return [*rows, more if ShiftMove.CLAIM in view.moves else []]


def _post_others(view: PostView) -> list[list[InlineKeyboardButton]]:
    if view.kind is PostKind.SHIFT or Move.CLAIM not in view.moves:
        return []
    rows = [_for_other(view.id, one, OtherAct.POST_YES, OtherAct.POST_NO) for one in view.others]
    more = button(_("🙋 For somebody without a phone"), OnPost(act=PostAct.JOIN_FOR, id=view.id))
    return [*rows, [more]]


def _for_other(
    record_id: int, one: Helper, yes: OtherAct, no: OtherAct
) -> list[InlineKeyboardButton]:
    def tap_for(label: str, act: OtherAct) -> InlineKeyboardButton:
        name = clip(one.who.name, NAME_SHOWN) or _("a neighbour")
        words = label.format(name=name)
        return button(words, ForOther(act=act, id=record_id, person=one.who.id))

    asked = one.seat.state is SeatState.ASKED
    takes = [tap_for(_("✅ {name} comes"), yes)] if asked else []
    return [*takes, tap_for(_("↩️ {name} cannot come"), no)]


def _answers(view: ShiftView, state: SeatState | None) -> list[list[InlineKeyboardButton]]:
    """Make the buttons of saying whether one comes, before it begins."""
    stands = [
        [
            button(
                _("🙋 I stand in for {surname}").format(surname=one.surname or "…"),
                StandIn(id=view.id, person=one.person_id),
            )
        ]
        for one in view.stands
        if one.open_to_me
    ]
    yes = _comes(view, _("✅ I come"), comes=True)
    no = _comes(view, _("↩️ I cannot come"), comes=False)
    if _asks_instead(view):
        instead = tap(_("🔁 Take this one instead"), ShiftAct.INSTEAD, view)
        keep = button(_("‹ Keep the other"), _open(view.clash[0].shift_id))
        return [[instead], [keep], [no] if state is SeatState.ASKED else []]
    if state is None:
        return [*stands, [tap(_("✋ I come"), ShiftAct.JOIN, view)]]
    if state is SeatState.WAITING:
        return [*stands, [_comes(view, _("↩️ Leave the line"), comes=False)]]
    if state is SeatState.ASKED:
        return [*stands, [yes, no]]
    if state is not SeatState.HELD:
        return stands
    seeks = any(one.mine for one in view.stands)
    swap = tap(_("🔄 Find me a stand-in"), ShiftAct.SWAP, view)
    more = tap(_("📣 Ask more people"), ShiftAct.SWAP, view)
    keep = tap(_("✅ I come after all"), ShiftAct.WITHDRAW, view)
    sure = view.mine is not None and view.mine.sure
    return [*stands, [no] if sure or seeks else [yes, no], [keep, more] if seeks else [swap]]


def tap(label: str, act: ShiftAct, view: ShiftView) -> InlineKeyboardButton:
    """Make a button on a shift."""
    return button(label, OnShift(act=act, id=view.id))


def _comes(view: ShiftView, label: str, *, comes: bool) -> InlineKeyboardButton:
    return button(label, ComesToShift(id=view.id, comes=comes))


def _open(shift_id: int) -> OnShift:
    return OnShift(act=ShiftAct.OPEN, id=shift_id)


def _span(starts_at: datetime, ends_at: datetime, now: datetime) -> str:
    return f"{at_date(starts_at, now)}-{local(ends_at):%H:%M}"
