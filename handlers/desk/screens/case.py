"""One request at the desk: everything needed, and every act."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.clock_text import at_clock, how_long
from handlers.desk.callbacks import (
    Assign,
    CancelCase,
    CancelReason,
    CaseAct,
    Exchange,
    HandOver,
    OnCase,
    OpenCase,
)
from handlers.desk.screens.board import to_desk
from handlers.help.callbacks import OpenTask
from handlers.help.screens import deadlines, lines
from handlers.help.screens.mine import standing_at_desk
from handlers.help.screens.receipt import history
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.media import media_label, media_line
from handlers.orders.callbacks import OpenOrder
from handlers.orders.labels import order_line
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, joined_names, paragraphs, where_line
from models.help.rules.limits import Channel
from models.help.rules.states import ENDED, HOLDING, LIVE, ClaimState, State, Waiting
from models.help.views import DoorAndPhone, RequestView, StaffChoice

RECENT = 5
HISTORY = 30
EXCHANGED_AT_MOST, NAME_SHOWN = 3, 16

REASONS = {
    CancelReason.SETTLED: mark("It settled itself"),
    CancelReason.DOUBLE: mark("It was asked twice"),
    CancelReason.NOT_OURS: mark("It belongs elsewhere; passed on"),
    CancelReason.BY_PHONE: mark("Called off by telephone"),
}


def reason_words(reason: CancelReason) -> str:
    """Say a canned reason."""
    return _(REASONS[reason])


def case_screen(view: RequestView, now: datetime, reader_id: int, said: str = "") -> Screen:
    """Show a request whole to the desk."""
    text = paragraphs(
        said,
        joined(standing_at_desk(view), _due(view, now), _marks(view)),
        _facts(view, now),
        lines.asked_in_words(view.text, view.line.category, view.media),
        media_line([*view.media, *view.evidence]),
        joined(*(lines.holder_line(holder) for holder in (*view.holders, *view.waiting))),
        _care(view, now),
        order_line(view.order, now) if view.order else "",
        history(view.timeline, now, RECENT),
    )
    return Screen(text, _title(view), inline(*_rows(view, reader_id)))


def _title(view: RequestView) -> str:
    return lines.title(view.line.number, view.line.category)


def _due(view: RequestView, now: datetime) -> str:
    """Say until when it is promised; once it is to be put right, the order's date alone holds."""
    ordered = view.order is not None and view.line.state is State.UNSOLVED
    return "" if ordered else deadlines.due(view.line, now)


def _marks(view: RequestView) -> str:
    return joined(
        _("☎️ ring back") if view.line.unconfirmed else "",
        gap=" · ",
    )


def _facts(view: RequestView, now: datetime) -> str:
    line = view.line
    if view.channel is Channel.INSPECTION:
        name = view.requester.name  # none where they left
        found = _("🔎 Found by {name}").format(name=name) if name else ""
        return joined(found, where_line(line.where))
    by = ""
    if view.requester.id != line.beneficiary.id:
        by = _("Asked by {name}").format(name=view.requester.name)
    return joined(
        "👤 " + line.beneficiary.name,
        by,
        where_line(line.where),
        "" if line.state in ENDED else _wanted(view, now),
    )


def _wanted(view: RequestView, now: datetime) -> str:
    line = view.line
    return joined(
        lines.when_line(view.start_at, view.when_text, line.urgency, now),
        lines.urgency_line(line.urgency),
        lines.hands_line(line.hands, line.held),
    )


def _care(view: RequestView, now: datetime) -> str:
    line = view.line
    asked = ngettext("{count} volunteer asked", "{count} volunteers asked", view.asked).format(
        count=view.asked
    )
    owner = line.owner.name if line.owner else _("nobody")
    promise = _("promised by {time}").format(time=at_clock(line.promised_by, now))
    owned = _("owner: {name}").format(name=owner)
    if line.state in ENDED:
        return joined(owned, asked, gap=" · ")
    age = _("open for {time}").format(time=how_long(now - line.created_at))
    return joined(joined(owned, promise, gap=" · "), joined(age, asked, gap=" · "))


def _rows(view: RequestView, reader_id: int) -> list[list[InlineKeyboardButton]]:
    line = view.line
    if view.channel is Channel.INSPECTION:
        return _found_rows(view, reader_id)
    mine = line.owner is not None and line.owner.id == reader_id
    live = line.state in LIVE
    going_on = line.state not in ENDED
    missing = (live and line.held < line.hands) or line.state is State.UNSOLVED
    media = [*view.media, *view.evidence]
    note = [
        _tap(_("📝 Inner note"), CaseAct.NOTE, view),
        _tap(_("💬 Tell them"), CaseAct.ANSWER, view),
    ]
    again = [_tap(_("🔁 Ask volunteers again"), CaseAct.ASK_AGAIN, view)]
    absent = [_tap(_("😟 Nobody came (they say)"), CaseAct.NOBODY_CAME, view)]
    return [
        _myself(view, reader_id, missing=missing),
        [_tap(_("🙋 Choose somebody"), CaseAct.ASK_ASSIGN, view)] if missing else [],
        again if line.state in {State.UNSOLVED, State.EXPIRED} else [],
        _verdict(view),
        absent if live and any(one.state in HOLDING for one in view.holders) else [],
        *(_instead(view) if live else []),
        _waiting(view),
        _order(view),
        [_tap(_("🚪 Door and phone (is recorded)"), CaseAct.CONTACT, view)],
        [_tap(media_label(media), CaseAct.MEDIA, view)] if media else [],
        _owner(view, mine=mine) if going_on else [],
        note,
        [_tap(_("🕑 Whole story"), CaseAct.HISTORY, view)],
        [_tap(_("✕ Call it off"), CaseAct.ASK_CANCEL, view)] if view.may_cancel else [],
        [to_desk()],
    ]


def _found_rows(view: RequestView, reader_id: int) -> list[list[InlineKeyboardButton]]:
    """Offer what can be done with what staff found: nobody asked for it, so nobody is told."""
    line, media = view.line, [*view.media, *view.evidence]
    mine = line.owner is not None and line.owner.id == reader_id
    return [
        _order(view),
        [_tap(media_label(media), CaseAct.MEDIA, view)] if media else [],
        _owner(view, mine=mine) if line.state not in ENDED else [],
        [_tap(_("📝 Inner note"), CaseAct.NOTE, view)],
        [_tap(_("🕑 Whole story"), CaseAct.HISTORY, view)],
        [to_desk()],
    ]


def _myself(view: RequestView, reader_id: int, *, missing: bool) -> list[InlineKeyboardButton]:
    """Let the office do it: what no volunteer is asked for must have somebody to report it done."""
    request_id = view.line.request_id
    if any(one.who.id == reader_id and one.state in HOLDING for one in view.holders):
        return [button(_("📂 Open the task"), OpenTask(id=request_id, below=True))]
    if missing and view.line.beneficiary.id != reader_id:
        return [button(_("✋ I see to it myself"), Assign(id=request_id, to=reader_id))]
    return []


def _instead(view: RequestView) -> list[list[InlineKeyboardButton]]:
    """Let each holder be exchanged who has not set out, for as long as the rows are few."""
    own = view.line.request_id
    said, held = _("🔄 Somebody else instead of {name}"), ClaimState.HELD
    return [
        [button(said.format(name=clip(who.name, NAME_SHOWN)), Exchange(id=own, gone=who.id))]
        for who in [one.who for one in view.holders if one.state is held][:EXCHANGED_AT_MOST]
    ]


def _verdict(view: RequestView) -> list[InlineKeyboardButton]:
    solved = _tap(_("👍 Solved (they say)"), CaseAct.SOLVED, view)
    unsolved = _tap(_("👎 Not solved"), CaseAct.UNSOLVED, view)
    row = [solved] if view.may_say_solved else []
    return [*row, unsolved] if view.may_say_unsolved else row


def _waiting(view: RequestView) -> list[InlineKeyboardButton]:
    wait = view.line.wait
    if wait is not None and wait.why is Waiting.ANSWER:
        return [_tap(_("▶️ Wait no longer"), CaseAct.GO_ON, view)]
    if view.line.state in {*LIVE, State.UNSOLVED}:
        return [_tap(_("⏸ Wait for the resident"), CaseAct.WAIT, view)]
    return []


def _order(view: RequestView) -> list[InlineKeyboardButton]:
    order = [button(_("📋 The order"), OpenOrder(id=view.order.order_id))] if view.order else []
    again = [_tap(_("😟 Not solved after all"), CaseAct.ASK_REOPEN, view)]
    return [*order, *(again if view.may_reopen else [])]


def _owner(view: RequestView, *, mine: bool) -> list[InlineKeyboardButton]:
    take = [] if mine else [_tap(_("👋 I take it over"), CaseAct.TAKE_OVER, view)]
    return [*take, _tap(_("➡️ Hand over"), CaseAct.ASK_HAND_OVER, view)]


def _tap(label: str, act: CaseAct, view: RequestView) -> InlineKeyboardButton:
    return button(label, OnCase(act=act, id=view.line.request_id))


def _back(request_id: int) -> list[InlineKeyboardButton]:
    return [button(_("‹ Back"), OpenCase(id=request_id))]


def choose_staff_screen(view: RequestView, choices: Sequence[StaffChoice]) -> Screen:
    """Choose to whom a request is handed over."""
    rows = [[_staff(choice, view)] for choice in choices]
    text = _("To whom? They are told at once; the promised time stays.")
    if not choices:
        text = _("There is nobody else at this desk.")
    return Screen(text, _title(view), inline(*rows, _back(view.line.request_id)))


def _staff(choice: StaffChoice, view: RequestView) -> InlineKeyboardButton:
    label = _("{name} · {count} open").format(name=choice.who.name, count=choice.load)
    return button(label, HandOver(id=view.line.request_id, to=choice.who.id))


def choose_volunteer_screen(view: RequestView, choices: Sequence[StaffChoice]) -> Screen:
    """Choose who is asked to come, the best fit first, with the reasons."""
    if not choices:
        text = _("No volunteer fits right now. You can ring somebody, or go yourself.")
        return Screen(text, _title(view), inline(_back(view.line.request_id)))
    told = [_volunteer(choice) for choice in choices]
    rows = [[_assign(choice, view)] for choice in choices]
    text = paragraphs(_("Who shall come? The best fit stands first."), "\n".join(told))
    return Screen(text, _title(view), inline(*rows, _back(view.line.request_id)))


def choose_instead_screen(view: RequestView, gone: int, choices: Sequence[StaffChoice]) -> Screen:
    """Choose who is asked to come instead of a holder; both are told."""
    if not choices:
        return choose_volunteer_screen(view, choices)
    own = view.line.request_id
    rows = [
        [button(f"🙋 {one.who.name}", Exchange(id=own, gone=gone, to=one.who.id))]
        for one in choices
    ]
    name = joined_names([one.who.name for one in view.holders if one.who.id == gone])
    asked = _("Who shall come instead of {name}? Both are told at once.").format(name=name)
    text = paragraphs(asked, "\n".join(_volunteer(choice) for choice in choices))
    return Screen(text, _title(view), inline(*rows, _back(own)))


def _volunteer(choice: StaffChoice) -> str:
    reasons = _(", ").join(_(lines.WHY_THEM[reason]) for reason in choice.reasons)
    load = ngettext("{count} task lately", "{count} tasks lately", choice.load).format(
        count=choice.load
    )
    return joined(f"🙋 {choice.who.name}", reasons, load, gap=" · ")


def _assign(choice: StaffChoice, view: RequestView) -> InlineKeyboardButton:
    return button(f"🙋 {choice.who.name}", Assign(id=view.line.request_id, to=choice.who.id))


def ask_cancel_screen(view: RequestView) -> Screen:
    """Ask why the desk calls a request off."""
    rows = [
        [button(_(said), CancelCase(id=view.line.request_id, reason=reason))]
        for reason, said in REASONS.items()
    ]
    other = [_tap(_("Another reason") + "…", CaseAct.OTHER_REASON, view)]
    text = _("Why is it called off? The person who asked reads the reason.")
    return Screen(text, _title(view), inline(*rows, other, _back(view.line.request_id)))


def ask_reopen_screen(view: RequestView) -> Screen:
    """Ask whether a closed request is to be opened again at the resident's word."""
    text = _("Do they say that it is not solved after all? It is opened again, with an order.")
    sure = _tap(_("Yes, open it again"), CaseAct.REOPEN, view)
    return Screen(text, _title(view), inline([sure], _back(view.line.request_id)))


def contact_screen(contact: DoorAndPhone, view: RequestView) -> Screen:
    """Show door and phone to the desk; the look is recorded."""
    nothing = _("not given")
    through = ""
    if contact.through is not None:
        through = _("Speaks for them: {name}").format(name=contact.through.name)
    text = joined(
        "👤 " + contact.beneficiary.name,
        where_line(view.line.where),
        "🚪 " + _("Door: {door}").format(door=contact.door or nothing),
        "📞 " + _("Phone: {phone}").format(phone=contact.phone or nothing),
        through,
        "📝 " + contact.note if contact.note else "",
    )
    told = _("This look has been recorded, and the person can see it.")
    hide = [button(_("🙈 Hide"), OpenCase(id=view.line.request_id))]
    return Screen(paragraphs(text, told), _title(view), inline(hide))


def history_screen(view: RequestView, now: datetime) -> Screen:
    """Tell the whole story, inner notes included."""
    text = history(view.timeline, now, HISTORY)
    return Screen(text, _title(view), inline(_back(view.line.request_id)))


def said_screen(request_id: int, said: str) -> Screen:
    """Say what came of a small form, with the way back."""
    more = [button(_("🗂 Open at the desk"), OpenCase(id=request_id))]
    return Screen(said, keyboard=inline(more))
