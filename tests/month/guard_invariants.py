"""What must hold of rounds, dangers, registers and cars, counted again from the tables."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from models.cars.rules import CallState, CarPolicy
from models.hazards.rules import HazardLevel
from models.help.rules.limits import Channel
from models.help.rules.policy import HelpPolicy
from models.hours.rules.quiet import out_of_quiet
from models.inspections.notices import InspectionNotice
from models.inspections.rules import NAME as ROUNDS_NAME
from models.inspections.rules import SEEN_WITHIN
from models.registrations.rules import GRACE, VALID
from models.routines.rules import OccasionState
from tests.month.clock import local
from tests.month.month import Month
from tests.month.rows import Rows

LATE = timedelta(minutes=30)
"""A sweep comes every minute or so; what the house was down for is left out."""


def what_was_missed_was_told_before_the_next_round(
    month: Month, rows: Rows, _policy: HelpPolicy
) -> Iterator[str]:
    """Of a time that nobody walked, whoever answers for the place heard before the next begins."""
    told = {
        row.detail.get("occasion"): row for row in reversed(rows.notices(InspectionNotice.MISSED))
    }
    for one in rows.occasions.values():
        if one.subject != ROUNDS_NAME:
            continue
        waits = one.state in {OccasionState.DUE, OccasionState.TAKEN}
        over = one.ends_at + LATE < month.clock.now()
        if waits and over and not month.was_out(one.ends_at, month.clock.now()):
            yield f"round time {one.id} was over {one.ends_at}, and nobody noted it"
        if one.state not in {OccasionState.MISSED, OccasionState.COVERED}:
            continue
        notice = told.get(one.id)
        if notice is None:
            yield f"round time {one.id} was missed, and nobody heard"
        elif notice.created_at > one.ends_at + LATE and not month.was_out(
            one.ends_at, notice.created_at
        ):
            yield f"round time {one.id} was missed {one.ends_at}, told {notice.created_at}"


def what_was_missed_was_seen_or_the_street_heard(
    month: Month, rows: Rows, policy: HelpPolicy
) -> Iterator[str]:
    """Of a missed time the desk said that it knows, or the street heard before the next began."""
    told = {
        row.detail.get("occasion"): row for row in reversed(rows.notices(InspectionNotice.UNSEEN))
    }
    for miss in rows.misses.values():
        one = rows.occasions[miss.occasion_id]
        heard = told[one.id].created_at if one.id in told else None
        known = min((at for at in (miss.seen_at, heard) if at is not None), default=None)
        by = out_of_quiet(miss.missed_at + SEEN_WITHIN, policy.quiet) + LATE
        if known is None and by < month.clock.now() and not month.was_out(by - LATE, by):
            yield f"round time {one.id} was missed {miss.missed_at}: nobody saw, nobody heard"
        later = (
            other.opens_at
            for other in rows.occasions.values()
            if other.routine_id == one.routine_id and other.opens_at > one.opens_at
        )
        upon = min(later, default=None)
        late = known is not None and upon is not None and known > upon
        if late and not month.was_out(one.ends_at, known or by):
            yield f"round time {one.id} was missed: known {known}, the next began {upon}"


def nobody_judges_what_they_found(_month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """A danger by a date has its order from birth; neither finder nor owner signs it off, and
    whoever put it right does not look again."""
    for hazard in rows.hazards.values():
        if hazard.level != HazardLevel.BY_DATE or hazard.found_by is None:
            continue
        orders = rows.orders.get(hazard.request_id or 0, [])
        if not orders:
            yield f"hazard {hazard.id} has no order"
        for order in orders:
            if order.signed_by is not None and order.signed_by in {
                hazard.found_by, order.person_id, order.reported_by,
            }:  # fmt: skip
                yield f"order {order.id} of hazard {hazard.id} was signed by {order.signed_by}"
        put_right = {order.reported_by for order in orders}
        for look in rows.rechecks:
            if look.hazard_id == hazard.id and look.answered_by in put_right - {None}:
                yield f"hazard {hazard.id} was looked at by {look.answered_by}, who put it right"


def no_danger_of_the_desk_asks_a_neighbour(
    _month: Month, rows: Rows, _policy: HelpPolicy
) -> Iterator[str]:
    """Nobody is asked to help with what staff found, and nobody rates it."""
    for request in rows.requests.values():
        if request.channel != Channel.INSPECTION:
            continue
        if rows.offers.get(request.id) or rows.claims.get(request.id) or request.rating:
            yield f"request {request.id} is the desk's own, and neighbours were asked"


def numbers_have_no_gaps(_month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """Registrations of a kind and community are numbered from 1, none twice, none left out."""
    numbers: dict[tuple[int, int], list[int]] = {}
    for one in rows.registrations.values():
        if one.number is not None:
            numbers.setdefault((one.kind_id, one.community_id), []).append(one.number)
    for key, found in numbers.items():
        if sorted(found) != [*range(1, len(found) + 1)]:
            yield f"registrations of {key} have the numbers {sorted(found)}"


def what_is_over_does_not_stand(month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """Nothing stands a week and a day after its last day, unless the house was down."""
    today = local(month.clock.now()).date()
    for one in rows.registrations.values():
        if one.valid_until is None or one.state not in VALID:
            continue
        if today > one.valid_until + GRACE + timedelta(days=1):
            yield f"registration {one.id} was good until {one.valid_until}, and stands"


def nobody_asks_for_cars_too_often(month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """Nobody asks more than three times a day, and everybody hears how it ended."""
    counted = Counter((one.sender_id, one.day) for one in rows.car_calls.values())
    for (sender, day), times in counted.items():
        if times > CarPolicy().car_calls_a_day:
            yield f"{sender} asked for cars {times} times on {day}"
    silent = CarPolicy().car_silent_after
    for one in rows.car_calls.values():
        over = one.asked_at + silent + LATE
        waits = one.state == CallState.ASKED and over < month.clock.now()
        if waits and not month.was_out(one.asked_at, month.clock.now()):
            yield f"call {one.id} of {one.asked_at} waits still"


CHECKS = (
    what_was_missed_was_told_before_the_next_round,
    what_was_missed_was_seen_or_the_street_heard,
    nobody_judges_what_they_found,
    no_danger_of_the_desk_asks_a_neighbour,
    numbers_have_no_gaps,
    what_is_over_does_not_stand,
    nobody_asks_for_cars_too_often,
)
