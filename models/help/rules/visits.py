"""Visits: whether holders come, and the minutes of volunteering they are credited."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.help.rules.outcomes import HandBackReason
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import ClaimState
from models.hours.rules.awake import waking_clock as waking
from models.hours.rules.clocks import ROUND_THE_CLOCK
from models.hours.rules.quiet import in_quiet_hours, out_of_quiet, quiet_began

EXCUSED = frozenset({HandBackReason.ILL, HandBackReason.UNREACHABLE, HandBackReason.NOT_SAFE})
"""Reasons that never count against anybody: nobody is to go there ill or afraid for points."""


@dataclass(frozen=True)
class ClaimTimes:
    """What the rules look at of a claim: where it stands, and when what happened to it."""

    state: ClaimState
    start_at: datetime | None
    """The start that its request names."""
    held_at: datetime | None = None
    """There is one for every claim that holds a hand."""
    asked_at: datetime | None = None
    confirmed_at: datetime | None = None
    on_way_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str | None = None


def check_at(
    urgency: Urgency, start_at: datetime | None, taken_at: datetime, policy: HelpPolicy
) -> datetime | None:
    """Return when a holder is asked 'still coming?'; None when the start is too near to ask.

    Where that falls into quiet hours and it is no emergency, they are asked the evening before,
    in time to answer, else in the morning.
    """
    if start_at is None:
        return waking_from(urgency, taken_at + policy.check_after[urgency], policy)
    asked_at = start_at - policy.before_start
    if asked_at <= taken_at:
        return None
    if urgency is Urgency.EMERGENCY or not in_quiet_hours(asked_at, policy.quiet):
        return asked_at
    evening = quiet_began(asked_at, policy.quiet) - policy.confirm_within[urgency]
    morning = out_of_quiet(asked_at, policy.quiet)
    return evening if evening > taken_at else morning if morning < start_at else None


def answer_due(
    urgency: Urgency, start_at: datetime | None, asked_at: datetime, policy: HelpPolicy
) -> datetime | None:
    """Return by when 'still coming?' is to be answered, counted while the question could be seen.

    None where the start comes first: who has come then has no need to answer.
    """
    clock = ROUND_THE_CLOCK if urgency is Urgency.EMERGENCY else waking(policy.quiet)
    if start_at is None:
        return clock.after(asked_at, policy.confirm_open_within[urgency])
    due_at = clock.after(asked_at, policy.confirm_within[urgency])
    return due_at if due_at < start_at else None


def summons_due(
    urgency: Urgency, start_at: datetime | None, asked_at: datetime, policy: HelpPolicy
) -> datetime | None:
    """Return by when somebody called in from the line is to say yes, the start being near.

    Half the time that is left, and no more than for 'still coming?': somebody else must still be
    able to make it. None where no start was named, or it is over: they are asked later.
    """
    if start_at is None or start_at <= asked_at:
        return None
    return asked_at + min(policy.confirm_within[urgency], (start_at - asked_at) / 2)


def has_answered(asked_at: datetime | None, confirmed_at: datetime | None) -> bool:
    """Return whether the question asked last was answered with yes."""
    return confirmed_at is not None and (asked_at is None or asked_at <= confirmed_at)


def visit_due(urgency: Urgency, held: ClaimTimes, policy: HelpPolicy) -> datetime | None:
    """Return when holder and resident are asked how it stands; None where no time was named.

    That is a while after the start without a word, and a longer while after 'on my way' without
    'done'.
    """
    if held.state == ClaimState.ON_WAY:
        due_at = _latest(held.start_at, held.on_way_at) + policy.visit_over
    elif held.start_at is not None:
        due_at = _latest(held.start_at, held.held_at) + policy.no_show_after
    else:
        return None
    return waking_from(urgency, due_at, policy)


def is_awaited(urgency: Urgency, held: ClaimTimes, now: datetime, policy: HelpPolicy) -> bool:
    """Tell whether a holder should have been there by now, so that 'nobody came' is about them."""
    named = held.start_at is not None or held.on_way_at is not None
    wait = policy.no_show_after if named else policy.check_after[urgency]
    return now >= _latest(held.start_at, held.on_way_at, held.held_at) + wait


def _latest(*instants: datetime | None) -> datetime:
    return max(instant for instant in instants if instant is not None)


def breaks_word(held: ClaimTimes, policy: HelpPolicy) -> bool:
    """Return whether a claim's end left somebody waiting who counted on it.

    No answer, no show, or handed back late: after 'yes, I am coming', or so near to the start
    that a holder would have been asked. Illness, danger and a door that nobody opened excuse.
    """
    if held.state in {ClaimState.NO_ANSWER, ClaimState.NO_SHOW}:
        return True
    if held.state != ClaimState.HANDED_BACK or held.reason in EXCUSED or held.ended_at is None:
        return False
    near = held.start_at is not None and held.ended_at > held.start_at - policy.before_start
    return near or held.confirmed_at is not None


def clashes(
    wanted_at: datetime,
    other_start: datetime | None,
    *,
    on_way: bool,
    now: datetime,
    policy: HelpPolicy,
) -> bool:
    """Return whether a task that somebody holds keeps them from one at `wanted_at`.

    It starts within `policy.clash` of it, or they are on their way there while this one is for
    about now.
    """
    if other_start is not None and abs(other_start - wanted_at) < policy.clash:
        return True
    return on_way and is_about_now(wanted_at, now, policy)


def is_about_now(wanted_at: datetime, now: datetime, policy: HelpPolicy) -> bool:
    """Return whether whoever is on the way elsewhere cannot also be there."""
    return abs(wanted_at - now) < policy.clash


def waking_from(urgency: Urgency, at: datetime, policy: HelpPolicy) -> datetime:
    """Return the instant itself for an emergency, else the next one outside quiet hours."""
    return at if urgency is Urgency.EMERGENCY else out_of_quiet(at, policy.quiet)


def ask_again_at(urgency: Urgency, now: datetime, policy: HelpPolicy) -> datetime:
    """Return when a question that nobody answered is asked again."""
    wait = max(policy.check_after[urgency], policy.visit_over)
    return waking_from(urgency, now + wait, policy)


SHORTEST = timedelta(minutes=5)


LONGEST = timedelta(hours=8)
"""A visit that nobody ended by a tap counts as one working day at most."""


UNKNOWN = timedelta(minutes=30)
"""Credited where neither the minutes nor the setting-out were told."""


MOST_REPORTED = 24 * 60


def minutes_given(reported: int | None, on_way_at: datetime | None, done_at: datetime) -> int:
    """Reckon minutes: as reported (1 to 1,440), else from setting out to done, within bounds."""
    if reported is not None:
        return min(max(reported, 1), MOST_REPORTED)
    span = UNKNOWN if on_way_at is None else done_at - on_way_at
    return int(min(max(span, SHORTEST), LONGEST) / timedelta(minutes=1))
