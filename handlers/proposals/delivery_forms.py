"""The forms of a delivery: a note, a part for volunteers, that it is there, a word to the stars."""

from dataclasses import replace
from datetime import date

from handlers.categories import category_label
from handlers.clock_text import local
from handlers.form import (
    SENT,
    Again,
    Answers,
    Choice,
    Choose,
    Day,
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
from handlers.help import forms as help_forms
from handlers.help.filing import draft_of
from handlers.help.screens.outcomes import said as said_of_help
from handlers.help.when import EMERGENCY as NOW
from handlers.help.when import WHEN, ask_when, wish_of
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.media import media_of
from handlers.proposals.beginning import PROPOSAL, proposal_of
from handlers.proposals.screens.delivery import said_screen
from handlers.proposals.screens.rating import delivered_screen
from handlers.proposals.words import said
from handlers.screen import Screen
from handlers.text import joined, paragraphs
from models.categories import EMERGENCY, children
from models.help.rules.outcomes import FileOutcome
from models.help.views import Draft
from models.proposals.actions.delivering import deliver, get_help, report
from models.proposals.actions.rating import close, redo, say_why
from models.proposals.queries.delivery import count_readers, delivery_view
from models.proposals.rules.delivery import MONTHS_OFFERED, month_later
from models.proposals.rules.limits import WORDS_LENGTH
from models.proposals.rules.outcomes import ProposalOutcome, Refusal

NOTE, DELIVER, HELP = "proposals.note", "proposals.deliver", "proposals.help"
WHY, REDO, CLOSE = "proposals.why", "proposals.redo", "proposals.close"


async def _ask_note(ctx: FormContext, answers: Answers) -> Prompt:
    """Ask how it goes, and say how many people will read it."""
    count = await count_readers(ctx.session, ctx.actor, proposal_of(answers))
    reads = ngettext(
        "How does it go? {count} person who backs it gets this as a message.",
        "How does it go? {count} people who back it get this as a message.",
        count,
    )
    return Prompt(reads.format(count=count))


async def _note(ctx: FormContext, answers: Answers) -> Screen | Again:
    own, actor = proposal_of(answers), ctx.actor
    words = with_captions(answers["words"], answers["photos"])
    media = [item for sent in answers["photos"] or () for item in media_of(sent)]
    token = f"{actor.id}:{ctx.run}"
    outcome = await report(ctx.session, actor, own, words, now=ctx.now, token=token, media=media)
    if outcome is ProposalOutcome.EMPTY:
        return Again("words", said(outcome))
    done = outcome is ProposalOutcome.DONE
    return said_screen(own, _("Thank you! They read it now.") if done else said(outcome))


async def _deliver(ctx: FormContext, answers: Answers) -> Screen | Again:
    own = proposal_of(answers)
    words = with_captions(answers["words"], answers["photos"])
    media = [item for sent in answers["photos"] or () for item in media_of(sent)]
    outcome = await deliver(ctx.session, ctx.actor, own, words, now=ctx.now, media=media)
    if outcome is ProposalOutcome.EMPTY:
        return Again("words", said(outcome))
    done = _("🎁 Well done! The author and supporters are told, and asked how happy they are.")
    return said_screen(own, done if outcome is ProposalOutcome.DONE else said(outcome))


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


async def _why(ctx: FormContext, answers: Answers) -> Screen:
    own, actor = proposal_of(answers), ctx.actor
    outcome = await say_why(ctx.session, actor, own, answers["words"], now=ctx.now)
    view = await delivery_view(ctx.session, actor, own, now=ctx.now)
    if isinstance(view, Refusal):
        return said_screen(own, said(outcome))
    done = outcome is ProposalOutcome.DONE
    told = _("Thank you for your words! Your neighbours do not see them, the office does.")
    return delivered_screen(view, ctx.now, told if done else said(outcome))


async def _redo(ctx: FormContext, answers: Answers) -> Screen | Again:
    own, words = proposal_of(answers), answers["words"]
    day = _day_of(ctx, answers["day"])
    outcome = await redo(ctx.session, ctx.actor, own, words, day, now=ctx.now)
    if outcome is ProposalOutcome.EMPTY:
        return Again("words", said(outcome))
    if outcome is ProposalOutcome.BAD_DATE:
        return Again("day", said(outcome))
    done = outcome is ProposalOutcome.DONE
    told = _("🚧 Taken up again; the author, the supporters and whoever does it are told.")
    return said_screen(own, told if done else said(outcome))


def _day_of(ctx: FormContext, answer: object) -> date:
    """Read a day, or a number of months from now."""
    if isinstance(answer, date):
        return answer
    return month_later(local(ctx.now).date(), int(str(answer)))


async def _close(ctx: FormContext, answers: Answers) -> Screen | Again:
    own = proposal_of(answers)
    outcome = await close(ctx.session, ctx.actor, own, answers["words"], now=ctx.now)
    if outcome is ProposalOutcome.EMPTY:
        return Again("words", said(outcome))
    done = outcome is ProposalOutcome.DONE
    told = _("🏁 Closed. The author and supporters are told, in your words.")
    return said_screen(own, told if done else said(outcome))


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


def _ask_day(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [
        Choice(ngettext("In {count} month", "In {count} months", n).format(count=n), str(n))
        for n in MONTHS_OFFERED
    ]
    text = paragraphs(_("By which day will it be there?"), _("Tap, or write a day."))
    return Prompt(text, choices, columns=3)


PHOTOS = Question(
    "photos",
    plain(mark("What shows it? Send photos, videos or files, then tap Done.")),
    accepts=(Files(),),
    optional=True,
)

forms.add(
    Form(
        name=NOTE,
        version=1,
        title=mark("Write how it goes"),
        questions=(Question("words", _ask_note, accepts=(Text(WORDS_LENGTH),)), PHOTOS, PROPOSAL),
        finish=_note,
        confirm=False,
        story="words",
    )
)
forms.add(
    Form(
        name=DELIVER,
        version=1,
        title=mark("It is delivered"),
        questions=(
            Question(
                "words",
                plain(mark("What has been delivered? The author and all who back it read it.")),
                accepts=(Text(WORDS_LENGTH),),
            ),
            PHOTOS,
            PROPOSAL,
        ),
        finish=_deliver,
        confirm=False,
        story="words",
    )
)
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
forms.add(
    Form(
        name=WHY,
        version=1,
        title=mark("A word to the stars"),
        questions=(
            Question(
                "words",
                plain(mark("What was good, what was not? A few words help.")),
                accepts=(Text(WORDS_LENGTH),),
            ),
            PROPOSAL,
        ),
        finish=_why,
        confirm=False,
    )
)
forms.add(
    Form(
        name=REDO,
        version=1,
        title=mark("Take it up again"),
        questions=(
            Question(
                "words",
                plain(mark("What will be put right? The author and all who back it read it.")),
                accepts=(Text(WORDS_LENGTH),),
            ),
            Question("day", _ask_day, accepts=(Choose(), Day())),
            PROPOSAL,
        ),
        finish=_redo,
        confirm=False,
    )
)
forms.add(
    Form(
        name=CLOSE,
        version=1,
        title=mark("Close a proposal"),
        questions=(
            Question(
                "words",
                plain(mark("Why is it closed as it is? The author and all who back it read it.")),
                accepts=(Text(WORDS_LENGTH),),
            ),
            PROPOSAL,
        ),
        finish=_close,
        confirm=False,
    )
)
