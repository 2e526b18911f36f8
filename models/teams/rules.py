"""What a team is, who may do what with it, and how one becomes a member; standard library only."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from models.outbox.kinds import NoticeKind, Waits, notice
from models.policy.rules import Policy
from models.records.rules import Lifecycle, Transition
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark

NAME_LENGTH, AIM_LENGTH, WORDS_LENGTH = 40, 500, 1000
ANSWER_WITHIN = timedelta(days=2)
"""So long the leads have to answer who wants to join; then the desk is asked, too."""
A_DAY = timedelta(hours=24)


@dataclass(frozen=True)
class TeamPolicy(Policy):
    """Teams of helpers."""

    team_words_a_day: int = 3
    """How often a team is told something within 24 hours, whoever of its leads writes."""


class State(StrEnum):
    """Where a team stands."""

    ACTIVE = "active"
    ENDED = "ended"


class Membership(StrEnum):
    """Where somebody stands with a team."""

    ASKED = "asked"
    IN = "in"
    LEFT = "left"
    DECLINED = "declined"
    """Not taken in; they may ask again."""


class Move(StrEnum):
    """What is done to a team."""

    LOOK = "look"
    JOIN = "join"
    LEAVE = "leave"
    ROSTER = "roster"
    """See who is in it, and who wants to be."""
    ADMIT = "admit"
    """Take somebody in, or not."""
    REMOVE = "remove"
    NAME_LEAD = "name_lead"
    WRITE = "write"
    """Tell all members something."""
    CHANGE = "change"
    END = "end"


class Relation(StrEnum):
    """What somebody is to a team."""

    NEIGHBOUR = "neighbour"
    """Lives where the team helps."""
    ASKING = "asking"
    """Has asked to join."""
    MEMBER = "member"
    LEAD = "lead"
    HOST = "host"
    """Works at the desk of its place."""


_ACTIVE, _EVER = frozenset({State.ACTIVE}), frozenset(State)
_ALL, _HOST = frozenset(Relation), frozenset({Relation.HOST})
_LEADS = frozenset({Relation.LEAD, Relation.HOST})

LIFECYCLE = Lifecycle(
    State,
    Transition(Move.LOOK, _ALL, _EVER),
    Transition(Move.JOIN, _ALL, _ACTIVE),
    Transition(Move.LEAVE, _ALL, _ACTIVE),
    Transition(Move.ROSTER, _LEADS, _ACTIVE),
    Transition(Move.ADMIT, _LEADS, _ACTIVE),
    Transition(Move.REMOVE, _LEADS, _ACTIVE),
    Transition(Move.NAME_LEAD, _HOST, _ACTIVE),
    Transition(Move.WRITE, _LEADS, _ACTIVE),
    Transition(Move.CHANGE, _LEADS, _ACTIVE),
    Transition(Move.END, _HOST, _ACTIVE, State.ENDED),
)


class TeamOutcome(StrEnum):
    """What became of a use case, beside what refusals say."""

    FOUNDED = "founded"
    ASKED = "asked"
    """The leads are asked whether they take them in."""
    JOINED = "joined"
    """In at once: they have a hand in the team already."""
    ADMITTED = "admitted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    """They do not want to join any more."""
    LEFT = "left"
    REMOVED = "removed"
    NAMED_LEAD = "named_lead"
    LEAD_NO_MORE = "lead_no_more"
    WRITTEN = "written"
    TOO_OFTEN = "too_often"
    CHANGED = "changed"
    ENDED = "ended"
    NOT_IN_IT = "not_in_it"
    """Whoever is meant is not, or no longer, on its list."""
    NOT_A_MEMBER = "not_a_member"
    """They want to leave what they are not in, such as by a second tap."""


class Notice(NoticeKind):
    """Kinds of notice; the subject is the team."""

    WANTS = notice(
        "teams.wants",
        mark("somebody wants to join a team"),
        to="its leads; the desk of its place where it has none, or none has answered in two days",
        when="somebody asks to join",
        detail="`person`: who; `late`",
        changes="yes",
    )
    ADMITTED = notice(
        "teams.admitted",
        mark("you are in the team"),
        to="whoever asked to join",
        when="a lead took them in",
    )
    DECLINED = notice(
        "teams.declined",
        mark("a team did not take you in"),
        to="whoever asked to join",
        when="a lead did not take them in",
    )
    LEAD = notice(
        "teams.lead",
        mark("you lead a team"),
        to="a member",
        when="the desk made them a lead",
    )
    REMOVED = notice(
        "teams.removed",
        mark("you are no longer in a team"),
        to="a member",
        when="a lead, or the desk, took them off the list",
    )
    WORDS = notice(
        "teams.words",
        mark("words to a team"),
        to="its members",
        when="a lead writes to them, at most three times in 24 hours",
        detail="`words`: which",
        waits=Waits.ALWAYS,
    )
    ENDED = notice(
        "teams.ended",
        mark("a team has ended"),
        to="its members, and whoever wanted to join",
        when="the desk ended it",
        waits=Waits.ALWAYS,
    )


class Reminder(ReminderKind):
    """Kinds of reminder; the subject is the team."""

    UNANSWERED = reminder(
        "teams.unanswered",
        mark("nobody answered who wants to join"),
        Lateness.ESCALATE,
        about="the team",
        does="asks the leads once more, and the desk of the place",
    )
