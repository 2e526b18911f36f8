"""Two holders change tasks: the choice, the question, the answer."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.help.callbacks import AnswerSwap, OpenTask, ProposeSwap
from handlers.help.screens import lines
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs, place_name
from models.help.rules.states import SwapState
from models.help.views import SwapCard, SwapChoice, TaskDetail, TaskLine


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
