"""One occasion: who is asked, takes, cannot, does, misses, covers."""

import pytest

from models.database import transaction
from models.people.queries import person_by_id
from models.records.changing import begin, wake
from models.records.reading import seen
from models.records.rules import Refusal
from models.routines.actions import occasions, plans
from models.routines.kind import occasions_of
from models.routines.rules import Move, OccasionOutcome, OccasionState
from tests.routines.walk import WALKS, Walk, relations

DUE, TAKEN, DONE, MISSED, COVERED, EXCUSED = OccasionState
LET_GO = OccasionOutcome.LET_GO


async def test_people_are_asked_in_order_each_once(walk: Walk) -> None:
    first = await walk.opened()
    assert [await walk.ask(first) for _ in range(5)] == ["li", "chen", "sun", None, None]
    assert await walk.asks(first) == {"li": "lapsed", "chen": "lapsed", "sun": "lapsed"}
    assert (await walk.state(first), await walk.holder(first)) == (DUE, "li")


async def test_who_was_asked_earlier_can_still_take_it(walk: Walk) -> None:
    first = await walk.opened()
    for _ in range(3):
        await walk.ask(first)
    assert await walk.does(first, Move.TAKE, "chen") is OccasionOutcome.TAKEN
    assert (await walk.state(first), await walk.holder(first)) == (TAKEN, "chen")
    for name in ("li", "sun", "chen"):
        assert await walk.does(first, Move.TAKE, name) is Refusal.ALREADY
    assert await walk.does(first, Move.TAKE, "qian") is Refusal.NOT_ALLOWED
    assert await walk.ask(first) is Refusal.ALREADY
    assert await walk.asks(first) == {"li": "lapsed", "chen": "took", "sun": "lapsed"}


async def test_whose_it_is_can_take_it_before_it_opens_and_do_it_from_then(walk: Walk) -> None:
    first = await walk.planned()
    assert await walk.does(first, Move.TAKE, "chen") is Refusal.NOT_ALLOWED
    assert await walk.does(first, Move.TAKE, "li") is OccasionOutcome.TAKEN
    assert await walk.does(first, Move.DO, "li") is Refusal.TOO_EARLY
    walk.at((await walk.seen(first)).opens_at)
    assert await walk.does(first, Move.DO, "li") is OccasionOutcome.DONE
    assert await walk.does(first, Move.DO, "li") is Refusal.ALREADY
    assert await walk.does(first, Move.CANNOT, "li") is Refusal.WRONG_TIME
    view = await walk.seen(first)
    assert (view.state, view.done_by) == (DONE, walk.hall.people["li"])
    assert view.settled_at == walk.hall.now
    assert await walk.ask(first) is Refusal.WRONG_TIME
    assert await walk.miss(first) is Refusal.WRONG_TIME


async def test_who_cannot_come_lets_it_go_and_the_next_is_asked(walk: Walk) -> None:
    first = await walk.opened()
    assert await walk.ask(first) == "li"
    await walk.does(first, Move.TAKE, "li")
    assert await walk.does(first, Move.CANNOT, "li") is LET_GO
    assert (await walk.state(first), await walk.holder(first)) == (DUE, None)
    assert await walk.ask(first) == "chen"
    assert await walk.does(first, Move.CANNOT, "chen") is LET_GO
    assert await walk.asks(first) == {"li": "declined", "chen": "declined"}
    assert await walk.ask(first) == "sun"
    assert await walk.does(first, Move.TAKE, "li") is OccasionOutcome.TAKEN
    assert await walk.does(first, Move.CANNOT, "sun") is Refusal.WRONG_TIME
    assert (await walk.state(first), await walk.holder(first)) == (TAKEN, "li")


async def test_a_substitute_who_cannot_takes_it_from_nobody(walk: Walk) -> None:
    first = await walk.opened()
    assert [await walk.ask(first), await walk.ask(first)] == ["li", "chen"]
    assert await walk.does(first, Move.CANNOT, "chen") is LET_GO
    assert (await walk.state(first), await walk.holder(first)) == (DUE, "li")
    missed = await walk.opened()
    walk.at((await walk.seen(missed)).ends_at)
    await walk.miss(missed)
    await walk.ask(missed)
    await walk.does(missed, Move.TAKE, "li")
    assert await walk.does(missed, Move.CANNOT, "chen") is LET_GO
    assert await walk.holder(missed) == "li"


async def test_who_never_was_asked_says_no_and_is_passed_over(walk: Walk) -> None:
    first = await walk.planned()
    assert await walk.does(first, Move.CANNOT, "li") is LET_GO
    assert await walk.holder(first) is None
    assert await walk.ask(first) == "chen"


async def test_others_are_asked_beside_the_order_each_once(walk: Walk) -> None:
    await walk.hall.add("wu")
    first = await walk.opened()
    assert await walk.ask(first) == "li"
    qian, wu, li = (walk.hall.people[name] for name in ("qian", "wu", "li"))

    async def ring(change):
        return await occasions.ask(change, [qian, wu, li, qian])

    assert await walk.clock(ring, first) == [qian, wu]
    assert await walk.asks(first) == {"li": "lapsed", "qian": "asked", "wu": "asked"}
    assert await walk.does(first, Move.TAKE, "wu") is OccasionOutcome.TAKEN
    assert await walk.does(first, Move.TAKE, "qian") is Refusal.ALREADY
    assert await walk.clock(ring, first) is Refusal.ALREADY
    assert await walk.people("chen") == []
    assert await walk.holder(first) == "wu"
    assert await walk.does(first, Move.DO, "wu") is OccasionOutcome.DONE
    assert await walk.clock(ring, first) is Refusal.WRONG_TIME


async def test_staff_note_for_others_what_they_said_and_did(walk: Walk) -> None:
    await walk.hall.add("zhao")
    first = await walk.opened()
    taken = await walk.does(first, Move.TAKE, "zhao", whose="qian")
    assert taken is OccasionOutcome.TAKEN
    assert await walk.does(first, Move.CANNOT, "zhao", whose="li") is Refusal.WRONG_TIME
    assert await walk.does(first, Move.CANNOT, "zhao", whose="qian") is LET_GO
    await walk.does(first, Move.TAKE, "zhao", whose="qian")
    assert await walk.does(first, Move.DO, "zhao", whose="sun") is OccasionOutcome.DONE
    view = await walk.seen(first)
    assert (view.person_id, view.done_by) == tuple(walk.hall.people[n] for n in ("qian", "sun"))


async def test_a_missed_one_is_nobodys_and_can_be_covered(walk: Walk) -> None:
    first = await walk.opened()
    await walk.ask(first)
    await walk.does(first, Move.TAKE, "li")
    assert await walk.miss(first) is Refusal.TOO_EARLY
    walk.at((await walk.seen(first)).ends_at)
    assert await walk.miss(first) is OccasionOutcome.MISSED
    assert (await walk.state(first), await walk.holder(first)) == (MISSED, None)
    assert await walk.miss(first) is Refusal.WRONG_TIME
    assert await walk.does(first, Move.DO, "li") is Refusal.WRONG_TIME
    assert await walk.ask(first) == "chen"
    assert await walk.does(first, Move.TAKE, "chen") is OccasionOutcome.TAKEN
    assert (await walk.state(first), await walk.holder(first)) == (MISSED, "chen")
    assert await walk.does(first, Move.TAKE, "li") is Refusal.ALREADY
    assert await walk.ask(first) is Refusal.ALREADY
    assert await walk.does(first, Move.COVER, "chen") is OccasionOutcome.COVERED
    view = await walk.seen(first)
    assert (view.state, view.done_by) == (COVERED, walk.hall.people["chen"])
    assert await walk.does(first, Move.COVER, "li") is Refusal.ALREADY


async def test_who_takes_a_missed_one_and_cannot_leaves_it_to_others(walk: Walk) -> None:
    first = await walk.missed()
    assert await walk.does(first, Move.TAKE, "li") is OccasionOutcome.TAKEN
    assert await walk.does(first, Move.CANNOT, "li") is LET_GO
    assert (await walk.state(first), await walk.holder(first)) == (MISSED, None)
    assert await walk.does(first, Move.COVER, "li") is OccasionOutcome.COVERED


@pytest.mark.parametrize("paused", [True, False])
async def test_a_missed_one_is_missed_when_the_next_opens(walk: Walk, *, paused: bool) -> None:
    first = await walk.missed()
    second = await walk.planned()
    assert second is not None
    if paused:
        assert await walk.plan(plans.pause, walk.hall.now) == [second]
    walk.at((await walk.seen(second)).opens_at)
    assert await walk.does(first, Move.TAKE, "li") is Refusal.TOO_LATE
    assert await walk.does(first, Move.COVER, "li") is Refusal.TOO_LATE
    assert await walk.state(first) is MISSED


async def test_one_that_is_excused_is_over(walk: Walk) -> None:
    await walk.hall.add("zhao", "wang")
    first = await walk.opened()
    await walk.ask(first)
    assert await walk.does(first, Move.EXCUSE, "li") is Refusal.NOT_ALLOWED
    assert await walk.does(first, Move.EXCUSE, "wang") is OccasionOutcome.EXCUSED
    assert await walk.state(first) is EXCUSED
    assert await walk.asks(first) == {"li": "lapsed"}
    assert await walk.does(first, Move.EXCUSE, "zhao") is Refusal.ALREADY
    assert await walk.does(first, Move.TAKE, "li") is Refusal.WRONG_TIME


async def test_a_missed_one_cannot_be_excused_afterwards(walk: Walk) -> None:
    await walk.hall.add("zhao")
    first = await walk.missed()
    assert await walk.does(first, Move.EXCUSE, "zhao") is Refusal.WRONG_TIME


async def test_of_another_subject_there_are_no_occasions(walk: Walk) -> None:
    await walk.hall.add("zhao")
    first = await walk.opened()
    await walk.ask(first)
    rounds = occasions_of("rounds", relations)
    now = walk.hall.now
    async with transaction(walk.hall.sessions) as session:
        for name in ("li", "zhao"):
            who = await person_by_id(session, walk.hall.people[name])
            assert who is not None
            assert await begin(session, rounds, first, Move.TAKE, who, now) is Refusal.MISSING
            look = await seen(session, rounds, first, Move.LOOK, who, now)
            assert look is Refusal.NOT_ALLOWED
            own = await seen(session, WALKS, first, Move.LOOK, who, now)
            assert not isinstance(own, Refusal)
        assert await wake(session, rounds, first, now) is None
        assert await wake(session, WALKS, 99_999, now) is None
    assert await walk.clock(occasions.ask_next, first) == walk.hall.people["chen"]
