"""The task of somebody who helps: door and phone, and changing with another helper."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.clock_text import at_clock
from handlers.help.callbacks import (
    AnswerSwap,
    CardAct,
    Coming,
    HandBack,
    HideContact,
    Late,
    OnCard,
    OnTask,
    OpenTask,
    ProposeSwap,
    TaskAct,
)
from handlers.help.screens import lines
from handlers.help.screens.card import yours
from handlers.i18n import gettext as _
from handlers.media import media_label, media_line
from handlers.savings.callbacks import SayTime, WriteTime
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, joined_names, paragraphs, place_name, sentences, where_line
from handlers.volunteers.screens import spent
from models.help.rules.outcomes import HandBackReason
from models.help.rules.states import ENDED, LIVE, ClaimState, State, SwapState
from models.help.views import ContactView, DoorAndPhone, SwapCard, SwapChoice, TaskDetail, TaskLine

OFFERED_REASONS = [reason for reason in HandBackReason if reason is not HandBackReason.LEFT]
LATE_MINUTES = (15, 30, 60)
TIMES_OFFERED = (15, 30, 60, 120)
"""Minutes."""
NOTES_SHOWN, NOTE_SHOWN = 5, 300
"""Latest additions on the holder's screen, and characters of each: with the words of the request
they fit into one message."""


def task_screen(task: TaskDetail, now: datetime, said: str = "") -> Screen:
    """Show a task to the one who holds it; `said` goes on top."""
    text = paragraphs(
        said,
        _standing(task),
        _facts(task, now),
        lines.asked_in_words(task.text, task.line.category, task.media),
        _added(task),
        media_line(task.media),
        _contact_hint(task, now),
        _time(task),
    )
    return Screen(text, lines.title(task.line.number, task.line.category), inline(*_rows(task)))


def _time(task: TaskDetail) -> str:
    if task.took is not None:
        return _("⏱ You say it took you {time}.").format(time=spent(task.took))
    return asks_time() if task.asks_time else ""


def asks_time() -> str:
    """Ask how long it took; whoever says nothing is not asked again."""
    return _("⏱ About how long did it take you? It is kept once they say that all is well.")


def time_rows(request_id: int) -> list[list[InlineKeyboardButton]]:
    """Make the buttons that answer it."""
    taps = [button(spent(one), SayTime(id=request_id, minutes=one)) for one in TIMES_OFFERED]
    write = button(_("✍️ Another time"), WriteTime(id=request_id))
    return [taps[:2], taps[2:], [write, button(_("Skip"), Go(to="tasks"))]]


def _says_time(task: TaskDetail) -> list[list[InlineKeyboardButton]]:
    if not task.asks_time:
        return []
    rows = time_rows(task.line.request_id)
    return rows if task.took is None else [rows[-1][:1]]


def _added(task: TaskDetail) -> str:
    """Show what was said since it was filed, the latest of it in a long talk."""
    left_out = "…" if len(task.added) > NOTES_SHOWN else ""
    told = (
        _("📝 {name} added:").format(name=note.who.name if note.who else _("Somebody"))
        + "\n"
        + _("“{words}”").format(words=clip(note.words or "", NOTE_SHOWN))
        for note in task.added[-NOTES_SHOWN:]
    )
    return joined(left_out, *told)


def _standing(task: TaskDetail) -> str:
    if task.line.state in {State.CANCELLED, State.EXPIRED}:
        return _("✕ This has been called off; nobody needs to go. Thank you!")
    if task.line.state is State.CLOSED:
        return _("✅ Solved. Thank you!")
    match task.line.claim:
        case ClaimState.ON_WAY:
            return _on_way(task)
        case ClaimState.DONE:
            return _("✅ You reported it done. Thank you! We are asking whether all is well.")
        case ClaimState.ENDED:
            return _("The office is looking into it. Thank you!")
    return yours(agreed=task.agreed)


def _on_way(task: TaskDetail) -> str:
    said = _("🚶 You are on your way. Thank you!")
    if not task.reach.arrives:
        return said
    return sentences(said, _("We let {name} know.").format(name=task.reach.reader))


def _facts(task: TaskDetail, now: datetime) -> str:
    line = task.line
    others = ""
    if task.others:
        others = "👥 " + _("With you: {names}").format(names=joined_names(task.others))
    return joined(
        "👤 " + task.beneficiary.name,
        lines.resident_not_reached(task.reach, task.beneficiary.name)
        if task.line.state in LIVE
        else "",
        where_line(line.where),
        lines.when_line(line.start_at, line.when_text, line.urgency, now),
        lines.urgency_line(line.urgency),
        others or lines.hands_line(task.hands, task.held),
    )


def _contact_hint(task: TaskDetail, now: datetime) -> str:
    if task.may_see_contact and task.contact_until is not None:
        return _("Door and phone can be seen until {time}.").format(
            time=at_clock(task.contact_until, now)
        )
    return ""


def _rows(task: TaskDetail) -> list[list[InlineKeyboardButton]]:
    coming = button(_("👍 Yes, I am coming"), Coming(id=task.line.request_id, yes=True))
    yes = [] if task.agreed else [coming]
    contact = [_tap(_("🚪 Door and phone"), TaskAct.CONTACT, task)] if task.may_see_contact else []
    media = [_tap(media_label(task.media), TaskAct.MEDIA, task)] if task.media else []
    set_out = [_tap(_("🚶 I am on my way"), TaskAct.ON_WAY, task)] if task.may_set_out else []
    done = [_tap(_("✅ It is done"), TaskAct.ASK_DONE, task)] if task.may_report_done else []
    late = [_tap(_("⏰ I am late"), TaskAct.LATE, task)] if task.may_hand_back else []
    back = [_tap(_("↩️ I cannot go"), TaskAct.ASK_HAND_BACK, task)] if task.may_hand_back else []
    swap = [_tap(_("🔄 Change with somebody"), TaskAct.ASK_SWAP, task)] if task.may_swap else []
    acts = [yes, contact, media, set_out, done, [*late, *back], swap, [_to_tasks()]]
    return [*_says_time(task), *acts]


def _tap(label: str, act: TaskAct, task: TaskDetail) -> InlineKeyboardButton:
    return button(label, OnTask(act=act, id=task.line.request_id))


def _to_tasks() -> InlineKeyboardButton:
    return button(_("‹ My tasks"), Go(to="tasks"))


def _back_to_task(task: TaskDetail) -> list[InlineKeyboardButton]:
    return [button(_("‹ Back"), OpenTask(id=task.line.request_id))]


def ask_done_screen(task: TaskDetail) -> Screen:
    """Ask how to report done: with a photo or without, one's part or everything."""
    more = task.held > 1 or task.hands > task.held
    done = _tap(_("✅ My part is done") if more else _("✅ Yes, done"), TaskAct.DONE, task)
    everything = [_tap(_("🏁 Everything is done"), TaskAct.ALL_DONE, task)] if more else []
    photo = [_tap(_("📷 Done, with a photo"), TaskAct.DONE_WITH_PHOTO, task)]
    asked = _("Is it done? {name} is then asked whether all is well.")
    text = asked.format(name=task.reach.reader)
    if not task.reach.arrives:
        rings = _("Is it done? The office then rings {name} to ask whether all is well.")
        text = rings.format(name=task.beneficiary.name)
    return Screen(
        text,
        lines.title(task.line.number, task.line.category),
        inline([done], everything, photo, _back_to_task(task)),
    )


def after_done_screen(said: str, request_id: int | None = None) -> Screen:
    """Say what came of reporting done; of what was done, ask how long it took."""
    if request_id is None:
        return Screen(said, keyboard=inline([_to_tasks()]))
    text = paragraphs(said, asks_time())
    return Screen(text, keyboard=inline(*time_rows(request_id), [_to_tasks()]))


def ask_hand_back_screen(task: TaskDetail) -> Screen:
    """Ask why a task is handed back; every reason is as good."""
    rows = [[_reason(reason, task)] for reason in OFFERED_REASONS]
    return Screen(
        _("That can happen. What may we tell the office? We then find somebody else."),
        lines.title(task.line.number, task.line.category),
        inline(*rows, _back_to_task(task)),
    )


def _reason(reason: HandBackReason, task: TaskDetail) -> InlineKeyboardButton:
    if reason is HandBackReason.OTHER:
        return _tap(lines.reason_given(reason) + "…", TaskAct.OTHER_REASON, task)
    return button(lines.reason_given(reason), HandBack(id=task.line.request_id, reason=reason))


def ask_late_screen(task: TaskDetail) -> Screen:
    """Ask how late the holder will be."""
    row = [
        button(
            _("{count} min").format(count=minutes), Late(id=task.line.request_id, minutes=minutes)
        )
        for minutes in LATE_MINUTES
    ]
    tells = _("How much later? We tell {name}.").format(name=task.reach.reader)
    unreached = lines.resident_not_reached(task.reach, task.beneficiary.name)
    text = tells if task.reach.arrives else joined(_("How much later?"), unreached)
    title = lines.title(task.line.number, task.line.category)
    return Screen(text, title, inline(row, _back_to_task(task)))


def tasks_screen(tasks: Sequence[TaskLine], now: datetime, said: str = "") -> Screen:
    """List what somebody holds, waits for or has done."""
    if not tasks:
        none = _("You hold no task at the moment. Have a look at who could use a hand.")
        text = paragraphs(said, none)
    else:
        text = paragraphs(said, *(_task_line(task, now) for task in tasks[:MOST_LISTED]))
    rows = [[_open(task)] for task in tasks[:MOST_LISTED]]
    look = [button(_("🔎 Who needs a hand?"), Go(to="open_tasks"))]
    back = [button(_("‹ Lend a hand"), Go(to="lend"))]
    return Screen(text, _("📋 My tasks"), inline(*rows, look, back))


MOST_LISTED = 12


def _task_line(task: TaskLine, now: datetime) -> str:
    place = place_name(task.where)
    when = lines.when(task.start_at, task.when_text, task.urgency, now)
    standing = lines.claim(task.claim)
    if task.position:
        standing = _("number {position} on the waiting list").format(position=task.position)
    return joined(
        lines.title(task.number, task.category),
        f"{lines.claim_sign(task.claim)} {standing}",
        f"📍 {place} · 🕑 {when}",
    )


def _open(task: TaskLine) -> InlineKeyboardButton:
    label = lines.title(task.number, task.category)
    if task.claim is ClaimState.WAITING or task.state in ENDED:
        return button(label, OnCard(act=CardAct.SHOW, id=task.request_id))
    return button(label, OpenTask(id=task.request_id))


def contact_screen(card: ContactView, contact: DoorAndPhone, look_id: int) -> Screen:
    """Show door and phone to the one who holds the task."""
    nothing = _("not given")
    through = contact.through.name if contact.through else ""
    text = joined(
        "👤 " + contact.beneficiary.name,
        where_line(card.where),
        "🚪 " + _("Door: {door}").format(door=contact.door or nothing),
        "📞 " + _("Phone: {phone}").format(phone=contact.phone or nothing),
        _("Speaks for them: {name}").format(name=through) if through else "",
        "📝 " + contact.note if contact.note else "",
    )
    told = _(
        "{name} can see that you looked. Please keep this to yourself; "
        "“Hide” takes it off your screen."
    ).format(name=contact.beneficiary.name)
    hide = button(_("🙈 Hide"), HideContact(id=card.request_id, look_id=look_id))
    return Screen(paragraphs(text, told), lines.title(card.number, card.category), inline([hide]))


def hidden_screen(request_id: int) -> Screen:
    """Say that door and phone are hidden, and lead back to the task."""
    task = button(_("📂 Open the task"), OpenTask(id=request_id, below=True))
    return Screen(_("🙈 Door and phone are hidden again."), keyboard=inline([task]))


def over_screen() -> Screen:
    """Say that door and phone are hidden for good: the task is over, or somebody else's."""
    return Screen(_("🙈 Door and phone are hidden again. Thank you for keeping them to yourself."))


def choose_screen(task: TaskDetail, choices: Sequence[SwapChoice], now: datetime) -> Screen:
    """Let a holder choose with whom to change."""
    back = [button(_("‹ Back"), OpenTask(id=task.line.request_id))]
    title = lines.title(task.line.number, task.line.category)
    if not choices:
        none = _("Nobody holds a task just now that could be changed for this one.")
        return Screen(none, title, inline(back))
    ask = _("With whom would you like to change? We ask them; nothing changes until they say yes.")
    rows = [[_choice(task, choice, now)] for choice in choices]
    text = paragraphs(ask, *(_line(one.task, now, one.holder.name) for one in choices))
    return Screen(text, title, inline(*rows, back))


def _choice(task: TaskDetail, choice: SwapChoice, now: datetime) -> InlineKeyboardButton:
    when = lines.when(choice.task.start_at, choice.task.when_text, choice.task.urgency, now)
    label = _("🔄 {name} · {when}").format(name=choice.holder.name, when=when)
    return button(label, ProposeSwap(id=task.line.request_id, claim_id=choice.claim_id))


def swap_screen(card: SwapCard, now: datetime) -> Screen:
    """Ask a holder whether they would change, or show what became of it."""
    title = lines.title(card.yours.number, card.yours.category)
    match card.state:
        case SwapState.SWAPPED:
            said = _("🔄 Changed. Thank you! This is yours now:")
            task = [button(_("📂 Open the task"), OpenTask(id=card.theirs.request_id, below=True))]
            return Screen(paragraphs(said, _line(card.theirs, now)), title, inline(task))
        case SwapState.DECLINED:
            return Screen(
                _("All right: everything stays as it is. Thank you for answering."), title
            )
        case SwapState.OVER:
            return Screen(
                _("This is settled: one of the two tasks has moved on. Thank you!"), title
            )
    asked = _("🔄 {name} asks whether you would change tasks.").format(name=card.proposer.name)
    text = paragraphs(
        asked,
        joined(_("You would take on:"), _line(card.theirs, now)),
        joined(
            _("{name} would take on yours:").format(name=card.proposer.name), _line(card.yours, now)
        ),
    )
    yes = [button(_("👍 Yes, let us change"), AnswerSwap(id=card.id, yes=True))]
    no = [button(_("No, thank you"), AnswerSwap(id=card.id, yes=False))]
    return Screen(text, title, inline(yes, no))


def answer_screen(card: SwapCard, now: datetime) -> Screen:
    """Tell whoever proposed it what was answered."""
    title = lines.title(card.theirs.number, card.theirs.category)
    if card.state is SwapState.SWAPPED:
        said = _("🔄 Changed. Thank you! This is yours now:")
        task = [button(_("📂 Open the task"), OpenTask(id=card.yours.request_id, below=True))]
        return Screen(paragraphs(said, _line(card.yours, now)), title, inline(task))
    said = _("The other helper would rather keep their task; yours stays with you. Thank you!")
    mine = [button(_("📂 Open the task"), OpenTask(id=card.theirs.request_id, below=True))]
    return Screen(said, title, inline(mine))


def asked_screen(request_id: int, said: str) -> Screen:
    """Say what became of asking."""
    task = [button(_("📂 Open the task"), OpenTask(id=request_id))]
    return Screen(said, keyboard=inline(task, [button(_("‹ My tasks"), Go(to="tasks"))]))


def gone_screen(said: str) -> Screen:
    """Say that a question is gone."""
    return Screen(said, keyboard=inline([button(_("‹ My tasks"), Go(to="tasks"))]))


def _line(task: TaskLine, now: datetime, holder: str = "") -> str:
    when = lines.when(task.start_at, task.when_text, task.urgency, now)
    return joined(
        f"🙋 {holder}" if holder else "",
        lines.title(task.number, task.category),
        f"📍 {place_name(task.where)} · 🕑 {when}",
    )
