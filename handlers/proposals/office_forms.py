"""Small forms of the office: a reason, a number, a kind of request, what a place asks for."""

from collections.abc import Sequence

from handlers.categories import category_label
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
)
from handlers.help.screens.outcomes import said as said_of_help
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.proposals import words
from handlers.proposals.acts import card_after
from handlers.proposals.beginning import PROPOSAL
from handlers.proposals.pages import reasons_page, terms_page
from handlers.proposals.screens.reception import sure_merge_screen
from handlers.proposals.screens.settings import said
from handlers.screen import Screen
from handlers.text import paragraphs
from models.categories import EMERGENCY, children
from models.proposals.actions import deciding, reception, terms
from models.proposals.queries.detail import proposal_view
from models.proposals.queries.reception import merger, numbered
from models.proposals.rules.limits import WORDS_LENGTH
from models.proposals.rules.notices import Topic
from models.proposals.rules.outcomes import ProposalOutcome, Refusal
from models.proposals.rules.reception import (
    MOST_DAYS,
    MOST_NEEDED,
    REASON_LENGTH,
    REQUEST_KIND,
    ReasonOutcome,
    TermsOutcome,
)
from models.proposals.views import Moved

RETURN, MERGE, TURN = "proposals.return", "proposals.merge", "proposals.turn"
ADD_REASON, CHANGE_REASON = "proposals.reason", "proposals.reason_change"
TERMS = "proposals.terms"

MOST_NUMBER = 2**31 - 1
ALL = "all"
"""Stands for no topic of its own: an answer is never None."""
USUAL_NUMBERS = (0, 3, 5, 10, 20, 30)
USUAL_DAYS = (7, 14, 30)


async def _return(ctx: FormContext, answers: Answers) -> Screen:
    proposal_id, actor = answers["proposal"], ctx.actor
    outcome = await reception.return_for(
        ctx.session, actor, proposal_id, answers["words"], now=ctx.now
    )
    told = words.said(outcome)
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
    if not isinstance(turned, Moved):
        told = said_of_help(turned)
    elif turned.outcome is ProposalOutcome.DONE:
        told = _("It is a request for help now; its author is told.")
    else:
        told = words.said(turned.outcome)
    return await card_after(ctx.session, actor, proposal_id, told, ctx.now)


async def _add_reason(ctx: FormContext, answers: Answers) -> Screen:
    actor, place_id = ctx.actor, answers["place"]
    outcome = await deciding.add_reason(ctx.session, actor, place_id, answers["words"], now=ctx.now)
    return await _reasons(ctx, place_id, outcome)


async def _change_reason(ctx: FormContext, answers: Answers) -> Screen:
    outcome = await deciding.change_reason(
        ctx.session, ctx.actor, answers["reason"], answers["words"], now=ctx.now
    )
    return await _reasons(ctx, answers["place"], outcome)


async def _reasons(ctx: FormContext, place_id: int, outcome: ReasonOutcome) -> Screen:
    return await reasons_page(ctx.session, ctx.actor, place_id, said(outcome))


async def _ask_needed(_ctx: FormContext, answers: Answers) -> Prompt:
    head = _("How many supporters does a proposal need? Tap, or write a number.")
    return Prompt(paragraphs(_about(answers["topic"]), head), _numbers(USUAL_NUMBERS), columns=3)


def _about(topic: str) -> str:
    return words.topic(Topic(topic)) if topic in set(Topic) else _("All topics")


def _numbers(usual: Sequence[int]) -> list[Choice]:
    return [Choice(str(number), number) for number in usual]


def _ask_days(_ctx: FormContext, _answers: Answers) -> Prompt:
    said_ = [ngettext("{count} day", "{count} days", n).format(count=n) for n in USUAL_DAYS]
    choices = [Choice(label, number) for label, number in zip(said_, USUAL_DAYS, strict=True)]
    return Prompt(_("Within how many days? Tap, or write a number."), choices, columns=3)


async def _terms(ctx: FormContext, answers: Answers) -> Screen | Again:
    topic, place_id = answers["topic"], answers["place"]
    outcome = await terms.set_terms(
        ctx.session,
        ctx.actor,
        place_id,
        Topic(topic) if topic in set(Topic) else None,
        needed=answers["needed"],
        days=answers["days"],
        now=ctx.now,
    )
    if outcome is TermsOutcome.BAD:
        return Again("needed", said(outcome))
    return await terms_page(ctx.session, ctx.actor, place_id, told=said(outcome))


def _hidden(key: str) -> Question:
    """Name what the button that opens the form always fills in."""
    asks = mark("Which place is it? Please open it once more and begin there.")
    return Question(key, plain(asks), accepts=(Number(1, 2**53 - 1),))


def _words(sentence: str, length: int) -> Question:
    return Question("words", plain(sentence), accepts=(Text(length),))


TOPIC = Question(
    "topic",
    plain(mark("Which place is it? Please open it once more and begin there.")),
    accepts=(Text(),),
)

REASON = mark("How shall the reason read? Whoever gets it can mend the proposal by it.")

forms.add(
    Form(
        name=RETURN,
        version=1,
        title=mark("Return a proposal"),
        questions=(
            _words(mark("Why is it returned? The author reads it."), WORDS_LENGTH),
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
forms.add(
    Form(
        name=ADD_REASON,
        version=1,
        title=mark("A ready reason"),
        questions=(_words(REASON, REASON_LENGTH), _hidden("place")),
        finish=_add_reason,
        confirm=False,
    )
)
forms.add(
    Form(
        name=CHANGE_REASON,
        version=1,
        title=mark("A ready reason"),
        questions=(_words(REASON, REASON_LENGTH), _hidden("place"), _hidden("reason")),
        finish=_change_reason,
        confirm=False,
    )
)
forms.add(
    Form(
        name=TERMS,
        version=1,
        title=mark("Supporters needed"),
        questions=(
            Question("needed", _ask_needed, accepts=(Choose(), Number(0, MOST_NEEDED))),
            Question("days", _ask_days, accepts=(Choose(), Number(1, MOST_DAYS))),
            TOPIC,
            _hidden("place"),
        ),
        finish=_terms,
        confirm=False,
    )
)
