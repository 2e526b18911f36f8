"""Changing a proposal, mending it, withdrawing it; seconding it 附议, and taking that back."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.form import (
    SENT,
    Again,
    Answers,
    Ask,
    Files,
    Form,
    FormContext,
    Prompt,
    Question,
    Text,
    forms,
    plain,
    start_form,
)
from handlers.form.story import with_captions
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.media import media_of
from handlers.proposals import labels
from handlers.proposals.callbacks import OnProposal, ProposalAct, SecondText
from handlers.proposals.checks import PROPOSAL, asked, card_after, seen, shown_after
from handlers.proposals.screens import changes
from handlers.proposals.screens.changes import SECONDED, TAKEN_BACK
from handlers.proposals.screens.reception import ask_withdraw_screen, reason_said
from handlers.screen import Screen, clip
from handlers.show import follow
from handlers.text import paragraphs, quoted
from models.database import Session
from models.people.views import Person
from models.proposals.actions import seconding, submitting
from models.proposals.actions.submitting import withdraw
from models.proposals.queries.detail import changed_since, proposal_view
from models.proposals.queries.reception import said_last
from models.proposals.rules.changes import Text as Written
from models.proposals.rules.limits import PROBLEM_LENGTH, TITLE_LENGTH, WISH_LENGTH
from models.proposals.rules.notices import ProposalEvent
from models.proposals.rules.outcomes import ProposalOutcome, Refusal
from models.proposals.rules.states import Move

router = Router(name="proposals.changing")
EDIT, RESUBMIT = "proposals.edit", "proposals.resubmit"
SHOWN = 1200
"""Of each part so much is shown at the summary: three fit a message."""


def written(answers: Answers) -> Written:
    """Return the text as it was filled in."""
    problem = with_captions(answers["problem"], answers["photos"])
    return Written(answers["title"] or "", problem, answers["wish"] or "")


async def _edit(ctx: FormContext, answers: Answers) -> Screen | Again:
    actor, proposal_id = ctx.actor, answers["proposal"]
    outcome = await submitting.edit(ctx.session, actor, proposal_id, written(answers), now=ctx.now)
    if outcome is ProposalOutcome.EMPTY:
        return Again(*_missing(answers))
    done = _("Changed. Its supporters are asked whether they still support it.")
    told = done if outcome is ProposalOutcome.DONE else labels.said(outcome)
    return await card_after(ctx.session, actor, proposal_id, told, ctx.now)


async def _resubmit(ctx: FormContext, answers: Answers) -> Screen | Again:
    actor, proposal_id = ctx.actor, answers["proposal"]
    media = [item for sent in answers["photos"] or () for item in media_of(sent)]
    text = written(answers)
    outcome = await submitting.resubmit(
        ctx.session, actor, proposal_id, text, media=media, now=ctx.now
    )
    if outcome is ProposalOutcome.EMPTY:
        return Again(*_missing(answers))
    if outcome is ProposalOutcome.UNCHANGED:
        return Again("problem", _unchanged())
    done = _("Sent to the office once more; the number stays.")
    told = done if outcome is ProposalOutcome.DONE else labels.said(outcome)
    return await card_after(ctx.session, actor, proposal_id, told, ctx.now)


def _missing(answers: Answers) -> tuple[str, str]:
    if any(char.isalnum() for char in answers["title"] or ""):
        return "problem", _("Please say in a few words what the problem is.")
    return "title", _("A short title is needed, so that neighbours find it.")


def _unchanged() -> str:
    return _("Nothing has changed yet. Please mend what the office asks for.")


async def _summary(ctx: FormContext, answers: Answers) -> Screen:
    """Show the text; while it is as it was, say how it is changed."""
    proposal_id, text = answers["proposal"], written(answers)
    view = await proposal_view(ctx.session, ctx.actor, proposal_id, now=ctx.now)
    same = not isinstance(view, Refusal) and text == Written(
        view.line.title, view.problem, view.wish
    )
    reason = await said_last(ctx.session, proposal_id, ProposalEvent.RETURNED)
    returned = not isinstance(view, Refusal) and not view.public and bool(reason)
    shown = paragraphs(
        _("The office writes:\n{words}").format(words=quoted(reason_said(reason)))
        if returned
        else "",
        f"📌 {text.title}",
        _("What is wrong:\n{words}").format(words=clip(text.problem, SHOWN)),
        _("What is wished:\n{words}").format(words=clip(text.wish, SHOWN)) if text.wish else "",
        _("Tap “Change” to write a part of it anew.") if same else "",
    )
    return Screen(shown, _("This is how it reads") if same else _("Shall it read like this?"))


def _ask(sentence: str, key: str) -> Ask:
    """Ask for a part anew, with what it says now, which can be copied."""

    def ask(_ctx: FormContext, answers: Answers) -> Prompt:
        now = answers[key] or ""
        told = _("Now it reads:\n{words}").format(words=now) if now else ""
        return Prompt(paragraphs(_(sentence), told))

    return ask


TITLE = Question(
    "title",
    _ask(mark("What shall its title be?"), "title"),
    accepts=(Text(TITLE_LENGTH),),
    label=mark("📌 Title"),
)

PROBLEM = Question(
    "problem",
    _ask(mark("What is wrong? Please write all of it anew."), "problem"),
    accepts=(Text(PROBLEM_LENGTH),),
    label=mark("💬 What is wrong"),
)

WISH = Question(
    "wish",
    _ask(mark("What do you wish for? Please write all of it anew."), "wish"),
    accepts=(Text(WISH_LENGTH),),
    label=mark("💡 What you wish for"),
    optional=True,
)

PHOTOS = Question(
    "photos",
    plain(mark("Would you like to add photos or files? Send them, then tap Done; or skip.")),
    accepts=(Files(),),
    label=mark("📷 Photos"),
    optional=True,
)

forms.add(
    Form(
        name=EDIT,
        version=1,
        title=mark("Change a proposal"),
        questions=(TITLE, PROBLEM, WISH, PROPOSAL),
        finish=_edit,
        summary=_summary,
        send=mark("✅ Save"),
        story=PROBLEM.key,
    )
)
forms.add(
    Form(
        name=RESUBMIT,
        version=1,
        title=mark("Mend a proposal"),
        questions=(TITLE, PROBLEM, WISH, PHOTOS, PROPOSAL),
        finish=_resubmit,
        summary=_summary,
        send=mark("✅ Send to the office"),
        sent=SENT,
        story=PROBLEM.key,
    )
)

FORMS = {
    ProposalAct.EDIT: (Move.EDIT, EDIT),
    ProposalAct.RESUBMIT: (Move.RESUBMIT, RESUBMIT),
}


@router.callback_query(OnProposal.filter(F.act.in_(set(FORMS))))
async def write(callback: CallbackQuery, callback_data: OnProposal, **data: Any) -> None:
    """Show the text as it reads, to be changed part by part."""
    ctx, person = FormContext.of(data), data["person"]
    move, form = FORMS[callback_data.act]
    view = await asked(callback, ctx.session, person, callback_data.id, move, ctx.now)
    if view is not None:
        prefill: dict[str, Any] = {
            "title": view.line.title,
            "problem": view.problem,
            "wish": view.wish,
            "proposal": callback_data.id,
        }
        if callback_data.act is ProposalAct.RESUBMIT:
            prefill["photos"] = []
        await start_form(form, callback, ctx, prefill=prefill)


@router.callback_query(OnProposal.filter(F.act == ProposalAct.CHANGES))
async def show_changes(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show what the last change was, below; of what neighbours never read the office knows."""
    view = await seen(callback, session, person, callback_data.id, now)
    if view is None:
        return
    texts = await changed_since(session, callback_data.id, public=not view.inside)
    if texts is None:
        await follow(callback, changes.nothing_to_show_screen(view), toast="")
    else:
        await follow(callback, changes.changes_screen(view, *texts, now), toast="")


@router.callback_query(OnProposal.filter(F.act == ProposalAct.ASK_WITHDRAW))
async def ask_withdraw(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Ask before it is withdrawn, below."""
    view = await asked(callback, session, person, callback_data.id, Move.WITHDRAW, now)
    if view is not None:
        await follow(callback, ask_withdraw_screen(view), toast="")


@router.callback_query(OnProposal.filter(F.act == ProposalAct.WITHDRAW))
async def withdraw_it(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Withdraw it."""
    outcome = await withdraw(session, person, callback_data.id, now=now)
    done = _("Withdrawn. Its supporters are told.")
    await shown_after(callback, session, person, callback_data.id, outcome, now, done)


@router.callback_query(SecondText.filter())
async def second(
    callback: CallbackQuery,
    callback_data: SecondText,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Back a proposal as the tapped card shows it, which shows at once what came of it."""
    proposal_id = callback_data.id
    version = callback_data.version
    outcome = await seconding.second(session, person, proposal_id, version, now=now)
    await shown_after(callback, session, person, proposal_id, outcome, now, _(SECONDED))


@router.callback_query(OnProposal.filter(F.act == ProposalAct.UNSECOND))
async def unsecond(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Take a second back."""
    proposal_id = callback_data.id
    outcome = await seconding.unsecond(session, person, proposal_id, now=now)
    await shown_after(callback, session, person, proposal_id, outcome, now, _(TAKEN_BACK))
