"""What becomes of a finding: by a date, on the spot, beyond us; what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.database import transaction
from models.digests.queries.rates import report
from models.hazards.rules import FindOutcome, HazardLevel, HazardState
from models.hazards.views import HazardFound
from models.help.rules.limits import Channel
from models.help.rules.states import State as RequestState
from models.media import Media, MediaKind
from models.orders.rules import OrderOutcome
from models.orders.rules import State as OrderState
from models.people.rules import Role
from models.records.rules import Refusal
from tests.hazards.acts import door, found, kept
from tests.help.street import Street
from tests.orders.acts import act, only_order

ZONE = "Asia/Shanghai"


async def test_by_a_date_it_has_an_owner_and_an_order_and_the_finder_cannot_sign_it_off(
    street: Street,
) -> None:
    await street.grant("sun", Role.SECRETARY, "gui")
    hazard = await kept(street, await found(street, "sun", door(street)))
    assert hazard.state == HazardState.ORDERED
    assert hazard.request_id is not None
    request = await street.request(hazard.request_id)
    assert (request.channel, request.owner_id) == (Channel.INSPECTION, street.people["zhao"])
    order = await only_order(street, hazard.request_id)
    assert order.due_at.date() == street.now.date() + timedelta(days=7)
    assert await act(street, "report", "zhao", order.id, "清了") is OrderOutcome.REPORTED
    assert isinstance(await act(street, "sign", "sun", order.id), Refusal)
    assert await act(street, "sign", "zhou", order.id) is OrderOutcome.SIGNED
    assert (await only_order(street, hazard.request_id)).state == OrderState.SIGNED
    assert (await street.request(hazard.request_id)).state == RequestState.CLOSED


async def test_the_rates_are_the_same_with_and_without_inspections(street: Street) -> None:
    await street.file()
    next_week = street.now.date() + timedelta(days=7)

    async def rates() -> object:
        async with transaction(street.sessions) as session:
            return await report(session, street.places["gui"].id, next_week, ZONE)

    before = await rates()
    assert (await found(street, "zhao", door(street))).outcome is FindOutcome.FOUND
    assert await rates() == before


async def test_on_the_spot_and_beyond_us_need_no_order(street: Street) -> None:
    fixed = replace(door(street, "a"), level=HazardLevel.ON_SPOT, due_on=None)
    on = replace(fixed, token="b", level=HazardLevel.BEYOND, authority="消防大队")
    assert (await kept(street, await found(street, "zhao", fixed))).state == HazardState.FIXED
    beyond = await kept(street, await found(street, "zhao", on))
    assert (beyond.state, beyond.authority) == (HazardState.HANDED_ON, "消防大队")
    assert beyond.request_id is None


async def test_the_same_form_is_one_hazard(street: Street) -> None:
    first = await found(street, "zhao", door(street))
    assert await found(street, "zhao", door(street)) == HazardFound(
        FindOutcome.ALREADY, first.hazard_id
    )


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"spot": "  "}, FindOutcome.NO_SPOT),
        ({"due_on": None}, FindOutcome.BAD_DATE),
        ({"level": HazardLevel.ON_SPOT}, FindOutcome.BAD_DATE),
        ({"level": HazardLevel.BEYOND, "due_on": None}, FindOutcome.NO_AUTHORITY),
        ({"place_id": 10**9}, FindOutcome.BAD_CHOICE),
        ({"photos": (Media(MediaKind.VOICE, "v"),)}, FindOutcome.BAD_CHOICE),
    ],
)
async def test_bad_findings_are_refused(
    street: Street, change: dict[str, object], outcome: FindOutcome
) -> None:
    bad = replace(door(street), **change)  # type: ignore[arg-type]
    assert await found(street, "zhao", bad) == HazardFound(outcome)


async def test_yesterday_is_refused(street: Street) -> None:
    bad = replace(door(street), due_on=street.now.date() - timedelta(days=1))
    assert await found(street, "zhao", bad) == HazardFound(FindOutcome.BAD_DATE)


async def test_a_resident_writes_nothing_down(street: Street) -> None:
    assert await found(street, "wang", door(street)) == HazardFound(FindOutcome.NOT_ALLOWED)
