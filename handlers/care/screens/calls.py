"""How a call-on looks: to the home, to whoever comes, to whoever keeps the home."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.care.callbacks import (
    CallOnAct,
    ComeOn,
    Confide,
    ConfideAct,
    HomeAct,
    OnCallOn,
    OnHome,
    SayCame,
    SayFound,
    ToCallOns,
)
from handlers.care.screens.words import (
    CALL_STATES,
    FOUND,
    listen_row,
    need_rows,
    need_words,
    wish_row,
    wish_words,
)
from handlers.clock_text import at_clock
from handlers.form.wording import words_of_day
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs, place_name, quoted
from models.care.rules.states import HomeSaid
from models.care.views import (
    CallView,
)
from models.routines.rules import Move, OccasionState

SETTLED = (OccasionState.DONE, OccasionState.COVERED)
OPEN_CALL = (OccasionState.DUE, OccasionState.TAKEN, OccasionState.MISSED)


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
        other = _("Somebody else looks in this time. Thank you all the same!")
        nobody = _("Nobody needs to go this time. Thank you!")
        free = _(CALL_STATES[view.state])
        thanks = nobody if view.state is OccasionState.EXCUSED else other if view.holder else free
        return Screen(
            paragraphs(above, thanks),
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
    if view.state in SETTLED:
        found = joined(_(CALL_STATES[view.state]), _found_words(view), gap=" · ")
        return Screen(paragraphs(above, found, _written(view)), head, inline(*_visitor_rows(view)))
    door = _("🚪 Door: {door}").format(door=view.door) if view.door else ""
    text = paragraphs(
        above,
        _("🔴 The time is over, and nobody has been there yet. It is still good to go today.")
        if view.state is OccasionState.MISSED
        else "",
        joined(comes, "" if comes or view.state is OccasionState.MISSED else until, door),
        word if view.door_word else "",
        needed,
        wish_words(view),
        _found_words(view),
    )
    return Screen(text, head, inline(*_visitor_rows(view)))


def _visitor_rows(view: CallView) -> list[list[InlineKeyboardButton]]:
    writes = [_at(_("💬 Say a word about it"), CallOnAct.WRITE, view)]
    care = [button(_("🏡 Care"), Go(to="care"))]
    if view.state in SETTLED:
        return [_read_row(view), writes if view.reported and not view.wrote else [], care]
    takes = Move.TAKE in view.moves and view.on_day is None
    later = [_at(_("📅 Another day"), CallOnAct.LATER, view)] if len(view.days) > 1 else []
    cannot = [_at(_("↩️ I cannot"), CallOnAct.CANNOT, view)] if Move.CANNOT in view.moves else []
    listens = [
        wish_row(view, view.home_id),
        *(listen_row(need, view.home_id) for need in view.needs),
    ]
    if takes:
        return [[_at(_("🚶 I go today"), CallOnAct.COMING, view)], later, cannot, *listens]
    needs = [row for need in view.needs for row in need_rows(need, view.home_id, own=False)]
    return [*_found_rows(view), later, cannot, wish_row(view, view.home_id), *needs]


def _read_row(view: CallView) -> list[InlineKeyboardButton]:
    """Offer to read what was written of it, until it is read."""
    shut = view.wrote and not view.said_words and not view.said_voice
    return [_at(_("🔒 Read what was written"), CallOnAct.READ, view)] if shut else []


def _written(view: CallView) -> str:
    spoken = _("🎤 a voice message, sent below") if view.said_voice else ""
    return quoted(view.said_words) if view.said_words else spoken


def _found_rows(view: CallView) -> list[list[InlineKeyboardButton]]:
    return [[button(_(label), SayFound(id=view.id, found=one))] for one, label in FOUND.items()]


def _found_words(view: CallView) -> str:
    return _(FOUND[view.found]) if view.found else ""


def _call_at_home(view: CallView, above: str) -> Screen:
    name = view.holder.name if view.holder else _("a neighbour")
    if view.state is OccasionState.EXCUSED:
        return Screen(paragraphs(above, _("Nobody comes this time.")))
    if view.on_day and not (view.reported and view.state in SETTLED):
        says = _("🚶 {name} comes to see you: {day}").format(
            name=name, day=words_of_day(view.on_day)
        )
    elif view.state in SETTLED:
        sure = view.said is HomeSaid.CAME or not view.reported
        says = _("{name} was with you.") if sure else _("{name} says: I looked in on you.")
        says = says.format(name=name)
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
    home = [button(_("🏡 Looking in on you"), OnHome(act=HomeAct.OPEN, id=view.home_id))]
    money = [button(_("💰 I was asked for money"), Confide(act=ConfideAct.MONEY, id=view.home_id))]
    met = view.holder is not None and (view.on_day is not None or view.state in SETTLED)
    return Screen(
        paragraphs(above, says, word if view.door_word else "", said),
        keyboard=inline(*_answers(view), money if met else [], home),
    )


def _answers(view: CallView) -> list[list[InlineKeyboardButton]]:
    """Ask whether somebody came, once they say so themselves; a slip of the finger is mended."""
    if not view.reported or view.holder is None or view.state is OccasionState.EXCUSED:
        return []
    came = [button(_("✅ They came"), SayCame(id=view.id, said=HomeSaid.CAME))]
    did_not = [button(_("❌ Nobody came"), SayCame(id=view.id, said=HomeSaid.DID_NOT))]
    slip = SayCame(id=view.id, said=HomeSaid.CAME)
    again = [button(_("↩️ A slip of the finger: they came"), slip)]
    return {None: [came, did_not], HomeSaid.CAME: [], HomeSaid.DID_NOT: [again]}[view.said]


def _said_at_home(view: CallView) -> str:
    said = {
        HomeSaid.CAME: _("The home says: they came."),
        HomeSaid.DID_NOT: _("The home says: nobody came."),
    }
    return said[view.said] if view.said else ""


def _looked_for(view: CallView) -> str:
    """Say to whoever keeps the home that somebody is looked for."""
    if view.state not in OPEN_CALL:
        return ""
    if view.ringing:
        return _("🤝 Somebody is looked for: No. {number}").format(number=view.ringing)
    return _("🤝 Somebody is being asked to go.") if view.asked_lately else ""


def _call_kept(view: CallView, now: datetime, above: str) -> Screen:
    comes = ""
    if view.holder and view.state is OccasionState.DUE:
        comes = _("asked: {name}").format(name=view.holder.name)
    elif view.holder:
        comes = view.holder.name
    facts = joined(
        joined(_(CALL_STATES[view.state]), comes, _found_words(view), gap=" · "),
        _("until {time}").format(time=at_clock(view.ends_at, now)),
        _looked_for(view),
        _said_at_home(view),
        _written(view),
    )
    rows: list[list[InlineKeyboardButton]] = []
    waits = view.state in {OccasionState.DUE, OccasionState.MISSED}
    if waits and not view.asked_lately:
        rows.append([_at(_("🤝 Have somebody go instead"), CallOnAct.COVER, view)])
    if view.state in OPEN_CALL:
        rows.append([_at(_("🚪 I looked in myself"), CallOnAct.MYSELF, view)])
    rows.append(_read_row(view))
    if view.keeps:
        rows.append([button(_("🏡 The home"), OnHome(act=HomeAct.OPEN, id=view.home_id))])
        rows.append([button(_("‹ To look in today"), ToCallOns())])
    return Screen(
        paragraphs(above, facts),
        f"🏡 {view.home.name} · {place_name(view.place)}",
        inline(*rows),
    )


def _at(label: str, act: CallOnAct, view: CallView) -> InlineKeyboardButton:
    return button(label, OnCallOn(act=act, id=view.id))
