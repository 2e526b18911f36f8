"""What must hold at the end of who is looked in on, and of who is asked every day."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from models.care.records import NAME
from models.care.rules.notices import Notice as CareNotice
from models.care.rules.plans import CarePolicy
from models.care.rules.states import HomeState, PairPart, PairState
from models.daychecks.rules.notices import Notice as DayNotice
from models.daychecks.rules.states import DayState
from models.help.rules.policy import HelpPolicy
from models.policy.current import DEFAULT
from models.routines.rules import OccasionState
from tests.month.clock import local
from tests.month.month import Month
from tests.month.rows import Rows

SETTLED = {DayState.HEARD, DayState.WELL, DayState.LATE_WELL, DayState.HELP}
"""What a day is by an act of the person alone."""


def every_miss_was_seen(month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """What nobody made was told to staff before the next window, unless the house was down."""
    told = {row.subject_id: row for row in rows.notices(CareNotice.MISSED)}
    for one in rows.occasions.values():
        missed = one.state in {OccasionState.MISSED, OccasionState.COVERED}
        if one.subject != NAME or not missed:
            continue
        notice = told.get(one.id)
        if notice is None:
            yield f"occasion {one.id} was missed, and nobody was told"
        elif notice.created_at > one.ends_at + timedelta(days=1) and not month.was_out(
            one.ends_at, notice.created_at
        ):
            yield f"occasion {one.id} ended {one.ends_at}, told only {notice.created_at}"


def no_window_was_left_out(month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """Of every home that is looked in on the next call-on is planned."""
    now = month.clock.now()
    for home in rows.homes.values():
        ahead = [
            one
            for one in rows.occasions.values()
            if one.subject == NAME and one.subject_id == home.id
        ]
        if home.state == HomeState.AGREED and not any(one.ends_at > now for one in ahead):
            yield f"home {home.id} is looked in on, and nothing is planned"
        for one in ahead:
            open_ = one.state in {OccasionState.DUE, OccasionState.TAKEN}
            if open_ and (home.state != HomeState.AGREED or one.ends_at <= now):
                yield f"occasion {one.id} of home {home.id} ({home.state}) is {one.state} still"


def nobody_visits_too_many(_month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """Nobody looks in on more homes than one can, and each agreed, both sides."""
    count = Counter(
        pair.person_id
        for pair in rows.pairs.values()
        if pair.state in {PairState.AGREED, PairState.RESTING} and pair.part != PairPart.BUDDY
    )
    most = DEFAULT.of(CarePolicy).most_homes
    for person_id, homes in count.items():
        if homes > most:
            yield f"{person_id} looks in on {homes} homes"


def silence_is_never_well(month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """A day is heard or well by an act of theirs alone, or somebody says how they know.

    Whoever was not heard of for days ends those, too, by their next sign.
    """
    accounts = {one.id: account for account, one in month.town.people.items()}
    for day in rows.days.values():
        acts = month.crowd.acts.get(accounts[day.person_id], [])
        acted = any(local(at).date() >= day.day for at in acts)
        if day.state in SETTLED and not acted:
            yield f"day {day.id} is {day.state}, and {day.person_id} did nothing"
        if day.state == DayState.FOUND_WELL and (day.found_by is None or day.how is None):
            yield f"day {day.id}: found well by nobody"


def no_rung_was_told_twice(_month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """Of one silence nobody is asked the same twice."""
    kinds = (DayNotice.ASK, DayNotice.AGAIN, DayNotice.NEAR, DayNotice.DESK, DayNotice.CONTACT)
    count = Counter(
        (row.kind, row.subject_id, row.recipient_id) for row in rows.notices(*map(str, kinds))
    )
    for (kind, day, person), times in count.items():
        if times > 1:
            yield f"{person} was told {kind} of day {day} {times} times"


CHECKS = (
    every_miss_was_seen,
    no_window_was_left_out,
    nobody_visits_too_many,
    silence_is_never_well,
    no_rung_was_told_twice,
)
