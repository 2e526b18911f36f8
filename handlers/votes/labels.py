"""What voters, ballots, choices and outcomes of votes are called."""

from enum import StrEnum

from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.text import place_name
from models.names.views import Where
from models.votes.rules.notices import Electorate, Majority, Result, VoteChoice
from models.votes.rules.outcomes import OffOutcome, PlanOutcome, Refusal, VoteOutcome

CHOICES = {
    VoteChoice.YES: ("👍", mark("Yes, for it")),
    VoteChoice.NO: ("👎", mark("No, against it")),
    VoteChoice.ABSTAIN: ("🤷", mark("Abstain")),
}

ELECTORATES = {
    Electorate.RESIDENTS: mark("Residents"),
    Electorate.HOUSEHOLDS: mark("Households: one vote each"),
    Electorate.MEMBERS: mark("Party members of the branch"),
}

OF_PLACE = {
    Electorate.RESIDENTS: mark("👥 Who votes: everybody registered who lives in {place}"),
    Electorate.HOUSEHOLDS: mark("🏠 Who votes: every household in {place} has one vote"),
    Electorate.MEMBERS: mark("👥 Who votes: the party members of the branch, {place}"),
}

MAJORITIES = {
    Majority.SIMPLE: mark("More yes than no"),
    Majority.TWO_THIRDS: mark("Two thirds yes"),
}

PASSES = {
    Majority.SIMPLE: mark("It passes with more yes than no"),
    Majority.TWO_THIRDS: mark("It passes with two thirds of yes among yes and no"),
}

RESULTS = {
    Result.PASSED: ("✅", mark("It has passed: the proposal is adopted.")),
    Result.FAILED: ("❌", mark("It has not passed: the proposal is declined.")),
    Result.NO_QUORUM: (
        "↩️",
        mark("Too few took part: nothing is decided, and it is deliberated once more."),
    ),
}

GONE = mark("This vote is no longer there.")
NOT_YOURS = mark("This is not in your hands. The attempt has been noted.")

PLANS: dict[StrEnum, str] = {
    PlanOutcome.OPENED: mark("The vote is open. Everybody who may vote gets a ballot now."),
    PlanOutcome.PLANNED: mark("The vote is planned. It opens by itself, and everybody is told."),
    PlanOutcome.ALREADY: mark("A vote on this proposal is planned or open already."),
    PlanOutcome.BAD_START: mark("A vote can begin now, or on a day within a year."),
    PlanOutcome.BAD_END: mark("A vote lasts an hour at least, and a quarter of a year at most."),
    PlanOutcome.BAD_QUORUM: mark("That is no share of those who may vote: from 0 to 100 per cent."),
    PlanOutcome.NOBODY: mark("There is nobody yet who could vote in this way."),
    PlanOutcome.NO_DOORS: mark(
        "No household there has given its door yet, so households cannot be told apart. Please "
        "let residents vote, or have the doors written down first."
    ),
    PlanOutcome.TOO_FEW: mark(
        "Fewer than three could vote in this way: the counts of a secret ballot would tell who "
        "voted what. Please have it open, or let more people vote."
    ),
    PlanOutcome.WRONG_TIME: mark("The proposal is not under discussion; it cannot be voted on."),
    PlanOutcome.OWN: mark("This is your own proposal: somebody else has to do that."),
    PlanOutcome.NOT_ALLOWED: NOT_YOURS,
    PlanOutcome.MISSING: mark("This proposal is no longer there."),
}

VOTES: dict[StrEnum, str] = {
    VoteOutcome.CAST: mark("Your vote counts. Thank you!"),
    VoteOutcome.CHANGED: mark("Your vote is changed. Thank you!"),
    VoteOutcome.ALREADY_VOTED: mark(
        "Your vote counts already. To change it, please use the newest card, on which you voted."
    ),
    VoteOutcome.NOT_YET: mark("This vote has not begun yet. You will get a ballot."),
    VoteOutcome.TOO_LATE: mark("This vote is over. Votes can no longer be given or changed."),
    VoteOutcome.CALLED_OFF: mark("This vote was called off."),
    VoteOutcome.NO_DOOR: mark(
        "One household has one vote, and we do not know your door yet. Give it under /settings, "
        "Door; then tap here again."
    ),
    VoteOutcome.NOT_ON_ROLL: mark(
        "You are not on the roll of this vote, which was fixed when it opened."
    ),
    VoteOutcome.MISSING: GONE,
}

HOUSEHOLD_VOTED = mark(
    "Your household has voted already; only the card on which it voted can change that."
)

OFFS: dict[StrEnum, str] = {
    OffOutcome.OFF: mark("The vote is called off; everybody is told."),
    OffOutcome.ALREADY: mark("The vote has been called off already."),
    OffOutcome.TOO_LATE: mark("The vote has been counted; it cannot be called off."),
    OffOutcome.OWN: mark("This is your own proposal: somebody else has to do that."),
    OffOutcome.NOT_ALLOWED: NOT_YOURS,
    OffOutcome.MISSING: GONE,
}

REFUSALS: dict[StrEnum, str] = {
    Refusal.NOT_ALLOWED: mark("Only those who may vote, and the office, can see this."),
    Refusal.SECRET: mark("This ballot is secret: nobody can see who voted what."),
    Refusal.NOT_YET: mark("Who voted what can be seen after the end."),
    Refusal.MISSING: GONE,
}

SAID: dict[type[StrEnum], dict[StrEnum, str]] = {
    PlanOutcome: PLANS,
    VoteOutcome: VOTES,
    OffOutcome: OFFS,
    Refusal: REFUSALS,
}
"""By kind: outcomes of two kinds can be spelt alike."""


def said(outcome: StrEnum) -> str:
    """Say how an act turned out, or why something is not shown."""
    return _(SAID[type(outcome)][outcome])


def choice(which: VoteChoice) -> str:
    """Name a choice with its sign."""
    sign, name = CHOICES[which]
    return f"{sign} {_(name)}"


def who_votes(electorate: Electorate, where: Where) -> str:
    """Say whose vote it is."""
    return _(OF_PLACE[electorate]).format(place=place_name(where))


def passes(majority: Majority, quorum: int) -> str:
    """Say what it takes to pass."""
    if quorum == 0:
        enough = _("{passes}, however many take part.")
    else:
        enough = _("{passes}, if at least {quorum}% take part.")
    return "⚖️ " + enough.format(passes=_(PASSES[majority]), quorum=quorum)


def ballot(*, secret: bool) -> str:
    """Say what others will know of one's vote: before one votes."""
    if secret:
        return _(
            "🔒 Secret ballot: that you have voted is noted, what you vote is not. Nobody can look "
            "it up, not even the office."
        )
    return _(
        "👁 Open ballot: after the end everybody who may vote, and the office, can see who voted "
        "what."
    )


def result(which: Result) -> str:
    """Say what a vote came to."""
    sign, name = RESULTS[which]
    return f"{sign} {_(name)}"
