"""One tap ends it for everybody at once; for a day she alone can take it back; then it is gone."""

import pytest
from sqlalchemy import select

from handlers.care.notices import _answered
from handlers.care.screens.homes import home_screen
from handlers.care.screens.pairs import pair_screen
from handlers.i18n import speaking
from models.care.actions import calls, ending, gifts, homes, ledger, needs, pairs, proposing
from models.care.actions.ledger import Decided
from models.care.actions.proposing import CareWish
from models.care.buddies import buddies_for
from models.care.gift_rules import GiftState
from models.care.gifts import GiftView, gift_view
from models.care.queries.calls import call_opened, calls_of
from models.care.queries.desk import homes_at_desk
from models.care.queries.homes import home_opened, pair_view, pairs_of
from models.care.queries.needs import need_voice
from models.care.records import buddies_of, own_home, visitors_of
from models.care.rules.notices import Notice
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import CareRhythm, closes_at
from models.care.rules.states import CareFound, HomeMove, HomeState, PairPart, PairState
from models.care.tables import CareHomeRow, CareNeedRow
from models.database import transaction
from models.leaving.actions import leave
from models.outbox.views import Notice as OutboxNotice
from models.people.actions.registering import set_place
from models.people.rules import Leaving
from models.people.tables import PersonRow
from models.records.rules import Refusal
from models.routines.rules import OccasionState
from tests.care.lane import Lane
from tests.care.test_gifts import near_the_festival
from tests.care.test_races import pending

ENDED, BACK = CareOutcome.ENDED, CareOutcome.TAKEN_BACK


async def ended(lane: Lane, name: str = "wang", home_id: int = 1) -> None:
    assert await lane.does(ending.end, name, home_id) is ENDED


async def test_one_tap_and_nobody_comes_or_hears_of_her_any_more(lane: Lane) -> None:
    await lane.agreed()
    await lane.instead("chen")
    occasion_id = await lane.opened()
    assert await lane.does(calls.coming, "li", occasion_id) is CareOutcome.COMING
    kept = await lane.street.told(Notice.ANSWERED)
    await ended(lane)
    assert await lane.stands(occasion_id) is OccasionState.EXCUSED
    assert await lane.street.told(Notice.ANSWERED) == [*kept, "zhao"], "told once"
    assert await pending(lane) == {"care.closes"}
    seen = await lane.call("li", occasion_id)
    assert (seen.state, seen.door, seen.wishes) == (OccasionState.EXCUSED, "", "")
    assert await lane.does(calls_of, "li") == []
    kinds = (Notice.CALL, Notice.COMING, Notice.MISSED, Notice.ANSWERED)
    before = [await lane.street.told(kind) for kind in kinds]
    await lane.passes(days=30)
    assert [await lane.street.told(kind) for kind in kinds] == before


async def test_it_has_ended_for_everybody_but_her(lane: Lane) -> None:
    await lane.agreed()
    await lane.instead("chen", part=PairPart.BUDDY)
    await lane.does(needs.note_need, "wang", 1, "", voice="spoken")
    wang = lane.street.people["wang"]
    await ended(lane)
    assert (await lane.does(homes_at_desk, "zhao")).lines == ()
    assert await lane.does(home_opened, "zhao", 1) is Refusal.WRONG_TIME
    kept = await lane.view("zhao")
    assert (kept.state, kept.pairs, kept.needs, kept.back_until) == (HomeState.ENDED, (), (), None)
    assert kept.moves == {HomeMove.LOOK}
    async with transaction(lane.street.sessions) as session:
        assert await visitors_of(session, wang) == []
        assert await buddies_of(session, [wang]) == {}
        assert list(await session.scalars(buddies_for(select(PersonRow.id)))) == []
    for name in ("li", "chen"):
        assert await lane.does(pairs_of, name) == []
        pair = await lane.does(pair_view, name, (await lane.pair(name)).id)
        assert pair.state is PairState.ENDED
        for act in (pairs.rest, pairs.part_with):
            assert await lane.does(act, name, pair.id) is Refusal.WRONG_TIME
    for name in ("li", "zhao"):
        assert await lane.does(need_voice, name, 1) is Refusal.NOT_ALLOWED
        assert await lane.does(needs.meet, name, 1) is Refusal.NOT_ALLOWED
    asked = await lane.does(proposing.propose, "zhao", wang, CareWish(CareRhythm.WEEKLY, 1))
    assert asked.outcome is CareOutcome.SAID_NO
    with speaking("en"):
        card = pair_screen(
            await lane.does(pair_view, "wang", (await lane.pair("li")).id), lane.street.now
        )
        assert "somebody else" not in card.text
    hers = await lane.view("wang")
    assert (hers.state, hers.back_until) == (HomeState.ENDING, closes_at(lane.street.now))
    with speaking("zh_Hans"):
        shown = home_screen(hers, lane.street.now)
    assert "已结束" in shown.text
    assert "↩️ 点错了" in str(shown.keyboard)


async def test_the_ledger_says_that_it_has_ended_and_opens_nothing_of_it(lane: Lane) -> None:
    await lane.agreed()
    await lane.does(needs.note_need, "wang", 1, "纱窗坏了")
    await ended(lane)
    place = lane.street.places["gui"].id
    year = lane.street.now.year
    await lane.does(ledger.ask, "zhao", place, year, "检查")
    decided = await lane.does(ledger.approve, "zhou", 1)
    assert isinstance(decided, Decided)
    assert decided.ledger is not None
    (line,) = decided.ledger.homes
    assert line.state is HomeState.ENDED
    assert line.sealed is not None
    assert (line.sealed.reasons, line.sealed.wishes, line.sealed.needs) == ((), "", ())


async def test_what_was_written_at_her_door_is_nobodys_to_read_or_to_add_to(lane: Lane) -> None:
    await lane.agreed()
    one = await lane.opened()
    await lane.made("li", one, CareFound.WELL)
    await lane.does(calls.write_down, "li", one, "精神很好")
    await ended(lane)
    read = await lane.does(call_opened, "zhao", one)
    assert (read.wrote, read.said_words) == (False, "")
    again = calls.write_down, "li", one, "还有"
    assert await lane.does(*again) is Refusal.WRONG_TIME
    await lane.closed()
    assert await lane.does(*again) is Refusal.WRONG_TIME, "else it would never be erased"


async def test_a_slip_is_taken_back_and_all_is_as_it_was(lane: Lane) -> None:
    await lane.agreed()
    await lane.instead("chen")
    occasion_id = await lane.opened()
    before = (await lane.home()).wishes
    reviews = (await lane.home()).review_at
    await ended(lane)
    for name in ("li", "zhao", "zhou"):
        assert await lane.does(ending.take_back, name, 1) is Refusal.NOT_ALLOWED
    await lane.passes(hours=1)
    assert await lane.does(ending.take_back, "wang", 1) is BACK
    row = await lane.home()
    assert (row.state, row.ended_at, row.ended_from) == (HomeState.AGREED, None, None)
    assert (row.wishes, row.review_at) == (before, reviews)
    for name in ("li", "chen"):
        pair = await lane.pair(name)
        assert (pair.state, pair.ended_at) == (PairState.AGREED, None)
    assert await lane.stands(occasion_id) is OccasionState.DUE
    assert "care.closes" not in await pending(lane)
    assert "care.review" in await pending(lane)
    assert await lane.street.told(Notice.ANSWERED) == ["zhao"] * 3
    await lane.passes(days=2)
    assert (await lane.home()).state == HomeState.AGREED
    assert await lane.does(ending.take_back, "wang", 1) is Refusal.WRONG_TIME


async def test_the_keeper_hears_that_it_was_a_slip(lane: Lane) -> None:
    await lane.agreed()
    await ended(lane)
    await lane.does(ending.take_back, "wang", 1)
    told = OutboxNotice(
        kind=Notice.ANSWERED,
        subject_id=1,
        recipient_id=lane.street.people["zhao"],
        detail={"back": True},
        now=lane.street.now,
        in_place=False,
    )
    with speaking("en"):
        assert "slip of the finger" in _answered(await lane.view("zhao"), told)


async def test_what_rested_rests_again(lane: Lane) -> None:
    await lane.agreed()
    await lane.does(homes.pause, "wang", 1)
    await ended(lane)
    assert await lane.does(ending.take_back, "wang", 1) is BACK
    assert (await lane.home()).state == HomeState.PAUSED
    assert {one.state for one in await lane.occasions()} == {OccasionState.EXCUSED}
    assert await pending(lane) == {"care.review"}
    assert await lane.does(homes.resume, "wang", 1) is CareOutcome.RESUMED


async def test_a_pair_that_rested_rests_again(lane: Lane) -> None:
    await lane.agreed()
    pair_id = (await lane.pair("li")).id
    await lane.does(pairs.rest, "li", pair_id)
    await ended(lane)
    await lane.does(ending.take_back, "wang", 1)
    assert (await lane.pair("li")).state == PairState.RESTING
    assert await lane.does(pairs.come_back, "li", pair_id) is CareOutcome.RETURNED


@pytest.mark.parametrize("late", [False, True])
async def test_after_the_day_pairs_end_and_what_is_sealed_goes(lane: Lane, *, late: bool) -> None:
    await lane.agreed()
    await lane.does(needs.note_need, "wang", 1, "纱窗坏了")
    await ended(lane)
    at = lane.street.now
    assert (await lane.home()).wishes is not None
    assert (await lane.pair("li")).state == PairState.AGREED
    if late:
        lane.street.now = closes_at(closes_at(at))
    await lane.closed()
    row = await lane.home()
    assert (row.state, row.ended_at, row.ended_from) == (HomeState.ENDED, at, None)
    assert (row.reasons, row.wishes) == (None, None)
    pair = await lane.pair("li")
    assert (pair.state, pair.ended_at) == (PairState.ENDED, at)
    async with transaction(lane.street.sessions) as session:
        assert (await session.scalars(select(CareNeedRow.words))).all() == [None]
        assert await own_home(session, lane.street.people["wang"]) is None
    assert await lane.does(ending.take_back, "wang", 1) is Refusal.WRONG_TIME
    assert (await lane.view("wang")).back_until is None


async def test_ended_once_more_it_has_a_whole_day_again(lane: Lane) -> None:
    await lane.agreed()
    await ended(lane)
    await lane.passes(hours=20)
    await lane.does(ending.take_back, "wang", 1)
    await ended(lane)
    await lane.passes(hours=20)
    assert (await lane.home()).state == HomeState.ENDING
    assert await lane.does(ending.end, "wang", 1) is Refusal.ALREADY
    await lane.passes(hours=5)
    assert (await lane.home()).state == HomeState.ENDED


async def test_whoever_asks_for_company_anew_begins_a_new_home(lane: Lane) -> None:
    await lane.agreed()
    await ended(lane)
    made = await lane.does(proposing.ask_for_company, "wang", CareRhythm.MONTHLY, "喝茶")
    assert (made.outcome, made.home_id) == (CareOutcome.ASKED_FOR, 2)
    assert ((await lane.home()).state, (await lane.home()).wishes) == (HomeState.ENDED, None)
    assert await lane.does(ending.take_back, "wang", 1) is Refusal.WRONG_TIME
    await lane.closed()
    assert (await lane.home(2)).state == HomeState.AGREED


async def test_leaving_meanwhile_erases_at_once(lane: Lane) -> None:
    await lane.agreed()
    await ended(lane)
    assert await lane.does(leave, "wang") is Leaving.LEFT
    row = await lane.home()
    assert (row.state, row.reasons, row.wishes) == (HomeState.ENDED, None, None)
    assert (await lane.pair("li")).state == PairState.ENDED
    assert await pending(lane) == set()


async def test_a_home_goes_along_and_tells_nobody(lane: Lane) -> None:
    await lane.agreed()
    await ended(lane)
    told = await lane.street.told(Notice.ANSWERED)
    async with transaction(lane.street.sessions) as session:
        actor = await lane.street.actor(session, "wang")
        await set_place(session, actor, lane.street.places["l1"].id, now=lane.street.now)
    assert (await lane.home()).place_id == lane.street.places["l1"].id
    assert await lane.street.told(Notice.ANSWERED) == told


@pytest.mark.parametrize("leaves", [False, True])
async def test_a_gift_is_called_off_and_on_again(lane: Lane, *, leaves: bool) -> None:
    await near_the_festival(lane)
    await lane.does(gifts.take, "li", 1)
    await ended(lane)
    found = await lane.does(gift_view, "li", 1)
    assert isinstance(found, GiftView)
    assert found.state is GiftState.OFF
    if leaves:
        await lane.does(leave, "li")
    await lane.does(ending.take_back, "wang", 1)
    found = await lane.does(gift_view, "zhao", 1)
    assert found.state is (GiftState.OPEN if leaves else GiftState.TAKEN)


async def test_a_pause_before_keeps_the_gift_off(lane: Lane) -> None:
    await near_the_festival(lane)
    await lane.does(homes.pause, "wang", 1)
    await ended(lane)
    await lane.does(ending.take_back, "wang", 1)
    assert (await lane.does(gift_view, "zhao", 1)).state is GiftState.OFF


async def test_homes_ended_before_this_version_stay_as_they_are(lane: Lane) -> None:
    await lane.agreed()
    async with transaction(lane.street.sessions) as session:
        row = await session.get_one(CareHomeRow, 1)
        row.state, row.ended_at = HomeState.ENDED, lane.street.now
    assert await lane.does(ending.take_back, "wang", 1) is Refusal.WRONG_TIME
