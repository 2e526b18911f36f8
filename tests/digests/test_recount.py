"""The rates of the digest equal a recount from the raw rows."""

import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.categories import CATALOGUE
from models.database import Session, transaction
from models.digests.queries.rates import facts_of, report
from models.digests.rules.rates import Count, Rate, RateCounts, tally
from models.digests.rules.times import week_before
from models.help.rules.limits import Line
from models.help.tables import LineRow, PauseRow, RequestRow
from models.places.tables import PlaceRow
from tests.help.street import Street

ZONE = "Asia/Shanghai"
SHANGHAI = ZoneInfo(ZONE)
MONDAY = date(2026, 11, 16)
"""The week after this Monday's is told on the next."""

SAID = [
    *[Line.SOLVED] * 3,
    Line.UNSOLVED,
    Line.REOPENED,
    Line.UNCONFIRMED,
    Line.GIVEN_UP,
    *[Line.RATED] * 3,
]

CATEGORIES = ["errands.shopping", "repairs.plumbing", "public.noise", "no.longer.there"]


async def a_random_month(street: Street, seed: int, count: int = 150) -> None:
    """Write requests straight into the tables, with any mixture of what can happen to them."""
    dice = random.Random(seed)
    first = datetime(2026, 10, 26, tzinfo=SHANGHAI)

    def some_time() -> datetime:
        return first + timedelta(hours=dice.randrange(5 * 7 * 24))

    def perhaps(chance: float) -> datetime | None:
        return some_time() if dice.random() < chance else None

    homes = [street.places[code].id for code in ("gui", "g1", "b1", "b2", "b4", "l1", "lan")]
    async with transaction(street.sessions) as session:
        for number in range(count):
            state = dice.choice(["open", "done", "closed", "cancelled", "unsolved"])
            request = RequestRow(
                community_id=street.places["gui"].id,
                number=1000 + number,
                token=f"raw-{number}",
                requester_id=street.people["wang"],
                beneficiary_id=street.people["wang"],
                owner_id=street.people["zhao"],
                place_id=dice.choice(homes),
                channel="self",
                category=dice.choice(CATEGORIES),
                text="",
                urgency="ordinary",
                hands=1,
                state=state,
                answer_by=some_time(),
                answered_at=perhaps(0.7),
                promised_by=some_time(),
                created_at=first,
                changed_at=first,
                closed_at=some_time() if state in {"closed", "cancelled"} else None,
            )
            session.add(request)
            await session.flush()
            for at in sorted(some_time() for _ in range(dice.randrange(4))):
                what = dice.choice(SAID)
                detail = {"stars": dice.randint(1, 5)} if what is Line.RATED else None
                session.add(
                    LineRow(request_id=request.id, at=at, what=what, detail=detail, internal=False)
                )
            if dice.random() < 0.3:
                session.add(
                    PauseRow(
                        request_id=request.id,
                        why="answer",
                        began_at=some_time(),
                        ended_at=perhaps(0.5),
                    )
                )


class Recount:
    """Counts by hand, row by row: slow, and written from docs/rates.md alone."""

    def __init__(self, rows: list[RequestRow], lines: list[LineRow], pauses: list[PauseRow]):
        self.rows, self.lines, self.pauses = rows, lines, pauses

    def count(self, rows: Iterable[RequestRow], start: datetime, end: datetime) -> RateCounts:
        answered = [0, 0]
        solved = [0, 0, 0]
        content = [0, 0]
        for row in rows:
            self._response(row, start, end, answered)
            self._solution(row, start, end, solved)
            stars = [
                line.detail["stars"]
                for line in self._said(row)
                if line.what == "rated" and start <= line.at < end
            ]
            if stars:
                content[0] += 1 if stars[-1] in {4, 5} else 0
                content[1] += 1
        return RateCounts(Count(*answered), Count(*solved), Count(*content))

    def _said(self, row: RequestRow) -> list[LineRow]:
        return [line for line in self.lines if line.request_id == row.id]

    def _response(
        self, row: RequestRow, start: datetime, end: datetime, counted: list[int]
    ) -> None:
        if row.answered_at and row.answered_at <= row.answer_by:
            if start <= row.answered_at < end:
                counted[0] += 1
                counted[1] += 1
            return
        if not start <= row.answer_by < end:
            return
        if row.state == "cancelled" and row.closed_at and row.closed_at <= row.answer_by:
            return
        counted[1] += 1

    def _solution(  # noqa: C901 - plain on purpose, not in the words of the rule
        self, row: RequestRow, start: datetime, end: datetime, counted: list[int]
    ) -> None:
        last = None
        for line in self._said(row):
            known = {"solved", "unsolved", "reopened", "unconfirmed", "given_up"}
            if line.what in known and line.at < end:
                last = line
        if last is not None and last.at >= start:
            counted[1] += 1
            if last.what == "solved":
                counted[0] += 1
            if last.what in {"unconfirmed", "given_up"}:
                counted[2] += 1
            return
        if not start <= row.promised_by < end:
            return
        if last is not None and last.what not in {"unsolved", "reopened"}:
            return
        if row.state == "cancelled" and row.closed_at and row.closed_at <= row.promised_by:
            return
        for pause in self.pauses:
            lasts = pause.ended_at is None and pause.began_at <= row.promised_by
            if pause.request_id == row.id and lasts:
                return
        counted[1] += 1


async def by_hand(session: Session) -> Recount:
    rows = (await session.scalars(select(RequestRow).order_by(RequestRow.id))).all()
    lines = (await session.scalars(select(LineRow).order_by(LineRow.id))).all()
    pauses = (await session.scalars(select(PauseRow))).all()
    return Recount(list(rows), list(lines), list(pauses))


async def below(session: Session, rows: list[RequestRow], path: str) -> list[RequestRow]:
    places = {place.id: place.path for place in await session.scalars(select(PlaceRow))}
    return [row for row in rows if places[row.place_id].startswith(path)]


async def test_the_rates_equal_a_recount_from_the_raw_rows(street: Street) -> None:
    await a_random_month(street, seed=3)
    start = datetime(2026, 11, 9, tzinfo=SHANGHAI)
    week = timedelta(days=7)
    async with transaction(street.sessions) as session:
        recount = await by_hand(session)
        for code in ("street", "gui", "lan", "g1", "b1"):
            place = street.places[code]
            shown = await report(session, place.id, MONDAY, ZONE)
            assert shown is not None
            rows = await below(session, recount.rows, place.path)
            assert shown.whole.now == recount.count(rows, start, start + week)
            assert shown.whole.before == recount.count(rows, start - week, start)
            for row in shown.bodies:
                theirs = [
                    one
                    for one in rows
                    if CATALOGUE.get(one.category, CATALOGUE["other"]).body is row.what
                ]
                assert row.now == recount.count(theirs, start, start + week)
                assert row.before == recount.count(theirs, start - week, start)


async def test_parts_are_communities_from_above_and_grids_from_within(street: Street) -> None:
    await a_random_month(street, seed=4)
    async with transaction(street.sessions) as session:
        for code, names in (
            ("street", {"桂花社区", "兰花社区"}),
            ("gui", {"第一网格", "第二网格", "桂花社区"}),
        ):
            shown = await report(session, street.places[code].id, MONDAY, ZONE)
            assert shown is not None
            assert {row.what.zh for row in shown.places} == names
            for rate in Rate:
                parts = [row.now.of(rate) for row in shown.places]
                assert sum(parts, Count()) == shown.whole.now.of(rate)
        alone = await report(session, street.places["b1"].id, MONDAY, ZONE)
        assert alone is not None
        assert alone.places == ()


async def test_the_same_week_reads_the_same_a_week_later(street: Street) -> None:
    await a_random_month(street, seed=5)
    gui = street.places["gui"]
    async with transaction(street.sessions) as session:
        first = await report(session, gui.id, MONDAY, ZONE)
        second = await report(session, gui.id, MONDAY + timedelta(days=7), ZONE)
        assert first is not None
        assert second is not None
        assert second.whole.before == first.whole.now
        week = week_before(MONDAY, ZONE)
        assert tally(await facts_of(session, gui.path, week), week) == first.whole.now


async def test_a_place_that_is_not_there_has_no_rates(street: Street) -> None:
    async with transaction(street.sessions) as session:
        assert await report(session, 999_999, MONDAY, ZONE) is None
        nothing = await report(session, street.places["gui"].id, MONDAY, ZONE)
        assert nothing is not None
        assert nothing.whole.now == RateCounts()
        assert nothing.bodies == ()
