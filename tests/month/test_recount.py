"""The month's recount tells what came first, also while the machine's clock is wrong."""

from datetime import UTC, datetime, timedelta

from models.help.rules.limits import Line
from models.help.rules.states import Waiting
from models.help.tables import LineRow, PauseRow, RequestRow
from tests.month.recount import before_the_answer

EIGHT = datetime(2026, 9, 8, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _line(at: datetime, what: Line) -> LineRow:
    return LineRow(request_id=7, at=at, what=what, internal=False)


def _verdict(since: datetime, until: datetime | None) -> PauseRow:
    return PauseRow(request_id=7, why=Waiting.VERDICT, began_at=since, ended_at=until)


def test_an_answer_with_a_clock_ahead_came_before_a_later_wait() -> None:
    ahead = EIGHT + 3 * HOUR
    lines = [
        _line(EIGHT, Line.FILED),
        _line(ahead, Line.CLAIMED),
        _line(EIGHT + HOUR, Line.DONE),
        _line(EIGHT + 2 * HOUR, Line.SOLVED),
    ]
    wait = _verdict(EIGHT + HOUR, EIGHT + 2 * HOUR)
    assert before_the_answer(RequestRow(answered_at=ahead), [wait], lines) == []


def test_a_wait_that_ended_before_the_answer_moved_its_promise() -> None:
    lines = [
        _line(EIGHT, Line.FILED),
        _line(EIGHT + HOUR, Line.REOPENED),
        _line(EIGHT + 2 * HOUR, Line.CLAIMED),
    ]
    ended, lasting = _verdict(EIGHT, EIGHT + HOUR), _verdict(EIGHT + HOUR, None)
    answered = RequestRow(answered_at=EIGHT + 2 * HOUR)
    assert before_the_answer(answered, [ended, lasting], lines) == [ended]
    assert before_the_answer(RequestRow(answered_at=None), [ended, lasting], lines) == [ended]


def test_where_the_timeline_is_silent_the_instants_tell() -> None:
    answered = RequestRow(answered_at=EIGHT + 2 * HOUR)
    early, late = _verdict(EIGHT, EIGHT + HOUR), _verdict(EIGHT, EIGHT + 3 * HOUR)
    assert before_the_answer(answered, [early, late], []) == [early]


def test_a_later_start_never_holds_the_answer() -> None:
    wait = PauseRow(request_id=7, why=Waiting.START, began_at=EIGHT, ended_at=EIGHT + HOUR)
    assert before_the_answer(RequestRow(answered_at=None), [wait], []) == []
