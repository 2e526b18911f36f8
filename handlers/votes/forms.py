"""The form that puts a proposal to the vote: three questions, all else taken for granted."""

from datetime import date, datetime, timedelta

from handlers.clock_text import at_date, local
from handlers.form import (
    Again,
    Answers,
    Choice,
    Choose,
    Day,
    Form,
    FormContext,
    Moment,
    Nothing,
    Number,
    Prompt,
    Question,
    When,
    forms,
    plain,
)
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.proposals.checks import PROPOSAL
from handlers.screen import Screen
from handlers.text import joined, paragraphs
from handlers.votes import labels
from handlers.votes.screens import put_screen
from models.policy.current import policy_of
from models.votes.actions.opening import put_to_vote
from models.votes.rules.notices import Electorate, Majority
from models.votes.rules.outcomes import PlanOutcome
from models.votes.rules.terms import VotePolicy, VoteTerms, end_of, opening_of

PUT = "votes.put"
NOW = "now"
OPEN_BALLOT, SECRET_BALLOT = "open", "secret"

DAYS = (3, 7, 14)
"""How long a vote may last, by a tap; besides the usual length, and any day in words."""
QUORUMS = (0, 30, 50, 67)
"""Per cent of those on the roll, by a tap; any other is written."""

AGAIN = {
    PlanOutcome.BAD_START: "start",
    PlanOutcome.BAD_END: "end",
    PlanOutcome.NOBODY: "who",
    PlanOutcome.NO_DOORS: "who",
    PlanOutcome.TOO_FEW: "ballot",
}
"""What is asked once more after these."""


def given_for_granted(ctx: FormContext) -> dict[str, object]:
    """Return the answers that are shown in the summary, and changed there if at all."""
    return {
        "quorum": policy_of(ctx.session, VotePolicy).quorum,
        "majority": Majority.SIMPLE.value,
        "start": NOW,
    }


def ask_end(ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask until when: in so many days, or on a day."""
    usual = policy_of(ctx.session, VotePolicy).vote_for // timedelta(days=1)
    days = sorted({*DAYS, usual} - {0})
    said = [ngettext("{count} day", "{count} days", n).format(count=n) for n in days]
    choices = [Choice(label, number) for label, number in zip(said, days, strict=True)]
    return Prompt(_("How long can people vote? Tap, or write the last day."), choices)


def ask_quorum(_ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask how many have to take part."""
    return Prompt(
        _("How many of those who may vote have to take part? Tap, or write a per cent."),
        [Choice(_quorum(each), each) for each in QUORUMS],
    )


def summary(ctx: FormContext, answers: Answers) -> Screen:
    """Show everything before it is sent."""
    starts, ends = _instants(ctx, answers)
    begins = _("now") if starts is None else at_date(starts, ctx.now)
    majority = _(labels.MAJORITIES[Majority(answers["majority"])])
    text = joined(
        "👥 " + _(labels.ELECTORATES[Electorate(answers["who"])]),
        labels.ballot(secret=answers["ballot"] == SECRET_BALLOT),
        "⚖️ "
        + _("{majority}; take part: {quorum}").format(
            majority=majority, quorum=_quorum(answers["quorum"])
        ),
        _("⏰ From {start} until {end}").format(start=begins, end=at_date(ends, ctx.now)),
        gap="\n",
    )
    fixed = _("When it opens, the roll of those who may vote is fixed, and each gets a ballot.")
    return Screen(paragraphs(text, fixed), _("Shall we have this vote?"))


async def finish(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    """Put the proposal to the vote."""
    starts, ends = _instants(ctx, answers)
    terms = VoteTerms(
        electorate=Electorate(answers["who"]),
        secret=answers["ballot"] == SECRET_BALLOT,
        quorum=answers["quorum"],
        majority=Majority(answers["majority"]),
        ends_at=ends,
        opens_at=starts,
    )
    put = await put_to_vote(ctx.session, ctx.actor, answers["proposal"], terms, now=ctx.now)
    said = labels.said(put.outcome)
    if put.outcome in AGAIN:
        return Again(AGAIN[put.outcome], said)
    screen = put_screen(answers["proposal"], put.vote_id, said)
    return screen if put.vote_id is not None else Nothing(screen)


def _instants(ctx: FormContext, answers: Answers) -> tuple[datetime | None, datetime]:
    """Read when a vote opens (None: now) and ends; a day alone has its usual hours."""
    zone, start, end = str(ctx.zone), answers["start"], answers["end"]
    starts = None
    if isinstance(start, Moment):
        starts = start.at if start.has_time else opening_of(local(start.at).date(), zone)
    if isinstance(end, date):
        return starts, end_of(end, zone)
    return starts, (starts or ctx.now) + timedelta(days=end)


def _quorum(share: int) -> str:
    return _("any number") if share == 0 else _("at least {quorum}%").format(quorum=share)


forms.add(
    Form(
        name=PUT,
        version=1,
        title=mark("Have a vote"),
        questions=(
            Question(
                "who",
                plain(
                    mark("Who votes?"),
                    *((labels.ELECTORATES[each], each.value) for each in Electorate),
                    columns=1,
                ),
                accepts=(Choose(),),
                label=mark("👥 Who votes"),
            ),
            Question(
                "ballot",
                plain(
                    mark("Open or secret? In a secret ballot nobody ever learns who voted what."),
                    (mark("🔒 Secret"), SECRET_BALLOT),
                    (mark("👁 Open"), OPEN_BALLOT),
                ),
                accepts=(Choose(),),
                label=mark("🔒 Open or secret"),
            ),
            Question("end", ask_end, accepts=(Choose(), Day()), label=mark("⏰ Until when")),
            Question(
                "quorum",
                ask_quorum,
                accepts=(Choose(), Number(0, 100)),
                label=mark("📊 How many take part"),
            ),
            Question(
                "majority",
                plain(
                    mark("What does it take to pass?"),
                    *((labels.MAJORITIES[each], each.value) for each in Majority),
                ),
                accepts=(Choose(),),
                label=mark("⚖️ What it takes"),
            ),
            Question(
                "start",
                plain(
                    mark("When does it begin? Tap, or write a day and a time."),
                    (mark("Now"), NOW),
                ),
                accepts=(Choose(), When()),
                label=mark("⏳ When it begins"),
            ),
            PROPOSAL,
        ),
        finish=finish,
        summary=summary,
        send=mark("🗳 Have the vote"),
    )
)
