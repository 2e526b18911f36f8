"""Having a broadcast go: approval, pause, correction, recall."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.broadcasts import labels
from handlers.broadcasts.callbacks import OnBroadcast, OpenBroadcast
from handlers.broadcasts.cards import card_of
from handlers.broadcasts.forms import BROADCAST, check_words, content_of, shown
from handlers.broadcasts.screens.card import one_language, starts
from handlers.broadcasts.screens.parts import held_at_night
from handlers.form import (
    Again,
    Answers,
    Anything,
    Form,
    FormContext,
    Letter,
    Question,
    Text,
    forms,
    plain,
    start_form,
)
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.screen import Screen, button, inline
from handlers.show import replace, toast
from handlers.text import joined, paragraphs
from models.broadcasts.actions import correcting, sending
from models.broadcasts.actions.correcting import correct
from models.broadcasts.actions.sending import send_back
from models.broadcasts.queries.copies import broadcast_view
from models.broadcasts.queries.reach import outlook_of
from models.broadcasts.rules.content import Content
from models.broadcasts.rules.notices import Medium, Style
from models.broadcasts.rules.outcomes import BroadcastOutcome
from models.broadcasts.rules.sending import REASON_LENGTH, BroadcastPolicy
from models.broadcasts.rules.states import Move, needs_approval
from models.broadcasts.views import BroadcastView
from models.database import Session
from models.people.views import Person
from models.policy.current import policy_of

router = Router(name="broadcasts.sending")

OUTCOMES: dict[StrEnum, str] = {
    BroadcastOutcome.WAITING: mark(
        "🖐 Asked: a second person has to approve it first. Nobody has got it."
    ),
    BroadcastOutcome.SCHEDULED: mark(
        "✅ It is set. Until it goes you can take it back and change it."
    ),
    BroadcastOutcome.BEGUN: mark("📤 It is going out now. How far it is stands below."),
    BroadcastOutcome.APPROVED: mark("✅ Approved. Its author is told."),
    BroadcastOutcome.SENT_BACK: mark("↩️ Sent back; its author is told why."),
    BroadcastOutcome.TAKEN_BACK: mark("✏️ Taken back: a draft again. Nobody was sent it."),
    BroadcastOutcome.PAUSED: mark("⏸ Paused. Nothing more goes out until you let it."),
    BroadcastOutcome.RESUMED: mark("▶️ It goes on where it was."),
    BroadcastOutcome.CANCELLED: mark("✕ Cancelled. Whoever has not got it will not."),
    BroadcastOutcome.CORRECTED: mark("✏️ Every copy is being corrected."),
    BroadcastOutcome.RECALLED: mark("🧹 Recalled. The copies are being deleted."),
    BroadcastOutcome.TESTED: mark("🧪 The test is coming to you alone."),
    BroadcastOutcome.NOT_ALLOWED: mark("This is for others to do. The attempt has been noted."),
    BroadcastOutcome.TOO_LATE: mark("It is too late for that: see how it stands now."),
    BroadcastOutcome.CHANGED: mark("It has been changed since. Please look at it once more."),
    BroadcastOutcome.NOBODY: mark(
        "Nobody is in its audience. Please choose again to whom it goes."
    ),
    BroadcastOutcome.NO_APPROVER: mark(
        "It needs a second person, and nobody else here may approve. Please ask an admin to make "
        "somebody a secretary, or the street office."
    ),
}

QUESTIONS = {
    Move.ASK: mark("Shall it really go out like this?"),
    Move.APPROVE: mark("Have you read it whole? Once you approve, it goes out."),
    Move.CANCEL: mark("Cancel it? Whoever has not got it yet never will."),
    Move.RECALL: mark(
        "Recall it? Every copy younger than 48 hours is deleted; older ones Telegram keeps."
    ),
}
"""What is asked before these are done."""

YES = {
    Move.ASK: mark("📢 Yes, send it"),
    Move.APPROVE: mark("✅ Yes, approve"),
    Move.CANCEL: mark("✕ Yes, cancel it"),
    Move.RECALL: mark("🧹 Yes, recall it"),
}

APPROVED_FIRST = mark(
    "Shall it be handed in? Nobody gets it before a second person has read and approved it."
)

HAND_IN = mark("🖐 Yes, to be approved")
"""What is asked in place of 'send it' where a second person has to see it first."""


def said(outcome: StrEnum) -> str:
    """Say how an act on a broadcast turned out, in the reader's language."""
    return _(OUTCOMES[outcome]) if outcome in OUTCOMES else labels.said(outcome)


SEND_BACK, CORRECT = "broadcasts.send_back", "broadcasts.correct"


async def finish_send_back(ctx: FormContext, answers: Answers) -> Screen:
    """Return it back to its author."""
    actor, broadcast_id = ctx.actor, answers["broadcast"]
    outcome = await send_back(ctx.session, actor, broadcast_id, answers["reason"], now=ctx.now)
    return await shown(ctx, broadcast_id, said(outcome))


async def finish_correct(ctx: FormContext, answers: Answers) -> Screen | Again:
    """Put the right words into every copy."""
    first, second = answers["letter"], answers["other"]
    for key, letter in (("letter", first), ("other", second)):
        if letter is not None and (wrong := check_words(letter)):
            return Again(key, wrong)
    other = None if second is None else _words(second)
    actor, broadcast_id = ctx.actor, answers["broadcast"]
    outcome = await correct(ctx.session, actor, broadcast_id, _words(first), other, now=ctx.now)
    if outcome is BroadcastOutcome.WRONG_CONTENT:
        return Again("letter", _("Under a photo, video or file the words have to be shorter."))
    return await shown(ctx, broadcast_id, said(outcome))


def _words(letter: Letter) -> Content:
    return Content(Medium.TEXT, letter.words, content_of(letter).entities)


forms.add(
    Form(
        name=SEND_BACK,
        version=1,
        title=mark("Send a broadcast back"),
        questions=(
            Question(
                "reason",
                plain(mark("What should be changed? Its author reads this.")),
                accepts=(Text(REASON_LENGTH),),
            ),
            BROADCAST,
        ),
        finish=finish_send_back,
        confirm=False,
    )
)
forms.add(
    Form(
        name=CORRECT,
        version=1,
        title=mark("Correct a broadcast"),
        questions=(
            Question(
                "letter",
                plain(mark("How should it read? Every copy will say these words instead.")),
                accepts=(Anything(),),
                label=mark("✏️ The right words"),
            ),
            Question(
                "other",
                plain(mark("And in the other language? Skip: everybody reads the words above.")),
                accepts=(Anything(),),
                optional=True,
                label=mark("🌐 In the other language"),
            ),
            BROADCAST,
        ),
        finish=finish_correct,
        send=mark("✏️ Correct every copy"),
    )
)

Act = Callable[..., Awaitable[BroadcastOutcome]]
SEEN: dict[str, Act] = {Move.ASK: sending.ask, Move.APPROVE: sending.approve}
"""Moves that hold for the version that was seen."""

ACTS: dict[str, Act] = {
    Move.TEST: sending.test,
    Move.TAKE_BACK: sending.take_back,
    Move.PAUSE: sending.pause,
    Move.RESUME: sending.resume,
    Move.CANCEL: sending.cancel,
    Move.RECALL: correcting.recall,
}

FORMS = {Move.SEND_BACK: SEND_BACK, Move.CORRECT: CORRECT}
HANDLED = {*SEEN, *ACTS, *FORMS}


@router.callback_query(OnBroadcast.filter(F.move.in_(set(FORMS))))
async def begin_form(callback: CallbackQuery, callback_data: OnBroadcast, **data: Any) -> None:
    """Ask for the words first; who may not is told so before."""
    ctx = FormContext.of(data)
    person: Person = data["person"]
    view = await broadcast_view(ctx.session, person, callback_data.id)
    move = Move(callback_data.move)
    if view is None or move not in view.moves:
        why = BroadcastOutcome.MISSING if view is None else BroadcastOutcome.TOO_LATE
        await toast(callback, said(why), alert=True)
        return
    await start_form(FORMS[move], callback, ctx, prefill={"broadcast": callback_data.id})


@router.callback_query(OnBroadcast.filter(F.move.in_(set(QUESTIONS)) & ~F.sure))
async def ask_first(
    callback: CallbackQuery,
    callback_data: OnBroadcast,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Ask before doing what cannot be undone; what is to go says when it goes."""
    view = await broadcast_view(session, person, callback_data.id)
    if view is None or Move(callback_data.move) not in view.moves:
        why = BroadcastOutcome.MISSING if view is None else BroadcastOutcome.TOO_LATE
        await toast(callback, said(why), alert=True)
        return
    limit = policy_of(session, BroadcastPolicy).second_pair_over
    handed_in = needs_approval(view.style, view.heads, limit)
    goes = ""
    if callback_data.move in SEEN:
        outlook = await outlook_of(session, view, now)
        goes = joined(starts(view, now), held_at_night(outlook.run, now))
    await replace(callback, _question(callback_data, view, goes, handed_in=handed_in))


@router.callback_query(OnBroadcast.filter(F.move.in_(HANDLED)))
async def act(
    callback: CallbackQuery,
    callback_data: OnBroadcast,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Do it, and show the broadcast as it stands then."""
    broadcast_id, move = callback_data.id, callback_data.move
    if move in SEEN:
        version = callback_data.version
        outcome = await SEEN[move](session, person, broadcast_id, version, now=now)
    else:
        outcome = await ACTS[move](session, person, broadcast_id, now=now)
    card = await card_of(session, person, broadcast_id, now, said(outcome))
    if card is None:
        await toast(callback, said(outcome), alert=True)
        return
    await replace(callback, card)


def _question(pressed: OnBroadcast, view: BroadcastView, goes: str, *, handed_in: bool) -> Screen:
    """Ask whether to do it; an emergency is asked about in its own colour, and says once more
    that some may not understand it."""
    move = Move(pressed.move)
    question, yes = QUESTIONS[move], YES[move]
    if move is Move.ASK and handed_in:
        question, yes = APPROVED_FIRST, HAND_IN
    sure = pressed.model_copy(update={"sure": True})
    back = OpenBroadcast(id=pressed.id)
    urgent = {Style.EMERGENCY: "🔴 ", Style.ROLL_CALL: "🔴 ", Style.DRILL: "🟦 "}
    text = urgent.get(view.style, "") + _(question)
    count = _("👥 {count}").format(count=view.heads)
    language = one_language(view) if move in SEEN else ""
    rows = [[button(_(yes), sure)], [button(_("‹ No, back"), back)]]
    return Screen(paragraphs(text, language, joined(count, goes)), keyboard=inline(*rows))
