"""The yearly list of practical things."""

from datetime import UTC, datetime, timedelta

from models.audit.rules import AuditAct
from models.database import transaction
from models.people.rules import Role
from models.proposals.queries.yearly import yearly, yearly_places
from models.proposals.rules.outcomes import Refusal
from models.proposals.rules.states import State
from models.proposals.rules.yearly import PER_PAGE
from models.proposals.views import YearPage
from tests.audit.reading import acts
from tests.proposals.delivery_acts import adopted, delivered, rate, underway
from tests.proposals.square import Square

NEW_YEAR = datetime(2026, 12, 31, 16, tzinfo=UTC)
"""Midnight in Shanghai."""


async def shown(
    square: Square, who: str, year: int | None = None, place: str | None = None, page: int = 0
) -> YearPage | Refusal:
    place_id = square.places[place].id if place else None
    return await square.act(who, yearly, year, place_id, page)


async def test_it_counts_what_became_of_every_thing(square: Square) -> None:
    for state in (State.SECONDING, State.DECLINED, State.LAPSED):
        await square.put(state=state, decided_at=square.now)
    rated = await delivered(square)
    await rate(square, "wang", rated, 5)
    await rate(square, "li", rated, 4)
    await underway(square, days=2)
    await underway(square, days=60)
    waiting = await adopted(square)
    square.later(days=3)
    page = await shown(square, "li")
    assert isinstance(page, YearPage)
    totals = page.totals
    assert (totals.promised, totals.waiting, totals.underway) == (4, 1, 2)
    assert (totals.delivered, totals.overdue) == (1, 1)
    assert (totals.ratings, totals.mean) == (2, 4.5)
    assert [one.line.overdue for one in page.lines] == [False, True, False, False]
    assert page.lines[0].promise == "年底前装好"
    assert page.lines[0].person is not None
    assert page.lines[3].line.proposal_id == waiting
    assert page.own


async def test_a_year_ends_at_midnight_on_the_clock_of_the_place(square: Square) -> None:
    last = await square.put(state=State.ADOPTED, decided_at=NEW_YEAR - timedelta(seconds=1))
    first = await square.put(state=State.ADOPTED, decided_at=NEW_YEAR)
    square.now = NEW_YEAR + timedelta(days=3)
    for year, expected in ((2026, last), (2027, first), (None, first)):
        page = await shown(square, "li", year)
        assert isinstance(page, YearPage)
        assert [one.line.proposal_id for one in page.lines] == [expected]
        assert page.earlier == (expected == first)
        assert page.later == (expected == last)


async def test_a_long_year_has_pages(square: Square) -> None:
    ids = [await square.put(state=State.ADOPTED, decided_at=square.now) for _ in range(14)]
    seen = []
    for number in range(3):
        page = await shown(square, "li", page=number)
        assert isinstance(page, YearPage)
        assert page.pages == 3
        assert len(page.lines) <= PER_PAGE
        seen += [one.line.proposal_id for one in page.lines]
    assert seen == ids
    beyond = await shown(square, "li", page=99)
    assert isinstance(beyond, YearPage)
    assert beyond.page == 2


async def test_neighbours_read_their_own_and_staff_those_of_their_places(square: Square) -> None:
    await square.put(state=State.ADOPTED, decided_at=square.now)
    await square.add("ma", "l1")
    await square.grant("ma", Role.SECRETARY, "street")
    await square.add("sun", "l1")
    await square.grant("sun", Role.STAFF, "g1")
    denied = Refusal.NOT_ALLOWED
    assert await shown(square, "lan", place="gui") is denied
    assert await shown(square, "zhou", place="lan") is denied
    assert await shown(square, "li", place="street") is denied
    async with transaction(square.sessions) as session:
        assert await acts(session, AuditAct.DENIED) == 3
    for who, place in (("li", "b2"), ("ma", "gui"), ("ma", "street"), ("sun", "gui")):
        page = await shown(square, who, place=place)
        assert isinstance(page, YearPage)
        assert len(page.lines) == 1
    at_home = await shown(square, "ma")
    assert isinstance(at_home, YearPage)
    assert at_home.lines == ()
    assert at_home.elsewhere
    places = await list_places(square, "ma")
    assert places == {square.places["gui"].id, square.places["lan"].id}
    assert await list_places(square, "li") == {square.places["gui"].id}


async def test_who_lives_nowhere_reads_what_they_work_for(square: Square) -> None:
    await square.add("no", None)
    assert await shown(square, "no") is Refusal.MISSING
    await square.grant("no", Role.STAFF, "lan")
    page = await shown(square, "no")
    assert isinstance(page, YearPage)
    assert page.where.place_id == square.places["lan"].id


async def list_places(square: Square, who: str) -> set[int]:
    async with transaction(square.sessions) as session:
        found = await yearly_places(session, await square.actor(session, who), 2026)
        return {one.place_id for one in found.places}
