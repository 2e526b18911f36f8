"""The form that asks volunteers for a part of a delivery."""

from dataclasses import replace

from handlers.categories import category_label
from handlers.form import (
    SENT,
    Again,
    Answers,
    Choice,
    Choose,
    Form,
    FormContext,
    Prompt,
    Question,
    Text,
    forms,
    plain,
)
from handlers.help import forms as help_forms
from handlers.help.filing import draft_of
from handlers.help.screens.outcomes import said as said_of_help
from handlers.help.when import EMERGENCY as NOW
from handlers.help.when import WHEN, ask_when, wish_of
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.proposals.checks import PROPOSAL, proposal_of
from handlers.proposals.labels import said
from handlers.proposals.screens.delivery import said_screen
from handlers.screen import Screen
from handlers.text import joined
from models.categories import EMERGENCY, children
from models.help.rules.outcomes import FileOutcome
from models.help.views import Draft
from models.proposals.actions.delivering import get_help
from models.proposals.queries.delivery import delivery_view
from models.proposals.rules.outcomes import ProposalOutcome, Refusal

HELP = "proposals.help"


async def _help(ctx: FormContext, answers: Answers) -> Screen | Again:
    own, actor = proposal_of(answers), ctx.actor
    filed = await get_help(ctx.session, actor, own, await _draft(ctx, answers), now=ctx.now)
    if isinstance(filed, ProposalOutcome):
        return said_screen(own, said(filed))
    if filed.outcome in {FileOutcome.EMPTY, FileOutcome.BAD_CHOICE}:
        return Again("what" if filed.outcome is FileOutcome.EMPTY else "when", said(filed.outcome))
    if filed.receipt is None:
        return said_screen(own, said_of_help(filed.outcome))
    told = _("🙋 Volunteers are being asked. The request has number {number}.")
    return said_screen(own, told.format(number=filed.receipt.number))


async def _draft(ctx: FormContext, answers: Answers) -> Draft:
    """Put the request together; whoever comes reads for which proposal it is."""
    urgency = wish_of(answers["when"], ctx.now, ctx.zone).urgency
    draft = draft_of(ctx, ctx.actor, answers, urgency, None)
    view = await delivery_view(ctx.session, ctx.actor, proposal_of(answers), now=ctx.now)
    if isinstance(view, Refusal):
        return draft
    line = view.proposal.line
    told = _("For proposal {number}, {title}:").format(number=line.number, title=line.title)
    return replace(draft, text=joined(told, draft.text))


def _ask_category(ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask what kind of hands are needed: a part of a proposal is never an emergency."""
    at = ctx.at if isinstance(ctx.at, str) else None
    kinds = [kind.code for kind in children(at) if kind.code != EMERGENCY]
    choices = [Choice(category_label(code), code, opens=bool(children(code))) for code in kinds]
    if at is not None:
        choices.append(Choice(_("Something else of this kind"), at))
    return Prompt(_("What can volunteers do? Choose the kind of work."), choices)


async def _ask_when(ctx: FormContext, answers: Answers) -> Prompt:
    prompt = await ask_when(ctx, answers)
    return replace(prompt, choices=[one for one in prompt.choices if one.value != NOW])


forms.add(
    Form(
        name=HELP,
        version=1,
        title=mark("Ask volunteers for a part"),
        questions=(
            Question(
                "category", _ask_category, accepts=(Choose(),), label=mark("🙏 What kind of help")
            ),
            Question(
                "what",
                plain(mark("What is to be done, and what should they bring?")),
                accepts=(Text(help_forms.WORDS_AT_MOST),),
                label=mark("💬 What it is about"),
            ),
            Question(WHEN.key, _ask_when, WHEN.accepts, label=WHEN.label),
            help_forms.HANDS,
            PROPOSAL,
        ),
        sent=SENT,
        finish=_help,
        story="what",
    )
)
