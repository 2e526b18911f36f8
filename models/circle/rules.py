"""Who is in a circle, who may do what with it; standard library only."""

from datetime import datetime, timedelta
from enum import StrEnum

from models.outbox.kinds import NoticeKind, Waits, notice
from models.records.rules import Lifecycle, Refusal, Transition
from models.text import mark

MOST = 5
"""In one circle: whom somebody in trouble cannot reach is followed by four others."""
NAME_LENGTH = 40
NOT_AGAIN_FOR = timedelta(days=365)
"""Whoever has said no, or has stepped out, is not asked again by the same person for so long."""
HAS_KEY = "yes"
"""What is sealed where somebody has a key."""


class Tie(StrEnum):
    """What somebody is to whom they look after."""

    CHILD = "child"
    SPOUSE = "spouse"
    KIN = "kin"
    NEIGHBOUR = "neighbour"
    FRIEND = "friend"


class State(StrEnum):
    """Where somebody stands in a circle."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    """They said no, or stepped out."""
    ENDED = "ended"
    """They were taken out."""


STANDING = frozenset({State.ASKED, State.AGREED})


class Move(StrEnum):
    """What is done with somebody in a circle."""

    LOOK = "look"
    AGREE = "agree"
    DECLINE = "decline"
    STEP_OUT = "step_out"
    REMOVE = "remove"
    SET = "set"
    """Say in which order they are asked, and whether they have a key."""
    RING = "ring"
    """Open the name and number of somebody without the bot."""
    NOTE = "note"
    """Write down what somebody without the bot said on the phone."""
    NOTE_NO = "note_no"


class Relation(StrEnum):
    """What somebody is to a membership."""

    OWNER = "owner"
    """Whose circle it is, or who speaks for them."""
    MEMBER = "member"
    DESK = "desk"
    """Works at the desk where the owner lives, of a member without the bot."""


_ASKED, _AGREED = frozenset({State.ASKED}), frozenset({State.AGREED})
_OWNER, _MEMBER = frozenset({Relation.OWNER}), frozenset({Relation.MEMBER})
_DESK = frozenset({Relation.DESK})

LIFECYCLE = Lifecycle(
    State,
    Transition(Move.LOOK, frozenset(Relation), frozenset(State)),
    Transition(Move.AGREE, _MEMBER, _ASKED, State.AGREED),
    Transition(Move.DECLINE, _MEMBER, _ASKED, State.DECLINED),
    Transition(Move.STEP_OUT, _MEMBER, _AGREED, State.DECLINED),
    Transition(Move.REMOVE, _OWNER, STANDING, State.ENDED),
    Transition(Move.SET, _OWNER, STANDING),
    Transition(Move.RING, _OWNER | _DESK, STANDING),
    Transition(Move.NOTE, _DESK, _ASKED, State.AGREED),
    Transition(Move.NOTE_NO, _DESK, STANDING, State.DECLINED),
)


class CircleOutcome(StrEnum):
    """What became of a use case, beside what refusals say."""

    NAMED = "named"
    AGREED = "agreed"
    DECLINED = "declined"
    REMOVED = "removed"
    STEPPED_OUT = "stepped_out"
    SET = "set"
    ONESELF = "oneself"
    """Nobody is in their own circle."""
    KNOWN = "known"
    """They are in it, or are asked."""
    FULL = "full"
    SAID_NO = "said_no"
    """They have said no within a year."""
    UNKNOWN = "unknown"
    """The bot does not know them, or cannot reach them: a name and a number serve."""
    NOT_A_PHONE = "not_a_phone"


def asked_too_soon(said_no_at: datetime | None, now: datetime) -> bool:
    """Return whether somebody who said no is left in peace."""
    return said_no_at is not None and now < said_no_at + NOT_AGAIN_FOR


def refusal_of_order(wanted: list[int], standing: list[int]) -> Refusal | None:
    """Return why an order is none: it names those who stand, each once."""
    return None if sorted(wanted) == sorted(standing) else Refusal.BAD_CHOICE


class Notice(NoticeKind):
    """Kinds of notice; the subject is the membership."""

    ASKED = notice(
        "circle.asked",
        mark("asked into a circle"),
        to="whoever is named",
        when="somebody wants them to know how they are; nothing is asked of them before they agree",
        changes="yes",
        waits=Waits.AT_NIGHT,
    )
    SAID = notice(
        "circle.said",
        mark("an answer about the circle"),
        to="whose circle it is, or who speaks for them",
        when="whoever was named agreed, said no, or stepped out",
    )
    REMOVED = notice(
        "circle.removed",
        mark("taken out of a circle"),
        to="whoever had agreed",
        when="they were taken out",
        waits=Waits.ALWAYS,
    )
    CALL = notice(
        "circle.call",
        mark("somebody without the bot is to be asked"),
        to="the desk where whose circle it is lives",
        when="somebody was named by name and number: they are asked on the phone",
        changes="yes",
    )
