"""Who keeps a home, and whom what happens there is told, while people come, go and move."""

from sqlalchemy import update

from handlers.care.screens.homes import home_screen
from handlers.i18n import speaking
from handlers.notices import render
from handlers.rooms import routers
from handlers.screen import Screen
from models.care.actions import calls, confiding, ending, homes
from models.care.actions.proposing import why_not_asked
from models.care.concerns import hearers
from models.care.records import keeper_of
from models.care.rules.notices import Notice
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import CareRhythm
from models.care.rules.states import CareFound, Concern, HomeMove, HomeSaid, HomeState
from models.care.tables import CareHomeRow
from models.database import transaction
from models.outbox.views import Notice as OutboxNotice
from models.people.actions.registering import register, set_place
from models.people.rules import Registering, Role
from models.people.tables import GrantRow, PersonRow
from models.records.rules import Refusal
from models.routines.rules import OccasionState
from tests.care.lane import Lane

routers()
"""All renderers are entered."""


async def _works_no_more(lane: Lane, name: str) -> None:
    async with transaction(lane.street.sessions) as session:
        theirs = GrantRow.person_id == lane.street.people[name]
        await session.execute(update(GrantRow).where(theirs).values(revoked_at=lane.street.now))


async def _keeper(lane: Lane, home_id: int = 1) -> str:
    names = {person_id: name for name, person_id in lane.street.people.items()}
    async with transaction(lane.street.sessions) as session:
        home = await session.get_one(CareHomeRow, home_id)
        return names[await keeper_of(session, home, lane.street.now) or 0]


async def test_who_works_there_no_more_hears_nothing_told_in_confidence(lane: Lane) -> None:
    await lane.agreed()
    occasion_id = await lane.opened()
    await _works_no_more(lane, "zhao")
    await lane.made("li", occasion_id, CareFound.WELL)
    said = await lane.does(calls.say, "wang", occasion_id, HomeSaid.DID_NOT)
    assert said is CareOutcome.CHECKED
    (concern,) = await lane.concerns()
    async with transaction(lane.street.sessions) as session:
        assert await hearers(session, concern) == [lane.street.people["zhou"]]
    assert await lane.street.told(Notice.CONCERN) == ["zhou"]


async def test_what_was_missed_is_told_to_somebody_who_can_hear_it(lane: Lane) -> None:
    await lane.agreed()
    await lane.street.lose("zhao")
    await lane.opened()
    await lane.passes(days=3)
    assert await lane.street.told(Notice.MISSED) == ["zhou"]


async def test_nobody_keeps_their_own_home(lane: Lane) -> None:
    home_id = await lane.agreed("zhao")
    assert await _keeper(lane, home_id) == "zhou"


async def test_a_visitor_out_of_reach_is_not_waited_for(lane: Lane) -> None:
    await lane.agreed()
    await lane.instead("chen")
    await lane.street.lose("li")
    occasion_id = await lane.opened()
    assert await lane.street.told(Notice.CALL) == ["chen"]
    assert await lane.does(calls.coming, "chen", occasion_id) is CareOutcome.COMING
    assert await lane.stands(occasion_id) is OccasionState.TAKEN


async def test_a_home_is_where_the_person_lives(lane: Lane) -> None:
    await lane.street.add("fang", "l1")
    await lane.street.grant("fang", Role.STAFF, "lan")
    await lane.agreed()
    lan = lane.street.places["l1"].id
    async with transaction(lane.street.sessions) as session:
        actor = await lane.street.actor(session, "wang")
        moved = await set_place(session, actor, lan, now=lane.street.now)
        assert moved is Registering.CHANGED
    assert (await lane.home()).place_id == lan
    assert await _keeper(lane) == "fang"
    told = await lane.street.told(Notice.ANSWERED)
    assert told[-1:] == ["fang"]
    async with transaction(lane.street.sessions) as session:
        card = OutboxNotice(
            kind=Notice.ANSWERED,
            subject_id=1,
            recipient_id=lane.street.people["fang"],
            detail={"moved": True},
            now=lane.street.now,
            in_place=False,
        )
        with speaking("en"):
            shown = await render(session, card)
    assert isinstance(shown, Screen)
    assert "wang has moved to" in shown.full_text()
    occasion_id = await lane.opened()
    assert await lane.made("li", occasion_id, CareFound.WELL) is CareOutcome.REPORTED
    assert await lane.does(calls.cover, "zhao", occasion_id) is Refusal.NOT_ALLOWED


async def test_a_home_goes_along_with_whoever_agrees_to_the_new_text_elsewhere(lane: Lane) -> None:
    await lane.agreed()
    lan = lane.street.places["l1"].id
    async with transaction(lane.street.sessions) as session:
        wang = await session.get_one(PersonRow, lane.street.people["wang"])
        wang.consent_version = None
        assert wang.telegram_id is not None
        await session.flush()
        await register(session, wang.telegram_id, "王秀英", "zh_Hans", lan, lane.street.now)
    assert (await lane.home()).place_id == lan


async def test_moving_next_door_tells_nobody(lane: Lane) -> None:
    await lane.agreed(rhythm=CareRhythm.WEEKLY)
    before = await lane.street.told(Notice.ANSWERED)
    async with transaction(lane.street.sessions) as session:
        actor = await lane.street.actor(session, "wang")
        await set_place(session, actor, lane.street.places["b2"].id, now=lane.street.now)
    assert (await lane.home()).place_id == lane.street.places["b2"].id
    assert await lane.street.told(Notice.ANSWERED) == before


async def test_that_it_ends_is_written_down_for_whoever_has_nobody_to_tap(lane: Lane) -> None:
    await lane.street.add("son", "l1")
    await lane.street.add("gran", "b1", telegram=False, proxy="son")
    home_id = await lane.proposed("gran")
    await lane.does(homes.see_paper, "zhao", home_id)
    assert await lane.does(homes.agree, "son", home_id) is CareOutcome.AGREED
    await lane.pairs_up("li", home_id)
    assert await lane.does(ending.end, "zhao", home_id) is Refusal.NOT_ALLOWED
    async with transaction(lane.street.sessions) as session:
        gran = await session.get_one(PersonRow, lane.street.people["gran"])
        gran.proxy_id = None
    occasion_id = await lane.opened()
    seen = await lane.view("zhao", home_id)
    assert HomeMove.END in seen.moves
    for name in ("son", "li"):
        assert await lane.does(ending.end, name, home_id) is Refusal.NOT_ALLOWED
    assert await lane.does(homes.pause, "zhao", home_id) is Refusal.NOT_ALLOWED
    assert await lane.does(ending.end, "zhao", home_id) is CareOutcome.ENDED
    assert await lane.stands(occasion_id) is OccasionState.EXCUSED
    assert (await lane.home(home_id)).state == HomeState.ENDING
    for name in ("son", "li"):
        assert await lane.does(ending.take_back, name, home_id) is Refusal.NOT_ALLOWED
    with speaking("en"):
        shown = home_screen(await lane.view("zhao", home_id), lane.street.now)
        other = home_screen(await lane.view("zhou", home_id), lane.street.now)
    assert "It can be taken back until" in shown.text
    assert shown.keyboard == other.keyboard
    assert await lane.does(ending.take_back, "zhao", home_id) is CareOutcome.TAKEN_BACK
    assert (await lane.home(home_id)).state == HomeState.AGREED
    assert await lane.stands(occasion_id) is OccasionState.DUE


async def test_that_nobody_was_seen_is_told_to_somebody_beside_the_visitor(lane: Lane) -> None:
    await lane.agreed(visitor="zhao")
    occasion_id = await lane.opened()
    done = await lane.made("zhao", occasion_id, CareFound.NO_ANSWER)
    assert done is CareOutcome.NOT_SEEN
    assert await lane.street.told(Notice.UNSEEN) == ["zhou"]


async def test_what_a_secretary_tells_in_confidence_is_heard_by_somebody_else(lane: Lane) -> None:
    await lane.street.add("above", "l1")
    await lane.street.grant("above", Role.SECRETARY, "street")
    home_id = await lane.agreed("zhou")
    told = await lane.does(confiding.confide, "zhou", home_id, Concern.MONEY)
    assert told is CareOutcome.HEARD
    assert await lane.street.told(Notice.CONCERN) == ["above"]


async def test_why_somebody_cannot_be_asked_is_known_when_they_are_chosen(lane: Lane) -> None:
    await lane.street.add("gran", "b1", telegram=False)

    async def why(name: str) -> CareOutcome | None:
        async with transaction(lane.street.sessions) as session:
            return await why_not_asked(session, lane.street.people[name], now=lane.street.now)

    assert await why("gran") is CareOutcome.NOT_REACHED
    assert await why("wang") is None
    home_id = await lane.proposed()
    assert await why("wang") is CareOutcome.HAS_HOME
    await lane.does(homes.decline, "wang", home_id)
    assert await why("wang") is CareOutcome.SAID_NO


async def test_the_desk_sees_that_nothing_reaches_a_home(lane: Lane) -> None:
    await lane.street.add("son", "l1")
    await lane.street.add("gran", "b1", telegram=False, proxy="son")
    homes_ = {"wang": await lane.agreed(), "son": await lane.proposed("gran", None)}
    for name, home_id in homes_.items():
        for lost in (False, True):
            if lost:
                await lane.street.lose(name)
            with speaking("en"):
                shown = home_screen(await lane.view("zhao", home_id), lane.street.now)
            assert ("Please ring" in shown.text) is lost
