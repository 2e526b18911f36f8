"""What staff make of a resident's hazard: of what kind it is, and whether it is beyond them."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.categories import HAZARD, Body
from models.database import transaction
from models.early.actions import settle
from models.early.rules import EarlyOutcome
from models.early.tables import EarlyRequestRow, EarlyRow
from models.hazards.actions.printing import hazards_to_print
from models.hazards.notices import Notice
from models.hazards.queries import counts, hazards_page, narrower
from models.hazards.rules import (
    HazardKind,
    HazardLevel,
    HazardOutcome,
    HazardsAt,
    HazardsShown,
    HazardState,
    early_code,
)
from models.help.rules.notices import Notice as HelpNotice
from models.orders.rules import Notice as OrderNotice
from models.orders.rules import OrderOutcome
from models.records.rules import Refusal
from tests.hazards.acts import does, door, found, hazards, kept
from tests.help.street import Street
from tests.orders.acts import act, only_order, sweep_at

TOLD = "已转给：供电公司"


async def reports(street: Street) -> int:
    """Let wang report a danger; give the hazard."""
    await street.file(category=HAZARD)
    return (await hazards(street))[-1].id


async def test_staff_say_of_what_kind_a_residents_hazard_is(street: Street) -> None:
    hazard_id = await reports(street)
    for who, outcome in (
        ("wang", Refusal.NOT_ALLOWED),
        ("zhao", HazardOutcome.SORTED),
        ("sun", Refusal.ALREADY),
    ):
        assert await does(street, "sort", who, hazard_id, HazardKind.WIRING, at=street.now) is (
            outcome
        )
    assert (await kept(street, hazard_id)).kind == HazardKind.WIRING


async def test_what_is_sorted_counts_for_the_pattern_of_its_kind(street: Street) -> None:
    for token in ("t", "u"):
        await found(street, "sun", door(street, token))
    hazard_id = await reports(street)
    await does(street, "sort", "zhao", hazard_id, HazardKind.FIRE_EXIT, at=street.now)
    async with transaction(street.sessions) as session:
        item = await session.scalar(select(EarlyRow))
    assert item is not None
    assert item.category == early_code(HazardKind.FIRE_EXIT)


async def test_what_is_sorted_anew_leaves_the_item_of_its_old_kind(street: Street) -> None:
    for token in ("t", "u"):
        await found(street, "sun", door(street, token))
    hazard_id = await reports(street)
    await does(street, "sort", "zhao", hazard_id, HazardKind.FIRE_EXIT, at=street.now)
    first = (await kept(street, hazard_id)).early_id
    assert first is not None
    await does(street, "sort", "zhao", hazard_id, HazardKind.GAS, at=street.now)
    hazard = await kept(street, hazard_id)
    assert (hazard.kind, hazard.early_id) == (HazardKind.GAS, None)
    async with transaction(street.sessions) as session:
        linked = select(EarlyRequestRow.request_id).where(EarlyRequestRow.item_id == first)
        assert hazard.request_id not in (await session.scalars(linked)).all()
    await does(street, "sort", "zhao", hazard_id, HazardKind.FIRE_EXIT, at=street.now)
    assert (await kept(street, hazard_id)).early_id == first


async def test_what_rests_on_a_settled_item_stays_there(street: Street) -> None:
    for token in ("t", "u"):
        await found(street, "sun", door(street, token))
    hazard_id = await reports(street)
    await does(street, "sort", "zhao", hazard_id, HazardKind.FIRE_EXIT, at=street.now)
    item_id = (await kept(street, hazard_id)).early_id or 0
    async with transaction(street.sessions) as session:
        zhou = await street.actor(session, "zhou")
        settled = await settle(session, zhou, item_id, "清理好了", now=street.now)
    assert settled is EarlyOutcome.SETTLED
    await does(street, "sort", "zhao", hazard_id, HazardKind.GAS, at=street.now)
    assert (await kept(street, hazard_id)).early_id == item_id


async def test_the_owner_of_a_residents_hazard_is_told_once(street: Street) -> None:
    await reports(street)
    assert await street.told(HelpNotice.NEW) == ["zhao"]
    assert await street.told(OrderNotice.YOURS) == []


async def test_what_is_beyond_us_waits_for_the_authority_and_the_resident_reads_it(
    street: Street,
) -> None:
    hazard_id, now = await reports(street), street.now
    order = await only_order(street, (await kept(street, hazard_id)).request_id or 0)
    nobody = await does(street, "hand_on", "zhao", hazard_id, " ", tells=TOLD, at=now)
    assert nobody is HazardOutcome.NO_AUTHORITY
    tried = await does(street, "hand_on", "wang", hazard_id, "供电公司", tells=TOLD, at=now)
    assert tried is Refusal.NOT_ALLOWED
    done = await does(street, "hand_on", "zhao", hazard_id, "供电公司", "D-3", tells=TOLD, at=now)
    assert done is HazardOutcome.HANDED_ON
    row = await kept(street, hazard_id)
    assert (row.state, row.level, row.authority_number) == (
        HazardState.HANDED_ON,
        HazardLevel.BEYOND,
        "D-3",
    )
    assert await street.told(Notice.HANDED_ON) == ["zhou"]
    assert await street.told(HelpNotice.NOTE) == ["wang"]
    await sweep_at(street, order.due_at + timedelta(days=3))
    assert await street.told(OrderNotice.LATE) == []
    later = now + timedelta(days=15)
    await sweep_at(street, later)
    assert await street.told(Notice.WAITS) == ["zhou"]
    said = await does(street, "answer", "zhou", hazard_id, "线路已更换", at=later)
    assert said is HazardOutcome.ORDERED
    assert (await kept(street, hazard_id)).state == HazardState.ORDERED
    assert await street.told(HelpNotice.NOTE) == ["wang", "wang"]
    after = await only_order(street, order.request_id)
    assert later < after.due_at < later + timedelta(days=10)
    await act(street, "report", "zhao", order.id, "看过了", at=later)
    assert await act(street, "sign", "zhou", order.id, at=later) is OrderOutcome.SIGNED
    assert (await kept(street, hazard_id)).state == HazardState.PUT_RIGHT


async def test_the_list_is_narrowed_to_a_place_or_a_body(street: Street) -> None:
    await found(street, "sun", door(street))
    other = replace(door(street, "u"), place_id=street.places["b2"].id)
    at_b2 = (await found(street, "sun", other)).hazard_id or 0
    order = await only_order(street, (await kept(street, at_b2)).request_id or 0)
    assert await act(street, "body", "zhou", order.id, Body.COMMITTEE) is OrderOutcome.SET
    async with transaction(street.sessions) as session:
        zhou = await street.actor(session, "zhou")
        places, bodies = await narrower(session, zhou, HazardsShown.OPEN)
        assert [count for _where, count in places] == [1, 1]
        assert bodies == {Body.COMMITTEE: 1, Body.PROPERTY: 1}
        for at in (HazardsAt(street.places["b2"].id), HazardsAt(body=Body.COMMITTEE)):
            page = await hazards_page(session, zhou, HazardsShown.OPEN, now=street.now, at=at)
            assert [one.id for one in page.lines] == [at_b2]
            assert (await counts(session, zhou, at))[HazardsShown.OPEN] == 1
            filed = await hazards_to_print(session, zhou, at, now=street.now)
            assert isinstance(filed, list)
            assert [one.id for one in filed] == [at_b2]
        wang = await street.actor(session, "wang")
        assert await hazards_to_print(session, wang, now=street.now) is Refusal.NOT_ALLOWED
        made = select(AuditRow.act).where(AuditRow.subject == "hazards").order_by(AuditRow.id)
        acts = [*await session.scalars(made)]
        assert acts[-3:] == [AuditAct.SHEET_MADE, AuditAct.SHEET_MADE, AuditAct.DENIED]
        everywhere = HazardsAt(street.places["gui"].id)
        page = await hazards_page(session, zhou, HazardsShown.OPEN, now=street.now, at=everywhere)
        assert page.count == 2
