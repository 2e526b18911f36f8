"""Whoever put something right under an order is thanked as helpers are."""

from models.help.actions.closing import resident_verdict
from models.help.rules.notices import Notice
from models.help.rules.outcomes import VerdictOutcome
from tests.help.street import Street
from tests.orders.acts import help_act, signed, unsolved


async def test_whoever_put_it_right_is_thanked(street: Street) -> None:
    request_id = await unsolved(street)
    await signed(street, request_id)
    before = await street.told(Notice.THANKS)
    outcome = await help_act(street, resident_verdict, "wang", request_id, solved=True)
    assert outcome is VerdictOutcome.CLOSED
    assert await street.told(Notice.THANKS) == [*before, "zhao"]


async def test_nobody_is_thanked_for_an_order_that_was_not_reported(street: Street) -> None:
    request_id = await unsolved(street)
    before = await street.told(Notice.THANKS)
    outcome = await help_act(street, resident_verdict, "wang", request_id, solved=True)
    assert outcome is VerdictOutcome.CLOSED
    assert "zhao" not in (await street.told(Notice.THANKS))[len(before) :]
