"""Replaying what somebody asked for."""

from sqlalchemy import select, update

from bot.replay import Replayer
from models.database import transaction
from models.updates.actions import asked
from models.updates.rules import FailedState
from models.updates.tables import FailedRow
from tests.bot.street import Street, living, message
from tests.waiting import until


async def ask(street: Street) -> None:
    async with transaction(street.sessions) as session:
        await session.execute(update(FailedRow).values(state=FailedState.ASKED))


async def states(street: Street) -> list[str]:
    async with transaction(street.sessions) as session:
        return list((await session.scalars(select(FailedRow.state).order_by(FailedRow.id))).all())


async def test_what_is_asked_for_is_replayed_once_and_the_rest_stays(street: Street) -> None:
    street.broken.update({"bang", "boom"})
    await street.take(message(1, "bang", 1))
    await ask(street)
    await street.take(message(2, "boom", 2))
    street.broken.clear()
    async with living(street, polls=False):
        await until(lambda: "heard bang" in street.told())
    assert await states(street) == [FailedState.REPLAYED, FailedState.KEPT]
    assert await street.facts() == ["bang"]
    async with transaction(street.sessions) as session:
        assert await asked(session) == []


async def test_what_fails_again_is_kept_again_and_nobody_is_told_twice(street: Street) -> None:
    street.broken.add("bang")
    await street.take(message(1, "bang"))
    rows = len(await street.rows())
    await ask(street)
    await Replayer(street.sessions, street.house.turn).replay_asked()
    assert await states(street) == [FailedState.KEPT]
    assert len(await street.rows()) == rows
    assert await street.facts() == []
