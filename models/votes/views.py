"""Pictures of votes that leave the room; none tells what was voted before the end."""

from dataclasses import dataclass, field
from datetime import datetime

from models.names.views import Where, Who
from models.votes.rules.counting import VoteTally
from models.votes.rules.notices import Electorate, Majority, Result, State, VoteChoice
from models.votes.rules.outcomes import PlanOutcome, VoteOutcome


@dataclass(frozen=True)
class Put:
    """Outcome of putting a proposal to the vote; the vote's id where there is one."""

    outcome: PlanOutcome
    vote_id: int | None = None


@dataclass(frozen=True)
class VotingOutcome:
    """Outcome of voting. What it takes to show the ballot, for those on the roll alone.

    `slip` goes to the voter's own chat and nowhere else: it alone can change a secret vote.
    """

    outcome: VoteOutcome
    vote_id: int
    proposal_id: int = 0
    number: int = 0
    title: str = ""
    secret: bool = False
    household: bool = False
    ends_at: datetime | None = None
    choice: VoteChoice | None = None
    """What the voice says now; of a secret vote never."""
    slip: str = field(default="", repr=False)


@dataclass(frozen=True)
class VoteView:
    """One vote as its reader may see it."""

    vote_id: int
    proposal_id: int
    number: int
    title: str
    seal: bool
    where: Where
    """Whose residents, households or party members vote."""
    electorate: Electorate
    secret: bool
    quorum: int
    majority: Majority
    state: State
    opens_at: datetime
    ends_at: datetime
    set_by: Who | None
    eligible: int
    voted: int
    """Voices that have been given: the live turnout."""
    tally: VoteTally | None
    """What was published; None before the end."""
    result: Result | None
    mine: bool
    """The reader is on the roll."""
    given: bool
    """The reader's voice has been given, by them or by somebody of their household."""
    by_others: bool
    """It was given by somebody of their household: the reader's cards hold no slip."""
    choice: VoteChoice | None
    """What the reader's voice says, in an open vote."""
    names: bool
    """The reader may see who voted what, after the end of an open vote."""
    may_call_off: bool
    may_follow_up: bool
    """The reader answers for what follows from the result."""


@dataclass(frozen=True)
class VoterLine:
    """What one voice said in an open vote, and who gave it."""

    who: Who | None
    """None for somebody who has left."""
    choice: VoteChoice


@dataclass(frozen=True)
class VoterPage:
    """A page of who voted what; `more` are behind it."""

    vote_id: int
    number: int
    title: str
    lines: tuple[VoterLine, ...]
    page: int
    more: bool


@dataclass(frozen=True)
class Recount:
    """A vote counted once more from what is kept of it, beside what was published."""

    vote_id: int
    state: State
    secret: bool
    quorum: int
    majority: Majority
    people: int
    """On the roll."""
    voices: int
    """On the roll: of a household one."""
    marks: int
    """Voices given."""
    tally: VoteTally | None
    """None before the end, and where the urn does not open."""
    result: Result | None
    published: VoteTally | None
    published_result: Result | None
    wrong: tuple[str, ...]
    """What does not agree; nothing where all does."""
