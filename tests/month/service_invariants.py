"""What must hold at the end of shifts, call-ups and savings, counted again from the tables."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from models.callups.rules import OVER_AFTER, SHORT, PartState
from models.callups.rules import Notice as CallupNotice
from models.callups.rules import State as CallupState
from models.help.rules.policy import HelpPolicy
from models.posts.notices import ShiftNotice
from models.posts.rules import SHORT_LEAD, ShiftState
from models.savings.rules import EARNED, GIVEN, AccountKind, CauseKind, TimeState
from models.savings.tables import SavingsMoveRow
from models.seats.rules import SEATED
from tests.month.month import Month
from tests.month.rows import Rows

Cause = tuple[str, int]


def accounts_sum_to_nought(_month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """No minute is lost or made: what people have is the sum of their moves, none below nought."""
    sums = Counter[int]()
    for move in rows.moves:
        sums[move.from_id] -= move.minutes
        sums[move.to_id] += move.minutes
    if total := sum(sums.values()):
        yield f"all accounts sum to {total}"
    for account in rows.accounts.values():
        expected = sums[account.id] if account.kind == AccountKind.PERSON else 0
        if account.balance != expected or account.balance < 0:
            yield f"account {account.id} has {account.balance}, its moves sum to {expected}"


def every_minute_is_on_anothers_word(
    _month: Month, rows: Rows, _policy: HelpPolicy
) -> Iterator[str]:
    """What was credited has one cause, once, on the word of somebody not bound to the giver."""
    parts = Counter((move.cause_kind, move.cause_id, move.part) for move in rows.moves)
    for cause, times in parts.items():
        if times > 1:
            yield f"{cause} moved minutes {times} times"
    for move in rows.moves:
        if move.cause_kind not in EARNED:
            continue
        giver, by = rows.people[move.giver_id or 0], rows.people[move.by_id]
        if giver.id in {by.id, by.proxy_id} or by.id == giver.proxy_id:
            yield f"move {move.id}: {by.id} confirmed the time of {giver.id}"
        if move.confirmer is None:
            yield f"move {move.id}: confirmed as nobody"


def the_ledger_equals_a_recount(_month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """What was credited is what was confirmed, by claim, shift and site, to the minute."""
    credited = _credited(rows.moves)
    expected = {
        (claim.kind, claim.cause_id): (claim.giver_id, claim.minutes)
        for claim in rows.times.values()
        if claim.state == TimeState.SAVED
    } | {
        (str(CauseKind.SHIFT), one.id): (one.person_id, one.minutes)
        for one in rows.shift_confirmations
    }
    expected |= {
        (str(CauseKind.CALLUP), one.id): (one.person_id, one.minutes)
        for one in rows.arrivals
        if one.confirmed_at and not rows.callups[rows.parts[one.part_id].callup_id].drill
    }
    for cause in sorted(credited.keys() | expected.keys()):
        if credited.get(cause) != expected.get(cause):
            yield f"{cause}: credited {credited.get(cause)}, confirmed {expected.get(cause)}"


def _credited(moves: list[SavingsMoveRow]) -> dict[Cause, tuple[int, int]]:
    found = defaultdict[Cause, list[SavingsMoveRow]](list)
    for move in moves:
        if move.cause_kind in GIVEN:
            found[move.cause_kind, move.cause_id].append(move)
    return {
        cause: (of_it[0].giver_id or 0, sum(one.minutes for one in of_it))
        for cause, of_it in found.items()
    }


def what_is_taken_back_stands_twice(
    _month: Month, rows: Rows, _policy: HelpPolicy
) -> Iterator[str]:
    """A line is taken back once, by a second line the other way round, and never by its giver."""
    moves = {move.id: move for move in rows.moves}
    back = [move for move in rows.moves if move.cause_kind == CauseKind.REVERSAL]
    for line, times in Counter(move.cause_id for move in back).items():
        if times > 1:
            yield f"move {line} was taken back {times} times"
    for move in back:
        first = moves[move.cause_id]
        same = (first.from_id, first.to_id, first.minutes) == (
            move.to_id, move.from_id, move.minutes,
        )  # fmt: skip
        if not same or first.cause_kind not in EARNED:
            yield f"move {move.id} takes back {first.id}, and is not the same the other way round"
        if move.by_id == first.giver_id:
            yield f"move {move.id}: {move.by_id} took back time of their own"


def what_counts_instead_has_one_line_that_was_wrong(
    _month: Month, rows: Rows, _policy: HelpPolicy
) -> Iterator[str]:
    """Other minutes count for the same giver, once, and only where the first do not any more."""
    moves = {move.id: move for move in rows.moves}
    back = {move.cause_id for move in rows.moves if move.cause_kind == CauseKind.REVERSAL}
    for move in rows.moves:
        if move.cause_kind != CauseKind.CORRECTION:
            continue
        first = moves[move.cause_id]
        if first.id not in back or first.giver_id != move.giver_id or move.id < first.id:
            yield f"move {move.id} counts instead of {first.id}, which stands, or is not theirs"


def a_drill_counts_no_hour(_month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """Of a drill nothing is credited, whoever was there and whatever was confirmed."""
    drilled = {
        one.id: one.callup_id for one in rows.parts.values() if rows.callups[one.callup_id].drill
    }
    for one in rows.arrivals:
        credited = any(
            (move.cause_kind, move.cause_id) == (CauseKind.CALLUP, one.id) for move in rows.moves
        )
        if one.part_id in drilled and credited:
            yield f"arrival {one.id} at drill {drilled[one.part_id]} was credited"


def no_shift_is_overfull(month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """No shift holds more than its seats, nobody holds two, and what is over is closed."""
    for shift in rows.shifts.values():
        listed = rows.shift_seats[shift.id]
        seats = rows.posts[shift.post_id].seats
        taken = [one.person_id for one in listed if one.state in SEATED]
        if len(taken) > seats:
            yield f"shift {shift.id}: {len(taken)} hold {seats} seats"
        if len(taken) != len(set(taken)):
            yield f"shift {shift.id}: somebody holds two seats"
        if shift.state == ShiftState.OPEN and shift.ends_at <= month.clock.now():
            yield f"shift {shift.id} ended {shift.ends_at}, and was never closed"


def who_leads_a_short_shift_was_told(
    month: Month, rows: Rows, _policy: HelpPolicy
) -> Iterator[str]:
    """Of a shift that fewer ever signed up for than it needs, its lead heard a day before."""
    told = {(row.subject_id, row.recipient_id): row for row in rows.notices(ShiftNotice.SHORT)}
    for shift in rows.shifts.values():
        post, due = rows.posts[shift.post_id], shift.starts_at - SHORT_LEAD
        ever = {one.person_id for one in rows.shift_seats[shift.id]}
        known = post.created_at < due < month.clock.now() and shift.state != ShiftState.OFF
        if not known or len(ever) >= post.seats or month.was_out(due, due):
            continue
        notice = told.get((shift.id, post.lead_id))
        if notice is None:
            yield f"shift {shift.id}: {len(ever)} of {post.seats} signed up, its lead never heard"
        elif not due <= notice.created_at < shift.starts_at and not month.was_out(
            due, notice.created_at
        ):
            yield f"shift {shift.id}: short, its lead heard at {notice.created_at}, due {due}"


def a_call_up_takes_whom_it_wants(month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """No part holds more than its places, nobody is at two on one day, what is over is closed."""
    days = Counter[tuple[int, int, object]]()
    for part in rows.parts.values():
        taken = [one.person_id for one in rows.part_seats[part.id] if one.state in SEATED]
        days.update((part.callup_id, person, part.day) for person in taken)
        if len(taken) > part.quota:
            yield f"part {part.id}: {len(taken)} hold {part.quota} places"
        long_over = part.ends_at + 2 * OVER_AFTER < month.clock.now()
        called = rows.callups[part.callup_id].state == CallupState.CALLED
        if called and long_over and part.state == PartState.OPEN:
            yield f"part {part.id} ended {part.ends_at}, and was never closed"
    for (callup_id, person, day), times in days.items():
        if times > 1:
            yield f"call-up {callup_id}: {person} is at {times} sites on {day}"


def who_was_at_a_site_was_listed(_month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """Nobody is noted at a site who was on no list, or on their own word."""
    for one in rows.arrivals:
        if one.person_id not in {seat.person_id for seat in rows.part_seats[one.part_id]}:
            yield f"{one.person_id} was at part {one.part_id}, and on no list"
        if one.confirmed_by == one.person_id:
            yield f"arrival {one.id}: confirmed by {one.person_id} themselves"


def who_called_was_told_what_is_missing(
    month: Month, rows: Rows, _policy: HelpPolicy
) -> Iterator[str]:
    """Of a day for which too few said yes, whoever called heard before it began."""
    told = {(row.subject_id, row.recipient_id) for row in rows.notices(CallupNotice.SHORT)}
    for part in rows.parts.values():
        callup = rows.callups[part.callup_id]
        ever = {one.person_id for one in rows.part_seats[part.id]}
        due = part.starts_at - SHORT[0]
        began = callup.called_at is not None and callup.called_at < due < month.clock.now()
        if not began or callup.why_off or callup.enough_at or len(ever) >= part.quota:
            continue
        if (callup.id, callup.created_by) not in told and not month.was_out(due, due):
            yield f"part {part.id}: {len(ever)} of {part.quota} came, whoever called never heard"


CHECKS = (
    a_call_up_takes_whom_it_wants,
    who_was_at_a_site_was_listed,
    who_called_was_told_what_is_missing,
    accounts_sum_to_nought,
    every_minute_is_on_anothers_word,
    the_ledger_equals_a_recount,
    what_is_taken_back_stands_twice,
    what_counts_instead_has_one_line_that_was_wrong,
    a_drill_counts_no_hour,
    no_shift_is_overfull,
    who_leads_a_short_shift_was_told,
)
