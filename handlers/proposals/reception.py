"""The reception: its queue, accepting, returning, merging, turning into a request for help."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.categories import category_label
from handlers.desk.screens.board import no_desk_screen
from handlers.form import (
    Again,
    Answers,
    Choice,
    Choose,
    Form,
    FormContext,
    Number,
    Prompt,
    Question,
    Text,
    forms,
    plain,
    start_form,
)
from handlers.help.screens.outcomes import said as said_of_help
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.proposals import labels
from handlers.proposals.callbacks import (
    MergeInto,
    OnProposal,
    OnReception,
    ProposalAct,
    ReturnFor,
    ReturnReady,
)
from handlers.proposals.checks import PROPOSAL, asked, card_after, seen, shown_after
from handlers.proposals.screens import reception as screens
from handlers.proposals.screens.reception import sure_merge_screen
from handlers.screen import Screen
from handlers.show import follow, replace, toast
from models.audit.actions import deny
from models.categories import EMERGENCY, children
from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.proposals.actions import reception
from models.proposals.queries.detail import proposal_view
from models.proposals.queries.reception import (
    desk_tops,
    merger,
    mergers_open,
    numbered,
    reasons_for,
    reception_queue,
)
from models.proposals.rules.limits import WORDS_LENGTH
from models.proposals.rules.outcomes import ProposalOutcome, Refusal
from models.proposals.rules.reception import REQUEST_KIND
from models.proposals.rules.states import Move
from models.proposals.views import PassedOn

router = Router(name="proposals.reception")
RETURN, MERGE, TURN = "proposals.return", "proposals.merge", "proposals.turn"
MOST_NUMBER = 2**31 - 1


async def _return(ctx: FormContext, answers: Answers) -> Screen:
    proposal_id, actor = answers["proposal"], ctx.actor
    outcome = await reception.return_for(
        ctx.session, actor, proposal_id, answers["words"], now=ctx.now
    )
    told = labels.said(outcome)
    if outcome is ProposalOutcome.DONE:
        told = _("Returned; its author reads why.")
    return await card_after(ctx.session, actor, proposal_id, told, ctx.now)


async def _merge(ctx: FormContext, answers: Answers) -> Screen | Again:
    proposal_id, actor = answers["proposal"], ctx.actor
    into_id = await numbered(ctx.session, proposal_id, answers["number"])
    shown = None
    if into_id is not None and into_id != proposal_id:
        shown = await merger(ctx.session, actor, proposal_id, into_id, now=ctx.now)
    if shown is None:
        return Again("number", _("There is no open proposal of this number. Another one?"))
    return sure_merge_screen(shown)


async def _ask_kind(ctx: FormContext, answers: Answers) -> Prompt:
    """Ask as what kind of request a proposal goes on, the usual one for its topic first."""
    kinds = [kind.code for kind in children(ctx.at if isinstance(ctx.at, str) else None)]
    choices = [_kind(code) for code in kinds if code != EMERGENCY]
    if isinstance(ctx.at, str):
        choices.append(Choice(_("Something else of this kind"), ctx.at))
        return Prompt(_("Which kind of help is it?"), choices)
    view = await proposal_view(ctx.session, ctx.actor, answers["proposal"], now=ctx.now)
    if isinstance(view, Refusal):
        return Prompt(_("Which kind of help is it?"), choices)
    usual = REQUEST_KIND[view.line.topic]
    choices.insert(0, Choice("✅ " + category_label(usual), usual))
    asks = _(
        "It becomes a request for help of its author, who is told the number. Whoever comes to "
        "help sees name and door. Which kind of help is it?"
    )
    if view.anonymous:
        asks = _(
            "Its author keeps their name to themselves, so it becomes a request of your own; they "
            "are told the number. Which kind of help is it?"
        )
    return Prompt(asks, choices)


def _kind(code: str) -> Choice:
    return Choice(category_label(code), code, opens=bool(children(code)))


async def _turn(ctx: FormContext, answers: Answers) -> Screen:
    proposal_id, actor = answers["proposal"], ctx.actor
    turned = await reception.turn(ctx.session, actor, proposal_id, answers["kind"], now=ctx.now)
    if not isinstance(turned, PassedOn):
        told = said_of_help(turned)
    elif turned.outcome is ProposalOutcome.DONE:
        told = _("It is a request for help now; its author is told.")
    else:
        told = labels.said(turned.outcome)
    return await card_after(ctx.session, actor, proposal_id, told, ctx.now)


def words_question(sentence: str, length: int) -> Question:
    """Return the question for words of at most this length."""
    return Question("words", plain(sentence), accepts=(Text(length),))


forms.add(
    Form(
        name=RETURN,
        version=1,
        title=mark("Return a proposal"),
        questions=(
            words_question(mark("Why is it returned? The author reads it."), WORDS_LENGTH),
            PROPOSAL,
        ),
        finish=_return,
        confirm=False,
    )
)
forms.add(
    Form(
        name=MERGE,
        version=1,
        title=mark("Merge a proposal"),
        questions=(
            Question(
                "number",
                plain(mark("What is the number of the other proposal?")),
                accepts=(Number(1, MOST_NUMBER),),
            ),
            PROPOSAL,
        ),
        finish=_merge,
        confirm=False,
    )
)
forms.add(
    Form(
        name=TURN,
        version=1,
        title=mark("Make it a request"),
        questions=(Question("kind", _ask_kind, accepts=(Choose(),)), PROPOSAL),
        finish=_turn,
        confirm=False,
    )
)

PAGE = 6
"""Proposals on one page: with their buttons they fill a phone's screen once."""

SMALL_FORMS = {
    ProposalAct.RETURN_WORDS: (Move.RETURN, RETURN),
    ProposalAct.MERGE_NUMBER: (Move.MERGE, MERGE),
    ProposalAct.ASK_TURN: (Move.TURN, TURN),
}


@router.callback_query(OnReception.filter())
async def queue(
    callback: CallbackQuery,
    callback_data: OnReception,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show a page of what waits at the reader's places; without a desk the attempt is noted."""
    if not person.may_anywhere(Right.WORK_DESK):
        await deny(session, person.id, "reception", now=now)
        await replace(callback, no_desk_screen())
        return
    shown = await reception_queue(session, person, now=now, page=callback_data.page, size=PAGE)
    tops = await desk_tops(session, person)
    place_id = tops[0].id if tops else None
    supervises = person.may_anywhere(Right.SUPERVISE)
    screen = screens.queue_screen(shown, now, place_id=place_id, supervises=supervises)
    await replace(callback, screen)


@router.callback_query(OnProposal.filter(F.act == ProposalAct.ACCEPT))
async def accept(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Accept a proposal."""
    outcome = await reception.accept(session, person, callback_data.id, now=now)
    done = _("Accepted; its author is told.")
    await shown_after(callback, session, person, callback_data.id, outcome, now, done)


@router.callback_query(OnProposal.filter(F.act == ProposalAct.ASK_RETURN))
async def ask_return(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Ask why it is returned, below: the card changes by itself."""
    view = await asked(callback, session, person, callback_data.id, Move.RETURN, now)
    if view is None:
        return
    ready = await reasons_for(session, callback_data.id)
    tops = await desk_tops(session, person)
    place_id = tops[0].id if tops else view.line.where.place_id
    await follow(callback, screens.ask_return_screen(view, ready, place_id), toast="")


@router.callback_query(ReturnFor.filter())
async def return_for(
    callback: CallbackQuery,
    callback_data: ReturnFor,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Return a proposal for a reason that its place has ready."""
    proposal_id = callback_data.id
    outcome = await reception.return_for_ready(
        session, person, proposal_id, callback_data.reason_id, now=now
    )
    await _returned(callback, session, person, proposal_id, outcome, now)


@router.callback_query(ReturnReady.filter())
async def return_ready(
    callback: CallbackQuery,
    callback_data: ReturnReady,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Return a proposal for one of the house's own reasons; one that is no more asks again."""
    proposal_id, which = callback_data.id, callback_data.which
    words = _(screens.READY[which]) if which < len(screens.READY) else ""
    outcome = await reception.return_for(session, person, proposal_id, words, now=now)
    await _returned(callback, session, person, proposal_id, outcome, now)


async def _returned(
    callback: CallbackQuery,
    session: Session,
    person: Person,
    proposal_id: int,
    outcome: ProposalOutcome,
    now: datetime,
) -> None:
    done = _("Returned; its author reads why.")
    await shown_after(callback, session, person, proposal_id, outcome, now, done)


@router.callback_query(OnProposal.filter(F.act == ProposalAct.ASK_MERGE))
async def ask_merge(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Ask into which other it is merged, below."""
    view = await asked(callback, session, person, callback_data.id, Move.MERGE, now)
    if view is not None:
        lines = await mergers_open(session, person, callback_data.id, now=now) or []
        await follow(callback, screens.ask_merge_screen(view, lines), toast="")


@router.callback_query(MergeInto.filter(~F.sure))
async def ask_sure(
    callback: CallbackQuery,
    callback_data: MergeInto,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show both once more before one is merged into the other."""
    view = await asked(callback, session, person, callback_data.id, Move.MERGE, now)
    if view is None:
        return
    shown = await merger(session, person, callback_data.id, callback_data.into_id, now=now)
    if shown is None:
        await shown_after(
            callback, session, person, callback_data.id, ProposalOutcome.BAD_TARGET, now
        )
        return
    await replace(callback, screens.sure_merge_screen(shown))


@router.callback_query(MergeInto.filter(F.sure))
async def merge(
    callback: CallbackQuery,
    callback_data: MergeInto,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Merge one into the other, and show what they have become."""
    one, into = callback_data.id, callback_data.into_id
    moved = await reception.merge(session, person, one, into, now=now)
    left = into if moved.outcome is ProposalOutcome.DONE else one
    done = screens.merged_words(moved.count)
    await shown_after(callback, session, person, left, moved.outcome, now, done)


@router.callback_query(OnProposal.filter(F.act.in_(set(SMALL_FORMS))))
async def write(callback: CallbackQuery, callback_data: OnProposal, **data: Any) -> None:
    """Ask for a reason in words, for a number, or for the kind of request that it is."""
    ctx, person = FormContext.of(data), data["person"]
    move, form = SMALL_FORMS[callback_data.act]
    if await asked(callback, ctx.session, person, callback_data.id, move, ctx.now) is not None:
        await start_form(form, callback, ctx, prefill={"proposal": callback_data.id})


@router.callback_query(OnProposal.filter(F.act == ProposalAct.TURN))
async def turn(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Make it a request for help of the usual kind for its topic."""
    turned = await reception.turn(session, person, callback_data.id, now=now)
    if not isinstance(turned, PassedOn):
        await toast(callback, said_of_help(turned), alert=True)
        view = await seen(callback, session, person, callback_data.id, now)
        if view is not None:
            await replace(callback, screens.new_screen(view, now))
        return
    done = _("It is a request for help now; its author is told.")
    await shown_after(callback, session, person, callback_data.id, turned.outcome, now, done)
