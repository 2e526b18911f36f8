"""What is asked of whoever signs up others: how many come along, a child, for whom."""

from handlers.desk.forms import WHOM as ANYBODY
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
from handlers.gatherings.forms import shown
from handlers.gatherings.screens import BANDS
from handlers.help.signing import signing_form
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.forms import RECORD
from handlers.records.said import said
from handlers.screen import Screen
from models.gatherings.actions.coming import sign_up
from models.gatherings.queries import gathering
from models.gatherings.rules import MOST_PARTY, GatheringOutcome
from models.gatherings.views import GatheringView
from models.records.rules import Refusal
from models.seats.rules import BROUGHT_BY_LENGTH, Party

WITH, FOR, SIGN_FOR = "gatherings.with", "gatherings.for", "gatherings.sign_for"


def _ask_grown(_ctx: FormContext, _answers: Answers) -> Prompt:
    text = _("How many grown-ups come, you among them?")
    return Prompt(text, [Choice(f"{count}", count) for count in range(MOST_PARTY + 1)], columns=5)


def _ask_children(_ctx: FormContext, answers: Answers) -> Prompt:
    least, room = int(answers["grown"] == 0), MOST_PARTY - (answers["grown"] or 0)
    counts = range(least, room + 1)
    choices = [Choice(f"{count}", count) for count in counts]
    return Prompt(_("And how many children?"), choices, columns=5)


def _ask_band(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [Choice(_(band), code) for code, band in BANDS.items()]
    return Prompt(_("How old are they?"), choices)


async def _with(ctx: FormContext, answers: Answers) -> Screen | Again:
    grown, children = answers["grown"], answers["children"] or 0
    by = answers["brings"] or ""
    view = await gathering(ctx.session, ctx.actor, answers["record"], now=ctx.now)
    seats = view.counts.seats if isinstance(view, GatheringView) else None
    if seats is not None and grown + children > seats:
        return Again("grown", _("There are not that many seats in all."))
    party = Party(grown + children, children, answers["band"] or "" if children else "", by)
    outcome = await sign_up(ctx.session, ctx.actor, answers["record"], party, now=ctx.now)
    if outcome is Refusal.BAD_CHOICE:
        most = _("Up to {most} people come together, and a grown-up with children. How many?")
        return Again("grown", most.format(most=MOST_PARTY))
    if outcome is GatheringOutcome.WRONG_AGE:
        return Again("band", said(outcome))
    return await shown(ctx, answers["record"], said(outcome, "gatherings"))


forms.add(
    Form(
        name=WITH,
        version=1,
        title=mark("Come with others"),
        questions=(
            Question("grown", _ask_grown, accepts=(Choose(), Number(0, MOST_PARTY))),
            Question(
                "children",
                _ask_children,
                accepts=(Choose(), Number(0, MOST_PARTY)),
                when=lambda answers: (answers["grown"] or 0) < MOST_PARTY,
                depends=("grown",),
            ),
            Question(
                "band",
                _ask_band,
                accepts=(Choose(),),
                when=lambda answers: bool(answers["children"]),
                branch=True,
            ),
            Question(
                "brings",
                plain(mark("Which grown-up brings them, and stays? A name is enough.")),
                accepts=(Text(BROUGHT_BY_LENGTH),),
                when=lambda answers: bool(answers["children"]) and not answers["grown"],
                branch=True,
            ),
            RECORD,
        ),
        finish=_with,
        confirm=False,
    )
)


signing_form(FOR, sign_up, shown, subject="gatherings")
signing_form(SIGN_FOR, sign_up, shown, subject="gatherings", whom=ANYBODY, at_desk=True)
