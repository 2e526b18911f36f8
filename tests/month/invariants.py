"""What must hold of a lived month; each check tells what it found, by request and person."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta

from models.categories import CATALOGUE
from models.gatherings.rules import State as GatheringState
from models.help.rules.limits import Line
from models.help.rules.notices import Notice
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import HOLDING, LIVE, ClaimState, State
from models.hours.rules.quiet import in_quiet_hours
from models.outbox.rules import Lane
from models.seats.rules import OPEN, SEATED, SeatState
from tests.month.month import Month
from tests.month.rows import Rows

SECOND = timedelta(seconds=1)
LATE = 5 * SECOND
"""How much later than due a reminder may fire while the house is up: several fall due at once."""

Check = Callable[[Month, Rows, HelpPolicy], Iterator[str]]


def nothing_failed(month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """No turn, no reminder and no message came to grief."""
    if waiting := len(month.world.bot.queue):
        yield f"{waiting} updates were never taken"
    for update in rows.failed_updates:
        yield f"update {update.id} failed: {update.reason[-200:]}"
    for reminder in rows.reminders:
        if reminder.state == "failed":
            yield f"reminder {reminder.id} {reminder.kind} failed: {reminder.reason}"
    for row in rows.outbox:
        if row.state == "failed":
            yield f"message {row.id} {row.kind or row.method} failed: {row.reason}"


def reminders_settled_in_time(month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """What was due has fired, and at once, unless the house was down or its clock was wrong."""
    now = month.clock.now()
    for one in rows.reminders:
        told = f"reminder {one.id} {one.kind} about {one.subject_id} due {one.due_at}"
        if one.state == "pending" and one.due_at <= now:
            yield f"{told} is still pending"
        if one.state == "fired" and one.settled_at is not None:
            excused = month.was_out(one.due_at, one.settled_at)
            if one.settled_at > one.due_at + LATE and not excused:
                yield f"{told} fired late, at {one.settled_at}"
            if one.settled_at < one.due_at and not excused:
                yield f"{told} fired early, at {one.settled_at}"


def hands_are_counted(_month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """Hands and states are as the claims say; nobody is bound by what has ended."""
    for request in rows.requests.values():
        claims = rows.claims[request.id]
        filled = [c for c in claims if c.state in {*HOLDING, ClaimState.DONE}]
        bound = [c.person_id for c in claims if c.state in {*HOLDING, ClaimState.WAITING}]
        if not request.held == len(filled) <= request.hands:
            yield f"request {request.id}: held {request.held}, claims {len(filled)}"
        if len(bound) != len(set(bound)):
            yield f"request {request.id}: somebody has two open claims"
        if request.state not in LIVE and bound:
            yield f"request {request.id} is {request.state} and still binds {bound}"
        waiting = any(c.state == ClaimState.WAITING for c in claims)
        if waiting and request.held < request.hands:
            yield f"request {request.id}: somebody waits though a hand is missing"


def no_sound_at_night(month: Month, rows: Rows, policy: HelpPolicy) -> Iterator[str]:
    """In quiet hours only emergencies and answers to people's own acts ring."""
    lanes = {row.message_id: row for row in rows.outbox if row.method != "editMessageText"}
    for sent in month.crowd.sent:
        if sent.edit or sent.message_id in month.house.wire.silent:
            continue
        row = lanes.get(sent.message_id)
        if row is None or not in_quiet_hours(sent.at, policy.quiet):
            continue
        if row.lane not in {Lane.ANSWER, Lane.URGENT}:
            yield f"message {row.id} {row.kind} about {row.subject_id} rang at {sent.at}"
        if row.lane == Lane.URGENT and row.kind in set(Notice):
            request = rows.requests[row.subject_id or 0]
            if request.urgency != Urgency.EMERGENCY:
                yield f"message {row.id} {row.kind}: request {request.id} is no emergency"


def somebody_answers(_month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """Every request has an owner; what was not solved or rated low is somebody's to put right."""
    for request in rows.requests.values():
        if request.owner_id is None:
            yield f"request {request.id} has no owner"
        for line in rows.lines[request.id]:
            low = line.what == Line.RATED and (line.detail or {}).get("stars", 5) <= 2
            if not low and line.what not in {Line.UNSOLVED, Line.REOPENED}:
                continue
            standing = [
                order
                for order in rows.orders[request.id]
                if order.opened_at <= line.at and (order.signed_at or line.at) >= line.at
            ]
            if not standing:
                yield f"request {request.id}: {line.what} at {line.at} opened no order"
        for order in rows.orders[request.id]:
            if order.person_id is None and order.body is None:
                yield f"order {order.id} of request {request.id} is nobody's"


def silence_was_called_back(_month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """What was closed without the resident's word stood on the call-back list before.

    Whoever has left the town for good has no telephone to be called on.
    """
    for request in rows.requests.values():
        said = {line.what for line in rows.lines[request.id]}
        gone = rows.people[request.beneficiary_id].left_at is not None
        silent = request.state == State.CLOSED and request.solved is None
        if silent and not gone and Line.UNCONFIRMED not in said:
            yield f"request {request.id} was closed in silence, never called back"


def nobody_waits_unseen(month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """What goes on is watched by a reminder, or waits on somebody's list."""
    watched = {(r.kind, r.subject_id) for r in rows.reminders if r.state == "pending"}
    for request in rows.requests.values():
        lasting = [p for p in rows.pauses[request.id] if p.ended_at is None]
        if request.state in LIVE | {State.UNSOLVED} and not lasting:
            told = {str(line.detail) for line in rows.lines[request.id] if line.what == Line.LADDER}
            if ("help.clock", request.id) not in watched and "street" not in str(told):
                yield f"request {request.id} is {request.state}, and no clock runs for it"
        silent = request.state == State.DONE and not request.unconfirmed
        if silent and ("help.unconfirmed", request.id) not in watched:
            yield f"request {request.id} is done, and nobody asks whether it is"
        missing = request.state in LIVE and request.held < request.hands
        if missing and CATALOGUE[request.category].for_volunteers:
            kinds = Counter(line.what for line in rows.lines[request.id])
            if ("help.unclaimed", request.id) not in watched and not kinds[Line.UNCLAIMED]:
                yield f"request {request.id} lacks hands, and nobody is asked or told"


def seats_are_counted(_month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """No seat is held by two, and no more are taken than there are."""
    for one in rows.gatherings.values():
        listed, seats = rows.seat_lists[one.id], rows.seats[one.id]
        taken = sum(seat.size for seat in seats if seat.state in SEATED)
        if taken != listed.taken or (listed.seats or taken) + listed.beyond < taken:
            yield f"gathering {one.id}: {taken} of {listed.seats} taken, noted {listed.taken}"
        open_ones = [seat.person_id for seat in seats if seat.state in OPEN]
        if len(open_ones) != len(set(open_ones)):
            yield f"gathering {one.id}: somebody has two seats"


def lines_move_up(month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """No line is jumped, nobody waits at a free seat or for what is over, and all is closed."""
    for one in rows.gatherings.values():
        listed, seats = rows.seat_lists[one.id], rows.seats[one.id]
        kept = [seat.line for seat in seats if seat.taken_at is not None]
        waiting = [seat.line for seat in seats if seat.state == SeatState.WAITING]
        if waiting and one.state != GatheringState.ANNOUNCED:
            yield f"gathering {one.id} is {one.state}, and somebody still waits"
        if waiting and listed.taken < (listed.seats or 0):
            yield f"gathering {one.id}: somebody waits though a seat is free"
        if waiting and kept and min(waiting) < min(kept):
            yield f"gathering {one.id}: the line was jumped"
        if one.state == GatheringState.ANNOUNCED and one.ends_at <= month.clock.now():
            yield f"gathering {one.id} is over, and was never closed"


CHECKS: tuple[Check, ...] = (
    nothing_failed,
    reminders_settled_in_time,
    hands_are_counted,
    no_sound_at_night,
    somebody_answers,
    silence_was_called_back,
    nobody_waits_unseen,
    seats_are_counted,
    lines_move_up,
)
