"""Moving a car: what the mission asks of it, and what its users would."""

from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import select

from models.cars import actions, queries
from models.cars.rules import CallMove, CallState, CarNotice, CarOutcome, CarSpot
from models.cars.tables import CarAskedRow, CarMuteRow
from models.database import transaction
from models.held import copy_of
from models.outbox.tables import OutboxRow
from models.records.rules import Refusal
from tests.cars.yard import NOBODYS, PLATE, Yard


async def told(yard: Yard, kind: CarNotice) -> list[str]:
    names: list[str] = await yard.street.told(kind)
    return names


async def test_the_owner_comes_and_is_thanked(yard: Yard) -> None:
    one = await yard.calls("wang", "su a12345")
    assert await told(yard, CarNotice.PLEASE) == ["li"]
    assert await yard.does(actions.come_soon, "li", one) is CarOutcome.SOON
    assert await yard.does(actions.come, "li", one) is CarOutcome.COMING
    assert await told(yard, CarNotice.COMES) == ["wang", "wang"]
    await yard.passes(hours=1)
    assert await told(yard, CarNotice.UNREACHED) == []
    assert await yard.does(actions.thank, "wang", one) is CarOutcome.THANKED
    assert await yard.does(actions.thank, "wang", one) is Refusal.ALREADY
    assert await told(yard, CarNotice.MOVED) == ["li"]
    assert await yard.does(actions.come, "li", one) is Refusal.WRONG_TIME


async def test_neither_learns_who_the_other_is(yard: Yard) -> None:
    one = await yard.calls("wang")
    await yard.does(actions.come, "li", one)
    for reader in ("wang", "li"):
        assert set(asdict(await yard.sees(reader, one))) == {
            "id", "plate", "spot", "door", "state", "asked_at", "mine", "disowned", "moves",
        }  # fmt: skip
    async with transaction(yard.street.sessions) as session:
        theirs = OutboxRow.kind.in_([str(kind) for kind in CarNotice])
        details = await session.scalars(select(OutboxRow.detail).where(theirs))
        assert {*map(str, details)} <= {"None", "{}"}
    assert await yard.sees("chen", one) is Refusal.NOT_ALLOWED
    assert await yard.does(actions.come, "chen", one) is Refusal.NOT_ALLOWED
    assert await yard.does(actions.thank, "li", one) is Refusal.NOT_ALLOWED


async def test_6_unknown_muted_and_silent_are_answered_alike(yard: Yard) -> None:
    await yard.street.add("sun", "b2")
    await yard.stands("sun", {"plate": "苏C11111", "looks": "红色"})
    await yard.does(actions.hear, "sun", so=False)
    asked = {plate: await yard.asks_for("wang", plate) for plate in (NOBODYS, "苏C11111", PLATE)}
    assert {one.outcome for one in asked.values()} == {CarOutcome.ASKED}
    ids = [one.call_id or 0 for one in asked.values()]

    async def pictured() -> list[dict[str, object]]:
        seen = [asdict(await yard.sees("wang", one)) for one in ids]
        return [{k: v for k, v in one.items() if k not in {"id", "plate"}} for one in seen]

    assert await told(yard, CarNotice.PLEASE) == ["li"]
    before = await pictured()
    assert before[0] == before[1] == before[2]
    await yard.passes(minutes=9, seconds=59)
    assert await told(yard, CarNotice.UNREACHED) == []
    await yard.passes(seconds=1)
    assert await told(yard, CarNotice.UNREACHED) == ["wang"] * 3
    after = await pictured()
    assert after[0] == after[1] == after[2]
    assert after[0]["state"] is CallState.UNREACHED
    assert await yard.does(actions.come, "li", ids[2]) is CarOutcome.COMING


async def test_who_disowns_a_car_is_told_nothing_more_and_nobody_learns_it(yard: Yard) -> None:
    one = await yard.calls("wang")
    assert await yard.does(actions.disown, "li", one) is CarOutcome.DISOWNED
    assert (await yard.sees("li", one)).disowned
    assert await yard.stands_so(one) is CallState.ASKED
    assert await yard.does(actions.come, "li", one) is Refusal.NOT_ALLOWED
    await yard.passes(minutes=10)
    assert await told(yard, CarNotice.UNREACHED) == ["wang"]


async def test_of_two_who_hold_a_plate_the_first_answer_counts(yard: Yard) -> None:
    await yard.stands("chen")
    one = await yard.calls("wang")
    assert sorted(await told(yard, CarNotice.PLEASE)) == ["chen", "li"]
    assert await yard.does(actions.come, "chen", one) is CarOutcome.COMING
    assert await yard.does(actions.come, "li", one) is Refusal.ALREADY


async def test_7_the_fourth_is_tomorrow(yard: Yard) -> None:
    for number in range(3):
        await yard.calls("wang", f"苏B1111{number}")
    assert (await yard.asks_for("wang", NOBODYS)).outcome is CarOutcome.TOO_MANY
    assert (await yard.does(queries_home, "wang")).left == 0
    assert len(await yard.all_calls()) == 3
    assert (await yard.asks_for("chen", NOBODYS)).outcome is CarOutcome.ASKED
    await yard.passes(days=1)
    assert (await yard.asks_for("wang", NOBODYS)).outcome is CarOutcome.ASKED


async def queries_home(session, actor, *, now):
    return await queries.car_home(session, actor, now)


async def test_the_same_car_is_not_asked_for_again_at_once(yard: Yard) -> None:
    one = await yard.calls("wang")
    assert (await yard.asks_for("wang", "苏Ａ 12345")).outcome is CarOutcome.JUST_ASKED
    assert (await yard.asks_for("chen")).outcome is CarOutcome.ASKED
    await yard.passes(minutes=10, seconds=1)
    assert await yard.stands_so(one) is CallState.UNREACHED
    assert (await yard.asks_for("wang")).outcome is CarOutcome.ASKED


async def test_what_is_no_plate_or_ones_own_is_named(yard: Yard) -> None:
    for typed, outcome in (
        ("楼下白车", CarOutcome.NO_PLATE),
        ("gui A12345", CarOutcome.WHICH_PLATE),
    ):
        assert (await yard.asks_for("wang", typed)).outcome is outcome
    assert (await yard.asks_for("li")).outcome is CarOutcome.OWN_CAR
    assert await yard.all_calls() == []


async def test_an_answer_hours_later_is_of_no_use(yard: Yard) -> None:
    one = await yard.calls("wang")
    await yard.passes(hours=13)
    assert await yard.does(actions.come, "li", one) is Refusal.TOO_LATE
    assert (await yard.sees("li", one)).moves == {CallMove.LOOK, CallMove.MUTE}


async def test_after_an_outage_it_is_said_once(yard: Yard) -> None:
    one = await yard.calls("wang", NOBODYS)
    await yard.returns_at(yard.street.now + timedelta(hours=5))
    assert await told(yard, CarNotice.UNREACHED) == ["wang"]
    assert await yard.stands_so(one) is CallState.UNREACHED


async def test_the_plate_is_forgotten_after_thirty_days(yard: Yard) -> None:
    one = await yard.calls("wang")
    assert PLATE not in repr((await yard.call(one)).plate)
    assert (await yard.sees("wang", one)).plate == PLATE
    assert await yard.does(actions.come, "li", one) is CarOutcome.COMING
    await yard.passes(days=31)
    row = await yard.call(one)
    assert (row.plate, row.spot, row.answered_by) == (None, "", None)
    assert (await yard.sees("wang", one)).plate == ""
    assert await yard.sees("li", one) is Refusal.NOT_ALLOWED


async def test_being_asked_is_stopped_from_the_card_and_begun_again(yard: Yard) -> None:
    one = await yard.calls("wang")
    assert await yard.does(actions.mute, "li", one) is CarOutcome.MUTED
    await yard.calls("chen")
    assert await told(yard, CarNotice.PLEASE) == ["li"]
    assert await yard.does(actions.hear, "li", so=True) is CarOutcome.HEARS
    await yard.passes(minutes=11)
    await yard.calls("chen")
    assert await told(yard, CarNotice.PLEASE) == ["li", "li"]


async def test_who_leaves_is_asked_no_more_and_what_they_asked_is_erased(yard: Yard) -> None:
    one = await yard.calls("wang")
    async with transaction(yard.street.sessions) as session:
        for name in ("wang", "li"):
            await actions.leave(session, yard.street.people[name], yard.street.now)
        assert await session.scalar(select(CarAskedRow)) is None
        assert await session.scalar(select(CarMuteRow)) is None
    row = await yard.call(one)
    assert (row.plate, row.spot) == (None, "")


async def test_ones_own_copy_has_what_one_asked(yard: Yard) -> None:
    await yard.calls("wang")
    copy = await yard.does(copy_of, "wang")
    [shelf] = [one for one in copy.shelves if one.name == "car_calls.sender_id"]
    assert shelf.rows[0]["plate"] == PLATE


async def test_the_spot_is_kept_by_name_and_words_are_never_one(yard: Yard) -> None:
    home = yard.street.places["b1"].id
    kept = {
        CarSpot.DOOR: f"@door:{home}",
        CarSpot.GATE: "@gate",
        "@door:1": "door:1",
        "垃圾桶旁": "垃圾桶旁",
    }
    for number, (spot, expected) in enumerate(kept.items()):
        await yard.passes(days=1)
        made = await yard.asks_for("wang", f"苏B2222{number}", spot)
        seen = await yard.sees("wang", made.call_id or 0)
        assert seen.spot == expected
        assert (seen.door is not None) is (spot == CarSpot.DOOR)
