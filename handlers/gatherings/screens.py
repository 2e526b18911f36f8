"""How gatherings look to whoever may come: the lists, one of them, what each outcome says."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.broadcasts.callbacks import Browse
from handlers.broadcasts.screens.inbox import RECEIVED
from handlers.clock_text import at_clock, at_date
from handlers.gatherings.callbacks import (
    Announce,
    Comes,
    GatheringAct,
    GatheringsLedger,
    OnGathering,
    OnSeat,
    PastGatherings,
    RateGathering,
    SeatAct,
    ToGatherings,
)
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.records.lists import list_screen
from handlers.records.said import says
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, place_name, quoted
from models.gatherings.rules import (
    DOOR_OPENS,
    OLDEST,
    Bad,
    GatheringKind,
    GatheringOutcome,
    State,
)
from models.gatherings.views import GatheringLine, GatheringView, Guest
from models.marks.rules import Marked
from models.records.rules import PageOf, Refusal
from models.seats.rules import SeatOutcome, SeatState, Took, ran_out
from models.seats.views import SeatCounts

says(
    (Took.HELD, mark("You have a seat. See you there!")),
    (Took.WAITING, mark("It is full: you are in the line, and are asked when a seat is free.")),
    (SeatOutcome.HELD, mark("Wonderful, see you there!")),
    (SeatOutcome.LET_GO, mark("Noted. Thank you for saying so in time.")),
    (SeatOutcome.CAME, mark("Welcome!")),
    (SeatOutcome.WALKED_IN, mark("Welcome! You are counted; the seats are full just now.")),
    (SeatOutcome.UNTICKED, mark("Taken back.")),
    (Marked.GIVEN, mark("Thank you!")),
    (Marked.CHANGED, mark("Thank you!")),
    (GatheringOutcome.RESIZED, mark("Changed; where seats became free the next are asked.")),
    (
        GatheringOutcome.JOINED_ALL,
        mark("You are on the list of every time. Where it is full you stand in the line."),
    ),
    (GatheringOutcome.CHANGED, mark("Changed; everybody on the list is told.")),
    (GatheringOutcome.CALLED_OFF, mark("Called off; everybody on the list is told.")),
    good=True,
)
says(
    (Refusal.ALREADY, mark("That is noted already; you need do nothing more.")),
    good=True,
    of="gatherings",
)
says(
    (Refusal.TOO_EARLY, mark("Checking in opens an hour before the start.")),
    (
        Refusal.TOO_LATE,
        mark("It is too late for that: it has begun, or the seat went to the next."),
    ),
    good=False,
    of="gatherings",
)
says(
    (SeatOutcome.NOT_SIGNED_UP, mark("There is no seat in this name.")),
    (
        GatheringOutcome.TOO_MANY_HELD,
        mark("Those are as many seats as one person can hold at once. Give one up, then it works."),
    ),
    (GatheringOutcome.WRONG_AGE, mark("This is not for children of that age.")),
    (
        GatheringOutcome.CHANGED_SINCE,
        mark("It has another time now. Please look, and say once more."),
    ),
    (GatheringOutcome.ANNOUNCED, mark("Announced.")),
    (Bad.NO_TITLE, mark("What is it called? A few words are needed.")),
    (Bad.NO_WORDS, mark("What happens there? A few words are needed.")),
    (Bad.NO_WHERE, mark("Where is it? A few words are needed.")),
    (Bad.START, mark("It must begin in the future, and within a year.")),
    (Bad.END, mark("It must end after it begins.")),
    (Bad.SEATS, mark("There must be at least one seat, and no more than {most}.")),
    (Bad.AGES, mark("Write it such as 6-12, or “from 60”.")),
    (Bad.WEEKS, mark("At most twelve weeks at once, please.")),
    good=False,
)

KINDS = {
    GatheringKind.CLASS: mark("🤸 Class or practice"),
    GatheringKind.LECTURE: mark("🎓 Lecture"),
    GatheringKind.SHOW: mark("🎭 Show"),
    GatheringKind.CONTEST: mark("🏆 Contest"),
    GatheringKind.CLEAN_UP: mark("🧹 Clean-up"),
    GatheringKind.LESSON: mark("🚩 Party lesson"),
    GatheringKind.STUDY: mark("📖 Study or course"),
    GatheringKind.OTHER: mark("🎈 Something else"),
}
FACES = {3: "😊", 2: "😐", 1: "🙁"}
BANDS = {"0": mark("under 6"), "6": mark("6 to 11"), "12": mark("12 to 17")}
STANDING = {
    SeatState.HELD: mark("✅ You have a seat."),
    SeatState.ASKED: mark("🎉 A seat is free for you: do you come? It is kept until {time}."),
    SeatState.CAME: mark("📍 You are here. Enjoy it!"),
    SeatState.ABSENT: mark("You had a seat. Perhaps next time!"),
}


def gatherings_screen(
    page: PageOf[GatheringLine], now: datetime, *, hosts: bool, above: str = ""
) -> Screen:
    """List what is announced, the next first."""
    below = [[button(_("‹ Notices"), Browse(which=RECEIVED))]]
    if hosts:
        new, book, gone = _("➕ Announce one"), _("📊 Ledger"), _("🕰 Past ones")
        later = [button(gone, PastGatherings()), button(book, GatheringsLedger())]
        below = [[button(new, Announce())], later, *below]
    return list_screen(
        page,
        _("🎈 Gatherings"),
        above=above,
        line=lambda one: joined(
            f"🕑 {at_clock(one.starts_at, now)} · {called(one.title, one.topic)}",
            joined(f"📍 {one.where}", _free(one.counts), _sign(one.mine), gap=" · "),
        ),
        label=lambda one: f"{at_clock(one.starts_at, now)} {one.title}",
        opens=lambda one: OnGathering(act=GatheringAct.OPEN, id=one.id),
        to=lambda number: ToGatherings(page=number),
        none=_("Nothing is announced just now. As soon as there is, you find it here."),
        below=below,
    )


def past_screen(page: PageOf[GatheringLine], now: datetime) -> Screen:
    """List to whoever announces what is over, the last first."""
    return list_screen(
        page,
        _("🕰 Past gatherings"),
        line=lambda one: joined(
            f"🕑 {at_date(one.starts_at, now)} · {called(one.title, one.topic)}",
            counted(one.counts),
        ),
        label=lambda one: f"{at_date(one.starts_at, now)} {one.title}",
        opens=lambda one: OnGathering(act=GatheringAct.HOST, id=one.id),
        to=lambda number: PastGatherings(page=number),
        none=_("Nothing has taken place yet."),
        below=[[button(_("‹ Gatherings"), ToGatherings())]],
    )


def gathering_screen(view: GatheringView, now: datetime, above: str = "") -> Screen:
    """Show one gathering, and what its reader can do now; that it is off stands first."""
    off = joined(_("✕ This was called off."), quoted(view.why_off))
    head = off if view.state is State.OFF else ""
    text = paragraphs(
        above, head, facts(view, now), view.words, _standing(view, now), _others(view)
    )
    return Screen(text, f"🎈 {called(view.title, view.topic)}", inline(*_rows(view, now)))


def guest_name(guest: Guest) -> str:
    """Call somebody on the list, with how many come along."""
    party = guest.seat.party
    children = party.children and _("children: {count}").format(count=party.children)
    more = f"+{party.size - 1}" if party.size > 1 else ""
    return joined(guest.who.name or _("a neighbour"), more, children or "", gap=" ")


def after_screen(gathering_id: int, told: str) -> Screen:
    """Say what came of a form, with the way back."""
    more = button(_("🎈 To the gathering"), OnGathering(act=GatheringAct.OPEN, id=gathering_id))
    return Screen(told, keyboard=inline([more]))


def called(title: str, topic: str) -> str:
    """Name a gathering, of a course with its topic."""
    return joined(title, topic, gap=_(": "))


def facts(view: GatheringView, now: datetime) -> str:
    """Say what a gathering is, when and where, and how full."""
    until = at_date(view.ends_at, now).rpartition(" ")[2]
    return joined(
        _(KINDS[view.kind]),
        f"🕑 {at_date(view.starts_at, now)}-{until}",
        f"📍 {view.where} · {place_name(view.place)}",
        _("🌧 When it rains: {where}").format(where=view.rain) if view.rain else "",
        f"👶 {ages_words(view.ages)}" if view.ages else "",
        f"👥 {_free(view.counts)}" if view.state is State.ANNOUNCED else "",
        counted(view.counts) if view.state is State.OVER else "",
    )


def ages_words(ages: tuple[int, int]) -> str:
    """Say for which ages."""
    lowest, highest = ages
    if highest >= OLDEST:
        return _("{lowest} years and older").format(lowest=lowest)
    if lowest == 0:
        return _("Up to {highest} years").format(highest=highest)
    return _("From {lowest} to {highest} years").format(lowest=lowest, highest=highest)


def _free(counts: SeatCounts) -> str:
    if counts.free is None:
        return _("everybody is welcome")
    left = ngettext("{count} seat left", "{count} seats left", counts.free)
    if counts.free > 0 and counts.waiting:
        waiting = _("{count} in the line").format(count=counts.waiting)
        return joined(left.format(count=counts.free), waiting, gap=_(", "))
    if counts.free > 0:
        return left.format(count=counts.free)
    if not counts.waiting:
        return _("full; you can stand in the line")
    return _("full, {count} in the line").format(count=counts.waiting)


def counted(counts: SeatCounts) -> str:
    """Say how many signed up, and how many came."""
    return _("👥 {taken} signed up · {came} there").format(taken=counts.taken, came=counts.came)


def _sign(mine: SeatState | None) -> str:
    signs = {
        SeatState.HELD: _("✅ signed up"),
        SeatState.ASKED: _("🎉 a seat is free for you"),
        SeatState.WAITING: _("⏳ in the line"),
        SeatState.CAME: _("📍 there"),
    }
    return signs.get(mine, "") if mine else ""


def _standing(view: GatheringView, now: datetime) -> str:
    if view.state is State.OFF:
        return ""
    mine = view.mine
    if mine is None:
        return _("It is over. Thank you!") if view.state is State.OVER else ""
    if mine.place_in_line is not None:
        return _(
            "⏳ You are number {place} in the line. Seats are given strictly in its order; a party "
            "that is too big for what is free keeps its place. We tell you at once."
        ).format(place=mine.place_in_line)
    if view.state is State.OVER and mine.state is SeatState.CAME:
        thanks = _("📍 You were there. Thank you for coming!")
        return joined(
            thanks,
            _("You said: {face}").format(face=face) if (face := FACES.get(view.rated or 0)) else "",
        )
    if ran_out(mine.state, mine.ask_until, now):
        return ""
    until = at_clock(mine.ask_until, now) if mine.ask_until else ""
    stands = _(STANDING[mine.state]).format(time=until) if mine.state in STANDING else ""
    more = mine.party.size - 1
    party = ngettext("With you comes {count} more.", "With you come {count} more.", more)
    return joined(stands, party.format(count=more) if more else "")


def _others(view: GatheringView) -> str:
    lines = [joined(guest_name(guest), _stands(guest), gap=" · ") for guest in view.others]
    return joined(_("You speak for:"), *lines) if lines else ""


def _stands(guest: Guest) -> str:
    if guest.seat.place_in_line is not None:
        return _("⏳ number {place} in the line").format(place=guest.seat.place_in_line)
    signs = {
        SeatState.HELD: _("✅ has a seat"),
        SeatState.ASKED: _("🎉 a seat is free, please say whether they come"),
        SeatState.CAME: _("📍 there"),
    }
    return signs.get(guest.seat.state, "")


def _rows(view: GatheringView, now: datetime) -> list[list[InlineKeyboardButton]]:
    back = [button(_("‹ Gatherings"), ToGatherings())]
    host = [tap(_("🛠 Look after it"), GatheringAct.HOST, view)]
    return [*_own(view, now), *_for_others(view, now), host if view.code else [], back]


def _own(view: GatheringView, now: datetime) -> list[list[InlineKeyboardButton]]:
    """Make the buttons of what the reader can do for themselves."""
    state = view.mine.state if view.mine else None
    if view.state is State.OVER and state is SeatState.CAME:
        faces = [button(face, RateGathering(id=view.id, mark=one)) for one, face in FACES.items()]
        words = [tap(_("💬 Say a word"), GatheringAct.SAY, view)]
        return [faces, words if view.rated else []]
    if view.state is not State.ANNOUNCED:
        return []
    door = view.starts_at - DOOR_OPENS <= now < view.ends_at and state is SeatState.HELD
    here = [tap(_("📍 I am here"), GatheringAct.HERE, view)] if door else []
    return [here, *(_answers(view, state) if now < view.starts_at else [])]


def _answers(view: GatheringView, state: SeatState | None) -> list[list[InlineKeyboardButton]]:
    """Make the buttons of saying whether one comes, before it begins."""
    yes = _comes(view, _("✅ I come"), comes=True)
    no = _comes(view, _("↩️ I cannot come"), comes=False)
    if state is None:
        join = [tap(_("✋ I come"), GatheringAct.JOIN, view)]
        every = _("📅 I come all {count} times").format(count=view.later + 1)
        more = [tap(_("👨‍👩‍👧 With others, or a child"), GatheringAct.JOIN_WITH, view)]
        return [join, [tap(every, GatheringAct.JOIN_ALL, view)] if view.later else [], more]
    if state is SeatState.WAITING:
        return [[_comes(view, _("↩️ Leave the line"), comes=False)]]
    sure = view.mine is not None and view.mine.sure
    return [[no] if sure else [yes, no]] if state is not SeatState.CAME else []


def _for_others(view: GatheringView, now: datetime) -> list[list[InlineKeyboardButton]]:
    """Make the buttons of those whom the reader speaks for, and of signing one more up."""
    if view.state is not State.ANNOUNCED or now >= view.ends_at:
        return []
    here = view.mine is not None and view.mine.state is SeatState.CAME
    rows = []
    for guest in view.others:
        name = clip(guest.who.name, 16)
        if here and not guest.seat.came:
            came = _("📍 {name} is here too").format(name=name)
            rows.append([seat_button(came, SeatAct.TICK, guest, view)])
        elif now < view.starts_at:
            yes = _("✅ {name} comes").format(name=name)
            gone = _("↩️ {name} cannot come").format(name=name)
            if guest.seat.state is SeatState.ASKED:
                rows.append([seat_button(yes, SeatAct.COMES, guest, view)])
            rows.append([seat_button(gone, SeatAct.GIVE_UP, guest, view), slip_button(guest, view)])
    more = [tap(_("🙋 For somebody without a phone"), GatheringAct.JOIN_FOR, view)]
    return [*rows, more if now < view.starts_at else []]


def tap(label: str, act: GatheringAct, view: GatheringView) -> InlineKeyboardButton:
    """Make a button on a gathering."""
    return button(label, OnGathering(act=act, id=view.id))


def _comes(view: GatheringView, label: str, *, comes: bool) -> InlineKeyboardButton:
    return button(label, Comes(id=view.id, comes=comes, version=view.version))


def seat_button(
    label: str, act: SeatAct, guest: Guest, view: GatheringView
) -> InlineKeyboardButton:
    """Make a button on somebody else's seat."""
    return button(label, OnSeat(act=act, id=view.id, person=guest.who.id))


def slip_button(guest: Guest, view: GatheringView) -> InlineKeyboardButton:
    """Make the button that prints a slip."""
    return seat_button(_("🖨 Slip"), SeatAct.SLIP, guest, view)
