"""What was asked of hazards, one test for each sentence."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from models.audit.tables import AuditRow
from models.categories import HAZARD
from models.database import transaction
from models.digests.queries.rates import report
from models.early.tables import EarlyRequestRow, EarlyRow
from models.hazards.actions.looking import enter_accident, take_accident_back
from models.hazards.notices import Notice
from models.hazards.queries import calm, hazard, hazards_page
from models.hazards.rules import (
    AccidentOutcome,
    HazardLevel,
    HazardMove,
    HazardOutcome,
    HazardsShown,
    HazardState,
    early_code,
)
from models.help.actions.closing import rate, resident_verdict
from models.help.queries.resident import my_requests
from models.help.rules.limits import Line
from models.help.rules.notices import Notice as HelpNotice
from models.help.rules.outcomes import RateOutcome, VerdictOutcome
from models.help.rules.states import State as RequestState
from models.orders.rules import Notice as OrderNotice
from models.orders.rules import OrderOutcome
from models.records.rules import Refusal
from tests.hazards.acts import does, door, found, hazards, kept, looks, put_right
from tests.help.street import Street
from tests.orders.acts import act, help_act, only_order, orders, said, sweep_at

WEEK, MONTH = timedelta(days=7, hours=12), timedelta(days=30, hours=12)
ZONE = "Asia/Shanghai"


async def test_the_finder_cannot_sign_off_and_nobody_is_asked(street: Street) -> None:
    hazard = await put_right(street)
    assert hazard.state == HazardState.PUT_RIGHT
    request = await street.request(hazard.request_id or 0)
    assert (request.state, request.solved) == (RequestState.CLOSED, True)
    await sweep_at(street, street.now + MONTH)
    for notice in (HelpNotice.DONE, HelpNotice.UNCONFIRMED, OrderNotice.VISIT):
        assert await street.told(notice) == []
    for name in ("sun", "zhao", "zhou"):
        assert await help_act(street, rate, name, request.id, stars=5) is RateOutcome.NOT_ALLOWED
        said_so = await help_act(street, resident_verdict, name, request.id, solved=False)
        assert said_so is VerdictOutcome.NOT_ALLOWED
    async with transaction(street.sessions) as session:
        assert await my_requests(session, await street.actor(session, "sun"), now=street.now) == []


async def test_again_blocked_is_the_same_number_and_the_street_is_told(street: Street) -> None:
    row = await put_right(street)
    later = street.now + WEEK
    await sweep_at(street, later)
    assert await street.told(Notice.LOOK_AGAIN) == ["sun"]
    assert await does(street, "again", "sun", row.id, "又堵了", at=later) is HazardOutcome.AGAIN
    assert (await kept(street, row.id)).state == HazardState.ORDERED
    request = await street.request(row.request_id or 0)
    assert request.state == RequestState.UNSOLVED
    assert await said(street, request.id, Line.REOPENED) == ["又堵了"]
    assert len(await orders(street, request.id)) == 2
    assert await street.told(Notice.AGAIN) == ["ma"]
    assert await street.told(OrderNotice.YOURS) == ["zhao", "zhao"]
    assert await street.told(HelpNotice.UNSOLVED) == []
    order = (await orders(street, request.id))[-1]
    await act(street, "report", "zhao", order.id, "又清了", at=later)
    assert await act(street, "sign", "zhou", order.id, at=later) is OrderOutcome.SIGNED
    assert (await kept(street, row.id)).state == HazardState.PUT_RIGHT
    assert [one.answer for one in await looks(street, row.id)] == ["again", None, None]


async def test_twice_well_is_closed(street: Street) -> None:
    row = await put_right(street)
    for after, outcome, state in (
        (WEEK, HazardOutcome.WELL, HazardState.RECHECKED),
        (MONTH, HazardOutcome.CLOSED, HazardState.CLOSED),
    ):
        await sweep_at(street, street.now + after)
        assert await does(street, "well", "sun", row.id, at=street.now + after) is outcome
        twice = await does(street, "well", "sun", row.id, at=street.now + after)
        assert isinstance(twice, Refusal)
        assert (await kept(street, row.id)).state == state
    assert await street.told(Notice.LOOK_AGAIN) == ["sun", "sun"]


async def test_after_an_outage_there_is_one_card(street: Street) -> None:
    row = await put_right(street)
    await sweep_at(street, street.now + MONTH)
    assert await street.told(Notice.LOOK_AGAIN) == ["sun"]
    well = await does(street, "well", "sun", row.id, at=street.now + MONTH)
    assert well is HazardOutcome.CLOSED


async def test_who_put_it_right_does_not_look_again(street: Street) -> None:
    row = await put_right(street)
    later = street.now + WEEK
    await sweep_at(street, later)
    assert await does(street, "well", "zhao", row.id, at=later) is Refusal.OWN
    assert await does(street, "well", "wang", row.id, at=later) is Refusal.NOT_ALLOWED
    async with transaction(street.sessions) as session:
        tried = await session.scalars(select(AuditRow).where(AuditRow.actor_id.is_not(None)))
        assert street.people["wang"] in {one.actor_id for one in tried}
        view = await hazard(session, await street.actor(session, "zhao"), row.id, now=later)
        assert not isinstance(view, Refusal)
        assert view.partial
        assert HazardMove.WELL not in view.may


async def test_on_the_spot_somebody_else_looks_once(street: Street) -> None:
    fixed = replace(door(street), level=HazardLevel.ON_SPOT, due_on=None)
    row = await kept(street, await found(street, "sun", fixed))
    later = street.now + WEEK
    await sweep_at(street, later)
    [asked] = await street.told(Notice.LOOK_AGAIN)
    assert asked != "sun"
    assert await does(street, "again", asked, row.id, at=later) is HazardOutcome.AGAIN
    again = await kept(street, row.id)
    assert again.state == HazardState.ORDERED
    order = await only_order(street, again.request_id or 0)
    assert order.due_at > later


async def test_on_the_spot_and_well_is_closed(street: Street) -> None:
    fixed = replace(door(street), level=HazardLevel.ON_SPOT, due_on=None)
    row = await kept(street, await found(street, "sun", fixed))
    later = street.now + WEEK
    await sweep_at(street, later)
    [asked] = await street.told(Notice.LOOK_AGAIN)
    assert await does(street, "well", asked, row.id, at=later) is HazardOutcome.CLOSED


async def test_three_of_a_kind_in_one_building_are_an_early_item(street: Street) -> None:
    by_date, fixed = door(street), replace(door(street), level=HazardLevel.ON_SPOT, due_on=None)
    await found(street, "sun", by_date)
    await found(street, "sun", replace(fixed, token="u"))
    async with transaction(street.sessions) as session:
        assert await session.scalar(select(EarlyRow)) is None
    await found(street, "zhao", replace(fixed, token="v"))
    await found(street, "zhao", replace(by_date, token="w"))
    async with transaction(street.sessions) as session:
        item = await session.scalar(select(EarlyRow))
        linked = list(await session.scalars(select(EarlyRequestRow)))
    assert item is not None
    assert (item.category, item.findings, len(linked)) == (early_code(by_date.kind), 2, 2)


async def test_old_hazards_are_no_pattern(street: Street) -> None:
    await found(street, "sun", door(street))
    await found(street, "sun", replace(door(street), token="u"))
    later = street.now + timedelta(days=31)
    late = replace(door(street), token="v", due_on=later.date() + timedelta(days=3))
    await found(street, "sun", late, at=later)
    async with transaction(street.sessions) as session:
        assert await session.scalar(select(EarlyRow)) is None


async def test_the_rates_are_the_same_to_the_end(street: Street) -> None:
    await street.file()
    day = street.now.date() + timedelta(days=7)

    async def rates() -> object:
        async with transaction(street.sessions) as session:
            return await report(session, street.places["gui"].id, day, ZONE)

    before = await rates()
    row = await put_right(street)
    assert await rates() == before
    await sweep_at(street, street.now + WEEK)
    await does(street, "again", "sun", row.id, at=street.now + WEEK)
    assert (await kept(street, row.id)).state == HazardState.ORDERED


async def test_a_resident_is_told_what_became_of_it(street: Street) -> None:
    request_id = await street.file(category=HAZARD)
    [row] = await hazards(street)
    assert (row.state, row.reporter_id) == (HazardState.ORDERED, street.people["wang"])
    assert (row.request_id, row.spot) == (request_id, "")
    order = await only_order(street, request_id)
    assert await act(street, "report", "zhao", order.id, "清了") is OrderOutcome.REPORTED
    assert (await kept(street, row.id)).state == HazardState.REPORTED
    assert await act(street, "sign", "zhou", order.id) is OrderOutcome.SIGNED
    assert (await street.request(request_id)).state == RequestState.DONE
    assert await street.told(HelpNotice.DONE) == ["wang"]
    closed = await help_act(street, resident_verdict, "wang", request_id, solved=True)
    assert closed is VerdictOutcome.CLOSED
    await sweep_at(street, street.now + WEEK)
    assert await street.told(OrderNotice.VISIT) == ["wang"]


async def test_a_report_sent_back_is_ordered_again(street: Street) -> None:
    row = await kept(street, await found(street, "sun", door(street)))
    order = await only_order(street, row.request_id or 0)
    await act(street, "report", "zhao", order.id, "清了")
    assert await act(street, "send_back", "zhou", order.id, "没有照片") is OrderOutcome.SENT_BACK
    assert (await kept(street, row.id)).state == HazardState.ORDERED


async def test_a_day_before_its_date_whoever_has_to_hears(street: Street) -> None:
    row = await kept(street, await found(street, "sun", door(street)))
    order = await only_order(street, row.request_id or 0)
    await sweep_at(street, order.due_at - timedelta(hours=23))
    assert await street.told(Notice.SOON) == ["zhao"]


async def test_handed_on_it_waits_for_the_answer(street: Street) -> None:
    on = replace(
        door(street),
        level=HazardLevel.BEYOND,
        due_on=None,
        authority="消防大队",
        authority_number="A-7",
    )
    row = await kept(street, await found(street, "sun", on))
    for count in (1, 2):
        await sweep_at(street, street.now + count * timedelta(days=14, hours=1))
        assert await street.told(Notice.WAITS) == ["zhou"] * count
    async with transaction(street.sessions) as session:
        sun = await street.actor(session, "sun")
        page = await hazards_page(session, sun, HazardsShown.HANDED_ON, now=street.now)
    assert [one.id for one in page.lines] == [row.id]
    later = street.now + timedelta(days=30)
    assert await does(street, "answer", "zhou", row.id, " ", at=later) is Refusal.EMPTY
    assert (
        await does(street, "answer", "zhou", row.id, "已整改", at=later) is HazardOutcome.ANSWERED
    )
    assert await does(street, "answer", "zhou", row.id, "再来", at=later) is Refusal.ALREADY
    await sweep_at(street, street.now + timedelta(days=60))
    assert await street.told(Notice.WAITS) == ["zhou"] * 2


@pytest.mark.parametrize(
    ("who", "back", "outcome"),
    [
        ("zhou", 0, AccidentOutcome.ENTERED),
        ("zhou", -1, AccidentOutcome.BAD_DATE),
        ("zhou", 400, AccidentOutcome.BAD_DATE),
        ("zhao", 0, AccidentOutcome.NOT_ALLOWED),
        ("wang", 0, AccidentOutcome.NOT_ALLOWED),
    ],
)
async def test_the_day_of_an_accident(
    street: Street, who: str, back: int, outcome: AccidentOutcome
) -> None:
    day = street.now.date() - timedelta(days=back)
    place_id = street.places["gui"].id
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, who)
        assert await enter_accident(session, actor, place_id, day, now=street.now) is outcome


async def test_days_without_an_accident_are_the_places(street: Street) -> None:
    day, place_id = street.now.date() - timedelta(days=3), street.places["gui"].id
    async with transaction(street.sessions) as session:
        zhou = await street.actor(session, "zhou")
        assert [one.days for one in await calm(session, zhou, now=street.now)] == [None]
        await enter_accident(session, zhou, place_id, day, now=street.now)
        twice = await enter_accident(session, zhou, place_id, day, now=street.now)
        assert twice is AccidentOutcome.ALREADY
        assert [one.days for one in await calm(session, zhou, now=street.now)] == [3]
        back = await take_accident_back(session, zhou, place_id, day, now=street.now)
        assert back is AccidentOutcome.TAKEN_BACK
        assert [one.days for one in await calm(session, zhou, now=street.now)] == [None]
        twice = await take_accident_back(session, zhou, place_id, day, now=street.now)
        assert twice is AccidentOutcome.NOT_THERE
        wang = await street.actor(session, "wang")
        tried = await take_accident_back(session, wang, place_id, day, now=street.now)
        assert tried is AccidentOutcome.NOT_ALLOWED
