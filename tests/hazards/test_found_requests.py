"""What staff found is the desk's own: it asks nothing of its finder, and stays when they go."""

from datetime import timedelta

from models.database import transaction
from models.digests.queries.reading import staff_day
from models.digests.rules.times import Period
from models.hazards.queries import hazard
from models.hazards.rules import HazardOutcome, HazardState
from models.hazards.views import HazardView
from models.help.actions.contact import see_contact
from models.help.actions.deadlines import wait_for_resident
from models.help.actions.desk import add_note, assign
from models.help.rules.outcomes import DeskOutcome
from models.help.rules.outcomes import Refusal as HelpRefusal
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import State as RequestState
from models.leaving.actions import leave
from models.people.rules import Leaving
from tests.hazards.acts import does, door, found, kept, put_right
from tests.help.street import Street
from tests.orders.acts import act, help_act, only_order, orders, sweep_at

WEEK = timedelta(days=7, hours=12)
ZONE = "Asia/Shanghai"


async def test_a_hazard_stays_when_its_finder_leaves(street: Street) -> None:
    row = await kept(street, await found(street, "sun", door(street)))
    request_id = row.request_id or 0
    order = await only_order(street, request_id)
    assert await act(street, "report", "zhao", order.id, "清了") == "reported"
    async with transaction(street.sessions) as session:
        assert await leave(session, await street.actor(session, "sun"), now=street.now) is (
            Leaving.LEFT
        )
    request = await street.request(request_id)
    assert (request.state, request.text) == (RequestState.UNSOLVED, "二层防火门")
    assert (await only_order(street, request_id)).report == "清了"
    assert (await kept(street, row.id)).state == HazardState.REPORTED
    async with transaction(street.sessions) as session:
        zhou = await street.actor(session, "zhou")
        view = await hazard(session, zhou, row.id, now=street.now)
    assert isinstance(view, HazardView)
    assert (view.finder, view.line.reported) == (None, False)


async def test_whoever_found_much_may_ask_for_help_still(street: Street) -> None:
    for number in range(HelpPolicy().most_open):
        await found(street, "sun", door(street, f"t{number}"))
    assert await street.file("sun")


async def test_of_what_staff_found_nobody_is_the_resident(street: Street) -> None:
    row = await kept(street, await found(street, "sun", door(street)))
    request_id = row.request_id or 0
    waits = await help_act(street, wait_for_resident, "zhou", request_id)
    assert waits is DeskOutcome.TOO_LATE
    async with transaction(street.sessions) as session:
        zhou, zhao = await street.actor(session, "zhou"), street.people["zhao"]
        seen = await see_contact(session, zhou, request_id, now=street.now)
        assert seen is HelpRefusal.MISSING
        asked = await assign(session, zhou, request_id, zhao, now=street.now)
        assert asked is DeskOutcome.TOO_LATE
        noted = await add_note(
            session, zhou, request_id, "梯子在门房", now=street.now, internal=False
        )
        assert noted is DeskOutcome.NOTED
    assert await street.told("help.note") == []


async def test_the_day_of_staff_counts_it_among_the_orders_alone(street: Street) -> None:
    await found(street, "sun", door(street))
    since = Period(street.now - timedelta(days=1), street.now)
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        day = await staff_day(session, zhao, since, now=street.now, zone=ZONE)
    assert (day.open, day.under, day.orders) == (0, {}, 1)


async def test_its_one_date_is_that_of_its_order(street: Street) -> None:
    row = await put_right(street)
    later = street.now + WEEK
    await sweep_at(street, later)
    assert await does(street, "again", "sun", row.id, at=later) is HazardOutcome.AGAIN
    order = (await orders(street, row.request_id or 0))[-1]
    assert (await street.request(row.request_id or 0)).promised_by == order.due_at > later
    day = later.date() + timedelta(days=9)
    assert await act(street, "due", "zhou", order.id, day, at=later) == "set"
    order = (await orders(street, row.request_id or 0))[-1]
    assert (await street.request(row.request_id or 0)).promised_by == order.due_at
