"""Every hat at every move in every state, through the real actions, against the table."""

from itertools import product

import pytest

from models.categories import Body
from models.database import transaction
from models.help.actions.closing import resident_verdict
from models.orders.queries.pictures import order_view
from models.orders.rules import Hat, Move, OrderOutcome, State, allowed, target
from models.orders.views import OrderView
from models.people.rules import Role
from tests.help.street import Street
from tests.orders.acts import act, help_act, only_order, unsolved

WHO: dict[str, frozenset[Hat]] = {
    "zhao": frozenset({Hat.RESPONSIBLE}),
    "zhou": frozenset({Hat.SUPERVISOR}),
    "qian": frozenset({Hat.PARTIAL}),
    "sun": frozenset(),
    "li": frozenset(),
    "wang": frozenset(),
}
"""The owner; a secretary; a secretary who helped; other staff; the volunteer; the resident."""

MOVES = {
    Move.SET: ("body", Body.POLICE),
    Move.HAND_ON: ("hand_on", None),
    Move.REPORT: ("report", "好了"),
    Move.SEND_BACK: ("send_back", "不行"),
    Move.SIGN: ("sign", None),
}


async def put_wrong(street: Street, state: State) -> int:
    """Bring a request's order to a state, its responsible being zhao; give the request's id."""
    request_id = await unsolved(street, "qian")
    order = await only_order(street, request_id)
    if order.person_id != street.people["zhao"]:
        assert await act(street, "hand_on", "zhou", order.id, street.people["zhao"])
    await bring_to(street, order.id, state)
    return request_id


async def bring_to(street: Street, order_id: int, state: State) -> None:
    if state is not State.OPEN:
        await act(street, "report", "zhao", order_id, "第一次")
    if state is State.SIGNED:
        await act(street, "sign", "zhou", order_id)


async def seen_by(street: Street, name: str, order_id: int) -> frozenset[Move]:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        view = await order_view(session, actor, order_id, now=street.now)
        return view.may if isinstance(view, OrderView) else frozenset()


@pytest.mark.parametrize("state", State)
async def test_only_the_table_says_who_may_do_what(street: Street, state: State) -> None:
    await street.add("qian", "b2")
    await street.grant("qian", Role.SECRETARY, "gui")
    await street.add("sun", "b2")
    await street.grant("sun", Role.STAFF, "gui")
    request_id = await put_wrong(street, state)
    for (name, worn), move in product(WHO.items(), Move):
        order = await only_order(street, request_id)
        may = allowed(state, move, worn)
        assert (move in await seen_by(street, name, order.id)) == may, (name, move)
        what, more = MOVES[move]
        given = [street.people["sun"]] if move is Move.HAND_ON else [more] if more else []
        outcome = await act(street, what, name, order.id, *given)
        after = await only_order(street, request_id)
        if may:
            assert after.state == target(move), (name, move)
            await help_act(street, resident_verdict, "wang", request_id, solved=True)
            request_id = await put_wrong(street, state)
        else:  # and what was refused has left nothing behind: the next is tried at the same order
            refused = {
                OrderOutcome.NOT_ALLOWED,
                OrderOutcome.PARTIAL,
                OrderOutcome.WRONG_TIME,
                OrderOutcome.ALREADY,
            }
            assert outcome in refused, (name, move)
            assert after.state == state
            assert after.body != Body.POLICE
            assert after.person_id == street.people["zhao"]
