"""Two at once at one hazard: one word counts, one order stands."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from models.hazards.notices import Notice
from models.hazards.rules import HazardKind, HazardOutcome, HazardState
from models.orders.rules import OrderOutcome
from models.records.rules import Refusal
from tests.hazards.acts import does, door, found, kept, looks, put_right
from tests.help.street import Street
from tests.orders.acts import act, only_order, orders, sweep_at

WEEK = timedelta(days=7, hours=12)


async def test_two_sign_off_at_once(street: Street) -> None:
    row = await kept(street, await found(street, "sun", door(street)))
    order = await only_order(street, row.request_id or 0)
    await act(street, "report", "zhao", order.id, "清了")
    done = await asyncio.gather(*(act(street, "sign", "zhou", order.id) for _ in range(3)))
    assert sorted(map(str, done)) == sorted(
        map(str, [OrderOutcome.SIGNED, Refusal.ALREADY, Refusal.ALREADY])
    )
    assert [one.days for one in await looks(street, row.id)] == [7, 30]


async def test_two_say_at_once_how_it_is(street: Street) -> None:
    row = await put_right(street)
    later = street.now + WEEK
    await sweep_at(street, later)
    said = await asyncio.gather(
        does(street, "again", "sun", row.id, at=later),
        does(street, "again", "zhou", row.id, at=later),
        does(street, "well", "sun", row.id, at=later),
    )
    assert sum(isinstance(one, HazardOutcome) for one in said) == 1
    stood = await orders(street, row.request_id or 0)
    if HazardOutcome.AGAIN in said:
        assert len(stood) == 2
        assert (await kept(street, row.id)).state == HazardState.ORDERED
        assert len(await street.told(Notice.AGAIN)) == 1
    else:
        assert len(stood) == 1


async def test_two_find_the_third_of_a_kind_at_once(street: Street) -> None:
    await found(street, "sun", door(street, "a"))
    await found(street, "sun", door(street, "b"))
    await asyncio.gather(
        found(street, "sun", door(street, "c")), found(street, "zhao", door(street, "d"))
    )
    rows = [await kept(street, number) for number in (1, 2, 3, 4)]
    assert len({row.early_id for row in rows}) == 1
    assert rows[0].early_id is not None


async def test_sorted_anew_while_more_of_both_kinds_are_found(street: Street) -> None:
    for token in "abc":
        await found(street, "sun", door(street, token))
    gas = replace(door(street, "e"), kind=HazardKind.GAS)
    await asyncio.gather(
        does(street, "sort", "zhao", 1, HazardKind.GAS, at=street.now),
        does(street, "sort", "zhao", 2, HazardKind.GAS, at=street.now),
        found(street, "zhao", door(street, "d")),
        found(street, "zhao", gas),
    )
    rows = [await kept(street, number) for number in range(1, 6)]
    items = {
        kind: {row.early_id for row in rows if row.kind == kind}
        for kind in (HazardKind.GAS, HazardKind.FIRE_EXIT)
    }
    assert [len(one) for one in items.values()] == [1, 1]
    assert items[HazardKind.GAS] != items[HazardKind.FIRE_EXIT]
    assert None not in items[HazardKind.GAS] | items[HazardKind.FIRE_EXIT]
