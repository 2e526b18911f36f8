"""Everybody at every move in every state, through the real actions, against the table."""

from itertools import product

import pytest

from models.categories import Body
from models.database import transaction
from models.help.actions.closing import resident_verdict
from models.orders.queries.orders import order_view
from models.orders.rules import LIFECYCLE, Move, Relation, State
from models.orders.views import OrderView
from models.people.rules import Role
from models.records.rules import Refusal
from tests.help.street import Street
from tests.orders.acts import act, help_act, only_order, unsolved

WHO: dict[str, frozenset[Relation]] = {
    "zhao": frozenset({Relation.RESPONSIBLE, Relation.DESK}),
    "zhou": frozenset({Relation.SUPERVISOR, Relation.DESK}),
    "qian": frozenset({Relation.PARTIAL, Relation.DESK}),
    "sun": frozenset({Relation.DESK}),
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
LOOKS = {"zhao", "zhou", "qian", "sun"}


def test_every_move_but_looking_is_tried() -> None:
    assert set(MOVES) == set(Move) - {Move.LOOK}


@pytest.mark.parametrize("state", State)
async def test_the_desk_and_whoever_is_responsible_look(street: Street, state: State) -> None:
    await at_desk_too(street)
    order = await only_order(street, await put_wrong(street, state))
    seeing = {name for name in WHO if Move.LOOK in await seen_by(street, name, order.id)}
    assert seeing == LOOKS
    assert seeing == {who for who in WHO if Move.LOOK in LIFECYCLE.open_to(state, WHO[who])}


async def put_wrong(street: Street, state: State) -> int:
    """Bring a request's order to a state, its responsible being zhao; give the request's id."""
    request_id = await unsolved(street, "qian")
    order = await only_order(street, request_id)
    if order.person_id != street.people["zhao"]:
        assert await act(street, "hand_on", "zhou", order.id, street.people["zhao"])
    await bring_to(street, order.id, state)
    return request_id


async def at_desk_too(street: Street) -> None:
    await street.add("qian", "b2")
    await street.grant("qian", Role.SECRETARY, "gui")
    await street.add("sun", "b2")
    await street.grant("sun", Role.STAFF, "gui")


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
    await at_desk_too(street)
    request_id = await put_wrong(street, state)
    for (name, held), move in product(WHO.items(), MOVES):
        order = await only_order(street, request_id)
        why = LIFECYCLE.why_not(state, move, held)
        may = why is None
        assert (move in await seen_by(street, name, order.id)) == may, (name, move)
        what, more = MOVES[move]
        given = [street.people["sun"]] if move is Move.HAND_ON else [more] if more else []
        outcome = await act(street, what, name, order.id, *given)
        after = await only_order(street, request_id)
        if may:
            assert after.state == LIFECYCLE.after(state, move), (name, move)
            await help_act(street, resident_verdict, "wang", request_id, solved=True)
            request_id = await put_wrong(street, state)
        else:  # and what was refused has left nothing behind: the next is tried at the same order
            assert isinstance(outcome, Refusal)
            assert outcome is why, (name, move)
            assert after.state == state
            assert after.body != Body.POLICE
            assert after.person_id == street.people["zhao"]
