"""Counting again, slowly and in plain Python: working time, the ladder, the rates of the digest."""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from models.digests.rules.rates import Rate, RateCounts
from models.digests.rules.times import Notice as Digest
from models.help.rules.limits import Channel, Line
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import Waiting
from models.help.tables import LineRow, PauseRow, RequestRow
from models.hours.rules.clocks import Clock, DeskClock
from tests.digests.test_recount import Recount
from tests.month.clock import local, on_wall
from tests.month.month import Month
from tests.month.rows import Rows

DAY, WEEK = timedelta(days=1), timedelta(days=7)
NAMES = {
    Rate.RESPONSE: ("响应率", "Response rate"),
    Rate.SOLUTION: ("解决率", "Solution rate"),
    Rate.SATISFACTION: ("满意率", "Satisfaction rate"),
}
ANSWER_WAITS = {Waiting.ANSWER, Waiting.VERDICT}
"""What the promise to answer stands still for; the one to solve does for any."""
STOPS = {Line.DONE: False, Line.SOLVED: False, Line.CANCELLED: False, Line.EXPIRED: False}
Stretch = tuple[datetime, datetime]
GOES_ON = {Line.FILED: True, Line.UNSOLVED: True, Line.REOPENED: True, Line.ASKED_AGAIN: True}


def open_times(since: datetime, until: datetime, clock: DeskClock) -> Iterator[Stretch]:
    """List when a desk is open between two instants, day by day on the clocks of Shanghai."""
    week, day = clock.hours.week, since - DAY
    while day < until + DAY:
        date = local(day).date()
        if clock.is_workday(date):
            for one in week[date.weekday()] or next(filter(None, week)):
                yield max(since, _at(day, one.opens)), min(until, _at(day, one.closes))
        day += DAY


def _at(day: datetime, wall: time) -> datetime:
    return on_wall(day, wall.hour + wall.minute / 60)


def counted(since: datetime, until: datetime, pauses: list[PauseRow], clock: Clock) -> timedelta:
    """Count the time between two instants that a clock runs, the pauses that ended left out."""
    stretches = [(since, until)]
    if isinstance(clock, DeskClock):
        stretches = [(a, b) for a, b in open_times(since, until, clock) if a < b]
    ended = sorted((p.began_at, p.ended_at) for p in pauses if p.ended_at is not None)
    for begins, ends in ended:
        stretches = [
            piece
            for a, b in stretches
            for piece in ((a, min(b, begins)), (max(a, ends), b))
            if piece[0] < piece[1]
        ]
    return sum((b - a for a, b in stretches), timedelta())


def promises_hold(month: Month, rows: Rows, policy: HelpPolicy) -> Iterator[str]:
    """Between filing and each promise lies just the time promised; hand-overs moved nothing."""
    for request in rows.requests.values():
        if request.channel == Channel.INSPECTION:
            continue  # the desk's own: its date is that of its order
        urgency = Urgency(request.urgency)
        clock = policy.clock(urgency, month.town.hours_at(rows.path(request)))
        pauses = [p for p in rows.pauses[request.id] if p.ended_at is not None]
        unanswered = before_the_answer(request, pauses, rows.lines[request.id])
        for by, span, waits in (
            (request.answer_by, policy.answer[urgency], unanswered),
            (request.promised_by, policy.solve[urgency], pauses),
        ):
            heeded = [p for p in waits if p.began_at < by]
            found = counted(request.created_at, by, heeded, clock)
            if abs(found - span.by(clock)) > timedelta(seconds=1):
                yield f"request {request.id}: {found} from filing to {by}, promised {span}"


def before_the_answer(
    request: RequestRow, pauses: list[PauseRow], lines: list[LineRow]
) -> list[PauseRow]:
    """List the waits that ended while the request had no answer: these moved the promise of one.

    What came first is told by the order in which it was written down: an answer given while the
    machine's clock was ahead bears a later instant than a wait that both began and ended after it.
    """
    holding = [p for p in pauses if p.why in ANSWER_WAITS and p.ended_at is not None]
    answered, written = request.answered_at, [line.at for line in lines]

    def unanswered(ended: datetime) -> bool:
        if answered is None:
            return True
        if answered in written and ended in written:
            return written.index(ended) < written.index(answered)
        return ended < answered

    return [p for p in holding if p.ended_at is not None and unanswered(p.ended_at)]


def the_ladder_was_climbed(month: Month, rows: Rows, policy: HelpPolicy) -> Iterator[str]:
    """Of every breach the owner, the secretary and in time the street were told, each once."""
    told: dict[tuple[int, str], list[int]] = {}
    for row in rows.notices("help.breach"):
        of = (row.subject_id or 0, (row.detail or {})["clock"])
        told.setdefault(of, []).append(row.recipient_id or 0)
    for (request_id, promise), people in told.items():
        if len(people) != len(set(people)):
            yield f"request {request_id}: somebody was told twice of the breach of {promise}"
    for request in rows.requests.values():
        if request.channel == Channel.INSPECTION or not _broke(month, rows, request):
            continue
        people = told.get((request.id, "solve"), [])
        missing = month.secretaries_of(rows.path(request)) - set(people)
        if missing:
            yield f"request {request.id}: {missing} not told that {request.promised_by} was broken"
        if not set(people) & _owners(rows, request):
            told_to = f"{sorted(people)} were, not {sorted(_owners(rows, request))}"
            by = request.promised_by
            yield f"request {request.id}: no owner told that {by} was broken: {told_to}"


def _broke(month: Month, rows: Rows, request: RequestRow) -> bool:
    """Tell whether the promise to solve was ours to keep when it ran out, and was not kept."""
    by = request.promised_by
    if by + DAY > month.clock.now() or month.was_out(by, by):
        return False
    running = False
    for line in rows.lines[request.id]:
        if line.at <= by + timedelta(seconds=30):
            running = (STOPS | GOES_ON).get(Line(line.what), running)
    waits = rows.pauses[request.id]
    paused = any(p.began_at <= by and (p.ended_at is None or p.ended_at > by) for p in waits)
    return running and not paused


def _owners(rows: Rows, request: RequestRow) -> set[int]:
    lines = rows.lines[request.id]
    named = {(line.detail or {}).get("person") for line in lines if line.what == Line.OWNER}
    first = {row.recipient_id for row in rows.notices("help.new") if row.subject_id == request.id}
    filed = {line.actor_id for line in lines if line.what == Line.FILED}
    return {one for one in (*named, *first, *filed, request.owner_id) if one}


def rates_are_right(month: Month, rows: Rows, monday: datetime) -> Iterator[str]:
    """The week's rates, as the secretaries' digests of a Monday say them, equal a recount."""
    end = on_wall(monday, 0)
    lines = [line for lines in rows.lines.values() for line in lines]
    pauses = [pause for pauses in rows.pauses.values() for pause in pauses]
    recount = Recount(_of_residents(rows), lines, pauses)
    return _wrong_digests(month, rows, recount, end)


def _of_residents(rows: Rows) -> list[RequestRow]:
    """List what residents asked for: what staff find counts in no rate."""
    return [one for one in rows.requests.values() if one.channel != Channel.INSPECTION]


def _wrong_digests(month: Month, rows: Rows, recount: Recount, end: datetime) -> Iterator[str]:
    texts = {sent.message_id: sent.text for sent in month.crowd.sent if not sent.edit}
    for row in rows.notices(Digest.RATES):
        text = texts.get(row.message_id or 0)
        if text is None or not end <= row.created_at < end + DAY:
            continue
        upper = rows.places[row.subject_id or 0].path
        below = [r for r in _of_residents(rows) if rows.path(r).startswith(upper)]
        for week in (end, end - WEEK):
            tally = recount.count(below, week - WEEK, week)
            for rate in Rate:
                shown = shown_in(text, rate)["now" if week == end else "before"]
                if shown != pair(tally, rate):
                    yield f"digest {row.id}: {rate} {shown}, recounted {pair(tally, rate)}"


def pair(tally: RateCounts, rate: Rate) -> tuple[int, int] | None:
    """Give the two numbers of a rate; None of nothing."""
    count = tally.of(rate)
    return (count.good, count.all) if count.all else None


def shown_in(text: str, rate: Rate) -> dict[str, tuple[int, int] | None]:
    """Read a rate's numbers for the week and the one before out of a digest."""
    line = next((one for one in text.splitlines() if one.startswith(NAMES[rate])), "")
    now, _, before = re.split(r"(；上一周|; the week before )", line + "；上一周")[:3]
    return {"now": _numbers(now), "before": _numbers(before)}


def _numbers(words: str) -> tuple[int, int] | None:
    if found := re.search(r"(\d+)件中(\d+)件", words):
        return int(found[2]), int(found[1])
    found = re.search(r"(\d+) of (\d+)", words)
    return (int(found[1]), int(found[2])) if found else None
