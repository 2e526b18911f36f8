"""What is asked, and what came of an answer."""

from collections.abc import Sequence

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from handlers.help.callbacks import CallNow, MineAct, OnMine, OpenMine
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.rollcalls.callbacks import Give, RollCallSay
from handlers.rollcalls.labels import RED, framed, said
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs, quoted
from models.broadcasts.rules.notices import Answer
from models.broadcasts.views import Asked, CopyView
from models.rollcalls.rules.outcomes import Answering
from models.rollcalls.views import Answered, AskView

SEND_LOCATION = mark("📍 Send where I am")
SKIP_LOCATION = mark("➡️ Not needed")

OWN = {
    RollCallSay.SAFE: mark("✅ I'm safe"),
    RollCallSay.NEED_HELP: mark("🆘 I need help"),
    RollCallSay.CAN_HELP: mark("🤝 I can help"),
}
THEIRS = {
    RollCallSay.SAFE: mark("✅ {name} is safe"),
    RollCallSay.NEED_HELP: mark("🆘 {name} needs help"),
    RollCallSay.CAN_HELP: mark("🤝 {name} can help"),
}
NAME_SHOWN = 12
"""Characters of a name on a button: a small phone cuts what is longer."""

Rows = list[list[InlineKeyboardButton]]


def answer_buttons(view: CopyView) -> Rows:
    """Make the buttons under the copy of a roll-call: a set for each person it asks about."""
    asked = view.asked or (Asked(view.person_id, "", own=True),)
    return answer_rows(view.id, asked)


def answer_rows(broadcast_id: int, asked: Sequence[Asked], *, below: bool = True) -> Rows:
    """Make a set of buttons for each person; what was answered has a tick."""
    return [row for one in asked for row in _set(broadcast_id, one, below=below)]


def _set(broadcast_id: int, one: Asked, *, below: bool) -> Rows:
    """Make one person's buttons, one a row: large, and each apart from the others."""
    return [
        [button(_label(one, say), Give(id=broadcast_id, about=one.person_id, say=say, below=below))]
        for say in RollCallSay
    ]


def _label(one: Asked, say: RollCallSay) -> str:
    label = _(OWN[say]) if one.own else _(THEIRS[say]).format(name=one.name[:NAME_SHOWN])
    return f"{label} ✔" if one.answer is Answer(say.answer) else label


def answered_screen(given: Answered, asked: Sequence[Asked]) -> Screen:
    """Say what came of an answer; it can be changed here, for each person that is asked about."""
    over = given.outcome is Answering.OVER
    rows = [] if over else answer_rows(given.broadcast_id, asked, below=False)
    closing = _closing_rows(given) if given.may_close else []
    text = paragraphs(_came_to(given), _still_open(given), _again(given))
    keyboard = _call_for_help(drill=given.drill) if over else inline(*closing, *rows)
    return framed(Screen(text, _head(given), keyboard), drill=given.drill)


def answers_screen(view: AskView) -> Screen:
    """Ask once more, about everybody whom a reader answers for; what was said has a tick."""
    silent = [one for one in view.asked if one.answer is None]
    names = [one.name for one in silent if not one.own]
    waits = _("We have not heard from you yet.") if len(names) < len(silent) else ""
    about = _("We have not heard about: {names}").format(names=_listed(names)) if names else ""
    text = paragraphs(quoted(view.words), joined(waits, about, gap="\n"), _("Please tap below."))
    keyboard = inline(*answer_rows(view.broadcast_id, silent))
    return framed(Screen(text, _("⏰ Are you safe?"), keyboard), drill=view.drill)


def changed_screen(view: AskView) -> Screen:
    """Say that changed words leave an answer as it is, and let it be changed here."""
    if view.over:
        return over_screen(view)
    text = _(
        "You have changed what you wrote. Your answer is still the one with the tick; tap below if "
        "it is another now."
    )
    rows = answer_rows(view.broadcast_id, view.asked, below=False)
    return framed(Screen(text, _("Your answer"), inline(*rows)), drill=view.drill)


def over_screen(view: AskView) -> Screen:
    """Say that it is over, and thank."""
    text = _("The roll-call is over. Thank you for looking after one another.")
    more = _("If you still need help, tap “Ask for help” or write /ask.")
    keyboard = _call_for_help(drill=view.drill)
    return framed(Screen(paragraphs(text, more), _("Roll-call ended"), keyboard), drill=view.drill)


def _call_for_help(*, drill: bool) -> InlineKeyboardMarkup | None:
    """Leave whoever still needs help one tap away from it; under a drill nothing is called."""
    return None if drill else inline([button(_(OWN[RollCallSay.NEED_HELP]), CallNow())])


def where_screen() -> Screen:
    """Ask for one tap that sends where somebody is; only ever of a real emergency."""
    send = KeyboardButton(text=_(SEND_LOCATION), request_location=True)
    keyboard = ReplyKeyboardMarkup(
        keyboard=[[send], [KeyboardButton(text=_(SKIP_LOCATION))]],
        resize_keyboard=True,
        one_time_keyboard=True,
    )
    text = _("If you like, let us know with one tap where you are. Help is coming without it too.")
    return Screen(f"{RED} {text}", keyboard=keyboard)


def _head(given: Answered) -> str:
    return _("Your answer") if given.own else _("About {name}").format(name=given.name)


def _came_to(given: Answered) -> str:
    """Say what is down by now, and what follows from it."""
    if given.outcome is Answering.OVER:
        return said(given.outcome)
    match given.answer:
        case Answer.SAFE:
            return _("✅ Down as safe. Thank you, that helps us look for others.")
        case Answer.CAN_HELP:
            return _("🤝 Down as ready to help. Thank you! We will write if you are needed.")
        case _other:
            return _drilled() if given.drill else _filed(given)


def _filed(given: Answered) -> str:
    if given.number is None:
        told = _("🆘 Down as needing help. The office sees it on its board.")
    else:
        told = _("🆘 Your call for help is out: No. {number}. We are asking people now.")
        told = told.format(number=given.number)
    return paragraphs(told, _("In danger of life call 120, 119 or 110 first."))


def _drilled() -> str:
    return paragraphs(
        _("🆘 In a real emergency a call for help would go out now. Nothing was sent."),
        _("If you really need help, tap “Ask for help”, or call 120, 119 or 110."),
    )


def _still_open(given: Answered) -> str:
    if not given.may_close:
        return ""
    return _("The call for help No. {number} is open still. Can it be closed?").format(
        number=given.number
    )


def _closing_rows(given: Answered) -> Rows:
    """Lead to the ordinary way of closing a request, and to the request itself."""
    assert given.request_id is not None  # noqa: S101 - what may be closed is there
    close = OnMine(act=MineAct.ASK_CANCEL, id=given.request_id)
    keep = OpenMine(id=given.request_id, below=True)
    return [
        [button(_("Yes, no help is needed any more"), close)],
        [button(_("No, leave it open"), keep)],
    ]


def _again(given: Answered) -> str:
    return "" if given.outcome is Answering.OVER else _("If anything changes, tap again.")


def _listed(names: Sequence[str]) -> str:
    return _(", ").join(names)
