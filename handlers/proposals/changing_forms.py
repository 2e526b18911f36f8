"""The forms that change a proposal: they begin with the text as it reads, at the summary."""

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
)
from handlers.form.story import with_captions
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.media import media_of
from handlers.proposals import words
from handlers.proposals.acts import card_after
from handlers.proposals.beginning import PROPOSAL
from handlers.proposals.screens.reception import reason_said
from handlers.screen import Screen, clip
from handlers.text import paragraphs, quoted
from models.proposals.actions import submitting
from models.proposals.queries.detail import proposal_view
from models.proposals.queries.reception import said_last
from models.proposals.rules.changes import Text as Written
from models.proposals.rules.limits import PROBLEM_LENGTH, TITLE_LENGTH, WISH_LENGTH
from models.proposals.rules.notices import Line
from models.proposals.rules.outcomes import ProposalOutcome, Refusal

EDIT, RESUBMIT = "proposals.edit", "proposals.resubmit"

SHOWN = 1200
"""Of each part so much is shown at the summary: three fit a message."""


def written(answers: Answers) -> Written:
    """Give the text as it was filled in."""
    problem = with_captions(answers["problem"], answers["photos"])
    return Written(answers["title"] or "", problem, answers["wish"] or "")


async def _edit(ctx: FormContext, answers: Answers) -> Screen | Again:
    actor, proposal_id = ctx.actor, answers["proposal"]
    outcome = await submitting.edit(ctx.session, actor, proposal_id, written(answers), now=ctx.now)
    if outcome is ProposalOutcome.EMPTY:
        return Again(*_missing(answers))
    done = _("Changed. Its supporters are asked whether they still support it.")
    told = done if outcome is ProposalOutcome.DONE else words.said(outcome)
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
    told = done if outcome is ProposalOutcome.DONE else words.said(outcome)
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
    reason = await said_last(ctx.session, proposal_id, Line.RETURNED)
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
