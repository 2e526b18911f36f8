"""What topics, states and outcomes of proposals are called."""

from enum import StrEnum

from handlers.i18n import gettext as _
from handlers.i18n import mark
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.outcomes import ProposalOutcome, Refusal, SubmitOutcome
from models.proposals.rules.states import State

TOPICS = {
    ProposalTopic.SURROUNDINGS: ("🌳", mark("Green and clean")),
    ProposalTopic.FACILITIES: ("🛠", mark("Lifts, lamps, paths")),
    ProposalTopic.SAFETY: ("🧯", mark("Safety and fire")),
    ProposalTopic.TRAFFIC: ("🚲", mark("Parking and traffic")),
    ProposalTopic.ELDERLY: ("👵", mark("For the elderly")),
    ProposalTopic.CHILDREN: ("🧒", mark("For children")),
    ProposalTopic.CULTURE: ("🎭", mark("Sports and culture")),
    ProposalTopic.MANAGEMENT: ("🏢", mark("The property company")),
    ProposalTopic.OTHER: ("💡", mark("Another idea")),
}

STATES = {
    State.SUBMITTED: ("📨", mark("with the community office")),
    State.RETURNED: ("↩️", mark("returned, to be mended")),
    State.SECONDING: ("✋", mark("gathering support")),
    State.DELIBERATION: ("💬", mark("under discussion")),
    State.VOTE: ("🗳", mark("being voted on")),
    State.ADOPTED: ("✅", mark("adopted")),
    State.UNDERWAY: ("🚧", mark("underway")),
    State.DELIVERED: ("🎁", mark("delivered, to be rated")),
    State.RATED: ("🔎", mark("rated, being looked at again")),
    State.CLOSED: ("🏁", mark("done")),
    State.MERGED: ("🔗", mark("merged into another")),
    State.TURNED: ("🙋", mark("turned into a request for help")),
    State.WITHDRAWN: ("⚪", mark("withdrawn by its author")),
    State.LAPSED: ("⌛", mark("too few supporters")),
    State.DECLINED: ("❌", mark("declined")),
}

SUBMITS: dict[StrEnum, str] = {
    SubmitOutcome.ALREADY: mark("This proposal has been sent already."),
    SubmitOutcome.NO_TITLE: mark("A short title is needed, so that neighbours find it."),
    SubmitOutcome.EMPTY: mark("Please say in a few words what the problem is."),
    SubmitOutcome.NO_PLACE: mark("Please choose your building first: /settings."),
    SubmitOutcome.NOT_YOURS: mark("You can propose where you live."),
    SubmitOutcome.TOO_MANY: mark(
        "Several of your proposals are still with the office. Please wait for an answer first."
    ),
    SubmitOutcome.NEW_HERE: mark(
        "You are new here, and proposals of yours are still with the office. Please wait for an "
        "answer first, or tell the community office in person."
    ),
}

ACTS: dict[StrEnum, str] = {
    ProposalOutcome.DONE: mark("Done."),
    ProposalOutcome.ALREADY: mark("That is so already."),
    ProposalOutcome.UNCHANGED: mark("The text is the same as before."),
    ProposalOutcome.OTHER_TEXT: mark(
        "Its text has been changed meanwhile. Please read it once more, then tap."
    ),
    ProposalOutcome.EMPTY: mark("A few words are needed."),
    ProposalOutcome.BAD_DATE: mark("Please name a day to come, within two years."),
    ProposalOutcome.BAD_TARGET: mark("It cannot be merged into that one."),
    ProposalOutcome.NOT_STAFF: mark("That person does not work at this place."),
    ProposalOutcome.TOO_LATE: mark("The time for this is over."),
    ProposalOutcome.WRONG_TIME: mark("The proposal has moved on; this cannot be done now."),
    ProposalOutcome.OWN: mark("This is your own proposal: somebody else has to do that."),
    ProposalOutcome.HAD_A_HAND: mark("You had a hand in the delivery: the others rate it."),
    ProposalOutcome.NOT_NEIGHBOUR: mark("Whoever lives in that community can do this."),
    ProposalOutcome.NOT_ALLOWED: mark("This is not in your hands. The attempt has been noted."),
    ProposalOutcome.MISSING: mark("This proposal is no longer there."),
}

REFUSALS: dict[StrEnum, str] = {
    Refusal.MISSING: mark("This proposal is no longer there."),
    Refusal.NOT_ALLOWED: mark(
        "Neighbours have not been able to read this proposal; only its author and the office can."
    ),
}

SAID: dict[type[StrEnum], dict[StrEnum, str]] = {
    SubmitOutcome: SUBMITS,
    ProposalOutcome: ACTS,
    Refusal: REFUSALS,
}
"""By kind of outcome: those of one name mean different things, and are equal as keys."""


def said(outcome: StrEnum) -> str:
    """Say how an act turned out."""
    return _(SAID[type(outcome)][outcome])


def topic(which: ProposalTopic) -> str:
    """Name a topic with its sign."""
    sign, name = TOPICS[which]
    return f"{sign} {_(name)}"


def state(which: State) -> str:
    """Name a state with its sign."""
    sign, name = STATES[which]
    return f"{sign} {_(name)}"
