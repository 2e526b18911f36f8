"""Under which heading of a day's digest a request stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.digests.rules.times import Period
from models.help.rules.states import State


class Heading(StrEnum):
    """Headings of the staff's digest; a request stands under the first that fits."""

    LATE = "late"
    """Not answered or not solved by when it was promised."""
    DUE = "due"
    """One of the two falls due before the day ends."""
    CALLS = "calls"
    """Its resident stays silent and is to be rung back 电话回访."""
    WAITING = "waiting"
    """The resident is waited for."""
    NEW = "new"
    """It became theirs since the digest before."""
    REST = "rest"


@dataclass(frozen=True)
class Standing:
    """As much of an unended request as its heading needs."""

    state: State
    answer_by: datetime
    answered: bool
    promised_by: datetime
    owned_at: datetime
    waiting: bool
    unconfirmed: bool
    call_after: datetime | None


def heading(one: Standing, *, since: Period, now: datetime, day_ends: datetime) -> Heading:
    """Choose the heading of a request; `since` is the time from the digest before to this one."""
    if one.unconfirmed and one.state is State.DONE:
        due = one.call_after is None or one.call_after < day_ends
        return Heading.CALLS if due else Heading.WAITING
    promises = [] if one.waiting else [one.promised_by]
    promises += [] if one.answered else [one.answer_by]
    next_due = min(promises, default=None)
    if next_due is not None and next_due < now:
        return Heading.LATE
    if next_due is not None and next_due < day_ends:
        return Heading.DUE
    if one.waiting:
        return Heading.WAITING
    return Heading.NEW if one.owned_at in since else Heading.REST
