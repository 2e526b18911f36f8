"""What playing care found, each as a kind with the taps that led there."""

from datetime import timedelta

from sqlalchemy import select

from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.care.actions import calls, confiding, ending, needs, pairs, reporting
from models.care.queries.calls import call_opened
from models.care.queries.homes import home_opened, pair_view
from models.care.queries.needs import need_voice
from models.care.rules.notices import Notice
from models.care.rules.outcomes import CareOutcome
from models.care.rules.states import CareFound, Concern, HomeSaid, PairState
from models.care.tables import CareNeedRow
from models.database import transaction
from models.people.actions.personal import set_personal
from models.people.rules import Field
from models.records.rules import Refusal
from models.routines.rules import OccasionState
from tests.care.lane import Lane


async def looks(lane: Lane, name: str) -> list[str]:
    """List what the book says somebody has looked at, by subject."""
    async with transaction(lane.street.sessions) as session:
        found = await session.scalars(
            select(AuditRow.subject)
            .where(AuditRow.act == AuditAct.LOOKED, AuditRow.actor_id == lane.street.people[name])
            .order_by(AuditRow.id)
        )
        return [*found]


async def test_a_visit_that_is_made_stays_with_whoever_made_it(lane: Lane) -> None:
    await lane.agreed()
    one = await lane.opened()
    assert await lane.made("li", one, CareFound.WELL) is CareOutcome.REPORTED
    seen = await lane.call("li", one)
    assert (seen.mine, seen.reported, seen.wrote) == (True, True, False)
    assert seen.holder is not None
    assert seen.holder.name == "li"
    assert (seen.door_word, seen.door, seen.wishes) == ("", "", ""), "it is settled"


async def test_who_makes_up_for_a_missed_one_has_it_with_the_word_for_the_door(lane: Lane) -> None:
    await lane.agreed()
    await lane.instead("chen")
    one = await lane.opened()
    await lane.until((await lane.occasions())[0].ends_at)
    await lane.passes(hours=14)
    assert await lane.does(calls.coming, "chen", one) is CareOutcome.COMING
    hers, theirs = await lane.call("wang", one), await lane.call("chen", one)
    assert theirs.mine
    assert hers.door_word == theirs.door_word != ""
    late = (await lane.occasions())[0].ends_at.date() + timedelta(days=3)
    assert await lane.does(calls.coming, "li", one, day=late) is Refusal.BAD_DATE


async def test_the_door_is_open_to_whoever_comes_until_it_is_settled(lane: Lane) -> None:
    street = lane.street
    async with transaction(street.sessions) as session:
        wang = await street.actor(session, "wang")
        await set_personal(session, wang, wang.id, Field.DOOR, "2单元301", now=street.now)
    await lane.agreed()
    await lane.instead("chen")
    one = await lane.opened()
    assert (await lane.call("li", one)).door == "", "not before he says that he comes"
    await lane.does(calls.coming, "li", one)
    assert (await lane.call("li", one)).door == "2单元301"
    assert (await lane.call("zhao", one)).door == ""
    assert (await looks(lane, "li")).count("care.door") == 1
    assert await lane.does(calls.report, "li", one, CareFound.WELL) is CareOutcome.REPORTED
    assert (await lane.call("li", one)).door == ""


async def test_on_the_later_day_both_sides_are_told_with_the_word(lane: Lane) -> None:
    await lane.agreed()
    one = await lane.opened()
    tomorrow = (lane.street.now + timedelta(days=1)).date()
    assert await lane.does(calls.coming, "li", one, day=tomorrow) is CareOutcome.LATER
    assert await lane.does(calls.coming, "li", one, day=tomorrow) is Refusal.ALREADY
    told = len(await lane.street.told(Notice.COMING))
    await lane.passes(days=1)
    assert len(await lane.street.told(Notice.COMING)) == told + 1
    after = (lane.street.now + timedelta(days=1)).date()
    assert await lane.does(calls.coming, "li", one, day=after) is CareOutcome.LATER, "once more"
    assert (await lane.call("wang", one)).door_word == ""
    assert await lane.does(calls.cannot, "li", one) is CareOutcome.CANNOT
    told = len(await lane.street.told(Notice.COMING))
    await lane.passes(days=1)
    assert len(await lane.street.told(Notice.COMING)) == told, "nobody comes"


async def test_a_visit_is_of_today_from_its_opening_on(lane: Lane) -> None:
    await lane.agreed()
    assert (await lane.view("wang")).open_call is None
    one = await lane.opened()
    assert (await lane.view("wang")).open_call == one


async def test_whoever_opens_a_home_reads_needs_on_record_too(lane: Lane) -> None:
    home_id = await lane.agreed()
    await lane.does(needs.note_need, "wang", home_id, "纱窗坏了")
    opened = await lane.does(home_opened, "zhao", home_id)
    assert [need.words for need in opened.needs] == ["纱窗坏了"]
    assert await looks(lane, "zhao") == ["care", "care.needs"]


async def test_a_need_that_was_spoken_is_listened_to_by_whom_it_helps(lane: Lane) -> None:
    home_id = await lane.agreed()
    await lane.does(needs.note_need, "wang", home_id, "", voice="spoken")
    async with transaction(lane.street.sessions) as session:
        need = (await session.scalars(select(CareNeedRow))).one().id
    assert await lane.does(need_voice, "zhao", need) == "spoken"
    assert await lane.does(need_voice, "li", need) == "spoken"
    assert await lane.does(need_voice, "chen", need) is Refusal.NOT_ALLOWED
    assert await looks(lane, "zhao") == ["care.needs"]


async def test_what_was_written_at_a_door_is_read_by_the_office_on_record(lane: Lane) -> None:
    await lane.agreed()
    one = await lane.opened()
    await lane.made("li", one, CareFound.NEEDS)
    await lane.does(calls.write_down, "li", one, "精神很好")
    assert (await lane.call("zhao", one)).said_words == ""
    assert (await lane.does(call_opened, "zhao", one)).said_words == "精神很好"
    assert await looks(lane, "zhao") == ["care.calls"]
    assert (await lane.does(call_opened, "li", one)).said_words == "精神很好"
    assert (await lane.does(call_opened, "wang", one)).said_words == "", (
        "it is written for the office"
    )
    assert await lane.does(call_opened, "chen", one) is Refusal.NOT_ALLOWED


async def test_nobody_comes_back_while_what_she_told_is_open(lane: Lane) -> None:
    home_id = await lane.agreed()
    pair = await lane.pair("li")
    await lane.does(confiding.confide, "wang", home_id, Concern.MONEY)
    back = await lane.does(pairs.come_back, "li", pair.id)
    assert back is CareOutcome.ARRANGED_OTHERWISE
    [concern] = await lane.concerns()
    settled = await lane.does(confiding.settle, "zhou", concern.id)
    assert settled is Refusal.EMPTY, "words are needed"
    reported = await lane.does(reporting.report, "zhou", concern.id, "问过了，是误会")
    assert reported is CareOutcome.REPORTED_ALONE
    assert await lane.does(pairs.come_back, "li", pair.id) is CareOutcome.RETURNED


async def test_who_was_not_wanted_is_paired_no_more_once_it_is_seen_to(lane: Lane) -> None:
    home_id = await lane.agreed()
    await lane.does(confiding.confide, "wang", home_id, Concern.ANOTHER)
    [concern] = await lane.concerns()
    await lane.does(confiding.settle, "zhou", concern.id)
    pair = await lane.pair("li")
    assert pair.state == PairState.ENDED
    assert await lane.does(pairs.come_back, "li", pair.id) is Refusal.WRONG_TIME


async def test_a_slip_of_the_finger_is_mended_and_told_once(lane: Lane) -> None:
    await lane.agreed()
    one = await lane.opened()
    await lane.made("li", one, CareFound.WELL)
    for said in (HomeSaid.DID_NOT, HomeSaid.CAME, HomeSaid.DID_NOT):
        await lane.does(calls.say, "wang", one, said)
    assert len(await lane.concerns()) == 1
    assert await lane.does(calls.say, "wang", one, HomeSaid.CAME) is CareOutcome.CONFIRMED
    assert await lane.stands(one) is OccasionState.DONE


async def test_a_home_that_ends_with_words_told_in_confidence_keeps_those(lane: Lane) -> None:
    home_id = await lane.agreed()
    await lane.does(confiding.confide, "wang", home_id, Concern.MONEY, words="他要借钱")
    assert await lane.does(ending.end, "wang", home_id) is CareOutcome.ENDED
    [concern] = await lane.concerns()
    assert concern.words is not None, "the secretary still has to read them"


async def test_whoever_keeps_a_home_is_not_told_that_they_look_in(lane: Lane) -> None:
    """Staff who keep a home see who looks in on whom, not that they look in themselves."""
    await lane.agreed()
    pair = await lane.pair("li")
    assert (await lane.does(pair_view, "zhao", pair.id)).keeps
    assert not (await lane.does(pair_view, "li", pair.id)).keeps
