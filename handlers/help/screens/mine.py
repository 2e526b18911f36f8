"""One's own requests: where each is now, what can be done, and the last word on it."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.categories import category
from handlers.help.callbacks import MineAct, OnMine, OpenMine, Verdict
from handlers.help.screens import deadlines, lines
from handlers.help.screens.receipt import history
from handlers.i18n import gettext as _
from handlers.i18n import ngettext
from handlers.media import media_label, media_line
from handlers.screen import Screen, button, inline
from handlers.text import joined, joined_names, paragraphs, quoted, sentences, where_line
from handlers.volunteers.screens import spent
from models.help.rules.closing import Ordered
from models.help.rules.limits import Line
from models.help.rules.states import LIVE, ClaimState, State
from models.help.views import OrderMark, RequestLine, RequestView
from models.media import Media

MOST_LISTED = 10
RECENT = 4
"""Lines of the timeline on the first screen; the rest is one tap away."""
HISTORY = 25


def mine_screen(requests: Sequence[RequestLine], reader_id: int, said: str = "") -> Screen:
    """List somebody's requests, unended first."""
    ask = [button(_("🙏 Ask for help"), Go(to="ask"))]
    if not requests:
        none = _("You have not asked for anything yet. Whenever you need a hand, just say so.")
        return Screen(paragraphs(said, none), _("My requests"), inline(ask))
    shown = requests[:MOST_LISTED]
    rows = [[_open(line)] for line in shown]
    text = paragraphs(said, *(_line(line, reader_id) for line in shown))
    return Screen(text, _("My requests"), inline(*rows, ask))


def _line(line: RequestLine, reader_id: int) -> str:
    whose = ""
    if line.beneficiary.id != reader_id:
        whose = "👤 " + _("For {name}").format(name=line.beneficiary.name)
    said = lines.state(line.state, unsaid=line.unconfirmed)
    state = f"{lines.state_sign(line.state)} {said}"
    return joined(lines.title(line.number, line.category), whose, state)


def _open(line: RequestLine) -> InlineKeyboardButton:
    sign = lines.state_sign(line.state)
    label = _("{sign} No. {number} · {category}").format(
        sign=sign, number=line.number, category=category(line.category)
    )
    return button(label, OpenMine(id=line.request_id))


def request_screen(view: RequestView, now: datetime, said: str = "") -> Screen:
    """Show one's own request: where it is now and what can be done."""
    text = paragraphs(
        said,
        standing(view),
        _facts(view, now),
        lines.asked_in_words(view.text, view.line.category, view.media),
        media_line(view.media),
        _care(view, now),
        history(view.timeline, now, RECENT),
    )
    title = lines.title(view.line.number, view.line.category)
    return Screen(text, title, inline(*_rows(view)))


def standing(view: RequestView) -> str:
    """Say in plain words where a request is now."""
    names = joined_names([holder.who.name for holder in view.holders])
    match view.line.state:
        case State.OPEN if view.holders:
            missing = view.line.hands - view.line.held
            more = _("We look for {count} more.")
            said = sentences(_said_yes(view), more.format(count=missing))
            return joined(said, lines.not_reached(view.holders))
        case State.OPEN:
            return _looking(view)
        case State.CLAIMED:
            return joined(_coming(view), lines.not_reached(view.holders))
        case State.UNDERWAY:
            return _("🚶 {names} set out and will be there soon.").format(names=_on_way(view))
        case State.DONE:
            return _done(view, names)
    return _ended(view)


def _coming(view: RequestView) -> str:
    """Say who will come: whoever has said so; of the others, that they are asked."""
    agreed = [holder.who.name for holder in view.holders if holder.agreed]
    said = _("🙋 {names} will come.")
    if view.spoken_for:
        said = _("🙋 {names} will go and help {other}.")
    told = said.format(names=joined_names(agreed), other=view.spoken_for) if agreed else ""
    return joined(told, _chosen(view))


def _said_yes(view: RequestView) -> str:
    agreed = [holder.who.name for holder in view.holders if holder.agreed]
    said = _("🙋 {names} said yes.").format(names=joined_names(agreed)) if agreed else ""
    return joined(said, _chosen(view))


def _chosen(view: RequestView) -> str:
    chosen = [holder.who.name for holder in view.holders if not holder.agreed]
    if not chosen:
        return ""
    said = _("🙏 {names} was chosen for this and has yet to say yes.")
    return said.format(names=joined_names(chosen))


def _done(view: RequestView, names: str) -> str:
    if put_right(view):
        return _("❓ The office has had it put right. Is all well now?")
    told = _("❓ {names} reported it done. Is all well?").format(names=names)
    return joined(told, took(view))


def took(view: RequestView) -> str:
    """Say how long it took, by those who say so."""
    said = _("⏱ {name} says it took about {time}.")
    return joined(*(said.format(name=who.name, time=spent(one)) for who, one in view.took))


def put_right(view: RequestView) -> bool:
    """Return whether the last thing done about a request was to put it right under an order."""
    helped = any(holder.state is ClaimState.DONE for holder in view.holders)
    return view.order is not None and view.order.state is Ordered.SIGNED and not helped


def standing_at_desk(view: RequestView) -> str:
    """Say the same to the office, where the resident would be asked or comforted."""
    names = joined_names([holder.who.name for holder in view.holders])
    match view.line.state:
        case State.CLAIMED:
            return joined(_said_yes(view), lines.not_reached(view.holders))
        case State.DONE if put_right(view):
            return _("❓ It has been put right; the resident has yet to say.")
        case State.CLOSED if view.solved is None:
            return _("☎️ Closed as unconfirmed: nobody could be reached.")
        case State.DONE:
            said = _("❓ {names} reported it done; the resident has yet to say.")
            return said.format(names=names)
        case State.EXPIRED:
            return _("⌛ Nobody took this request in all the time; it has ended.")
    return _hands_missing(view) or standing(view)


def _hands_missing(view: RequestView) -> str:
    """Tell the office of a search without promising it anything."""
    if view.line.state is not State.OPEN or not view.asked:
        return ""
    return ngettext(
        "🔎 {count} volunteer was asked; hands are still missing.",
        "🔎 {count} volunteers were asked; hands are still missing.",
        view.asked,
    ).format(count=view.asked)


def _looking(view: RequestView) -> str:
    asked = lines.asked(view.asked, view.asking)
    return f"🔎 {asked}" if asked else _("🔎 The community office is seeing to it.")


def _on_way(view: RequestView) -> str:
    moving = [holder for holder in view.holders if holder.state is ClaimState.ON_WAY]
    return joined_names([holder.who.name for holder in moving or view.holders])


def _ended(view: RequestView) -> str:
    match view.line.state:
        case State.CLOSED:
            return _closed(view)
        case State.CANCELLED:
            why = quoted(view.close_reason or "")
            return joined(_("✕ It was called off."), why)
        case State.EXPIRED:
            return _("⌛ Sorry: nobody could be found in time. Please ask again.")
    if view.order is not None and view.order.state is not Ordered.SIGNED:
        return _ordered(view, view.order)
    owner = view.line.owner
    if owner is None:
        return _("🔁 Not solved yet. The community office takes it up.")
    return _("🔁 Not solved yet. {name} of the office takes it up.").format(name=owner.name)


def _closed(view: RequestView) -> str:
    if view.solved is None:
        return _("☎️ Closed without your word, as we could not reach you.")
    stars = "⭐" * view.rating if view.rating else ""
    return joined(_("✅ Solved. We are glad!"), stars)


def _ordered(view: RequestView, order: OrderMark) -> str:
    """Tell the resident who puts it right."""
    who = order.person or view.line.owner
    if who is None:
        return _("🔁 Not solved yet. The community office has it put right, under supervision.")
    said = _("🔁 Not solved yet. {name} of the office has to put it right, under supervision.")
    return said.format(name=who.name)


def _facts(view: RequestView, now: datetime) -> str:
    line = view.line
    return joined(
        _for_whom(view),
        where_line(line.where),
        lines.when_line(view.start_at, view.when_text, line.urgency, now)
        if line.state in LIVE
        else "",
        lines.hands_line(line.hands, line.held) if line.state in LIVE else "",
    )


def _for_whom(view: RequestView) -> str:
    if view.requester.id == view.line.beneficiary.id:
        return ""
    return "👤 " + _("For {name}, asked by {other}").format(
        name=view.line.beneficiary.name, other=view.requester.name
    )


def _care(view: RequestView, now: datetime) -> str:
    line = view.line
    waiting = deadlines.to_resident(line.wait, now)
    if line.state not in {*LIVE, State.UNSOLVED}:
        return waiting
    order = view.order if line.state is State.UNSOLVED else None
    overdue, by = (order.overdue, order.due_at) if order else (line.overdue, line.promised_by)
    late = _("This is taking longer than promised; we are sorry.") if overdue else ""
    lasts = line.wait is not None and line.wait.until is None
    promise = "" if lasts else deadlines.promises(None if order else line.answer_by, by, now)
    return joined(lines.owner_line(line.owner), late or promise, waiting)


def _rows(view: RequestView) -> list[list[InlineKeyboardButton]]:
    unsaid = view.line.state is State.CLOSED and view.solved is None
    asked = unsaid or view.line.state is State.DONE
    rows = [*verdict_rows(view)] if asked else []
    if view.may_rate:
        rows.append([_tap(_("⭐ Give stars"), MineAct.THANKS, view)])
    if view.line.state in LIVE and view.holders:
        rows.append([_tap(_("😟 Nobody came"), MineAct.NOBODY, view)])
    elif view.may_say_solved and not asked:
        rows.append([_solved(view)])
    if view.line.state in {*LIVE, State.UNSOLVED, State.DONE}:
        rows.append([_tap(_("➕ Add a word or a photo"), MineAct.ADD, view)])
    media = [_tap(media_label(_all_media(view)), MineAct.MEDIA, view)]
    rows.append(media if _all_media(view) else [])
    rows.append(
        [
            _tap(_("🕑 Whole story"), MineAct.HISTORY, view),
            _tap(_("👁 Who looked?"), MineAct.LOOKS, view),
        ]
    )
    if view.may_reopen:
        rows.append([_tap(_("😟 Not solved after all"), MineAct.ASK_REOPEN, view)])
    if view.may_cancel:
        rows.append([_tap(_("✕ Not needed any more"), MineAct.ASK_CANCEL, view)])
    rows.append([button(_("‹ My requests"), Go(to="mine"))])
    return rows


def _all_media(view: RequestView) -> list[Media]:
    return [*view.media, *view.evidence]


def verdict_rows(view: RequestView) -> list[list[InlineKeyboardButton]]:
    """Make the buttons of the resident's last word."""
    rows = [[_solved(view)]] if view.may_say_solved else []
    if view.may_say_unsolved:
        not_yet = button(_("👎 Not solved"), Verdict(id=view.line.request_id, solved=False))
        nobody = [_tap(_("😟 Nobody came"), MineAct.NOBODY, view)]
        rows.append([not_yet, *(nobody if view.line.state is State.DONE else [])])
    return rows


def _solved(view: RequestView) -> InlineKeyboardButton:
    return button(_("👍 Yes, it is solved"), Verdict(id=view.line.request_id, solved=True))


def _tap(label: str, act: MineAct, view: RequestView) -> InlineKeyboardButton:
    return button(label, OnMine(act=act, id=view.line.request_id))


def history_screen(view: RequestView, now: datetime) -> Screen:
    """Tell the whole story of one's own request."""
    people = [lines.holder_line(holder) for holder in (*view.holders, *view.waiting)]
    text = paragraphs(history(view.timeline, now, HISTORY), joined(*people))
    title = lines.title(view.line.number, view.line.category)
    return Screen(text, title, inline([_back(view.line.request_id)]))


def looks_screen(view: RequestView, now: datetime) -> Screen:
    """Say who looked at door and phone for this request."""
    looks = [line for line in view.timeline if line.what is Line.LOOKED]
    none = _("Nobody has looked at door or phone for this request.")
    text = paragraphs(
        history(looks, now, HISTORY) or none,
        _("Only whoever holds the task, and the office, can look; every look is written down."),
    )
    title = lines.title(view.line.number, view.line.category)
    return Screen(text, title, inline([_back(view.line.request_id)]))


def ask_cancel_screen(view: RequestView) -> Screen:
    """Ask whether to call a request off."""
    told = ""
    if view.holders:
        names = joined_names([holder.who.name for holder in view.holders])
        told = _("{names} will be told, with thanks.").format(names=names)
    text = joined(_("Is it not needed any more?"), told)
    sure = _tap(_("Yes, call it off"), MineAct.CANCEL, view)
    keep = button(_("No, keep it"), OpenMine(id=view.line.request_id))
    title = lines.title(view.line.number, view.line.category)
    return Screen(text, title, inline([keep], [sure]))


def ask_reopen_screen(view: RequestView) -> Screen:
    """Ask whether a closed request is to be opened again."""
    text = _(
        "Is it not solved after all, or has it come back? Then we open it again, under the same "
        "number, and somebody of the office has to put it right."
    )
    sure = _tap(_("Yes, open it again"), MineAct.REOPEN, view)
    keep = button(_("No, all is well"), OpenMine(id=view.line.request_id))
    title = lines.title(view.line.number, view.line.category)
    return Screen(text, title, inline([sure], [keep]))


def not_passed_on(view: RequestView) -> str:
    """Name the helpers whom added words do not reach, and who passes them on; '' where none."""
    lost = lines.not_reached(view.holders)
    if not lost:
        return ""
    owner = view.line.owner
    by = _("The office passes it on.")
    if owner is not None:
        by = _("{name} of the office passes it on.").format(name=owner.name)
    return sentences(lost, by)


def after_adding_screen(request_id: int, said: str) -> Screen:
    """Say what came of adding to a request."""
    return Screen(
        said, keyboard=inline([button(_("📍 Open the request"), OpenMine(id=request_id))])
    )


def _back(request_id: int) -> InlineKeyboardButton:
    return button(_("‹ Back"), OpenMine(id=request_id))
